"""What holds of any reports under any convention: bounds in order, sides that sum, every changed number with its rule and claims."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crosstally.domain import load_domain
from crosstally.export.coded import header, shared, to_csv
from crosstally.reconcile.conventions import recode
from crosstally.values import Coded, Document

from .composing import book_of, documents, examples, later_copy


def number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def in_order(coded: Coded, *columns: str) -> None:
    for row in coded.rows:
        told = [v for c in columns if (v := number(row.cell(c).value)) is not None]
        assert told == sorted(told), (row.id, columns, told)


def sound(coded: Coded, claims: set[str]) -> None:
    ids = {r.id for r in coded.rules}
    assert len({r.id for r in coded.rows}) == len(coded.rows)
    for row in coded.rows:
        assert tuple(c.column for c in row.cells) == tuple(c.name for c in coded.columns)
        for cell in row.cells:
            assert set(cell.rules) <= ids and set(cell.claims) <= claims
            if cell.changed:
                assert cell.rules and cell.claims and cell.value != cell.raw
    assert all(x.rule in ids for x in coded.left_out)


@given(papers=documents())
def test_bounds_are_in_order_and_every_change_is_explained(papers: tuple[Document, ...]) -> None:
    book, domain = book_of(papers), load_domain()
    claims = {c.id for c in book.claims}
    ucdp, ibc = recode(book, "ucdp", domain), recode(book, "ibc", domain)
    sound(ucdp, claims)
    sound(ibc, claims)
    in_order(ucdp, "low", "best", "high")
    in_order(ibc, "min_deaths", "max_deaths")
    in_order(ibc, "min_injuries", "max_injuries")
    for row in ucdp.rows:
        sides = [number(row.cell(c).value) for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        best, told = number(row.cell("best").value), sum(s for s in sides if s is not None)
        assert told == best or (row.cell("deaths_unknown").note and best is not None and told >= best)


@given(papers=documents(least=2), data=st.data())
def test_order_of_reports_plays_no_part(papers: tuple[Document, ...], data: st.DataObject) -> None:
    other = tuple(data.draw(st.permutations(papers)))
    for name in ("raw", "ucdp", "ibc"):
        assert recode(book_of(papers), name, load_domain()) == recode(book_of(other), name, load_domain())


@given(papers=documents(most=2), data=st.data())
def test_a_copy_corroborates_nothing(papers: tuple[Document, ...], data: st.DataObject) -> None:
    origin = data.draw(st.sampled_from(papers))
    assume(len({p.text for p in papers}) == len(papers) and origin.published is not None)
    copy = later_copy(origin, origin.text, published=f"{(origin.published or '')[:10]}T23:59")
    before = recode(book_of(papers), "ibc", load_domain())
    after = recode(book_of((*papers, copy)), "ibc", load_domain())
    columns = ("min_deaths", "max_deaths", "min_injuries", "max_injuries", "independent_sources", "status")
    assert [[r.cell(c).value for c in columns] for r in after.rows] == [[r.cell(c).value for c in columns] for r in before.rows]


@pytest.mark.parametrize("name", ["raw", "ucdp", "ibc"])
@given(papers=documents())
def test_every_exported_table_is_whole(papers: tuple[Document, ...], name: str) -> None:
    table = shared(book_of(papers), name, load_domain())
    rows = list(csv.reader(io.StringIO(to_csv(table))))
    assert rows[0] == [n for n, _ in header(table.coded)]
    assert len(rows) == 1 + len(table.coded.rows) and {len(r) for r in rows} == {len(rows[0])}
    assert {c for r in table.coded.rows for x in r.cells for c in x.claims} == set(table.evidence)


def test_the_examples_hold_as_well() -> None:
    book = examples()
    for name in ("ucdp", "ibc"):
        sound(recode(book, name, load_domain()), {c.id for c in book.claims})
