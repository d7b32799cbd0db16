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


class Revised(msgspec.Struct, frozen=True):
    """``superseded``: claim ids whose own speaker later gave another figure. ``pairs``: claim pairs that a revision explains."""

    findings: tuple[Finding, ...]
    superseded: frozenset[str]
    pairs: frozenset[frozenset[str]]


def revise(cells: Mapping[Cell, Sequence[Figure]], domain: Domain, documents: Mapping[str, Document], lexicon: Lexicon, event: str) -> Revised:
    """Steps of every cell's figure over the times of statement.

    One speaker's later figure that does not agree with the earlier one replaces it. Of a toll (``floor``), a later and higher figure of
    anybody is an update of the toll, though the earlier claim stands beside it as that speaker's own. Order is by when it was said; what
    cannot be ordered is no revision.
    """
    findings: list[Finding] = []
    superseded: set[str] = set()
    pairs: set[frozenset[str]] = set()
    for cell, figures in cells.items():
        if cell.mode != "happened":
            continue
        numeric = sorted((f for f in figures if not f.words), key=lambda f: (sort_key(f.said), f.id))
        measure = domain.measures.get(cell.measure)
        floor = bool(measure and measure.floor)
        steps: dict[tuple[object, ...], list[tuple[Figure, Figure]]] = {}
        for i, later in enumerate(numeric):
            for earlier in numeric[:i]:
                if earlier.agrees(later) or order(earlier.said, later.said) != -1:
                    continue
                own = _same_teller(earlier, later, documents)
                if own and not _between(earlier, later, numeric):
                    superseded.add(earlier.id)
                if own or (floor and _rises(earlier, later)):
                    pairs.add(frozenset((earlier.id, later.id)))
                    steps.setdefault((earlier.low, earlier.high, later.low, later.high), []).append((earlier, later))
        findings += _told(cell, _direct(steps, numeric), floor, domain, documents, lexicon, event)
    return Revised(tuple(findings), frozenset(superseded), frozenset(pairs))


def _same_teller(a: Figure, b: Figure, documents: Mapping[str, Document]) -> bool:
    """The same named speaker; or nobody named in both, by one outlet."""
    if a.origin.named or b.origin.named:
        return a.origin.named and b.origin.named and a.origin.key == b.origin.key
    if a.origin.key or b.origin.key:
        return False
    one, two = documents.get(a.claim.document), documents.get(b.claim.document)
    return one is not None and two is not None and one.id != two.id and one.source == two.source and one.source != "unknown"


def _between(earlier: Figure, later: Figure, numeric: Sequence[Figure]) -> bool:
    """True if the earlier figure is told again, after the later one, by the same teller: then it is not replaced."""
    return any(f.origin.key == earlier.origin.key and f.agrees(earlier) and not f.agrees(later) and order(later.said, f.said) == -1 for f in numeric)


def _rises(earlier: Figure, later: Figure) -> bool:
    return earlier.high is not None and later.low is not None and later.low > earlier.high


def _direct(steps: Mapping[tuple[object, ...], list[tuple[Figure, Figure]]], numeric: Sequence[Figure]) -> list[list[tuple[Figure, Figure]]]:
    """Steps that no third value lies between in time: 1 -> 2 -> 3 is two steps, not three."""
    firsts: dict[tuple[object, object], str | None] = {}
    for figure in numeric:
        firsts.setdefault((figure.low, figure.high), figure.said)
    out = []
    for key, found in steps.items():
        start, end = firsts[key[0], key[1]], firsts[key[2], key[3]]
        skipped = any(
            value not in ((key[0], key[1]), (key[2], key[3])) and order(start, said) == -1 and order(said, end) == -1
            for value, said in firsts.items()
            if (*key[:2], *value) in steps and (*value, *key[2:]) in steps
        )
        if not skipped:
            out.append(found)
    return out


def _told(
    cell: Cell,
    steps: Iterable[list[tuple[Figure, Figure]]],
    floor: bool,
    domain: Domain,
    documents: Mapping[str, Document],
    lexicon: Lexicon,
    event: str,
) -> list[Finding]:
    out = []
    for found in steps:
        earlier, later = found[0]
        claims = list(dict.fromkeys(c for pair in found for c in (pair[0].claim, pair[1].claim)))
        change = _change(earlier, later, floor, [pair[1].claim for pair in found], documents, lexicon)
        same = earlier.origin.named and earlier.origin.key == later.origin.key
        when, then = day(later.said), day(earlier.said)
        text = (
            f"{capital(name(cell, domain))}: {amount(earlier)}{f' on {then}' if then else ''} ({teller(earlier, documents)})"
            f" became {amount(later)}{f' on {when}' if when else ''} ({teller(later, documents)}). {_WHY[change]}"
        )
        if change == "update" and not same:
            text += " The earlier figure stands as what was known then."
        out.append(
            Finding(
                kind="revision",
                change=change,
                explanation=text,
                claims=tuple(c.id for c in claims),
                spans=evidence(claims),
                event=event,
                title=f"{capital(name(cell, domain))}: {amount(earlier)}, then {amount(later)}",
                measure=cell.measure,
            )
        )
    return out


_WHY: Mapping[Change, str] = {
    "update": "This is an update: a later count of the same thing.",
    "correction": "This is a correction: the same count, told again with another value.",
    "retraction": "This is a retraction: the earlier statement was taken back.",
    "transition": "This is a transition: people counted in another column died or were found later, and are counted once.",
    "scope": "The two figures have different scopes.",
    "definition": "The two figures count by different definitions.",
}


def _change(
    earlier: Figure, later: Figure, floor: bool, later_claims: Sequence[Claim], documents: Mapping[str, Document], lexicon: Lexicon
) -> Change:
    sentences = " ".join(_sentence(c, documents) for c in later_claims)
    if says(sentences, lexicon.retraction):
        return "retraction"
    rising = _rises(earlier, later)
    if rising and says(sentences, lexicon.transition.get(later.options[0].measure, ())):
        return "transition"
    if says(sentences, lexicon.correction):
        return "correction"
    if floor:
        return "update" if rising else "correction"
    clocks = earlier.claim.as_of is not None and later.claim.as_of is not None and earlier.claim.as_of != later.claim.as_of
    return "update" if rising and clocks else "correction"


def _sentence(claim: Claim, documents: Mapping[str, Document]) -> str:
    document = documents.get(claim.document)
    text = claim.sentence.of(document.text) if document is not None else ""
    return plain(f"{text} {claim.text}")


__all__ = ["Revised", "revise"]
