"""Tables of official figures, as claims of the body that gives them: one row a document, its text one line that words every figure."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from crosstally.domain.model import Domain
from crosstally.errors import InputError
from crosstally.values import (
    Claim,
    Document,
    DocumentReading,
    Happening,
    Place,
    Quantity,
    Reading,
    Scope,
    Source,
    Span,
    Speaker,
    TableRow,
    Window,
    content_id,
)
from crosstally.values.moment import TimePrecision

from .dates import read_moment
from .decode import decode
from .official_mapping import Figure, read_mapping
from .official_mapping import Mapping as Map
from .values import Problem, printable

_LARGEST = 10**9
_EMPTY = frozenset({"", "-", "–", "—", "na", "n/a", "nan", "null", "none"})

Row = tuple[int, Mapping[str, str]]


class TableIntake(msgspec.Struct, frozen=True):
    """What a table gave. ``problems`` name the table, the line and the column; a row with one is left out, or loses the one cell."""

    documents: tuple[Document, ...]
    readings: tuple[DocumentReading, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[Source, ...] = ()

    def __iter__(self) -> Iterator[object]:
        return iter((self.documents, self.readings, self.problems))


def take_table(path: str | os.PathLike[str], mapping: str | os.PathLike[str], domain: Domain | None = None) -> TableIntake:
    """The rows of a CSV or Parquet table as documents with their claims, by a mapping file (``official_mapping.Mapping``).

    Equal rows give equal ids, so importing a table twice, or longer, adds only what is new. Raises InputError, before any row is taken, for
    a mapping that is wrong (file and key), a table that cannot be read, or one that lacks a column (table and column).
    """
    if domain is None:
        from crosstally.domain import load_domain

        domain = load_domain()
    plan = read_mapping(mapping, domain)
    where = os.fspath(path)
    columns, rows = _parquet(where) if where.lower().endswith((".parquet", ".pq")) else _csv(where)
    _complete(plan, columns, where, os.fspath(mapping))
    place = _place(plan, os.fspath(mapping))
    taken: dict[str, tuple[Document, DocumentReading]] = {}
    keys: dict[str, int] = {}
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for line, row in rows:
        made = _row(plan, row, place, f"{where}:{line}", where, problems)
        if made is None:
            continue
        if made[0].id in taken:
            problems.append(Problem(f"{where}:{line}", f"repeats line {first[made[0].id]}", "remove one of the two"))
            continue
        taken[made[0].id] = _in_table(plan, made, keys)
        first[made[0].id] = line
    publisher = plan.publisher
    return TableIntake(
        tuple(d for d, _ in taken.values()),
        tuple(r for _, r in taken.values()),
        tuple(problems),
        (Source(publisher.id, publisher.name or publisher.id, publisher.group, publisher.url),),
    )


def _in_table(plan: Map, made: tuple[Document, DocumentReading], keys: dict[str, int]) -> tuple[Document, DocumentReading]:
    """The row's document, knowing which row of which table it is: by its address, else by its window; alike ones are numbered."""
    if not plan.event.each_row_its_own:
        return made
    document, reading = made
    window = reading.happenings[0].window
    key = document.url or (window.raw if window else "")
    keys[key] = keys.get(key, 0) + 1
    number = f"#{keys[key]}" if keys[key] > 1 else ""
    table = "/".join((plan.publisher.id, plan.speaker.name, plan.event.kind, plan.event.actor or "", plan.event.target or "", plan.event.place or ""))
    return msgspec.structs.replace(document, row=TableRow(table, key + number)), reading


def _csv(where: str) -> tuple[Sequence[str], Iterator[Row]]:
    try:
        text = decode(Path(where).read_bytes(), where).text
    except OSError as error:
        raise InputError(where, f"cannot be read: {error.strerror or error}", "give the path of a CSV or Parquet table") from error
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    columns = [c.strip() for c in next(reader, [])]
    if not any(columns):
        raise InputError(where, "is empty", "its first line names the columns")
    return columns, _csv_rows(reader, columns, where)


def _csv_rows(reader: Iterator[list[str]], columns: Sequence[str], where: str) -> Iterator[Row]:
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(columns, (c.strip() for c in cells), strict=False))  # type: ignore[attr-defined]
    except csv.Error as error:
        raise InputError(f"{where}:{reader.line_num}", f"is no comma-separated row ({error})", "check its quotation marks") from error  # type: ignore[attr-defined]


def _parquet(where: str) -> tuple[Sequence[str], Iterator[Row]]:
    try:
        import polars
    except ImportError as error:
        raise InputError(where, "needs polars to be read", "pip install 'crosstally[tables]', or save the table as CSV") from error
    try:
        frame = polars.read_parquet(where)
    except (OSError, polars.exceptions.PolarsError) as error:
        raise InputError(where, f"is no Parquet table: {printable(str(error))}", "give a CSV or Parquet table") from error
    rows = ((at, {k: "" if v is None else _text(v) for k, v in row.items()}) for at, row in enumerate(frame.iter_rows(named=True), 1))
    return frame.columns, rows


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _complete(plan: Map, columns: Sequence[str], where: str, mapping: str) -> None:
    told = plan.columns
    named = [(f"columns.{key}", getattr(told, key)) for key in ("start", "end", "day", "said", "url")]
    named += [(f"figure[{at}].column", figure.column) for at, figure in enumerate(plan.figures)]
    named += [(f"figure[{at}].zeros_with", figure.zeros_with) for at, figure in enumerate(plan.figures)]
    for key, column in named:
        if column is not None and column not in columns:
            remedy = f"its columns are {', '.join(printable(c) for c in columns)}; correct {key} in {mapping}"
            raise InputError(where, f"has no column {printable(column)!r}", remedy)


def _place(plan: Map, mapping: str) -> Place | None:
    if plan.event.place is None:
        return None
    from crosstally.domain.gazetteer import load_gazetteer

    gazetteer = load_gazetteer()
    found = gazetteer.get(plan.event.place) or next(iter(gazetteer.find(plan.event.place)), None)
    if found is None:
        problem = f"event.place: the gazetteer does not know {plan.event.place!r}"
        raise InputError(mapping, problem, "give a place by its English name, or leave it out")
    return found


def _row(
    plan: Map, row: Mapping[str, str], place: Place | None, where: str, path: str, problems: list[Problem]
) -> tuple[Document, DocumentReading] | None:
    try:
        window = _window(plan, row)
        said = _moment(plan, row, plan.columns.said) if plan.columns.said else window.end
    except ValueError as error:
        problems.append(Problem(where, f"{error}; the row is left out", "correct the cell", fatal=True))
        return None
    figures = [(f, n) for f in plan.figures if f.holds((window.start or "")[:10]) and (n := _count(f, row, where, problems)) is not None]
    if not figures:
        problems.append(Problem(where, "tells no figure; the row is left out"))
        return None
    address = row.get(plan.columns.url, "") if plan.columns.url else ""
    url = plan.columns.url_prefix + address if address else None
    text, spans = _words(plan, window, figures)
    id = content_id(text, url, plan.publisher.id)
    title = f"{plan.event.title or plan.event.kind.replace('_', ' ').capitalize()}, {window.raw}"
    published = said if plan.columns.said else _published(window)
    document = Document(id, text, plan.publisher.id, title, published, plan.language, url, path)
    happening = Happening(
        id=_short("h", id), document=id, kind=plan.event.kind, anchor=Span(0, len(text)), title=title, window=window,
        places=(place.id,) if place else (), actors=(plan.event.actor,) if plan.event.actor else (),
        targets=(plan.event.target,) if plan.event.target else (), main=True,
    )  # fmt: skip
    told = enumerate(zip(figures, spans, strict=True))
    claims = tuple(_claim(plan, f, n, span, at, document, happening, place, published) for at, ((f, n), span) in told)
    return document, DocumentReading(id, claims, (happening,))


def _count(figure: Figure, row: Mapping[str, str], where: str, problems: list[Problem]) -> int | None:
    raw = row.get(figure.column, "")
    if raw.casefold() in _EMPTY:
        return 0 if figure.blank == "zero" else None
    try:
        number = float(raw.replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    except ValueError:
        number = -1.0
    if not 0 <= number <= _LARGEST or number != int(number):
        problem = f"column {printable(figure.column)}: {printable(raw)!r} is no count"
        problems.append(Problem(where, problem, "write whole digits, or leave it empty", fatal=True))
        return None
    if number == 0 and (figure.zeros == "silent" or (figure.zeros_with and not _some(row.get(figure.zeros_with, "")))):
        return None
    return int(number)


def _some(raw: str) -> bool:
    """Whether a cell holds more than nothing."""
    return raw.casefold() not in _EMPTY and raw.strip("0.,") != ""


def _moment(plan: Map, row: Mapping[str, str], column: str | None) -> str:
    """ISO text of a cell. ValueError names the column."""
    raw = row.get(column or "", "")
    try:
        if plan.columns.date_format:
            parsed = datetime.strptime(raw, plan.columns.date_format)
            return parsed.isoformat(timespec="minutes") if "%H" in plan.columns.date_format else parsed.date().isoformat()
        return read_moment(raw)
    except ValueError as error:
        said = f"{printable(raw)!r} {error}" if not plan.columns.date_format else f"{printable(raw)!r} is not written as {plan.columns.date_format}"
        raise ValueError(f"column {printable(column or '')}: {said}") from error


def _window(plan: Map, row: Mapping[str, str]) -> Window:
    """The row's window; a day alone counts to its end. ValueError where the end comes before the start."""
    told = plan.columns
    start = _moment(plan, row, told.start or told.day)
    end = _moment(plan, row, told.end) if told.end else start
    raw = start if start == end else f"{start.replace('T', ' ')[:16]} to {end.replace('T', ' ')[:16]}"
    opens = datetime.fromisoformat(start).replace(tzinfo=None)
    closes = datetime.fromisoformat(end).replace(tzinfo=None) + (timedelta(days=1) if len(end) <= 10 else timedelta())
    if closes == opens:  # a moment
        closes += timedelta(minutes=1)
    if closes < opens:
        raise ValueError(f"column {printable(told.end or '')}: the window ends before it starts")
    hours = (closes - opens).total_seconds() / 3600
    # A window with both its clocks is stated to the minute, however long: the next one may begin where it ends.
    precision: TimePrecision = "minute" if min(len(start), len(end)) > 10 else "day" if hours <= 24 else "days"
    return Window(opens.isoformat(), closes.isoformat(), precision, raw)


def _published(window: Window) -> str | None:
    """Not before the window's end. A day's own end is midnight of the next day: the day is kept."""
    if window.end is None:
        return None
    closes = datetime.fromisoformat(window.end)
    return (closes - timedelta(days=1)).date().isoformat() if closes.hour == closes.minute == 0 else closes.isoformat(timespec="minutes")


def _words(plan: Map, window: Window, figures: Sequence[tuple[Figure, int]]) -> tuple[str, list[tuple[Span, Span]]]:
    """The row as one line, and for each figure its words and its digits."""
    text = f"{plan.speaker.name}, {window.raw}: "
    spans = []
    for at, (figure, number) in enumerate(figures):
        start = len(text)
        text += f"{figure.name} {number}"
        spans.append((Span(start, len(text)), Span(len(text) - len(str(number)), len(text))))
        text += "." if at == len(figures) - 1 else "; "
    return text, spans


def _claim(
    plan: Map, figure: Figure, number: int, spans: tuple[Span, Span], at: int, document: Document, happening: Happening, place: Place | None,
    said: str | None,
) -> Claim:  # fmt: skip
    words, digits = spans
    members = figure.members
    return Claim(
        id=_short("c", document.id, str(at), figure.measure, members.notation()),
        document=document.id,
        span=words,
        sentence=Span(0, len(document.text)),
        text=words.of(document.text),
        measure=figure.measure,
        facets=members,
        figure=digits,
        quantity=Quantity(number, number, "exact", None, str(number)),
        readings=tuple(Reading(m, members, why=f"column {figure.column} of the table") for m in (figure.measure, *figure.readings)),
        actor=plan.event.actor,
        target=plan.event.target,
        happening=happening.id,
        scope=Scope(period=figure.period, cumulative=figure.cumulative),
        place=place,
        window=happening.window,
        said_at=said,
        speaker=Speaker(plan.speaker.name, plan.speaker.role),
        channel=plan.speaker.channel,
        rule=f"column {figure.column}",
        trace=("table row", f"column {figure.column}") + ((f"defined from {figure.valid_from}",) if figure.valid_from else ()),
        tier="agreed",
    )


def _short(prefix: str, *parts: str) -> str:
    return prefix + hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
