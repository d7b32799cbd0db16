"""The weights and words of joining, read from ``domains/core/linking.toml`` once and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

from crosstally.domain import Domain
from crosstally.errors import PackError

FILE = "core/linking.toml"


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    one: str
    other: str
    cost: float


class Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which event classes may tell one event. See the comments in the file."""

    generic: dict[str, Literal["violent", "harmful"]]
    generic_cost: float
    harm_strands: frozenset[str]
    compatible: tuple[Pair, ...]
    meeting_of: frozenset[str]
    words_of: frozenset[str]


class Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    precise_slack_hours: int
    publication_days: int
    copy_days: int
    fine: frozenset[str]


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    medium: int
    large: int
    tolerance: float


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    near_km: float


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``tags`` stand in datelines and credits, ``words`` in sentences."""

    id: str
    name: str
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class OwnPeople(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: tuple[str, ...]
    copy: tuple[str, ...]


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weight: float
    words: str


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``name``: factor of a name. ``small``, ``year``, ``number``: weights of numbers. The rest: how likeness counts."""

    name: float
    small: float
    year: float
    number: float
    unlike: float
    alike: float
    telling: float
    band: tuple[Band, ...]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. ``weights`` are log-odds by the name of the evidence; ``local`` those of local classes, where they differ."""

    classes: Classes
    thresholds: dict[str, float]
    time: Time
    weights: dict[str, float]
    local: dict[str, float]
    numbers: Numbers
    places: Places
    agency: tuple[Agency, ...]
    own_people: OwnPeople
    wording: Wording

    def weight(self, name: str, local: bool) -> float:
        found = self.local.get(name) if local else None
        return self.weights[name] if found is None else found

    def threshold(self, one: str, other: str, local: bool) -> float:
        """The higher of what the two classes ask."""
        default = self.thresholds["local" if local else "default"]
        return max(self.thresholds.get(one, default), self.thresholds.get(other, default))


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The shipped rules. Raises PackError that names file and key."""
    return read_rules((resources.files("crosstally") / "domains" / "core" / "linking.toml").read_text("utf-8"))


def read_rules(text: str) -> Rules:
    """Rules from TOML text. Raises PackError that names file and key."""
    try:
        rules = msgspec.convert(tomllib.loads(text), Rules)
    except tomllib.TOMLDecodeError as error:
        raise PackError(FILE, "(syntax)", str(error), "mend the TOML at that place") from error
    except msgspec.ValidationError as error:
        raise PackError(FILE, str(error).rpartition("`")[0].rpartition("`$.")[2] or "(file)", str(error), "see crosstally.link.tables") from error
    for key in ("default", "local", "mean_margin"):
        if key not in rules.thresholds:
            raise PackError(FILE, f"thresholds.{key}", "missing", "give a number")
    return rules


@lru_cache(maxsize=1)
def word_bands() -> dict[str, float]:
    """Weight of every common word, from 0; a word that is not here weighs 1. Not to be changed."""
    return {word: band.weight for band in reversed(load_rules().wording.band) for word in band.words.split()}


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that say nothing about which event it is."""
    return frozenset(word for word, weight in word_bands().items() if weight == 0)


class Kinds(msgspec.Struct, frozen=True):
    """What joining knows of event classes: ``violent`` and ``harmful`` by the packs, ``wide``: told town by town; ``sides``:
    party id to its name. ``tolls``: measures whose count may only rise as news comes in."""

    violent: frozenset[str]
    harmful: frozenset[str]
    wide: frozenset[str]
    rules: Rules
    sides: Mapping[str, str] = {}
    tolls: frozenset[str] = frozenset()

    def side(self, party: str) -> str:
        """A party's name for a reader."""
        return self.sides.get(party, party)

    def cost(self, one: str, other: str) -> float | None:
        """What the difference of two event classes costs; None where they cannot be one event."""
        if one == other:
            return 0.0
        classes = self.rules.classes
        for pair in classes.compatible:
            if {pair.one, pair.other} == {one, other}:
                return pair.cost
        for generic, special in ((one, other), (other, one)):
            reach = classes.generic.get(generic)
            if reach is not None and special in (self.violent if reach == "violent" else self.harmful):
                return classes.generic_cost
        return None

    def family(self, kind: str) -> str:
        """A name shared by all classes that could be one event, for blocking."""
        classes = self.rules.classes
        linked = {kind}
        while True:
            more = {x for p in classes.compatible for x in (p.one, p.other) if {p.one, p.other} & linked} | linked
            if more & (self.harmful | self.violent) or more & set(classes.generic):
                return "harm"
            if more == linked:
                return min(more)
            linked = more

    def local(self, kind: str) -> bool:
        """Whether events of the class have one place, and another town's is another event."""
        return kind in self.harmful and kind not in self.wide

    def population(self, place: str) -> int:
        """People of a place, 0 where unknown: a city of millions has several shootings a day."""
        from crosstally.domain.gazetteer import load_gazetteer

        return load_gazetteer().population(place)

    def generic(self, kind: str) -> bool:
        return kind in self.rules.classes.generic


def kinds_of(domain: Domain) -> Kinds:
    """The classes of a domain, for joining."""
    rules = load_rules()
    events = domain.events.values()
    harmful = frozenset(e.name for e in events if e.strand in rules.classes.harm_strands)
    return Kinds(
        violent=frozenset(e.name for e in events if e.violent) & harmful,
        harmful=harmful,
        wide=frozenset(e.name for e in events if e.extent == "wide" and e.name in harmful),
        rules=rules,
        sides={party.id: party.name for party in domain.parties.values()},
        tolls=frozenset(m.name for m in domain.measures.values() if m.floor),
    )
