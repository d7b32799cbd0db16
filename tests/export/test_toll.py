"""The toll: floors that rise, corrections that fall, the dead who were wounded before."""

from __future__ import annotations

import msgspec

from crosstally.export.shelf import Shelf
from crosstally.export.toll import Toll, labelled, toll
from crosstally.values import Book, Finding
from tests.export.book_fixture import domain, night, shooting


def toll_of(book: Book, event: str) -> Toll:
    shelf = Shelf(book)
    found = toll(shelf, domain(), shelf.events[event])
    assert found is not None
    return found


def test_the_dead_rise_by_who_said_so() -> None:
    found = toll_of(night(), "ev-raid")
    assert found.upper is not None
    assert [(r.value, r.label) for r in found.upper.rises] == [(1, "4 July, 10:40: 1+ killed"), (2, "5 July: 2"), (3, "8 July: 3")]
    assert "Mayor Vitali Klitschko" in found.upper.rises[1].detail


def test_the_wounded_lane_does_not_mix_in_hospital_counts() -> None:
    found = toll_of(night(), "ev-raid")
    assert found.lower is not None
    assert (found.lower.measure, [r.value for r in found.lower.rises]) == ("wounded", [23, 26, 32])
    assert [(h.value, h.title) for h in found.heads] == [("3+", "Killed"), ("32+", "Wounded"), ("14+", "Taken to hospital")]


def test_who_died_in_hospital_moves_once() -> None:
    assert [m.day for m in toll_of(night(), "ev-raid").moved] == [5, 8]


def test_a_correction_takes_people_down_again() -> None:
    book = night()
    findings = tuple(f for f in book.findings if f.kind != "revision")
    mended = Finding("revision", "The first count was wrong.", ("s2", "e1"), event="ev-raid", change="correction")
    later = tuple(msgspec.structs.replace(c, said_at="2025-07-06") if c.id == "e1" else c for c in book.claims)
    found = toll_of(msgspec.structs.replace(book, findings=(*findings, mended), claims=later), "ev-raid")
    assert found.lower is not None
    assert [r.value for r in found.lower.rises] == [23, 32, 26]


def test_one_moment_has_no_axis() -> None:
    found = toll_of(night(), "ev-pokrovsk")
    assert (found.start, found.end) == (None, None)
    assert found.lower is None


def test_many_people_share_a_line() -> None:
    book = shooting()
    many = tuple(
        msgspec.structs.replace(c, quantity=msgspec.structs.replace(c.quantity, low=4200, high=4200)) if c.id == "a2" and c.quantity else c
        for c in book.claims
    )
    found = toll_of(msgspec.structs.replace(book, claims=many), "ev-shooting")
    assert found.per_line == 100
    assert toll_of(book, "ev-shooting").per_line == 1


def test_an_event_without_people_has_no_toll() -> None:
    shelf = Shelf(night())
    assert toll(shelf, domain(), shelf.events["ev-forecast"]) is None


def test_at_most_six_labels_first_and_last_kept() -> None:
    found = toll_of(night(), "ev-raid")
    assert found.lower is not None
    rise = found.lower.rises[0]
    lane = found.lower.__class__(
        "wounded", "Wounded", found.lower.tally, tuple(rise.__class__(rise.moment, n * n, False, str(n), "", ()) for n in range(20))
    )
    kept = labelled(lane)
    assert len(kept) == 6
    assert (kept[0].label, kept[-1].label) == ("0", "19")
