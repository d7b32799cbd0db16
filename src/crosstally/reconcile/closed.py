"""Final tolls of a closed scene: what may still change once everybody who was hit has been found.

Of most events a toll stays open above: bodies are still found. The packs name classes of event whose scene is closed (a shooting: within hours
everybody who was hit is found, in the street or in a hospital). There the count of people hit is final, and only fates move: those hurt who are
not told to be out of danger may die. So the dead are between those told dead and those with the hurt in danger added; the hurt, the other way round.
A hedge ("at least three") stays open whatever the scene.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Document, Facets, Tally

from .cells import Cell, Figure
from .hit import Fate, fates
from .lexicon import Lexicon, plain, says
from .tallies import latest
from .toll import attacks
from .words import name, number

_NO = Facets()
_SENTENCE = re.compile(r"[^.!?\n]+")
_AROUND = 2  # sentences before and after one with a figure of the event, in which the hurt of a report of many events are told of


def final(
    rows: Sequence[Tally], figures: Sequence[Figure], documents: Mapping[str, Document], domain: Domain, lexicon: Lexicon, event: str
) -> list[Tally]:
    """The event's tallies, those of its dead and hurt as a whole closed from above; a row for the dead where only the hurt in danger are told.

    ``figures``: all of the event, in their first readings. What the reports say stays in ``reported_low`` and ``reported_high``.
    """
    out = list(rows)
    many = frozenset(f.id for f in figures if _of_several(f, documents, lexicon))
    for fate in fates(domain):
        for row in [t for m in (fate.dead, fate.hurt) if (t := _whole(out, m)) is not None]:
            out[out.index(row)] = _one_scene(row, figures, many)
        if any(_over_scenes(t, figures, many) for m in (fate.dead, fate.hurt) if (t := _whole(out, m)) is not None):
            continue  # a count over several scenes, of which none is closed by it
        hurt = _whole(out, fate.hurt)
        told = (_value(hurt) or 0) if hurt is not None else 0
        risk = min(told, in_danger(told, figures, documents, fate, lexicon)) if told else 0
        dead = _whole(out, fate.dead)
        apart = dead is not None and not _holds_attackers(dead, figures)
        if dead is not None and apart and (all_ := _with_attackers(dead, out, figures, documents, fate, lexicon)) is not None:
            why = f"attackers told dead apart: {number(all_ - (_value(dead) or 0))}"
            out[out.index(dead)] = dead = msgspec.structs.replace(
                dead, high=None if dead.high is None else max(dead.high, all_), latest=all_, best=None, relation=_and(dead.relation, why)
            )
        if dead is not None:
            top = _top(dead, figures)
            if top is not None:
                others = max(0, _attackers(out, fate) - _spread(dead)) if apart else 0
                if top + risk + others != dead.high:
                    why = _and(dead.relation, _why(risk, fate, domain), f"attackers told dead beside: {number(others)}" if others else "")
                    out[out.index(dead)] = msgspec.structs.replace(dead, high=top + risk + others, relation=why)
        elif risk and hurt is not None:
            out.append(
                Tally(
                    event=event,
                    measure=fate.dead,
                    low=0,
                    high=risk,
                    state="derived",
                    derived_from=hurt.claims or hurt.derived_from,
                    voices=hurt.voices,
                    relation=f"nobody is told dead; {_why(risk, fate, domain)}",
                )
            )
        if hurt is not None:
            top = _top(hurt, figures)
            if top is not None:
                top = max(top, _others(out, figures, fate, domain))
                low = max(0, (hurt.low or 0) - risk)
                out[out.index(hurt)] = msgspec.structs.replace(hurt, low=low, high=top, relation=_and(hurt.relation, _why(risk, fate, domain)))
    return out


def _of_several(figure: Figure, documents: Mapping[str, Document], lexicon: Lexicon) -> bool:
    """Whether the sentence of a figure counts over several scenes ("a weekend of shootings", "homicides this year")."""
    document = documents.get(figure.claim.document)
    return document is not None and says(plain(figure.claim.sentence.of(document.text)), lexicon.several)


def _over_scenes(tally: Tally, figures: Sequence[Figure], many: frozenset[str]) -> bool:
    """Whether the value of a tally is told of several scenes, and of one nowhere."""
    value = _value(tally)
    giving = [f.id for f in figures if f.id in tally.claims and f.exact and f.low == value]
    return bool(giving) and many.issuperset(giving) and (value or 0) > 1


def _one_scene(tally: Tally, figures: Sequence[Figure], many: frozenset[str]) -> Tally:
    """A range without the ends that only counts over several scenes give it."""
    own = [f for f in figures if f.id in tally.claims and f.exact and not f.none and f.id not in many]
    value = _value(tally)
    if own and tally.state == "range" and tally.high is not None and not any(f.low == value for f in own):
        value = latest(own, True)  # "ten dead in weekend shootings" beside "a boy was killed": one was, in his
        tally = msgspec.structs.replace(tally, latest=value, best=None)
    if tally.state != "range" or tally.high is None or value is None or not any(f.low == value for f in own):
        return tally
    top, floor = max(f.low or 0 for f in own), min(f.low or 0 for f in own)
    return msgspec.structs.replace(tally, high=min(tally.high, top), low=max(tally.low or 0, min(floor, value)))


def _others(rows: Sequence[Tally], figures: Sequence[Figure], fate: Fate, domain: Domain) -> int:
    """How many hurt other counts of the reports leave room for: all that were hit less the dead, and those taken to hospital.

    A count of all hit that a report gives behind its own of the hurt is of something else, mostly (a year, a city): it leads with its own.
    """
    room = 0
    hit, dead = _whole(rows, fate.everybody), _whole(rows, fate.dead)
    if hit is not None:
        gone = dead.low or 0 if dead is not None else 0
        room = max((c - gone for c in _leading(hit, figures, fate)), default=0)
    for relation in domain.relations:
        if relation.soft and relation.sense == "ge" and relation.whole.measure == fate.hurt and len(relation.parts) == 1:
            part = _whole(rows, relation.parts[0].measure)
            room = max(room, (_value(part) or 0) if part is not None else 0)
    return room


def _leading(tally: Tally, figures: Sequence[Figure], fate: Fate) -> list[int]:
    """The exact counts of a tally that no count of the hurt as a whole stands before, in its report."""
    hurt = [f.claim for f in figures if f.options[0].measure == fate.hurt and not f.options[0].facets and f.exact and f.id not in tally.claims]
    used = {*tally.claims, *tally.derived_from}
    return [
        f.low or 0
        for f in figures
        if f.id in used and f.exact and not any(h.document == f.claim.document and h.span.start < f.claim.span.start for h in hurt)
    ]


def _whole(rows: Sequence[Tally], measure: str) -> Tally | None:
    """The event's own count of a measure: no facet, no place, no other period."""
    return next((t for t in rows if t.measure == measure and not t.facets and t.scope.place is None and t.scope.period == "event"), None)


def _value(tally: Tally) -> int | None:
    return next((v for v in (tally.best, tally.latest, tally.low) if v is not None), None)


def _top(tally: Tally, figures: Sequence[Figure]) -> int | None:
    """The most that is told; None where a hedge or mere words leave it open."""
    if tally.high is not None:
        return tally.high
    used = {*tally.claims, *tally.derived_from}
    mine = [f for f in figures if f.id in used and not f.none]
    if not mine or any(f.high is None for f in mine):
        return None
    return max(tally.latest or 0, tally.low or 0) or None


def _attackers(rows: Sequence[Tally], fate: Fate) -> int:
    """Attackers told dead: an archive that counts all the dead counts them, and a count of victims may not."""
    return max((_value(t) or 0 for t in rows if t.measure == fate.dead and dict(t.facets).get("side") == "attacker"), default=0)


def _holds_attackers(dead: Tally, figures: Sequence[Figure]) -> bool:
    """Whether a sum of parts has the attackers told dead in it."""
    return any(f.id in dead.derived_from and attacks(f.options[0]) for f in figures)


def _with_attackers(
    dead: Tally, rows: Sequence[Tally], figures: Sequence[Figure], documents: Mapping[str, Document], fate: Fate, lexicon: Lexicon
) -> int | None:
    """All the dead, where the count at hand leaves out the attackers: another count is larger by just their number, or one sentence tells both
    ("killed three people before killing himself") and does not put them within the count."""
    value, attackers = _value(dead), _attackers(rows, fate)
    if value is None or not value or not attackers:
        return None
    used = {*dead.claims, *dead.derived_from}
    victims = [f for f in figures if f.id in used and f.options[0].measure == fate.dead and "side" not in f.options[0].facets]
    if any(f.exact and f.low == value + attackers for f in victims):
        return value + attackers
    them = [f.claim for f in figures if f.options[0].measure == fate.dead and f.options[0].facets.get("side") == "attacker"]
    for figure in victims:
        beside = any(c.document == figure.claim.document and c.sentence == figure.claim.sentence for c in them)
        document = documents.get(figure.claim.document)
        if beside and figure.low == value and document is not None and not says(plain(figure.claim.sentence.of(document.text)), lexicon.within):
            return value + attackers
    return None


def _spread(tally: Tally) -> int:
    return (tally.high or 0) - (tally.low or 0) if tally.high is not None else 0


def _why(count: int, fate: Fate, domain: Domain) -> str:
    if count <= 0:
        return ""
    hurt = name(Cell(fate.hurt, _NO), domain)
    return f"{hurt} not told to be out of danger: {number(count)}, who may yet die"


def _and(*parts: str) -> str:
    return "; ".join(x for x in parts if x)


def in_danger(hurt: int, figures: Sequence[Figure], documents: Mapping[str, Document], fate: Fate, lexicon: Lexicon) -> int:
    """How many of the hurt may yet die: those told in danger, as a report that tells of them tells of all; where none does, all but those
    told to be out of danger."""
    safe = danger = 0
    for document in documents.values():
        mine = [f for f in figures if f.claim.document == document.id]
        if not mine:
            continue
        counted = {"safe": [0, 0], "danger": [0, 0]}  # largest count of a sentence; sentences of one person
        for start, end in _sentences(document, mine):
            words = plain(document.text[start:end])
            is_safe = says(words, lexicon.safe)
            here = plain(words.replace(" non life threatening ", " ").replace(" not life threatening ", " "))
            for key in (("safe",) if is_safe else ()) + (("danger",) if says(here, lexicon.danger) else ()):
                number_ = _people(start, end, words, mine, fate, lexicon, hurt)
                if number_ > 1:
                    counted[key][0] = max(counted[key][0], number_)
                else:
                    counted[key][1] += 1
        safe = max(safe, counted["safe"][0], min(hurt, counted["safe"][1]))
        danger = max(danger, counted["danger"][0], 1 if counted["danger"][1] else 0)
    return min(hurt, danger) if danger else hurt - min(hurt, safe)


def _sentences(document: Document, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    spans = [m.span() for m in _SENTENCE.finditer(document.text)]
    near = sorted({i for f in figures for i, (a, b) in enumerate(spans) if a < f.claim.span.end and f.claim.span.start < b})
    if not near:
        return []
    kept = {j for i in near for j in range(i - _AROUND, i + _AROUND + 1)}
    return [spans[i] for i in range(len(spans)) if i in kept]


def _people(start: int, end: int, words: str, figures: Sequence[Figure], fate: Fate, lexicon: Lexicon, hurt: int) -> int:
    """How many people a sentence tells a condition of: by its own count, by words for all of them, else one."""
    here = [f.low or 0 for f in figures if f.claim.span.start < end and start < f.claim.span.end and f.exact and f.options[0].measure != fate.dead]
    if here:
        return max(here)
    return hurt if says(words, lexicon.together) else 1
