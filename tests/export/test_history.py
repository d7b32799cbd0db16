"""The history of an event: order by when a thing was said, and what each figure did to the one before it."""

from __future__ import annotations

import pytest

import crosstally
from crosstally.export.history import find_event
from crosstally.values import Entry

STRIKE = "A missile strike on Odesa on Monday"


def told(text: str, published: str, source: str) -> crosstally.Document:
    return crosstally.Document.from_text(f"{text}\n", published=published, source=source)


def toll(*reports: crosstally.Document, measure: str | None = None) -> list[tuple[str, str, str | None, str]]:
    """(kind, value, value before, day said) of every entry of the event that counts people."""
    ledger = crosstally.read(list(reports))
    event = next(t.event for t in ledger.tallies() if t.measure == "killed")
    return [(e.kind, e.notation(), e.before, (e.said_at or "")[:10]) for e in ledger.history(event, measure)]


FIRST = told(f"{STRIKE} killed 14 people, the mayor of Odesa said.", "2025-03-03T09:00", "Harbour Wire")


def test_one_mayor_who_counts_fewer_corrects() -> None:
    fewer = told("Ten people were killed in the missile strike on Odesa on Monday, the mayor of Odesa said.", "2025-03-04T09:00", "Harbour Wire")
    assert toll(FIRST, fewer) == [("first", "14", None, "2025-03-03"), ("correction", "10", "14", "2025-03-04")]


def test_more_dead_are_an_update_and_the_same_count_is_told_again() -> None:
    more = told("The death toll of the missile strike on Odesa on Monday rose to 17, the mayor of Odesa said.", "2025-03-04T09:00", "Harbour Wire")
    again = told(f"{STRIKE} killed 17 people, the governor said.", "2025-03-05T09:00", "Inland Post")
    assert toll(FIRST, more, again) == toll(again, more, FIRST) == [
        ("first", "14", None, "2025-03-03"),
        ("update", "17", "14", "2025-03-04"),
        ("again", "17", "17", "2025-03-05"),
    ]  # fmt: skip


def test_a_death_in_hospital_is_a_transition() -> None:
    died = told(
        "The death toll of the missile strike on Odesa on Monday rose to 15. A man who was wounded died in hospital, the mayor of Odesa said.",
        "2025-03-06T09:00",
        "Harbour Wire",
    )
    assert toll(FIRST, died)[1][:3] == ("transition", "15", "14")


def test_a_figure_taken_back_is_a_retraction() -> None:
    wrong = "earlier reports that 14 people had been killed in the missile strike on Odesa on Monday were wrong"
    back = told(f"The mayor of Odesa said on Tuesday that {wrong}.", "2025-03-04T20:00", "Inland Post")
    assert ("retraction", "14", "14", "2025-03-04") in toll(FIRST, back)


def test_other_measures_are_told_when_asked_for() -> None:
    both = told(f"{STRIKE} killed 14 people and damaged 20 houses, the mayor of Odesa said.", "2025-03-03T09:00", "Harbour Wire")
    ledger = crosstally.read([both])
    event = ledger.events[0].id
    measures = [{e.measure for e in ledger.history(event, m)} for m in (None, "damaged", "all")]
    assert measures[0] == {"killed"} and measures[1] == {"damaged"} and measures[2] >= {"killed", "damaged"}


def test_an_entry_says_when_by_whom_and_where() -> None:
    ledger = crosstally.read([FIRST])
    (entry,) = ledger.history(ledger.events[0].id)
    assert isinstance(entry, Entry)
    assert (entry.speaker, entry.stated, entry.said_at) == ("mayor of Odesa", False, "2025-03-03T09:00")
    assert entry.documents == (FIRST.id,) and entry.claims
    assert "the first count told" in entry.explanation


def test_an_event_is_found_by_id_alias_or_beginning() -> None:
    ledger = crosstally.read([FIRST])
    event = ledger.events[0]
    assert find_event(ledger.book, event.id) is find_event(ledger.book, event.id[:6]) is event
    assert find_event(ledger.book, "") is None
    with pytest.raises(LookupError):
        ledger.history("nothing")
