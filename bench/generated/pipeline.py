"""The whole way: nights written as plain reports, read, joined and balanced, and held against what the reports were written from."""

from __future__ import annotations

import time
from collections import Counter

import msgspec

from crosstally.values import Claim, Facets

from .render import Rendered, render
from .score import ACCUSING
from .telling import ERRORS, Night, interval
from .values import facets_of


class Read(msgspec.Struct):
    """Counts of figures over nights. A figure counts as read where its measure, facets and interval are right at its own place."""

    nights: int = 0
    told: int = 0
    read: int = 0
    right: int = 0
    false_accusing: int = 0
    errors: int = 0
    errors_found: int = 0
    by_plant: Counter[str] = msgspec.field(default_factory=Counter)
    found_by_plant: Counter[str] = msgspec.field(default_factory=Counter)
    events: int = 0
    copies: int = 0
    copies_voiced: int = 0
    seconds: float = 0.0
    missed: Counter[str] = msgspec.field(default_factory=Counter)
    cases: list[str] = msgspec.field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0


def read_night(night: Night, seen: Read) -> None:
    """Reads one night's reports end to end and adds what came out to ``seen``."""
    from crosstally import read

    rendered = render(night)
    started = time.process_time()
    book = read([r.document for r in rendered]).book
    seen.seconds += time.process_time() - started
    seen.nights += 1
    seen.events += len({a.event for a in book.assignments if a.event})
    by_document: dict[str, list[Claim]] = {}
    for claim in book.claims:
        if claim.quantity is not None and claim.figure is not None and claim.quantity.is_number:
            by_document.setdefault(claim.document, []).append(claim)
    planted: set[str] = set()
    for paper in rendered:
        planted |= _paper(night, paper, by_document.get(paper.document.id, []), seen)
    accusing = [f for f in book.findings if f.kind in ACCUSING]
    right = [f for f in accusing if night.plant in ERRORS and planted.intersection(f.claims)]
    seen.false_accusing += len(accusing) - len(right)
    seen.cases += [f"seed {night.seed}: read {f.kind} where nothing is wrong: {f.explanation}" for f in accusing if f not in right]
    if night.plant in ERRORS:
        seen.errors += 1
        seen.errors_found += bool(right)
        seen.by_plant[night.plant] += 1
        seen.found_by_plant[night.plant] += bool(right)
        if not right:
            told = sorted({f.kind for f in book.findings if planted.intersection(f.claims)})
            seen.cases.append(f"seed {night.seed}: missed {night.plant} ({night.wrong}); told as {', '.join(told) or 'nothing'}")
    copies = {r.id for r in night.reports if r.copy_of}
    if copies:
        seen.copies += len(copies)
        bare = read([r.document for r in rendered if r.document.id not in copies]).book
        more = sum(v.certain for v in book.voices) - sum(v.certain for v in bare.voices)
        seen.copies_voiced += max(0, more)
        if more > 0:
            seen.cases.append(f"seed {night.seed}: copies added {more} voices")


def _paper(night: Night, paper: Rendered, claims: list[Claim], seen: Read) -> set[str]:
    """Counts one report's figures; gives the ids of claims that carry the planted error."""
    at = {c.figure: c for c in claims}
    planted = set()
    seen.read += len(claims)
    for told in paper.told:
        s = told.statement
        seen.told += 1
        found = at.get(told.figure)
        if found is not None and s.planted:
            planted.add(found.id)
        if found is not None and _same(found, s.measure, facets_of(s.measure, s.member), interval(s.value, s.hedge)):
            seen.right += 1
        else:
            seen.missed[f"{s.measure} {s.member}".strip()] += 1
            what = "nothing" if found is None else f"{found.measure} {found.facets.notation()} {found.quantity.notation() if found.quantity else ''}"
            sentence = told.sentence.of(paper.document.text)
            seen.cases.append(f"seed {night.seed} {paper.document.id}: {s.measure} {s.member} {s.value} {s.hedge} read as {what}: {sentence}")
    return planted


def _same(claim: Claim, measure: str, facets: Facets, span: tuple[int | None, int | None]) -> bool:
    wholes = {f: m for f, m in claim.facets.items() if m != "aerial_weapon" and f in ("weapon", "age")}
    quantity = claim.quantity
    measures = {claim.measure, *(r.measure for r in claim.readings)}
    return measure in measures and Facets(wholes) == facets and quantity is not None and (quantity.low, quantity.high) == span
