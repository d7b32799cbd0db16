"""A happening while it is built of anchors, and how two of them stand to one another by sides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from crosstally.extract.events.anchors import Anchor, Scene
from crosstally.extract.events.when import better
from crosstally.values import Place, Status, Window

FORECAST: Literal["forecast"] = "forecast"
CAMPAIGN = "campaign"
INCIDENT = "incident"


@dataclass(slots=True)
class Group:
    """A happening being built. ``harm``: of a class that can kill. ``aside``: told first as another event beside the
    one the sentence is about ("a day after shelling killed ...")."""

    number: int
    harm: bool
    status: Status = "happened"
    period: str | None = None
    anchors: list[Anchor] = field(default_factory=list)
    votes: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    window: Window | None = None
    places: dict[str, Place] = field(default_factory=dict)
    actors: dict[str, None] = field(default_factory=dict)
    targets: dict[str, None] = field(default_factory=dict)
    people: dict[str, None] = field(default_factory=dict)
    last: int = -1
    paragraph: int = -1
    main: bool = False
    id: str = ""
    aside: bool = False

    @property
    def kind(self) -> str:
        if self.status == FORECAST and self.harm:
            return FORECAST
        if self.period is not None:
            return CAMPAIGN
        return max(self.votes, key=self.votes.__getitem__, default=INCIDENT)

    def add(self, anchor: Anchor, scene: Scene, weight: float) -> None:
        self.anchors.append(anchor)
        if anchor.generic:
            self.votes[anchor.kind] += 0.1 if anchor.kind == INCIDENT else 0.5
            if anchor.hinted is not None:
                self.votes[anchor.hinted] += weight
        else:  # "the crash", "the blast" of what was told before says little of its class
            told = anchor.definite and bool(self.anchors[:-1]) and anchor.kind not in self.votes
            self.votes[anchor.kind] += 1 if told else 3 * weight
        for window in anchor.moments:
            if better(window, self.window):
                self.window = window
        for place in anchor.places:
            self.places.setdefault(place.id, place)
        for party in anchor.actors:
            if party not in self.targets:
                self.actors.setdefault(party)
        for party in anchor.targets:
            if party not in self.actors:
                self.targets.setdefault(party)
        for person in anchor.people if len(self.people) < 2 or not (anchor.definite or anchor.quoted) else ():
            held = next((p for p in self.people if same_name(p) == same_name(person)), None)
            if held is None or len(person) > len(held):
                self.people = {(person if p == held else p): None for p in self.people} | {person: None}
        self.last = scene.sentence.index
        self.paragraph = scene.sentence.paragraph


class Grouped(msgspec.Struct, frozen=True):
    """``focus``: sentence index to group id. ``periods``: sentence index to (period, group id)."""

    groups: tuple[Group, ...]
    focus: dict[int, str]
    periods: dict[int, tuple[str, str]]


def same_name(person: str) -> str:
    """What two names of one person share: the surname, or an id."""
    return person.rsplit(" ", 1)[-1].lower() if " " in person or person[:1].isupper() else person


def nested(a: Place, b: Place) -> bool:
    """Whether one place lies in the other."""
    return a.within(b.id) or b.within(a.id)


def crosses(anchor: Anchor, group: Group) -> bool:
    """Whether the sides contradict: an attack by the one side is not the other side's, nor one on another country."""
    actors, targets = set(anchor.actors), set(anchor.targets)
    if (actors & set(group.targets) and not actors & set(group.actors)) or (targets & set(group.actors) and not targets & set(group.targets)):
        return True
    return bool(
        targets
        and group.targets
        and not targets & set(group.targets)
        and (not actors or not group.actors or not actors & set(group.actors) or len(targets) == 1)
    )
