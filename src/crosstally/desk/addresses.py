"""The address of everything the desk shows. A fragment names the place on the page, so that a figure leads to its very words."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from crosstally.export.page.anchors import Anchors, Kind, Route
from crosstally.export.shelf import Shelf
from crosstally.values import Span


def path(*parts: str) -> str:
    """``/documents/d1``: each part escaped, whatever an id holds."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def address(where: str, query: Mapping[str, str | int | None] | None = None, fragment: str = "") -> str:
    given = {k: str(v) for k, v in (query or {}).items() if v not in (None, "", 0)}
    return where + (f"?{urlencode(given)}" if given else "") + (f"#{fragment}" if fragment else "")


def to_claim(shelf: Shelf, id: str, fragment: str = "", **query: str | None) -> str:
    """Its document, with the claim opened beside the text."""
    claim = shelf.claims.get(id)
    if claim is None:
        return path("claims", id)
    return address(path("documents", claim.document), {"claim": id, **query}, fragment)


def desk_route(shelf: Shelf, names: bool = False) -> Route:
    """Where the one-page report's links lead when each thing has a page of its own."""
    shown = {"names": "1"} if names else {}

    def route(kind: Kind, id: str, fragment: str, span: Span | None) -> str:
        if kind == "claim":
            return to_claim(shelf, id, fragment, **shown)
        if kind == "event":
            return address(path("events", id), shown)
        if span is not None:
            return address(path("documents", id), {"at": f"{span.start}-{span.end}", **shown}, "at")
        return address(path("documents", id), shown)

    return route


def anchors(shelf: Shelf, names: bool = False) -> Anchors:
    return Anchors(desk_route(shelf, names))
