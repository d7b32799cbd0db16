"""Figures whose places are generalised in shared tables, read from ``domains/core/sharing.toml`` once and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import msgspec

from crosstally.errors import PackError
from crosstally.values import Facets, PlaceKind

from .model import Domain

FILE = "core/sharing.toml"


class Generalised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures of a measure, or of members of a facet (and what stands under them), whose place is no finer than ``finest``."""

    finest: PlaceKind
    measure: str = ""
    facet: str = ""
    members: tuple[str, ...] = ()

    def holds(self, measure: str, facets: Facets, domain: Domain) -> bool:
        if self.measure and self.measure != measure:
            return False
        tree, told = domain.facets.get(self.facet), facets.get(self.facet)
        return not self.facet or (tree is not None and told is not None and any(tree.under(told, m) for m in self.members))


def finest_for(measure: str, facets: Facets, domain: Domain) -> PlaceKind | None:
    """The finest kind of place at which a figure may be shared, or None where nothing beyond the setting holds."""
    return next((rule.finest for rule in load_sharing(domain) if rule.holds(measure, facets, domain)), None)


def load_sharing(domain: Domain) -> Sequence[Generalised]:
    """The rules that ship. Raises PackError that names file and key."""
    kept = _KEPT.get(id(domain))
    if kept is None or kept[0] is not domain:
        kept = _KEPT[id(domain)] = (domain, read_sharing(_text(), domain))
    return kept[1]


_KEPT: dict[int, tuple[Domain, tuple[Generalised, ...]]] = {}


@lru_cache(maxsize=1)
def _text() -> str:
    return (resources.files("crosstally") / "domains" / FILE).read_text("utf-8")


def read_sharing(text: str, domain: Domain, file: str = FILE) -> tuple[Generalised, ...]:
    """Rules of a TOML text, checked against the packs. Raises PackError that names file and key."""
    try:
        raw: dict[str, Any] = tomllib.loads(text)
        rules = msgspec.convert(raw.get("generalise", []), tuple[Generalised, ...])
    except tomllib.TOMLDecodeError as error:
        raise PackError(file, "(syntax)", str(error), "mend the TOML at that place") from error
    except msgspec.ValidationError as error:
        raise PackError(file, "generalise", str(error), "see crosstally.domain.sharing") from error
    for at, rule in enumerate(rules):
        if rule.measure and rule.measure not in domain.measures:
            raise PackError(file, f"generalise[{at}].measure", f"no pack knows {rule.measure!r}", f"one of {', '.join(sorted(domain.measures))}")
        if not rule.measure and not rule.facet:
            raise PackError(file, f"generalise[{at}]", "names neither a measure nor a facet", "give one of them")
        for member in rule.members:
            if rule.facet not in domain.facets or member not in domain.facets[rule.facet].parent:
                raise PackError(file, f"generalise[{at}].members", f"{member!r} is no member of {rule.facet!r}", "name members of that facet")
    return rules
