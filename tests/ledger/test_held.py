"""What a process holds of a ledger file is what the file says, whoever wrote it; and little is written where little changed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import crosstally
from crosstally.ledger import open_ledger
from crosstally.ledger.books import STEP, Row, placed
from crosstally.values import Document

from .test_sqlite import report

LINES = st.lists(st.sampled_from("abcdefgh"), max_size=8)


def rows(words: list[str], positions: list[int] | None = None) -> list[Row]:
    return [Row("events", 0 if positions is None else positions[i], w, None, None, w) for i, w in enumerate(words)]


@given(LINES, LINES, st.sampled_from((1, 2, STEP)))
def test_rows_are_placed_in_order_and_those_that_stay_are_not_written(old: list[str], new: list[str], step: int) -> None:
    before = rows(old, [i * step for i in range(len(old))])
    stand, write, gone = placed(before, rows(new))
    assert [r.value for r in stand] == new
    assert all(a.position < b.position for a, b in pairwise(stand))
    # The file after it: what was there, less what goes, and what is written.
    file = {r.position: r for r in before if r not in gone}
    assert file.keys().isdisjoint(r.position for r in write)
    assert sorted([*file.values(), *write], key=lambda r: r.position) == stand


@given(st.integers(0, 40), st.integers(1, 3))
def test_one_value_more_is_one_row_written(at: int, more: int) -> None:
    before = rows([f"w{i:02}" for i in range(40)], [i * STEP for i in range(40)])
    new = [r.value for r in before]
    new[at:at] = [f"n{i}" for i in range(more)]
    _, write, gone = placed(before, rows(new))
    assert [r.value for r in write] == [f"n{i}" for i in range(more)] and not gone


def test_a_row_that_moves_is_written_alone() -> None:
    before = rows(list("abcdefgh"), [i * STEP for i in range(8)])
    _, write, gone = placed(before, rows(list("hbcdaefg")))
    assert {r.value for r in write} == {r.value for r in gone} == {"h", "a"}


def test_where_there_is_no_room_all_are_placed_anew() -> None:
    before = rows(list("abc"), [0, 1, 2])
    stand, write, gone = placed(before, rows(list("axbc")))
    assert write == stand and gone == before and [r.position for r in stand] == [0, STEP, 2 * STEP, 3 * STEP]


def test_what_another_process_adds_reads_again_and_reads_late_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    with open_ledger(file) as mine, open_ledger(file) as theirs:
        for _ in range(3):
            assert mine.documents() == () and tuple(mine.readings()) == ()
        for number in range(3):
            document, reading = report(number)
            theirs.put([document], [], [reading])
            assert mine.documents() == theirs.documents()
            assert tuple(mine.readings()) == tuple(theirs.readings())
        document, reading = report(1)
        fewer = msgspec.structs.replace(reading, claims=reading.claims[:2])
        theirs.put([], [], [fewer], replace=True)
        assert [len(r.claims) for r in mine.readings()] == [12, 2, 12]
        late, its = report(7)
        theirs.put([late], [], [])
        assert late in mine.documents() and len(tuple(mine.readings())) == 3
        theirs.put([], [], [its])
        assert tuple(mine.readings())[3] == its


def test_an_account_that_another_process_saves_is_the_one_in_force(tmp_path: Path) -> None:
    def told(number: int) -> Document:
        text = f"Police in Graz, Austria, said that {number} people were wounded in a shooting on Monday."
        return Document.from_text(text, id=f"r{number}", source=f"paper{number}", published="2025-03-04")

    file = tmp_path / "books.db"
    with crosstally.open_ledger(file) as mine, crosstally.open_ledger(file) as theirs:
        mine.add([told(3)])
        assert mine.balance() == mine._store.load_book()
        theirs.add([told(5)])
        theirs.balance()
        assert mine._store.load_book() == theirs.book
        mine.add([told(7)])
        mine.balance()
        assert theirs._store.load_book() == mine.as_of(None) == crosstally.read([told(3), told(5), told(7)]).book
    with crosstally.open_ledger(file) as again:
        again.balance()
        assert again.changes == ()


def test_a_ledger_that_stays_open_gives_the_account_of_one_that_does_not(tmp_path: Path) -> None:
    text = "A blast in Linz, Austria, on Tuesday killed {} people, the mayor said."
    papers = [Document.from_text(text.format(n), id=f"p{n}", source=f"s{n}", published="2025-03-05") for n in (2, 4, 6)]
    stays = crosstally.Ledger(open_ledger(tmp_path / "stays.db"), stays=True)
    with stays:
        for paper in papers:
            stays.add([paper])
            stays.balance()
        assert stays.book == crosstally.read(papers).book
