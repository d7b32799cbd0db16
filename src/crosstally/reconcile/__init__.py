"""Reconciliation: cells, readings, the solver, conflicts, revisions, records, people, situations."""

from .balance import balance
from .explain import explain_tally
from .given import Balanced, EventInput, Known
from .situation import situations

__all__ = ["Balanced", "EventInput", "Known", "balance", "explain_tally", "situations"]
