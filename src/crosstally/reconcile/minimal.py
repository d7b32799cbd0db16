"""Every minimal set that cannot hold, and every minimal set whose removal mends all: each is a hitting set of the other.

The sets that just hit all conflicts found so far are kept (Berge 1989). The smallest of them that is not yet known to mend is tried: what it
leaves either holds, and it is a repair, or holds another conflict, shrunk to a minimal one (Reiter 1987). When all of them mend, every
minimal set has been seen. Sets are bits of an integer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Bits = int


class Sets(NamedTuple):
    """``repairs`` in order of size, so the first is a cheapest one even where not all were seen. ``complete``: all of both."""

    conflicts: tuple[Bits, ...]
    repairs: tuple[Bits, ...]
    complete: bool


def all_minimal(size: int, holds: Callable[[Bits], bool], shrink: Callable[[Bits], Bits], cap: int, late: Callable[[], bool]) -> Sets:
    """Minimal sets of ``size`` things, at most ``cap`` of both kinds. ``shrink`` makes a set that does not hold minimal."""
    everything = (1 << size) - 1
    conflicts: list[Bits] = []
    repairs: dict[Bits, None] = {}
    hitting: list[Bits] = [0]
    while len(conflicts) + len(repairs) < cap and len(hitting) <= cap and not late():
        tried = min((h for h in hitting if h not in repairs), key=lambda h: (h.bit_count(), h), default=None)
        if tried is None:
            return Sets(tuple(conflicts), tuple(repairs), True)
        if holds(everything & ~tried):
            repairs[tried] = None
        else:
            conflicts.append(shrink(everything & ~tried))
            hitting = hit_also(hitting, conflicts[-1])
    return Sets(tuple(conflicts), tuple(repairs), all(h in repairs for h in hitting))


def hit_also(hitting: list[Bits], conflict: Bits) -> list[Bits]:
    """The minimal sets that hit one conflict more."""
    kept = [h for h in hitting if h & conflict]
    missing = [h for h in hitting if not h & conflict]
    for bit in singles(conflict):
        with_bit = [h for h in kept if h & conflict == bit]
        kept += [m | bit for m in missing if not any(h & ~(m | bit) == 0 for h in with_bit)]
    return kept


def singles(bits: Bits) -> list[Bits]:
    """Its members, each a set of one, lowest first."""
    out = []
    while bits:
        out.append(bits & -bits)
        bits &= bits - 1
    return out


def members(bits: Bits) -> frozenset[int]:
    return frozenset(b.bit_length() - 1 for b in singles(bits))
