"""The mapping file of a table of official figures: which column is which figure, whose figures they are, from when until when they mean that."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

from crosstally.domain.model import Domain
from crosstally.errors import InputError
from crosstally.values import WHOLE, Facets

DATE_LANGUAGES = ("en",)


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column that holds counts. ``name``: how the row's text words it ("drones shot down").

    ``blank``: an empty cell says nothing ("silent", as silence is never zero) or means none ("zero").
    ``zeros``: a zero is a figure ("told") or the table's way to leave a cell empty ("silent"). ``zeros_with`` names a column: a zero is told
    only beside a count there ("0 shot down" of 5, but nothing at all of a weapon that the row does not tell of).
    ``valid_from`` (inclusive) and ``valid_until`` (exclusive): ISO dates between which the column means this; one column may stand in
    several figures, for other times. ``readings``: other measures it may be.
    """

    column: str
    measure: str
    name: str
    facets: dict[str, str] = {}
    readings: tuple[str, ...] = ()
    blank: Literal["silent", "zero"] = "silent"
    zeros: Literal["told", "silent"] = "told"
    zeros_with: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    period: str = "event"
    cumulative: bool = False

    @property
    def members(self) -> Facets:
        return Facets(self.facets) if self.facets else WHOLE

    def holds(self, day: str) -> bool:
        return (self.valid_from is None or day >= self.valid_from) and (self.valid_until is None or day < self.valid_until)


class Speaker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose figures these are, and how they are given out."""

    name: str
    role: str | None = None
    channel: str | None = None


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes the table: the source of every row's document."""

    id: str
    name: str = ""
    group: str | None = None
    url: str | None = None


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a row tells of: class, parties, place (a gazetteer name or id, a country for nationwide figures).

    ``each_row_its_own``: two rows are never one event, however alike ("one post a night"). False where a table tells one event in several rows.
    """

    kind: str
    title: str = ""
    actor: str | None = None
    target: str | None = None
    place: str | None = None
    each_row_its_own: bool = True


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Columns of the window (``start`` and ``end``, or ``day`` alone), of the statement's own time and of its address.

    ``url_prefix`` stands before what ``url`` holds. ``date_format`` in strptime's notation, for dates that can be read two ways.
    ``said`` defaults to the end of the window: an account of a night is given after it.
    """

    start: str | None = None
    end: str | None = None
    day: str | None = None
    said: str | None = None
    url: str | None = None
    url_prefix: str = ""
    date_format: str | None = None
    date_language: str = "en"


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping file, checked."""

    publisher: Publisher
    speaker: Speaker
    event: Event
    columns: Columns
    figures: tuple[Figure, ...] = msgspec.field(name="figure")
    language: str = "en"


def read_mapping(path: str | os.PathLike[str], domain: Domain) -> Mapping:
    """The mapping of a TOML file. Raises InputError that names the file and the key, and what would do."""
    where = os.fspath(path)
    try:
        raw: dict[str, Any] = tomllib.loads(Path(path).read_bytes().decode("utf-8"))
    except OSError as error:
        raise InputError(where, f"cannot be read: {error.strerror or error}", "give the path of a mapping file") from error
    except UnicodeDecodeError as error:
        raise InputError(where, "is no UTF-8 text", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(where, f"is no TOML: {error}", "see examples/mappings") from error
    try:
        mapping = msgspec.convert(raw, Mapping)
    except msgspec.ValidationError as error:
        raise InputError(where, _plain(str(error)), "see examples/mappings") from error
    _check(where, mapping, domain)
    return mapping


def _plain(message: str) -> str:
    """msgspec's words with the key first: "figure[0].measure: expected ``str``, got ``int``"."""
    text, at, path = message.partition(" - at `$")
    return f"{path.rstrip('`').lstrip('.') or 'top level'}: {text[:1].lower()}{text[1:]}" if at else f"{message[:1].lower()}{message[1:]}"


def _check(where: str, mapping: Mapping, domain: Domain) -> None:
    if not mapping.figures:
        raise InputError(where, "figure: there is none", "name at least one column of counts in a [[figure]] table")
    for at, figure in enumerate(mapping.figures):
        for measure in (figure.measure, *figure.readings):
            if measure not in domain.measures:
                raise InputError(where, f"figure[{at}].measure: no pack knows {measure!r}", f"one of {', '.join(sorted(domain.measures))}")
        for facet, member in figure.facets.items():
            tree = domain.facets.get(facet)
            if tree is None:
                raise InputError(where, f"figure[{at}].facets: no pack knows the facet {facet!r}", f"one of {', '.join(sorted(domain.facets))}")
            if tree.closed and member not in tree.parent:
                raise InputError(where, f"figure[{at}].facets.{facet}: {member!r} is no member", f"one of {', '.join(sorted(tree.parent))}")
        for key in ("valid_from", "valid_until"):
            _iso_day(where, f"figure[{at}].{key}", getattr(figure, key))
        if figure.valid_from and figure.valid_until and figure.valid_from >= figure.valid_until:
            raise InputError(where, f"figure[{at}].valid_until: is not after valid_from", "the definition would never hold")
    if mapping.event.kind not in domain.events:
        raise InputError(where, f"event.kind: no pack knows {mapping.event.kind!r}", f"one of {', '.join(sorted(domain.events))}")
    for key in ("actor", "target"):
        party = getattr(mapping.event, key)
        if party is not None and party not in domain.parties:
            raise InputError(where, f"event.{key}: no pack knows the party {party!r}", "give the id of a party, as ua or il")
    if mapping.columns.day is None and (mapping.columns.start is None or mapping.columns.end is None):
        raise InputError(where, "columns: no window", "name the columns start and end, or day")
    if mapping.columns.date_language not in DATE_LANGUAGES:
        problem = f"columns.date_language: {mapping.columns.date_language!r} is not read"
        raise InputError(where, problem, f"one of {', '.join(DATE_LANGUAGES)}, or give date_format")


def _iso_day(where: str, key: str, text: str | None) -> None:
    from datetime import date

    try:
        if text is not None:
            date.fromisoformat(text)
    except ValueError as error:
        raise InputError(where, f"{key}: {text!r} is no date", "write it as 2024-07-01") from error
