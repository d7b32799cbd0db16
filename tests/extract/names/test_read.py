"""The whole reading: order, furniture, silence."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.language import load_language
from crosstally.extract.names.read import Names, read_names
from crosstally.values import Document, Sentence, Span, Token
from tests.extract.names_help import DOMAIN, read


def test_mentions_come_in_order_with_a_rule_and_an_entity() -> None:
    names = read("Kyiv Mayor Vitali Klitschko said police found two bodies in Obolon.")
    assert [m.span for m in names.mentions] == sorted(m.span for m in names.mentions)
    assert all(m.rule and m.entity for m in names.mentions)
    ids = {e.id for e in names.entities}
    assert all(m.entity in ids for m in names.mentions if m.kind != "place")


def test_repeated_furniture_is_passed_over() -> None:
    text = "Kyiv burns"
    token = Token(0, 4, "Kyiv", "kyiv")
    sentence = Sentence(0, Span(0, 10), 0, (token,))
    arguments = (load_language("en"), DOMAIN, load_gazetteer())
    assert read_names(Document(id="d", text=text), (sentence,), *arguments).mentions
    repeated = msgspec.structs.replace(sentence, furniture="repeated")
    assert read_names(Document(id="d", text=text), (repeated,), *arguments) == Names()


def test_nothing_in_nothing_out() -> None:
    assert read() == Names()
    assert read("It rained all night.") == Names()


WORDS = st.sampled_from(
    [
        "Kyiv",
        "Mayor",
        "Klitschko",
        "Vitali",
        "said",
        ",",
        ".",
        "the",
        "of",
        "in",
        "Ukraine",
        "'s",
        "police",
        "U.S.",
        "Mr.",
        "van",
        "al-Assad",
        "Trump-Putin",
        "region",
        "and",
        "Paris",
        "Texas",
        "(",
        ")",
        "“",
        "”",
        "May",
        "Will",
        "President",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_any_run_of_words_can_be_read(words: list[str]) -> None:
    names = read(" ".join(words))
    spans = [(m.kind, m.span) for m in names.mentions]
    assert len(spans) == len(set(spans))
    assert not any(a.kind == b.kind == "person" and a is not b and a.span.overlaps(b.span) for a in names.mentions for b in names.mentions)
