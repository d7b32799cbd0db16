"""What only a ledger in a file can promise: it survives kills, and others read it meanwhile."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from crosstally.errors import LedgerError
from crosstally.ledger import open_ledger
from crosstally.values import Claim, Document, DocumentReading, Quantity, Span

REPORTS = 60
WRITER = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from tests.ledger.test_sqlite import fill
fill(sys.argv[1])
"""


def report(number: int) -> tuple[Document, DocumentReading]:
    text = f"Bulletin {number}. " + f"At least {number + 2} people were hurt in the shelling of the market. " * 20
    document = Document.from_text(text, source="bulletin", title=f"Bulletin {number}")
    claims = tuple(
        Claim(f"c{number}-{n}", document.id, Span(n, n + 2), Span(0, len(text)), text[:60], "wounded", quantity=Quantity(number, None))
        for n in range(12)
    )
    return document, DocumentReading(document.id, claims)


def fill(path: str) -> None:
    """Adds every report, one call each, and says so after each."""
    with open_ledger(path, clock=lambda: "2024-03-02T08:00:00+00:00") as store:
        for number in range(REPORTS):
            document, reading = report(number)
            store.put([document], [], [reading])
            print(number, flush=True)


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for words in ("document_words", "claim_words"):
            connection.execute(f"INSERT INTO {words}({words}) VALUES ('integrity-check')")
        connection.rollback()
        tables = ("source", "document", "reading", "claim", "decision", "history", "book", "derived")
        return [f"{name} {row}" for name in tables for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]
    finally:
        connection.close()


def test_a_killed_run_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    fill(str(whole))
    for after in (0, 7, 23, 41):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(killed)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) == after:
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        with open_ledger(killed) as store:
            documents = [document.id for document in store.documents()]
            assert len(documents) >= after + 1  # what was said to be in is in
            assert documents == [report(n)[0].id for n in range(len(documents))]
            assert list(store.readings()) == [report(n)[1] for n in range(len(documents))]  # and wholly so
    fill(str(killed))
    assert dump(killed) == dump(whole)


def test_killed_while_it_is_made(tmp_path: Path) -> None:
    script = (
        "import os, sys, crosstally.ledger.opening as o; o._write_ahead = lambda *a: os.kill(os.getpid(), 9); o.open_engine(sys.argv[1])"
    )
    file = tmp_path / "l.db"
    assert subprocess.run([sys.executable, "-c", script, str(file)], check=False).returncode == -signal.SIGKILL
    with open_ledger(file) as store:
        assert store.documents() == ()
        assert sqlite3.connect(file).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_same_report_twice_leaves_the_same_bytes(tmp_path: Path) -> None:
    def everything(path: Path) -> str:
        connection = sqlite3.connect(path)
        try:
            return "\n".join(connection.iterdump())
        finally:
            connection.close()

    file = tmp_path / "l.db"
    document, reading = report(3)
    with open_ledger(file) as store:
        store.put([document], [], [reading])
        first = everything(file)
        store.put([document], [], [reading])
        assert everything(file) == first
    with open_ledger(file) as store:
        store.put([document], [], [reading], replace=True)
    assert everything(file) == first


def test_a_second_process_reads_while_one_writes(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    open_ledger(file).close()
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True)
    seen: list[int] = []
    with open_ledger(file) as store:
        assert process.stdout is not None
        for _ in process.stdout:
            readings = list(store.readings())
            assert all(len(reading.claims) == 12 for reading in readings)
            seen.append(len(readings))
    assert process.wait() == 0
    assert seen == sorted(seen) and seen[-1] == REPORTS and len(set(seen)) > 3


def test_threads_write_side_by_side(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as store:

        def write(numbers: range) -> None:
            for number in numbers:
                document, reading = report(number)
                store.put([document], [], [reading])

        # every thread writes the same twenty: each is kept once
        threads = [threading.Thread(target=write, args=(range(20),)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.stats() == {"documents": 20, "sources": 1, "claims": 240, "events": 0, "findings": 0, "decisions": 0, "history": 20}


def test_a_ledger_broken_under_way_is_an_error_in_words(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    with open_ledger(file) as store:
        store.put([report(1)[0]], [], [report(1)[1]])
    connection = sqlite3.connect(file)
    connection.execute("UPDATE document SET value = '{\"id\": 3}'")
    connection.commit()
    connection.close()
    with open_ledger(file) as store, pytest.raises(LedgerError, match=r"cannot be read.*restore"):
        store.documents()
