"""How a ledger's tables came to be, step by step. Run by Alembic when a ledger is opened."""
