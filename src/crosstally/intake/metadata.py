"""What is said about a report: read from several places, and settled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from .dates import agree, read_moment
from .values import Notebook, printable


class Meta(msgspec.Struct, frozen=True):
    """Fields as one place gives them; None = not given. ``origin`` names that place in notes ("sources.csv")."""

    origin: str = ""
    source: str | None = None
    name: str | None = None
    group: str | None = None
    carries: str | None = None
    grade: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    id: str | None = None


FIELDS = ("source", "name", "group", "carries", "grade", "title", "published", "language", "url", "id")
# What outlets, feeds and data sets call the same things. Keys are compared in lower case, without "-", "_", ":" and spaces.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "outlet", "publisher", "sitename", "site", "channel", "agency", "newspaper", "src", "domain"),
    "name": ("name", "sourcename", "outletname"),
    "group": ("group", "owner"),
    "carries": ("carries", "wire"),
    "grade": ("grade", "sourcegrade", "reliability"),
    "title": ("title", "headline", "subject"),
    "published": ("published", "date", "publishedat", "publisheddate", "datepublished", "publicationdate", "publishdate", "pubdate",
                  "publishedtime", "articlepublishedtime", "dct", "timestamp", "created", "createdat", "datetime"),
    "language": ("language", "lang", "inlanguage", "locale"),
    "url": ("url", "uri", "link", "address", "href", "permalink"),
    "id": ("id", "docid", "documentid", "articleid", "uid"),
    "text": ("text", "body", "content", "articlebody", "maintext", "fulltext", "article"),
    "path": ("path", "file", "filename", "filepath"),
}  # fmt: skip
_BY_NAME: Mapping[str, str] = {synonym: field for field, synonyms in _SYNONYMS.items() for synonym in synonyms}


def field_of(key: str) -> str | None:
    """The field a key means ("pub_date" -> "published"), or None."""
    return _BY_NAME.get(re.sub(r"[\s_:.-]+", "", key).lower())


def fields_of(row: Mapping[str, object]) -> dict[str, str]:
    """The known fields of a row, as trimmed text; the field's own name wins over a synonym, the first synonym over later ones."""
    found: dict[str, str] = {}
    exact: set[str] = set()
    for key, value in row.items():
        field = field_of(key)
        if field is None or value is None or isinstance(value, bool | Mapping | list):
            continue
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        text = text if field == "text" else " ".join(text.split())
        if text and (field not in found or (key == field and field not in exact)):
            found[field] = text
            if key == field:
                exact.add(field)
    return found


def meta_of(row: Mapping[str, object], origin: str) -> Meta:
    found = fields_of(row)
    return Meta(origin=origin, **{field: found[field][:2000] for field in FIELDS if field in found})


def settle(given: tuple[Meta, ...], where: str, notes: Notebook) -> Meta:
    """One answer a field, ``given`` in order of trust. What contradicts it is noted, with which won; so is a date that cannot be read."""
    chosen: dict[str, str] = {}
    origin: dict[str, str] = {}
    for meta in given:
        for field in FIELDS:
            raw = getattr(meta, field)
            if raw is None:
                continue
            value = _value(field, raw, meta.origin, where, notes)
            if value is None:
                continue
            if field not in chosen:
                chosen[field], origin[field] = value, meta.origin
            elif field == "published":
                if not agree(chosen[field], value):
                    _contradiction(where, field, chosen[field], origin[field], value, meta.origin, notes)
                elif len(chosen[field]) <= 10 < len(value):  # the same day, told with a clock
                    chosen[field] = value
            elif field in ("source", "language", "url") and not _same(field, chosen[field], value):
                _contradiction(where, field, chosen[field], origin[field], value, meta.origin, notes)
    return Meta(origin=where, **chosen)


def _value(field: str, raw: str, origin: str, where: str, notes: Notebook) -> str | None:
    if field == "published":
        try:
            return read_moment(raw)
        except ValueError as why:
            message = f"the date {printable(raw, 40)!r} ({origin}) {why}; left unknown"
            notes.note(where, message, "write it as 2025-07-04 or 2025-07-04T09:30+03:00")
            return None
    if field == "language":
        code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", raw.strip())
        if code is None:
            notes.note(where, f"the language {printable(raw, 40)!r} ({origin}) is no code; left to be recognised", "write it as en or uk")
            return None
        return code.group(0).lower()
    cleaned = "".join(c for c in raw if c.isprintable()).strip()
    return cleaned or None


def _same(field: str, one: str, other: str) -> bool:
    if field == "source":
        return slug(one) == slug(other) or slug(one) in slug(other) or slug(other) in slug(one)
    if field == "url":
        a, b = urlsplit_safe(one), urlsplit_safe(other)
        return a[0].removeprefix("www.") == b[0].removeprefix("www.") and a[1].rstrip("/") == b[1].rstrip("/")
    return one == other


def _contradiction(where: str, field: str, won: str, winner: str, lost: str, loser: str, notes: Notebook) -> None:
    notes.note(
        where,
        f"{field} is {printable(won)!r} by {winner} but {printable(lost)!r} by {loser}; {winner} wins",
        "correct the one that is wrong",
    )


def slug(name: str) -> str:
    """An id from a source's name: "The Daily Post" -> "the-daily-post". "" where no letter or digit is left."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[^\w.]+", "-", folded).strip("-.")[:80]


def urlsplit_safe(url: str) -> tuple[str, str]:
    """(host, path) of an address, ("", the whole) where it is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "", parts.path) if parts.scheme in ("http", "https") else ("", url)
    except ValueError:
        return "", url


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Simple ``key: value`` lines between two ``---`` at the very start of a text, and the offset behind them; ({}, 0) without them."""
    opening = re.match(r"---[ \t]*\r?\n", text)
    if not opening:
        return {}, 0
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.M).search(text, opening.end(), opening.end() + 20_000)
    if not closing:
        return {}, 0
    pairs: dict[str, str] = {}
    for line in text[opening.end() : closing.start()].splitlines():
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith(("#", "-")) or line[:1].isspace():
            continue  # comments, and members of lists and nested values, which no field of ours holds
        if not colon or not re.fullmatch(r"[\w.-]{1,60}", key.strip()):
            return {}, 0  # a rule above a paragraph, not front matter
        pairs[key.strip()] = value.strip().strip("\"'")
    return pairs, closing.end() if pairs else 0
