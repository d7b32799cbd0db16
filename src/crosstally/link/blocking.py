"""Which pairs of tellings are worth comparing, by exact keys: what a new report costs does not hang on how many there are.

Keys are strings of this telling alone, so a ledger can keep them in an index and fetch the few tellings that share one. Three kinds:
``at`` place and day (with ``in`` for the places above it, which meets only an ``at``), ``any`` day for a telling without a place, and
keys of rare things: numbers, people, who took part. ``when`` is asked by a telling without a date and answered by ``ever``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.values import Place

from . import names
from .tables import Kinds, Rules
from .telling import Telling

_WORDS = 3  # shared rare words
Pairs = set[tuple[str, str]]


def keys(telling: Telling, places: Mapping[str, Place], kinds: Kinds) -> frozenset[str]:
    """All blocking keys of one telling. ``places``: those it names, as they are known."""
    rules = kinds.rules
    group = kinds.family(telling.kind)
    days = _days(telling, rules)
    found: set[str] = set()
    known = {p: places[p] for p in telling.places if p in places}
    around = {p for place in known.values() for p in place.parents}
    # What lies above is as the gazetteer has it, not as other reports tell it: the keys stay those of this telling.
    known |= {p: place for p in around - telling.places if (place := load_gazetteer().get(p)) is not None}
    here = telling.places | (around if telling.kind in kinds.wide else frozenset())
    people = sorted(names.surname_key(p) for p in telling.participants) if telling.kind in rules.classes.meeting_of else []
    couples = [(a, b) for i, a in enumerate(people) for b in people[i + 1 :]]
    for when in days:
        found.update(f"at|{group}|{when}|{place}" for place in here)
        found.update(f"in|{group}|{when}|{place}" for place in around - here)
        if not here:
            found.add(f"any|{group}|{when}")
        else:
            found.add(f"some|{group}|{when}")
        found.update(f"who|{group}|{when}|{a}|{b}" for a, b in couples)
    months = {d // 31 for d in days if isinstance(d, int)}
    late = months | {m + 1 for m in months}
    years = {m // 12 for m in months}
    for figure in telling.figures:
        if figure.value >= rules.numbers.large:
            found.update(f"n|{group}|{m}|{figure.key}|{figure.value}" for m in late or {-1})
    # A report without any date is asked of all days; those that have one do not meet each other here.
    timeless = [*here, *(f"{a}|{b}" for a, b in couples), *telling.people]
    timeless += [f"{f.key}|{f.value}" for f in telling.figures if f.value >= rules.numbers.large]
    found.update(f"{ask}|{group}|{x}" for ask in (("ever", "when") if days == ["?"] else ("ever",)) for x in timeless)
    # A trial names those of the crime long after it, in the same part of the country.
    all_years = years | {y + 1 for y in years}
    areas = [p for p in telling.places | around if p not in known or known[p].kind != "country"]
    for name in telling.people:
        found.update(f"name|{group}|{m}|{name}" for m in late or {-1})
        found.update(f"name|{group}|y{y}|{area}|{name}" for y in all_years for area in areas)
    if kinds.local(telling.kind):
        towns = [p for p in telling.places if p not in known or known[p].kind not in ("country", "region")]
        # The town's own name is in every report of the town.
        own = {w for place in known.values() for w in place.name.lower().split()}
        names_of = [w for w in telling.rare if telling.words[w] >= rules.wording.name and w not in own]
        found.update(f"word|{group}|{m}|{word}" for m in late or {-1} for word in telling.rare)
        # Long after it, a report of the same town that shares names with it.
        found.update(f"word|{group}|{y}|{place}|{name}" for y in all_years for place in towns for name in names_of)
    return frozenset(found)


def _days(telling: Telling, rules: Rules) -> list[int | str]:
    if telling.hours is not None:
        first, last = telling.hours[0] // 24, (telling.hours[1] - 1) // 24
        if last - first <= 7:
            return [*range(first, last + 2)]
    if telling.published is not None:
        return [*range(telling.published - rules.time.publication_days, telling.published + 1)]
    return ["?"]


class Index:
    """The keys of many tellings, to ask which of them one telling is worth comparing with: the pairs of ``pairs``, one telling at a time."""

    def __init__(self) -> None:
        self._members: dict[str, list[str]] = {}
        self._label: dict[str, str] = {}

    def add(self, telling: str, found: Iterable[str], label: str) -> set[str]:
        """Files a telling under its keys; returns those already here that are worth comparing with it. Tellings of one ``label`` never are."""
        members = self._members
        worth: set[str] = set()
        alike: dict[str, set[str]] = {}
        for key in found:
            kind, _, rest = key.partition("|")
            if kind == "word":
                if key in members:
                    word = rest.rpartition("|")[2]
                    for other in members[key]:
                        alike.setdefault(other, set()).add(word)
                continue
            for met in _MEETS.get(kind, (kind,)):
                worth.update(members.get(f"{met}|{rest}", ()))
        worth.update(other for other, words in alike.items() if len(words) >= _WORDS)
        self._label[telling] = label
        for key in found:
            if key in members:
                members[key].append(telling)
            else:
                members[key] = [telling]
        return {other for other in worth if self._label[other] != label}

    def remove(self, telling: str, found: Iterable[str]) -> None:
        """Takes a telling out, from under the keys it was filed under."""
        del self._label[telling]
        for key in found:
            self._members[key].remove(telling)


# Kind of key to the kinds it meets; all others meet their own.
_MEETS: Mapping[str, tuple[str, ...]] = {
    "at": ("at", "in"), "in": ("at",), "any": ("any", "some"), "some": ("any",), "when": ("ever",), "ever": ("when",),
}  # fmt: skip


def pairs(keyed: Mapping[str, Iterable[str]], document_of: Mapping[str, str]) -> Pairs:
    """Candidate pairs of telling ids, smaller id first, of different documents (``document_of``: its id, or a label that several share)."""
    index: dict[str, list[str]] = {}
    for telling, found in keyed.items():
        for key in found:
            index.setdefault(key, []).append(telling)
    out: Pairs = set()
    alike: dict[tuple[str, str], set[str]] = {}

    def meet(ones: list[str], others: list[str]) -> None:
        for a in ones:
            for b in others:
                if a != b and document_of[a] != document_of[b]:
                    out.add((a, b) if a < b else (b, a))

    for key, members in index.items():
        kind, _, rest = key.partition("|")
        if kind == "at":
            meet(members, members)
            meet(members, index.get(f"in|{rest}", []))
        elif kind == "any":
            meet(members, members)
            meet(members, index.get(f"some|{rest}", []))
        elif kind == "word":
            word = rest.rpartition("|")[2]
            for i, a in enumerate(members):
                for b in members[i + 1 :]:
                    alike.setdefault((a, b) if a < b else (b, a), set()).add(word)
        elif kind == "when":
            meet(members, index.get(f"ever|{rest}", []))
        elif kind not in ("in", "some", "ever"):
            meet(members, members)
    out.update(pair for pair, words in alike.items() if len(words) >= _WORDS and document_of[pair[0]] != document_of[pair[1]])
    return out
