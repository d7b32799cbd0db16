"""Reports in: files, folders, pasted text. What cannot be read is said, with the remedy; everything else is still read."""

from .take import take, take_bytes
from .values import Intake, Problem

__all__ = ["Intake", "Problem", "take", "take_bytes"]
