"""The history of an event: every figure in the order of the hours they are of, and what each did to the one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Book, Change, Claim, Entry, EntryKind, Event, Facets, Finding, Scope

from . import excerpts, wording
from .shelf import Shelf

ALL = "all"  # as a measure: every one
_Cell = tuple[str, Facets, Scope]
_Group = tuple[str, str, str, str]  # said, teller, value, what it speaks of

_PLAIN: Mapping[EntryKind, str] = {
    "first": "the first count told",
    "again": "told again",
    "beside": "another count beside it; nothing says which is the later",
    "update": "an update: a later count of the same thing",
    "correction": "a correction: the same count, told again with another value",
    "retraction": "a retraction: the figure was taken back",
    "transition": "a transition: people first counted elsewhere died or were found, and are counted once",
    "scope": "a change of scope: another place or period is counted",
    "definition": "a change of definition: something else is counted",
}
_ASIDE: Mapping[str, Change] = {"scope_mismatch": "scope", "definition_difference": "definition"}


def find_event(book: Book, id: str) -> Event | None:
    """The event of this id, or that had it before a join; else the only one whose id begins so."""
    exact = next((e for e in book.events if e.id == id or id in e.aliases), None)
    if exact is not None or not id:
        return exact
    begun = [e for e in book.events if e.id.startswith(id)]
    return begun[0] if len(begun) == 1 else None


def history(book: Book, event: str, domain: Domain | None = None, measure: str | None = None) -> tuple[Entry, ...]:
    """Entries of an event in order of time, those of no known time first; within one time by cell.

    ``measure``: one measure, ``"all"``, or None for every one that counts people. Raises LookupError for an event that the book has not.
    The time of an entry is the hour its figure is of where that is told, else when it was said; publication stands in only where a report
    tells neither.
    """
    found = find_event(book, event)
    if found is None:
        raise LookupError(event)
    shelf = Shelf(book)
    cells: dict[_Cell, list[Claim]] = defaultdict(list)
    held: set[str] = set()
    for tally in shelf.event_tallies(found.id):
        claims = [shelf.claims[c] for c in tally.claims if c in shelf.claims]
        cells[tally.measure, tally.facets, tally.scope] += claims
        held.update(c.id for c in claims)
    taken_back = _taken_back(shelf, found.id, held)
    for claim in taken_back:
        reading = shelf.reading(claim)
        cells[reading.measure, reading.facets, claim.scope].append(claim)
    rows = [
        entry
        for (name, facets, scope), claims in cells.items()
        if _wanted(name, measure, domain)
        for entry in _cell(shelf, found.id, (name, facets, scope), claims, frozenset(c.id for c in taken_back), domain)
    ]
    order = {name: n for n, name in enumerate(domain.measures)} if domain else {}
    return tuple(
        sorted(
            rows,
            key=lambda e: (
                _sorted(e.as_of or e.said_at),
                _sorted(e.said_at),
                order.get(e.measure, 999),
                e.scope.place or "",
                e.facets.notation(),
                e.scope.period,
                e.claims,
            ),
        )
    )


def _wanted(name: str, measure: str | None, domain: Domain | None) -> bool:
    if measure is None:
        return wording.measure(domain, name).strand == "human_cost"
    return measure in (ALL, name)


def _sorted(said: str | None) -> str:
    moment = wording.instant(said)
    return moment.isoformat() if moment else ""


def _clock(shelf: Shelf, claim: Claim) -> str:
    """The hour a figure is of where that is told, else when it was said."""
    return _sorted(claim.as_of or shelf.said_at(claim))


def _taken_back(shelf: Shelf, event: str, held: set[str]) -> list[Claim]:
    """Claims that stand in no tally because they only say that a figure is wrong."""
    ids = [
        c
        for f in shelf.event_findings(event)
        if f.kind == "revision" and f.change == "retraction"
        for c in f.claims
        if c in shelf.claims and c not in held
    ]
    return [shelf.claims[c] for c in dict.fromkeys(ids)]


def _cell(shelf: Shelf, event: str, cell: _Cell, claims: Iterable[Claim], taken_back: frozenset[str], domain: Domain | None) -> list[Entry]:
    """The entries of one cell in order, each with its kind and what it follows."""
    groups: dict[_Group, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (_clock(shelf, c), _sorted(shelf.said_at(c)), shelf.place_in_text(c))):
        groups[_group(shelf, claim)].append(claim)
    findings = [f for f in shelf.event_findings(event) if f.kind in ("revision", *_ASIDE)]
    told: dict[str, list[str]] = {}  # value -> claims, in order of telling
    used: set[tuple[int, str]] = set()
    out = []
    for rows in groups.values():
        value = _value(rows[0])
        kind, before = _kind(shelf, rows, findings, told, used, taken_back)
        follows = tuple(told.get(before, ())) if before is not None else ()
        out.append(_entry(shelf, event, cell, rows, kind, before, follows, domain))
        if kind != "retraction":
            told[value] = [*told.pop(value, []), *(c.id for c in rows)]
    return out


def _group(shelf: Shelf, claim: Claim) -> _Group:
    """Statements of one teller, time and value stand together: ten outlets that quote one briefing are one entry."""
    voice = shelf.voice_of(claim)
    teller = voice.id if voice is not None and voice.certain else claim.speaker.name if claim.speaker else shelf.outlet(claim.document)
    return (_sorted(shelf.said_at(claim)), teller, _value(claim), claim.as_of or "")


def _value(claim: Claim) -> str:
    return claim.quantity.notation() if claim.quantity else "?"


def _kind(
    shelf: Shelf, rows: list[Claim], findings: list[Finding], told: dict[str, list[str]], used: set[tuple[int, str]], taken_back: frozenset[str]
) -> tuple[EntryKind, str | None]:
    """What an entry does to what was told before, as the findings have it, and the value it follows."""
    ids, value = {c.id for c in rows}, _value(rows[0])
    if ids & taken_back:
        return "retraction", value if value in told else next(reversed(told), None)
    for at, finding in enumerate(findings):
        if finding.kind != "revision" or finding.change is None or not ids.intersection(finding.claims) or (at, value) in used:
            continue
        stations = [v for v, earlier in told.items() if v != value and set(earlier).intersection(finding.claims)]
        if stations:
            used.add((at, value))
            return finding.change, stations[-1]
    alike = value if value in told else next((v for v, earlier in told.items() if _alike(shelf.claims[earlier[0]], rows[0])), None)
    if alike is not None:
        return "again", alike
    if told:
        last = next(reversed(told))
        return "beside", last
    for finding in findings:
        change = _ASIDE.get(finding.kind)
        if change is None or not ids.intersection(finding.claims):
            continue
        now = _clock(shelf, rows[0])
        others = [shelf.claims[c] for c in finding.claims if c in shelf.claims and c not in ids]
        earlier = [c for c in others if c.quantity is not None and (then := _clock(shelf, c)) and then < now]
        if earlier:
            return change, _value(max(earlier, key=lambda c: (_clock(shelf, c), c.id)))
    return "first", None


def _alike(a: Claim, b: Claim) -> bool:
    """ "At least 23" and 23 say one thing."""
    one, two = a.quantity, b.quantity
    return one is not None and two is not None and one.is_number and one.low == two.low and one.agrees(two)


def _entry(
    shelf: Shelf, event: str, cell: _Cell, rows: list[Claim], kind: EntryKind, before: str | None, follows: tuple[str, ...], domain: Domain | None
) -> Entry:
    measure, facets, scope = cell
    first = rows[0]
    voice = shelf.voice_of(first)
    entry = Entry(
        event=event,
        kind=kind,
        measure=measure,
        facets=facets,
        scope=scope,
        quantity=first.quantity,
        said_at=shelf.said_at(first) or None,
        stated=first.said_at is not None,
        as_of=first.as_of,
        window=first.window,
        speaker=excerpts.speaker(first) if first.speaker else "",
        channel=first.channel,
        voice=voice.id if voice else None,
        documents=tuple(dict.fromkeys(c.document for c in rows)),
        claims=tuple(dict.fromkeys(c.id for c in rows)),
        before=before,
        follows=follows,
    )
    return msgspec.structs.replace(entry, explanation=_sentence(shelf, entry, domain))


def _sentence(shelf: Shelf, entry: Entry, domain: Domain | None) -> str:
    """ "Killed 10 (14 before), by the mayor on 4 July: a correction: ..." """
    place = f" in {shelf.place_names.get(entry.scope.place, entry.scope.place)}" if entry.scope.place else ""
    value = wording.quantity(entry.quantity) if entry.quantity else "?"
    was = f" ({entry.before} before)" if entry.before is not None and entry.before != entry.notation() else ""
    when = wording.when(entry.said_at)
    by = entry.speaker or ", ".join(dict.fromkeys(shelf.outlet(d) for d in entry.documents[:1]))
    said = f", {when}" + ("" if entry.stated else " (published)") if when else ", time not told"
    said += f", as of {wording.when(entry.as_of)}" if entry.as_of else ""
    return f"{wording.figure(domain, entry.measure, entry.facets)}{place} {value}{was}, by {by}{said}: {_PLAIN[entry.kind]}."


def plain_kind(kind: EntryKind) -> str:
    """What a kind of entry means, in plain words."""
    return _PLAIN[kind]


__all__ = ["ALL", "find_event", "history", "plain_kind"]
