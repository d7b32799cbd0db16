"""Reconciliation: cells, readings, the solver, conflicts, revisions, records, people, situations."""

from .balance import balance, with_known
from .explain import explain_tally
from .given import Balanced, EventInput, Known
from .missed import missed
from .prefer import Preference, prefer, preferences
from .records import known_of
from .situation import situations
from .versions import corrections, replaced

__all__ = [
    "Balanced",
    "EventInput",
    "Known",
    "Preference",
    "balance",
    "corrections",
    "explain_tally",
    "known_of",
    "missed",
    "prefer",
    "preferences",
    "replaced",
    "situations",
    "with_known",
]
