"""Marks in the account what rests on a person's decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.values import Assignment, Book, Claim, Decision, Standing, Tally

from .claims import Judged


def with_decisions(
    book: Book, taken: Sequence[Decision], judged: Judged, ruled: Iterable[tuple[str, tuple[str, ...], str]], idle: Mapping[str, str]
) -> Book:
    """The book with ``decisions``, and with the assignments and tallies that rest on them marked.

    ``taken``: those in force, in order. ``ruled``: of decisions on what is one, id, subjects as they are called now, and why idle. ``idle``:
    why a decision does nothing, for all others.
    """
    named = {id: (now, why) for id, now, why in ruled}
    idle = {**idle, **judged.idle, **{id: why for id, (_, why) in named.items() if why}}
    standing = tuple(Standing(d, named[d.id][0] if d.id in named else d.subject, idle.get(d.id, "")) for d in taken)
    rows = tuple(_assigned(row, judged) if row.claim in judged.about else row for row in book.assignments)
    order = {d.id: d.when for d in taken}
    of_event: dict[str, list[str]] = {}
    for row in standing:
        if row.decision.kind in ("same_event", "different_event") and not row.idle:
            for event in row.now:
                of_event.setdefault(event, []).append(row.decision.id)
    return msgspec.structs.replace(book, decisions=standing, assignments=rows, tallies=_tallies(book, judged, of_event, order))


def _assigned(row: Assignment, judged: Judged) -> Assignment:
    rejected = row.claim in judged.rejected
    return msgspec.structs.replace(
        row,
        decisions=judged.about[row.claim],
        rejected=rejected,
        voice=None if rejected else row.voice,
        reading=0 if rejected else row.reading,
        corrected=judged.corrected.get(row.claim),
    )


def _tallies(book: Book, judged: Judged, of_event: Mapping[str, list[str]], order: Mapping[str, str]) -> tuple[Tally, ...]:
    events = {a.claim: a.event for a in book.assignments if a.claim in judged.about}
    absent: dict[tuple[str | None, str], list[str]] = {}
    for claim in (c for c in book.claims if c.id in judged.about):
        if claim.id in judged.rejected or claim.id in judged.corrected:
            # The figure is what it is for the lack of this claim, as it was read.
            for measure in _measures(claim):
                absent.setdefault((events[claim.id], measure), []).extend(judged.about[claim.id])
    out = []
    for tally in book.tallies:
        found = {id for claim in (*tally.claims, *tally.derived_from) for id in judged.about.get(claim, ())}
        found |= {*tally.decisions, *of_event.get(tally.event, ()), *absent.get((tally.event, tally.measure), ())}
        ids = tuple(sorted(found, key=lambda id: (order[id], id)))
        out.append(msgspec.structs.replace(tally, decisions=ids) if ids != tally.decisions else tally)
    return tuple(out)


def _measures(claim: Claim) -> set[str]:
    return {claim.measure, *(r.measure for r in claim.readings)}
