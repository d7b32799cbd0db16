"""The situation as days and strands: what happened beside what, and the links that reports themselves assert."""

from __future__ import annotations

from dataclasses import dataclass

from crosstally.domain.model import Domain
from crosstally.values import Event, Evidence, Link, Situation

from . import wording
from .shelf import Shelf

NO_DAY = "time not told"
_LINK = {
    "after": "after",
    "before": "before",
    "during": "during",
    "same_day": "on the same day as",
    "consecutive": "in a row with",
    "caused_by": "because of",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A link in a report's own words: ``relation`` in plain words, to ``target``."""

    relation: str
    target: Event
    words: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    event: Event
    when: str
    figures: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One row: entries by strand, in the order of the timeline's strands."""

    label: str
    cells: tuple[tuple[Entry, ...], ...]

    def spans(self) -> tuple[tuple[int, int, tuple[Entry, ...]], ...]:
        """The row as it is drawn: number of the strand, columns taken, entries. An entry runs on over empty columns to its right, so that a
        title need not break into many short lines."""
        held = [n for n, cell in enumerate(self.cells) if cell]
        starts = held if held and held[0] == 0 else [0, *held]
        ends = [*starts[1:], len(self.cells)]
        return tuple((n, end - n, self.cells[n]) for n, end in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Timeline:
    title: str
    strands: tuple[str, ...]
    days: tuple[Day, ...]

    def busiest(self) -> int | None:
        """Number of the strand with the most words that cannot run on over an empty column, which is drawn wider; None where all can."""
        told = [0] * len(self.strands)
        for at, columns, cell in (drawn for day in self.days for drawn in day.spans()):
            if columns == 1:
                told[at] += sum(len(e.event.title) + sum(len(t.words) + len(t.target.title) for t in e.ties) for e in cell)
        return told.index(max(told)) if len(told) > 1 and any(told) else None


def timeline(shelf: Shelf, domain: Domain | None, situation: Situation) -> Timeline:
    """The situation's events by day and strand. An event of no strand stands under its class's, else under "other"."""
    strand_of = {event: strand for strand, events in situation.strands for event in events}
    events = [shelf.events[e] for e in situation.events if e in shelf.events]
    for event in events:
        declared = domain.events.get(event.kind) if domain else None
        strand_of.setdefault(event.id, declared.strand if declared else "other")
    strands = tuple(dict.fromkeys([s for s, members in situation.strands if members] + [strand_of[e.id] for e in events]))
    dated = sorted(
        events,
        key=lambda e: (wording.instant(e.window.start if e.window else None) is None, (e.window.start if e.window else "") or "", e.id),
    )
    labels = {e.id: _day(e) for e in dated}
    days = []
    for label in dict.fromkeys(labels[e.id] for e in dated):
        today = [e for e in dated if labels[e.id] == label]
        cells = tuple(tuple(_entry(shelf, situation, e) for e in today if strand_of[e.id] == strand) for strand in strands)
        days.append(Day(label, cells))
    return Timeline(situation.title, strands, tuple(days))


def by_target(ties: tuple[Tie, ...]) -> tuple[tuple[Event, tuple[Tie, ...]], ...]:
    """Links to one event together, in the order in which they are told."""
    targets = {t.target.id: t.target for t in ties}
    return tuple((target, tuple(t for t in ties if t.target.id == id)) for id, target in targets.items())


def _day(event: Event) -> str:
    """The day an event began. A night belongs to the day on which it began."""
    start = wording.instant(event.window.start if event.window else None)
    return wording.day(start, True) if start else NO_DAY


def _entry(shelf: Shelf, situation: Situation, event: Event) -> Entry:
    ties = tuple(t for link in situation.links if link.source == event.id and (t := _tie(shelf, link)) is not None)
    return Entry(event, wording.window(event.window), len(shelf.event_claims(event.id)), ties)


def _tie(shelf: Shelf, link: Link) -> Tie | None:
    target = shelf.events.get(link.target)
    return None if target is None else Tie(_LINK.get(link.kind, link.kind.replace("_", " ")), target, link.words, link.evidence)
