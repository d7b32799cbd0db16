"""Packs of data, read and checked once: author form (TOML) to compiled form (``Domain``).

A pack is a folder of ``domains/`` with any of ``measures.toml``, ``facets.toml``, ``relations.toml``, ``events.toml``, ``parties.toml``,
``nouns.toml`` and ``frames.toml``. Keys are the field names of ``domain.model``. Later packs add members to the facets and nouns of earlier ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from crosstally.domain.model import (
    Domain,
    EventClass,
    FacetTree,
    Frame,
    Measure,
    NounClass,
    Party,
    Relation,
)
from crosstally.errors import PackError
from crosstally.values import Facets

CORE = "core"
_NO_PACKS = frozenset({"conventions"})  # data of another form: see domain.conventions
_TABLES: dict[str, tuple[str, type[Any]]] = {
    "measures.toml": ("measure", Measure),
    "facets.toml": ("facet", FacetTree),
    "relations.toml": ("relation", Relation),
    "events.toml": ("event", EventClass),
    "parties.toml": ("party", Party),
    "frames.toml": ("frame", Frame),
}


def load_domain(*extra: str | Path) -> Domain:
    """All packs shipped with the package, and any folders given. Raises PackError that names file and key."""
    return _load(tuple(str(path) for path in extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[str, ...]) -> Domain:
    shipped = resources.files("crosstally") / "domains"
    packs = (f for f in shipped.iterdir() if f.is_dir() and not f.name.startswith((".", "_")) and f.name not in _NO_PACKS)
    folders = sorted(packs, key=lambda f: (f.name != CORE, f.name))
    return compile_packs([*folders, *(Path(path) for path in extra)])


def compile_packs(folders: Iterable[Traversable]) -> Domain:
    """One Domain from pack folders, in order. Raises PackError."""
    rows: dict[str, list[tuple[str, Any]]] = {table: [] for table, _ in _TABLES.values()}
    nouns: dict[str, dict[str, Facets]] = {}
    packs = []
    for folder in folders:
        packs.append(folder.name)
        for file, (table, kind) in _TABLES.items():
            path = folder / file
            if path.is_file():
                rows[table] += _rows(path, f"{folder.name}/{file}", table, kind, folder.name)
        path = folder / "nouns.toml"
        if path.is_file():
            _add_nouns(nouns, path, f"{folder.name}/nouns.toml")
    domain = Domain(
        measures=_unique(rows["measure"], "measure"),
        facets=_merge_facets(rows["facet"]),
        relations=tuple(relation for _, relation in rows["relation"]),
        events=_unique(rows["event"], "event"),
        frames=tuple(frame for _, frame in rows["frame"]),
        nouns={name: NounClass(name=name, nouns=table) for name, table in nouns.items()},
        parties={party.id: party for _, party in rows["party"]},
        packs=tuple(packs),
    )
    _check(domain, rows)
    return domain


def _rows(path: Traversable, where: str, table: str, kind: type[Any], pack: str) -> list[tuple[str, Any]]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(where, "(syntax)", str(error), "mend the TOML at that place") from error
    for key in data:
        if key != table:
            raise PackError(where, key, "unknown table", f"this file holds [[{table}]] tables")
    entries = data.get(table, [])
    if not isinstance(entries, list):
        raise PackError(where, table, "is one table", f"write [[{table}]]")
    known = {field.name for field in msgspec.structs.fields(kind)}
    out = []
    for number, entry in enumerate(entries, start=1):
        label = f"[[{table}]] {entry.get('name') or entry.get('id') or f'number {number}'}"
        for key in entry:
            if key not in known:
                raise PackError(where, f"{label}.{key}", "unknown key", f"known: {', '.join(sorted(known))}")
        if kind is Frame:
            entry = {"pack": pack, **entry}
        try:
            out.append((where, msgspec.convert(entry, kind, dec_hook=_facets)))
        except msgspec.ValidationError as error:
            raise PackError(where, label, str(error), "see the field's docstring in crosstally.domain.model") from error
    return out


def _facets(kind: type[Any], value: Any) -> Any:
    if kind is Facets and isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
        return Facets(value)
    raise msgspec.ValidationError(f"expected a table of facet = member, got {value!r}")


def _add_nouns(nouns: dict[str, dict[str, Facets]], path: Traversable, where: str) -> None:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackError(where, "(syntax)", str(error), "mend the TOML at that place") from error
    for name, table in data.items():
        if not isinstance(table, dict):
            raise PackError(where, name, "is no table", "write [class] with noun = { facet = member }")
        for key, value in table.items():
            # A group "words" = [...] under one facet member: [weapon.drone] words = [...]; or noun = {facet = member}.
            if isinstance(value, dict) and isinstance(value.get("words"), list):
                facets = Facets({k: v for k, v in value.items() if k != "words"})
                for word in value["words"]:
                    nouns.setdefault(name, {})[word] = facets
            elif isinstance(value, list) and key == "words":
                for word in value:
                    nouns.setdefault(name, {})[word] = Facets()
            else:
                raise PackError(where, f"{name}.{key}", "neither words = [...] nor a group with words", "write [class.group] words = [...]")


def _unique(rows: list[tuple[str, Any]], table: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for where, row in rows:
        if row.name in out:
            raise PackError(where, f"[[{table}]] {row.name}", "declared twice", "keep one")
        out[row.name] = row
    return out


def _merge_facets(rows: list[tuple[str, FacetTree]]) -> dict[str, FacetTree]:
    """Packs may add members to a facet that an earlier pack declared."""
    out: dict[str, FacetTree] = {}
    for _, tree in rows:
        if tree.name in out:
            old = out[tree.name]
            tree = msgspec.structs.replace(
                old,
                parent={**old.parent, **tree.parent},
                partitions={**old.partitions, **tree.partitions},
                titles={**old.titles, **tree.titles},
                root=old.root or tree.root,
            )
        out[tree.name] = tree
    return out


def _check_period(where: str, relation: Relation) -> None:
    """That a relation which holds for a time only says so in ISO dates, the earlier first."""
    for key in ("valid_from", "valid_until"):
        day = getattr(relation, key)
        try:
            if day is not None and date.fromisoformat(day).isoformat() != day:
                raise ValueError
        except ValueError:
            raise PackError(where, f"[[relation]] {relation.name}.{key}", f"{day!r} is no date", "write it as 2024-07-01") from None
    if relation.valid_from and relation.valid_until and relation.valid_from >= relation.valid_until:
        raise PackError(where, f"[[relation]] {relation.name}.valid_until", "is not after valid_from", "the relation would never hold")


def _check(domain: Domain, rows: Mapping[str, list[tuple[str, Any]]]) -> None:
    """What a single table cannot see: names that point at other tables."""

    def facets_known(where: str, key: str, facets: Facets) -> None:
        for facet, member in facets.items():
            tree = domain.facets.get(facet)
            if tree is None:
                raise PackError(where, key, f"facet {facet!r} is not declared", "declare it in facets.toml")
            if tree.closed and member not in tree.parent:
                raise PackError(
                    where, key, f"{member!r} is no member of the closed facet {facet!r}", f"known: {', '.join(sorted(tree.parent))}"
                )

    def measure_known(where: str, key: str, measure: str) -> None:
        if measure not in domain.measures:
            raise PackError(where, key, f"measure {measure!r} is not declared", f"known: {', '.join(sorted(domain.measures))}")

    for where, tree in rows["facet"]:
        for member, parent in tree.parent.items():
            if parent and parent not in domain.facets[tree.name].parent:
                raise PackError(where, f"[[facet]] {tree.name}.parent.{member}", f"parent {parent!r} is no member", "declare it first")
    for where, relation in rows["relation"]:
        for term in (relation.whole, *relation.parts):
            measure_known(where, f"[[relation]] {relation.name}", term.measure)
            facets_known(where, f"[[relation]] {relation.name}", term.facets)
        _check_period(where, relation)
    for where, frame in rows["frame"]:
        key = f"[[frame]] {frame.name}"
        if not frame.examples or not frame.negatives:
            raise PackError(where, key, "needs at least one example and one negative", "add examples = [...] and negatives = [...]")
        if not (frame.verbs or frame.nouns or frame.adjectives):
            raise PackError(where, key, "has no predicate", "give verbs, nouns or adjectives")
        if frame.whole is not None:
            measure_known(where, f"{key}.whole", frame.whole)
        for slot in frame.slots:
            for measure in (slot.measure, *slot.readings):
                measure_known(where, f"{key}.slots.{slot.role}", measure)
            facets_known(where, f"{key}.slots.{slot.role}", slot.facets)
            if slot.noun not in domain.nouns and slot.noun not in ("thing", "any", "duration"):
                raise PackError(
                    where, f"{key}.slots.{slot.role}", f"noun class {slot.noun!r} is not declared", f"known: {', '.join(domain.nouns)}"
                )
    for name, noun_class in domain.nouns.items():
        for noun, facets in noun_class.nouns.items():
            facets_known("nouns.toml", f"[{name}] {noun!r}", facets)
