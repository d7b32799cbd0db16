"""Groups out of pairs: order-free, and part by part as in the whole."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crosstally.link.cluster import Edge, cluster, components

NODES = tuple("abcdefgh")
PAIRS = [(x, y) for i, x in enumerate(NODES) for y in NODES[i + 1 :]]
EDGES = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.floats(-3, 3, allow_nan=False), st.booleans(), st.booleans()),
    unique_by=lambda e: e[0],
    max_size=20,
).map(lambda rows: [Edge(a, b, round(m, 3), refused=r and x) for (a, b), m, r, x in rows])


@given(EDGES, st.randoms())
def test_order_of_edges_never_matters(edges: list[Edge], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = edges[:]
    random.shuffle(shuffled)
    assert cluster(NODES, edges, 1.0, {}) == cluster(reversed(NODES), shuffled, 1.0, {})


@given(EDGES)
def test_each_component_alone_gives_what_the_whole_gives(edges: list[Edge]) -> None:
    whole = cluster(NODES, edges, 1.0, {})
    parts = [g for part in components(NODES, edges) for g in cluster(part, [e for e in edges if e.a in part and e.b in part], 1.0, {})]
    assert sorted(parts) == whole


@given(EDGES)
def test_refused_pairs_are_never_in_one_group(edges: list[Edge]) -> None:
    home = {n: i for i, group in enumerate(cluster(NODES, edges, 1.0, {})) for n in group}
    assert all(home[e.a] != home[e.b] for e in edges if e.refused)


def test_a_chain_of_half_alike_tellings_is_not_one_event() -> None:
    chain = [Edge(a, b, 0.2) for a, b in pairwise(NODES)]
    assert max(len(g) for g in cluster(NODES, chain, 1.0, {})) <= 3


def test_tellings_of_one_report_stay_apart_unless_bonded() -> None:
    edges = [Edge("a", "b", 2.0), Edge("b", "c", 2.0)]
    assert ("a", "b", "c") not in cluster("abc", edges, 1.0, {"a": "doc", "c": "doc"})
    assert cluster("abc", [*edges, Edge("a", "c", 0.0, bond=True)], 1.0, {"a": "doc", "c": "doc"}) == [("a", "b", "c")]
