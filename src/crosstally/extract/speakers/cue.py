"""A cue: the words that tell that somebody says something, with the phrase for who and the runs of words said."""

from __future__ import annotations

import msgspec

from crosstally.extract.speakers.items import Item
from crosstally.extract.speakers.phrases import Phrase

STOP = frozenset({".", ";"})


class Cue(msgspec.Struct):
    """A cue found, in item indexes. ``contents`` are runs of items ``[start, end)``; ``like`` the cue whose source it shares."""

    at: int
    end: int
    rule: str
    status: str
    speech: bool
    source: Phrase | None
    contents: list[tuple[int, int]]
    channel: str | None = None
    like: int | None = None
    relative: Phrase | None = None
    shows: bool = False  # evidence shows it; a person who shows something has not said it
    when: tuple[int, int] | None = None  # words of time beside the cue
    inherits: str = ""  # how the subject was shared: "and", "ing", ""


def bounds(items: list[Item], at: int) -> tuple[int, int]:
    """The sentence around an item: its first item, and the full stop that ends it."""
    floor = next((j + 1 for j in range(at - 1, -1, -1) if items[j].tag in STOP), 0)
    limit = next((j for j in range(at + 1, len(items)) if items[j].tag in STOP), len(items))
    return floor, limit
