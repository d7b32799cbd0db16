"""What the attributes of hand-made gold figures ask of a claim: tables, no logic of reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Measures that a false find counts against.
CORE = frozenset({
    "launched", "shot_down", "suppressed", "neutralised", "hit", "unaccounted", "hit_locations", "debris_sites", "killed", "wounded",
    "hospitalised", "missing", "damaged", "destroyed", "districts_affected", "sheltered",
})  # fmt: skip
# Facet members to their parent.
TREE: Mapping[str, str] = {
    "ballistic_missile": "missile", "cruise_missile": "missile", "aeroballistic_missile": "missile", "guided_missile": "missile",
    "strike_drone": "drone", "decoy_drone": "drone", "drone": "aerial_weapon", "missile": "aerial_weapon",
}  # fmt: skip
_WEAPON: Mapping[str, str] = {
    "total": "aerial_weapon", "drones": "drone", "missiles": "missile", "shahed": "drone",
    "ballistic": "ballistic_missile", "cruise": "cruise_missile",
}  # fmt: skip
_DAMAGE = ("damaged", "destroyed")
_SPECIAL: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "hit.locations": (("hit_locations",), {}),
    "debris.sites": (("debris_sites",), {}),
    "districts.affected": (("districts_affected",), {}),
    "districts.fires": (("districts_affected",), {}),
    "sheltered.people": (("sheltered",), {}),
    "shot_down.by_interceptor_drones": (("shot_down", "neutralised"), {"means": "interceptor_drone"}),
    "duration_h": (("duration",), {}),
    "shelter.duration_h": (("duration",), {}),
    "call.duration_h": (("duration",), {}),
    "damaged.apartment_buildings": (_DAMAGE, {"object": "residential"}),
    "damaged.schools": (_DAMAGE, {"object": "school"}),
    "damaged.ambulances": (_DAMAGE, {"object": "ambulance"}),
    "forecast.drones_per_day": (("launched",), {"weapon": "drone"}),
    "neutralised.ballistic_and_cruise_missiles": (("neutralised",), {"weapon": "missile"}),
}
# Figures that are no count of an event: a core measure given to one is a false find.
_CONTEXT = frozenset({
    "building.storeys", "building.floor_index", "frontline.km", "frontline.mi", "war.year_index", "war.duration_y", "city.districts",
    "victim.age", "series.night_index", "promise.duration_d", "conference.duration_d", "conference.countries",
})  # fmt: skip
# Words that tell no speaker from another.
GENERIC = frozenset({
    "the", "of", "a", "an", "and", "in", "on", "for", "its", "his", "her", "their", "by", "to", "from", "president", "mayor", "minister",
    "deputy", "foreign", "interior", "spokesman", "spokesperson", "chief", "staff", "official", "officials", "authorities", "said", "u.s",
    "us", "ukraine", "ukrainian", "ukraine’s", "ukraines", "russia", "russian", "american", "city", "country",
})  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Measures that are right for a gold attribute, and facets that must hold."""

    measures: tuple[str, ...]
    facets: Mapping[str, str] = field(default_factory=dict)


def wanted(attribute: str) -> Wanted | None:
    """What an attribute asks of a claim; None for a context figure. Raises ValueError for an attribute that is neither."""
    if attribute in _CONTEXT:
        return None
    if attribute in _SPECIAL:
        return Wanted(*_SPECIAL[attribute])
    measure, _, member = attribute.partition(".")
    if measure not in CORE:
        raise ValueError(f"gold attribute {attribute!r} is neither a measure nor listed as context")
    if member in _WEAPON:
        return Wanted((measure,), {"weapon": _WEAPON[member]})
    return Wanted((measure,), {"object": member} if measure in _DAMAGE and member else {})
