"""What an event's reports tell beside its figures: damage without a number, reasons, what was held or planned.

These are the claims that no tally and no finding shows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from crosstally.domain.model import Domain
from crosstally.values import Claim, Event

from . import excerpts, wording
from .shelf import Shelf

_LONGEST = 130  # characters of a remark: two lines beside its title


@dataclass(frozen=True, slots=True)
class Remark:
    """``title``: the measure, with what it is split by. ``label``: the reading in a word or two, empty where the title says it.

    ``status`` is empty for what happened. ``claims`` say the same, oldest first, at most one a report.
    """

    title: str
    label: str
    status: str
    claims: tuple[Claim, ...]


def remarks(shelf: Shelf, domain: Domain | None, event: Event) -> tuple[Remark, ...]:
    """The event's remaining claims, gathered by what they say, in the order of the pack's measures."""
    shown = {c for t in shelf.event_tallies(event.id) for c in t.claims} | {c for f in shelf.event_findings(event.id) for c in f.claims}
    order = {name: n for n, name in enumerate(domain.measures)} if domain else {}
    found: defaultdict[tuple[int, str, str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in shelf.event_claims(event.id):
        if claim.id in shown:
            continue
        reading = shelf.reading(claim)
        title = wording.short(wording.figure(domain, reading.measure, reading.facets))
        label = wording.quantity(claim.quantity) if claim.quantity else (claim.label or "").replace("_", " ")
        label = "" if label.lower() in (title.lower(), event.kind.replace("_", " "), reading.measure.replace("_", " ")) else label
        found[order.get(reading.measure, 999), title, label, claim.status].setdefault(claim.document, claim)
    return tuple(
        Remark(title, label, "" if status in ("happened", title.lower()) else status, tuple(claims.values()))
        for (_, title, label, status), claims in sorted(found.items())
    )


def words(shelf: Shelf, claim: Claim) -> str:
    """The claim's own words; where they are too few to be understood, those around them in the sentence."""
    document = shelf.documents.get(claim.document)
    if document is None or len(claim.text.split()) > 2:
        return claim.text if len(claim.text) <= _LONGEST else claim.text[: _LONGEST - 2].rsplit(" ", 1)[0] + " …"
    return "".join(
        p.text for p in excerpts.pieces(document.text, claim.sentence, [claim.span], longest=_LONGEST, reach=_LONGEST // 2)
    ).strip()
