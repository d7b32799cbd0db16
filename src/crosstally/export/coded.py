"""A coded ledger as a table to share: every cell with the sentences it rests on, their documents, hashes and addresses.

Names of the dead and wounded are covered unless asked for, places are no finer than allowed, events under a delay stay out, and no cell is a
formula to a spreadsheet.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from crosstally.domain.model import Domain
from crosstally.errors import CrosstallyError
from crosstally.reconcile.conventions import recode
from crosstally.reconcile.conventions.facts import Facts, Finest
from crosstally.values import Book, Claim, Coded, CodedRow, Document, LeftOut, Place, Source

from .formulas import formula_safe
from .share import COVER, cover_places, held_back
from .victims import names_by_event
from .withhold import spoken, withhold

VERSION = 1


class Evidence(msgspec.Struct, frozen=True):
    """A sentence that a cell rests on. ``sha256``: of the report's canonical text as it was read, uncovered. Spans are offsets into it."""

    claim: str
    sentence: str
    start: int
    end: int
    figure: str
    speaker: str | None
    document: str
    outlet: str
    published: str | None
    url: str | None
    sha256: str


class Shared(msgspec.Struct, frozen=True):
    """A coded ledger ready to be shared. ``evidence``: claim id to its sentence. ``notes``: what was done to it, for whoever reads it."""

    coded: Coded
    evidence: Mapping[str, Evidence]
    notes: tuple[str, ...]


def shared(
    book: Book,
    convention: str | os.PathLike[str],
    domain: Domain,
    *,
    names: bool = False,
    finest: Finest = "city",
    delays: Mapping[str, float] | None = None,
    now: datetime | None = None,
) -> Shared:
    """The book under a convention, fit to be shared. ``finest``: the finest kind of place given; ``delays``: hours by country or kind of place.

    Raises as ``reconcile.conventions.recode``.
    """
    hashes = {d.id: hashlib.sha256(d.text.encode("utf-8", "surrogatepass")).hexdigest() for d in book.documents}
    shown = cover_places(book if names else withhold(book, domain), finest, domain)
    coded = recode(shown, convention, domain, finest=finest, victims=names_by_event(book, domain) if names else None)
    coded, held = _in_time(coded, shown, Facts(shown, domain), delays or {}, now or datetime.now(UTC))
    used = dict.fromkeys(c for row in coded.rows for cell in row.cells for c in cell.claims)
    claims = {c.id: c for c in shown.claims}
    documents = {d.id: d for d in shown.documents}
    sources = {s.id: s for s in shown.sources}
    evidence = {c: _evidence(claims[c], documents[claims[c].document], sources, hashes) for c in used if c in claims}
    notes = [f"Names of the dead and wounded are {'shown' if names else 'withheld where they were recognised'}."]
    if finest is None or finest == "site":
        notes.append("Places are as fine as their sentences.")
    else:
        notes.append(f"Places are no finer than a {finest}; a finer name is covered where it was read as one.")
    if held:
        notes.append(f"{held} {'event is' if held == 1 else 'events are'} held back by a delay before publication.")
    return Shared(coded, evidence, tuple(notes))


def _in_time(coded: Coded, book: Book, facts: Facts, delays: Mapping[str, float], now: datetime) -> tuple[Coded, int]:
    """Without the rows of events that are held back; those stand in ``left_out`` without a title."""
    if not delays:
        return coded, 0
    documents = {d.id: d for d in book.documents}
    held: set[str] = set()
    for event in book.events:
        told = {*event.places, *(r.place for r in coded.of(event.id) if r.place)}
        places = tuple(p for p in map(facts.place, told) if isinstance(p, Place))
        first = min((d.published for i in event.documents if (d := documents.get(i)) and d.published), default=None)
        if held_back(event, places, first, delays, now) > 0:
            held.add(event.id)
    rows = tuple(r for r in coded.rows if r.event not in held)
    gone = {r.event for r in coded.rows} & held
    left = tuple(x for x in coded.left_out if x.event not in held)
    left += tuple(LeftOut("", "", "held back by a delay before publication", "") for _ in sorted(gone))
    return msgspec.structs.replace(coded, rows=rows, left_out=left), len(gone)


def _evidence(claim: Claim, document: Document, sources: Mapping[str, Source], hashes: Mapping[str, str]) -> Evidence:
    source = sources.get(document.source)
    return Evidence(
        claim=claim.id,
        sentence=_aloud(claim.sentence.of(document.text)),
        start=claim.sentence.start,
        end=claim.sentence.end,
        figure=_aloud((claim.figure or claim.span).of(document.text)),
        speaker=_aloud(claim.speaker.name) if claim.speaker else None,
        document=document.id,
        outlet=(source.name or source.id) if source else document.source,
        published=document.published,
        url=document.url,
        sha256=hashes[document.id],
    )


def _aloud(text: str) -> str:
    """Covered words as words, on one line."""
    import re

    return " ".join(spoken(re.sub(f"{COVER}+(?:\\s+{COVER}+)*", "[place withheld]", text)).split())


def header(coded: Coded) -> tuple[tuple[str, str], ...]:
    """Names and kinds of the flat table's columns: those of the convention; beside each figure its rules and evidence; then what changed."""
    resting = _resting(coded)
    out: list[tuple[str, str]] = [("row_unit", "text")]
    for column in coded.columns:
        out.append((column.name, column.kind))
        if column.name in resting:
            out += [(f"{column.name}_rules", "text"), (f"{column.name}_evidence", "text")]
    return (*out, ("changed", "text"), ("convention", "text"), ("statement", "text"))


def _resting(coded: Coded) -> frozenset[str]:
    """Columns any cell of which rests on claims."""
    return frozenset(cell.column for row in coded.rows for cell in row.cells if cell.claims)


def flat(table: Shared) -> list[dict[str, Any]]:
    """One mapping a row, every column of ``header`` in it."""
    resting = _resting(table.coded)
    return [_flat(row, table, resting) for row in table.coded.rows]


def _flat(row: CodedRow, table: Shared, resting: frozenset[str]) -> dict[str, Any]:
    out: dict[str, Any] = {"row_unit": row.unit}
    for cell in row.cells:
        out[cell.column] = _aloud(cell.value) if isinstance(cell.value, str) else cell.value
        if cell.column in resting:
            out[f"{cell.column}_rules"] = "; ".join(cell.rules) or None
            out[f"{cell.column}_evidence"] = " | ".join(_cited(table.evidence[c]) for c in cell.claims if c in table.evidence) or None
    was = [f"{c.column} ({'none' if c.raw is None else c.raw} in the ledger)" for c in row.cells if c.changed]
    return out | {
        "changed": "; ".join(was) or None,
        "convention": table.coded.title,
        "statement": " ".join((table.coded.statement, *table.notes)),
    }


def _cited(evidence: Evidence) -> str:
    about = (evidence.outlet, evidence.published, evidence.url, f"document {evidence.document}", f"sha256 {evidence.sha256}")
    return f"“{evidence.sentence}” [{', '.join(x for x in about if x)}]"


def to_csv(table: Shared) -> str:
    """The flat table as CSV with a header line (RFC 4180); no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = [name for name, _ in header(table.coded)]
    writer.writerow(columns)
    for row in flat(table):
        writer.writerow([formula_safe(row[name]) for name in columns])
    return out.getvalue()


def to_json(table: Shared) -> bytes:
    """The whole coding as one JSON object: rows of cells with rules and claims, the rules' words, the evidence, what was left out."""
    from crosstally.values import plain

    coded = table.coded
    rows = [{"id": r.id, "unit": r.unit, "event": r.event, "cells": {c.column: _cell(plain(c)) for c in r.cells}} for r in coded.rows]
    whole = {
        "version": VERSION,
        "convention": coded.convention,
        "title": coded.title,
        "statement": coded.statement,
        "notes": list(table.notes),
        "columns": plain(coded.columns),
        "rows": rows,
        "rules": plain(coded.rules),
        "left_out": [{**plain(x), "title": _aloud(x.title)} for x in coded.left_out],
        "evidence": {key: plain(value) for key, value in table.evidence.items()},
    }
    return msgspec.json.encode(whole) + b"\n"


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in cell.items() if key != "column"}
    return {key: _aloud(value) if isinstance(value, str) else value for key, value in found.items()}


def to_parquet(table: Shared, output: str | os.PathLike[str]) -> None:
    """Writes the flat table, columns of fixed kinds. Needs the extra ``tables``. Raises CrosstallyError where that is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as missing:
        raise CrosstallyError("Parquet needs pyarrow: pip install 'crosstally[tables]'") from missing
    kinds = {"text": pa.string(), "int": pa.int64(), "real": pa.float64()}
    columns: Sequence[tuple[str, str]] = header(table.coded)
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns])
    pq.write_table(pa.Table.from_pylist(_guarded(flat(table)), schema=schema), os.fspath(output))


def _guarded(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Text cells safe for a spreadsheet: a Parquet table is opened in one as well."""
    return [{key: formula_safe(value) for key, value in row.items()} for row in rows]
