"""One ledger under several conventions: which rule makes which number, and from which claims."""

from __future__ import annotations

from pathlib import Path

import pytest

import crosstally
from crosstally import Document, Ledger
from crosstally.values import Coded, CodedRow, Source

DAY = "2025-07-16"  # a Wednesday


def told(*texts: str, published: str = DAY, grades: dict[str, str] | None = None) -> Ledger:
    """A ledger of reports, each by its own outlet: outlet-0, outlet-1, ..."""
    ledger = Ledger()
    for at, text in enumerate(texts):
        source = Source(f"outlet-{at}", grade=(grades or {}).get(f"outlet-{at}"))
        ledger.add([Document.from_text(text, published=published, source=source.id)], [source])
    return ledger


def row(coded: Coded, at: int = 0) -> CodedRow:
    return coded.rows[at]


def values(found: CodedRow, *columns: str) -> tuple[object, ...]:
    return tuple(found.cell(c).value for c in columns)


def test_raw_is_the_ledger_itself_and_changes_nothing() -> None:
    ledger = told("Dozens of people were killed in an air strike on Izium on Tuesday, the governor said.")
    coded = ledger.recode()
    killed = next(r for r in coded.rows if r.cell("measure").value == "killed")
    assert values(killed, "low", "high", "best", "words") == (None, None, None, "Dozens")
    assert not any(c.changed or c.rules for r in coded.rows for c in r.cells)
    assert len(coded.rows) == len(ledger.tallies())


def test_every_number_of_a_convention_names_its_rules_and_claims() -> None:
    ledger = told("A missile strike on Odesa killed at least four people on Monday, the mayor said.")
    for name in ("ucdp", "ibc"):
        coded = ledger.recode(name)
        assert len(coded.rows) == 1
        known = {r.id for r in coded.rules}
        for cell in row(coded).cells:
            assert set(cell.rules) <= known
            assert all(ledger.claims()[0].id == c for c in cell.claims)
            if cell.changed:
                assert cell.rules and cell.claims and cell.value != cell.raw
        assert "undercount" in coded.statement


def test_at_least_is_a_bound() -> None:
    ledger = told("A missile strike on Odesa killed at least four people on Monday, the mayor said.")
    assert values(row(ledger.recode("ucdp")), "low", "best", "high") == (4, 4, 4)
    high = row(ledger.recode("ucdp")).cell("high")
    assert (high.raw, high.changed, high.rules) == (None, True, ("ucdp.high", "ucdp.open_high"))
    assert values(row(ledger.recode("ibc")), "min_deaths", "max_deaths", "min_injuries") == (4, 4, None)


def test_up_to_is_a_maximum() -> None:
    ledger = told("A bomb in Kirkuk on Monday killed three people and wounded up to 30, a police official said.")
    assert values(row(ledger.recode("ibc")), "min_deaths", "max_deaths", "min_injuries", "max_injuries") == (3, 3, 0, 30)


def test_words_count_by_each_table_and_only_where_nobody_gives_a_number() -> None:
    words = told("Dozens of people were killed in an air strike on Izium on Tuesday, the governor said.")
    assert values(row(words.recode("ucdp")), "low", "best", "high") == (24, 24, 24)
    assert values(row(words.recode("ibc")), "min_deaths", "max_deaths") == (24, 99)
    assert row(words.recode("ibc")).cell("min_deaths").rules == ("ibc.low", "ibc.words", "ibc.unstated")
    both = told(
        "Dozens of people were killed in an air strike on Izium on Tuesday, a witness said.",
        "An air strike on Izium on Tuesday killed 31 people, the governor said.",
    )
    assert values(row(both.recode("ucdp")), "low", "best", "high") == (31, 31, 31)


def test_a_word_without_a_number_leaves_the_cell_empty_and_says_so(tmp_path: Path) -> None:
    from tests.domain.test_conventions import own

    ledger = told("Dozens of people were killed in an air strike on Izium on Tuesday, the governor said.")
    coded = ledger.recode(own(tmp_path, 'dozens = { low = 24, high = 24 }\n"several dozen" = { low = 36, high = 36 }\n', "", "ucdp"))
    assert coded.rows == ()
    assert "Dozens" in coded.left_out[0].reason


def test_ranges_of_two_reports_and_the_best_figure() -> None:
    ledger = Ledger()
    for at, (text, when) in enumerate(
        [
            ("A missile strike on Odesa killed four people on Monday, the mayor said.", "2025-07-14T20:00"),
            ("A missile strike on Odesa killed seven people on Monday, a hospital director said.", "2025-07-14T20:00"),
        ]
    ):
        ledger.add([Document.from_text(text, published=when, source=f"s{at}")])
    low, best, high = values(row(ledger.recode("ucdp")), "low", "best", "high")
    tally = next(t for t in ledger.tallies() if t.measure == "killed")
    assert (low, high) == (tally.low, tally.high) == (4, 7)
    assert tally.best is None and best == tally.latest
    assert row(ledger.recode("ucdp")).cell("best").rules == ("ucdp.best_latest",)


def test_two_independent_sources_or_provisional() -> None:
    one = told(
        "A missile strike on Odesa killed four people on Monday, the mayor said.",
        "Four people were killed in Monday's missile strike on Odesa, the mayor said.",
    )
    found = row(one.recode("ibc"))
    assert found.cell("status").value == "provisional"  # two outlets, one mayor
    two = told(
        "A missile strike on Odesa killed four people on Monday, mayor Ivan Petrenko said.",
        "A missile strike on Odesa killed four people on Monday, the State Emergency Service said.",
    )
    assert row(two.recode("ibc")).cell("status").value == "corroborated"
    assert row(two.recode("ibc")).cell("status").rules == ("ibc.two_sources",)
    assert row(two.recode("ucdp")).cell("number_of_sources").value == 2


def test_soldiers_do_not_count_for_ibc_and_do_for_ucdp() -> None:
    ledger = told("An air strike on Izium on Tuesday killed 15 people, including three soldiers, the governor said.")
    assert values(row(ledger.recode("ucdp")), "best", "deaths_unknown") == (15, 15)
    found = row(ledger.recode("ibc"))
    assert values(found, "min_deaths", "max_deaths") == (12, 12)
    assert found.cell("max_deaths").raw == 15 and "ibc.excluded" in found.cell("max_deaths").rules


def test_an_attacker_who_may_or_may_not_be_counted_makes_a_range() -> None:
    ledger = told("A suicide bomber attacked a market in Kirkuk on Monday, killing 14 people, police said. The bomber was also killed.")
    assert values(row(ledger.recode("ibc")), "min_deaths", "max_deaths") == (13, 14)
    assert row(ledger.recode("ucdp")).cell("deaths_a").value == 1


def test_police_are_not_taken_off() -> None:
    ledger = told("A bomb in Kirkuk on Monday killed 14 people, including two police officers, a police official said.")
    assert values(row(ledger.recode("ibc")), "min_deaths", "max_deaths") == (14, 14)


def test_civilians_counted_apart_are_the_minimum() -> None:
    ledger = told("Shelling of Izium on Tuesday killed nine people, including at least five civilians, the governor said.")
    assert values(row(ledger.recode("ibc")), "min_deaths", "max_deaths") == (5, 9)
    assert "ibc.counted" in row(ledger.recode("ibc")).cell("min_deaths").rules
    found = row(ledger.recode("ucdp"))
    assert values(found, "deaths_civilians", "deaths_unknown", "best") == (5, 4, 9)


def test_sides_sum_to_the_best_figure_and_silence_is_no_zero() -> None:
    found = row(told("Shelling of Izium on Tuesday killed nine people, the governor said.").recode("ucdp"))
    assert values(found, "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best") == (None, None, None, 9, 9)


def test_a_night_over_a_country_is_one_row_a_place_where_places_account_for_it() -> None:
    ledger = told(
        "Russian missiles killed three people in Kharkiv and two in Odesa on Saturday, the interior minister said. "
        "Five people were killed across Ukraine, he said.",
        published="2025-08-03",
    )
    rows = ledger.recode("ucdp").rows
    assert sorted((r.cell("where_coordinates").value, r.cell("best").value) for r in rows) == [("Kharkiv", 3), ("Odesa", 2)]
    assert len({r.event for r in rows}) == 1 and len(ledger.events) == 1


def test_a_total_less_its_incidents() -> None:
    ledger = told(
        "An air strike on Izium on Tuesday killed 15 people, the governor said.",
        "Since January 140 civilians have been killed in Kharkiv region, the UN said.",
    )
    coded = ledger.recode("ibc")
    total = next(r for r in coded.rows if r.unit == "period")
    assert values(total, "min_deaths", "max_deaths") == (125, 125)
    assert "ibc.period" in total.cell("min_deaths").rules and total.cell("min_deaths").raw is None
    assert total.cell("status").value == "provisional"  # the incident's sources are none of the total's
    summary = next(r for r in ledger.recode("ucdp").rows if r.unit == "period")
    assert values(summary, "event_clarity", "best") == (2, 125)


def test_an_incident_elsewhere_is_not_taken_off() -> None:
    ledger = told(
        "An air strike on Odesa on Tuesday killed 15 people, the governor said.",
        "Since January 140 civilians have been killed in Kharkiv region, the UN said.",
    )
    total = next(r for r in ledger.recode("ibc").rows if r.unit == "period")
    assert values(total, "min_deaths", "max_deaths") == (140, 140)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A bus crash near Lviv on Tuesday killed nine people, police said.", "ucdp.armed_force"),
        ("A missile strike on Odesa on Monday wounded nine people, the mayor said.", None),
        ("No one was killed in a missile strike on Odesa on Monday, the mayor said.", "ucdp.admission"),
    ],
)
def test_what_makes_no_row_is_left_out_by_a_rule(text: str, rule: str | None) -> None:
    coded = told(text).recode("ucdp")
    assert coded.rows == ()
    assert [x.rule for x in coded.left_out] == ([rule] if rule else [])


def test_codes_of_place_and_time() -> None:
    found = row(told("A missile strike on Odesa killed four people on Monday, the mayor said.").recode("ucdp"))
    assert values(found, "where_prec", "date_prec", "event_clarity", "date_start", "date_end") == (1, 1, 1, "2025-07-14", "2025-07-14")
    night = row(told("A missile strike killed four people in Kharkiv region overnight into Monday, the governor said.").recode("ucdp"))
    assert values(night, "where_prec", "date_prec", "adm_1") == (4, 2, "Kharkiv")


def test_grades_come_from_a_person_and_only_then_leave_figures_out() -> None:
    texts = (
        "A missile strike on Odesa killed four people on Monday, mayor Ivan Petrenko said.",
        "A missile strike on Odesa killed 40 people on Monday, a channel said.",
    )
    plain = row(told(*texts).recode("ucdp"))
    graded = row(told(*texts, grades={"outlet-1": "unreliable"}).recode("ucdp"))
    assert values(plain, "low", "high") == (4, 40)
    assert values(graded, "low", "high") == (4, 4)
    assert "ucdp.reliable" in graded.cell("high").rules and graded.cell("high").changed
    assert values(row(told(*texts, grades={"outlet-1": "good"}).recode("ucdp")), "low", "high") == (4, 40)


def test_a_grade_is_read_from_sources_csv(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A missile strike on Odesa killed four people on Monday, the mayor said.", "utf-8")
    (tmp_path / "sources.csv").write_text("path,source,published,grade\na.txt,Wire,2025-07-15,D\n", "utf-8")
    ledger = crosstally.read(tmp_path)
    assert [s.grade for s in ledger.book.sources] == ["D"]
    assert ledger.recode("ucdp").rows == ()
    assert ledger.recode("ucdp").left_out[0].reason == "only sources graded as unreliable tell a number"


def test_order_of_reports_plays_no_part() -> None:
    texts = (
        "An air strike on Izium on Tuesday killed 15 people, the governor said.",
        "An air strike on Izium on Tuesday killed 13 people, a witness said.",
        "Since January 140 civilians have been killed in Kharkiv region, the UN said.",
    )
    made = []
    for order in (texts, texts[::-1]):
        ledger = Ledger()
        for text in order:
            ledger.add([Document.from_text(text, published=DAY, source=text[:9])])
        made.append(ledger.recode("ibc"))
    assert made[0] == made[1]
