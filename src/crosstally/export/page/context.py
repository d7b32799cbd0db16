"""What the templates show: the book arranged event by event, with every drawing made and every link known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from crosstally.domain.model import Domain
from crosstally.export import decided, excerpts, figures, origins, quoted, timeline, wording
from crosstally.export.remarks import remarks
from crosstally.export.sheet import Sheet, sheets
from crosstally.export.shelf import Shelf
from crosstally.export.toll import toll
from crosstally.export.withhold import spoken
from crosstally.values import Claim, Document, Event, Finding, Span, Tally

from .anchors import Anchors
from .draw_flow import draw_flow, drawn_of
from .draw_marks import draw_axis, draw_row
from .draw_origins import draw_origins
from .draw_toll import draw_toll
from .reader import Spot, by_document, render_text
from .views import Balance, Block, BookCell, BookRow, Brief, Card, EventView, Line, Moment, Report

# An event with no more figures than this, and nothing found, is told in a few lines.
_BRIEF = 3
# Sheets that stand open; those after them are folded, heaviest first.
_OPEN = 6


@dataclass
class PageView:
    """Everything a page shows. ``spots`` gathers, while the sections are made, what the documents must anchor."""

    shelf: Shelf
    domain: Domain | None
    anchors: Anchors = field(default_factory=Anchors)
    spots: list[tuple[str, Spot]] = field(default_factory=list)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        return quoted.home_event(self.shelf)

    @cached_property
    def events(self) -> tuple[EventView, ...]:
        made, full = [], 0
        for event in self.shelf.told:
            view = self._event(event, full)
            full += not view.small
            made.append(view)
        return tuple(made)

    @cached_property
    def timelines(self) -> tuple[timeline.Timeline, ...]:
        made = tuple(timeline.timeline(self.shelf, self.domain, s) for s in self.shelf.book.situations if len(s.events) > 1)
        for tie in (t for line in made for day in line.days for cell in day.cells for entry in cell for t in entry.ties):
            for evidence in tie.evidence:
                self.passage(evidence.document, evidence.span)
        return made

    @cached_property
    def quiet(self) -> tuple[Event, ...]:
        """Events without figures that no situation shows."""
        placed = {e for s in self.shelf.book.situations if len(s.events) > 1 for e in s.events}
        return tuple(e for e in self.shelf.untold if e.id not in placed)

    @cached_property
    def loose(self) -> tuple[Card, ...]:
        """Findings that belong to no event."""
        return self._cards(None)

    @cached_property
    def loose_people(self) -> tuple[quoted.Person, ...]:
        """People quoted in documents that tell of no event."""
        return self._people([d.id for d in self.shelf.book.documents if d.id not in self.homes])

    @cached_property
    def title(self) -> str:
        situations = self.shelf.book.situations
        if len(situations) == 1 and situations[0].title:
            return situations[0].title
        if len(self.shelf.told) == 1:
            return self.shelf.told[0].title
        return f"What {wording.plural(len(self.shelf.book.documents), 'report')} tell{'s' if len(self.shelf.book.documents) == 1 else ''}"

    @cached_property
    def documents(self) -> tuple[tuple[Document, Markup, int], ...]:
        """Every document with its text anchored. Read last: by then every section has said what it links to."""
        rows = {
            c: (line.anchor, f"{line.row.title}, {view.event.title}")
            for view in self.events
            for b in view.blocks
            for line in b.lines
            for c in line.row.sources
        }
        for claim in self.shelf.book.claims:
            event = self.shelf.event_of(claim)
            home = (
                (self.anchors.event(event), self.shelf.events[event].title)
                if event in self.shelf.events and event is not None
                else (None, "")
            )
            back, says = rows.get(claim.id, home)
            self.spots.append((claim.document, Spot(claim.figure or claim.span, claim.sentence, self.anchors.claim(claim.id), back, says)))
        spots = by_document(self.spots)
        ordered = (self.shelf.documents[d] for d in self.shelf.in_order(self.shelf.documents))
        return tuple((d, render_text(d.text, spots.get(d.id, [])), self.shelf.figures_in.get(d.id, 0)) for d in ordered)

    def passage(self, document: str, span: Span) -> str:
        """Address of a passage, which the document will anchor."""
        self.spots.append((document, Spot(span, None, self.anchors.passage(document, span))))
        return self.anchors.to_passage(document, span)

    def excerpt_href(self, excerpt: excerpts.Excerpt) -> str:
        """Address of an excerpt's sentence: its first claim, or the place itself."""
        if excerpt.claim is not None:
            return self.anchors.to_claim(excerpt.claim)
        return self.passage(excerpt.document, Span(excerpt.start, excerpt.start + 1))

    def sheet_of(self, event: Event) -> EventView:
        """One event in full, however little is told of it."""
        return self._event(event, 0, briefly=False)

    def _event(self, event: Event, before: int, *, briefly: bool = True) -> EventView:
        """``before``: how many full sheets stand above. ``briefly``: a few figures are told with their sentences, without a table."""
        shelf, domain = self.shelf, self.domain
        claims = shelf.event_claims(event.id)
        groups = figures.groups(shelf, domain, event)
        cards = self._cards(event.id)
        declared = domain.events.get(event.kind) if domain else None
        count = shelf.event_voices.get(event.id)
        told = toll(shelf, domain, event)
        found = origins.origins(shelf, domain, event)
        rows = [row for group in groups for row in group.rows]
        few = len(rows) <= _BRIEF and sum(len(row.claims) for row in rows) <= _BRIEF
        is_brief = briefly and few and not cards and not shelf.decisions_on(event.id)
        brief = tuple(self._brief(row, c) for row in rows for c in row.claims) if is_brief else ()
        return EventView(
            event=event,
            anchor=self.anchors.event(event.id),
            kind=event.kind.replace("_", " ") if declared is None else declared.name.replace("_", " "),
            when=wording.window(event.window),
            places=shelf.places(event),
            documents=len(event.documents),
            voices=wording.voices(count) if count else "",
            toll=told,
            toll_picture=draw_toll(told, self.anchors) if told and (told.upper or told.lower) else None,
            balances=tuple(self._balance(s) for s in sheets(shelf, domain, event.id)) if domain else (),
            blocks=() if is_brief else tuple(self._block(g) for g in groups),
            cards=cards,
            people=self._people([d for d, home in self.homes.items() if home == event.id]),
            origins=found,
            graph=draw_origins(found, shelf, self.anchors) if found else None,
            moments=self._moments(event, claims),
            remarks=remarks(shelf, domain, event),
            reports=self._reports(found, claims) if found else (),
            decided=tuple(decided.words(shelf, row, domain) for row in shelf.decisions_on(event.id)),
            brief=brief,
            small=is_brief,
            folded=before >= _OPEN and not is_brief,
        )

    def _brief(self, row: figures.Row, claim: Claim) -> Brief:
        value = row.value if len(row.claims) == 1 else wording.quantity(claim.quantity) if claim.quantity else ""
        timed = wording.measure(self.domain, row.tally.measure).strand == "time" and claim.quantity is not None and claim.quantity.unit
        title = wording.short(wording.figure(self.domain, row.tally.measure, row.tally.facets)).lower()
        status = claim.status if claim.status != "happened" else ""
        words = ", ".join(w for w in (f"{claim.quantity.unit} {title}" if timed and claim.quantity else title, row.scope, status) if w)
        return Brief(value, words, excerpts.of_claim(self.shelf, claim))

    def _block(self, group: figures.Group) -> Block:
        lines = tuple(
            Line(
                row,
                self.anchors.figure(row.key),
                draw_row(row, group, self.anchors),
                tuple(self.anchors.to_claim(c) for c in row.sources if c in self.shelf.claims),
                json.dumps([[s.moment.isoformat(), s.value, s.state, s.voices] for s in row.steps], ensure_ascii=False),
            )
            for row in group.rows
        )
        return Block(group, draw_axis(group), lines)

    def _balance(self, sheet: Sheet) -> Balance:
        assert self.domain is not None
        rows = tuple(self._book_row(sheet, m, wording.member(self.domain, sheet.facet, m)) for m in sheet.members)
        total = self._book_row(sheet, None, "all" if rows else wording.title(self.domain, sheet.whole).lower())
        shown = sorted(sheet.members, key=lambda m: -((cell.low or 0) if (cell := sheet.cells.get((sheet.whole, m))) else 0))
        tones = ("Grey", "Ink", "Mid grey", "Mid grey")
        names = ". ".join(f"{tone}: {wording.member(self.domain, sheet.facet, m)}" for tone, m in zip(tones, shown, strict=False))
        columns = tuple(wording.short(wording.title(self.domain, c)) for c in sheet.columns)

        def told(measure: str, member: str | None) -> BookCell:
            return self._book_cell(sheet.cells.get((measure, member)))

        alone = drawn_of(sheet)
        only = wording.member(self.domain, sheet.facet, alone[0]) if alone and alone[0] else ""
        return Balance(
            sheet, draw_flow(sheet, self.domain, told), columns, rows, total, "" if only else names, self._known_at(sheet), only
        )

    def _known_at(self, sheet: Sheet) -> str | None:
        """When the last figure that the sheet rests on was first said."""
        claims = self.shelf.claims
        first: list[datetime] = []
        for cell in sheet.cells.values():
            said = [m for c in cell.claims if c in claims and (m := wording.instant(self.shelf.said_at(claims[c]))) is not None]
            first += [min(said)] if said else []
        return max(first).isoformat() if first else None

    def _book_row(self, sheet: Sheet, member: str | None, title: str) -> BookRow:
        return BookRow(title, tuple(self._book_cell(sheet.cells.get((c, member))) for c in sheet.columns))

    def _book_cell(self, cell: Tally | None) -> BookCell:
        if cell is None:
            return BookCell("–", False, None, "not told")
        source = next((c for c in cell.claims if c in self.shelf.claims), None)
        href = self.anchors.to_claim(source) if source else f"#{self.anchors.figure(figures.row_key(cell, self.domain))}"
        aloud = wording.aloud(cell.low, cell.high) + (", worked out" if cell.state == "derived" else "")
        claim = self.shelf.claims.get(source or "")
        who = f"{excerpts.speaker(claim)}, {self.shelf.outlet(claim.document)}" if claim else "Worked out"
        words = excerpts.of_claim(self.shelf, claim).text if claim else wording.arithmetic(cell.relation)
        return BookCell(wording.bounds(cell.low, cell.high), cell.state == "derived", href, aloud, spoken(who), spoken(words))

    def _cards(self, event: str | None) -> tuple[Card, ...]:
        order = {kind: n for n, kind in enumerate(wording.KIND)}
        found = sorted(self.shelf.event_findings(event), key=lambda f: (order.get(f.kind, 99), f.title, f.claims))
        return tuple(self.card(f) for f in found)

    def card(self, finding: Finding) -> Card:
        claims = self.shelf.claims
        said = [m for c in finding.claims if c in claims and (m := wording.instant(self.shelf.said_at(claims[c]))) is not None]
        told = wording.before_causes(finding)
        change = "" if finding.change and f" {finding.change}" in told else wording.sentence(wording.CHANGE.get(finding.change or "", ""))
        repairs = tuple(
            tuple(f"“{claims[c].text}” ({self.shelf.outlet(claims[c].document)})" for c in repair if c in claims) for repair in finding.repairs
        )
        return Card(
            finding,
            finding.kind.replace("_", " "),
            finding.kind in wording.OPEN_KINDS,
            wording.finding_title(finding),
            told,
            change,
            excerpts.of_finding(self.shelf, finding),
            tuple(r for r in repairs if r),
            max(said).isoformat() if said else None,
        )

    def _reports(self, found: origins.Origins, claims: tuple[Claim, ...]) -> tuple[Report, ...]:
        carried = {(name, document) for name, document, _ in found.told}
        named = {d: tuple(i for i in found.institutions if i != origins.NOBODY and (i, d) in carried) for d in found.documents}
        return tuple(
            Report(
                self.anchors.to_document(d),
                self.shelf.outlet(d),
                wording.when(self.shelf.documents[d].published if d in self.shelf.documents else None),
                sum(c.document == d for c in claims),
                named[d],
            )
            for d in found.documents
        )

    def _people(self, documents: Iterable[str]) -> tuple[quoted.Person, ...]:
        return quoted.people(self.shelf, documents)

    def _moments(self, event: Event, claims: tuple[Claim, ...]) -> tuple[Moment, ...]:
        """Every time at which something new was said, where there are at least two, with what changed then."""
        told: dict[str, list[Claim]] = {}
        for claim in claims:
            moment = wording.instant(self.shelf.said_at(claim))
            if moment is not None:
                told.setdefault(moment.isoformat(), []).append(claim)
        if len(told) < 2:
            return ()
        return tuple(self._moment(event, at, told[at]) for at in sorted(told))

    def _moment(self, event: Event, at: str, claims: list[Claim]) -> Moment:
        new = {c.id for c in claims}
        changes = []
        for finding in self.shelf.event_findings(event.id):
            if finding.kind == "revision":
                newest = max(
                    finding.claims, key=lambda c: self.shelf.said_at(self.shelf.claims[c]) if c in self.shelf.claims else "", default=""
                )
                if newest in new:
                    changes.append(f"{wording.finding_title(finding)} ({finding.change or 'revision'})")
        outlets = ", ".join(dict.fromkeys(self.shelf.outlet(c.document) for c in claims))
        said = self.shelf.said_at(claims[0])
        return Moment(at, wording.when(said, year=True), "; ".join(changes) or f"{outlets}: {wording.plural(len(claims), 'figure')}")
