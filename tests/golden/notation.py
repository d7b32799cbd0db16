"""A ledger in a small text notation that a person can review as a diff. It prints and parses both ways.

::

    ledger as of 2025-07-06

    event air_attack happened "Air attack on Ukraine, night of 3–4 July 2025"
      told by 01-wire.txt 04-rewrite.txt
      voices 2-5
      tally shot_down weapon=drone = 268 derived voices 1
      tally wounded = 23+ range voices 1-2 in Kyiv
      finding revision update wounded "People wounded: 23, then 26"

    link after "hours after" "Air attack on Ukraine, ..." -> "Call between ..."

    report 01-wire.txt
      claim launched weapon=drone = 539 happened by "Ukraine's air force": "launched 539 drones"
      quote "Volodymyr Zelenskyy": "We are working on interceptors"

Ids, offsets and scores are left out: they change when nothing that a reader would see has changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from crosstally.values import Book, Claim, Finding, Place, QuoteValue, Tally

WHOLE = "-"


@dataclass(frozen=True, slots=True)
class TallyLine:
    measure: str
    facets: str
    value: str
    state: str
    voices: str
    scope: str = ""

    def __str__(self) -> str:
        scope = f" in {_word(self.scope)}" if self.scope else ""
        return f"tally {_named(self.measure, self.facets)} = {_word(self.value)} {self.state} voices {self.voices}{scope}"


@dataclass(frozen=True, slots=True)
class FindingLine:
    kind: str
    change: str
    measure: str
    title: str

    def __str__(self) -> str:
        return " ".join(("finding", self.kind, self.change or WHOLE, self.measure or WHOLE, _quoted(self.title)))


@dataclass(frozen=True, slots=True)
class ClaimLine:
    measure: str
    facets: str
    value: str
    status: str
    speaker: str
    text: str

    def __str__(self) -> str:
        by = f" by {_quoted(self.speaker)}" if self.speaker else ""
        return f"claim {_named(self.measure, self.facets)} = {_word(self.value)} {self.status}{by}: {_quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class QuoteLine:
    speaker: str
    text: str

    def __str__(self) -> str:
        return f"quote {_quoted(self.speaker)}: {_quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class LinkLine:
    kind: str
    words: str
    source: str
    target: str

    def __str__(self) -> str:
        return f"link {self.kind} {_quoted(self.words)} {_quoted(self.source)} -> {_quoted(self.target)}"


@dataclass(frozen=True, slots=True)
class EventBlock:
    kind: str
    status: str
    title: str
    reports: tuple[str, ...]
    voices: str
    tallies: tuple[TallyLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()

    @property
    def head(self) -> str:
        return f"event {self.kind} {self.status} {_quoted(self.title)}"

    def lines(self) -> Iterator[str]:
        yield self.head
        yield f"  told by {' '.join(_word(r) for r in self.reports)}"
        yield f"  voices {self.voices}"
        for line in (*self.tallies, *self.findings):
            yield f"  {line}"


@dataclass(frozen=True, slots=True)
class ReportBlock:
    name: str
    claims: tuple[ClaimLine, ...] = ()
    quotes: tuple[QuoteLine, ...] = ()

    @property
    def head(self) -> str:
        return f"report {_word(self.name)}"

    def lines(self) -> Iterator[str]:
        yield self.head
        for line in (*self.claims, *self.quotes):
            yield f"  {line}"


@dataclass(frozen=True, slots=True)
class GoldenLedger:
    as_of: str = ""
    events: tuple[EventBlock, ...] = ()
    links: tuple[LinkLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    reports: tuple[ReportBlock, ...] = ()

    def __str__(self) -> str:
        blocks = [[f"ledger as of {self.as_of}" if self.as_of else "ledger"]]
        blocks += [list(event.lines()) for event in self.events]
        blocks += [[str(line) for line in group] for group in (self.links, self.findings) if group]
        blocks += [list(report.lines()) for report in self.reports]
        return "\n\n".join("\n".join(block) for block in blocks) + "\n"


# a book as notation


def of_book(book: Book) -> GoldenLedger:
    """What a reader would see of a book, in an order that follows from its content."""
    names = {d.id: PurePosixPath(d.path).name if d.path else d.id for d in book.documents}
    voices = dict(book.event_voices)
    titles = {e.id: e.title for e in book.events}
    places = {m.value.id: m.value.name for m in book.mentions if isinstance(m.value, Place)}
    events = [
        EventBlock(
            e.kind,
            e.status,
            e.title,
            tuple(sorted(names[d] for d in e.documents)),
            voices[e.id].notation() if e.id in voices else "0",
            tuple(sorted((tally_line(t, places) for t in book.tallies if t.event == e.id), key=str)),
            tuple(sorted((finding_line(f) for f in book.findings if f.event == e.id), key=str)),
        )
        for e in sorted(book.events, key=lambda e: ((e.window and e.window.start) or "9", e.kind, e.title, sorted(names[d] for d in e.documents)))
    ]
    links = {LinkLine(x.kind, x.words, titles.get(x.source, x.source), titles.get(x.target, x.target)) for s in book.situations for x in s.links}
    return GoldenLedger(
        book.as_of or "",
        tuple(events),
        tuple(sorted(links, key=str)),
        tuple(sorted((finding_line(f) for f in book.findings if f.event is None), key=str)),
        tuple(ReportBlock(names[d], _claims(book, d), _quotes(book, d)) for d in sorted(names, key=lambda d: names[d])),
    )


def tally_line(tally: Tally, places: Mapping[str, str]) -> TallyLine:
    """A tally; its place by name, where ``places`` has the id."""
    period = tally.scope.period if tally.scope.period != "event" else ""
    place = tally.scope.place or ""
    scope = [places.get(place, place), period, "cumulative" if tally.scope.cumulative else ""]
    return TallyLine(
        tally.measure, tally.facets.notation(), tally.notation(), tally.state, tally.voices.notation(), ",".join(s for s in scope if s)
    )


def finding_line(finding: Finding) -> FindingLine:
    return FindingLine(finding.kind, finding.change or "", finding.measure or "", finding.title)


def claim_line(claim: Claim, reading: int = 0) -> ClaimLine:
    """A claim with the reading that stands."""
    chosen = claim.readings[reading] if claim.readings else claim
    value = claim.quantity.notation() if claim.quantity else claim.label or WHOLE
    return ClaimLine(chosen.measure, chosen.facets.notation(), value, claim.status, claim.speaker.name if claim.speaker else "", claim.text)


def figure(claim: Claim, reading: int = 0) -> str:
    """``shot_down weapon=drone 60``: measure, facets and figure alone; a status other than happened stands behind."""
    line = claim_line(claim, reading)
    return " ".join((_named(line.measure, line.facets), line.value, *(() if line.status == "happened" else (line.status,))))


def _claims(book: Book, document: str) -> tuple[ClaimLine, ...]:
    readings = {a.claim: a.reading for a in book.assignments}
    own = sorted((c for c in book.claims if c.document == document), key=lambda c: (c.span, c.measure, c.id))
    return tuple(claim_line(c, readings.get(c.id, 0)) for c in own)


def _quotes(book: Book, document: str) -> tuple[QuoteLine, ...]:
    own = sorted((m for m in book.mentions if m.document == document and m.kind == "quote"), key=lambda m: m.span)
    return tuple(
        QuoteLine(m.value.speaker or "", m.text) for m in own if isinstance(m.value, QuoteValue) and not m.value.scare
    )


# notation as text, and back


def _named(measure: str, facets: str) -> str:
    return f"{measure} {_word(facets)}" if facets else measure


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _word(text: str) -> str:
    """As it is, or in quotation marks where it would not come back as one word."""
    return text if text and not re.search(r'[\s"\\:]', text) and text != "->" else _quoted(text)


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+')


def parse(text: str) -> GoldenLedger:
    """The ledger back from its notation. Raises ValueError that names the line."""
    ledger = GoldenLedger()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            ledger = _add(ledger, line.startswith("  "), _tokens(line))
        except (ValueError, IndexError) as error:
            raise ValueError(f"line {number}: {line!r}: {error}") from error
    return ledger


def _tokens(line: str) -> list[str]:
    found = []
    for token in _TOKEN.findall(line):
        if token == ":":
            continue
        found.append(json.loads(token) if token.startswith('"') else token)
    return found


def _add(ledger: GoldenLedger, inner: bool, tokens: list[str]) -> GoldenLedger:
    head, rest = tokens[0], tokens[1:]
    if not inner:
        if head == "ledger":
            return replace(ledger, as_of=rest[2] if rest else "")
        if head == "event":
            return replace(ledger, events=(*ledger.events, EventBlock(rest[0], rest[1], rest[2], (), "0")))
        if head == "link":
            return replace(ledger, links=(*ledger.links, LinkLine(rest[0], rest[1], rest[2], rest[4])))
        if head == "finding":
            return replace(ledger, findings=(*ledger.findings, _finding(rest)))
        if head == "report":
            return replace(ledger, reports=(*ledger.reports, ReportBlock(rest[0])))
        raise ValueError(f"unknown word {head!r}")
    if head in ("claim", "quote"):
        last = ledger.reports[-1]
        new = (
            replace(last, claims=(*last.claims, _claim(rest)))
            if head == "claim"
            else replace(last, quotes=(*last.quotes, QuoteLine(rest[0], rest[1])))
        )
        return replace(ledger, reports=(*ledger.reports[:-1], new))
    event = ledger.events[-1]
    if head == "told":
        event = replace(event, reports=tuple(rest[1:]))
    elif head == "voices":
        event = replace(event, voices=rest[0])
    elif head == "tally":
        event = replace(event, tallies=(*event.tallies, _tally(rest)))
    elif head == "finding":
        event = replace(event, findings=(*event.findings, _finding(rest)))
    else:
        raise ValueError(f"unknown word {head!r}")
    return replace(ledger, events=(*ledger.events[:-1], event))


def _facets(rest: list[str]) -> tuple[str, str, list[str]]:
    """Measure, facets and what follows the equals sign."""
    at = rest.index("=")
    return rest[0], rest[1] if at == 2 else "", rest[at + 1 :]


def _tally(rest: list[str]) -> TallyLine:
    measure, facets, tail = _facets(rest)
    return TallyLine(measure, facets, tail[0], tail[1], tail[3], tail[5] if len(tail) > 5 else "")


def _finding(rest: list[str]) -> FindingLine:
    kind, change, measure, title = rest
    return FindingLine(kind, "" if change == WHOLE else change, "" if measure == WHOLE else measure, title)


def _claim(rest: list[str]) -> ClaimLine:
    measure, facets, tail = _facets(rest)
    value, status, *said = tail
    status = status.removesuffix(":")
    return ClaimLine(measure, facets, value, status, said[1] if len(said) > 2 else "", said[-1])


# what two ledgers differ in


def gains_and_losses(before: GoldenLedger, after: GoldenLedger) -> list[str]:
    """Every line that went (-) or came (+), under its event or report. Empty where nothing differs."""
    out: list[str] = []
    for old, new in ((before.events, after.events), (before.reports, after.reports)):
        out += _blocks({_head(b): list(b.lines())[1:] for b in old}, {_head(b): list(b.lines())[1:] for b in new})
    for name, was, now in (("links", before.links, after.links), ("findings", before.findings, after.findings)):
        out += _blocks({name: [f"  {x}" for x in was]}, {name: [f"  {x}" for x in now]})
    return out


def _head(block: EventBlock | ReportBlock) -> str:
    return block.head + (f" told by {' '.join(block.reports)}" if isinstance(block, EventBlock) else "")


def _blocks(old: dict[str, list[str]], new: dict[str, list[str]]) -> list[str]:
    out: list[str] = []
    for head in [*old, *(h for h in new if h not in old)]:
        lost, won = _minus(old.get(head, []), new.get(head, [])), _minus(new.get(head, []), old.get(head, []))
        if head not in new:
            out.append(f"- {head}")
        elif head not in old:
            out.append(f"+ {head}")
        elif lost or won:
            out.append(f"  {head}")
        out += [f"- {line}" for line in lost] + [f"+ {line}" for line in won]
    return out


def _minus(these: Iterable[str], those: Iterable[str]) -> list[str]:
    left = list(those)
    out = []
    for line in these:
        if line in left:
            left.remove(line)
        else:
            out.append(line)
    return out
