"""Cells that no spreadsheet runs: report text is other people's words."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")

# A spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV injection"), also in their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def formula_safe(value: T) -> T | str:
    """The value itself; a text that a spreadsheet would run gets an apostrophe before it."""
    return "'" + value if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value
