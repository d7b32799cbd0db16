"""Whose ground an official speaks of: a mayor's figures are the town's, a regional head's the region's, a minister's the whole."""

from __future__ import annotations

from collections.abc import Sequence

from crosstally.domain.gazetteer import Gazetteer
from crosstally.values import Mention, Place, Speaker


class Jurisdictions:
    """Look-ups of one document: a speaker's own place by the words of the office."""

    def __init__(
        self, mentions: Sequence[Mention], regional: frozenset[str], national: frozenset[str], municipal: frozenset[str], gazetteer: Gazetteer
    ) -> None:
        """``regional``: words that make an office named after a town one of its region. ``national``: words that make one named after a
        capital the country's ("Kyiv's military"), unless one of ``municipal`` stands there too ("Kyiv's military administration")."""
        self.gazetteer = gazetteer
        self.regional, self.national, self.municipal = regional, national, municipal
        self.named = sorted(
            {m.text: m.value for m in mentions if isinstance(m.value, Place) and m.value.kind != "country"}.items(), key=lambda e: -len(e[0])
        )
        self._known: dict[str, Place | None] = {}

    def of(self, speaker: Speaker | None) -> Place | None:
        """The place narrower than a country that the speaker answers for, None for anybody else."""
        if speaker is None:
            return None
        office = speaker.role or speaker.name
        if office not in self._known:
            self._known[office] = self._read(office)
        return self._known[office]

    def _read(self, office: str) -> Place | None:
        words = tuple(office.replace("’", "'").replace("'s", "").split())
        lower = frozenset(w.lower().strip(",.") for w in words)
        for name, place in self.named:
            if _within(tuple(name.split()), words):
                if lower & self.national and not lower & self.municipal and self.gazetteer.capital(place.country or "") == place.id:
                    return None
                return self.region(place) if lower & self.regional else place
        return None

    def region(self, place: Place) -> Place:
        """The region that bears a town's name, else the town: "Kharkiv regional head" speaks for the region."""
        if place.kind not in ("city", "unknown"):
            return place
        alike = (p for p in self.gazetteer.find(place.name) if p.kind == "region" and p.country == place.country)
        return next(alike, place)


def _within(part: tuple[str, ...], words: tuple[str, ...]) -> bool:
    bare = tuple(w.strip(",.") for w in words)
    return len(words) > len(part) and any(bare[i : i + len(part)] == part for i in range(len(bare) - len(part) + 1))
