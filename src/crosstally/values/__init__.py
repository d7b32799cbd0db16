"""The words of the house: frozen values that pass between stages. Imports nothing of crosstally."""

from .book import Assignment, Book, DocumentReading, standing_claims
from .claim import EARLY, JOINS, KINDS, LISTED, LOWERED, SINCE, Claim, Reading, Scope, Speaker, Status, Tier
from .clocks import when_said
from .codec import decode, encode, plain
from .coded import Coded, CodedCell, CodedColumn, CodedRow, CodingRule, LeftOut
from .decision import Decision, DecisionKind, Standing, alive, decision_id, in_force
from .document import Document, Furniture, Sentence, Source, TableRow, Token, content_id, iso
from .entity import Entity, EntityKind, Role
from .entry import Entry, EntryKind
from .event import Event, Join
from .facets import WHOLE, Facets
from .finding import Change, Evidence, Finding, FindingKind, Unread
from .happening import AssertedLink, Happening
from .mention import BodyName, Mention, MentionKind, MentionValue, NumberRole, PersonName, QuoteValue
from .moment import TimePrecision, Window
from .place import Place, PlaceKind
from .quantity import HOURS, OPEN_ABOVE, Hedge, Quantity
from .situation import Link, Situation
from .span import Span
from .store import HistoryLine, Hit, Store, chain_versions
from .tally import State, Tally
from .voice import Count, Lineage, Voice

__all__ = [
    "EARLY", "HOURS", "JOINS", "KINDS", "LISTED", "LOWERED", "OPEN_ABOVE", "SINCE", "WHOLE", "AssertedLink", "Assignment", "BodyName", "Book",
    "Change", "Claim", "Coded",
    "CodedCell", "CodedColumn", "CodedRow", "CodingRule", "Count", "Decision", "DecisionKind",
    "Document", "DocumentReading", "Entity", "EntityKind", "Entry", "EntryKind", "Event", "Evidence", "Facets", "Finding", "FindingKind", "Furniture",
    "Happening", "Hedge", "HistoryLine", "Hit", "Join", "LeftOut", "Lineage", "Link", "Mention", "MentionKind", "MentionValue", "NumberRole",
    "PersonName", "Place", "PlaceKind", "Quantity", "QuoteValue", "Reading", "Role", "Scope", "Sentence", "Situation", "Source",
    "Span", "Speaker", "Standing", "State", "Status", "Store", "TableRow", "Tally", "Tier", "TimePrecision", "Token", "Unread", "Voice", "Window",
    "alive", "chain_versions", "content_id", "decision_id", "decode", "encode", "in_force", "iso", "plain", "standing_claims", "when_said",
]  # fmt: skip
