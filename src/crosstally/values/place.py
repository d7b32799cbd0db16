"""Where, as said."""

from __future__ import annotations

from typing import Literal

import msgspec

PlaceKind = Literal["country", "region", "city", "district", "area", "site", "unknown"]


class Place(msgspec.Struct, frozen=True, tag_field="type", tag="place"):
    """A place of the gazetteer, or a name that it does not know (``lat`` and ``lon`` None). ``parents`` are ids, nearest first."""

    id: str
    name: str
    kind: PlaceKind = "unknown"
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    parents: tuple[str, ...] = ()

    def within(self, other: str) -> bool:
        return self.id == other or other in self.parents
