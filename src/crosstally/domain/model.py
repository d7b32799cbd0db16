"""A domain, compiled: what a pack of data declares, checked once at load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from crosstally.values import WHOLE, Facets

Strand = Literal["human_cost", "balance", "places", "damage", "time", "relief"]


class Measure(msgspec.Struct, frozen=True):
    """What is counted. ``floor``: an unhedged count is a snapshot and a floor for the final toll (casualties). ``dimension``: the facet that
    splits it ("weapon", "object", ""). ``unit`` for display ("people", "hours"). ``overtaken_by``: the measure that whoever was counted here
    moves to for good (wounded: killed). ``passing``: a state that ends well too, so that a later, lower count is no correction
    (missing, in hospital). ``by_means``: another measure, to the members of facet ``means`` by which it is this one (shot down by
    jamming: suppressed)."""

    name: str
    title: str
    strand: Strand
    unit: str = ""
    floor: bool = False
    dimension: str = ""
    overtaken_by: str = ""
    passing: bool = False
    by_means: Mapping[str, tuple[str, ...]] = {}


class FacetTree(msgspec.Struct, frozen=True):
    """A facet's members. ``parent`` maps member to parent ("" for a root). ``closed``: no other members. ``partitions``: parent to the parts
    that are disjoint and all there are. ``titles`` for display, singular and plural. ``root``: the member that means the whole."""

    name: str
    parent: Mapping[str, str | None]
    closed: bool = True
    partitions: Mapping[str, tuple[str, ...]] = {}
    titles: Mapping[str, tuple[str, str]] = {}
    root: str | None = None

    def ancestors(self, member: str) -> tuple[str, ...]:
        """The member itself, then its parents, nearest first. An unknown member stands alone."""
        chain = [member]
        while up := self.parent.get(chain[-1]):
            chain.append(up)
        return tuple(chain)

    def under(self, member: str, ancestor: str) -> bool:
        return ancestor in self.ancestors(member)

    def common(self, members: tuple[str, ...]) -> str | None:
        """The nearest member that all stand under ("cruise and ballistic" -> missile), or None."""
        if not members:
            return None
        for up in self.ancestors(members[0]):
            if all(self.under(m, up) for m in members[1:]):
                return up
        return None

    def title(self, member: str, plural: bool = True) -> str:
        word = member.replace("_", " ")
        one, many = self.titles.get(member, (word, word if word.endswith("s") else word + "s"))
        return many if plural else one


class Term(msgspec.Struct, frozen=True):
    """A measure with facets inside a relation. ``facets`` may fix members ({"weapon": "drone"})."""

    measure: str
    facets: Facets = WHOLE


class Relation(msgspec.Struct, frozen=True):
    """``whole`` = (or >=) the sum of ``parts``, for every member of the measures' shared dimension where ``per_member``.

    ``sense``: "eq" or "ge" (whole >= sum of parts). ``soft`` explains but never accuses. ``valid_from``/``valid_until`` ISO dates.
    ``rest`` names the part that takes what no report accounts for.
    """

    name: str
    whole: Term
    parts: tuple[Term, ...]
    sense: Literal["eq", "ge"] = "eq"
    per_member: bool = False
    soft: bool = False
    explanation: str = ""
    valid_from: str | None = None
    valid_until: str | None = None
    rest: str = ""


class EventClass(msgspec.Struct, frozen=True):
    """``strand`` on the situation page: raids, harm, diplomacy, aid, courts, forecasts. ``measures`` that belong to it. ``span_hours``: how far
    apart two tellings' windows may lie. ``title`` a template for a reader ("Air attack on {target}, {when}"). ``extent``: a "local" event has one
    place, another town is another event; a "wide" one is told town by town. ``scene``: at a "closed" one everybody who was hit is found
    within hours, so that reports close a toll from above; at an "open" one bodies and hurt are still found. ``stateless``: its doers are seldom
    a state, so a country's name before its noun, where nothing else is told to be hit, says where ("Afghan bombing kills 13")."""

    name: str
    title: str
    strand: str
    triggers: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    violent: bool = False
    stateless: bool = False
    speech: bool = False
    span_hours: int = 24
    extent: Literal["local", "wide"] = "wide"
    scene: Literal["open", "closed"] = "open"


class Example(msgspec.Struct, frozen=True):
    """A frame's own test. ``claims`` in notation ("shot_down weapon=drone 60"); empty for a negative."""

    text: str
    claims: tuple[str, ...] = ()


class Slot(msgspec.Struct, frozen=True):
    """One typed slot of a frame. ``role``: theme, agent, instrument, location, ... ``noun``: noun class that fills it ("person", "weapon",
    "place_unit", "thing", ...). ``measure`` the figure found there becomes; ``facets`` it adds; ``readings`` other measures, in order.
    ``bare = false``: a number without a noun of its own, and none before it, does not fill it ("released millions").
    ``open = false``: only nouns that the packs list ("hit two snags")."""

    role: str
    noun: str
    measure: str
    facets: Facets = WHOLE
    readings: tuple[str, ...] = ()
    when: str = ""
    bare: bool = True
    open: bool = True


class Frame(msgspec.Struct, frozen=True):
    """A predicate with typed slots. ``verbs``, ``nouns``, ``adjectives``: its words, as lemmas; a verb may carry particles ("shoot down").
    ``calm``: it befalls people in the common run of things, too ("died"), so that alone it tells of no event."""

    name: str
    pack: str
    slots: tuple[Slot, ...]
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    negatives: tuple[Example, ...] = ()
    whole: str | None = None
    event: str | None = None
    calm: bool = False


class NounClass(msgspec.Struct, frozen=True):
    """Head nouns of one kind. ``nouns``: lemma to the facets it sets ("child" -> age=child)."""

    name: str
    nouns: Mapping[str, Facets]


class Party(msgspec.Struct, frozen=True):
    """A side of a conflict: its country ids, the words for it, and the bodies that speak for it (body name to institution)."""

    id: str
    name: str
    country: str | None = None
    words: tuple[str, ...] = ()
    bodies: Mapping[str, str] = {}


def is_common(name: str) -> bool:
    """Whether a name is one that every side has: no word of it has a capital ("air force", "emergency services")."""
    return not any(word[:1].isupper() for word in name.split())


class Domain(msgspec.Struct, frozen=True):
    """All packs loaded together."""

    measures: Mapping[str, Measure]
    facets: Mapping[str, FacetTree]
    relations: tuple[Relation, ...]
    events: Mapping[str, EventClass]
    frames: tuple[Frame, ...]
    nouns: Mapping[str, NounClass]
    parties: Mapping[str, Party] = {}
    packs: tuple[str, ...] = ()


class Language(msgspec.Struct, frozen=True):
    """A language's tables as written, by file name: ``tables["numbers"]["units"]``. Readers compile their own views, once, and cache them by
    identity of the Language."""

    code: str
    tables: Mapping[str, Mapping[str, object]]
    folder: str = ""
