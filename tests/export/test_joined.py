"""Why reports are one event, in words: once each, with how many joins rest on it."""

from __future__ import annotations

from crosstally.domain import load_domain
from crosstally.export.joined import joined, named
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
    assert named(shelf, "text shared with d0123456789ab") == "text shared with d0123456789ab"
