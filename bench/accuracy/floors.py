"""Floors: the numbers below which the bench fails. Pinned in ``floors.toml``, raised when a run is frozen, lowered only with a decision
note.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bench.accuracy.values import Corpus

PATH = Path(__file__).with_name("floors.toml")
# How far under the measured number a floor is pinned, so that a rule that trades one item for another can land.
SLACK = 0.005
_HEAD = """\
# Floors of the accuracy bench: a corpus and its part, a metric, the worst value that passes (the largest, where less is better).
# Written by `python -m bench.accuracy --freeze`, which only tightens, and by `--lower-floors --note FILE`, which names a decision note.
"""


@dataclass(frozen=True)
class Floors:
    """``values``: "corpus/part" to metric to floor. ``notes``: decision notes that lowered some, newest last."""

    values: Mapping[str, Mapping[str, float]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Breach:
    """A metric on the wrong side of its floor."""

    corpus: str
    metric: str
    value: float
    floor: float
    higher: bool = True

    def __str__(self) -> str:
        return (
            f"{self.corpus} {self.metric}: {self.value:.3f} is {'below the floor' if self.higher else 'above the ceiling'} {self.floor:.3f}"
        )


def load(path: Path = PATH) -> Floors:
    """The floors of a file; none where there is no file. Raises tomllib.TOMLDecodeError for a broken one."""
    if not path.exists():
        return Floors({})
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Floors(dict(raw.get("floor", {})), tuple(raw.get("lowered_by", ())))


def save(floors: Floors, path: Path = PATH) -> None:
    lines = [_HEAD.rstrip(), ""]
    if floors.notes:
        lines += [f"lowered_by = [{', '.join(_quoted(n) for n in floors.notes)}]", ""]
    for key in sorted(floors.values):
        lines.append(f"[floor.{_quoted(key)}]")
        lines += [f"{metric} = {value:.3f}" for metric, value in floors.values[key].items()]
        lines.append("")
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def breaches(corpus: Corpus, key: str, values: Mapping[str, float], floors: Floors) -> tuple[Breach, ...]:
    """Gated metrics on the wrong side of their floor."""
    pinned = floors.values.get(key, {})
    return tuple(
        Breach(key, m.name, values[m.name], pinned[m.name], m.higher)
        for m in corpus.metrics
        if m.gated and m.name in pinned and m.name in values and m.worse(values[m.name], pinned[m.name])
    )


def raised(corpus: Corpus, key: str, values: Mapping[str, float], floors: Floors) -> Floors:
    """Floors tightened to what was measured, less the slack; never loosened. A metric without a floor gets one."""
    pinned = dict(floors.values.get(key, {}))
    for m in corpus.metrics:
        if not m.gated or m.name not in values:
            continue
        new = pin(values[m.name], m.higher)
        if m.name not in pinned or m.worse(pinned[m.name], new):
            pinned[m.name] = new
    return replace(floors, values={**floors.values, key: pinned})


def lowered(broken: Iterable[Breach], floors: Floors, note: str) -> Floors:
    """Floors loosened where they were broken, and the note that says why."""
    values = {k: dict(v) for k, v in floors.values.items()}
    for breach in broken:
        values[breach.corpus][breach.metric] = pin(breach.value, breach.higher)
    return Floors(values, (*(n for n in floors.notes if n != note), note))


def pin(value: float, higher: bool) -> float:
    """The floor for a measured value: the slack aside, in thousandths, rounded to the loose side, within 0 and (for shares) whatever was
    measured.
    """
    loose = value - SLACK if higher else value + SLACK
    thousandths = loose * 1000
    return max(0.0, int(thousandths + 1e-6) / 1000 if higher else -int(-thousandths - 1 + 1e-6) / 1000)
