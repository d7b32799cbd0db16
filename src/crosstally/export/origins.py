"""Who stands behind whom: parties, institutions and the reports that carry them, and why several reports count as one voice."""

from __future__ import annotations

from dataclasses import dataclass

from crosstally.domain.model import Domain
from crosstally.values import Event, Lineage, Span, Voice

from . import wording
from .joined import Apart, apart, joined, named
from .shelf import Shelf

NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why several reports are one voice, or one text: ``who`` (reports or the institution), ``why`` in words, a ``passage`` they share."""

    who: str
    why: str
    passage: str
    documents: tuple[str, ...]

    @property
    def several(self) -> bool:
        return len(self.documents) > 1


@dataclass(frozen=True, slots=True)
class Origins:
    """Three columns and the lines between them.

    ``told``: (institution, report, certain). ``stand``: (party, institution). ``copied``: (report, report it carries, how).
    ``joined``: why these reports are one event, and how many joins rest on each reason. ``apart``: what looks like it and is not.
    """

    parties: tuple[str, ...]
    institutions: tuple[str, ...]
    documents: tuple[str, ...]
    stand: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str, bool], ...]
    copied: tuple[tuple[str, str, str], ...]
    reasons: tuple[Reason, ...]
    count: str
    joined: tuple[tuple[str, int], ...]
    apart: tuple[Apart, ...]


def origins(shelf: Shelf, domain: Domain | None, event: Event) -> Origins | None:
    """The origins behind an event's claims; None where it has none."""
    claims = shelf.event_claims(event.id)
    voices = {v.id: v for c in claims if (v := shelf.voice_of(c)) is not None}
    documents = shelf.in_order({c.document for c in claims})
    if not voices or not documents:
        return None
    told: dict[tuple[str, str], bool] = {}
    for claim in claims:
        voice = shelf.voice_of(claim)
        if voice is not None:
            told[institution(voice), claim.document] = voice.certain
    ranked = sorted(voices.values(), key=lambda v: (not v.institution, not v.certain, -len(v.documents), v.institution))
    institutions = tuple(dict.fromkeys(institution(v) for v in ranked))
    stand = tuple(dict.fromkeys((_party(domain, v.party), institution(v)) for v in ranked if v.party))
    present = set(documents)
    lineage = tuple(x for x in shelf.book.lineage if x.source in present and x.target in present)
    count = shelf.event_voices.get(event.id)
    return Origins(
        parties=tuple(dict.fromkeys(party for party, _ in stand)),
        institutions=institutions,
        documents=documents,
        stand=stand,
        told=tuple((name, document, certain) for (name, document), certain in sorted(told.items())),
        copied=tuple((x.source, x.target, x.kind) for x in lineage),
        reasons=(*(_voice_reason(shelf, v) for v in ranked if v.reason), *(_text_reason(shelf, x) for x in lineage)),
        count=wording.voices(count) if count else "",
        joined=joined(domain, event),
        apart=apart(shelf, domain, event),
    )


def _party(domain: Domain | None, id: str) -> str:
    party = domain.parties.get(id) if domain else None
    return party.name if party else id


def institution(voice: Voice) -> str:
    return voice.institution or NOBODY


def _voice_reason(shelf: Shelf, voice: Voice) -> Reason:
    return Reason(institution(voice) if voice.institution else voice.utterance, named(shelf, voice.reason), "", shelf.in_order(voice.documents))


_VERB = {"copies": "copies", "quotes": "quotes", "agency": "carries agency copy of"}


def _text_reason(shelf: Shelf, line: Lineage) -> Reason:
    passage = ""
    if line.passages and line.source in shelf.documents:
        span: Span = max((a for a, _ in line.passages), key=len)
        passage = span.of(shelf.documents[line.source].text)
    who = f"{shelf.outlet(line.source)} {_VERB.get(line.kind, line.kind)} {shelf.outlet(line.target)}"
    return Reason(who, named(shelf, line.reason), passage, (line.source, line.target))
