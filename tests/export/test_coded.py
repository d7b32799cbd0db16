"""A coded ledger to share: evidence in every cell, names and fine places covered, delays kept, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crosstally import Document, Ledger
from crosstally.domain import load_domain
from crosstally.export.coded import Shared, flat, header, shared, to_csv, to_json, to_parquet
from crosstally.export.formulas import formula_safe
from crosstally.values import Source

TEXT = (
    "A missile strike on Odesa killed at least two people and wounded nine on Monday, Governor Oleh Kiper said. "
    "The dead were named as Halyna Bondar and Olena Marchenko."
)
DISTRICT = "A drone killed two people in Kyiv's Solomianskyi district on Monday, the mayor said."


def book(*texts: str, published: str = "2025-07-15", title: str = "") -> Ledger:
    ledger = Ledger()
    for at, text in enumerate(texts):
        paper = Document.from_text(text, published=published, source=f"s{at}", title=title, url=f"https://example.org/{at}")
        ledger.add([paper], [Source(f"s{at}", f"Outlet {at}")])
    return ledger


def share(ledger: Ledger, convention: str = "ibc", **how: Any) -> Shared:
    return shared(ledger.book, convention, load_domain(), **how)


def parsed(table: Shared) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(table))))


@pytest.mark.parametrize("convention", ["raw", "ucdp", "ibc"])
def test_every_figure_has_its_sentence_document_hash_and_address(convention: str) -> None:
    ledger = book(TEXT)
    table = share(ledger, convention)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    told = 0
    for row in table.coded.rows:
        for cell in row.cells:
            for claim in cell.claims:
                evidence = table.evidence[claim]
                told += 1
                assert evidence.sha256 == digest and evidence.url == "https://example.org/0" and evidence.outlet == "Outlet 0"
                original = TEXT[evidence.start : evidence.end]
                assert evidence.figure in original and evidence.sentence[:20] == original[:20]
    assert told
    for line in parsed(table):
        cited = [v for k, v in line.items() if k.endswith("_evidence") and v]
        assert cited and all(digest in v and "https://example.org/0" in v and ledger.documents[0].id in v for v in cited)


def test_changed_cells_are_marked_with_what_the_ledger_says() -> None:
    line = parsed(share(book(TEXT)))[0]
    assert line["max_deaths"] == "2" and "max_deaths (none in the ledger)" in line["changed"]
    assert "ibc.open_high" in line["max_deaths_rules"]
    assert "min_injuries" not in line["changed"]


def test_the_table_says_that_counts_undercount_and_how_they_were_coded() -> None:
    for line in parsed(share(book(TEXT))):
        assert "undercount" in line["statement"] and line["convention"] == "Iraq Body Count"
    assert "undercount" in json.loads(to_json(share(book(TEXT), "raw")))["statement"]


@pytest.mark.parametrize("convention", ["raw", "ucdp", "ibc"])
def test_names_of_victims_are_withheld_unless_asked_for(convention: str) -> None:
    ledger = book(TEXT, title="Teacher Halyna Bondar among the dead in Odesa")
    closed = share(ledger, convention)
    assert "Bondar" not in to_csv(closed) and b"Bondar" not in to_json(closed)
    assert ("[name withheld]" in to_csv(closed)) == (convention == "ucdp")  # the one that gives headlines
    opened = share(ledger, convention, names=True)
    assert ("Bondar" in to_csv(opened)) == (convention != "raw")


def test_ibc_lists_victims_when_asked() -> None:
    other = "A missile strike on Odesa killed two people on Monday, police said."
    lines = parsed(share(book(TEXT, other), names=True))
    assert [line["victims"] for line in lines] == ["Halyna Bondar; Olena Marchenko"]
    assert all(not line["victims"] for line in parsed(share(book(TEXT, other))))


def test_places_are_no_finer_than_allowed_in_cells_and_sentences() -> None:
    ledger = book(DISTRICT, title="Drone kills two in Solomianskyi district")
    for convention in ("raw", "ucdp", "ibc"):
        assert "Solom" not in to_csv(share(ledger, convention)) and b"Solom" not in to_json(share(ledger, convention))
    line = parsed(share(ledger, "ucdp"))[0]
    assert (line["where_coordinates"], line["where_prec"]) == ("Kyiv", "1")
    assert "[place withheld]" in line["best_evidence"] and "[place withheld]" in line["source_headline"]
    wide = parsed(share(ledger, "ucdp", finest="country"))[0]
    assert (wide["where_coordinates"], wide["where_prec"], wide["latitude"][:2]) == ("Ukraine", "6", "49")
    fine = parsed(share(ledger, "ucdp", finest="district"))[0]
    assert fine["where_coordinates"] == "Solomyanka" and "Solomianskyi" in fine["best_evidence"]


def test_ids_of_rows_name_no_finer_place() -> None:
    ledger = book("Drones killed two people in Kyiv's Solomianskyi district and three in its Obolon district on Monday, the mayor said.")
    fine = {p for r in ledger.recode("ucdp").rows if (p := r.place)}
    assert not any(p in to_json(share(ledger, "ucdp")).decode() for p in fine if p != "g703448")


NOW = datetime(2025, 7, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("delays", "kept"),
    [({}, 1), ({"UA": 24.0}, 1), ({"UA": 72.0}, 0), ({"PL": 72.0}, 1), ({"city": 72.0}, 0), ({"site": 72.0}, 1), ({"UA": 1.0, "city": 72.0}, 0)],
)
def test_events_under_a_delay_stay_out_and_are_counted(delays: dict[str, float], kept: int) -> None:
    ledger = book(TEXT)  # Monday 14 July
    table = share(ledger, delays=delays, now=NOW)
    assert len(table.coded.rows) == kept
    text = to_json(table).decode()
    assert ("held back" in text) == (not kept)
    if not kept:
        assert "Odesa" not in text


def test_no_cell_is_a_formula() -> None:
    ledger = Ledger()
    text = "=HYPERLINK(1) A missile strike on Odesa killed two people on Monday, the mayor said."
    paper = Document.from_text(text, published="2025-07-15", source="@SUM(1+1)", title="+cmd|' /C calc'!A0")
    ledger.add([paper], [Source("@SUM(1+1)", "=1+1")])
    for convention in ("raw", "ucdp", "ibc"):
        for line in csv.reader(io.StringIO(to_csv(share(ledger, convention)))):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in line)
    line = parsed(share(ledger, "ucdp"))[0]
    assert line["source_office"] == "'=1+1" and line["source_headline"].startswith("'+cmd")


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_formulas_are_made_text(cell: str) -> None:
    assert formula_safe(cell) == "'" + cell


def test_numbers_stay_numbers() -> None:
    assert formula_safe(-71.5) == -71.5 and formula_safe(None) is None and formula_safe("a=1") == "a=1"


def test_parquet_holds_the_same_with_fixed_kinds(tmp_path: Path) -> None:
    import polars

    table = share(book(TEXT), "ucdp")
    to_parquet(table, tmp_path / "t.parquet")
    frame = polars.read_parquet(tmp_path / "t.parquet")
    assert frame.columns == [name for name, _ in header(table.coded)]
    assert frame["best"].to_list() == [2] and frame["latitude"].dtype == polars.Float64
    assert frame.height == len(flat(table))


def test_an_empty_ledger_gives_a_header_alone() -> None:
    assert len(to_csv(share(Ledger(), "ucdp")).splitlines()) == 1
    assert json.loads(to_json(share(Ledger())))["rows"] == []


def test_every_spelling_of_a_victim_is_kept() -> None:
    from crosstally.export.victims import names_by_event

    one = "A missile strike on Odesa killed two people on Monday, the mayor said. Volodymyr Melnyk, 34, was killed in his flat."
    other = "A missile strike on Odesa on Monday killed two people, police said. Vladimir Melnik, 34, was killed in his flat."
    ledger = book(one, other)
    told = names_by_event(ledger.book, load_domain())
    assert "Melnyk" in str(told) and "Melnik" in str(told)
    assert len(told) == 1


def test_hospitals_and_military_sites_are_given_by_region() -> None:
    ledger = book("Drones hit Kharkiv on Monday. Two hospitals and a military base in Kharkiv were damaged, the mayor said.")
    table = share(ledger, "raw")
    rows = {r.cell("facets").value: r for r in table.coded.rows if r.cell("measure").value in ("damaged", "destroyed")}
    assert {"object=medical", "object=military"} <= set(rows)
    for facets in ("object=medical", "object=military"):
        place = rows[facets].cell("place").value
        assert place in ("Kharkiv", "Ukraine", None) and rows[facets].cell("title").value is None
        cited = [table.evidence[c].sentence for c in rows[facets].claims]
        assert cited and all("Kharkiv" not in s and "[place withheld]" in s for s in cited)
    free = share(ledger, "raw", finest=None)
    assert any("Kharkiv were damaged" in e.sentence for e in free.evidence.values())


def test_what_is_generalised_is_checked_against_the_packs() -> None:
    from crosstally.domain.sharing import load_sharing, read_sharing
    from crosstally.errors import PackError

    assert load_sharing(load_domain())
    for text, key in (
        ('[[generalise]]\nfacet = "object"\nmembers = ["castle"]\nfinest = "region"', "members"),
        ('[[generalise]]\nmeasure = "sheltred"\nfinest = "region"', "measure"),
        ('[[generalise]]\nmeasure = "sheltered"\nfinest = "street"', "generalise"),
        ('[[generalise]]\nfinest = "region"', "generalise[0]"),
        ("[[generalise", "(syntax)"),
    ):
        with pytest.raises(PackError, match=r"core/sharing\.toml") as caught:
            read_sharing(text, load_domain())
        assert key in str(caught.value)
