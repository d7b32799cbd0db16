"""What can be taken away: the rows that a view shows, for a CSV file or a spreadsheet. A view's query narrows its table as it does its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crosstally.export import tables
from crosstally.values import Book

from . import answers, situation
from .account import Desk
from .adding import Jobs
from .addresses import path

Row = Mapping[str, Any]
_ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Column names, and rows that have a value for each."""

    names: tuple[str, ...]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Asked:
    """A view's query, its moment already checked."""

    desk: Desk
    jobs: Jobs
    query: Mapping[str, str]
    names: bool

    def get(self, name: str) -> str:
        return self.query.get(name, "")


def sheet_of(asked: Asked, table: str) -> Sheet:
    """The rows of one view. LookupError for an event, report or job that is not here; CrosstallyError for a table that is none."""
    if table in _VIEWS and not (asked.get("event") and table in tables.TABLES) and not asked.get("document"):
        return _VIEWS[table](asked)
    book = _book(asked)
    return Sheet(tuple(name for name, _ in tables.columns(table)), tables.rows(book, table))


def _book(asked: Asked) -> Book:
    account = asked.desk.account()
    if asked.get("event"):
        at = asked.desk.account_of(asked.get("event"), asked.get("as_of") or None)
        return at.event_book(at.event(asked.get("event")), names=asked.names)
    if asked.get("document"):
        account.shelf.documents[asked.get("document")]
        return account.documents_book((asked.get("document"),), names=asked.names)
    return account.whole(names=asked.names)


def _flat(records: Iterable[Row], *names: str) -> Sheet:
    return Sheet(names, ({n: _value(r.get(n)) for n in names} for r in records))


def _value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "; ".join(" ".join(str(x) for x in v.values()) if isinstance(v, dict) else str(v) for v in value)
    return value


def _events(asked: Asked) -> Sheet:
    account = asked.desk.account()
    filters = situation.Filters(*(asked.get(n) for n in ("q", "kind", "place", "since", "until", "state")))
    found = situation.searched(account, asked.desk.books, filters.q)
    told = answers.events(account, filters, 0, _ALL, names=asked.names, found=found)["events"]
    counts = ("cost", "reports", "claims", "voices", "findings", "open_findings")
    return _flat(told, "id", "class", "title", "start", "end", "places", "status", *counts, "address")


def _documents(asked: Asked) -> Sheet:
    told = answers.documents(asked.desk.account(), asked.get("q"), 0, _ALL, names=asked.names)["documents"]
    return _flat(told, "id", "source", "outlet", "title", "published", "language", "url", "claims", "unread", "address")


def _entities(asked: Asked) -> Sheet:
    account = asked.desk.account()
    told = answers.entities(account, asked.get("kind"), asked.get("q"), 0, _ALL, names=asked.names)["entities"]
    return _flat(told, "id", "kind", "name", "variants", "roles", "reports", "address")


def _entity(asked: Asked) -> Sheet:
    """A person's or body's roles, quotes and reports, one a row."""
    told = answers.entity(asked.desk.account(), asked.get("entity"), names=asked.names)
    rows = [{"what": "role", "text": r["role"], "given_by": r["given_by"]} for r in told["roles"]]
    rows += [{"what": "clash", "text": c["title"], "given_by": []} for c in told["clashes"]]
    rows += [{"what": "quote", "text": q["text"], "given_by": q["documents"]} for q in told["quotes"]]
    rows += [{"what": "report", "text": d, "given_by": []} for d in told["documents"]]
    return _flat(rows, "what", "text", "given_by")


def _place(asked: Asked) -> Sheet:
    told = answers.place(asked.desk.account(), asked.get("place"), names=asked.names)
    rows = [{"what": "spelling", "text": v} for v in told["variants"]]
    rows += [{"what": "event", "text": e["title"], "address": e["address"]} for e in told["events"]]
    rows += [{"what": "figure", "text": f["figure"], "value": f["value"], "state": f["state"], "address": f["address"]} for f in told["figures"]]
    rows += [{"what": "report", "text": d, "address": path("documents", d)} for d in told["documents"]]
    return _flat(rows, "what", "text", "value", "state", "address")


def _decisions(asked: Asked) -> Sheet:
    told = answers.decisions(asked.desk, names=asked.names)["decisions"]
    return _flat(told, "id", "when", "who", "kind", "words", "subject", "change", "why", "in_force", "idle")


def _log(asked: Asked) -> Sheet:
    account = asked.desk.account()
    lines = ({"when": line.when, "text": account.covered(line.text, asked.names)} for line in asked.desk.books.log())
    return _flat(lines, "when", "text")


def _coded(asked: Asked) -> Sheet:
    """An event under a convention: one row a row of the convention, its own columns."""
    coded, event = answers.recoded(asked.desk, asked.get("event"), asked.get("convention"), asked.get("as_of") or None)
    names = tuple(c.name for c in coded.columns)
    return Sheet(names, ({n: row.cell(n).value for n in names} for row in coded.of(event)))


def _items(asked: Asked) -> Sheet:
    """What was handed in, how it went, and what changed."""
    job = asked.jobs.get(asked.get("job"))
    if job is None:
        raise LookupError(asked.get("job"))
    account = asked.desk.account()
    rows: list[Row] = [
        {"what": "item", "text": i.name, "state": i.state, "documents": i.outcome.documents, "problems": i.outcome.problems, "notes": i.outcome.notes,
         "bytes": i.outcome.bytes, "sha256": i.outcome.sha256}
        for i in job.items
    ]  # fmt: skip
    rows += [{"what": "change", "text": account.covered(c.text, asked.names), "state": "", "documents": ()} for c in job.changes]
    return _flat(rows, "what", "text", "state", "documents", "problems", "notes", "bytes", "sha256")


def _beside(asked: Asked) -> Sheet:
    """Figures that two reports both tell."""
    told = answers.beside(asked.desk.account(), asked.get("here"), asked.get("there"), names=asked.names)
    return _flat(told["shared"], "figure", "here", "there", "agrees")


_VIEWS: Mapping[str, Callable[[Asked], Sheet]] = {
    "events": _events, "documents": _documents, "entities": _entities, "entity": _entity, "place": _place, "decisions": _decisions, "log": _log,
    "coded": _coded, "items": _items, "beside": _beside,
}  # fmt: skip
