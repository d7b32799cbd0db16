"""Groups out of scored pairs: the same for any order of reading, and for the whole as for each connected part.

Pairs are joined best first; two groups that hold a refused pair are never put together, and neither are groups whose mean pair falls short,
so a chain of half-alike tellings does not become one event. Only pairs above the threshold connect, so adding a telling can change only the
component it touches: re-clustering that component gives what clustering everything gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

_NONE: frozenset[str] = frozenset()


class Edge(msgspec.Struct, frozen=True):
    """A pair with ``margin`` above (or, negative, below) its threshold. ``a`` < ``b``. ``bond``: joined whatever else; of bonds, those
    with the widest margin go first."""

    a: str
    b: str
    margin: float
    refused: bool = False
    bond: bool = False


def components(nodes: Iterable[str], edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """Connected parts over edges that could join, each sorted, in order of their first."""
    parent = {n: n for n in nodes}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for edge in edges:
        if edge.bond or (edge.margin >= 0 and not edge.refused):
            low, high = sorted((root(edge.a), root(edge.b)))
            parent[high] = low
    groups: dict[str, list[str]] = {}
    for node in sorted(parent):
        groups.setdefault(root(node), []).append(node)
    return [tuple(g) for g in sorted(groups.values())]


def cluster(
    nodes: Iterable[str], edges: Iterable[Edge], mean_margin: float, apart: Mapping[str, str], parted: Iterable[tuple[str, str]] = ()
) -> list[tuple[str, ...]]:
    """Groups of node ids. ``apart``: node to a label; two nodes of one label stay apart unless an edge bonds them (one document's
    tellings). ``parted``: pairs that stay apart whatever else, as a person decided."""
    never: dict[str, set[str]] = {}
    for a, b in parted:
        never.setdefault(a, set()).add(b)
        never.setdefault(b, set()).add(a)
    known = {(e.a, e.b): e for e in edges}
    group_of = {n: n for n in sorted(nodes)}
    members = {n: [n] for n in group_of}

    def edge(x: str, y: str) -> Edge | None:
        return known.get((x, y) if x < y else (y, x))

    def may(one: list[str], other: list[str]) -> bool:
        total, count = 0.0, 0
        for x in one:
            for y in other:
                found = edge(x, y)
                if found is not None and found.bond:
                    continue
                if (found is not None and found.refused) or (apart.get(x) is not None and apart.get(x) == apart.get(y)):
                    return False
                # A pair that was never worth comparing has nothing in common: it counts as far below.
                total += found.margin if found is not None else -2 * mean_margin
                count += 1
        return count == 0 or total / count >= -mean_margin

    for found in sorted(known.values(), key=lambda e: (not e.bond, -round(e.margin, 9), e.a, e.b)):
        one, other = group_of[found.a], group_of[found.b]
        if one == other or (not found.bond and (found.margin < 0 or found.refused)):
            continue
        if never and any(never.get(x, _NONE) & set(members[other]) for x in members[one]):
            continue
        if found.bond or may(members[one], members[other]):
            low, high = sorted((one, other))
            for node in members[high]:
                group_of[node] = low
            members[low] += members.pop(high)
    return sorted(tuple(sorted(g)) for g in members.values())
