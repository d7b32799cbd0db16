"""Why something was not shown or not done, in words for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

TITLES: Mapping[int, str] = {403: "Not allowed", 404: "Not here", 405: "Not here", 413: "Too much at once", 422: "Not understood"}

# What a value that does not fit its field would have to be, by the kind of misfit.
_WANTED: Mapping[str, str] = {
    "missing": "is missing",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_too_long": "must have at most {max_length} characters",
    "bool_parsing": "must be true or false",
}


def told(errors: Iterable[Mapping[str, Any]]) -> str:
    """Each misfit by the name of its field, as "page must be a whole number"."""
    return "; ".join(_one(e) for e in errors) + "."


def _one(error: Mapping[str, Any]) -> str:
    where = [str(x) for x in error.get("loc", ())]
    field = ".".join(where[1:] if len(where) > 1 else where)
    wanted = _WANTED.get(str(error.get("type")))
    if wanted is None:
        return f"{field}: {error.get('msg', 'not understood')}"
    return f"“{field}” " + wanted.format_map({"ge": "", "le": "", "max_length": "", **error.get("ctx", {})})
