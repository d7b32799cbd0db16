"""How well an anchor fits a telling: by time, sides, place, class and the words that set it apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from crosstally.domain.model import EventClass
from crosstally.extract.events.anchors import Anchor, Scene
from crosstally.extract.events.group import INCIDENT, Group, crosses, nested
from crosstally.extract.events.tables import Reader
from crosstally.extract.events.times import a_day_before, after, bounds, instant, is_long, order
from crosstally.extract.events.when import is_clock
from crosstally.values import Document, Place, Window

_FINE = frozenset({"city", "district", "site"})
LATE = timedelta(days=10)  # the wounded die and the missing are found within days


class Fitting:
    """The tellings of one document so far, and what a new anchor is to each of them."""

    def __init__(self, document: Document, tables: Reader) -> None:
        self.tables = tables
        self.groups: list[Group] = []
        self.published = instant(document.published) if document.published else None

    def event(self, kind: str) -> EventClass:
        return self.tables.domain.events[kind]

    def fit(self, anchor: Anchor, group: Group, scene: Scene, told: Sequence[Group]) -> float | None:
        """How well an anchor fits a telling; None where it contradicts it."""
        outcome = self.outcome_of(anchor, group, told)
        if crosses(anchor, group) and (anchor.actors or not outcome):
            return None  # "Ukraine's shelling of Donetsk kills 12": its own town does not make another attack of what came of it
        if anchor.rival != any(a.rival for a in group.anchors) and (anchor.rival or not anchor.definite):
            return None
        here = group in told
        if anchor.apart and not (here and any(a.apart and a.sentence == anchor.sentence for a in group.anchors)):
            return None
        if here and _turns(anchor, group, scene):
            return None
        beside = 0.0
        if anchor.link.endswith("!"):
            mine = [a for a in group.anchors if a.sentence == anchor.sentence]
            if any(a.token < anchor.link_at for a in mine) and not anchor.definite:
                return None
            if any(a.token > anchor.link_at for a in mine):
                beside = 3.0
            elif (
                not anchor.definite
                and not (anchor.moments and self.time(anchor, anchor.moments[0], group) == 2.0)
                and not self.told_of_itself(anchor, group, scene)
            ):
                return None
        score = beside + (0.5 if told and told[-1] is group else 0.0) + 2.0 * outcome
        if group.aside and not here and not anchor.definite and not anchor.link:
            if anchor.indefinite:
                return None
            score -= 3.0
        for window in anchor.moments[:1]:
            verdict = self.time(anchor, window, group)
            if verdict is None:
                return None
            score += verdict
        if not here and not anchor.definite and (self.other_class(anchor, group) or self.other_town(anchor, group)):
            return None
        score += 2.0 * bool(set(anchor.actors) & set(group.actors)) + 2.0 * bool(set(anchor.targets) & set(group.targets))
        score += 1.5 * any(self.touches(p, group) for p in anchor.places)
        score += 1.0 * (not anchor.generic and anchor.kind == group.kind)
        score += 1.5 * here
        near = 1.2 if group.last == scene.sentence.index - 1 and group.paragraph == scene.sentence.paragraph else 0.6
        if group.paragraph == scene.sentence.paragraph or group.last == scene.sentence.index - 1:
            score += near * (2.0 if anchor.definite or (anchor.generic and group.paragraph == scene.sentence.paragraph) else 1.0)
        lead = 1.5 if anchor.definite and group.paragraph != scene.sentence.paragraph else 1.0
        return score + lead * (group.number == self.leading())

    def told_of_itself(self, anchor: Anchor, group: Group, scene: Scene) -> bool:
        """ "The search ended five days after a boat capsized": no other harm is told there, and the report's own event of that class, of no day
        so far, is the one meant."""
        alone = not any(self.event(a.kind).strand == self.event(anchor.kind).strand and a.token < anchor.link_at for a in scene.anchors)
        return alone and group.number == self.leading() and group.kind == anchor.kind and not anchor.generic and group.window is None

    def outcome_of(self, anchor: Anchor, group: Group, told: Sequence[Group]) -> bool:
        """Whether an anchor tells what came of the one right before it: "a separate strike on a car, which killed two"."""
        if not told or told[-1] is not group or not (anchor.verb and anchor.kind == INCIDENT):
            return False
        return group.anchors[-1].clause == anchor.clause or anchor.clause.opener in self.tables.tense.lists["goes_on"]

    def leading(self) -> int:
        return next((g.number for g in self.groups if g.harm and g.status == "happened" and g.period is None), -1)

    def time(self, anchor: Anchor, window: Window, group: Group) -> float | None:
        """A bonus for the same time, None for another."""
        if not window.known and window.relative and self.tables.tense.lists["before"] & set(window.relative.split()):
            return 1.0 if group.window is not None and group.window.relative == window.relative else None
        if is_clock(window):
            return 0.0
        known = group.window if group.window is None or not is_clock(group.window) else None
        if known is None and group.number != self.leading():
            known = next((g.window for g in self.groups if g.number == self.leading()), None)
        if group.number != self.leading() and known is not None and not known.known and (day := self.day_before(known)) is not None:
            known = day
        if known is not None and is_long(window) and not is_long(known) and bounds(known) is None:
            return None if not anchor.definite or anchor.kind != group.kind else 0.0
        if known is None or bounds(known) is None:
            held = bounds(window)
            if held is None or self.published is None or group.number != self.leading():
                if known is None:
                    return 0.0
                return None if order(window, known, self.tables.tense.lists["weekdays"]) == "earlier" else 0.0
            old = held[1] < self.published - timedelta(days=4)
            apart = is_long(window) and all(a.sentence != anchor.sentence for a in group.anchors)  # "In 2011, ..."
            return None if old and (len(group.anchors) > 1 or apart) else 0.0
        verdict = order(window, known, self.tables.tense.lists["weekdays"])
        if verdict == "earlier":
            return None
        if verdict == "later":
            far = after(window, known) > LATE
            return None if far or (anchor.kind != INCIDENT and (anchor.verb or anchor.indefinite)) else 0.0
        if verdict == "wide":
            return None if anchor.kind != INCIDENT and not anchor.definite and (anchor.verb or anchor.indefinite) else 0.0
        if verdict == "same" and window.precision == "day" and known.precision == "night" and self.told_on_the_morrow(window, known):
            return 0.5  # "overnight", told on Thursday, and "Wednesday's strikes": more likely those of the day before
        return 2.0 if verdict == "same" else 0.0

    def day_before(self, window: Window) -> Window | None:
        """A telling's "a day earlier" as the day before the report's own event."""
        own = next((g.window for g in self.groups if g.number == self.leading()), None)
        if own is None or (window.relative or "").lower() not in self.tables.tense.lists["a_day_before"]:
            return None
        return a_day_before(window, own)

    def told_on_the_morrow(self, day: Window, night: Window) -> bool:
        """Whether a night is told on the day it ends, and a plain day is the one it began on."""
        a, b = bounds(day), bounds(night)
        return a is not None and b is not None and a[0].date() == b[0].date() != b[1].date() == (self.published or b[0]).date()

    def specific(self, anchor: Anchor) -> str | None:
        return anchor.kind if not anchor.generic else None

    def other_class(self, anchor: Anchor, group: Group) -> bool:
        """Another class, and a time or a town of its own."""
        mine = self.specific(anchor)
        kind = group.kind
        if mine is None or mine == kind or kind == INCIDENT or not group.votes.get(kind, 0) >= 1:
            return False
        if mine in group.votes and group.votes[mine] >= 2:
            return False
        timely = not anchor.moments or self.time(anchor, anchor.moments[0], group) == 2.0
        if timely and self.round_up(group) and set(anchor.targets) & set(group.targets):
            return False
        if self.event(group.kind).extent == "local" and self.event(mine).extent == "wide" and group.paragraph != anchor.paragraph:
            return True
        own_time = any(group.window is None or w.raw.lower() != group.window.raw.lower() for w in anchor.moments)
        own_place = any(p.kind in _FINE and not self.touches(p, group) for p in anchor.places)
        return own_time or own_place

    def round_up(self, group: Group) -> bool:
        """Whether a telling is of many attacks on a country at once: "Russian attacks across Ukraine killed seven"."""
        first = next((a for a in group.anchors if a.places), None)
        return (
            first is not None
            and bool(group.targets and group.actors)
            and first.plural
            and (first.generic or self.event(first.kind).extent == "local")
            and (any(p.kind == "country" for p in first.places) or len({p.id for p in first.places}) > 2)
        )

    def other_town(self, anchor: Anchor, group: Group) -> bool:
        """Events of one place: another town is another event, if it is told as new."""
        if self.event(group.kind).extent != "local" or self.round_up(group):
            return False
        if not (anchor.indefinite or anchor.moments or (anchor.verb and anchor.counted)):
            return False
        mine = [p for p in anchor.places if p.kind in _FINE]
        held = [p for p in group.places.values() if p.kind != "country" and p.lat is not None]
        if not mine or not held or any(p.lat is None for p in mine):
            return False
        return not any(nested(a, b) for a in mine for b in held)

    def touches(self, place: Place, group: Group) -> bool:
        return any(nested(place, p) for p in group.places.values() if p.kind != "country") or place.id in group.places


def _turns(anchor: Anchor, group: Group, scene: Scene) -> bool:
    """Whether a sentence that opens with "days after X," tells another event behind its comma than X, the group's."""
    opening = scene.clauses[0]
    opened = bool(scene.markers) and scene.markers[0].first == 0 and scene.markers[0].apart and bool(opening.opener)
    if not opened or anchor.clause.first < opening.last:
        return False
    return any(a.sentence == scene.sentence.index and a.clause.first == opening.first for a in group.anchors)
