"""Every minimal set that cannot hold, and every minimal set whose removal mends all: each is a hitting set of the other.

The sets that just hit all conflicts found so far are kept (Berge 1989). The smallest of them that is not yet known to mend is tried: what it
leaves either holds, and it is a repair, or holds another conflict, shrunk to a minimal one (Reiter 1987). When all of them mend, every
minimal set has been seen. Sets are bits of an integer.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

Bits = int
ROOM = 4  # sets that hit all conflicts so far, for each set listed


class Sets(NamedTuple):
    """``repairs`` in order of size, so the first is a cheapest one even where not all were seen. ``complete``: all of both."""

    conflicts: tuple[Bits, ...]
    repairs: tuple[Bits, ...]
    complete: bool


def all_minimal(size: int, holds: Callable[[Bits], bool], shrink: Callable[[Bits], Bits], cap: int, late: Callable[[], bool]) -> Sets:
    """Minimal sets of ``size`` things, at most ``cap`` of both kinds. ``shrink`` makes a set that does not hold minimal.

    Stops short as well where more than ``ROOM`` times ``cap`` sets are still to be tried.
    """
    everything = (1 << size) - 1
    conflicts: list[Bits] = []
    repairs: dict[Bits, None] = {}
    hitting = {0}
    untried = [(0, 0)]  # by size; those that a later conflict has grown past are passed over
    inside = [0] * size  # of each thing, the conflicts it is in, as bits
    while len(conflicts) + len(repairs) < cap and len(hitting) <= ROOM * cap and not late():
        while untried and untried[0][1] not in hitting:
            heappop(untried)
        if not untried:
            return Sets(tuple(conflicts), tuple(repairs), True)
        _, tried = heappop(untried)
        if holds(everything & ~tried):
            repairs[tried] = None
            continue
        conflict = shrink(everything & ~tried)
        missing = [h for h in hitting if not h & conflict]
        hitting.difference_update(missing)
        new = [m | 1 << i for m in missing for i in hit_also(m, conflict, inside)]
        hitting.update(new)
        for h in new:
            heappush(untried, (h.bit_count(), h))
        for i in ordered(conflict):
            inside[i] |= 1 << len(conflicts)
        conflicts.append(conflict)
    return Sets(tuple(conflicts), tuple(repairs), all(h in repairs for h in hitting))


def hit_also(missing: Bits, conflict: Bits, inside: list[int]) -> list[int]:
    """Which members of one conflict more can be added to a minimal hitting set that misses it, so that all of it is needed still: each of its
    own members is alone in some conflict that the new one is not in (Murakami and Uno 2014). ``inside``: of each thing, the conflicts it is in.
    """
    once = more = 0
    own = ordered(missing)
    for i in own:
        more |= once & inside[i]
        once |= inside[i]
    needed = [inside[i] & ~more for i in own]
    return [i for i in ordered(conflict) if all(alone & ~inside[i] for alone in needed)]


def ordered(bits: Bits) -> list[int]:
    """Its members by number."""
    out = []
    while bits:
        one = bits & -bits
        out.append(one.bit_length() - 1)
        bits ^= one
    return out


def members(bits: Bits) -> frozenset[int]:
    return frozenset(ordered(bits))
