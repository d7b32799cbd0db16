"""The cheapest way to choose among readings, and to set aside what no reading saves: exact, or None where it takes too long.

A choice that does not hold contains a minimal set that does not; any better choice gives up one member of it: for its next dearer reading, or
altogether. Choices are tried from the cheapest on (A*, Hart 1968, over the tree of Reiter 1987); what disjoint known sets will cost at least is
counted beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush

Choice = tuple[int | None, ...]  # a reading for each, None where it is set aside
Steps = tuple[tuple[int, int], ...]  # who gave up how many of its readings, those who gave up any
Clash = tuple[tuple[int, int], ...]  # readings that cannot all hold: (who, which)


def cheapest(costs: Sequence[Sequence[int]], aside: int, clash: Callable[[Choice], Clash], most: int, late: Callable[[], bool]) -> Choice | None:
    """The choice of least cost that holds; None after ``most`` looks or where time ran out.

    ``costs``: of each reading; ``aside``: of setting one aside, more than any reading. ``clash``: a minimal set of a choice's readings that
    cannot all hold, empty where it holds.
    """
    ladders = [sorted((c, k) for k, c in enumerate(row)) for row in costs]
    clashes: list[Clash] = []

    def reading(i: int, step: int) -> int | None:
        return ladders[i][step][1] if step < len(ladders[i]) else None

    def price(i: int, step: int) -> int:
        return ladders[i][step][0] if step < len(ladders[i]) else aside

    def unsettled(given: dict[int, int]) -> list[Clash]:
        return [c for c in clashes if all(reading(i, given.get(i, 0)) == k for i, k in c)]

    def more(given: dict[int, int], open_: list[Clash]) -> int:
        """What sets that share nobody cost at the least."""
        total, used = 0, set[int]()
        for c in sorted(open_, key=len):
            if used.isdisjoint(i for i, _ in c):
                used.update(i for i, _ in c)
                total += min(price(i, given.get(i, 0) + 1) - price(i, given.get(i, 0)) for i, _ in c)
        return total

    heap: list[tuple[int, int, Steps]] = [(sum(row[0][0] for row in ladders), 0, ())]
    seen: set[Steps] = {()}
    base = heap[0][0]
    for _ in range(most):
        if not heap or late():
            return None
        least, paid, steps = heappop(heap)
        given = dict(steps)
        open_ = unsettled(given)
        known = base + paid + more(given, open_)
        if known > least:
            heappush(heap, (known, paid, steps))
            continue
        if not open_:
            choice = tuple(reading(i, given.get(i, 0)) for i in range(len(ladders)))
            found = clash(choice)
            if not found:
                return choice
            clashes.append(found)
            open_ = [found]
        for i, _k in min(open_, key=lambda c: (len(c), c)):
            step = given.get(i, 0)
            then = tuple(sorted({**given, i: step + 1}.items()))
            if then not in seen:
                seen.add(then)
                cost = paid + price(i, step + 1) - price(i, step)
                heappush(heap, (base + cost + more(dict(then), unsettled(dict(then))), cost, then))
    return None
