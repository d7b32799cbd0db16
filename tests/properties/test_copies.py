"""A copied text is one voice, however it is dressed: it adds none and moves no figure."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crosstally.values import Book, Document

from .composing import book_of, documents, examples, later_copy


def figures(book: Book) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Every tally's value, state and voices, by its cell. An event is known by its id: a later copy never names it anew."""
    return {
        (t.event, t.measure, t.facets, t.scope): (t.low, t.high, t.reported_low, t.reported_high, t.latest, t.best, t.state, t.voices)
        for t in book.tallies
    }


def dressed(text: str, how: str) -> str:
    """The copy as another outlet prints it."""
    paragraphs = text.replace("\r\n", "\n").split("\n")
    if how == "same":
        return text
    if how == "headed":
        body = paragraphs if paragraphs[0].rstrip().endswith(".") else paragraphs[1:]
        return "What we know so far about a terrible night\n\n" + "\n".join(body).strip()
    last = max(n for n, p in enumerate(paragraphs) if p.strip())
    return "\n".join(paragraphs[:last]).rstrip()


@pytest.mark.parametrize("how", ["same", "headed", "trimmed"])
@given(papers=documents(most=3), data=st.data())
def test_a_copy_adds_no_voice_and_moves_no_figure(papers: tuple[Document, ...], data: st.DataObject, how: str) -> None:
    origin = data.draw(st.sampled_from(papers))
    assume(len({p.text for p in papers}) == len(papers) and origin.published is not None)  # undated, it may be the copy
    text = dressed(origin.text, how)
    assume(len(text.split()) >= 30)
    copy = later_copy(origin, text, published=f"{origin.published[:10]}T23:59")  # the day's: its weekdays mean the same
    before, after = book_of(papers), book_of((*papers, copy))
    assert figures(after) == figures(before)
    assert dict(after.event_voices) == dict(before.event_voices)
    assert len(after.voices) == len(before.voices)
    assert any(edge.source == "copy" and edge.kind == "copies" for edge in after.lineage)


@pytest.mark.parametrize("how", ["same", "headed", "trimmed"])
def test_a_copy_of_an_example_adds_no_voice_and_moves_no_figure(how: str) -> None:
    book = examples()
    for origin in book.documents:
        text = dressed(origin.text, how)
        if len(text.split()) < 30:
            continue
        copy = later_copy(origin, text, published=f"{(origin.published or '')[:10]}T23:50")
        after = book_of((*book.documents, copy), book.sources)
        found = figures(after)
        if how == "headed":  # without its headline a sentence may be read more fully: a figure more, none moved
            found = {cell: value for cell, value in found.items() if cell in figures(book)}
        assert found == figures(book), f"{how} copy of {origin.path}"
        assert dict(after.event_voices) == dict(book.event_voices), f"{how} copy of {origin.path}"


@given(papers=documents(most=2), times=st.integers(2, 4))
def test_ten_copies_are_one_voice(papers: tuple[Document, ...], times: int) -> None:
    assume(papers[0].published is not None)
    copies = tuple(
        msgspec.structs.replace(later_copy(papers[0], papers[0].text), id=f"copy{n}", source=f"copyist-{n}") for n in range(times)
    )
    assert dict(book_of((*papers, *copies)).event_voices) == dict(book_of(papers).event_voices)
