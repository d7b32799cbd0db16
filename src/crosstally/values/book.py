"""The whole account: what one run, or one ledger, knows. What views, exports and the desk read."""

from __future__ import annotations

import msgspec

from .claim import Claim
from .decision import Standing
from .document import Document, Sentence, Source
from .entity import Entity
from .event import Event
from .finding import Finding, Unread
from .happening import AssertedLink, Happening
from .mention import Mention
from .situation import Situation
from .tally import Tally
from .voice import Count, Lineage, Voice


class DocumentReading(msgspec.Struct, frozen=True):
    """What reading one document gave. ``entities`` are local to the document: ids start with the document's id."""

    document: str
    claims: tuple[Claim, ...] = ()
    happenings: tuple[Happening, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    links: tuple[AssertedLink, ...] = ()
    unread: tuple[Unread, ...] = ()
    sentences: tuple[Sentence, ...] = ()


class Assignment(msgspec.Struct, frozen=True):
    """What later stages decided of one claim: its event, its voice, and which of its readings stands (index).

    ``decisions``: ids of people's decisions about it. ``rejected``: a person set it aside, so that no figure rests on it. ``corrected``: the
    claim as a person mended it, which stands in the account in place of the claim as read.
    """

    claim: str
    event: str | None = None
    voice: str | None = None
    reading: int = 0
    decisions: tuple[str, ...] = ()
    rejected: bool = False
    corrected: Claim | None = None


class Book(msgspec.Struct, frozen=True):
    """Everything, joined by id. ``assignments`` has one row a claim; ``mention_entities`` maps a document-local entity id to a ledger entity id.

    ``decisions``: people's decisions in force, as appended.
    """

    sources: tuple[Source, ...] = ()
    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    happenings: tuple[Happening, ...] = ()
    voices: tuple[Voice, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    events: tuple[Event, ...] = ()
    event_voices: tuple[tuple[str, Count], ...] = ()
    tallies: tuple[Tally, ...] = ()
    findings: tuple[Finding, ...] = ()
    situations: tuple[Situation, ...] = ()
    unread: tuple[Unread, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    mention_entities: tuple[tuple[str, str], ...] = ()
    as_of: str | None = None
    decisions: tuple[Standing, ...] = ()


def standing_claims(book: Book) -> tuple[Claim, ...]:
    """The claims that the account rests on: those a person rejected left out, those a person corrected as corrected."""
    judged = {a.claim: a for a in book.assignments if a.rejected or a.corrected is not None}
    if not judged:
        return book.claims
    rows = ((claim, judged.get(claim.id)) for claim in book.claims)
    # A view may have covered names in the text of a claim as read: the words stay those.
    return tuple(
        claim if row is None or row.corrected is None else msgspec.structs.replace(row.corrected, text=claim.text)
        for claim, row in rows
        if row is None or not row.rejected
    )
