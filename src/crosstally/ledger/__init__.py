"""The ledger: one contract, kept in memory or in an embedded database. ``open_ledger`` loads the database libraries when it is called."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from .changes import ChangeLine, told, what_changed
from .memory import MemoryStore

if TYPE_CHECKING:
    from .sqlite import SqliteStore

__all__ = ["ChangeLine", "MemoryStore", "SqliteStore", "open_ledger", "told", "what_changed"]


def open_ledger(path: str | os.PathLike[str], *, clock: Callable[[], str] | None = None) -> SqliteStore:
    """The ledger in file ``path``, made new where there is none, brought to this version's schema where it is older.

    ``clock`` gives the times of the history (ISO 8601), the machine's clock in UTC by default. Raises LedgerError for a file that is no
    ledger, is newer than this version, or cannot be opened; such a file is left as it is, byte for byte.
    """
    from .opening import open_engine
    from .sqlite import SqliteStore

    return SqliteStore(open_engine(path), os.fspath(path), clock=clock)


def __getattr__(name: str) -> object:
    if name == "SqliteStore":
        from .sqlite import SqliteStore

        return SqliteStore
    raise AttributeError(name)
