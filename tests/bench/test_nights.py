"""Rows of numbers: what arithmetic says, and whether the balance says the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench.accuracy.corpora.nights import CORPUS, accused, bent, find, nights

_HEAD = "source,start,end,drones,drones_down,drones_lost,missiles,missiles_down,hit_loc,debris_loc,models\n"
_SOUND = "p1,2024-01-01,2024-01-02,20.0,12.0,5.0,4.0,1.0,,,Shahed:20.0/12.0; X-59:4.0/1.0\n"
_FAILS = "p2,2024-01-03,2024-01-04,10.0,8.0,3.0,0,0,,,Shahed:10.0/8.0\n"
_SUMS = "p3,2024-01-05,2024-01-06,10.0,8.0,0,2.0,,,,Shahed:9.0/8.0; X-59:2.0/0.0\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "nights").mkdir()
    (tmp_path / "nights" / "nights_to_2024-01.csv").write_text(_HEAD + _SOUND + _FAILS + _SUMS, encoding="utf-8")
    found = find(tmp_path, "all")
    assert found is not None
    return found


def test_rows_and_their_sums(table: Path) -> None:
    sound, fails, sums = nights(table)
    assert sound.figures == {"drones": 20, "drones_down": 12, "drones_lost": 5, "missiles": 4, "missiles_down": 1}
    assert "missiles" not in fails.figures  # a zero is silence
    assert [n.fails() for n in (sound, fails, sums)] == [False, True, False]
    assert [n.models_fail() for n in (sound, fails, sums)] == [False, False, True]


def test_a_bent_row_leaves_no_room(table: Path) -> None:
    sound, *_ = nights(table)
    worse = bent(sound)
    assert worse is not None
    assert worse.figures["drones_down"] == 16  # 20 launched, 5 lost, one too many
    assert worse.fails()
    none_down = replace(sound, figures={"drones": 20, "missiles": 4})
    assert [accused(none_down), accused(bent(none_down) or none_down)] == [False, True]


def test_the_balance_accuses_the_failing_row_alone(table: Path) -> None:
    sound, fails, sums = nights(table)
    assert [accused(n) for n in (sound, fails, sums)] == [False, True, False]


def test_the_corpus_is_measured(table: Path) -> None:
    made = CORPUS.measure(table, None).values
    assert made == {"agreement": 1.0, "caught": 1.0, "false_alarms": 0.0, "bent_caught": 1.0, "rows_failing": 1.0, "models_failing": 1.0}
