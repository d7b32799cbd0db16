"""A report as plain English: text, and where each figure stands in it."""

from __future__ import annotations

import random
import re
from datetime import datetime
from typing import NamedTuple

from crosstally.values import Document, Span

from .telling import Night, Report, Statement
from .wordings import CLAUSES, FILLERS, HEDGES, MOVED, SAYING, SCOPED, SMALL, TITLES, WIDE

_FIGURE = re.compile(r"\x00(\d+)\x01([^\x02]*)\x02")


class Told(NamedTuple):
    """A statement where it stands: ``figure`` the number words, ``sentence`` the whole sentence."""

    statement: Statement
    figure: Span
    sentence: Span


class Rendered(NamedTuple):
    document: Document
    told: tuple[Told, ...]


def render(night: Night) -> tuple[Rendered, ...]:
    """Every report of the night as text. Equal nights give equal texts."""
    rng = random.Random(f"{night.seed} words")
    done: dict[str, Rendered] = {}
    for report in night.reports:
        done[report.id] = _copy(report, done[report.copy_of]) if report.copy_of else _write(report, night, rng)
    return tuple(done.values())


def _copy(report: Report, original: Rendered) -> Rendered:
    """The words of another report, the last sentence cut where the copy has less, under the copy's own name."""
    end = len(original.document.text)
    if len(report.statements) < len(original.told):
        # The sentence that opens last goes, with all its figures.
        end = max((t.sentence.start for t in original.told if t.sentence.start > 0), default=end)
    told = tuple(t for t in original.told if t.sentence.end <= end)
    text = original.document.text[:end].rstrip()
    return Rendered(Document(report.id, text, report.source, original.document.title, report.published.isoformat(timespec="minutes"), "en"), told)


def _write(report: Report, night: Night, rng: random.Random) -> Rendered:
    city = night.truth.city[1]
    title = rng.choice(TITLES).format(city=city)
    text, told = "", []
    for group in _groups(list(report.statements), rng):
        sentence = _sentence(group, city, report, rng)
        clean, marks = _unmark(sentence)
        start = len(text)
        for at, span in marks:
            told.append(Told(group[at], Span(start + span.start, start + span.end), Span(start, start + len(clean))))
        moved = any(s.moved for s in group)
        text += clean + (f" {rng.choice(MOVED)}" if moved else "") + rng.choice((" ", " ", "\n\n"))
        if rng.random() < 0.15:
            text += rng.choice(FILLERS) + " "
    text = text.rstrip() or FILLERS[0]
    document = Document(report.id, text, report.source, title, report.published.isoformat(timespec="minutes"), "en")
    return Rendered(document, tuple(told))


def _groups(rest: list[Statement], rng: random.Random) -> list[list[Statement]]:
    """Statements by sentence: pairs that a wording tells together, else alone. One speaker, clock and scope a sentence."""
    out: list[list[Statement]] = []
    pairs = [cells for cells in CLAUSES if len(cells) == 2]
    while rest:
        first = rest.pop(0)
        if first.place or first.period != "event" or first.wide:
            out.append([first])
            continue
        mates = [
            (cells, other)
            for cells in pairs
            for other in rest
            if not other.place and other.period == "event" and not other.wide and (other.said, other.speaker) == (first.said, first.speaker)
            and {(first.measure, first.member), (other.measure, other.member)} == set(cells)
        ]  # fmt: skip
        forced = [m for m in mates if first.children_of or m[1].children_of]
        if mates and (forced or rng.random() < 0.7):
            cells, other = rng.choice(forced or mates)
            rest.remove(other)
            out.append(sorted([first, other], key=lambda s: cells.index((s.measure, s.member))))
        else:
            out.append([first])
    return out


def _sentence(group: list[Statement], city: str, report: Report, rng: random.Random) -> str:
    first = group[0]
    if first.wide:
        clauses: tuple[str, ...] = WIDE
    elif first.period != "event" or first.place:
        clauses = SCOPED[first.period if first.period != "event" else "ru" if first.place == "ru" else "city"]
    else:
        clauses = CLAUSES[tuple((s.measure, s.member) for s in group)]
    clause = rng.choice(clauses).replace("{city}", city)
    for at, statement in enumerate(group):
        clause = _fill(clause, at, statement, rng)
    when = _when(first, report)
    saying = rng.choice([s for s in SAYING[first.speaker] if not when or "{when}" in s] or SAYING[first.speaker])
    return saying.format(c=_capital(clause), l=clause, when=when, city=city) + "."


def _fill(clause: str, at: int, statement: Statement, rng: random.Random) -> str:
    n, one = statement.value, statement.value == 1
    words = SMALL[n] if n < 10 and (n == 0 or rng.random() < 0.6) else f"{n:,}"
    words = "no" if n == 0 else words
    hedge = rng.choice(HEDGES[statement.hedge])
    forms = {"s": "" if one else "s", "be": "was" if one else "were", "p": "person" if one else "people", "kid": "child" if one else "children",
             "its": "its" if one else "their"}  # fmt: skip
    for name, form in forms.items():
        clause = clause.replace(f"[{at}{name}]", form)
    return clause.replace(f"{{{at}}}", f"{hedge}\x00{at}\x01{words}\x02")


def _when(statement: Statement, report: Report) -> str:
    """The clock of the statement in words; nothing where the outlet does not tell it."""
    if statement.said is None:
        return ""
    said = datetime.fromisoformat(statement.said)
    if len(statement.said) == 10:
        return f" on {said:%A}"
    clock = f"{said.hour % 12 or 12}:{said:%M} {'a.m.' if said.hour < 12 else 'p.m.'}"
    return f" at {clock} on {said:%A}, {said.day} {said:%B}"


def _capital(clause: str) -> str:
    at = 0
    while (at < len(clause) and clause[at] in "\x00\x01\x02") or (clause[at : at + 1].isdigit() and clause[at + 1 : at + 2] == "\x01"):
        at += 1
    return clause[:at] + clause[at : at + 1].upper() + clause[at + 1 :]


def _unmark(marked: str) -> tuple[str, list[tuple[int, Span]]]:
    out, spans, last = "", [], 0
    for found in _FIGURE.finditer(marked):
        out += marked[last : found.start()]
        spans.append((int(found[1]), Span(len(out), len(out) + len(found[2]))))
        out += found[2]
        last = found.end()
    return out + marked[last:], spans
