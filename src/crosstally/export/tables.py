"""The ledger as flat tables, for data frames and spreadsheets. One row is one thing; lists are joined by "; "."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from crosstally.errors import CrosstallyError
from crosstally.values import Book, Claim, Tally

from .formulas import formula_safe
from .interchange import as_dict
from .shelf import Shelf

if TYPE_CHECKING:
    import polars
    import pyarrow

Table = Literal["documents", "claims", "mentions", "entities", "voices", "events", "tallies", "findings", "links", "decisions"]
Kind = Literal["text", "int", "real", "bool"]
Row = dict[str, Any]

_COLUMNS: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    "documents": tuple((n, "text") for n in ("id", "path", "source", "published", "language", "title", "url", "version_of"))
    + (("length", "int"),),
    "claims": (
        ("id", "text"),
        ("document", "text"),
        ("start", "int"),
        ("end", "int"),
        ("figure_start", "int"),
        ("figure_end", "int"),
        ("text", "text"),
        ("event", "text"),
        ("measure", "text"),
        ("facets", "text"),
        ("low", "int"),
        ("high", "int"),
        ("hedge", "text"),
        ("unit", "text"),
        ("raw", "text"),
        ("label", "text"),
        ("status", "text"),
        ("speaker", "text"),
        ("speaker_role", "text"),
        ("voice", "text"),
        ("place", "text"),
        ("lat", "real"),
        ("lon", "real"),
        ("scope_place", "text"),
        ("scope_period", "text"),
        ("cumulative", "bool"),
        ("as_of", "text"),
        ("said_at", "text"),
        ("channel", "text"),
        ("rule", "text"),
        ("tier", "text"),
        ("sentence", "text"),
        ("rejected", "bool"),
        ("decisions", "text"),
    ),
    "mentions": (
        ("document", "text"),
        ("start", "int"),
        ("end", "int"),
        ("kind", "text"),
        ("text", "text"),
        ("entity", "text"),
        ("speaker", "text"),
        ("rule", "text"),
    ),
    "entities": (("id", "text"), ("kind", "text"), ("name", "text"), ("variants", "text"), ("roles", "text"), ("party", "text")),
    "voices": (
        ("id", "text"),
        ("utterance", "text"),
        ("institution", "text"),
        ("party", "text"),
        ("certain", "bool"),
        ("reason", "text"),
        ("documents", "text"),
        ("claims", "text"),
    ),
    "events": (
        ("id", "text"),
        ("class", "text"),
        ("title", "text"),
        ("start", "text"),
        ("end", "text"),
        ("places", "text"),
        ("status", "text"),
        ("documents", "text"),
        ("voices_low", "int"),
        ("voices_high", "int"),
    ),
    "tallies": (
        ("event", "text"),
        ("measure", "text"),
        ("facets", "text"),
        ("scope_place", "text"),
        ("scope_period", "text"),
        ("cumulative", "bool"),
        ("low", "int"),
        ("high", "int"),
        ("latest", "int"),
        ("best", "int"),
        ("state", "text"),
        ("voices_low", "int"),
        ("voices_high", "int"),
        ("claims", "text"),
        ("derived_from", "text"),
        ("relation", "text"),
        ("account", "text"),
        ("words", "text"),
        ("decisions", "text"),
    ),
    "findings": (
        ("event", "text"),
        ("kind", "text"),
        ("change", "text"),
        ("title", "text"),
        ("explanation", "text"),
        ("sum", "text"),
        ("causes", "text"),
        ("measure", "text"),
        ("claims", "text"),
    ),
    "decisions": tuple((n, "text") for n in ("id", "kind", "subject", "now", "who", "when", "why", "change", "idle")),
    "links": (("situation", "text"), ("from", "text"), ("to", "text"), ("kind", "text"), ("words", "text"), ("documents", "text")),
}

TABLES: tuple[str, ...] = tuple(_COLUMNS)


def columns(table: str) -> tuple[tuple[str, Kind], ...]:
    """Column names and kinds of a table. Raises CrosstallyError for a table that is none."""
    if table not in _COLUMNS:
        raise CrosstallyError(f"no table {table!r}; there are {', '.join(TABLES)}")
    return _COLUMNS[table]


def rows(book: Book, table: str) -> list[Row]:
    """The rows of a table in a fixed order; every row has every column. Raises CrosstallyError for a table that is none."""
    names = [name for name, _ in columns(table)]
    return [{name: row.get(name) for name in names} for row in _ROWS[table](Shelf(book))]


def to_polars(book: Book, table: str) -> polars.DataFrame:
    """A polars frame with fixed column types, also when it is empty. Needs the extra ``tables``."""
    try:
        import polars as pl
    except ImportError as missing:
        raise CrosstallyError("tables need polars: pip install 'crosstally[tables]'") from missing
    kinds = {"text": pl.String, "int": pl.Int64, "real": pl.Float64, "bool": pl.Boolean}
    return pl.DataFrame(rows(book, table), schema={name: kinds[kind] for name, kind in columns(table)})


def to_arrow(book: Book, table: str) -> pyarrow.Table:
    """A pyarrow table with fixed column types, also when it is empty. Needs the extra ``tables``."""
    try:
        import pyarrow as pa
    except ImportError as missing:
        raise CrosstallyError("tables need pyarrow: pip install 'crosstally[tables]'") from missing
    kinds = {"text": pa.string(), "int": pa.int64(), "real": pa.float64(), "bool": pa.bool_()}
    return pa.Table.from_pylist(rows(book, table), schema=pa.schema([(name, kinds[kind]) for name, kind in columns(table)]))


def to_csv(book: Book, table: str) -> str:
    """CSV with a header line (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return csv_text([name for name, _ in columns(table)], rows(book, table))


def csv_text(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV under a header line: "true" and "false", nothing for None, an apostrophe before what would be run."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return formula_safe(value)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _facets(members: Mapping[str, str]) -> str:
    return ",".join(f"{n}={m}" for n, m in sorted(members.items()))


def _claims(shelf: Shelf) -> Iterable[Row]:
    for claim in sorted(shelf.book.claims, key=lambda c: (c.document, c.span, c.id)):
        yield _claim(shelf, shelf.claims[claim.id])


def _claim(shelf: Shelf, claim: Claim) -> Row:
    chosen, voice, quantity, document = shelf.reading(claim), shelf.voice_of(claim), claim.quantity, shelf.documents.get(claim.document)
    judged = shelf.assignments.get(claim.id)
    row: Row = {
        "id": claim.id,
        "document": claim.document,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "event": shelf.event_of(claim),
        "measure": chosen.measure,
        "facets": chosen.facets.notation(),
        "label": claim.label,
        "status": claim.status,
        "voice": voice.id if voice else None,
        "scope_place": claim.scope.place,
        "scope_period": claim.scope.period,
        "cumulative": claim.scope.cumulative,
        "as_of": claim.as_of,
        "said_at": claim.said_at,
        "channel": claim.channel,
        "rule": claim.rule,
        "tier": claim.tier,
        "sentence": claim.sentence.of(document.text) if document else None,
        "rejected": judged.rejected if judged else False,
        "decisions": _joined(judged.decisions) if judged else "",
    }
    if claim.figure:
        row |= {"figure_start": claim.figure.start, "figure_end": claim.figure.end}
    if quantity:
        row |= {"low": quantity.low, "high": quantity.high, "hedge": quantity.hedge, "unit": quantity.unit, "raw": quantity.raw}
    if claim.speaker:
        row |= {"speaker": claim.speaker.name, "speaker_role": claim.speaker.role}
    if claim.place:
        row |= {"place": claim.place.name, "lat": claim.place.lat, "lon": claim.place.lon}
    return row


def _tallies(shelf: Shelf) -> Iterable[Row]:
    for t in sorted(shelf.book.tallies, key=_tally_key):
        yield {
            "event": t.event,
            "measure": t.measure,
            "facets": t.facets.notation(),
            "scope_place": t.scope.place,
            "scope_period": t.scope.period,
            "cumulative": t.scope.cumulative,
            "low": t.low,
            "high": t.high,
            "latest": t.latest,
            "best": t.best,
            "state": t.state,
            "voices_low": t.voices.low,
            "voices_high": t.voices.high,
            "claims": _joined(t.claims),
            "derived_from": _joined(t.derived_from),
            "relation": t.relation,
            "account": t.account,
            "words": _joined(t.words),
            "decisions": _joined(t.decisions),
        }


def _tally_key(tally: Tally) -> tuple[str, ...]:
    return (tally.event, tally.measure, tally.facets.notation(), tally.scope.place or "", tally.scope.period, str(tally.scope.cumulative))


def _dicts(name: str, more: Callable[[Row], Row] = lambda row: row) -> Callable[[Shelf], Iterable[Row]]:
    """Rows straight from the interchange format, each mended by ``more``."""
    return lambda shelf: (more(row) for row in as_dict(shelf.book)[name])


def _mention(row: Row) -> Row:
    value = row["value"] if isinstance(row["value"], dict) else {}
    return row | {"start": row["span"][0], "end": row["span"][1], "speaker": value.get("speaker")}


def _entity(row: Row) -> Row:
    return row | {"variants": _joined(row["variants"]), "roles": _joined(r["role"] for r in row["roles"])}


def _voice(row: Row) -> Row:
    return row | {"documents": _joined(row["documents"]), "claims": _joined(row["claims"])}


def _event(row: Row) -> Row:
    window = row["window"] or {}
    return row | {
        "start": window.get("start"),
        "end": window.get("end"),
        "places": _joined(row["places"]),
        "documents": _joined(row["documents"]),
        "voices_low": row["voices"]["low"],
        "voices_high": row["voices"]["high"],
    }


def _decision(row: Row) -> Row:
    change = _joined(f"{field}={value}" for field, value in row["change"].items())
    return row | {"subject": _joined(row["subject"]), "now": _joined(row["now"]), "change": change}


def _findings(shelf: Shelf) -> Iterable[Row]:
    everything = as_dict(shelf.book)
    for event, found in ((e["id"], f) for e in everything["events"] for f in e["findings"]):
        yield found | {"event": event, "causes": _joined(found["causes"]), "claims": _joined(found["claims"])}
    for found in everything["findings"]:
        yield found | {"causes": _joined(found["causes"]), "claims": _joined(found["claims"])}


def _links(shelf: Shelf) -> Iterable[Row]:
    for situation in sorted(shelf.book.situations, key=lambda s: s.id):
        for link in situation.links:
            yield {
                "situation": situation.id,
                "from": link.source,
                "to": link.target,
                "kind": link.kind,
                "words": link.words,
                "documents": _joined(dict.fromkeys(e.document for e in link.evidence)),
            }


_ROWS: Mapping[str, Callable[[Shelf], Iterable[Row]]] = {
    "documents": _dicts("documents"),
    "claims": _claims,
    "mentions": _dicts("mentions", _mention),
    "entities": _dicts("entities", _entity),
    "voices": _dicts("voices", _voice),
    "events": _dicts("events", _event),
    "tallies": _tallies,
    "findings": _findings,
    "links": _links,
    "decisions": _dicts("decisions", _decision),
}
