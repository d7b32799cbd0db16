"""Floors tighten by themselves and loosen only on purpose; gains and losses are told item by item."""

from __future__ import annotations

from pathlib import Path

from bench.accuracy import floors, frozen
from bench.accuracy.floors import Breach, Floors
from bench.accuracy.values import Corpus, Metric, Outcome, item_id

_METRICS = (Metric("f1", "found"), Metric("width", "width", higher=False), Metric("rows", "rows", gated=False))
_CORPUS = Corpus("toy", "Toy", "ours", "write it", ("all",), _METRICS, lambda folder, part: None, lambda path, limit: Outcome({}))


def test_a_floor_is_pinned_a_little_on_the_loose_side() -> None:
    assert floors.pin(0.8, True) == 0.795
    assert floors.pin(0.8123, True) == 0.807
    assert floors.pin(1.5, False) == 1.505
    assert floors.pin(1.5004, False) == 1.506
    assert floors.pin(0.0, True) == 0.0


def test_breaches_on_either_side_and_none_for_counts() -> None:
    pinned = Floors({"toy/all": {"f1": 0.8, "width": 1.5, "rows": 9}})
    assert floors.breaches(_CORPUS, "toy/all", {"f1": 0.8, "width": 1.5, "rows": 1}, pinned) == ()
    made = floors.breaches(_CORPUS, "toy/all", {"f1": 0.799, "width": 1.6}, pinned)
    assert [b.metric for b in made] == ["f1", "width"]
    assert "below the floor 0.800" in str(made[0])
    assert "above the ceiling 1.500" in str(made[1])


def test_raising_never_loosens() -> None:
    pinned = Floors({"toy/all": {"f1": 0.8, "width": 1.5}})
    made = floors.raised(_CORPUS, "toy/all", {"f1": 0.7, "width": 2.0, "rows": 3}, pinned)
    assert made.values == {"toy/all": {"f1": 0.8, "width": 1.5}}
    better = floors.raised(_CORPUS, "toy/all", {"f1": 0.9, "width": 1.0}, pinned)
    assert better.values == {"toy/all": {"f1": 0.895, "width": 1.005}}


def test_lowering_names_the_note_and_survives_the_file(tmp_path: Path) -> None:
    pinned = Floors({"toy/all": {"f1": 0.8, "width": 1.5}})
    made = floors.lowered([Breach("toy/all", "f1", 0.7, 0.8)], pinned, "docs/decisions/why.md")
    assert made.values["toy/all"] == {"f1": 0.695, "width": 1.5}
    floors.save(made, tmp_path / "floors.toml")
    assert floors.load(tmp_path / "floors.toml") == made
    assert floors.load(tmp_path / "nothing.toml") == Floors({})


def test_gains_and_losses() -> None:
    before = {"a": True, "b": False, "c": True, "false find": False}
    now = {"a": True, "b": True, "c": False, "new false find": False}
    made = frozen.compare(before, now)
    assert made.gains == ("b", "false find")
    assert made.losses == ("c", "new false find")
    assert str(made) == "2 gained, 2 lost"


def test_a_frozen_run_holds_hashes_and_verdicts(tmp_path: Path) -> None:
    verdicts = {item_id("toy", "Ann Reed"): True, item_id("toy", "Oakham"): False}
    frozen.save("toy/all", verdicts, {"date": "2026-01-01"}, tmp_path)
    assert frozen.load("toy/all", tmp_path) == verdicts
    assert frozen.load("toy/part", tmp_path) is None
    kept = frozen.path_of("toy/all", tmp_path).read_text(encoding="utf-8")
    assert "Reed" not in kept
    assert "Oakham" not in kept


def test_ids_keep_their_parts_apart() -> None:
    assert item_id("ab", "c") != item_id("a", "bc")
    assert item_id("a", (1, 2)) == item_id("a", (1, 2))
    assert len(item_id("a")) == 12
