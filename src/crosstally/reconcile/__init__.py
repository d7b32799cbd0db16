"""Reconciliation: cells, readings, the solver, conflicts, revisions, records, people, situations."""

from .balance import balance, with_known
from .explain import explain_tally
from .given import Balanced, EventInput, Known
from .missed import missed
from .records import known_of
from .situation import situations

__all__ = ["Balanced", "EventInput", "Known", "balance", "explain_tally", "known_of", "missed", "situations", "with_known"]
