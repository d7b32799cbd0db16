"""How long the desk takes for each page on a large ledger: ``python -m bench.speed.desk [CLAIMS] [--paint]`` (100,000 by default).

The ledger is generated: the account of the example reports again and again, each copy with ids of its own and some days later. Each page
is asked for three times; "first" is the first of them (its parts not yet made), "again" the fastest of the others. Milliseconds in one
process, the network left out: wall time, and the time of the processor, which other work on the machine does not lengthen. With ``--paint``
it is instead when a reader first sees the page, in Chromium (``bench.speed.paint``). With 0 claims the ledger is the example reports alone.
Nothing here is asserted: the clock of a busy machine is no test.
"""

from __future__ import annotations

import re
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import crosstally
from crosstally.desk.ports import Change, Offer, Outcome
from crosstally.values import Book, Coded, Decision, Entry, HistoryLine, Hit, decode, encode

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
PORT = 8642
_ID = re.compile(r'(?<=")([a-z]{1,2}[0-9a-f]{10,12})\b')
_DAY = re.compile(r"\b(2025-\d\d-\d\d)\b")


def enlarged(book: Book, claims: int) -> Book:
    """The book repeated until it has so many claims."""
    times = max(1, -(-claims // len(book.claims)))
    text = encode(book).decode()
    copies = [_copy(text, n) for n in range(times)]
    joined: dict[str, Any] = {}
    for field in Book.__struct_fields__:
        if field != "as_of":
            joined[field] = tuple(value for copy in copies for value in getattr(copy, field))
    joined["sources"] = book.sources
    return Book(**joined)


def _copy(text: str, n: int) -> Book:
    if n == 0:
        return decode(text, Book)
    renamed = _ID.sub(lambda m: f"{m[1]}x{n}", text)
    return decode(_DAY.sub(lambda m: (date.fromisoformat(m[1]) + timedelta(days=3 * n)).isoformat(), renamed), Book)


class Held:
    """``desk.ports.Books`` over a book in hand, only to be looked at."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.name = "generated"

    def version(self) -> str:
        return "1"

    def book(self) -> Book:
        return self._book

    def as_of(self, moment: str, documents: frozenset[str] | None = None) -> Book:
        raise LookupError(moment)

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        return ()

    def take(self, offer: Offer) -> Outcome:
        return Outcome()

    def settle(self) -> tuple[Change, ...]:
        return ()

    def decide(self, kind: str, subject: Sequence[str], *, who: str, why: str = "", change: Sequence[tuple[str, str]] = ()) -> Decision:
        raise ValueError(kind)

    def decisions(self) -> tuple[Decision, ...]:
        return ()

    def log(self) -> tuple[HistoryLine, ...]:
        return ()

    def conventions(self) -> tuple[tuple[str, str], ...]:
        return (("ucdp", "UCDP GED"),)

    def recode(self, convention: str, book: Book) -> Coded:
        from crosstally.domain import load_domain
        from crosstally.reconcile.conventions import recode

        return recode(book, convention, load_domain())

    def history(self, event: str, book: Book) -> tuple[Entry, ...]:
        from crosstally.domain import load_domain
        from crosstally.export.history import history

        return history(book, event, load_domain(), None)


def large(claims: int) -> tuple[Book, dict[str, str]]:
    """A ledger of so many claims, and addresses of its pages by name."""
    with crosstally.read(EXAMPLES) as ledger:
        small = ledger.book
    book = enlarged(small, claims)
    heaviest = max(small.events, key=lambda e: len(e.documents))
    document = heaviest.documents[0]
    other = heaviest.documents[1]
    entity = next(e.id for e in small.entities if e.kind == "person")
    place = next(m.entity for m in small.mentions if m.kind == "place" and m.text == "Kyiv")
    return book, {
        "situation": "/", "situation, page 50": "/?page=50", "filtered": "/?kind=air_attack&place=kyiv&state=open", "event": f"/events/{heaviest.id}",
        "event under UCDP": f"/events/{heaviest.id}?convention=ucdp", "documents": "/documents", "document": f"/documents/{document}",
        "place": f"/places/{place}", "places": "/people?kind=place", "two documents": f"/documents/{document}?beside={other}", "people": "/people",
        "person": f"/people/{entity}",
        "decide": "/decide", "add": "/add",
        "api events": "/api/events?limit=50", "api event": f"/api/events/{heaviest.id}", "api claims": "/api/claims?limit=100",
        "api findings": "/api/findings?limit=50", "api entities": "/api/entities",
    }  # fmt: skip


def measure(claims: int) -> dict[str, tuple[float, float, float, float]]:
    """Page to milliseconds, first and again: on the wall, then of the processor."""
    from starlette.testclient import TestClient

    from crosstally.desk.web import create

    book, pages = large(claims)
    app = create(Held(book), PORT)
    client = TestClient(app, base_url=f"http://127.0.0.1:{PORT}")  # type: ignore[arg-type]
    start = time.perf_counter()
    client.get("/api")
    print(f"{_size(book)}; opened in {time.perf_counter() - start:.1f} s")
    found = {}
    for name, address in pages.items():
        times = []
        for _ in range(3):
            start, busy = time.perf_counter(), time.process_time()
            answer = client.get(address)
            times.append(((time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000))
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {answer.status_code}")
        again = min(times[1:])
        found[name] = (times[0][0], again[0], times[0][1], again[1])
    return found


def paint(claims: int) -> None:
    """Prints when each page is first seen."""
    from crosstally.desk.web import create

    from .paint import paints, served, table

    book, pages = large(claims)
    app = create(Held(book), PORT)
    print(_size(book))
    with served(app, PORT) as base:
        urllib.request.urlopen(f"{base}/api", timeout=600).read()  # the account opened, as at the start of a sitting
        for line in table(paints(base, {name: address for name, address in pages.items() if not address.startswith("/api")})):
            print(line, flush=True)


def _size(book: Book) -> str:
    return f"{len(book.claims):,} claims, {len(book.documents):,} reports, {len(book.events):,} events"


def main() -> None:
    given = [a for a in sys.argv[1:] if a != "--paint"]
    claims = int(given[0]) if given else 100_000
    if "--paint" in sys.argv:
        paint(claims)
        return
    print(f"{'page':<22}{'first':>10}{'again':>10}{'cpu first':>12}{'cpu again':>12}  ms")
    for name, (first, again, busy_first, busy_again) in measure(claims).items():
        print(f"{name:<22}{first:>10.1f}{again:>10.1f}{busy_first:>12.1f}{busy_again:>12.1f}")


if __name__ == "__main__":
    main()
