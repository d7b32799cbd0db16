"""Numbers that say how old somebody is, or how many children somebody has: no counts of anybody."""

from __future__ import annotations

from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.scene import Scene


def says_age(count: Counted, scene: Scene) -> bool:
    """Whether a bare number is what somebody is ("who was 16, died", "would have turned 15") or has ("the father of 4 killed")."""
    tokens, words = scene.parsed.sentence.tokens, scene.grammar.words
    i = count.first - 1
    if i < 1 or (count.quantity.low or 0) < 2:
        return False
    if tokens[i].lower in words["of"]:
        return tokens[i - 1].lower in words["parents"]
    return tokens[i].lower in words["turns"] and not any(_is_toll(t) and i - 14 <= t.last < i for t in scene.triggers)


def _is_toll(trigger: Trigger) -> bool:
    """Whether a noun has a number for its value: "the toll is 84"."""
    return trigger.kind == "noun" and any(s.role == "value" for f in trigger.frames for s in f.slots)
