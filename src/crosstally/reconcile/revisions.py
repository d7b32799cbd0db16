"""What changed: the same figure told again, later, with another value; and which earlier values no longer stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Change, Claim, Document, Finding

from .cells import Cell, Figure
from .lexicon import Lexicon, plain, says
from .times import day, order, sort_key
from .words import amount, capital, evidence, name, teller
from .words import told as told_by

Value = tuple[int | None, int | None]
_PARAGRAPH = 600  # characters of a paragraph looked at on either side of a sentence, at most


class Revised(msgspec.Struct, frozen=True):
    """``superseded``: claim ids whose own speaker later gave another figure. ``pairs``: claim pairs that a revision explains."""

    findings: tuple[Finding, ...]
    superseded: frozenset[str]
    pairs: frozenset[frozenset[str]]


def revise(cells: Mapping[Cell, Sequence[Figure]], domain: Domain, documents: Mapping[str, Document], lexicon: Lexicon, event: str) -> Revised:
    """Steps of every cell's figure over the times of statement.

    One speaker's later figure that does not agree with the earlier one replaces it. Of a toll (``floor``), a later and higher figure of
    anybody is an update of the toll, though the earlier claim stands beside it as that speaker's own. Order is by when it was said; what
    cannot be ordered is no revision. Of anybody, too, a lower count is a step where the later report says that people moved on (died,
    were found) or mends the earlier figure by name. Figures other than tolls are revised only by one outlet, or at times that the texts
    state: two outlets that tell one body's count differently may each have it wrong.
    """
    findings: list[Finding] = []
    superseded: set[str] = set()
    pairs: set[frozenset[str]] = set()
    for cell, figures in cells.items():
        if cell.mode != "happened":
            continue
        numeric = sorted((f for f in figures if not (f.words or f.joined)), key=lambda f: (sort_key(f.claim.as_of or f.said), sort_key(f.said), f.id))
        measure = domain.measures.get(cell.measure)
        floor = bool(measure and measure.floor)
        steps: dict[tuple[Value, Value], list[tuple[Figure, Figure]]] = {}
        for later in numeric:
            for earlier in numeric:
                grown = floor and _grows(earlier, later)
                if (earlier.agrees(later) and not grown) or earlier.order(later) != -1:
                    continue
                own = _same_teller(earlier, later, documents) and (floor or _ordered(earlier, later, documents))
                if not own and floor and _rises(later, earlier):
                    own = _passed(earlier, later, cell, cells, domain, documents, lexicon) or _mends(earlier, later, documents, lexicon)
                if own and not earlier.agrees(later) and not _between(earlier, later, numeric):
                    superseded.add(earlier.id)
                if own or (floor and (grown or _rises(earlier, later))):
                    pairs.add(frozenset((earlier.id, later.id)))
                    steps.setdefault((_value(earlier), _value(later)), []).append((earlier, later))
        direct = _direct(steps, numeric)
        told = [(found, _change(found, numeric, cell, cells, domain, documents, lexicon)) for found in direct]
        findings += [_told(cell, chain, change, domain, documents, event) for chain, change in _chains(told)]
    return Revised(tuple(_one_cause(findings, domain)), frozenset(superseded), frozenset(pairs))


def _value(figure: Figure) -> Value:
    return figure.low, figure.high


def _same_teller(a: Figure, b: Figure, documents: Mapping[str, Document]) -> bool:
    """The same named speaker; or nobody named in both, by one outlet."""
    if a.origin.named or b.origin.named:
        return a.origin.named and b.origin.named and a.origin.key == b.origin.key
    if a.origin.key or b.origin.key:
        return False
    return a.claim.document != b.claim.document and _same_outlet(a, b, documents)


def _same_outlet(a: Figure, b: Figure, documents: Mapping[str, Document]) -> bool:
    one, two = documents.get(a.claim.document), documents.get(b.claim.document)
    return one is not None and two is not None and one.source == two.source and one.source != "unknown"


def _ordered(earlier: Figure, later: Figure, documents: Mapping[str, Document]) -> bool:
    """True if the later figure is known to be the later statement: by one outlet, or by times that the texts give."""
    a, b = earlier.claim, later.claim
    return _same_outlet(earlier, later, documents) or order(a.said_at, b.said_at) == -1 or order(a.as_of, b.as_of) == -1


def _between(earlier: Figure, later: Figure, numeric: Sequence[Figure]) -> bool:
    """True if the earlier figure is told again, after the later one, by the same teller: then it is not replaced."""
    return any(f.origin.key == earlier.origin.key and f.agrees(earlier) and not f.agrees(later) and later.order(f) == -1 for f in numeric)


def _rises(earlier: Figure, later: Figure) -> bool:
    return earlier.high is not None and later.low is not None and later.low > earlier.high


def _grows(earlier: Figure, later: Figure) -> bool:
    """ "At least 1" that becomes 2: no clash, yet a step of the toll."""
    return earlier.high is None and bool(earlier.low) and later.low is not None and later.low > (earlier.low or 0)


def _direct(steps: Mapping[tuple[Value, Value], list[tuple[Figure, Figure]]], numeric: Sequence[Figure]) -> list[list[tuple[Figure, Figure]]]:
    """Steps that no third value lies between in time: 1 -> 2 -> 3 is two steps, not three. "At least 2" beside 2 is no step of its own."""
    firsts: dict[Value, Figure] = {}
    for figure in numeric:
        firsts.setdefault(_value(figure), figure)
    exact = {low for low, high in firsts if low == high}
    out = []
    for (before, after), found in steps.items():
        hedged = [v for v in (before, after) if v[1] is None and v[0] in exact]
        start, end = firsts[before], firsts[after]
        skipped = any(
            value not in (before, after) and start.order(told) == -1 and told.order(end) == -1
            for value, told in firsts.items()
            if (before, value) in steps and (value, after) in steps
        )
        if not skipped and not hedged:
            out.append(found)
    return out


def _chains(told: Iterable[tuple[list[tuple[Figure, Figure]], Change]]) -> list[tuple[list[list[tuple[Figure, Figure]]], Change]]:
    """Steps of one kind that follow on one another, told as one: 23, then 26, then 32."""
    out: list[tuple[list[list[tuple[Figure, Figure]]], Change]] = []
    for found, change in sorted(told, key=lambda t: (sort_key(t[0][0][0].said), sort_key(t[0][0][1].said), t[0][0][0].low or 0)):
        start = _value(found[0][0])
        chain = next((c for c, kind in out if kind == change and _value(c[-1][0][1]) == start), None)
        if chain is None:
            out.append(([found], change))
        else:
            chain.append(found)
    return out


def _told(
    cell: Cell, chain: Sequence[list[tuple[Figure, Figure]]], change: Change, domain: Domain, documents: Mapping[str, Document], event: str
) -> Finding:
    stations = [chain[0][0][0], *(found[0][1] for found in chain)]
    claims = list(dict.fromkeys(c for found in chain for pair in found for c in (pair[0].claim, pair[1].claim)))
    path = ", then ".join(f"{amount(f)} ({_by(f, documents)})" for f in stations)
    text = f"The count of {name(cell, domain)} changed: {path}. {_WHY[change]}"
    if change == "update" and not (stations[0].origin.named and len({f.origin.key for f in stations}) == 1):
        text += " Each figure stands as what was known then."
    return Finding(
        kind="revision",
        change=change,
        explanation=text,
        claims=tuple(c.id for c in claims),
        spans=evidence(claims),
        event=event,
        title=f"{capital(name(cell, domain))}: {', then '.join(amount(f) for f in stations)}",
        measure=cell.measure,
    )


def _by(figure: Figure, documents: Mapping[str, Document]) -> str:
    """Who told it, and the time it is of where that is told, else when it was said."""
    when = f"as of {day(figure.claim.as_of)}" if day(figure.claim.as_of) else day(figure.said)
    return teller(figure, documents) + (f", {when}" if when else "")


def _one_cause(findings: Sequence[Finding], domain: Domain) -> list[Finding]:
    """Transitions told together: the dead who became more, and the wounded who became fewer in the same reports, are one change."""
    out = list(findings)
    for left in findings:
        measure = domain.measures.get(left.measure or "")
        if left.change != "transition" or measure is None or not measure.overtaken_by:
            continue
        reports = {e.document for e in left.spans}
        joined = next(
            (f for f in out if f.change == "transition" and f.measure == measure.overtaken_by and reports & {e.document for e in f.spans}), None
        )
        if joined is None:
            continue
        path = left.explanation.split(". ", 1)[0]
        both = msgspec.structs.replace(
            joined,
            explanation=f"{joined.explanation} With it: {path[:1].lower()}{path[1:].rstrip('.')}.",
            claims=tuple(dict.fromkeys((*joined.claims, *left.claims))),
            spans=tuple(dict.fromkeys((*joined.spans, *left.spans))),
        )
        out = [both if f is joined else f for f in out if f is not left]
    return out


_WHY: Mapping[Change, str] = {
    "update": "This is an update: a later count of the same thing.",
    "correction": "This is a correction: the same count, told again with another value.",
    "retraction": "This is a retraction: the earlier statement was taken back.",
    "transition": "This is a transition: people first counted among the wounded or missing died or were found later, and are counted once.",
    "scope": "The two figures have different scopes.",
    "definition": "The two figures count by different definitions.",
}


def _change(
    found: Sequence[tuple[Figure, Figure]],
    numeric: Sequence[Figure],
    cell: Cell,
    cells: Mapping[Cell, Sequence[Figure]],
    domain: Domain,
    documents: Mapping[str, Document],
    lexicon: Lexicon,
) -> Change:
    earlier, later = found[0]
    measure = domain.measures.get(cell.measure)
    floor = bool(measure and measure.floor)
    reports = {pair[1].claim.document for pair in found}
    later_claims = [f.claim for f in numeric if f.claim.document in reports and f.low == later.low]
    sentences = " ".join(_sentence(c, documents) for c in later_claims)
    if says(sentences, lexicon.retraction):
        return "retraction"
    rising = _rises(earlier, later) or _grows(earlier, later)
    if rising and any(_moved(later.options[0].measure, _passage(c, documents), lexicon) for c in later_claims):
        return "transition"
    if floor and rising and any(_came(a, b, cell, cells, domain) for a, b in found):
        return "transition"
    if floor and not rising and any(_passed(a, b, cell, cells, domain, documents, lexicon) for a, b in found):
        return "transition"
    if says(sentences, lexicon.correction):
        return "correction"
    if floor:
        return "update" if rising or (measure and measure.passing) else "correction"
    clocks = earlier.claim.as_of is not None and later.claim.as_of is not None and earlier.claim.as_of != later.claim.as_of
    return "update" if rising and clocks else "correction"


def _passed(
    earlier: Figure,
    later: Figure,
    cell: Cell,
    cells: Mapping[Cell, Sequence[Figure]],
    domain: Domain,
    documents: Mapping[str, Document],
    lexicon: Lexicon,
) -> bool:
    """True if a count fell because people moved on to the measure that overtakes it: the wounded who died.

    The two reports show it, where one count fell by as much as the other rose; or the later one says so, and no more of them fell away.
    """
    measure = domain.measures.get(cell.measure)
    if measure is None or not measure.overtaken_by or earlier.low is None or later.high is None or earlier.low <= later.high:
        return False
    fall = earlier.low - later.high
    others = cells.get(cell.at(measure.overtaken_by), ())
    before = [f.low for f in others if f.claim.document == earlier.claim.document and f.low is not None]
    after = [f.low for f in others if f.claim.document == later.claim.document and f.low is not None]
    rises = {b - a for a in before for b in after}
    if fall in rises:
        return True
    return (not rises or max(rises) >= fall) and _moved(measure.overtaken_by, _passage(later.claim, documents), lexicon)


def _came(earlier: Figure, later: Figure, cell: Cell, cells: Mapping[Cell, Sequence[Figure]], domain: Domain) -> bool:
    """True if a count rose by as much as one that it overtakes fell, in the same two reports: three dead and eight hurt, then four and seven."""
    rise = (later.low or 0) - (earlier.low or 0)
    for measure in domain.measures.values():
        others = cells.get(cell.at(measure.name), ()) if measure.overtaken_by == cell.measure else ()
        before = [f.low for f in others if f.claim.document == earlier.claim.document and f.exact and f.low is not None]
        after = [f.low for f in others if f.claim.document == later.claim.document and f.exact and f.low is not None]
        if rise > 0 and any(b - a == rise for b in before for a in after):
            return True
    return False


def _mends(earlier: Figure, later: Figure, documents: Mapping[str, Document], lexicon: Lexicon) -> bool:
    """True if the later sentence corrects the earlier figure by name: "lowered the toll to 10 from 14"."""
    sentence, document = _sentence(later.claim, documents), documents.get(earlier.claim.document)
    if document is None or earlier.claim.figure is None or not says(sentence, lexicon.correction):
        return False
    return says(sentence, (earlier.claim.figure.of(document.text), str(earlier.low)))


def _moved(measure: str, passage: str, lexicon: Lexicon) -> bool:
    """True if a passage says that somebody counted in another column moved to this one."""
    if says(passage, lexicon.transition.get(measure, ())):
        return True
    before, after = lexicon.transition_pairs.get(measure, ((), ()))
    return says(passage, before) and says(passage, after)


def _sentence(claim: Claim, documents: Mapping[str, Document]) -> str:
    document = documents.get(claim.document)
    text = claim.sentence.of(document.text) if document is not None else ""
    return plain(f"{text} {claim.text}")


def _passage(claim: Claim, documents: Mapping[str, Document]) -> str:
    """The paragraph of the claim: who died, and of what, is often told in the next sentence."""
    document = documents.get(claim.document)
    if document is None:
        return plain(claim.text)
    text, sentence = document.text, claim.sentence
    gap = "\n\n" if "\n\n" in text else "\n"
    start = max(text.rfind(gap, 0, sentence.start), sentence.start - _PARAGRAPH, 0)
    end = text.find(gap, sentence.end)
    return plain(f"{text[start : min(end if end >= 0 else len(text), sentence.end + _PARAGRAPH)]} {claim.text}")


def withdrawn(
    figures: Iterable[Figure], cells: Mapping[Cell, Sequence[Figure]], domain: Domain, documents: Mapping[str, Document], event: str
) -> list[Finding]:
    """Figures told as wrong, one finding a figure: what is taken back, by whom, who had told it, and what stands."""
    out = []
    groups: dict[tuple[str, Value], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.options[0].measure, _value(figure)), []).append(figure)
    for (measure, value), rows in groups.items():
        cell = rows[0].options[0]
        beside = [f for c, fs in cells.items() if c.measure == measure and c.facets == cell.facets and c.mode == "happened" for f in fs]
        had = [f for f in beside if _value(f) == value and f.order(rows[0]) != 1]
        stands = [f for f in beside if f not in had and not f.words]
        what = name(Cell(measure, cell.facets), domain)
        who = teller(rows[0], documents)
        text = f"The figure of {amount(rows[0])} for {what} is taken back: {who} says that it is wrong, so it is not counted."
        if had:
            text += f" It had been told before: {told_by(had, documents)}."
        if stands:
            text += f" What is told beside it: {told_by(stands, documents)}."
        claims = list(dict.fromkeys(f.claim for f in (*rows, *had)))
        out.append(
            Finding(
                kind="revision",
                change="retraction",
                explanation=text,
                claims=tuple(c.id for c in claims),
                spans=evidence(claims),
                event=event,
                title=f"{capital(what)}: {amount(rows[0])} taken back",
                measure=measure,
            )
        )
    return out


__all__ = ["Revised", "revise", "withdrawn"]
