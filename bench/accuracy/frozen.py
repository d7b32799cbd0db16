"""The last frozen run, item by item: hashes and verdicts, no text. Tells gains and losses claim by claim."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("frozen")


@dataclass(frozen=True)
class Change:
    """Items that turned right or wrong. A false find is an item that should not be: new ones are losses, those gone are gains."""

    gains: tuple[str, ...]
    losses: tuple[str, ...]

    def __str__(self) -> str:
        return f"{len(self.gains)} gained, {len(self.losses)} lost"


def path_of(key: str, folder: Path = FOLDER) -> Path:
    return folder / f"{key.replace('/', '-')}.json"


def save(key: str, verdicts: Mapping[str, bool], about: Mapping[str, object], folder: Path = FOLDER) -> None:
    """Writes ``{"about", "right", "wrong"}``, hashes sorted and joined by spaces so that a change of one is a small change."""
    folder.mkdir(exist_ok=True)
    data = {
        "about": dict(about),
        "right": sorted(k for k, v in verdicts.items() if v),
        "wrong": sorted(k for k, v in verdicts.items() if not v),
    }
    path_of(key, folder).write_text(json.dumps(data, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")


def load(key: str, folder: Path = FOLDER) -> dict[str, bool] | None:
    """Verdicts of the last frozen run, or None if there is none."""
    path = path_of(key, folder)
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return {**dict.fromkeys(data["right"], True), **dict.fromkeys(data["wrong"], False)}


def compare(before: Mapping[str, bool], now: Mapping[str, bool]) -> Change:
    """Every item right now and not before is a gain; every one right before and not now a loss. An item only one run has and that is
    wrong there is a false find: gone is a gain, new is a loss."""
    gains = [k for k, v in now.items() if v and not before.get(k, False)]
    losses = [k for k, v in before.items() if v and not now.get(k, False)]
    gains += [k for k, v in before.items() if not v and k not in now]
    losses += [k for k, v in now.items() if not v and k not in before]
    return Change(tuple(sorted(gains)), tuple(sorted(losses)))
