"""The balance sheet follows from the pack's relations alone."""

from __future__ import annotations

import msgspec

from crosstally.domain.model import Domain, Measure, Relation, Term
from crosstally.export.sheet import Sheet, sheets
from crosstally.export.shelf import Shelf
from crosstally.values import Book, Tally
from tests.export.book_fixture import domain, night, shooting


def sheet_of(book: Book, pack: Domain) -> Sheet:
    (sheet,) = sheets(Shelf(book), pack, "ev-raid")
    return sheet


def test_a_part_is_opened_into_its_parts_where_they_are_told() -> None:
    sheet = sheet_of(night(), domain())
    assert sheet.columns == ("launched", "shot_down", "suppressed", "hit", "unaccounted")
    assert sheet.members == ("drone", "missile")
    assert [(b.measure, b.columns) for b in sheet.brackets] == [("neutralised", ("shot_down", "suppressed"))]


def test_it_closes_and_says_by_whose_account() -> None:
    sheet = sheet_of(night(), domain())
    assert sheet.closes
    assert sheet.equation() == "550 = 270 + 208 + 72 + 0"
    assert sheet.account == "self-consistent, one party’s figures"
    assert sheet.exact("shot_down", "drone") == 268


def without(book: Book, *measures: str) -> Book:
    return msgspec.structs.replace(book, tallies=tuple(t for t in book.tallies if t.measure not in measures))


def test_a_part_stays_closed_where_only_the_sum_is_told() -> None:
    book = without(night(), "shot_down", "suppressed")
    assert sheet_of(book, domain()).columns == ("launched", "neutralised", "hit", "unaccounted")


def test_a_gap_leaves_the_account_open() -> None:
    book = without(night(), "unaccounted")
    gap = Tally("ev-raid", "unaccounted", low=17, high=17, state="derived")
    sheet = sheet_of(msgspec.structs.replace(book, tallies=(*book.tallies, gap)), domain())
    assert (sheet.closes, sheet.gap) == (False, 17)


def test_what_is_not_told_is_neither_zero_nor_closed() -> None:
    sheet = sheet_of(without(night(), "unaccounted", "hit"), domain())
    assert (sheet.closes, sheet.gap, sheet.equation()) == (False, None, "")
    assert sheet.exact("hit", None) is None


def test_an_event_without_such_measures_has_no_sheet() -> None:
    assert sheets(Shelf(shooting()), domain(), "ev-shooting") == ()


def test_any_pack_may_declare_a_sheet() -> None:
    measures = {n: Measure(n, n.capitalize(), "relief") for n in ("aboard", "rescued", "lost", "still_missing")}
    ferry = Relation("fate of those aboard", Term("aboard"), (Term("rescued"), Term("lost"), Term("still_missing")), per_member=True)
    pack = Domain(measures, {}, (ferry,), {}, (), {})
    tallies = tuple(Tally("e", m, low=n, high=n) for m, n in (("aboard", 62), ("rescued", 50), ("lost", 12), ("still_missing", 0)))
    (sheet,) = sheets(Shelf(Book(tallies=tallies)), pack, "e")
    assert sheet.closes
    assert sheet.equation() == "62 = 50 + 12 + 0"
    assert sheet.members == ()
