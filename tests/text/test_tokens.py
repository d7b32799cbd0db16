"""Tokens: what stays together and what is split."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain.language import load_language
from crosstally.errors import PackError
from crosstally.text.tokens import tokenize

ENGLISH = load_language("en")


def words(text: str) -> list[str]:
    return [t.text for t in tokenize(text, 0, len(text), ENGLISH)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Odesa’s port", "Odesa|’s|port"),
        ("it's the mayor's", "it|'s|the|mayor|'s"),
        ("don’t shell O'Brien", "don’t|shell|O'Brien"),
        ("a nine-hour, drone-to-drone fight", "a|nine-hour|,|drone-to-drone|fight"),
        ("1,250 homes, 3.5% and 22:00", "1,250|homes|,|3.5|%|and|22:00"),
        ("on 04.07.2025, 2025-07-04", "on|04.07.2025|,|2025-07-04"),
        ("20–25 people", "20|–|25|people"),
        ("the U.S.-led group in the U.S. now", "the|U.S.-led|group|in|the|U.S.|now"),
        ("at 6 p.m. Mr. Koval", "at|6|p.m.|Mr.|Koval"),
        ("on the platform X. He", "on|the|platform|X|.|He"),
        ("Olena K. Bondar", "Olena|K.|Bondar"),
        ("No. 5 and No.", "No.|5|and|No|."),
        ("fell ill. Then", "fell|ill|.|Then"),
        ("see https://example.org/a_b.", "see|https://example.org/a_b|."),
        ("12\u00a0500 people", "12\u00a0500|people"),
        ("a .38-caliber gun", "a|.38-caliber|gun"),
        ("wait... “so”", "wait|...|“|so|”"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert words(text) == tokens.split("|")


def test_lower_has_straight_apostrophes() -> None:
    text = "Odesa’s mayor can’t"
    assert [t.lower for t in tokenize(text, 0, len(text), ENGLISH)] == ["odesa", "'s", "mayor", "can't"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_tokens_cover_everything_but_white_space(text: str) -> None:
    tokens = tokenize(text, 0, len(text), ENGLISH)
    last = 0
    for token in tokens:
        assert last <= token.start < token.end
        assert token.text == text[token.start : token.end]
        assert not text[last : token.start].strip()
        last = token.end
    assert not text[last:].strip()


def test_a_wrong_table_names_file_and_key() -> None:
    broken = msgspec.structs.replace(ENGLISH, tables={**ENGLISH.tables, "abbreviations": {"titles": "mr"}})
    with pytest.raises(PackError, match=r"abbreviations\.toml: titles"):
        tokenize("Mr. K", 0, 5, broken)
