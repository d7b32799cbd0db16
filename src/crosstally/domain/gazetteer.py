"""Names of places to places: a read-only table of countries, regions, cities, their districts, and areas.

The tables (built by ``scripts/build_gazetteer.py`` from GeoNames, CC BY 4.0) are sorted text searched by bisection, so loading is one read
of the bytes and a name costs some microseconds, once: answers are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from importlib import resources

from anyascii import anyascii

from crosstally.values import Place, PlaceKind

_DROP = str.maketrans(
    {"'": "", "’": "", "ʼ": "", "‘": "", "`": "", "ʹ": "", ".": "", ",": " ", "-": " ", "‑": " ", "–": " ", "\u00a0": " "}
)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name as looked up: Latin letters, lower case, no apostrophes or dots, hyphens as spaces, "saint" as "st"."""
    plain = name.translate(_DROP)
    if not plain.isascii():
        plain = anyascii(plain).translate(_DROP)
    plain = " ".join(plain.lower().split())
    return "st " + plain[6:] if plain.startswith("saint ") else plain


def acronym(name: str) -> str:
    """ "US" for "US" and "U.S."; empty for a name that is no acronym of two to four capitals."""
    bare = name.replace(".", "")
    return bare if 2 <= len(bare) <= 4 and bare.isascii() and bare.isalpha() and bare.isupper() else ""


class Gazetteer:
    """Looks names up. Immutable; share one (``load_gazetteer``)."""

    def __init__(self, names: bytes, places: bytes) -> None:
        """``names`` and ``places``: the tables' bytes, lines sorted by their first column."""
        self._names, self._places = _Table(names), _Table(places)
        self._found: dict[str, tuple[Place, ...]] = {}
        self._rows: dict[str, tuple[Place, int] | None] = {}
        self._capitals: dict[str, str | None] = {}
        self._keys: dict[str, tuple[str, tuple[str, ...]]] = {}

    def find(self, name: str) -> tuple[Place, ...]:
        """Every place that bears the name, the most important first; () for none. Spelling is folded; acronyms only in capitals."""
        found = self._found.get(name)
        if found is None:
            _, ids = self._row(name)
            found = self._found[name] = tuple(p for p in (self.get(i.lstrip("~")) for i in ids) if p is not None)
        return found

    def has(self, name: str) -> bool:
        return bool(self._row(name)[1])

    def is_word(self, name: str) -> bool:
        """True for a place's name that is a common word as well ("Nice", "Reading"): the words around must say that it is a place."""
        return self._row(name)[0] == "w"

    def main_name(self, name: str, place: Place) -> bool:
        """True if the place bears the name as its main one, not as a further spelling."""
        return place.id in self._row(name)[1]

    def get(self, id: str) -> Place | None:
        """The place of an id, or None."""
        row = self._place(id)
        return row[0] if row else None

    def population(self, id: str) -> int:
        """People, 0 where unknown."""
        row = self._place(id)
        return row[1] if row else 0

    def capital(self, country: str) -> str | None:
        """Id of a country's capital city, None where unknown. ``country``: its code in capitals."""
        if country not in self._capitals:
            line = self._places.line(country)
            self._capitals[country] = (line[8] or None) if line is not None and len(line) > 8 else None
        return self._capitals[country]

    def contains(self, outer: str, inner: str) -> bool:
        """True if the place ``inner`` is ``outer`` or lies in it by the tree of regions."""
        place = self.get(inner)
        return place is not None and place.within(outer)

    def _row(self, name: str) -> tuple[str, tuple[str, ...]]:
        row = self._keys.get(name)
        if row is None:
            short = acronym(name)
            line = self._names.line(f"={short}") if short else None
            if line is None and not (short and len(short) < 4):
                line = self._names.line(fold(name))
            row = (line[1], tuple(line[2].split(" "))) if line else ("-", ())
            if len(self._keys) > 200_000:  # a long run over many texts must not grow without bound
                self._keys.clear()
                self._found.clear()
            self._keys[name] = row
        return row

    def _place(self, id: str) -> tuple[Place, int] | None:
        if id in self._rows:
            return self._rows[id]
        line = self._places.line(id)
        row: tuple[Place, int] | None = None
        if line is not None:
            _, name, kind, country, lat, lon, people, parent = line[:8]
            above = self._place(parent) if parent else None
            parents = (above[0].id, *above[0].parents) if above else ()
            row = (Place(id, name, _kind(kind), country or None, float(lat), float(lon), parents), int(people))
        self._rows[id] = row
        return row


def _kind(kind: str) -> PlaceKind:
    kinds: dict[str, PlaceKind] = {
        "country": "country",
        "region": "region",
        "city": "city",
        "district": "district",
        "area": "area",
        "site": "site",
    }
    return kinds.get(kind, "unknown")


class _Table:
    """Lines sorted by their first column, each found by it: the stretch of the table by bisection, the line within by search."""

    def __init__(self, table: bytes) -> None:
        self._table = table
        self._starts: list[int] = []
        self._keys: list[bytes] = []
        at = 0
        while at < len(table):
            self._starts.append(at)
            self._keys.append(table[at : table.find(b"\t", at)])
            at = table.find(b"\n", at + _STRETCH) + 1 or len(table)

    def line(self, key: str) -> list[str] | None:
        """The columns of the line whose first column is the key."""
        want = key.encode("utf-8", "surrogatepass")
        stretch = bisect_right(self._keys, want) - 1
        if not want or stretch < 0 or b"\t" in want or b"\n" in want:
            return None
        table, start = self._table, self._starts[stretch]
        if self._keys[stretch] != want:
            end = self._starts[stretch + 1] if stretch + 1 < len(self._starts) else len(table)
            start = table.find(b"\n" + want + b"\t", start, end) + 1
            if not start:
                return None
        end = table.find(b"\n", start)
        return table[start : end if end >= 0 else len(table)].decode("utf-8").split("\t")


_STRETCH = 2000  # bytes


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package. Reads two files, once."""
    folder = resources.files("crosstally") / "domains" / "places"
    return Gazetteer((folder / "names.tsv").read_bytes(), (folder / "places.tsv").read_bytes())
