"""What ``import crosstally`` gives: reading from anywhere, a ledger that closes, limits that hold."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import crosstally
from crosstally.errors import ConfigError

STRIKE = "A missile strike on Odesa killed two people and wounded nine on Monday, the mayor said.\n"
FLOOD = "Flooding in Jakarta killed 11 people on Friday, the disaster agency said. Thousands left their homes.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(STRIKE, "utf-8")
    (tmp_path / "feed.jsonl").write_text('{"text": "Two people were hurt in a fire in Lviv, police said.", "source": "Wire"}\n{oops\n', "utf-8")
    return tmp_path


def test_paths_and_documents_are_read_together(folder: Path) -> None:
    flood = crosstally.Document.from_text(FLOOD, source="agency", published="2024-03-01")
    ledger = crosstally.read([folder / "one.txt", str(folder / "feed.jsonl"), flood])
    assert {d.path for d in ledger.documents} == {str(folder / "one.txt"), f"{folder / 'feed.jsonl'}:1", None}
    assert [p.where for p in ledger.problems] == [f"{folder / 'feed.jsonl'}:2"]
    assert [c.quantity.low for c in ledger.claims(measure="killed", document=flood.id) if c.quantity] == [11]


def test_one_path_or_one_document_needs_no_list(folder: Path) -> None:
    assert len(crosstally.read(folder / "one.txt").documents) == 1
    assert len(crosstally.read(crosstally.Document.from_text(FLOOD)).documents) == 1


def test_reading_on_adds_to_a_ledger_and_keeps_what_was_said(folder: Path) -> None:
    ledger = crosstally.read(folder)
    assert crosstally.read(crosstally.Document.from_text(FLOOD), ledger=ledger) is ledger
    assert len(ledger.documents) == 3 and len(ledger.problems) == 1


def test_a_dash_reads_bytes_in_hand() -> None:
    ledger = crosstally.read("-", stdin=io.BytesIO(STRIKE.encode("utf-16")))
    assert [c.quantity.low for c in ledger.claims(measure="killed") if c.quantity] == [2]
    assert crosstally.read("-").problems, "nothing was pasted"


def test_a_ledger_in_a_file_closes_behind_itself(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    with crosstally.read(folder / "one.txt", ledger=file) as ledger:
        ledger.balance()
        assert ledger.changes
    with crosstally.open_ledger(str(file)) as again:
        assert again.as_dict() == crosstally.read(folder / "one.txt").as_dict()
        again.balance()
        assert not again.changes
    file.unlink()


@pytest.mark.parametrize("where", ["no/such/folder/books.db", "."])
def test_a_ledger_that_cannot_be_kept_there_is_refused(folder: Path, where: str) -> None:
    with pytest.raises(crosstally.LedgerError, match=r"\("):
        crosstally.read(folder, ledger=folder / where)


def test_limits_come_from_the_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSTALLY_MAX_REPORTS", "1")
    assert len(crosstally.read(folder).documents) == 1
    monkeypatch.setenv("CROSSTALLY_MAX_REPORTS", "none")
    with pytest.raises(ConfigError, match="CROSSTALLY_MAX_REPORTS"):
        crosstally.read(folder)


def test_tolerances_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    def bounds() -> set[tuple[int | None, int | None]]:
        text = "Around 400 people were wounded in Odesa on Monday, and nearly 500 houses were damaged, the mayor said."
        return {(c.quantity.low, c.quantity.high) for c in crosstally.read(crosstally.Document.from_text(text)).claims() if c.quantity}

    assert bounds() == {(360, 440), (450, 499)}
    monkeypatch.setenv("CROSSTALLY_AROUND_TOLERANCE", "0.2")
    monkeypatch.setenv("CROSSTALLY_NEARLY_FLOOR", "0.8")
    assert bounds() == {(320, 480), (400, 499)}
