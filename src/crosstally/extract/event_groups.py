"""Anchors to happenings. An anchor joins the telling it does not contradict in time, direction, place or class; else it starts its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

import msgspec

from crosstally.domain.model import EventClass
from crosstally.extract.event_anchors import Anchor, Scene
from crosstally.extract.event_tables import Phrases, Reader, content_hash, has_phrase, is_harm
from crosstally.extract.event_times import after, bounds, instant, is_long, order
from crosstally.extract.event_when import better, is_clock
from crosstally.extract.sides import party_of
from crosstally.values import Document, Place, Span, Status, Window

FORECAST: Literal["forecast"] = "forecast"
CAMPAIGN = "campaign"
INCIDENT = "incident"
_FINE = frozenset({"city", "district", "site"})
_LEDE = 3
_LATE = timedelta(days=10)  # the wounded die and the missing are found within days


@dataclass(slots=True)
class Group:
    """A happening being built. ``harm``: of a class that can kill. ``aside``: told first as another event beside the
    one the sentence is about ("a day after shelling killed ...")."""

    number: int
    harm: bool
    status: Status = "happened"
    period: str | None = None
    anchors: list[Anchor] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
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
        return self.votes.most_common(1)[0][0] if self.votes else INCIDENT

    def add(self, anchor: Anchor, scene: Scene, weight: float) -> None:
        self.anchors.append(anchor)
        if anchor.generic:
            self.votes[anchor.kind] += 0.1 if anchor.kind == INCIDENT else 0.5  # type: ignore[assignment]
            if anchor.hinted is not None:
                self.votes[anchor.hinted] += weight  # type: ignore[assignment]
        else:
            self.votes[anchor.kind] += 3 * weight  # type: ignore[assignment]
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
            held = next((p for p in self.people if _key(p) == _key(person)), None)
            if held is None or len(person) > len(held):
                self.people = {(person if p == held else p): None for p in self.people} | {person: None}
        self.last = scene.sentence.index
        self.paragraph = scene.sentence.paragraph


class Grouped(msgspec.Struct, frozen=True):
    """``focus``: sentence index to group id. ``periods``: sentence index to (period, group id)."""

    groups: tuple[Group, ...]
    focus: dict[int, str]
    periods: dict[int, tuple[str, str]]


class _Grouping:
    """The state of one document's grouping: a thin holder, used once."""

    def __init__(self, document: Document, tables: Reader) -> None:
        self.tables = tables
        self.groups: list[Group] = []
        self.focus: dict[int, Group] = {}
        self.periods: dict[int, tuple[str, Group]] = {}
        self.published = instant(document.published) if document.published else None
        self.content = 0

    def new(self, harm: bool, status: Status = "happened", period: str | None = None) -> Group:
        group = Group(len(self.groups), harm, status, period)
        self.groups.append(group)
        return group

    def event(self, kind: str) -> EventClass:
        return self.tables.domain.events[kind]

    # One sentence.
    def take(self, scene: Scene) -> None:
        weight = 2.0 if scene.sentence.title or self.content < _LEDE else 1.0
        self.content += 1
        told: list[Group] = []
        for anchor in scene.anchors:
            group = self.place(anchor, scene, told)
            if group is not None:
                group.add(anchor, scene, weight)
                told.append(group)
        self.settle(scene, told)

    def place(self, anchor: Anchor, scene: Scene, told: Sequence[Group]) -> Group | None:
        event = self.event(anchor.kind)
        if anchor.kind == CAMPAIGN or anchor.imagined or anchor.status == "denied":
            return None
        if not is_harm(event):
            return self.other(anchor, event, scene)
        if anchor.status == FORECAST:
            return self.foreseen(anchor, scene)
        if scene.period not in (None, "day") and anchor.counted and self.in_total(anchor, scene):
            return self.total(anchor, scene)
        return self.harm(anchor, scene, told)

    # Totals and forecasts.
    def in_total(self, anchor: Anchor, scene: Scene) -> bool:
        """Whether the words of the total stand in the anchor's clause, or in a "since" clause right behind it."""
        if len(scene.clauses) == 1 or anchor.indefinite:
            return not anchor.indefinite
        at = scene.clauses.index(anchor.clause)
        own = scene.words[anchor.clause.first : anchor.clause.last]
        if (
            at == 1
            and scene.words[0] == scene.clauses[0].opener.split(" ")[0]
            and has_phrase(scene.words, 0, 1, self.tables.tense.phrases["totals.opens"])
        ):
            return True
        behind = scene.clauses[at + 1].opener if at + 1 < len(scene.clauses) else ""
        totals = self.tables.tense.phrases["totals.since"], self.tables.tense.phrases["totals.rate"]
        return behind == "since" or any(_contains(own, t) for t in totals)

    def total(self, anchor: Anchor, scene: Scene) -> Group:
        period = scene.period or "period"
        for group in self.groups:
            if group.period == period and not _crosses(anchor, group):
                self.periods[scene.sentence.index] = (period, group)
                return group
        group = self.new(True, period=period)
        self.periods[scene.sentence.index] = (period, group)
        return group

    def foreseen(self, anchor: Anchor, scene: Scene) -> Group | None:
        predicted = any(w.removesuffix("ed").removesuffix("s") in self.tables.tense.lists["predicts"] for w in scene.words)
        if not (anchor.counted or predicted) or (anchor.quoted and not anchor.counted):
            return None
        for group in self.groups:
            if group.status == FORECAST and group.harm and not _crosses(anchor, group):
                return group
        return self.new(True, FORECAST)

    # Harm.
    def harm(self, anchor: Anchor, scene: Scene, told: Sequence[Group]) -> Group | None:
        candidates = [g for g in self.groups if g.harm and g.status == "happened" and g.period is None]
        if not candidates:
            return self.new(True) if self.founds(anchor, scene) else None
        scored = [(self.fit(anchor, g, scene, told), g) for g in candidates]
        fits = [(s, -g.number, g) for s, g in scored if s is not None]
        if fits:
            return max(fits, key=lambda row: row[:2])[2]
        if anchor.quoted and not anchor.moments:
            return None
        if self.covers_many(anchor) and not any(a.indefinite and not a.plural and a.clause == anchor.clause for a in scene.anchors):
            return self.total_of(anchor, scene) if anchor.counted and not self.is_record(anchor, scene) else None
        group = self.new(True)
        group.aside = anchor.link.endswith("!") and anchor.link_at > 0
        return group

    def founds(self, anchor: Anchor, scene: Scene) -> bool:
        """Whether an anchor is enough to start the first telling: a word of its own class, or a generic one with company."""
        if anchor.quoted:
            return False
        if not anchor.generic:
            return True
        if anchor.kind == INCIDENT:
            return anchor.counted or bool(anchor.hinted) or any(not a.generic and is_harm(self.event(a.kind)) for a in scene.anchors)
        return bool(anchor.hinted or anchor.actors) or (not anchor.verb and bool(not anchor.definite or anchor.targets or anchor.places))

    def covers_many(self, anchor: Anchor) -> bool:
        """A verb or a plural over a long time tells a run of events: "last month, drones killed 40"."""
        return bool(anchor.moments) and is_long(anchor.moments[0]) and not anchor.single and (anchor.plural or anchor.verb)

    def is_record(self, anchor: Anchor, scene: Scene) -> bool:
        """ "among the strongest to hit the country in recent years": a rank, no total."""
        return any(w in self.tables.tense.lists["totals.record"] for w in scene.words[anchor.clause.first : anchor.clause.last])

    def total_of(self, anchor: Anchor, scene: Scene) -> Group:
        window = anchor.moments[0]
        period = window.precision if window.precision in ("week", "month", "year") else "period"
        group = next((g for g in self.groups if g.period == period and g.window is not None and g.window.start == window.start), None)
        group = group or self.new(True, period=period)
        self.periods[scene.sentence.index] = (period, group)
        return group

    def fit(self, anchor: Anchor, group: Group, scene: Scene, told: Sequence[Group]) -> float | None:
        """How well an anchor fits a telling; None where it contradicts it."""
        if _crosses(anchor, group):
            return None
        here = group in told
        if anchor.apart and not here:
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
            elif not anchor.definite and not (anchor.moments and self.time(anchor, anchor.moments[0], group) == 2.0):
                return None
        score = beside + (0.5 if told and told[-1] is group else 0.0)
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
        if known is not None and is_long(window) and not is_long(known) and bounds(known) is None:
            return None if not anchor.definite or anchor.kind != group.kind else 0.0
        if known is None or bounds(known) is None:
            held = bounds(window)
            if held is None or self.published is None or group.number != self.leading():
                if known is None:
                    return 0.0
                return None if order(window, known, self.tables.tense.lists["weekdays"]) == "earlier" else 0.0
            old = held[1] < self.published - timedelta(days=4)
            return None if old and len(group.anchors) > 1 else 0.0
        verdict = order(window, known, self.tables.tense.lists["weekdays"])
        if verdict == "earlier":
            return None
        if verdict == "later":
            far = after(window, known) > _LATE
            return None if far or (anchor.kind != INCIDENT and (anchor.verb or anchor.indefinite)) else 0.0
        if verdict == "wide":
            return None if anchor.kind != INCIDENT and not anchor.definite and (anchor.verb or anchor.indefinite) else 0.0
        return 2.0 if verdict == "same" else 0.0

    def specific(self, anchor: Anchor) -> str | None:
        return anchor.kind if not anchor.generic else None

    def other_class(self, anchor: Anchor, group: Group) -> bool:
        """Another class, and a time or a town of its own."""
        mine = self.specific(anchor)
        kind = group.kind
        if mine is None or mine == kind or kind == INCIDENT or not group.votes[kind] >= 1:
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
        return not any(_nested(a, b) for a in mine for b in held)

    def touches(self, place: Place, group: Group) -> bool:
        return any(_nested(place, p) for p in group.places.values() if p.kind != "country") or place.id in group.places

    # Acts: calls, meetings, aid, courts.
    def other(self, anchor: Anchor, event: EventClass, scene: Scene) -> Group | None:
        alike = [g for g in self.groups if not g.harm and g.kind == anchor.kind]
        fits = [g for g in alike if self.same_act(anchor, g, event)]
        if fits:
            exact = [g for g in fits if g.status == anchor.status]
            if exact or anchor.definite:
                return (exact or fits)[-1]
        present = len(anchor.people) + len(anchor.actors) + len(anchor.targets)
        if anchor.quoted or (event.speech and present < (1 if anchor.width > 1 else 2)):
            return alike[-1] if alike and (anchor.quoted or anchor.definite) else None
        if event.strand == "aid" and not (anchor.actors or anchor.targets):
            return alike[-1] if alike and anchor.definite else None  # a deal of states names a state
        if anchor.definite and alike and not anchor.people and not anchor.moments:
            return alike[-1]
        return self.new(False, anchor.status)

    def same_act(self, anchor: Anchor, group: Group, event: EventClass) -> bool:
        for window in anchor.moments[:1]:
            if group.window is not None and order(window, group.window, self.tables.tense.lists["weekdays"]) in ("earlier", "later"):
                return False
        if event.speech:
            mine, held = {_key(p) for p in anchor.people}, {_key(p) for p in group.people}
            if mine and held:
                return len(mine & held) >= min(2, len(mine), len(held))
            return anchor.definite or anchor.quoted
        if anchor.actors and group.actors:
            return bool(set(anchor.actors) & set(group.actors))
        return True

    # What a sentence is about.
    def settle(self, scene: Scene, told: Sequence[Group]) -> None:
        harmful = [g for g in told if g.harm]
        index = scene.sentence.index
        if scene.period == "day" and (harmful or self.groups):
            group = harmful[0] if harmful else next((g for g in self.groups if g.number == self.leading()), None)
            if group is not None:
                self.periods[index] = ("day", group)
        if harmful:
            first = next(
                (g for a, g in zip((a for g in told for a in g.anchors[-1:]), told, strict=False) if g.harm and not a.link.endswith("!")),
                harmful[0],
            )
            self.focus[index] = first
            return
        if (
            scene.period not in (None, "day")
            and not str(scene.period).startswith("per_")
            and index not in self.periods
            and self.has_total(scene)
        ):
            group = next((g for g in self.groups if g.period == scene.period), None) or self.new(True, period=scene.period)
            self.periods[index] = (scene.period, group)
        previous = self.last_focus(scene)
        leading = next((g for g in self.groups if g.number == self.leading()), None)
        if leading is None:
            return
        parties = self.parties(scene)
        if parties:
            suited = [g for g in self.groups if g.harm and g.status == "happened" and g.period is None and set(g.targets) & parties]
            if suited and not set(leading.targets) & parties and leading.targets:
                self.focus[index] = previous if previous in suited else suited[0]
                return
        self.focus[index] = previous if previous is not None and self.goes_on(scene, previous) else leading

    def has_total(self, scene: Scene) -> bool:
        return any(m.kind == "quantity" for m in scene.mentions)

    def parties(self, scene: Scene) -> set[str]:
        return {p for place in scene.places if (p := party_of(place, self.tables.sides)) is not None}

    def last_focus(self, scene: Scene) -> Group | None:
        return self.focus.get(scene.sentence.index - 1)

    def goes_on(self, scene: Scene, group: Group) -> bool:
        """A sentence without an event word stays with a secondary telling in its paragraph, or where its words refer back to it."""
        if group.status != "happened" or group.period is not None:
            return False
        if any(not self.touches(p, group) and p.kind != "country" for p in scene.places) and group.number != self.leading():
            return False
        if group.paragraph == scene.sentence.paragraph:
            return True
        return group.number != self.leading() and any(
            phrase for i in range(min(6, len(scene.words))) for phrase in self.tables.tense.phrases["continuing"].get(scene.words[i], ())
            if scene.words[i : i + len(phrase)] == phrase
        )  # fmt: skip


def _contains(words: Sequence[str], table: Phrases) -> bool:
    return has_phrase(words, 0, len(words), table)


def _turns(anchor: Anchor, group: Group, scene: Scene) -> bool:
    """Whether a sentence that opens with "days after X," tells another event behind its comma than X, the group's."""
    opening = scene.clauses[0]
    opened = bool(scene.markers) and scene.markers[0].first == 0 and scene.markers[0].apart and bool(opening.opener)
    if not opened or anchor.clause.first < opening.last:
        return False
    return any(a.sentence == scene.sentence.index and a.clause.first == opening.first for a in group.anchors)


def _key(person: str) -> str:
    return person.rsplit(" ", 1)[-1].lower() if " " in person or person[:1].isupper() else person


def _nested(a: Place, b: Place) -> bool:
    return a.within(b.id) or b.within(a.id)


def _crosses(anchor: Anchor, group: Group) -> bool:
    """Whether the sides contradict: an attack by the one side is not the other side's, nor one on another country."""
    actors, targets = set(anchor.actors), set(anchor.targets)
    if (actors & set(group.targets) and not actors & set(group.actors)) or (
        targets & set(group.actors) and not targets & set(group.targets)
    ):
        return True
    return bool(
        targets
        and group.targets
        and not targets & set(group.targets)
        and (not actors or not group.actors or not actors & set(group.actors) or len(targets) == 1)
    )


def happening_id(document: Document, group: Group) -> str:
    anchor = group.anchors[0].span if group.anchors else Span(0, 0)
    return content_hash("h", document.id, anchor.start, anchor.end, group.kind, group.status, group.number if not group.anchors else "")


def group_anchors(scenes: Sequence[Scene], document: Document, tables: Reader) -> Grouped:
    """All happenings of a document, in order of telling; the main one marked, ids set, anchors told their happening."""
    work = _Grouping(document, tables)
    for scene in scenes:
        work.take(scene)
    groups = [g for g in work.groups if g.anchors or g.period is not None]
    for group in groups:
        group.id = happening_id(document, group)
        group.anchors = [msgspec.structs.replace(a, happening=group.id) for a in group.anchors]
    main = _main(groups, scenes)
    if main is not None:
        main.main = True
        if main.harm and (main.window is None or is_clock(main.window)):
            main.window = _hinted(main, scenes, work) or main.window
        for group in groups:
            _inherit(group, main)
    return Grouped(
        tuple(groups),
        {i: g.id for i, g in work.focus.items()},
        {i: (period, g.id) for i, (period, g) in work.periods.items()},
    )


def _hinted(main: Group, scenes: Sequence[Scene], work: _Grouping) -> Window | None:
    """The best moment of the main event where none stands beside its words: a night before a part of a day before a day, as long as it
    lies near the publication; first in the sentences about it."""
    rank = {"night": 0, "part_of_day": 1, "days": 2, "day": 2}
    found = []
    for scene in scenes:
        about = work.focus.get(scene.sentence.index)
        if about is not None and about is not main:
            continue
        for window in scene.hints:
            held = bounds(window)
            near = held is None or work.published is None or abs(work.published - held[0]) <= _LATE
            if window.precision in rank and near:
                found.append((rank[window.precision], not window.known, scene.sentence.index, window))
    return min(found, key=lambda row: row[:3])[3] if found else None


def _inherit(group: Group, main: Group) -> None:
    """An attack of the main one's class told without sides or places, to compare it with, is one of the same sides."""
    if group is main or not (group.harm and main.harm) or group.kind != main.kind or group.targets or group.places:
        return
    if group.period is None and group.status == main.status and not set(group.actors) & set(main.targets):
        group.targets.update(main.targets)
        group.actors.update({p: None for p in main.actors if p not in group.targets})


def _main(groups: Sequence[Group], scenes: Sequence[Scene]) -> Group | None:
    """What title and lede tell first, harm before acts; never a total, a forecast or what a link sets apart."""
    lede = {s.sentence.index for s in scenes if s.sentence.title} | {s.sentence.index for s in scenes[:_LEDE]}
    able = [g for g in groups if g.period is None and g.status == "happened"] or [g for g in groups if g.period is None]
    told = [g for g in able if any(a.sentence in lede for a in g.anchors)]
    harmful = [g for g in told if g.harm and any(a.sentence in lede and not a.link.endswith("!") for a in g.anchors)]
    return min(harmful or told or able, key=lambda g: (min(a.span.start for a in g.anchors), g.number), default=None)
