"""Why reports are one event, in words: once each, with how many joins rest on it."""

from __future__ import annotations

from crosstally.domain import load_domain
from crosstally.export.joined import apart, joined, named
from crosstally.export.shelf import Shelf
from crosstally.values import Book, Document, Event, Join


def test_a_reason_is_told_once_with_how_many_joins_rest_on_it() -> None:
    same = "same target (Ukraine)"
    joins = (
        Join(("a", "b"), f"{same}; same figures (208 shot down (weapon=drone))"),
        Join(("a", "c"), f"both in Odesa; {same}"),
        Join(("a", "d"), "one night apart", refused=True),
    )
    told = joined(load_domain(), Event("e1", "air_attack", "A raid", (), (), joins=joins))
    assert told[0] == (same, 2)
    assert set(told[1:]) == {("both in Odesa", 1), ("same figures (208 shot down: drones)", 1)}


def test_reports_are_called_by_their_outlets_in_reasons() -> None:
    document = Document.from_text("Two people were killed.", source="quay")
    shelf = Shelf(Book(documents=(document,)))
    assert named(shelf, f"text shared with {document.id}") == "text shared with quay"
    assert named(shelf, "text shared with d0123456789ab") == "text shared with another report"
    assert named(shelf, "decided of it") == "decided of it"


def test_what_looks_like_the_event_and_is_not_says_why_the_closest_first() -> None:
    far = Join(("a", "c"), "air attack: one night apart", 0.3, refused=True)
    near = Join(("a", "b"), "air attack: same figures (12 shot down (weapon=drone)), but other reports of the two are not", 0.8, refused=True)
    ruled = Join(("a", "b"), "decided by J. Moss, 2025-07-05", 0.0, refused=True)
    held = Join(("a", "d"), "both in Odesa")
    here = Event("e1", "air_attack", "A raid", (), ("a",), joins=(held, far, near, ruled))
    others = (Event("e2", "air_attack", "The raid before", (), ("b",), joins=(near, ruled)), Event("e3", "air_attack", "Lost", (), ("c",)))
    told = apart(Shelf(Book(events=(here, *others))), load_domain(), here)
    assert [(x.event, x.title) for x in told] == [("e2", "The raid before"), ("e2", "The raid before"), ("", "")]
    assert [x.why for x in told] == [
        "decided by J. Moss, 2025-07-05",
        "air attack: same figures (12 shot down: drones), but other reports of the two are not",
        "air attack: one night apart",
    ]
