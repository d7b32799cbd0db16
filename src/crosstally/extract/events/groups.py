"""Anchors to happenings. An anchor joins the telling it does not contradict in time, direction, place or class; else it starts its own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from crosstally.domain.model import EventClass
from crosstally.extract.events.anchors import Anchor, Scene
from crosstally.extract.events.fit import LATE, Fitting
from crosstally.extract.events.group import CAMPAIGN, FORECAST, INCIDENT, Group, Grouped, crosses, same_name
from crosstally.extract.events.sides import party_of
from crosstally.extract.events.tables import Phrases, Reader, content_hash, has_phrase, is_harm
from crosstally.extract.events.times import bounds, closed, is_long, order, past
from crosstally.extract.events.triggers import find_triggers
from crosstally.extract.events.when import has_done, is_clock
from crosstally.values import Document, Span, Status, Window

_LEDE = 3


class _Grouping(Fitting):
    """The state of one document's grouping: a thin holder, used once."""

    def __init__(self, document: Document, tables: Reader, harmed: frozenset[int] = frozenset()) -> None:
        super().__init__(document, tables)
        self.harmed = harmed
        self.focus: dict[int, Group] = {}
        self.periods: dict[int, tuple[str, Group]] = {}
        self.content = 0
        self.told_period: str | None = None

    def new(self, harm: bool, status: Status = "happened", period: str | None = None) -> Group:
        group = Group(len(self.groups), harm, status, period)
        self.groups.append(group)
        return group

    # One sentence.
    def take(self, scene: Scene) -> None:
        same = has_phrase(scene.words, 0, min(6, len(scene.words)), self.tables.tense.phrases["totals.same"])
        if scene.period is None and self.told_period is not None and same:
            scene = msgspec.structs.replace(scene, period=self.told_period)  # "In the same period, 1,200 were rescued"
        self.told_period = scene.period if scene.period is not None or scene.anchors else self.told_period
        weight = 2.0 if scene.sentence.title or self.content < _LEDE else 1.0
        self.content += 1
        told: list[Group] = []
        for anchor in scene.anchors:
            if anchor.status == "happened" and is_harm(self.event(anchor.kind)):
                nights = (closed(w) if w.precision == "night" else w for w in anchor.moments)  # "shot down since last night"
                anchor = msgspec.structs.replace(anchor, moments=tuple(past(w, self.published) for w in nights))
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
        if any(a.kind == CAMPAIGN and a.token < anchor.token and has_done(scene.words, a.token + 1, self.tables.tense) for a in scene.anchors):
            return True  # "the crackdown in the wake of the vote has left 900 dead"
        at = scene.clauses.index(anchor.clause)
        own = scene.words[anchor.clause.first : anchor.clause.last]
        opened = scene.clauses[0].opener.split(" ")[0] in ("", scene.words[0])
        if at == 1 and opened and has_phrase(scene.words, 0, 1, self.tables.tense.phrases["totals.opens"]):
            return True  # "Since September, ...", "Since the start of the war, ..."
        behind = scene.clauses[at + 1].opener if at + 1 < len(scene.clauses) else ""
        totals = self.tables.tense.phrases["totals.since"], self.tables.tense.phrases["totals.rate"]
        return behind == "since" or any(_contains(own, t) for t in totals)

    def total(self, anchor: Anchor, scene: Scene) -> Group:
        period = scene.period or "period"
        for group in self.groups:
            if group.period == period and not crosses(anchor, group):
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
            if group.status == FORECAST and group.harm and not crosses(anchor, group):
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
        many = self.covers_many(anchor) and not opens_with_a_year(scene)
        if many and not any(a.indefinite and not a.plural and a.clause == anchor.clause for a in scene.anchors):
            return self.total_of(anchor, scene) if anchor.counted and not self.is_record(anchor, scene) else None
        group = self.new(True)
        group.aside = anchor.rival or (anchor.link.endswith("!") and anchor.link_at > 0)
        return group

    def founds(self, anchor: Anchor, scene: Scene) -> bool:
        """Whether an anchor is enough to start the first telling: a word of its own class, or a generic one with company."""
        if anchor.quoted:
            return False
        if not anchor.generic:
            return True
        if anchor.kind == INCIDENT:
            told = anchor.counted or bool(anchor.hinted) or anchor.sentence in self.harmed
            return told or any(not a.generic and is_harm(self.event(a.kind)) for a in scene.anchors)
        return bool(anchor.hinted or anchor.actors) or (not anchor.verb and bool(not anchor.definite or anchor.targets or anchor.places))

    def covers_many(self, anchor: Anchor) -> bool:
        """A verb or a plural over a long time tells a run of events: "last month, drones killed 40"."""
        long = bool(anchor.moments) and is_long(anchor.moments[0]) and not anchor.rival
        return long and not anchor.single and (anchor.plural or anchor.verb)

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

    # Acts: calls, meetings, aid, courts.
    def other(self, anchor: Anchor, event: EventClass, scene: Scene) -> Group | None:
        alike = [g for g in self.groups if not g.harm and g.kind == anchor.kind]
        fits = [g for g in alike if self.same_act(anchor, g, event)]
        if fits:
            exact = [g for g in fits if g.status == anchor.status]
            if exact or anchor.definite:
                return (exact or fits)[-1]
        present = len(anchor.people) + len(anchor.actors) + len(anchor.targets)
        voted = anchor.verb and anchor.width > 1 and anchor.counted and bool(event.measures)  # "adopted a resolution with 93 votes": nobody is named
        if anchor.quoted or (event.speech and not voted and present < (1 if anchor.width > 1 else 2)):
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
            mine, held = {same_name(p) for p in anchor.people}, {same_name(p) for p in group.people}
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
        if scene.period not in (None, "day") and not str(scene.period).startswith("per_") and index not in self.periods and self.has_total(scene):
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


def opens_with_a_year(scene: Scene) -> bool:
    """A line of a list of events: "1997: 40 pilgrims are killed when a fire sweeps through tents"."""
    return len(scene.words) > 2 and scene.words[1] == ":" and scene.words[0].isdecimal()


def _at_home(scenes: Sequence[Scene], tables: Reader) -> Sequence[Scene]:
    """Where one country alone attacks and is attacked ("an air force strike on a village of its own country"), it is where things happen: no
    anchor of it stands against another."""
    harm = [a for s in scenes for a in s.anchors if is_harm(tables.domain.events[a.kind])]
    parties = {p for a in harm for p in (*a.actors, *a.targets)}
    party = next(iter(parties)) if len(parties) == 1 else None
    doing = [a for a in harm if a.actors]
    at_home = any(a.targets for a in harm) or any(party_of(p, tables.sides) == party for a in doing for p in a.places)
    if party is None or party not in tables.sides.countries or not doing or not at_home:
        return scenes
    inside = {a.span: msgspec.structs.replace(a, actors=(), targets=(party,)) for a in doing}
    return [msgspec.structs.replace(s, anchors=tuple(inside.get(a.span, a) for a in s.anchors)) for s in scenes]


def _contains(words: Sequence[str], table: Phrases) -> bool:
    return has_phrase(words, 0, len(words), table)


def happening_id(document: Document, group: Group) -> str:
    anchor = group.anchors[0].span if group.anchors else Span(0, 0)
    return content_hash("h", document.id, anchor.start, anchor.end, group.kind, group.status, group.number if not group.anchors else "")


def group_anchors(scenes: Sequence[Scene], document: Document, tables: Reader, harmed: frozenset[int] = frozenset()) -> Grouped:
    """All happenings of a document, in order of telling; the main one marked, ids set, anchors told their happening. ``harmed``: sentences that
    tell of people who came to harm, so that a word as wide as "killed" is enough there."""
    work = _Grouping(document, tables, harmed)
    scenes = _at_home(scenes, tables)
    for scene in scenes:
        work.take(scene)
    if not any(g.harm for g in work.groups):
        _found(work, scenes, tables)
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
            _answer(group, main, work)
    return Grouped(
        tuple(groups),
        {i: g.id for i, g in work.focus.items()},
        {i: (period, g.id) for i, (period, g) in work.periods.items()},
    )


def _found(work: _Grouping, scenes: Sequence[Scene], tables: Reader) -> None:
    """An event of the people told to have come to harm, in a report that names none: of the class that words around point to ("dead from a
    gunshot wound" is a shooting); none where no word does."""
    harmed = [s for s in scenes if s.sentence.index in work.harmed]
    hits = [h for s in (*harmed, *scenes) for h in find_triggers(s.sentence.tokens, tables.lexicon, frozenset()) if h.trigger.hint]
    if not harmed or not hits:
        return
    scene, kind = harmed[0], hits[0].trigger.kind
    sentence = scene.sentence
    anchor = Anchor(sentence.span, sentence.index, sentence.paragraph, 0, scene.clauses[0], kind, False, False)
    group = work.new(True)
    group.add(anchor, scene, 1.0)
    for one in scenes:
        work.focus.setdefault(one.sentence.index, group)


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
            near = held is None or work.published is None or abs(work.published - held[0]) <= LATE
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


def _answer(group: Group, main: Group, work: _Grouping) -> None:
    """What the other side says it faced, told of no time ("Russia said it downed 60 Ukrainian drones"), is of the night that is told."""
    if group is main or group.window is not None or main.window is None or group.aside or group.period is not None:
        return
    alike = group.harm and main.harm and group.kind == main.kind and work.event(main.kind).extent == "wide"
    mirrored = bool(set(group.targets) & set(main.actors) or set(group.actors) & set(main.targets))
    if alike and mirrored and group.status == main.status and not is_long(main.window) and not any(a.link or a.apart for a in group.anchors):
        group.window = main.window


def _main(groups: Sequence[Group], scenes: Sequence[Scene]) -> Group | None:
    """What title and lede tell first, harm before acts; never a total, a forecast or what a link sets apart."""
    lede = {s.sentence.index for s in scenes if s.sentence.title} | {s.sentence.index for s in scenes[:_LEDE]}
    able = [g for g in groups if g.period is None and g.status == "happened"] or [g for g in groups if g.period is None]
    told = [g for g in able if any(a.sentence in lede for a in g.anchors)]
    harmful = [g for g in told if g.harm and any(a.sentence in lede and not a.link.endswith("!") for a in g.anchors)]
    return min(harmful or told or able, key=lambda g: (min(a.span.start for a in g.anchors), g.number), default=None)
