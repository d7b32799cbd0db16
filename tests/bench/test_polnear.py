"""Brat files and attributions, on a little article in the corpus's own layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.accuracy.corpora.polnear import CORPUS, Said, agreement, find, found_in, linked, read_brat, sources

_TEXT = 'The bridge reopened.\n\nMayor Ann Reed said that the bridge was safe. "We checked every bolt," she added.\n'


def _line(n: int, kind: str, words: str) -> str:
    start = _TEXT.index(words)
    return f"T{n}\t{kind} {start} {start + len(words)}\t{words}"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    dev = tmp_path / "polnear" / "dev"
    (dev / "text").mkdir(parents=True)
    (dev / "attributions").mkdir()
    (dev / "text" / "gazette_2016-09-12_bridge.txt").write_text(_TEXT, encoding="utf-8")
    lines = [
        _line(1, "Source", "Mayor Ann Reed"),
        _line(2, "Cue", "said"),
        _line(3, "Content", "that the bridge was safe"),
        _line(4, "Attribution", "said"),
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        _line(5, "Source", "she"),
        _line(6, "Cue", "added"),
        _line(7, "Content", '"We checked every bolt,"'),
        _line(8, "Attribution", "added"),
        "E2\tAttribution:T8 Content:T7 Cue:T6 Source:T5",
        _line(9, "Discard", "The bridge reopened."),
    ]
    (dev / "attributions" / "gazette_2016-09-12_bridge_ab12.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_a_stand_off_file_is_read_with_broken_and_double_spans() -> None:
    lines = ["T1\tSource 0 4;6 9\twho are", "T2\tContent 10 20\tx", "T3\tContent 30 40\ty", "T4\tAttribution-no-source 5 6\tz"]
    events = [
        "E1\tAttribution:T9 Content:T2 Content2:T3 Source:T1",
        "E2\tAttribution-no-source:T4 Content:T3",
        "E3\tAttribution-no-source:T4",
    ]
    assert read_brat([*lines, *events]) == [(((0, 4), (6, 9)), ((10, 20), (30, 40))), ((), ((30, 40),))]


def test_words_that_hold_a_line_end_go_on_over_lines() -> None:
    lines = ["T1\tSource 0 4\tAnn Reed", "T2\tContent 10 20\tThe bridge", "The road", "Every bolt", "E1\tContent:T2 Source:T1"]
    assert read_brat(lines) == [(((0, 4),), ((10, 20),))]


def test_of_attributions_within_others_the_outermost_is_scored() -> None:
    text = "Mayor Ann Reed said that police believe the bridge is safe."
    assert [words_of(text, f) for f in found_in(text, "x")] == [("Mayor Ann Reed", "that police believe the bridge is safe")]
    closed = "The police think the bridge is safe, Mayor Ann Reed said."
    assert [words_of(closed, f)[0] for f in found_in(closed, "x")] == ["Mayor Ann Reed"]


def words_of(text: str, said: Said) -> tuple[str, str]:
    """Source and content as words of the text."""

    def words(starts: frozenset[int]) -> str:
        last = max(starts)
        return text[min(starts) : last] + text[last:].split()[0].strip(".,")

    return words(said.source), words(said.content)


def _said(source: set[int], content: set[int]) -> Said:
    return Said(frozenset(source), frozenset(content))


def test_linked_needs_half_of_source_and_half_of_content_each_way() -> None:
    gold = [_said({1, 2}, {10, 11, 12, 13})]
    assert linked(gold, [_said({1}, {10, 11})]) == {0: 0}
    assert linked(gold, [_said({1}, {10})]) == {}  # a quarter of the content
    assert linked(gold, [_said({3}, {10, 11, 12, 13})]) == {}  # another source
    assert linked(gold, [_said({1, 2}, set(range(10, 30)))]) == {}  # its content is four of twenty


def test_of_two_words_by_one_source_the_nearer_content_pairs() -> None:
    gold = [_said({1}, {10, 11}), _said({1}, {20, 21})]
    assert sources(gold, [_said({1}, {20, 21}), _said({1}, {10, 11})]) == {0: 1, 1: 0}
    assert sources(gold, [_said({1}, {20, 21})]) == {1: 0}


def test_a_little_article_is_measured(corpus: Path) -> None:
    path = find(corpus, "dev")
    assert path == corpus / "polnear" / "dev"
    made = CORPUS.measure(path, None)
    assert made.items == 2
    assert made.values["linked"] == made.values["source"] == 1.0
    assert 0.9 <= made.values["content"] <= 1.0  # the word "that" may stand in the content or before it
    assert list(made.verdicts.values()) == [True, True]


def test_a_folder_without_the_corpus_is_not_taken_for_it(tmp_path: Path) -> None:
    assert find(tmp_path, "dev") is None


def test_two_people_who_marked_a_text_are_held_against_each_other() -> None:
    mayor, clerk = Said(frozenset({1}), frozenset({4, 5})), Said(frozenset({2}), frozenset({4, 5}))
    alike, apart = [[mayor], [mayor]], [[mayor], [clerk]]
    assert agreement([alike] * 5 + [apart] * 5) == 0.5
    assert agreement([[[mayor]]] * 20 + [alike] * 9) is None  # read once says nothing, and nine texts too little
