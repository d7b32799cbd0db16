"""A span with a parsed value, and the rule that read it."""

from __future__ import annotations

from typing import Literal

import msgspec

from .moment import Window
from .place import Place
from .quantity import Quantity
from .span import Span

MentionKind = Literal["person", "body", "place", "moment", "quantity", "quote"]

# What a number is when it is not a count of something.
NumberRole = Literal[
    "count", "ordinal", "age", "storeys", "floor", "distance", "date", "time", "percent", "calibre", "money", "duration", "rate",
    "year", "share", "index", "idiom", "measure", "score", "name",
]  # fmt: skip


class PersonName(msgspec.Struct, frozen=True, tag_field="type", tag="person"):
    """A person as mentioned. ``role`` as worded beside the name ("Kyiv Mayor"); ``form``: full name, short (surname), pronoun or description."""

    name: str
    role: str | None = None
    form: Literal["full", "short", "pronoun", "description"] = "full"


class BodyName(msgspec.Struct, frozen=True, tag_field="type", tag="body"):
    """An institution as mentioned. ``vague`` for "officials", "authorities", "sources": a body that names nobody."""

    name: str
    vague: bool = False
    kind: str | None = None


class QuoteValue(msgspec.Struct, frozen=True, tag_field="type", tag="quote"):
    """Who is quoted. ``speaker`` is the resolved full name in this document; ``scare`` for words in quotation marks within a sentence."""

    speaker: str | None = None
    role: str | None = None
    channel: str | None = None
    scare: bool = False


MentionValue = Quantity | Window | Place | PersonName | BodyName | QuoteValue


class Mention(msgspec.Struct, frozen=True):
    """``span`` by the span rules of the design (number words alone, name without title); ``cover`` adds hedge, title or quotation marks."""

    document: str
    span: Span
    kind: MentionKind
    text: str
    value: MentionValue
    rule: str
    entity: str | None = None
    cover: Span | None = None
    number: NumberRole | None = None
    sentence: int = -1
