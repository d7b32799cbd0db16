"""What the sieve keeps from a reader, the reader would not have found: every report reads alike with the sieve and without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.flow import read_one
from crosstally.values import Document, DocumentReading, Sentence

REPORTS = sorted((Path(__file__).parents[2] / "examples" / "reports").glob("*.txt"))
# Words that open something for one reader or another, and words between.
WORDS = """the a an two 12 dozens both another one people men drones missiles homes said says according told reported denied police officials
    Kyiv Russia Ukraine Dayton Ohio mayor Maria Berg he she they killed wounded dead injured shot attack attacks struck strike raid fire
    was were been has had will may not in on near of from since before after by with and but who which that Monday overnight July 2025
    week largest record toll number rose total damaged destroyed hospital school war month first second same day earlier later called
    met talks aid court ruled sanctions backs worried separate air-raid long-range “ ” \" ' , ; : — - . ! ? 's voted 93-4 respectively"""


@contextmanager
def _without_sieve() -> Iterator[None]:
    """Every reader looks at every sentence: what any of them leaves alone goes through one of these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sentence, "lacks", lambda self, table: False)
        patch.setattr("crosstally.extract.numbers.read.only_words", lambda tokens, tables: False)
        patch.setattr("crosstally.extract.figures.analysis._may_hang", lambda triggers, before: True)
        patch.setattr("crosstally.extract.figures.read._may_befall", lambda scene, reader: True)
        yield


def _read(text: str) -> tuple[DocumentReading, DocumentReading]:
    document = Document.from_text(text, id="d", published="2025-07-04T12:00:00")
    with _without_sieve():
        whole = read_one(document)
    return read_one(document), whole


def _told(reading: DocumentReading) -> object:
    return msgspec.to_builtins(msgspec.structs.replace(reading, sentences=()), enc_hook=dict)


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_an_example_reads_alike_without_the_sieve(path: Path) -> None:
    sieved, whole = _read(path.read_text(encoding="utf-8"))
    assert sieved == whole, "a sentence was left alone in which something is told"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14).map(" ".join), min_size=1, max_size=5))
def test_drawn_sentences_read_alike_without_the_sieve(sentences: list[str]) -> None:
    sieved, whole = _read("\n\n".join(s + "." for s in sentences))
    assert _told(sieved) == _told(whole)


def test_the_sieve_holds_something_back() -> None:
    reading = read_one(Document.from_text("The weather was fine.\n\nTwo people were killed in Dayton on Monday, police said.", id="d"))
    fine, killed = (s for s in reading.sentences if not s.title)
    harm = frozenset({"killed"})
    assert fine.lacks(harm)
    assert not killed.lacks(harm)


def test_a_sentence_knows_its_words_as_written_and_small() -> None:
    (sentence,) = read_one(Document.from_text("Kyiv’s mayor SPOKE.", id="d")).sentences
    assert sentence.words == {"kyiv", "'s", "mayor", "spoke", "."}
    assert not sentence.lacks(frozenset({"spoke"}))
    assert sentence.lacks(frozenset())
