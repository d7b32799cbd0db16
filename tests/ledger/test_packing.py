"""Sentences come back exactly, whatever their tokens are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crosstally.ledger.packing import pack, unpack
from crosstally.values import Sentence, Span, Token

TEXT = "Kyiv’s mayor said 23 people were hurt. ЙÉ ẞ İ"
places = st.integers(0, len(TEXT))


@st.composite
def tokens(draw: st.DrawFn) -> Token:
    start, end = sorted((draw(places), draw(places)))
    word = draw(st.one_of(st.just(TEXT[start:end]), st.text("aÉ’' ", max_size=4)))
    return Token(start, end, word, draw(st.one_of(st.just(word.lower().replace("’", "'")), st.text("aÉ’' ", max_size=4))))


sentences = st.builds(
    Sentence,
    st.integers(0, 9),
    st.builds(lambda a, b: Span(min(a, b), max(a, b)), places, places),
    st.integers(0, 3),
    st.lists(tokens(), max_size=6).map(tuple),
    st.sampled_from([None, "caption"]),
    st.booleans(),
)


@given(st.lists(sentences, max_size=4).map(tuple))
def test_round_trip(given_sentences: tuple[Sentence, ...]) -> None:
    assert unpack(pack(given_sentences, TEXT), TEXT) == given_sentences


def test_plain_tokens_keep_no_words() -> None:
    packed = pack([Sentence(0, Span(0, 12), 0, (Token(0, 6, "Kyiv’s", "kyiv's"), Token(7, 12, "mayor", "mayor")))], TEXT)
    assert packed[0].odd == () and packed[0].steps == (0, 6, 1, 5)
