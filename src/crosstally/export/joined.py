"""Why reports are taken for one event, and why others that look like it are not, in words a reader knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crosstally.domain.model import Domain
from crosstally.values import Event, Facets

from . import wording
from .shelf import Shelf

_FIGURE = re.compile(r"([\w ]+?) \((\w+=\w+(?:,\w+=\w+)*)\)")
_NUMBERS = re.compile(r"^([\d,]+(?: against [\d,]+)? )(.+)$")
_WORD = re.compile(r"[\w-]+")
_MADE = re.compile(r"d[0-9a-f]{12}$")  # an id made from content; an id that a person gave may be a word of the language


def joined(domain: Domain | None, event: Event) -> tuple[tuple[str, int], ...]:
    """The reasons of the joins that hold, those of most joins first."""
    found: Counter[str] = Counter()
    for join in event.joins:
        if not join.refused:
            found.update({_plain(domain, part) for part in join.reason.split("; ") if part})
    return tuple(sorted(found.items(), key=lambda f: (-f[1], f[0])))


@dataclass(frozen=True, slots=True)
class Apart:
    """An event that looks like this one and is another: its id and title ("" where the book at hand lacks it), the reports (ids) that are
    closest, and ``why`` they are not one event."""

    event: str
    title: str
    documents: tuple[str, ...]
    why: str


def apart(shelf: Shelf, domain: Domain | None, event: Event) -> tuple[Apart, ...]:
    """The joins that were refused, the closest first; what a person told apart stands before all others."""
    found = []
    for join in sorted((j for j in event.joins if j.refused), key=lambda j: (j.score > 0, -j.score, j.documents)):
        other = next((shelf.events[id] for id in shelf.refused_at.get(join, ()) if id != event.id), None)
        why = "; ".join(_plain(domain, part) for part in join.reason.split("; "))
        found.append(Apart(other.id if other else "", other.title if other else "", shelf.in_order(join.documents), why))
    return tuple(found)


def _plain(domain: Domain | None, reason: str) -> str:
    """``208 suppressed (weapon=drone)`` as ``208 lost or suppressed: drones``; how alike the wording is, in hundredths."""
    return _FIGURE.sub(lambda m: _figure(domain, m[1], m[2]), reason)


def _figure(domain: Domain | None, told: str, facets: str) -> str:
    number = _NUMBERS.match(told)
    measure = (number[2] if number else told).replace(" ", "_")
    if domain is None or measure not in domain.measures:
        return f"{told} ({facets})"
    members: Mapping[str, str] = dict(part.split("=", 1) for part in facets.split(","))
    words = wording.figure(domain, measure, Facets(members))
    return f"{number[1] if number else ''}{words[:1].lower()}{words[1:]}"


def named(shelf: Shelf, text: str) -> str:
    """The text with the reports that it means by their ids called by their outlets; one that the book at hand lacks is another report."""
    return _WORD.sub(lambda m: (shelf.outlet(m[0]) if m[0] in shelf.documents else "another report") if _MADE.match(m[0]) else m[0], text)
