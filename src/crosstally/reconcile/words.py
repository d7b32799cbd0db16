"""Plain sentences for figures, cells and findings; sums in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.model import Domain
from crosstally.values import Claim, Document, Evidence

from .cells import Cell, Figure
from .times import day

_ASIDE = re.compile(r"\s*\([^)]*\)")


def name(cell: Cell, domain: Domain) -> str:
    """ "drones shot down", "children killed", "schools damaged", "duration" """
    measure = domain.measures.get(cell.measure)
    if measure is None:
        return cell.measure.replace("_", " ")
    title = _ASIDE.sub("", measure.title).lower()
    tree = domain.facets.get(measure.dimension)
    nouns: list[str] = []
    asides: list[str] = []
    for facet, member in cell.facets.items():
        other = domain.facets.get(facet)
        word = other.title(member) if other is not None else member.replace("_", " ")
        (nouns if facet == measure.dimension else asides).append(word)
    if not nouns and measure.unit == "people":
        nouns = ["people"]
    elif not nouns and tree is not None and tree.root:
        nouns = [tree.title(tree.root)]
    text = " ".join([*nouns, title]) if nouns else title
    return text + (f" ({', '.join(asides)})" if asides else "") + (f" in {place_name(cell.place)}" if cell.place else "")


@lru_cache(maxsize=1024)
def place_name(place: str) -> str:
    """A place's name for a reader: the gazetteer's, else the words its id was made of."""
    known = load_gazetteer().get(place)
    if known is not None:
        return f"the {known.name} region" if known.kind == "region" and len(known.name.split()) == 1 else known.name
    return place.removeprefix("name:").replace("_", " ").title() if place.startswith("name:") else place


def short(cell: Cell, domain: Domain) -> str:
    """The measure alone: "shot down"."""
    measure = domain.measures.get(cell.measure)
    return _ASIDE.sub("", measure.title).lower() if measure else cell.measure.replace("_", " ")


def amount(figure: Figure) -> str:
    """The figure as it was said, for a reader: "at least 23", "270", "dozens"."""
    quantity = figure.claim.quantity
    if figure.addends:
        return interval(figure.low, figure.high)
    if quantity is None:
        return figure.claim.label or figure.claim.text
    if quantity.hedge in ("vague", "share") or not quantity.is_number:
        return quantity.raw or figure.claim.text
    low, high = figure.low, figure.high
    unit = f" {quantity.unit}s" if quantity.unit in ("hour", "minute", "day") else ""
    if low is not None and low == high:
        return ("around " if quantity.hedge == "around" else "") + number(low) + unit
    if high is None:
        return (f"more than {number(low - 1)}" if quantity.hedge == "more_than" and low else f"at least {number(low)}") + unit
    if low in (None, 0):
        return f"up to {number(high)}{unit}"
    return f"{number(low)} to {number(high)}{unit}"


def number(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def interval(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "not known"
    if low == high:
        return number(low)
    if high is None:
        return f"{number(low)} or more"
    return f"up to {number(high)}" if not low else f"{number(low)} to {number(high)}"


def teller(figure: Figure, documents: Mapping[str, Document]) -> str:
    """Who says it: the speaker, else the outlet."""
    origin = figure.origin
    if origin.name:
        return origin.name
    return outlet(figure.claim, documents)


def outlet(claim: Claim, documents: Mapping[str, Document]) -> str:
    """Who published the claim, as a reader knows them: the source's name, else the report's file."""
    return publisher(documents.get(claim.document))


def publisher(document: Document | None) -> str:
    if document is None:
        return "a report"
    if document.source != "unknown":
        return document.source
    return f"report {PurePath(document.path).name if document.path else document.title or document.id}"


def told(figures: Sequence[Figure], documents: Mapping[str, Document]) -> str:
    """ "270 by Air Force (4 July) and the Courier (5 July); 290 by ..."; tellers of one amount are joined."""
    by_amount: dict[str, dict[str, None]] = {}
    for figure in figures:
        when = day(figure.claim.as_of or figure.said)
        who = teller(figure, documents) + (f" ({when})" if when else "")
        by_amount.setdefault(amount(figure), {}).setdefault(who)
    return "; ".join(f"{text} by {join([*list(who)[:3], *(['others'] if len(who) > 3 else [])])}" for text, who in by_amount.items())


def evidence(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(Evidence(c.document, c.span) for c in claims))


def join(parts: Sequence[str], last: str = "and") -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def sum_line(terms: Sequence[tuple[int, int]], total: int, relation: str = "=") -> str:
    """ "270 - 2 + 208 = 476"; zero terms are left out unless all are."""
    shown = [(s, v) for s, v in terms if v] or list(terms[:1])
    shown.sort(key=lambda t: -t[0]) if shown and shown[0][0] < 0 else None
    text = ""
    for i, (sign, value) in enumerate(shown):
        text += (("" if sign > 0 else "-") if i == 0 else (" + " if sign > 0 else " - ")) + number(value)
    return f"{text} {relation} {number(total)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
