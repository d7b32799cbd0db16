"""The drawings: what is drawn can be told apart, pointed at, and followed to its sentence."""

from __future__ import annotations

import dataclasses
import re
from datetime import datetime
from html import unescape

import msgspec
import pytest

from crosstally.export.figures import Mark, groups
from crosstally.export.page.anchors import Anchors
from crosstally.export.page.context import PageView
from crosstally.export.page.draw_flow import draw_flow, drawn_of
from crosstally.export.page.draw_marks import draw_row
from crosstally.export.page.draw_toll import draw_toll
from crosstally.export.page.views import BookCell
from crosstally.export.sheet import Sheet, sheets
from crosstally.export.shelf import Shelf
from crosstally.export.toll import Lane, Rise, Toll
from crosstally.values import Book, Facets, Tally
from tests.export.book_fixture import domain, night


def sheet_of(tallies: tuple[Tally, ...]) -> Sheet:
    (sheet,) = sheets(Shelf(msgspec.structs.replace(night(), tallies=tallies)), domain(), "ev-raid")
    return sheet


def tally(measure: str, low: int, **weapon: str) -> Tally:
    return Tally("ev-raid", measure, Facets(**weapon), low=low, high=low, state="single", claims=("c",))


def told(measure: str, member: str | None) -> BookCell:
    return BookCell("7", False, f"#{measure}-{member}", "7", "air force, Wire", f"words of {measure}")


def picture_of(book: Book) -> str:
    view = PageView(Shelf(book), domain())
    return str(view.events[0].balances[0].picture)


def test_every_strand_and_sum_is_a_link_that_says_who_told_it() -> None:
    drawn = picture_of(night())
    strands = re.findall(r'<a href="([^"]+)" class="strand" data-who="([^"]+)" data-words="([^"]*)"', drawn)
    assert len(strands) == 5  # drones to three places, missiles to two
    assert any("63 drones" in who and words for _, who, words in strands)
    sums = [unescape(who) for who in re.findall(r'class="tot" data-who="([^"]+)"', drawn)]
    assert {w.split(" · ")[0] for w in sums} >= {"550 launched", "270 shot down", "208 suppressed"}
    assert len(re.findall("<title>", drawn)) == len(strands) + len(sums)
    assert "aria-hidden" not in drawn


def test_a_strand_too_thin_to_point_at_has_a_wider_reach() -> None:
    drawn = picture_of(night())
    thin = [a for a in re.findall(r'<a [^>]*class="strand".*?</a>', drawn) if "thin" in a]
    assert thin and all('class="reach"' in a for a in thin)
    assert all(float(h) >= 2 for h in re.findall(r'stroke-width="([\d.]+)" class="band thin', drawn))


def test_few_weapons_are_no_wall() -> None:
    few = sheet_of((tally("launched", 7), tally("shot_down", 4), tally("hit", 3)))
    drawn = draw_flow(few, domain(), told)
    assert drawn is not None
    heights = [float(h) for h in re.findall(r'<rect x="99"[^>]*height="([\d.]+)"', str(drawn))]
    assert sorted(heights) == [3 * 26.0, 4 * 26.0]


def test_one_member_is_drawn_where_no_report_tells_the_whole() -> None:
    drones = sheet_of((tally("launched", 3, weapon="drone"), tally("shot_down", 1, weapon="drone"), tally("hit", 2, weapon="drone")))
    assert drawn_of(drones) == ("drone",)
    drawn = str(draw_flow(drones, domain(), told))
    assert ">drones<" in drawn and ">launched<" in drawn
    assert len(re.findall('class="strand"', drawn)) == 2
    both = sheet_of((tally("launched", 3, weapon="drone"), tally("launched", 2, weapon="missile"), tally("hit", 2, weapon="drone")))
    assert drawn_of(both) is None and draw_flow(both, domain(), told) is None
    ranged = msgspec.structs.replace(tally("launched", 5), high=9)
    assert drawn_of(sheet_of((ranged, tally("launched", 3, weapon="drone"), tally("hit", 2, weapon="drone")))) is None


@pytest.mark.parametrize(("lows", "lines"), [((1, 2, 3, 4), 3), ((1, 1, 1), 3), ((2, 30), 1), ((3,), 1)])
def test_marks_of_small_numbers_do_not_lie_on_one_another(lows: tuple[int, ...], lines: int) -> None:
    shelf = Shelf(night())
    group = next(g for g in groups(shelf, domain(), shelf.events["ev-raid"]) if g.title == "People")
    marks = tuple(Mark(float(n), float(n), "disc", "up" if n == 2 else "", False, None, "mayor", "Wire", f"{n}", None) for n in lows)
    row = dataclasses.replace(group.rows[0], marks=marks)
    drawn = str(draw_row(row, dataclasses.replace(group, top=40.0), Anchors()))
    placed = [(float(x) / 100 * 340, float(y)) for x, y in re.findall(r'<svg x="([\d.]+)%" y="([\d.]+)"', drawn)]
    assert len(placed) == len(lows)
    assert len({y for _, y in placed}) == lines
    for n, (x, y) in enumerate(placed):
        for other_x, other_y in placed[n + 1 :]:
            assert abs(x - other_x) >= 11 or abs(y - other_y) >= 11


def test_an_open_end_has_room_on_its_scale() -> None:
    shelf = Shelf(night())
    for group in groups(shelf, domain(), shelf.events["ev-raid"]):
        for row in group.rows:
            for mark in row.marks:
                assert mark.low <= group.top * (0.9 if mark.tail in ("up", "both") else 1)


def test_a_label_of_the_toll_ends_where_its_room_does() -> None:
    moments = [datetime(2025, 7, 4, 6), datetime(2025, 7, 6, 6), datetime(2025, 7, 8, 6)]
    long = " · the spokesman of the military administration of a city with a very long name, The Paper With A Long Name Too"
    rises = tuple(Rise(m, n + 1, False, f"{m.day} July: {n + 1}", long, (), "who", "words") for n, m in enumerate(moments))
    lane = Lane("killed", "Killed", tally("killed", 3), rises)
    drawn = str(draw_toll(Toll((), lane, None, (), moments[0], datetime(2025, 7, 8, 12), 1), Anchors()))
    details = re.findall(r'class="o">([^<]*)<', drawn)
    assert details[0] == long  # at the edge there is room
    assert details[1].endswith(" …") and long.startswith(details[1].removesuffix(" …")) and len(details[1]) < 60
    assert drawn.index('class="lead"') < drawn.index('class="n"')  # leaders lie under words
