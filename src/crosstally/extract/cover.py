"""Which of many spans cover a place: asked once a figure, so it must not walk the whole document each time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from crosstally.values import Span


class Cover:
    """Spans in order of their start, with the furthest end so far beside each."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """``spans`` sorted by start; raises ValueError where they are not."""
        self._starts = [s.start for s in spans]
        if any(a > b for a, b in zip(self._starts, self._starts[1:], strict=False)):
            raise ValueError("spans are not in order of their start")
        self._ends = [s.end for s in spans]
        self._furthest = list(accumulate(self._ends, max))

    def over(self, span: Span) -> list[int]:
        """Indexes of the spans that cover ``span``, in order."""
        found: list[int] = []
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0 and self._furthest[at] >= span.end:
            if self._ends[at] >= span.end:
                found.append(at)
            at -= 1
        return found[::-1]
