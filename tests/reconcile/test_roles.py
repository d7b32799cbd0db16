"""Offices and names over documents."""

from __future__ import annotations

import pytest

from crosstally.reconcile.lexicon import lexicon
from crosstally.reconcile.roles import clash, people, title
from crosstally.values import Document, Entity, Role


@pytest.mark.parametrize(
    ("a", "b", "clashes"),
    [
        ("Ukrainian Deputy Foreign Minister", "Foreign Minister", True),
        ("Ukrainian President", "President", False),
        ("Kyiv Mayor", "Kyiv's mayor", False),
        ("Kyiv Mayor", "Kyiv’s mayor", False),
        ("Defence Minister", "Defense Minister", False),
        ("Minister of Foreign Affairs", "Foreign Minister", False),
        ("Economy Minister", "Prime Minister", True),
        ("Economy Minister", "minister", False),
        ("former president", "President", True),
        ("Kremlin spokesman", "Kremlin spokesperson", False),
        ("Chief of Staff", "head of the presidential office", False),
        ("Putin's foreign affairs adviser", "Kremlin adviser", False),
        ("acting governor", "governor", True),
    ],
)
def test_two_offices_or_two_wordings(a, b, clashes):
    words = lexicon()
    assert clash(title(a, words), title(b, words)) is clashes


def test_two_mayors_of_one_city():
    rows = (
        Entity("p1", "person", "Vitali Klitschko", (), (Role("Kyiv Mayor", ("a",)),)),
        Entity("p2", "person", "Ihor Terekhov", (), (Role("Kyiv mayor", ("b",)),)),
        Entity("p3", "person", "Andrii Sadovyi", (), (Role("Lviv mayor", ("b",)),)),
        Entity("p4", "person", "Donald Trump", (), (Role("President", ("a",)),)),
        Entity("p5", "person", "Vladimir Putin", (), (Role("President", ("a",)),)),
    )
    found = people(rows, {}, lexicon(), "e1")
    assert [(f.kind, "Klitschko" in f.title and "Terekhov" in f.title) for f in found] == [("name_clash", True)]


def test_the_clash_points_at_the_words():
    documents = {
        "a": Document(id="a", text="On X, Deputy Foreign Minister Andrii Sybiha wrote of a hard night."),
        "b": Document(id="b", text="Foreign Minister Andrii Sybiha spoke later."),
    }
    entity = Entity("p", "person", "Andrii Sybiha", (), (Role("Deputy Foreign Minister", ("a",)), Role("Foreign Minister", ("b",))))
    (found,) = people((entity,), documents, lexicon(), "e1")
    assert [e.span.of(documents[e.document].text) for e in found.spans] == ["Deputy Foreign Minister", "Foreign Minister"]


def test_half_a_name_is_no_second_holder():
    documents = {d: Document(id=d, text="x", source=d) for d in ("a", "b")}
    role = "Mayor of Kyiv"
    half = Entity("p1", "person", "Vitali", (), (Role(role, ("a",)),))
    full = Entity("p2", "person", "Vitali Klitschko", (), (Role(role, ("b",)),))
    assert people((half, full), documents, lexicon(), "e1") == []
    other = Entity("p3", "person", "Tymur Tkachenko", (), (Role(role, ("a",)),))
    assert [f.kind for f in people((full, other), documents, lexicon(), "e1")] == ["name_clash"]
