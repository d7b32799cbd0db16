"""The first ledger: sources, documents, readings, claims, decisions, history, the book, and search."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.Text, sa.ForeignKey("source.id"), nullable=False, index=True),
        sa.Column("published", sa.Text, index=True),
        sa.Column("language", sa.Text),
        sa.Column("url", sa.Text, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("sentences", sa.Text, nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, index=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("measure", sa.Text, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.UniqueConstraint("document", "position", name="one_claim_a_place"),
    )
    op.create_table(
        "decision",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("moment", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "book",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_book"), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "derived",
        sa.Column("section", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text),
        sa.Column("event", sa.Text),
        sa.Column("measure", sa.Text),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("derived_by_key", "derived", ["section", "key"])
    op.create_index("derived_by_event", "derived", ["section", "event"])
    for table, columns, old, new in (
        ("document", "title, text", "old.title, old.text", "new.title, new.text"),
        ("claim", "text", "old.text", "new.text"),
    ):
        words = f"{table}_words"
        op.execute(
            f"CREATE VIRTUAL TABLE {words} USING fts5({columns}, content='{table}', content_rowid='seq', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        op.execute(
            f"CREATE TRIGGER {words}_in AFTER INSERT ON {table} BEGIN INSERT INTO {words}(rowid, {columns}) VALUES (new.seq, {new}); END"
        )
        op.execute(
            f"CREATE TRIGGER {words}_out AFTER DELETE ON {table} BEGIN "
            f"INSERT INTO {words}({words}, rowid, {columns}) VALUES ('delete', old.seq, {old}); END"
        )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
