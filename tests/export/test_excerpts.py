"""Sentences with the words that decide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crosstally.export import excerpts
from crosstally.export.shelf import Shelf
from crosstally.values import Span
from tests.export.book_fixture import night


def marked(kind: str) -> list[list[str]]:
    shelf = Shelf(night())
    finding = next(f for f in shelf.book.findings if f.kind == kind)
    return [[p.text for p in e.pieces if p.mark] for e in excerpts.of_finding(shelf, finding)]


def test_figures_decide_an_agreement_and_wording_a_definition() -> None:
    assert marked("agreement") == [["550", "eleven"], ["539", "11"]]
    assert marked("definition_difference") == [["brought down 270", "another 208"], ["476 drones as intercepted"]]


def test_claims_of_one_sentence_share_an_excerpt() -> None:
    shelf = Shelf(night())
    finding = next(f for f in shelf.book.findings if f.kind == "definition_difference")
    assert [e.outlet for e in excerpts.of_finding(shelf, finding)] == ["Ridge Wire", "Harbour Post"]


def test_evidence_without_claims_is_shown_in_its_sentence() -> None:
    assert marked("role_clash") == [["Deputy Foreign Minister"], ["Foreign Minister"]]


def test_the_sentence_around_a_span() -> None:
    text = "It was late. The mayor, at 3 a.m., said that two died. Nobody slept.\nNext day"
    start = text.index("two")
    assert excerpts.sentence_around(text, Span(start, start + 3)).of(text).endswith("said that two died.")
    assert excerpts.sentence_around(text, Span(len(text) - 3, len(text))).of(text) == "Next day"
    assert excerpts.sentence_around("Nine were freed", Span(0, 4)).of("Nine were freed") == "Nine were freed"


def test_a_long_sentence_is_cut_around_its_mark() -> None:
    text = "word " * 100 + "twelve people " + "tail " * 100
    start = text.index("twelve")
    cut = excerpts.pieces(text, Span(0, len(text)), [Span(start, start + 6)])
    assert cut[0].text == "… "
    assert cut[-1].text == " …"
    assert [p.text for p in cut if p.mark] == ["twelve"]
    assert sum(len(p.text) for p in cut) < 300


@given(st.text(alphabet="ab .“”\n", min_size=1, max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5))
def test_pieces_join_to_the_sentence(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b), max(a, b)) for a, b in ends if max(a, b) <= len(text) and a != b]
    cut = excerpts.pieces(text, Span(0, len(text)), spans)
    assert "".join(p.text for p in cut) == text.replace("\n", " ") or any("\n" in text[s.start : s.end] for s in spans)
    assert sum(len(p.text) for p in cut if p.mark) == len({i for s in spans for i in range(s.start, s.end)})
