"""The tables of an embedded ledger, as they are now. How they came to be so is under ``migrations``; a test holds the two equal.

Values are kept whole, as the JSON of ``values.codec``; the columns beside them are for finding them. Loaded by ``open_ledger`` only.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

# "ctly": marks a database file as one of ours, in its header.
APPLICATION_ID = 0x63746C79
# Counts up with every migration; kept in the header (user_version), so that a newer file is known before anything is read.
SCHEMA_VERSION = 1

metadata = MetaData()

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
document = Table(
    "document",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, ForeignKey("source.id"), nullable=False, index=True),
    Column("published", Text, index=True),
    Column("language", Text),
    Column("url", Text, index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("value", Text, nullable=False),  # the Document, its text left out
)
reading = Table(
    "reading",
    metadata,
    Column("document", Text, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("value", Text, nullable=False),  # the DocumentReading, claims and sentences left out
    Column("sentences", Text, nullable=False),
)
claim = Table(
    "claim",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True),
    Column("document", Text, ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("measure", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("value", Text, nullable=False),
    UniqueConstraint("document", "position", name="one_claim_a_place"),
)
decision = Table(
    "decision",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False),
)
history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("moment", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
)
book = Table(
    "book",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_book"), primary_key=True),
    Column("value", Text, nullable=False),  # which sections are readings' own, and what has no section
)
derived = Table(
    "derived",
    metadata,
    Column("section", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", Text),
    Column("event", Text),
    Column("measure", Text),
    Column("value", Text, nullable=False),
    Index("derived_by_key", "section", "key"),
    Index("derived_by_event", "section", "event"),
)

# ``document_words`` and ``claim_words``, full-text indexes kept in step by triggers, are made by the migrations alone.
