"""People's decisions: what they change, what they refuse, and that undoing one gives the account back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import crosstally
from crosstally.cli import main
from crosstally.errors import DecisionError
from crosstally.values import Tally

WHEN = "2025-07-16T09:00:00"
REPORTS = (
    ("Harbour Wire", "A missile strike on Odesa on Tuesday killed four people, the mayor, Hennadii Trukhanov, said."),
    ("City Desk", "A missile strike on Odesa on Tuesday killed six people, the regional governor, Oleh Kiper, said."),
)


def _ledger() -> crosstally.Ledger:
    return crosstally.read([crosstally.Document.from_text(t, published="2025-07-15T12:00", source=s) for s, t in REPORTS])


def _killed(books: crosstally.Ledger) -> Tally:
    (tally,) = (t for t in books.tallies() if t.measure == "killed")
    return tally


def _claim(books: crosstally.Ledger, figure: int) -> str:
    return next(c.id for c in books.claims(measure="killed") if c.quantity and c.quantity.low == figure)


def test_a_rejected_claim_bears_no_figure_and_stays_as_read() -> None:
    books = _ledger()
    wrong = _claim(books, 4)
    taken = books.decide("reject", wrong, who="J. Moss", why="of another day", when=WHEN)
    tally = _killed(books)
    assert (tally.reported_low, tally.claims, tally.decisions) == (6, (_claim(books, 6),), (taken.id,))
    assert wrong in {c.id for c in books.book.claims}
    assert [a.rejected for a in books.book.assignments if a.claim == wrong] == [True]


def test_a_correction_stands_beside_the_claim_as_read() -> None:
    books = _ledger()
    id = _claim(books, 4)
    books.decide("correct", id, who="J. Moss", change={"value": "6"}, when=WHEN)
    assert _killed(books).reported_low == 6
    assert next(c.quantity.low for c in books.book.claims if c.id == id and c.quantity) == 4
    with pytest.raises(DecisionError, match=r"value: 'many' is no figure; write 14"):
        books.decide("correct", _claim(books, 6), who="J. Moss", change={"value": "many"})


def test_undoing_gives_the_account_back() -> None:
    books = _ledger()
    before = books.as_dict()
    taken = books.decide("different_event", [c.id for c in books.claims(measure="killed")], who="J. Moss", when=WHEN)
    assert len(books.events) == 2
    assert [d["id"] for d in books.as_dict()["decisions"]] == [taken.id]
    books.undo(taken.id, who="J. Moss", when=WHEN)
    assert books.as_dict() == before
    assert [d.kind for d in books.decisions] == ["different_event", "undo"]


def test_a_preferred_speaker_sets_the_best_and_hides_nobody() -> None:
    books = _ledger()
    books.decide("prefer_speaker", _claim(books, 4), who="J. Moss", change={"measure": "killed"}, when=WHEN)
    tally = _killed(books)
    assert (tally.best, len(tally.claims)) == (4, 2)


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("reject", ["c000"], "no claim here has the id 'c000'"),
        ("same_event", ["c000"], "same_event is about 2 or more different ids, not 1"),
        ("praise", ["c000"], "no kind of decision 'praise'"),
        ("undo", ["j000"], "no decision here has the id 'j000'"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(kind: str, subject: list[str], words: str) -> None:
    books = _ledger()
    with pytest.raises(DecisionError, match=words):
        books.decide(kind, subject, who="J. Moss")
    assert books.decisions == ()


def test_a_contradicting_decision_is_refused() -> None:
    books = _ledger()
    id = _claim(books, 4)
    books.decide("reject", id, who="J. Moss", when=WHEN)
    with pytest.raises(DecisionError, match="contradicts j"):
        books.decide("accept", id, who="A. Reed", when=WHEN)
    assert len(books.decisions) == 1


def test_the_command_keeps_lists_and_undoes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORTS[0][1], encoding="utf-8")
    books = str(tmp_path / "books.db")
    run = CliRunner()
    assert run.invoke(main, ["ledger", str(tmp_path / "a.txt"), "--ledger", books]).exit_code in (0, 1)
    with crosstally.open_ledger(books) as held:
        id = held.claims(measure="killed")[0].id
    done = run.invoke(main, ["decide", "reject", id, "--ledger", books, "--who", "J. Moss", "--why", "misread"])
    assert done.exit_code == 0, done.output
    decision = done.output.split(":")[0]
    assert f"reject {id}, in force" in run.invoke(main, ["decide", "list", "--ledger", books]).output
    assert run.invoke(main, ["decide", "undo", decision, "--ledger", books, "--who", "J. Moss"]).exit_code == 0
    assert ", undone: by j" in run.invoke(main, ["decide", "list", "--ledger", books]).output
    assert run.invoke(main, ["decide", "reject", "c0", "--ledger", books, "--who", "J. Moss"]).exit_code == 2
    assert run.invoke(main, ["decide", "list", "--ledger", str(tmp_path / "none.db")]).exit_code == 2
