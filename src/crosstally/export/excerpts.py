"""Sentences as evidence: the words that decide marked, long ones cut around them, each with who printed it and who said it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crosstally.values import Claim, Finding, Span

from . import wording
from .shelf import Shelf

_LONGEST = 340  # characters of a sentence beside another: about eight lines in a card
_REACH = 110  # characters kept either side of the words that decide
# Where what decides is how a thing is put, the whole wording is marked; elsewhere the number alone.
_WORDING_DECIDES = frozenset(
    {"definition_difference", "divergence", "relay_divergence", "scope_mismatch", "record_open", "record_upheld", "record_refuted"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``mark`` where it decides."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence of a document. ``claim``: the first claim that rests on it, where there is one; ``start``: its offset, for an anchor."""

    document: str
    outlet: str
    said_by: str
    when: str
    pieces: tuple[Piece, ...]
    claim: str | None
    start: int

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)


def speaker(claim: Claim) -> str:
    """Who says so, with role; "nobody named" where the report names nobody."""
    if claim.speaker is None:
        return "nobody named"
    role = claim.speaker.role
    name = claim.speaker.name
    said = f"{role} {name}" if role and role.lower() not in name.lower() else name
    return f"{said}, not named" if claim.speaker.vague else said


def of_claim(shelf: Shelf, claim: Claim) -> Excerpt:
    return _excerpt(shelf, claim.document, claim.sentence, [claim.figure or claim.span], (claim,))


def of_finding(shelf: Shelf, finding: Finding) -> tuple[Excerpt, ...]:
    """One excerpt a sentence, in order of time; claims of one sentence share it. Evidence beside the claims follows in the same way."""
    sentences: defaultdict[tuple[str, Span], list[Claim]] = defaultdict(list)
    marks: defaultdict[tuple[str, Span], list[Span]] = defaultdict(list)
    wording_decides = finding.kind in _WORDING_DECIDES
    for claim in sorted(
        (shelf.claims[c] for c in finding.claims if c in shelf.claims), key=lambda c: (shelf.said_at(c), shelf.place_in_text(c))
    ):
        key = (claim.document, claim.sentence)
        sentences[key].append(claim)
        marks[key].append(claim.span if wording_decides or claim.figure is None else claim.figure)
    for evidence in finding.spans:
        if evidence.document not in shelf.documents:
            continue
        cover = next((s for d, s in sentences if d == evidence.document and s.covers(evidence.span)), None)
        key = (evidence.document, cover or sentence_around(shelf.documents[evidence.document].text, evidence.span))
        sentences.setdefault(key, [])
        if cover is None or not marks[key]:
            marks[key].append(evidence.span)
    return tuple(_excerpt(shelf, document, sentence, marks[document, sentence], told) for (document, sentence), told in sentences.items())


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds a span, found by its paragraph and full stops: good enough to show, never used to read."""
    stops = [i + 2 for stop in ".!?…" if (i := text.rfind(stop + " ", 0, span.start)) >= 0]
    start = max(text.rfind("\n", 0, span.start) + 1, *stops, 0)
    ends = [i for stop in (".", "!", "?", "…") for gap in (" ", "\n") if (i := text.find(stop + gap, span.end)) >= 0]
    line = text.find("\n", span.end)
    end = min([i + 1 for i in ends] + [line if line >= 0 else len(text)])
    while start < span.start and text[start].isspace():
        start += 1
    return Span(start, max(end, span.end))


def pieces(text: str, within: Span, marks: Iterable[Span], longest: int = _LONGEST, reach: int = _REACH) -> tuple[Piece, ...]:
    """``within`` cut at the marks; overlapping marks become one; what lies far from any mark in a long sentence becomes "…"."""
    merged: list[Span] = []
    for span in sorted(m for m in marks if within.covers(m)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = merged[-1].join(span)
        else:
            merged.append(span)
    first, last = within.start, within.end
    if len(within) > longest and merged:
        first, last = max(first, merged[0].start - reach), min(last, merged[-1].end + reach)
        first = first if first == within.start else _word_edge(text, first, merged[0].start)
        last = last if last == within.end else text.rfind(" ", merged[-1].end, last) if " " in text[merged[-1].end : last] else last
    out = [Piece("… ")] if first > within.start else []
    at = first
    for span in merged:
        if span.start > at:
            out.append(Piece(_squeezed(text[at : span.start])))
        out.append(Piece(text[span.start : span.end], True))
        at = span.end
    if last > at:
        out.append(Piece(_squeezed(text[at:last])))
    if last < within.end:
        out.append(Piece(" …"))
    return tuple(out)


def _word_edge(text: str, start: int, limit: int) -> int:
    space = text.find(" ", start, limit)
    return space + 1 if space >= 0 else start


def _squeezed(text: str) -> str:
    """Line ends within a sentence are layout of the page it came from."""
    return text.replace("\r", "").replace("\n", " ")


def _excerpt(shelf: Shelf, document: str, sentence: Span, marks: list[Span], claims: Iterable[Claim]) -> Excerpt:
    told = tuple(claims)
    found = shelf.documents.get(document)
    named = list(dict.fromkeys(speaker(c) for c in told))
    cut = pieces(found.text, sentence, marks) if found else ()
    published = wording.when(found.published) if found else ""
    return Excerpt(
        document,
        shelf.outlet(document),
        "; ".join(named),
        published,
        cut,
        told[0].id if told else None,
        marks[0].start if marks else sentence.start,
    )


def references(shelf: Shelf) -> Mapping[str, int]:
    """Documents numbered from 1, oldest first: what a terminal prints in brackets."""
    return {document: n for n, document in enumerate(shelf.in_order(shelf.documents), 1)}
