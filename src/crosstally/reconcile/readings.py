"""Scope readings: when a figure worded for a part of the event ("striking Kyiv with 539 drones") is the event's own figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Event

from .cells import Cell, Figure


class Fold(msgspec.Struct, frozen=True):
    """A figure worded for ``place`` that stands as the event's own, because ``why``."""

    claim: str
    place: str
    why: str


def fold_places(
    figures: tuple[Figure, ...], event: Event, domain: Domain, parents: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Figure, ...], tuple[Fold, ...]]:
    """Figures with their scope widened where that alone makes them stand beside the event's own; and what was widened.

    A place figure is the event's own if it agrees exactly with an own figure of the same measure, or completes an own sum, or if none of
    its measure is the event's own and all name this one place. Districts are never widened: only places that the event itself names. A
    toll told of one place of a wide event is a part of the event's, and stays one; an event of a local class has but one place.
    """
    own = [f for f in figures if f.options[0].place is None and not f.words]
    local: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        place = figure.options[0].place
        if place is not None and place in event.places:
            local[(place, figure.claim.document)].append(figure)
    folds: dict[str, Fold] = {}
    balance = {name for name, measure in domain.measures.items() if measure.strand == "balance"}
    for (place, _document), rows in sorted(local.items()):
        fitting = [f for f in rows if f.exact and (f.low or 0) > 1 and _fits(f, own, domain)]
        for figure in fitting:
            folds[figure.id] = Fold(figure.id, place, "its value is the event's own")
        if any(f.options[0].measure in balance for f in fitting):
            # One report scopes its account once: what fits for one weapon holds for the others it tells beside it.
            for figure in rows:
                if figure.options[0].measure in balance and all(figure.agrees(o) for o in own if o.options[0] == _widened(figure)):
                    folds.setdefault(figure.id, Fold(figure.id, place, "told beside figures that are the event's own"))
    kind = domain.events.get(event.kind)
    one_place = kind is not None and kind.extent == "local"
    by_measure: dict[str, set[str | None]] = defaultdict(set)
    for figure in figures:
        by_measure[figure.options[0].measure].add(figure.options[0].place)
    for (place, _document), rows in sorted(local.items()):
        for figure in rows:
            measure = domain.measures.get(figure.options[0].measure)
            if measure is not None and measure.floor and measure.unit == "people" and not one_place:
                continue
            if figure.options[0].measure in balance and any(_outweighs(o, figure) for o in own if o.options[0].measure in balance):
                continue  # more was shot down over the country than this place says was launched: it speaks of the place alone
            if by_measure[figure.options[0].measure] == {place} and _main(place, event, parents):
                folds.setdefault(figure.id, Fold(figure.id, place, "no other scope is told"))
    widened = tuple(
        msgspec.structs.replace(f, options=tuple(_at_home(c, folds[f.id].place) for c in f.options)) if f.id in folds else f for f in figures
    )
    return widened, tuple(folds.values())


def _outweighs(own: Figure, local: Figure) -> bool:
    same = own.options[0].facets == local.options[0].facets and own.options[0].measure != local.options[0].measure
    return same and own.low is not None and local.high is not None and own.low > local.high


def _main(place: str, event: Event, parents: Mapping[str, tuple[str, ...]]) -> bool:
    """The event's chief place, or the first one named after it that lies inside it."""
    rest = [p for p in event.places[1:] if event.places[0] in parents.get(p, (event.places[0],))]
    return place == event.places[0] or rest[:1] == [place]


def _at_home(cell: Cell, place: str) -> Cell:
    return msgspec.structs.replace(cell, place=None) if cell.place == place else cell


def _widened(figure: Figure) -> Cell:
    return msgspec.structs.replace(figure.options[0], place=None)


def _fits(figure: Figure, own: Iterable[Figure], domain: Domain) -> bool:
    """True if the figure equals an own exact one of its cell, or an own whole less its own parts, or the sum of own parts."""
    cell = _widened(figure)
    same = {
        f.options[0]: f.low for f in own if f.exact and f.options[0].at(cell.measure, cell.facets) == cell and f.options[0].measure == cell.measure
    }
    if cell in same:
        return same[cell] == figure.low
    tree = domain.facets.get(domain.measures[cell.measure].dimension) if cell.measure in domain.measures else None
    if tree is None:
        return False
    member = cell.facets.get(tree.name, tree.root)
    for whole, parts in tree.partitions.items():
        values = {p: same.get(cell.at(facets=cell.facets.having(**{tree.name: None if p == tree.root else p}))) for p in (whole, *parts)}
        if member in parts and values[whole] is not None and all(values[p] is not None for p in parts if p != member):
            return (values[whole] or 0) - sum(values[p] or 0 for p in parts if p != member) == figure.low
        if member == whole and all(values[p] is not None for p in parts):
            return sum(values[p] or 0 for p in parts) == figure.low
    return False
