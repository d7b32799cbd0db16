"""The speed bench: its texts, its sums, its tables. No speed is asserted."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.speed import __main__ as command
from bench.speed.shell import Run, run
from bench.speed.stages import Timing, measure
from bench.speed.texts import texts


def test_texts_are_enough_and_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On 4 July 2025 at least 550 drones came.\n", encoding="utf-8")
    made = texts(40, tmp_path)
    assert sum(len(t.split()) for t in made) >= 40
    assert made == texts(40, tmp_path)
    assert len(set(made)) > 1  # the count moves
    assert all(t.startswith("On 4 July 2025 at least ") for t in made)  # the date does not


def test_no_examples_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no example reports"):
        texts(10, tmp_path)


def test_a_timing_as_a_row() -> None:
    assert Timing("numbers", 0.5, 10_000, 40.0).words_per_second == 20_000
    assert command.table([Timing("numbers", 0.5, 10_000, 40.0)]).splitlines()[-1] == "| numbers | 20,000 | 50.00 | 40 |"
    assert command.waits([Run("import", 0.123, 0.1)]).splitlines()[-1] == "| import | 0.12 | 0.10 |"


def test_every_stage_is_timed() -> None:
    made = measure(texts(300))
    assert [t.stage for t in made][:6] == ["sentences", "numbers", "moments", "names", "quotes", "speakers"]
    assert made[-1].stage == "text to account"
    assert all(t.seconds > 0 and t.ratio > 0 for t in made)


def test_a_fresh_process_is_timed_and_a_failing_one_told() -> None:
    made = run("nothing", ["-c", "pass"], 1)
    assert made.wall > 0
    with pytest.raises(Exception, match="non-zero exit status"):
        run("fails", ["-c", "raise SystemExit(7)"], 1)
