"""Tables of official figures: rows become claims of their speaker; what is wrong names its file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosstally.domain import load_domain
from crosstally.errors import InputError
from crosstally.flow import make_book
from crosstally.intake.official import TableIntake, take_table

MAPPING = """
[publisher]
id = "command"
name = "Air Command"
[speaker]
name = "Ukraine's air force"
channel = "Telegram"
[event]
kind = "air_attack"
title = "Air attack on Ukraine"
actor = "ru"
target = "ua"
place = "Ukraine"
[columns]
start = "from"
end = "to"
url = "post"
url_prefix = "https://example.org/"
[[figure]]
column = "sent"
measure = "launched"
facets = { weapon = "drone" }
name = "drones launched"
[[figure]]
column = "down"
measure = "shot_down"
facets = { weapon = "drone" }
name = "drones shot down"
zeros_with = "sent"
[[figure]]
column = "lost"
measure = "suppressed"
facets = { weapon = "drone" }
name = "drones jammed or lost"
zeros = "silent"
valid_from = "2024-07-01"
valid_until = "2025-08-01"
"""
TABLE = """post,from,to,sent,down,lost
p1,2025-03-01 19:00,2025-03-02 08:00,60.0,31,20
p2,2025-03-09 18:30,2025-03-10 07:30,44,30,
p3,2024-02-03 20:00,2024-02-04 06:00,12,12,7
"""


def take(tmp_path: Path, table: str = TABLE, mapping: str = MAPPING, name: str = "nights.csv") -> TableIntake:
    (tmp_path / name).write_text(table, encoding="utf-8")
    (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
    return take_table(tmp_path / name, tmp_path / "map.toml", load_domain())


def test_rows_are_documents_whose_every_figure_stands_in_the_text(tmp_path: Path) -> None:
    documents, readings, problems = take(tmp_path)
    assert len(documents) == 3 and problems == ()
    first = documents[0]
    assert (
        first.text == "Ukraine's air force, 2025-03-01 19:00 to 2025-03-02 08:00: drones launched 60; drones shot down 31; drones jammed or lost 20."
    )
    assert (first.url, first.source, first.published) == ("https://example.org/p1", "command", "2025-03-02T08:00")
    claims = readings[0].claims
    assert [(c.measure, c.facets.notation(), c.quantity.notation()) for c in claims if c.quantity] == [
        ("launched", "weapon=drone", "60"), ("shot_down", "weapon=drone", "31"), ("suppressed", "weapon=drone", "20"),
    ]  # fmt: skip
    assert [c.figure.of(first.text) for c in claims if c.figure] == ["60", "31", "20"]
    assert [c.span.of(first.text) for c in claims] == [c.text for c in claims]
    assert {c.happening for c in claims} == {readings[0].happenings[0].id}
    assert claims[0].speaker is not None and claims[0].speaker.name == "Ukraine's air force" and claims[0].channel == "Telegram"
    window = readings[0].happenings[0].window
    assert window is not None and (window.start, window.end) == ("2025-03-01T19:00:00", "2025-03-02T08:00:00")


def test_an_empty_cell_is_silent_and_a_definition_holds_for_its_period(tmp_path: Path) -> None:
    _, readings, _ = take(tmp_path)
    assert [c.measure for c in readings[1].claims] == ["launched", "shot_down"]
    assert [c.measure for c in readings[2].claims] == ["launched", "shot_down"]


def test_a_zero_is_told_only_beside_a_count(tmp_path: Path) -> None:
    table = "post,from,to,sent,down,lost\np1,2025-03-01,2025-03-01,5,0,0\np2,2025-03-02,2025-03-02,0,0,0\n"
    _, readings, _ = take(tmp_path, table)
    assert [[(c.measure, c.quantity.low) for c in r.claims if c.quantity] for r in readings] == [
        [("launched", 5), ("shot_down", 0)],
        [("launched", 0)],
    ]


def test_the_same_table_twice_gives_the_same_values(tmp_path: Path) -> None:
    assert take(tmp_path) == take(tmp_path)


def test_rows_of_one_table_are_never_one_event(tmp_path: Path) -> None:
    """Near nights and near numbers: each post is of its own window."""
    rows = "a,2025-03-01 19:00,2025-03-02 08:00,60,31,20\nb,2025-03-01 20:00,2025-03-02 07:00,60,30,20\nc,2025-03-01,2025-03-01,8,8,\n"
    got = take(tmp_path, "post,from,to,sent,down,lost\n" + rows)
    book = make_book(got.documents, got.readings, got.sources, load_domain(), deadline=None)
    assert sorted(len(e.documents) for e in book.events) == [1, 1, 1]
    assert not book.findings and not book.lineage


def test_a_mapping_may_say_that_rows_tell_one_event(tmp_path: Path) -> None:
    rows = "a,2025-03-01 19:00,2025-03-02 08:00,60,31,20\nb,2025-03-01 19:00,2025-03-02 08:00,60,31,20\n"
    mapping = MAPPING.replace('place = "Ukraine"', 'place = "Ukraine"\neach_row_its_own = false')
    got = take(tmp_path, "post,from,to,sent,down,lost\n" + rows, mapping)
    assert [len(e.documents) for e in make_book(got.documents, got.readings, got.sources, load_domain(), deadline=None).events] == [2]


def test_a_corrected_row_is_another_version_of_the_same(tmp_path: Path) -> None:
    old = take(tmp_path)
    new = take(tmp_path, TABLE.replace("60.0,31,20", "60.0,33,20"))
    documents = {d.id: d for d in (*old.documents, *new.documents)}
    readings = {r.document: r for r in (*old.readings, *new.readings)}
    assert len(documents) == 4
    book = make_book(documents.values(), readings.values(), old.sources, load_domain(), deadline=None)
    assert sorted(len(e.documents) for e in book.events) == [1, 1, 2]
    assert any("another version" in j.reason for e in book.events for j in e.joins)


def test_the_later_version_of_a_row_stands_and_is_called_a_correction(tmp_path: Path) -> None:
    from crosstally import Ledger

    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    ledger = Ledger()
    for table in (TABLE, TABLE.replace("60.0,31,20", "60.0,33,20"), TABLE.replace("60.0,31,20", "60.0,29,")):
        (tmp_path / "nights.csv").write_text(table, encoding="utf-8")
        assert ledger.import_table(tmp_path / "nights.csv", tmp_path / "map.toml")
    assert {(f.kind, f.change) for f in ledger.findings} == {("revision", "correction")}
    told = " ".join(f.explanation for f in ledger.findings)
    assert "gave 31 " in told and "gave 33 " in told and "gives 29" in told and "gives no such figure" in told
    down = [(t.low, t.high) for t in ledger.tallies() if t.measure == "shot_down" and t.claims and t.facets.get("weapon") == "drone"]
    assert (29, 29) in down and (31, 31) not in down and (33, 33) not in down
    assert [d.version_of is not None for d in ledger.documents if d.row and d.row.version > 1] == [True, True]


def test_rows_without_an_address_are_known_by_their_window(tmp_path: Path) -> None:
    mapping = MAPPING.replace('url = "post"\n', "").replace('url_prefix = "https://example.org/"\n', "")
    got = take(tmp_path, "from,to,sent,down,lost\n2025-03-01,2025-03-01,60,31,20\n2025-03-01,2025-03-01,8,8,\n", mapping)
    assert [d.row.key for d in got.documents if d.row] == ["2025-03-01", "2025-03-01#2"]


def test_a_report_of_the_night_joins_its_row_and_no_other(tmp_path: Path) -> None:
    from crosstally import Document, Ledger

    (tmp_path / "nights.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    ledger = Ledger()
    ledger.import_table(tmp_path / "nights.csv", tmp_path / "map.toml")
    report = "Russia launched 60 drones overnight into Sunday, Ukraine's air force said. It said 31 drones were shot down."
    ledger.add([Document.from_text(report, published="2025-03-02T10:00", source="wire")])
    joined = [e for e in ledger.events if len(e.documents) > 1]
    assert [e.window.start[:10] for e in joined if e.window and e.window.start] == ["2025-03-01"]


@pytest.mark.parametrize(("size", "kind"), [(60, "record_upheld"), (30, "record_refuted")])
def test_records_are_held_against_an_imported_table(tmp_path: Path, size: int, kind: str) -> None:
    from crosstally import Document, Ledger

    (tmp_path / "nights.csv").write_text(TABLE.replace("p1,2025-03-01 19:00,2025-03-02 08:00,60.0,31,20\n", ""), encoding="utf-8")
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    ledger = Ledger()
    ledger.import_table(tmp_path / "nights.csv", tmp_path / "map.toml")
    report = f"Russia launched {size} drones overnight into Sunday in the largest drone attack of the war, Ukraine's air force said."
    ledger.add([Document.from_text(report, published="2025-05-18T10:00", source="wire")])
    assert [f.kind for f in ledger.findings if f.measure == "record"] == [kind]


def test_an_hour_of_one_digit_is_a_clock(tmp_path: Path) -> None:
    got = take(tmp_path, "post,from,to,sent,down,lost\np1,2025-05-16 3:30,2025-5-16 10:00,5,4,1\n")
    assert not got.problems
    window = got.readings[0].happenings[0].window
    assert window is not None and (window.start, window.end) == ("2025-05-16T03:30:00", "2025-05-16T10:00:00")


def test_a_row_that_does_not_add_up_is_an_imbalance_and_the_others_are_not(tmp_path: Path) -> None:
    table = TABLE + "p4,2025-04-20 19:00,2025-04-21 08:00,50,40,15\n"
    got = take(tmp_path, table)
    book = make_book(got.documents, got.readings, got.sources, load_domain(), deadline=None)
    wrong = [f for f in book.findings if f.kind in ("imbalance", "contradiction")]
    assert [f.kind for f in wrong] == ["imbalance"]
    assert {e.document for e in wrong[0].spans} == {got.documents[3].id}
    assert len(book.events) == 4


def test_bad_cells_name_line_and_column_and_the_rest_is_taken(tmp_path: Path) -> None:
    table = TABLE + "p5,2025-05-01 19:00,2025-05-02 08:00,many,3,-1\np6,soon,2025-05-02,1,1,1\np7,2025-05-05 19:00,2025-05-04 19:00,1,1,1\n"
    got = take(tmp_path, table)
    told = [str(p) for p in got.problems]
    assert len(got.documents) == 4
    assert [c.measure for c in got.readings[3].claims] == ["shot_down"]
    assert "nights.csv:5: column sent: many" in told[0].replace("'", "")
    assert "nights.csv:5: column lost" in told[1]
    assert "nights.csv:6: column start" in told[2].replace("from", "start") and "left out" in told[2]
    assert "nights.csv:7: column to: the window ends before it starts" in told[3]


def test_a_repeated_row_is_taken_once_and_said(tmp_path: Path) -> None:
    got = take(tmp_path, TABLE + "p1,2025-03-01 19:00,2025-03-02 08:00,60,31,20\n")
    assert len(got.documents) == 3
    assert "repeats line 2" in str(got.problems[0])


def test_dates_in_a_stated_format(tmp_path: Path) -> None:
    mapping = MAPPING.replace('url = "post"', 'date_format = "%d/%m/%Y"')
    got = take(tmp_path, "post,from,to,sent,down,lost\np1,03/04/2025,03/04/2025,5,4,1\n", mapping)
    assert got.documents[0].published == "2025-04-03"


@pytest.mark.parametrize(
    ("change", "to", "named"),
    [
        ('column = "sent"', 'column = "sendt"', "figure[0].column"),
        ('measure = "launched"', 'measure = "launchd"', "figure[0].measure"),
        ('weapon = "drone"', 'weapon = "drones"', "figure[0].facets.weapon"),
        ('kind = "air_attack"', 'kind = "raid"', "event.kind"),
        ('target = "ua"', 'target = "zz"', "event.target"),
        ('place = "Ukraine"', 'place = "Atlantys"', "event.place"),
        ('start = "from"', 'begin = "from"', "columns"),
        ('valid_from = "2024-07-01"', 'valid_from = "July"', "figure[2].valid_from"),
        ('valid_until = "2025-08-01"', 'valid_until = "2023-08-01"', "figure[2].valid_until"),
        ('id = "command"', "id = 4", "publisher.id"),
        ("[speaker]", "[speaker", "map.toml"),
    ],
)
def test_a_wrong_mapping_names_file_and_key(tmp_path: Path, change: str, to: str, named: str) -> None:
    with pytest.raises(InputError) as caught:
        take(tmp_path, mapping=MAPPING.replace(change, to))
    assert named in str(caught.value) and "map.toml" in str(caught.value)


def test_a_table_that_is_not_there_or_empty_is_said(tmp_path: Path) -> None:
    take(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        take_table(tmp_path / "none.csv", tmp_path / "map.toml")
    with pytest.raises(InputError, match="is empty"):
        take(tmp_path, "")


def test_parquet_gives_what_csv_gives(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    csv = take(tmp_path)
    polars.read_csv(tmp_path / "nights.csv").write_parquet(tmp_path / "nights.parquet")
    parquet = take_table(tmp_path / "nights.parquet", tmp_path / "map.toml", load_domain())
    assert [d.text for d in parquet.documents] == [d.text for d in csv.documents]
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(InputError, match="Parquet"):
        take_table(tmp_path / "broken.parquet", tmp_path / "map.toml", load_domain())


def test_a_ledger_imports_a_table_once_and_balances_its_rows(tmp_path: Path) -> None:
    from crosstally import open_ledger

    take(tmp_path)
    with open_ledger() as ledger:
        assert len(ledger.import_table(tmp_path / "nights.csv", tmp_path / "map.toml")) == 3
        assert ledger.import_table(tmp_path / "nights.csv", tmp_path / "map.toml") == ()
        launched = {t.low for t in ledger.tallies() if t.measure == "launched" and t.facets.get("weapon") == "drone"}
    assert launched == {60, 44, 12}
