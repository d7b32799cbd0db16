"""Which place a name stands for, by what else the document names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import msgspec

from crosstally.domain.gazetteer import Gazetteer, fold
from crosstally.values import Place, PlaceKind

_SMALL = 30_000  # people of a town that a report from elsewhere seldom names without its country
_SPEAKERS = 2  # names that must speak for another country


class PlaceHit(msgspec.Struct):
    """A place name at text offsets, before it is resolved."""

    line: int
    a: int
    b: int
    start: int
    end: int
    name: str
    rule: str
    sure: bool
    feature: str | None = None
    container: str | None = None
    place: Place | None = None


def resolve(hits: list[PlaceHit], gazetteer: Gazetteer, nationalities: Counter[str], owners: Mapping[str, str] = {}) -> None:
    """Give every hit its place: those with a container first, then the rest by what these show. ``owners``: folded name to its country."""
    countries: Counter[str] = Counter(nationalities)
    regions: Counter[str] = Counter()
    named: dict[str, Place] = {}
    for hit in hits:
        found = gazetteer.find(hit.name)
        if hit.container:
            within = [c for outer in gazetteer.find(hit.container) for c in found if c.within(outer.id) and c.id != outer.id]
            if within:
                hit.place = _best(within, hit, gazetteer, Counter(), Counter())
                named[fold(hit.name)] = hit.place
                _vote(hit.place, countries, regions)
        elif found and found[0].kind == "country" and len([f for f in found if f.kind in ("country", "region")]) == 1:
            countries[found[0].id] += 1
        elif found and found[0].kind == "region" and len(found) == 1:
            _vote(found[0], countries, regions)
    for hit in hits:
        if hit.place is None and not hit.container:
            found = gazetteer.find(hit.name)
            if found and len({p.country for p in found}) == 1 and found[0].country:
                countries[found[0].country] += 1
    around = _Neighbours(hits, gazetteer)
    homes = {**owners, **_homes(hits, gazetteer)}
    elsewhere = homes.pop("", None)
    # Towns of one report lie in one country, more often than not.
    most = Counter(homes.values()).most_common(1) or ([(elsewhere, 1)] if elsewhere else countries.most_common(1))
    speaking = _speaking(hits, gazetteer, nationalities)
    for hit in hits:
        if hit.place is None:
            key = fold(hit.name)
            found = gazetteer.find(hit.name)
            if not found:
                kind: PlaceKind = _kind_of(hit.feature)
                home = homes.get(key) or (most[0][0] if most else None)
                hit.place = Place(f"name:{key.replace(' ', '_')}", hit.name, kind, home, parents=(home,) if home else ())
            elif (
                hit.feature == "district"
                and not any(_kind_fits(p, "district") for p in found)
                and gazetteer.population(found[0].id) < 20_000
            ):
                home = countries.most_common(1)[0][0] if countries else None
                hit.place = Place(f"name:{key.replace(' ', '_')}", hit.name, "district", home, parents=(home,) if home else ())
            elif key in named and _kind_fits(named[key], hit.feature):
                hit.place = named[key]
            else:
                best = _best(list(found), hit, gazetteer, countries, regions, around)
                if (land := _far_from(best, key, speaking, gazetteer)) is not None:
                    best = Place(f"name:{key.replace(' ', '_')}", hit.name, _kind_of(hit.feature), land, parents=(land,))
                hit.place = best
                _vote(hit.place, countries, regions)
    _as_written(hits)


def _speaking(hits: list[PlaceHit], gazetteer: Gazetteer, nationalities: Counter[str]) -> dict[str, set[str]]:
    """The names that speak for each country: those that lie there and nowhere else, and its people."""
    named: dict[str, set[str]] = {code: {f"the people of {code}"} for code in nationalities}
    for hit in hits:
        lands = {p.country for p in gazetteer.find(hit.name)}
        if len(lands) == 1 and (land := next(iter(lands))):
            named.setdefault(land, set()).add(fold(hit.name))
    return named


def _far_from(place: Place, key: str, speaking: dict[str, set[str]], gazetteer: Gazetteer) -> str | None:
    """The country that a report is about where a small town of the name lies in one that nothing else in the report speaks for: another town
    of that name, which no gazetteer holds. None where the town may be meant."""
    if place.kind != "city" or gazetteer.population(place.id) >= _SMALL or speaking.get(place.country or "", set()) - {key}:
        return None
    land = max(speaking, key=lambda code: (len(speaking[code] - {key}), code), default=None)
    return land if land is not None and len(speaking[land] - {key}) >= _SPEAKERS else None


def _as_written(hits: list[PlaceHit]) -> None:
    """A place whose own name has letters that English does not write is called what the report first calls it: "Jenin", not "Janīn"."""
    called: dict[str, str] = {}
    for hit in hits:
        if hit.place is not None and not hit.place.name.isascii():
            called.setdefault(hit.place.id, hit.name.title() if hit.name.isupper() else hit.name)
    for hit in hits:
        if hit.place is not None and (name := called.get(hit.place.id)) is not None:
            hit.place = msgspec.structs.replace(hit.place, name=name)


def _homes(hits: list[PlaceHit], gazetteer: Gazetteer) -> dict[str, str]:
    """Names no gazetteer holds to the country that the document puts them in ("the town of Tarvo in the north of Lebanon")."""
    homes: dict[str, str] = {}
    for hit in hits:
        outer = gazetteer.find(hit.container)[:1] if hit.container and not gazetteer.has(hit.name) else ()
        for place in outer:
            if place.country:
                homes.setdefault(fold(hit.name), place.country)
    return homes


class _Neighbours:
    """Where the document's other names could lie, on a grid of one degree: names told together tend to lie together."""

    def __init__(self, hits: list[PlaceHit], gazetteer: Gazetteer) -> None:
        self._cells: dict[tuple[int, int], dict[str, float]] = {}
        seen: set[str] = set()
        for hit in hits:
            key = fold(hit.name)
            if key in seen:
                continue
            seen.add(key)
            found = (hit.place,) if hit.place is not None else gazetteer.find(hit.name)[:12]
            for rank, place in enumerate(p for p in found if p.kind not in ("country", "region") and p.lat is not None):
                cell = self._cells.setdefault(_cell(place), {})
                cell[key] = max(cell.get(key, 0.0), 1.0 if len(found) == 1 else 0.7 / (1 + rank))
            if len(seen) > 60:
                break

    def near(self, place: Place, key: str) -> float:
        """How strongly names other than ``key`` point to the place's surroundings."""
        y, x = _cell(place)
        total: dict[str, float] = {}
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                for other, weight in self._cells.get((y + dy, x + dx), {}).items():
                    if other != key:
                        total[other] = max(total.get(other, 0.0), weight)
        return sum(total.values())


def _cell(place: Place) -> tuple[int, int]:
    return math.floor(place.lat or 0.0), math.floor(place.lon or 0.0)


def _vote(place: Place, countries: Counter[str], regions: Counter[str]) -> None:
    if place.country:
        countries[place.country] += 1
    for up in (place.id, *place.parents):
        if "." in up and "/" not in up:
            regions[up] += 1


def _kind_of(feature: str | None) -> PlaceKind:
    kinds: dict[str, PlaceKind] = {"region": "region", "district": "district", "city": "city", "area": "area"}
    return kinds.get(feature or "", "unknown")


def _kind_fits(place: Place, feature: str | None) -> bool:
    return (
        feature is None
        or place.kind == feature
        or (feature == "area" and place.kind in ("area", "region"))
        or (feature == "district" and place.kind in ("area", "district"))
    )


def _best(
    found: list[Place],
    hit: PlaceHit,
    gazetteer: Gazetteer,
    countries: Counter[str],
    regions: Counter[str],
    around: _Neighbours | None = None,
) -> Place:
    total = sum(countries.values()) or 1
    local = sum(regions.values()) or 1

    regional = {p.country for p in found if p.kind == "region"}
    shared = any(p.kind == "city" and gazetteer.population(p.id) >= 50_000 for p in found)

    def score(place: Place) -> float:
        people = gazetteer.population(place.id)
        value = math.log10(people + 10)
        if place.kind == "country":
            value = 9.0
        elif place.kind == "area":
            value = 6.5 if place.id.startswith("area:") else 4.0
        elif place.kind == "region":
            value = min(value, 7.5)
        elif place.kind == "city" and people >= 50_000 and place.country in regional:
            value += 1.5  # a bare name that a city and its region share is the city
        if gazetteer.main_name(hit.name, place):
            value += 0.6
        if place.country and place.country in countries:
            value += 1.2 + 2.0 * countries[place.country] / total
        near = max((regions[up] for up in (place.id, *place.parents) if up in regions), default=0)
        if place.id == gazetteer.capital(place.country or ""):
            value += 1.0
        if near and (place.kind != "region" or not shared):
            value += 1.0 + 2.0 * near / local
        if around is not None and place.lat is not None and place.lon is not None and place.kind not in ("country", "region"):
            value += 1.5 * min(around.near(place, fold(hit.name)), 2.0)
        if hit.feature:
            value += 12.0 if _kind_fits(place, hit.feature) else -1.0
        return value

    return max(found, key=lambda p: (score(p), p.id))
