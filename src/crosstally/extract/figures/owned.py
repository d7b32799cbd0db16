"""Whose death it was, said before it: "her brother's death", "the pupil's killing"."""

from __future__ import annotations

from collections.abc import Iterable

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import make
from crosstally.extract.figures.scene import Candidate, Scene

_BEHIND = 2  # tokens from a person to what is theirs: "brother", "'s", "death"


def owned(owners: Iterable[Counted], scene: Scene, title: bool) -> Iterable[tuple[Counted, Candidate]]:
    """Each person with what befell them, where a noun right behind the possessive tells it. A word as calm as "death" is enough in a ``title``
    only, and of kin where it hangs on something ("charged in his brother's death"): "his mother's death" may be long past."""
    for owner in owners:
        at = owner.last + _BEHIND
        for trigger in scene.triggers:
            if trigger.kind != "noun" or trigger.first != at:
                continue
            if all(f.calm for f in trigger.frames) and not (title and _is_new(owner, scene)):
                continue
            fits = tuple(make(owner, trigger, "of", "preposition", 0, scene))
            if fits:
                yield owner, fits[0]


def _is_new(owner: Counted, scene: Scene) -> bool:
    """Whether somebody is no kin of a person told of before, or hangs on a preposition."""
    tags = scene.parsed.tags
    return not owner.number.rule.endswith("kin") or (owner.first > 1 and tags[owner.first - 1] == syntax.DET and tags[owner.first - 2] == syntax.PREP)
