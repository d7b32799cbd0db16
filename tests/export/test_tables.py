"""Flat tables: every table, typed also when empty; hostile cells disarmed in CSV."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest

from crosstally.errors import CrosstallyError
from crosstally.export.tables import TABLES, columns, rows, to_arrow, to_csv, to_polars
from crosstally.values import Book
from tests.export.book_fixture import night, shooting


@pytest.mark.parametrize("table", TABLES)
def test_rows_and_frames_agree(table: str) -> None:
    book = night()
    frame, arrow = to_polars(book, table), to_arrow(book, table)
    assert frame.height == arrow.num_rows == len(rows(book, table)) > 0
    assert tuple(frame.columns) == tuple(arrow.column_names) == tuple(n for n, _ in columns(table))
    assert frame.to_dicts() == arrow.to_pylist()


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_ledger_keeps_its_types(table: str) -> None:
    assert to_polars(Book(), table).schema == to_polars(night(), table).schema
    assert to_arrow(Book(), table).schema == to_arrow(night(), table).schema


def test_claims_carry_the_chosen_reading_and_the_sentence() -> None:
    row = next(r for r in rows(night(), "claims") if r["id"] == "p5")
    assert (row["measure"], row["facets"], row["low"], row["high"]) == ("neutralised", "weapon=drone", 476, 476)
    assert row["sentence"] == "The air force counts 476 drones as intercepted."


def test_open_ends_stay_open() -> None:
    frame = to_polars(night(), "tallies")
    killed = frame.filter((frame["event"] == "ev-raid") & (frame["measure"] == "killed")).to_dicts()
    assert [(t["low"], t["high"], t["best"]) for t in killed] == [(3, None, None)]


def test_csv_reads_back() -> None:
    read = list(csv.DictReader(io.StringIO(to_csv(night(), "tallies"))))
    assert len(read) == len(night().tallies)
    assert {r["measure"] for r in read} >= {"killed", "launched"}


def test_csv_runs_no_formula() -> None:
    book = shooting()
    evil = msgspec.structs.replace(book.sources[0], name="=HYPERLINK(1)")
    documents = (msgspec.structs.replace(book.documents[0], title='=cmd|" /C calc"!A0'), *book.documents[1:])
    read = list(csv.DictReader(io.StringIO(to_csv(msgspec.structs.replace(book, sources=(evil,), documents=documents), "documents"))))
    assert [r["title"][:2] for r in read] == ["'=", "<s"]


def test_a_wrong_table_names_the_right_ones() -> None:
    with pytest.raises(CrosstallyError, match="no table 'figures'; there are documents, claims"):
        rows(night(), "figures")
