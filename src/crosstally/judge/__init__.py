"""People's decisions: which are in force, what they make of claims, and which cannot stand beside one another."""

from .checks import check
from .claims import Judged, judge_claims
from .clashes import clash, settle
from .correct import corrected

__all__ = ["Judged", "check", "clash", "corrected", "judge_claims", "settle"]
