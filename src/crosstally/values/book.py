"""The whole account: what one run, or one ledger, knows. What views, exports and the desk read."""

from __future__ import annotations

import msgspec

from .claim import Claim
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
    """What later stages decided of one claim: its event, its voice, and which of its readings stands (index)."""

    claim: str
    event: str | None = None
    voice: str | None = None
    reading: int = 0


class Book(msgspec.Struct, frozen=True):
    """Everything, joined by id. ``assignments`` has one row a claim; ``mention_entities`` maps a document-local entity id to a ledger entity id."""

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
