"""When a statement was made, from the words of time beside the cue: "said on Saturday", "told at 7 a.m. on Friday"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from crosstally.values import Mention, Span, Window

_HOURS = frozenset({"minute", "hour"})
_DAYS = frozenset({"day", "part_of_day"})
_LONGEST = 80  # characters of a moment, at most
_START = attrgetter("span.start")


def speech_time(words: Span, moments: Sequence[Mention], published: str | None) -> str | None:
    """ISO time of speaking, to the minute or the day as told; None where the words name no known day, or one after publication.

    ``words``: the run of time words beside the cue. ``moments``: those of the document, in order; the longest that touches the words counts.
    """
    first = bisect_left(moments, words.start - _LONGEST, key=_START)
    near = moments[first : bisect_left(moments, words.end, key=_START)]
    touching = [m for m in near if m.span.overlaps(words) and isinstance(m.value, Window) and m.value.start is not None]
    found = max(touching, key=lambda m: (len(m.span), -m.span.start), default=None)
    if found is None or not isinstance(found.value, Window) or found.value.start is None:
        return None
    start, precision = found.value.start, found.value.precision
    said = start[:16] if precision in _HOURS and len(start) > 10 else start[:10] if precision in _DAYS else None
    return None if said is None or (published is not None and said[:10] > published[:10]) else said
