"""The account as the desk shows it: one version of the book with its indexes, victims' names covered unless asked for."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from crosstally.domain.model import Domain
from crosstally.export.shelf import Shelf
from crosstally.export.toll import toll
from crosstally.export.victims import victims
from crosstally.export.withhold import COVER, cover
from crosstally.values import Book, Entity, Event, Link

from .mapdraw import borders
from .places import Gazette
from .ports import Books
from .rows import EventRow, rows_of
from .slices import Stock

T = TypeVar("T")
_MANY = 20_000  # claims from which the collector would be felt
_KEPT = 64  # finished parts kept for pages that are opened again


class Account:
    """One version of a book. Parts of it that pages show are made at first use and kept."""

    def __init__(self, book: Book, domain: Domain, version: str) -> None:
        self.stock, self.domain, self.version = Stock(book), domain, version
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._cost: dict[str, tuple[tuple[str, str], ...]] = {}
        self._lock = threading.RLock()

    @property
    def book(self) -> Book:
        return self.stock.book

    @property
    def shelf(self) -> Shelf:
        return self.stock.shelf

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Entities named among the dead and wounded."""
        return victims(self.book, self.domain)

    @cached_property
    def rows(self) -> tuple[EventRow, ...]:
        """One row an event, in order of time."""
        return rows_of(self)

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """Ids of all reports, oldest first."""
        return self.shelf.in_order(self.shelf.documents)

    @cached_property
    def named(self) -> tuple[tuple[Entity, int, str], ...]:
        """People, bodies and places, with how many reports name each, most named first, and their spellings for the search."""
        naming = self.stock.documents_naming
        found = [(e, len(naming.get(e.id, ()))) for e in self.book.entities]
        found += [(e, self.gazette.reports(e.id)) for e in self.gazette.entities.values()]
        found.sort(key=lambda pair: (-pair[1], pair[0].name, pair[0].id))
        return tuple((e, n, " ".join((e.name, *e.variants)).casefold()) for e, n in found)

    @cached_property
    def gazette(self) -> Gazette:
        """Places by id, with what is told of each."""
        return Gazette(self)

    @cached_property
    def links_from(self) -> Mapping[str, tuple[Link, ...]]:
        found: defaultdict[str, list[Link]] = defaultdict(list)
        for situation in self.book.situations:
            for link in situation.links:
                found[link.source].append(link)
        return {event: tuple(links) for event, links in found.items()}

    @cached_property
    def strand_of(self) -> Mapping[str, str]:
        """Event to its strand of the situation; events of no strand are not here."""
        return {event: strand for s in self.book.situations for strand, events in s.strands for event in events}

    @cached_property
    def row_strand(self) -> Mapping[str, str]:
        return {r.event.id: r.strand for r in self.rows}

    @cached_property
    def _hidden_by_document(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self.hidden:
            for document in self.stock.documents_naming.get(entity, ()):
                found[document].add(entity)
        return {document: frozenset(entities) for document, entities in found.items()}

    def hidden_in(self, documents: Iterable[str]) -> frozenset[str]:
        """Entities named among the dead and wounded that these documents name."""
        return frozenset(e for d in documents for e in self._hidden_by_document.get(d, ()))

    def cost(self, event: Event) -> tuple[tuple[str, str], ...]:
        """The event's dead and wounded, as figure and word: what its own page says at its head."""
        if event.id not in self._cost:
            told = toll(self.shelf, self.domain, event)
            self._cost[event.id] = tuple((h.value, h.title.lower()) for h in told.heads) if told else ()
        return self._cost[event.id]

    @cached_property
    def _hidden_names(self) -> Any:
        """Finds full names of the hidden in any text; None where there are none."""
        import ahocorasick

        found = ahocorasick.Automaton()
        for entity in self.hidden:
            for name in (self.shelf.entities[entity].name, *self.shelf.entities[entity].variants) if entity in self.shelf.entities else ():
                if len(name.split()) > 1:
                    found.add_word(name, len(name))
        if not len(found):
            return None
        found.make_automaton()
        return found

    def covered(self, text: str, names: bool = False) -> str:
        """A line of the log, of changes or of a title, with full names of the dead and wounded covered unless ``names``."""
        finder = None if names else self._hidden_names
        if finder is None:
            return text
        letters = list(text)
        for end, length in finder.iter(text):
            for at in range(end - length + 1, end + 1):
                letters[at] = letters[at] if letters[at].isspace() else COVER
        return "".join(letters)

    def warm(self) -> Account:
        """Builds every index now, so that no page waits for them."""
        _ = self.hidden, self._hidden_names, self.rows, self.stock.unread_in, self.stock.mentions_in, self.stock.claims_in, self.stock.lineage_of
        _ = (
            self.named,
            self.ordered,
            self.links_from,
            self.strand_of,
            self.row_strand,
            self._hidden_by_document,
            self.stock.documents_naming,
            self.stock.events_of,
            self.shelf.claims,
            self.shelf.told,
            self.shelf.figures_in,
            self.shelf.reports_of,
        )
        borders()
        self.stock.part(d.id for d in self.book.documents[:1])
        if len(self.book.claims) > _MANY:
            gc.collect()
            gc.freeze()  # values that live as long as the account: the collector need not walk them between pages
        return self

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gave for ``key``, made once while it is among the last ones used."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def event(self, id: str) -> Event:
        """An event by its id or one it had before. Raises LookupError."""
        return self.stock.event_named[id]

    def event_book(self, event: Event, *, names: bool) -> Book:
        """The part an event's page shows, victims' names covered unless ``names``."""
        return self.kept(("event", event.id, names), lambda: self.shown(self.stock.event(event), names))

    def documents_book(self, documents: tuple[str, ...], *, names: bool) -> Book:
        """Some documents and all that was read in them, with tallies of the events they tell."""
        tallied = tuple(dict.fromkeys(e.id for d in documents for e in self.stock.events_of.get(d, ())))
        return self.kept(("documents", documents, names), lambda: self.shown(self.stock.part(documents, tallied), names))

    def whole(self, *, names: bool) -> Book:
        """All of the book, victims' names covered unless ``names``."""
        return self.kept(("all", names), lambda: self.shown(self.book, names))

    def shown(self, book: Book, names: bool) -> Book:
        return book if names else cover(book, self.hidden)


class Desk:
    """Holds the account now in force and renews it when the ledger changes."""

    def __init__(self, books: Books, domain: Domain) -> None:
        self.books, self.domain = books, domain
        self._account: Account | None = None
        self._lock = threading.Lock()

    def account(self) -> Account:
        version = self.books.version()
        with self._lock:
            if self._account is None or self._account.version != version:
                self._account = Account(self.books.book(), self.domain, self.books.version()).warm()
            return self._account

    def account_of(self, event: str, moment: str | None) -> Account:
        """The account, or what of this event's reports was out at ``moment``. LookupError, or ValueError for no ISO time."""
        account = self.account()
        if not moment:
            return account
        documents = frozenset(account.event(event).documents)

        def cut() -> Account:
            return Account(self.books.as_of(moment, documents), self.domain, f"{account.version} {moment}")

        return account.kept(("as of", event, moment), cut)
