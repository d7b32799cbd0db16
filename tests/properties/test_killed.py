"""A run that is killed at any moment loses nothing and doubles nothing: the next one ends where an undisturbed one does."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from crosstally.ledger import open_ledger

from .composing import ROOT

REPORTS = ("01-wire-4-july.txt", "02-air-force-4-july.txt", "04-rewrite-4-july.txt", "05-toll-5-july.txt", "06-toll-6-july.txt", "08-wire-9-july.txt")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "reports"
    folder.mkdir()
    for name in (*REPORTS, "sources.csv"):
        shutil.copy(ROOT / "examples" / "reports" / name, folder / name)
    return folder


def command(reports: Path, ledger: Path) -> list[str]:
    return [sys.executable, "-m", "crosstally", "ledger", str(reports), "--ledger", str(ledger), "--format", "json"]


def whole(reports: Path, ledger: Path) -> tuple[dict[str, Any], str]:
    done = subprocess.run(command(reports, ledger), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_run_is_made_good_by_the_next(reports: Path, tmp_path: Path, seed: int) -> None:
    started = time.monotonic()
    expected, _ = whole(reports, tmp_path / "calm.db")
    length = time.monotonic() - started
    chance = random.Random(seed)
    for _ in range(4):
        run = subprocess.Popen(command(reports, tmp_path / "killed.db"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            run.wait(timeout=chance.uniform(0.3, 1.0) * length)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
    found, _ = whole(reports, tmp_path / "killed.db")
    assert found == expected
    again, said = whole(reports, tmp_path / "killed.db")
    assert again == expected and "Nothing changed." in said
    with open_ledger(tmp_path / "killed.db") as store:
        came = [line.subject for line in store.history() if line.kind == "document"]
        assert sorted(came) == sorted(d["id"] for d in expected["documents"]), "each report came in once"


def test_one_more_report_says_what_it_touched_and_no_more(reports: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "books.db"
    whole(reports, ledger)
    more = tmp_path / "later.txt"
    more.write_text(
        "A bus overturned on a mountain road near Cusco, Peru, on Sunday, killing seven people, police said. Nineteen were hurt.", "utf-8"
    )
    _, said = whole(more, ledger)
    changed = said.split("What changed")[1].split("crosstally:")[0]
    assert "1 report came in" in changed and "new event" in changed and "7" in changed
    assert "drone" not in changed and "Kyiv" not in changed
