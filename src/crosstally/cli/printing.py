"""Printing a ledger piece by piece: parts of an event, findings, sources, each as paragraphs that read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crosstally.domain.model import Domain
from crosstally.export import decided, excerpts, figures, origins, quoted, timeline, wording
from crosstally.export.remarks import remarks, words
from crosstally.export.sheet import Sheet, sheets
from crosstally.export.shelf import Shelf
from crosstally.export.toll import toll
from crosstally.export.withhold import spoken
from crosstally.values import Event, Finding, Tally

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

RING = "○"
_FEW = 8  # sentences printed in full where nothing was found
_WIDEST = 100  # columns beyond which a line of prose is hard to follow


class TerminalPage:
    """Prints a ledger piece by piece; holds the numbers that its reports are known by."""

    def __init__(self, shelf: Shelf, domain: Domain | None, console: Console) -> None:
        self.shelf, self.domain, self.console = shelf, domain, console
        self.numbers: Mapping[str, int] = excerpts.references(shelf)
        self.width = min(console.width, _WIDEST)

    def say(self, text: str, indent: int = 0, style: str = "", hang: int = 0) -> None:
        """One paragraph, wrapped; markup in a report's words is never read as ours."""
        self.put(_hung(spoken(text), indent, hang, self.width, style))

    def put(self, thing: RenderableType) -> None:
        self.console.print(thing, width=self.width, highlight=False, soft_wrap=False)

    def head(self, text: str, mark: str) -> None:
        from rich.text import Text

        self.console.print()
        self.put(Text(spoken(text), style="bold"))
        self.put(Text(mark * min(len(spoken(text)), self.width)))

    def part(self, text: str) -> None:
        from rich.text import Text

        self.console.print()
        self.put(Text(text.upper(), style="bold"))

    def cite(self, document: str) -> str:
        return f"[{self.numbers.get(document, '?')}]"

    def cites(self, documents: Iterable[str]) -> str:
        return "".join(self.cite(d) for d in self.shelf.in_order(documents))

    # the situation

    def situation(self, line: timeline.Timeline) -> None:
        if not line.days:
            return
        self.head(line.title or "Situation", "=")
        for day in line.days:
            self.say(day.label, style="bold")
            for strand, cell in zip(line.strands, day.cells, strict=True):
                for entry in cell:
                    figures_told = f" ({wording.plural(entry.figures, 'figure')})" if entry.figures else ""
                    status = f", {entry.event.status}" if entry.event.status != "happened" else ""
                    self.say(f"{strand}: {entry.event.title}{status}{figures_told}", 2, hang=2)
                    for target, ties in timeline.by_target(entry.ties):
                        told = ", ".join(f"“{t.words}” {self.cites(e.document for e in t.evidence)}" for t in ties)
                        self.say(f"{told}: {ties[0].relation} {target.title}", 4, hang=2)

    # one event

    def event(self, event: Event, documents: list[str]) -> None:
        self.head(event.title, "=")
        count = self.shelf.event_voices.get(event.id)
        places = self.shelf.places(event)
        about = [wording.window(event.window), places, wording.plural(len(event.documents), "report") + f" {self.cites(event.documents)}"]
        self.say(". ".join(a for a in [*about, wording.voices_aloud(count) if count else ""] if a) + ".")
        shown = self.human_cost(event)
        self.balance(event)
        self.list_figures(event, shown)
        self.decided_on(event)
        found = self.shelf.event_findings(event.id)
        self.findings(found)
        if not found:
            self.sentences(event)
        self.also(event)
        self.list_people(quoted.people(self.shelf, documents), "Who was quoted")
        self.sources(event)

    def human_cost(self, event: Event) -> frozenset[tuple[str, str]]:
        """The heads and how they rose; returns the cells shown."""
        found = toll(self.shelf, self.domain, event)
        if found is None:
            return frozenset()
        self.part("Human cost")
        lanes = {lane.measure: lane for lane in (found.upper, found.lower) if lane}
        for head in found.heads:
            tally = head.tally
            self.say(
                f"{head.title} {head.value}, {tally.state}; {wording.voices_aloud(tally.voices)} {self.cites_of(tally)}", 2, "bold", hang=2
            )
            lane = lanes.get(tally.measure)
            if rests := decided.rests_on(self.shelf, tally):
                self.say(rests, 4, hang=2)
            if lane and len(lane.rises) > 1:
                for rise in lane.rises:
                    cited = self.cites(self.shelf.claims[c].document for c in rise.claims if c in self.shelf.claims)
                    self.say(f"{rise.label}{rise.detail} {cited}", 4, hang=2)
        self.say("A count without a hedge is a floor for the final toll.", 2)
        return frozenset((h.tally.measure, "") for h in found.heads)

    def cites_of(self, tally: Tally) -> str:
        ids = tally.claims or tally.derived_from
        return self.cites({self.shelf.claims[c].document for c in ids if c in self.shelf.claims})

    def balance(self, event: Event) -> None:
        if self.domain is None:
            return
        for sheet in sheets(self.shelf, self.domain, event.id):
            self.part("Balance")
            self.put(_books(sheet, self.domain, self.width))
            for line in _verdict(sheet, self.domain):
                self.say(line, 2, hang=0)
            for bracket in sheet.brackets:
                for tally in bracket.tallies:
                    title = wording.short(wording.figure(self.domain, tally.measure, tally.facets))
                    parts = " + ".join(wording.title(self.domain, c).lower() for c in bracket.columns)
                    self.say(
                        f"{title} {wording.tally_value(tally, (), self.domain)}, {tally.state} {self.cites_of(tally)}: = {parts}", 2, hang=2
                    )

    def list_figures(self, event: Event, shown: frozenset[tuple[str, str]]) -> None:
        """Every figure that the human cost did not show: range, state, voices, and who says so."""
        lines: list[str] = []
        parent = ""
        for group in figures.groups(self.shelf, self.domain, event):
            unit = f" {group.unit}" if group.title == wording.STRAND["time"] and group.unit else ""
            for row in group.rows:
                parent = parent if row.sub else row.title
                if (row.tally.measure, row.tally.facets.notation()) in shown and not row.scope:
                    continue
                title = f"{parent}: {row.title}" if row.sub else row.title
                scope = f" ({row.scope})" if row.scope else ""
                value = f"{RING if row.derived else ''}{row.value}{unit.removesuffix('s') if row.value == '1' else unit}"
                rests = decided.rests_on(self.shelf, row.tally)
                told = f"{title}{scope} {value}, {row.tally.state}, {wording.voices_short(row.tally.voices)}: {self.grounds(row)}"
                lines.append(f"{told}; {rests}" if rests else told)
        if lines:
            self.part("Figures")
        for line in lines:
            self.say(line, 2, hang=4)

    def decided_on(self, event: Event) -> None:
        """What people decided that this account rests on."""
        found = self.shelf.decisions_on(event.id)
        if found:
            self.part("Decided by people")
        for standing in found:
            self.say(f"{standing.decision.id}: {decided.words(self.shelf, standing, self.domain)}", 2, hang=4)

    def grounds(self, row: figures.Row) -> str:
        """What a figure stands on: how it was worked out, or each value with its speakers and reports."""
        if row.derived or row.note:
            return f"{row.note or 'worked out from other figures'} {self.cites_of(row.tally)}"
        said: dict[str, dict[str, list[str]]] = {}
        for claim in row.claims:
            value = wording.quantity(claim.quantity) if claim.quantity else claim.label or claim.text
            said.setdefault(value, {}).setdefault(excerpts.speaker(claim), []).append(claim.document)
        told = {v: ", ".join(f"{who} {self.cites(where)}" for who, where in by.items()) for v, by in said.items()}
        return "; ".join(who if value == row.value else f"{value}, {who}" for value, who in told.items())

    def sentences(self, event: Event) -> None:
        """The sentences of an event of which there is nothing to find: there are few, and the figures rest on them."""
        claims = [self.shelf.claims[c] for t in self.shelf.event_tallies(event.id) for c in t.claims if c in self.shelf.claims]
        if not 0 < len(claims) <= _FEW:
            return
        self.part("Sentences")
        for document, sentence in dict.fromkeys((c.document, excerpts.of_claim(self.shelf, c).text) for c in claims):
            self.say(f"{self.cite(document)} {_quotation(sentence)}", 2, hang=4)

    def also(self, event: Event) -> None:
        """What the reports tell beside figures and findings."""
        told = remarks(self.shelf, self.domain, event)
        if not told:
            return
        self.part("Also told")
        for remark in told:
            status = f" ({remark.status})" if remark.status else ""
            told_by = "; ".join(f"{_quotation(words(self.shelf, c))} {excerpts.speaker(c)} {self.cite(c.document)}" for c in remark.claims)
            self.say(f"{remark.title}{' ' if remark.label else ''}{remark.label}{status}: {told_by}", 2, hang=4)

    def findings(self, found: tuple[Finding, ...], title: str = "Findings") -> None:
        if not found:
            return
        self.part(title)
        order = {kind: n for n, kind in enumerate(wording.KIND)}
        for finding in sorted(found, key=lambda f: (order.get(f.kind, 99), f.title, f.claims)):
            self.finding(finding)

    def finding(self, finding: Finding) -> None:
        opened = finding.kind in wording.OPEN_KINDS
        state = "open" if opened else "reconciled"
        self.say(
            f"{finding.kind.replace('_', ' ')} ({state}): {wording.finding_title(finding)}",
            2,
            "bold dark_orange3" if opened else "bold blue",
            hang=2,
        )
        if finding.explanation:
            self.say(finding.explanation, 4)
        for excerpt in excerpts.of_finding(self.shelf, finding):
            said = f" ({excerpt.said_by})" if excerpt.said_by else ""
            self.say(f"{self.cite(excerpt.document)} {_quotation(excerpt.text)}{said}", 4, hang=4)
        if finding.change:
            self.say(wording.sentence(wording.CHANGE.get(finding.change, finding.change)) + ".", 4)
        if finding.sum:
            self.say(wording.arithmetic(finding.sum), 4, "bold")
        for n, cause in enumerate(finding.causes, 1):
            self.say(f"possible cause {n}: {cause}", 4, hang=2)
        for n, repair in enumerate(finding.repairs, 1):
            told = " and ".join(f"“{c.text}” {self.cite(c.document)}" for i in repair if (c := self.shelf.claims.get(i)))
            self.say(f"{'or ' if n > 1 else ''}the rest stands together without {told}", 4, hang=2)

    def list_people(self, people: tuple[quoted.Person, ...], title: str) -> None:
        if not people:
            return
        self.part(title)
        for person in people:
            roles = "; ".join(f"{role} ({', '.join(outlets)})" if outlets else role for role, outlets in person.roles)
            spelt = f"; also written {', '.join(person.spellings)}" if person.spellings else ""
            self.say(f"{person.name or 'Speaker not told'}{': ' + roles if roles else ''}{spelt}", 2, "bold", hang=2)
            for saying in person.sayings:
                self.say(f"“{saying.text}” {self.cites(d for d, _ in saying.places)}", 4, hang=2)

    def decisions(self) -> None:
        """What people decided that no event above shows."""
        shown = {row.decision.id for event in self.shelf.told for row in self.shelf.decisions_on(event.id)}
        rows = [row for row in self.shelf.book.decisions if row.decision.id not in shown]
        if rows:
            self.head("Other decisions", "=")
        for row in rows:
            self.say(f"{row.decision.id}: {decided.words(self.shelf, row, self.domain)}", 2, hang=4)

    def sources(self, event: Event) -> None:
        found = origins.origins(self.shelf, self.domain, event)
        if found is None:
            return
        self.part("Sources")
        carried: dict[str, list[str]] = {}
        for name, document, _ in found.told:
            carried.setdefault(name, []).append(document)
        party = {name: p for p, name in found.stand}
        for name in found.institutions:
            of = f" (of {party[name]})" if name in party else ""
            self.say(f"{name}{of}: {self.cites(carried.get(name, []))}", 2, hang=2)
        for reason in found.reasons:
            if reason.several:
                self.say(f"one voice: {reason.who} {self.cites(reason.documents)}, because {reason.why}", 2, hang=2)
        for join in event.joins:
            verb = "not one event" if join.refused else "one event"
            self.say(f"{verb} {self.cites(join.documents)}: {join.reason}", 2, hang=2)

    # the end

    def rest(self) -> None:
        if self.shelf.untold and not self.shelf.book.situations:
            self.head("Told without figures", "=")
            for event in self.shelf.untold:
                self.say(f"{event.title} {self.cites(event.documents)}", 2, hang=2)
        self.findings(self.shelf.event_findings(None), "Findings across events")

    def reports(self) -> None:
        self.head("Reports", "=")
        for document in (self.shelf.documents[d] for d in self.shelf.in_order(self.shelf.documents)):
            count = self.shelf.figures_in.get(document.id, 0)
            dated = wording.when(document.published, True) or "date unknown"
            path = f", {document.path}" if document.path else ""
            title = f" “{document.title}”" if document.title else ""
            self.say(
                f"{self.cite(document.id)} {self.shelf.outlet(document.id)}, {dated}{path}: {wording.plural(count, 'figure')}{title}",
                2,
                hang=4,
            )
        self.console.print()
        self.say(f"{RING} before a number: worked out. Reported counts undercount; raw convention, nothing chosen.")


def _quotation(text: str) -> str:
    """In quotation marks, unless the sentence opens with its own."""
    return text if text[:1] in '“"«„' else f"“{text}”"


def _hung(text: str, indent: int, hang: int, width: int, style: str) -> RenderableType:
    """A paragraph whose further lines stand in: wrapped here, since a console knows no hanging indent."""
    import textwrap

    from rich.text import Text

    lines = textwrap.wrap(
        text,
        max(20, width),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Text("\n".join(lines), style=style, no_wrap=True, overflow="fold")


def _books(sheet: Sheet, domain: Domain, width: int) -> Table:
    """The balance sheet; under the total a double rule where the account closes, a dashed one where it is open."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, expand=False)
    table.add_column("")
    for column in sheet.columns:
        table.add_column(wording.title(domain, column).split(" (")[0].lower(), justify="right")
    rows = [[wording.member(domain, sheet.facet, m), *(_cell(sheet, c, m) for c in sheet.columns)] for m in sheet.members]
    rows.append(["all", *(_cell(sheet, c, None) for c in sheet.columns)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows[:-1]:
        table.add_row(*map(Text, row))
    if len(rows) > 1:
        table.add_row(*(Text("─" * w) for w in widths))
    table.add_row(*(Text(cell, style="bold") for cell in rows[-1]))
    table.add_row(*(Text(("═" if sheet.closes else "╌") * w) for w in widths))
    return table


def _cell(sheet: Sheet, measure: str, member: str | None) -> str:
    cell = sheet.cells.get((measure, member))
    return "–" if cell is None else (RING if cell.state == "derived" else "") + wording.bounds(cell.low, cell.high)


def _verdict(sheet: Sheet, domain: Domain) -> list[str]:
    equation = sheet.equation()
    if sheet.closes:
        return [
            f"The account closes: {equation}.",
            f"{wording.sentence(sheet.account) or 'Self-consistent'}: it agrees with itself, which does not make it true.",
        ]
    account = f" {wording.sentence(sheet.account)}." if sheet.account else ""
    if sheet.gap:
        return [f"The account is open: {wording.number(sheet.gap)} {wording.title(domain, sheet.residual).lower()}.{account}"]
    return [f"The account is open: not every part is told, and – is silence, not zero.{account}"]
