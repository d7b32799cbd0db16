"""What reports tell beside figures."""

from __future__ import annotations

import msgspec

from crosstally.export.remarks import remarks, words
from crosstally.export.shelf import Shelf
from crosstally.values import Book
from tests.export.book_fixture import domain, night


def test_claims_of_tallies_and_findings_are_not_told_again() -> None:
    shelf = Shelf(night())
    assert remarks(shelf, domain(), shelf.events["ev-raid"]) == ()


def bare() -> Book:
    return msgspec.structs.replace(night(), tallies=(), findings=())


def test_what_is_left_is_gathered_by_what_it_says() -> None:
    shelf = Shelf(bare())
    told = remarks(shelf, domain(), shelf.events["ev-raid"])
    launched = next(r for r in told if (r.title, r.label) == ("Launched: drones", "539"))
    assert [c.id for c in launched.claims] == ["p1", "l1"]
    assert [r.label for r in told if r.title == "Record"] == ["largest"]


def test_what_did_not_happen_says_so() -> None:
    shelf = Shelf(bare())
    assert {r.status for r in remarks(shelf, domain(), shelf.events["ev-forecast"])} == {"forecast"}


def test_too_few_words_come_with_those_around_them() -> None:
    shelf = Shelf(night())
    assert words(shelf, shelf.claims["w1"]) == "550 drones and missiles"
    assert words(shelf, shelf.claims["l5"]) == "It took thirteen hours before the all-clear."
