"""crosstally keeps double-entry books on the news.

>>> import crosstally
>>> ledger = crosstally.read(["reports/"])          # doctest: +SKIP
>>> for event in ledger.events:                     # doctest: +SKIP
...     print(event.title)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crosstally.app import Ledger, open_ledger, read
    from crosstally.errors import CrosstallyError, DecisionError, InputError, LedgerError, PackError
    from crosstally.values import Document

__version__ = "0.1.0"
__all__ = ["CrosstallyError", "DecisionError", "Document", "InputError", "Ledger", "LedgerError", "PackError", "__version__", "open_ledger", "read"]

_HOME = {
    "Ledger": "crosstally.app", "read": "crosstally.app", "open_ledger": "crosstally.app", "Document": "crosstally.values",
    "CrosstallyError": "crosstally.errors", "DecisionError": "crosstally.errors", "InputError": "crosstally.errors",
    "LedgerError": "crosstally.errors", "PackError": "crosstally.errors",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Public names load on first use, so that ``import crosstally`` stays light."""
    if name in _HOME:
        from importlib import import_module

        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'crosstally' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
