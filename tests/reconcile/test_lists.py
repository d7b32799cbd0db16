"""Things of one class counted apart in one list add up, and are no dispute."""

from __future__ import annotations

import crosstally


def _damaged(*texts: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    documents = [crosstally.Document.from_text(t, published="2025-03-11T09:00", source=f"Paper {i}") for i, t in enumerate(texts)]
    book = crosstally.read(documents).book
    rows = [(t.facets.notation(), t.notation(), t.state) for t in book.tallies if t.measure == "damaged"]
    return rows, [f.kind for f in book.findings if f.kind in ("divergence", "contradiction", "imbalance")]


def test_one_list_is_a_sum_and_says_so() -> None:
    text = "Five private homes and three apartment buildings were damaged in a drone attack on Odesa overnight."
    assert _damaged(text) == ([("object=residential", "8", "derived")], [])
    book = crosstally.read(crosstally.Document.from_text(text, published="2025-03-11")).book
    (tally,) = (t for t in book.tallies if t.measure == "damaged")
    assert tally.relation == "5 + 3 = 8: one list"
    assert len(tally.claims) == len(tally.derived_from) == 2


def test_one_thing_named_is_no_rival_of_a_count() -> None:
    rows, findings = _damaged(
        "A drone attack on Odesa damaged 12 apartment buildings overnight.", "A drone attack on Odesa damaged an apartment building overnight."
    )
    assert rows == [("object=residential", "12", "agreed")]
    assert findings == []


def test_two_sentences_are_two_counts() -> None:
    rows, findings = _damaged("A drone attack on Odesa damaged 12 homes overnight.", "A drone attack on Odesa damaged 15 homes overnight.")
    assert rows == [("object=residential", "12..15", "range")]
    assert findings == ["divergence"]


def test_a_headline_may_round_what_its_report_says() -> None:
    text = "100 hurt in Odesa blast\n\nA blast in Odesa on Monday wounded more than 100 people, the mayor said."
    book = crosstally.read(crosstally.Document.from_text(text, published="2025-03-11", title="100 hurt in Odesa blast")).book
    assert not [f.kind for f in book.findings if f.kind == "divergence"]
