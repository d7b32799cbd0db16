"""Who attacks whom: sides by adjective, subject, by-phrase, object and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crosstally.extract.events.clauses import Clause
from crosstally.extract.events.sides import Side, party_of
from crosstally.extract.events.tables import Reader, is_harm
from crosstally.extract.events.triggers import Hit
from crosstally.values import Place


class Around(NamedTuple):
    """A trigger and what stands around it. ``start``: first token of its noun phrase; ``sides`` of the sentence, ``inside`` of its clause;
    ``hits`` all triggers of the sentence; ``places`` where something happens in the clause, with their tokens."""

    hit: Hit
    start: int
    clause: Clause
    words: Sequence[str]
    sides: Sequence[Side]
    hits: Sequence[Hit]
    places: Sequence[tuple[int, Place]]
    tables: Reader

    @property
    def inside(self) -> list[Side]:
        return [s for s in self.sides if self.clause.first <= s.first < self.clause.last]

    def is_in(self, name: str, i: int) -> bool:
        """Whether the word at ``i`` is in a list of ``tense.toml``."""
        return 0 <= i < len(self.words) and self.words[i] in self.tables.tense.lists[name]

    def any_in(self, name: str, first: int, last: int) -> bool:
        return any(self.is_in(name, i) for i in range(max(0, first), min(last, len(self.words))))


def direction(at: Around) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Party ids of the doers, and of those it is done to."""
    hit = at.hit
    event = at.tables.domain.events[hit.trigger.kind]
    passive = hit.verb and (at.any_in("passive", max(at.clause.first, hit.head - 3), hit.head) or at.is_in("by", hit.last + 1))
    by = _by(at, passive)
    actors = dict.fromkeys(() if hit.trigger.defence else by)
    targets: dict[str, None] = {}
    if hit.trigger.defence:
        weapon, defender = _defence(at, passive)
        defender = by or defender  # "were intercepted by Israel": those who defend are attacked
        actors.update(dict.fromkeys(weapon))
        targets.update(dict.fromkeys(p for p in defender if p not in actors))
    elif not is_harm(event) and not event.speech:
        actors = dict.fromkeys(_act(at)) or actors
    elif not hit.verb:
        # "a Russian attack" is Russia's; "Nepal's earthquake" is what befell it
        (actors if event.violent or hit.trigger.generic else targets).update(dict.fromkeys(_owner(at)))
    elif not passive and event.violent:
        actors.update(dict.fromkeys(_subject(at)))
    if not (hit.trigger.defence and targets):
        for i, place in at.places:
            party = party_of(place, at.tables.sides)
            if party is not None and party not in actors and not _at_sea(at, i):
                targets[party] = None
    if not targets and not hit.trigger.defence:
        direct = (s for s in at.inside if s.first > hit.head and s.party not in actors and at.is_in("target_after", _before(at, s.first)))
        targets.update(dict.fromkeys(s.party for s in list(direct)[:1]))
    if not targets and hit.verb and not passive and event.violent and not hit.trigger.defence:
        targets.update(dict.fromkeys(p for p in _object(at) if p not in actors))
    if event.stateless and not hit.verb and not targets and not by:
        return (), ()
    return tuple(actors), tuple(targets)


def _by(at: Around, passive: bool) -> list[str]:
    """ "was hit by Russian drones", "an attack by Russia"."""
    reach = 4 if passive else 2
    hit = at.hit
    if not hit.verb and at.is_in("from_place", hit.last + 1):
        return [s.party for s in at.inside if s.first == hit.last + 2][:1]
    if (hit.verb and not passive) or not at.any_in("by", hit.last + 1, hit.last + 1 + reach):
        return []
    return [s.party for s in at.inside if s.first > hit.head and at.any_in("by", max(hit.last, s.first - 4), s.first)][:1]


def _defence(at: Around, passive: bool) -> tuple[list[str], list[str]]:
    """ "Kyiv said it downed 60 Russian drones": whose weapons, and who brings them down. A side that launches is no defender."""
    weapon = next((s for s in at.inside if s.first > at.hit.head and _modifies_weapon(s, at)), None)
    if weapon is None and passive:
        weapon = next((s for s in at.inside if s.last < at.hit.first and _modifies_weapon(s, at)), None)
    if weapon is None:
        weapon = next((s for s in at.inside if s.first > at.hit.head and at.is_in("doing", s.last + 1)), None)
    launching = {s.party for s in at.sides for h in at.hits if h is not at.hit and h.verb and not h.trigger.defence and 0 < h.first - s.last <= 3}
    acts = {s.party for s in at.sides for h in at.hits if h is not at.hit and not h.verb and s.last < h.first <= s.last + 3}
    before = [s for s in at.sides if s.last < at.hit.first and s.party not in launching | acts and not _modifies_weapon(s, at)]
    before = [s for s in before if not _at_sea(at, s.first)]
    if _is_adjective(at):
        before = []  # "reports of downed drones": nobody is told to have downed them
    if passive:  # "..., and 91 were shot down": who tells of it, at most
        before = [s for s in before if at.any_in("reporting", s.last + 1, s.last + 5)]
    defender = before[-1] if before else None
    return [weapon.party] if weapon is not None else [], [defender.party] if defender is not None else []


def _is_adjective(at: Around) -> bool:
    """Whether a trigger is a participle before its weapon, with no subject right before it: ", downed drones"."""
    first, following = at.hit.first, at.hit.last + 1
    if at.hit.verb or following >= len(at.words) or not first:
        return False
    thing = any(t.hint and t.kind == at.hit.trigger.kind for t in at.tables.lexicon.index.get(at.words[following], ()))
    before = at.words[first - 1]
    return thing and (before in at.tables.lexicon.determiners or before in at.tables.lexicon.closed or not before[:1].isalnum())


def _act(at: Around) -> list[str]:
    """Who pauses, buys, rules: the side inside the phrase ("pause in some U.S. shipments"), else the first that is no object."""
    free = [s for s in at.inside if not at.is_in("object_after", s.first - 1)]
    within = [s.party for s in free if at.hit.first < s.first < at.hit.last] if not at.hit.verb else []
    return (within or [s.party for s in free])[:1]


def _owner(at: Around) -> list[str]:
    """ "a Russian drone attack", "Russia's assault"; "Russia launched its largest drone assault"."""
    before = [s for s in at.inside if s.last < at.hit.first and at.words[s.last + 1] != ":"]  # "Pakistan: 20 killed in attack"
    owner = at.start - 2 if at.start and at.words[at.start - 1] == "'s" and not at.any_in("tellers", at.start, at.hit.first) else -1
    modifier = [s.party for s in reversed(before) if s.first >= at.start or s.last == owner]
    return modifier[:1] or [s.party for s in before if at.hit.first - s.last <= 9 and _does(at, s.last + 1)][:1]


def _does(at: Around, first: int) -> bool:
    """Whether a verb of attack or of doing stands right behind a side."""
    launches = any(
        h.verb and not h.trigger.defence and 0 <= h.head - first <= 3 and h.head < at.hit.first and not at.any_in("passive", first, h.head)
        for h in at.hits
    )
    while first < at.hit.first and at.is_in("forces", first):
        first += 1
    return launches or (first < at.hit.first and at.is_in("doing", first))


def _subject(at: Around) -> list[str]:
    """The side that does a verb: no object of a preposition, nobody's words between ("Kyiv said drones hit ..."); "it" is who says so."""
    before = [s for s in at.inside if s.last < at.hit.first]
    for side in reversed(before):
        between = range(side.last + 1, at.hit.first)
        if len(between) > 9 or any(at.is_in("reporting", i) or at.words[i] == ":" for i in between):
            continue  # "Pakistan: 20 gunned down": where it was
        lead = _before(at, side.first)
        if lead < 0 or not at.is_in("locative", lead) or at.is_in("of", lead):
            return [side.party]
    if at.any_in("subject_pronouns", max(at.clause.first, at.hit.first - 3), at.hit.first):
        said = next((i for i in range(at.hit.first - 1, -1, -1) if at.is_in("reporting", i)), -1)
        return [s.party for s in at.sides if s.last < said][:1]
    return []


def _object(at: Around) -> list[str]:
    """The side whose thing a verb is done to: "targeting the US carrier", not "fired Iranian missiles"."""
    first = at.hit.last + 1
    first += at.is_in("articles", first)
    return [s.party for s in at.inside if s.first == first and not _modifies_weapon(s, at)][:1]


def _before(at: Around, i: int) -> int:
    """The token before a name, articles passed over; -1 for none."""
    i -= 1
    while i >= 0 and at.is_in("articles", i):
        i -= 1
    return i


def _at_sea(at: Around, i: int) -> bool:
    """Whether a country at token ``i`` only says off whose coast something happens."""
    return at.is_in("of", _before(at, i) if at.is_in("articles", i - 1) else i - 1) and at.is_in("at_sea", i - 2)


def _modifies_weapon(side: Side, at: Around) -> bool:
    """An adjective of a weapon: "110 Ukrainian drones"; no possessive ("Ukraine's air force")."""
    following = side.last + 1
    if following >= len(at.words) or at.words[following] == "'s":
        return False
    for i in range(following, min(following + 4, len(at.words))):
        if any(
            t.hint and t.kind == at.hit.trigger.kind and len(t.parts[0]) < 3 and _is_thing(t.parts[0], at)
            for t in at.tables.lexicon.index.get(at.words[i], ())
        ):
            return True
        if at.words[i] in at.tables.lexicon.closed or at.is_in("reporting", i) or not at.words[i].replace("-", "").isalpha():
            return False
    return False


def _is_thing(words: Sequence[str], at: Around) -> bool:
    """A hint that is a weapon, and no body ("air force")."""
    return not any(w in at.tables.tense.lists["bodies"] for w in words)
