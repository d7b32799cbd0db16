"""The desk: a local web face on a ledger, and the same answers for agents. Nothing here knows how a ledger is kept (see ``ports``)."""
