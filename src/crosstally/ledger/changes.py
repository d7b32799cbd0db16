"""What a new account says that the one before it did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from crosstally.values import Book, Event, Finding, Tally

from .common import report_name

ChangeKind = Literal[
    "documents", "event_new", "event_told", "event_joined", "event_gone", "tally_new", "tally_moved", "tally_gone",
    "finding_new", "finding_changed", "finding_gone",
]  # fmt: skip


class ChangeLine(msgspec.Struct, frozen=True):
    """One change in plain words (``str(line)``). ``event`` as it is named now; ``claims`` and ``documents`` that brought the change.

    ``before`` and ``after`` are notations of a tally ("23", "1+"), None where there is none.
    """

    kind: ChangeKind
    text: str
    event: str | None = None
    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None

    def __str__(self) -> str:
        return self.text


def what_changed(before: Book | None, after: Book) -> tuple[ChangeLine, ...]:
    """Lines in the order a person reads them: reports that came, then event by event what is new, what moved, what was found, what is gone.

    An event is followed across joins by its aliases, and else by the tellings it holds. Equal books give no line.
    """
    return tuple(_Comparison(before or Book(), after).lines())


def moved_lines(before: Book | None, after: Book) -> tuple[tuple[str, str], ...]:
    """The same for the history: event ("" for none) and line."""
    return told(what_changed(before, after))


def told(lines: Iterable[ChangeLine]) -> tuple[tuple[str, str], ...]:
    """Event ("" for none) and words of each line."""
    return tuple((line.event or "", str(line)) for line in lines)


class _Comparison:
    def __init__(self, before: Book, after: Book) -> None:
        self.before, self.after = before, after
        self.sources = {source.id: source for source in after.sources}
        self.reports = {document.id: document for document in after.documents}
        self._places: dict[str, str] | None = None
        self.claim_documents: Mapping[str, str] = {claim.id: claim.document for claim in after.claims}
        self.now = _follow(before.events, after.events)  # event id before -> event id now
        self.olds: dict[str, list[Event]] = {}  # event id now -> the events it was before
        old_events = {event.id: event for event in before.events}
        for old, now in self.now.items():
            self.olds.setdefault(now, []).append(old_events[old])

    def lines(self) -> Iterator[ChangeLine]:
        old_documents = {document.id for document in self.before.documents}
        new = tuple(document.id for document in self.after.documents if document.id not in old_documents)
        if new:
            count = "1 report" if len(new) == 1 else f"{len(new)} reports"
            yield ChangeLine("documents", f"{count} came in: {self._told(new)}", documents=new)
        old_tallies = _tallies(self.before.tallies, self.now)
        new_tallies = _tallies(self.after.tallies, {})
        for event in self.after.events:
            figures = new_tallies.get(event.id, {})
            yield from self._event(event, figures.values())
            if event.id in self.olds:
                yield from self._figures(event, old_tallies.get(event.id, {}), figures)
        yield from self._findings()
        for event in self.before.events:
            if event.id not in self.now:
                yield ChangeLine("event_gone", f"no longer an event: {_title(event)}", event=event.id)

    def _event(self, event: Event, tallies: Iterable[Tally]) -> Iterator[ChangeLine]:
        olds = self.olds.get(event.id, [])
        if not olds:
            figures = [f"{self._measure(t)} {t.notation()}" for t in tallies if not t.facets][:4]
            told = f"told by {self._told(event.documents)}" if event.documents else ""
            detail = "; ".join(part for part in (told, ", ".join(figures)) if part)
            yield ChangeLine("event_new", f"new event: {_title(event)}" + (f" ({detail})" if detail else ""), event.id, (), event.documents)
            return
        if len(olds) > 1:
            names = " and ".join(f"“{_title(old)}”" for old in olds)
            yield ChangeLine("event_joined", f"{names} are now one event: {_title(event)}", event.id)
        before = {document for old in olds for document in old.documents}
        came = tuple(document for document in event.documents if document not in before)
        if came:
            text = f"{_title(event)}: now also told by {self._told(came)}"
            yield ChangeLine("event_told", text, event.id, (), came)

    def _figures(self, event: Event, old: Mapping[_Cell, Tally], new: Mapping[_Cell, Tally]) -> Iterator[ChangeLine]:
        for cell, tally in new.items():
            was = old.get(cell)
            if was is None:
                yield self._figure("tally_new", event, tally, tally, f"{self._measure(tally)}: {_value(tally)}, not told before")
            elif (was.low, was.high, was.words, was.state) != (tally.low, tally.high, tally.words, tally.state):
                stated = was.notation() == tally.notation()  # the figure stands, how well it is held changed
                words = f"{_value(was, stated)} -> {_value(tally, stated)}"
                yield self._figure("tally_moved", event, was, tally, f"{self._measure(tally)}: {words}")
        for cell, was in old.items():
            if cell not in new:
                text = f"{_title(event)}: {self._measure(was)}: {_value(was)}, no longer held"
                yield ChangeLine("tally_gone", text, event.id, before=was.notation())

    def _figure(self, kind: ChangeKind, event: Event, was: Tally, tally: Tally, words: str) -> ChangeLine:
        fresh = kind == "tally_new"
        used = (*tally.claims, *tally.derived_from)
        earlier = set() if fresh else {*was.claims, *was.derived_from}
        claims = tuple(dict.fromkeys(claim for claim in used if claim not in earlier))
        documents = tuple(dict.fromkeys(self.claim_documents[claim] for claim in claims if claim in self.claim_documents))
        by = f", by {self._told(documents)}" if documents else ""
        return ChangeLine(kind, f"{_title(event)}: {words}{by}", event.id, claims, documents, None if fresh else was.notation(), tally.notation())

    def _findings(self) -> Iterator[ChangeLine]:
        rest: dict[_Subject, list[Finding]] = {}
        for old in self.before.findings:
            rest.setdefault(_subject(old, self.now.get(old.event or "", old.event)), []).append(old)
        matched: set[int] = set()
        for finding in self.after.findings:
            olds = rest.get(_subject(finding, finding.event), [])
            was = _match(finding, olds)
            if was is None:
                yield self._finding("finding_new", "new", finding)
            else:
                olds.remove(was)
                matched.add(id(was))
                if was.explanation != finding.explanation:
                    yield self._finding("finding_changed", "changed", finding)
        for was in self.before.findings:
            if id(was) not in matched:
                yield self._finding("finding_gone", "no longer", was)

    def _finding(self, kind: ChangeKind, word: str, finding: Finding) -> ChangeLine:
        documents = tuple(dict.fromkeys(evidence.document for evidence in finding.spans))
        text = f"{word} {finding.kind.replace('_', ' ')}: {finding.explanation}"
        return ChangeLine(kind, text, self.now.get(finding.event or "", finding.event), finding.claims, documents)

    def _told(self, documents: Iterable[str]) -> str:
        held = [(id, self.reports.get(id)) for id in documents]
        names = [report_name(report, self.sources.get(report.source)) if report else id for id, report in held]
        return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

    def _measure(self, tally: Tally) -> str:
        """ "shot down (drone)", "killed (Odesa)": measure, facet members and scope in words."""
        parts = [member.replace("_", " ") for member in tally.facets.values()]
        if tally.scope.place:
            parts.append(self._place(tally.scope.place))
        if tally.scope.period != "event":
            parts.append("per day" if tally.scope.period == "per_day" else f"this {tally.scope.period}")
        if tally.scope.cumulative:
            parts.append("running total")
        return tally.measure.replace("_", " ") + (f" ({', '.join(parts)})" if parts else "")

    def _place(self, id: str) -> str:
        """A place by its name: as the claims give it, else the gazetteer's, else the words its id was made of."""
        if self._places is None:
            held = (claim.place for book in (self.before, self.after) for claim in book.claims)
            self._places = {place.id: place.name for place in held if place is not None}
        if id not in self._places:
            from crosstally.domain.gazetteer import load_gazetteer

            known = load_gazetteer().get(id)
            self._places[id] = known.name if known is not None else _spelled(id)
        return self._places[id]


_Cell = tuple[str, object, object]
_Subject = tuple[str, str | None, str | None, str | None, str | None]


def _subject(finding: Finding, event: str | None) -> _Subject:
    """What a finding is about; ``event``: its event, as it is called now."""
    return (finding.kind, finding.measure, finding.entity, finding.change, event)


def _match(finding: Finding, olds: list[Finding]) -> Finding | None:
    """The earlier telling of a finding among those of the same kind about the same thing: the one with the most claims in common."""
    alike = [
        old for old in olds if old.explanation == finding.explanation or set(old.claims) & set(finding.claims) or not (old.claims or finding.claims)
    ]
    return max(alike, key=lambda old: (old.explanation == finding.explanation, len(set(old.claims) & set(finding.claims))), default=None)


def _tallies(tallies: Iterable[Tally], now: Mapping[str, str]) -> dict[str, dict[_Cell, Tally]]:
    by_event: dict[str, dict[_Cell, Tally]] = {}
    for tally in tallies:
        by_event.setdefault(now.get(tally.event, tally.event), {})[(tally.measure, tally.facets, tally.scope)] = tally
    return by_event


def _follow(before: Iterable[Event], after: Iterable[Event]) -> dict[str, str]:
    """Event ids before to event ids now."""
    ids: dict[str, str] = {}
    holders: dict[str, str] = {}
    for event in after:
        ids[event.id] = event.id
        for alias in event.aliases:
            ids.setdefault(alias, event.id)
        for happening in event.happenings:
            holders[happening] = event.id
    followed: dict[str, str] = {}
    for event in before:
        if event.id in ids:
            followed[event.id] = ids[event.id]
            continue
        votes: dict[str, int] = {}
        for happening in event.happenings:
            if happening in holders:
                votes[holders[happening]] = votes.get(holders[happening], 0) + 1
        if votes:
            followed[event.id] = max(sorted(votes), key=lambda id: votes[id])
    return followed


def _title(event: Event) -> str:
    return event.title or event.kind.replace("_", " ")


def _value(tally: Tally, stated: bool = False) -> str:
    """The figure; with its state where that is no plain one, or is what changed."""
    return tally.notation() + (f" [{tally.state}]" if stated or tally.state in ("disputed", "derived", "unresolved") else "")


def _spelled(id: str) -> str:
    """The words that the id of a place without coordinates was made of; another id as it stands."""
    return id.removeprefix("name:").replace("_", " ").title() if id.startswith("name:") else id
