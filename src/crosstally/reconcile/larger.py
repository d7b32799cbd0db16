"""Parts of people that their own report makes larger than the whole they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Document, Facets, Finding

from .cells import Cell, Figure
from .lexicon import Lexicon, plain, says
from .words import amount, capital, evidence, name, outlet


def parts(
    cells: Mapping[Cell, Sequence[Figure]], domain: Domain, documents: Mapping[str, Document], lexicon: Lexicon, event: str
) -> list[Finding]:
    """An imbalance for each part that its own report makes larger than its whole."""
    out = []
    for part, whole, part_cell, whole_cell in misfits(cells, domain, documents, lexicon):
        claims = (whole.claim, part.claim)
        where = "sentence" if part.claim.sentence == whole.claim.sentence else "report"
        out.append(
            Finding(
                kind="imbalance",
                explanation=f"{capital(name(part_cell, domain))}: {amount(part)}, "
                f"but {name(whole_cell, domain)}: {amount(whole)}, in one {where} of "
                f"{outlet(part.claim, documents)}. A part cannot be more than its whole.",
                claims=tuple(c.id for c in claims),
                spans=evidence(claims),
                event=event,
                title=f"{capital(name(part_cell, domain))}: {amount(part)} of {amount(whole)}",
                repairs=((part.id,), (whole.id,)),
                measure=part_cell.measure,
            )
        )
    return out


def misfits(
    cells: Mapping[Cell, Sequence[Figure]], domain: Domain, documents: Mapping[str, Document], lexicon: Lexicon
) -> list[tuple[Figure, Figure, Cell, Cell]]:
    """Pairs (part, whole) of one report and one speaker in which the part is more than its whole: "15 children among 12 killed".

    Nobody contradicts himself in one breath: a smaller count beside a larger one is mostly of others ("six children and two more"), and what it
    is a whole of has to be told: in one sentence (``_holds``), or a few apart by the words of the part (``_refers_back``).
    """
    out = []
    for cell, figures in cells.items():
        measure = domain.measures.get(cell.measure)
        if not cell.facets or cell.mode != "happened" or measure is None or not measure.floor or measure.strand == "damage":
            continue
        whole = msgspec.structs.replace(cell, facets=Facets())
        for part in figures:
            for total in cells.get(whole, ()):
                fits = part.low is None or total.high is None or part.low <= total.high
                if not fits and part.origin.key == total.origin.key and (
                    _holds(total, part) or _refers_back(part, total, cells, documents.get(part.claim.document), lexicon)
                ):
                    out.append((part, total, cell, whole))
    return out


def _holds(total: Figure, part: Figure) -> bool:
    """Whether a report tells a count as the whole of another: it says so ("of them"), or gives the whole, of several, before it in one sentence."""
    claim, whole = part.claim, total.claim
    if claim.part_of == whole.id:
        return True
    beside = claim.document == whole.document and claim.sentence == whole.sentence and whole.span.start < claim.span.start
    return beside and whole.part_of is None and claim.part_of is None and total.high is not None and total.high > 1


_BESIDE = 5  # words between a part and the words that say of what, at most
_BACK = 600  # characters from a part back to its whole, at most


def _refers_back(part: Figure, total: Figure, cells: Mapping[Cell, Sequence[Figure]], document: Document | None, lexicon: Lexicon) -> bool:
    """True if the part's own sentence makes it a part of the whole before it: one report, speaker, place and time, both exact, and no other
    count of the whole in that report, whatever its scope, that leaves room for the part."""
    one, two = part.claim, total.claim
    if document is None or one.document != two.document or one.figure is None or not (part.exact and total.exact) or part.soft or total.soft:
        return False
    if total.low == 1 or not 0 <= one.span.start - two.span.end <= _BACK or (one.said_at, one.as_of) != (two.said_at, two.as_of):
        return False
    sentence = one.sentence.of(document.text)
    at = one.figure.start - one.sentence.start
    before = plain(sentence[:at]).split()[-_BESIDE:]
    after = plain(sentence[at + one.figure.end - one.figure.start :]).split()[:_BESIDE]
    if not any(says(plain(" ".join(words)), lexicon.among.get(one.measure, ())) for words in (before, after)):
        return False
    wholes = [f for c, fs in cells.items() if c.measure == one.measure and not c.facets for f in fs if one.document in f.printed]
    return all(f.high is not None and f.high < (part.low or 0) for f in wholes)
