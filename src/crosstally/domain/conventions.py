"""Conventions of the field: how a recorder of casualties turns reports into rows. Data (``domains/conventions/*.toml``), read and checked here.

A file names its columns (each filled by a *step*, a small pure function of ``reconcile.conventions``), its rules (each with its words, and
whether it was read in the recorder's own method or is a setting of ours), and the tables and choices that the steps use.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import msgspec

from crosstally.errors import ConfigError, PackError
from crosstally.values import CodingRule, Facets
from crosstally.values.coded import ColumnKind

from .model import Domain

RAW = "raw"
BestStep = Literal["agreed", "latest", "low", "high"]


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``step``: the function that fills it; ``of``: what it is asked for (a measure, a side, ...), where the step asks for one."""

    name: str
    step: str
    kind: ColumnKind = "text"
    of: str = ""


class RuleText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``verified``: read in the recorder's own published method, at ``source``; else it is a setting of ours."""

    text: str
    verified: bool = False
    source: str = ""


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a word of amount counts as, from ``low`` to ``high``."""

    low: int
    high: int


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which people a column counts: groups of facet members, such as ["side=civilian", "role=civilian"].

    Members of one group are the same people told in two ways (the larger counts); groups are different people (they are added).
    """

    groups: tuple[tuple[str, ...], ...]

    @property
    def members(self) -> tuple[tuple[Facets, ...], ...]:
        return tuple(tuple(Facets(dict([m.split("=", 1)])) for m in group) for group in self.groups)


class Convention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A convention as written. ``unit``: one row an event, or one a place where the figures allow it.

    ``admit``: measures of which one must be told for a row. ``words``: words of amount to numbers. ``where`` and ``when``: kinds of place and
    precisions of time to codes. ``best``: in which order a most likely figure is looked for. ``unreliable``: grades of sources whose figures
    do not count. ``min_voices``: from how many independent voices a row is corroborated.
    """

    name: str
    title: str
    unit: Literal["event", "place"]
    admit: tuple[str, ...]
    columns: tuple[Column, ...] = msgspec.field(name="column")
    rules: Mapping[str, RuleText] = msgspec.field(name="rule")
    about: str = ""
    words: Mapping[str, Amount] = {}
    where: Mapping[str, int] = {}
    when: Mapping[str, int] = {}
    sides: Mapping[str, Side] = {}
    best: tuple[BestStep, ...] = ("agreed",)
    unreliable: tuple[str, ...] = ()
    min_voices: int = 1
    file: str = ""

    def rule_id(self, name: str) -> str:
        return f"{self.name}.{name}"

    def texts(self) -> tuple[CodingRule, ...]:
        return tuple(CodingRule(self.rule_id(name), rule.text, rule.verified, rule.source) for name, rule in self.rules.items())


def convention_names() -> tuple[str, ...]:
    """The conventions that ship, ``raw`` first."""
    return (RAW, *sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if f.name.endswith(".toml")))


def load_convention(name: str | os.PathLike[str], domain: Domain, steps: Mapping[str, frozenset[str]]) -> Convention:
    """A convention that ships, by name, or one of your own, by the path of its TOML file.

    ``steps``: the steps there are, and which rules each may cite. Raises ConfigError for a name that is none, PackError that names file and key
    for a file that is wrong: an unknown step, a rule that a step needs and the file does not word, a facet or measure that no pack knows.
    """
    text = os.fspath(name)
    if text.endswith(".toml"):
        path = Path(text)
        try:
            found = _parse(path.read_bytes(), text)
        except OSError as error:
            raise PackError(text, "(file)", f"cannot be read: {error.strerror or error}", "give the path of a convention's TOML file") from error
    elif text in convention_names() and text != RAW:
        found = _shipped(text)
    else:
        raise ConfigError("convention", f"there is none named {text!r}", f"one of {', '.join(convention_names())}, or the path of a .toml file")
    _check(found, domain, steps)
    return found


def _folder() -> Traversable:
    return resources.files("crosstally") / "domains" / "conventions"


@lru_cache(maxsize=8)
def _shipped(name: str) -> Convention:
    return _parse((_folder() / f"{name}.toml").read_bytes(), f"conventions/{name}.toml")


def _parse(data: bytes, where: str) -> Convention:
    try:
        raw: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(where, "(syntax)", str(error), "mend the TOML at that place") from error
    try:
        return msgspec.structs.replace(msgspec.convert(raw, Convention), file=where)
    except msgspec.ValidationError as error:
        message, at, path = str(error).partition(" - at `$")
        key = path.rstrip("`").lstrip(".") if at else "(top level)"
        raise PackError(where, key or "(top level)", message[:1].lower() + message[1:], "see docs/conventions.md") from error


def _check(found: Convention, domain: Domain, steps: Mapping[str, frozenset[str]]) -> None:
    """What the types cannot see: names that point at steps, rules, measures and facets."""
    seen: set[str] = set()
    for at, column in enumerate(found.columns):
        key = f"column[{at}] {column.name}"
        if column.name in seen:
            raise PackError(found.file, key, "declared twice", "keep one")
        seen.add(column.name)
        if not column.step or column.step not in steps:
            raise PackError(found.file, f"{key}.step", f"there is no step {column.step!r}", f"one of {', '.join(sorted(s for s in steps if s))}")
        for rule in sorted(steps[column.step]):
            if rule not in found.rules:
                raise PackError(found.file, f"rule.{rule}", f"is missing, and the column {column.name!r} cites it", f"word it in [rule.{rule}]")
    for rule in sorted(steps[""]):
        if rule not in found.rules:
            raise PackError(found.file, f"rule.{rule}", "is missing, and every convention cites it", f"word it in [rule.{rule}]")
    if found.name == RAW or "/" in found.name:
        raise PackError(found.file, "name", f"{found.name!r} cannot name a convention of its own", "give it another name")
    if not found.admit or not found.columns:
        raise PackError(found.file, "admit" if not found.admit else "column", "names nothing", "name at least one")
    for measure in found.admit:
        if measure not in domain.measures:
            raise PackError(found.file, "admit", f"no pack knows the measure {measure!r}", f"one of {', '.join(sorted(domain.measures))}")
    for name, side in found.sides.items():
        if not side.groups or not all(side.groups):
            raise PackError(found.file, f"sides.{name}.groups", "holds an empty group", "name members, such as [[\"side=civilian\"]]")
        for group in side.groups:
            for member in group:
                _check_member(found.file, f"sides.{name}", member, domain)
    for word, amount in found.words.items():
        if not 0 <= amount.low <= amount.high:
            raise PackError(found.file, f"words.{word}", f"{amount.low} to {amount.high} is no range", "give low and high, low first")
    for name, codes in (("where", found.where), ("when", found.when)):
        if not codes and any(c.step in (f"{name}_code",) for c in found.columns):
            raise PackError(found.file, name, "is missing, and a column asks for its codes", f"give codes in [{name}]")


def _check_member(file: str, key: str, member: str, domain: Domain) -> None:
    facet, is_pair, name = member.partition("=")
    tree = domain.facets.get(facet)
    if not is_pair or tree is None:
        raise PackError(file, key, f"{member!r} is no facet=member", f"facets: {', '.join(sorted(domain.facets))}")
    if name not in tree.parent:
        raise PackError(file, key, f"{name!r} is no member of the facet {facet!r}", f"known: {', '.join(sorted(tree.parent))}")
