"""Addresses within the page: every claim, figure, event, document and passage has one, safe whatever its id holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from crosstally.values import Span

Kind = Literal["claim", "event", "document", "passage"]
# Where something is shown: its kind, its id, its fragment, and for a passage its span.
Route = Callable[[Kind, str, str, Span | None], str]


def within(kind: Kind, id: str, fragment: str, span: Span | None) -> str:
    """Everything is on this page."""
    return f"#{fragment}"


class Anchors:
    """Turns ids into fragment names of letters, digits and hyphens; two ids never share one. ``route`` says on which page each stands."""

    def __init__(self, route: Route = within) -> None:
        self._route = route
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def _name(self, kind: str, id: str) -> str:
        key = (kind, id)
        if key not in self._given:
            plain = f"{kind}-" + "".join(ch if ch.isascii() and ch.isalnum() else "-" for ch in id)
            name, n = plain, 2
            while name in self._taken:
                name, n = f"{plain}-{n}", n + 1
            self._taken.add(name)
            self._given[key] = name
        return self._given[key]

    def claim(self, id: str) -> str:
        return self._name("c", id)

    def figure(self, key: str) -> str:
        return self._name("f", key)

    def event(self, id: str) -> str:
        return self._name("e", id)

    def document(self, id: str) -> str:
        return self._name("d", id)

    def passage(self, document: str, span: Span) -> str:
        """A place in a document that is no claim: words of a quote, a link or a finding."""
        return self._name("p", f"{document} {span.start}")

    def to_claim(self, id: str) -> str:
        return self._route("claim", id, self.claim(id), None)

    def to_event(self, id: str) -> str:
        return self._route("event", id, self.event(id), None)

    def to_document(self, id: str) -> str:
        return self._route("document", id, self.document(id), None)

    def to_passage(self, document: str, span: Span) -> str:
        return self._route("passage", document, self.passage(document, span), span)


def safe_address(url: str | None) -> str | None:
    """A web address that may stand in a link, or None: a report's metadata must not become a script."""
    if url is None:
        return None
    return url if url.strip().lower().startswith(("http://", "https://")) else None


def first(ids: Iterable[str], known: object) -> str | None:
    """The first id that is known, so that a link never leads nowhere."""
    return next((i for i in ids if i in known), None)  # type: ignore[operator]
