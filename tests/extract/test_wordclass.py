"""The pattern notation over word classes."""

from __future__ import annotations

import pytest

from crosstally.domain.language import load_language
from crosstally.errors import PackError
from crosstally.extract.moments.lexicon import moment_tables
from crosstally.extract.numbers.lexicon import number_tables
from crosstally.extract.wordclass import RuleSet, WordClasses

SHAPES = ("LOWER", "CAP", "NUM")
CLASSES = {"MONTH": ["may", "june"], "UNIT": ["hours", "days"], "MODAL": ["may"]}


def classes(*patterns: str) -> WordClasses:
    return WordClasses(CLASSES, SHAPES, {"WORD": ("LOWER", "CAP")}, patterns, {"EST": ["est"]})


def codes(held: WordClasses, text: str) -> str:
    shapes = [2 if w[0].isdigit() else 1 if w[0].isupper() else 0 for w in text.split()]
    return "".join(held.code(w.lower(), s) for w, s in zip(text.split(), shapes, strict=True))


def hits(pattern: str, text: str) -> list[str]:
    held = classes(pattern)
    rule = held.rule("t.toml", "k", "r", pattern, {})
    coded = codes(held, text)
    assert list(RuleSet([rule]).fitting(coded)) or not list(rule.cores(coded)), "the sieve lost a rule that fits"
    words = text.split()
    return [" ".join(words[a:b]) for groups in rule.cores(coded) for a, b in groups]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("at least [ NUM ]", "at least 9 of at least 12", ["9", "12"]),
        ("MONTH&CAP [ NUM ]", "he may 5 or May 6", ["6"]),
        ("[ NUM ] (UNIT | MONTH)", "5 hours 6 June 7 cats", ["5", "6"]),
        ("[ NUM ] !(UNIT)", "5 hours 6 cats", ["6"]),
        ("[ NUM ] =(UNIT)", "5 hours 6 cats", ["5"]),
        ("@UNIT [ NUM ]", "hours 5 cats 6", ["5"]),
        ("!@UNIT [ NUM ]", "hours 5 cats 6", ["6"]),
        ("START [ NUM ] WORD* END", "5 cats ran", ["5"]),
        ("between [ NUM ] and [ NUM ]", "between 5 and 7", ["5", "7"]),
        ("[ EST ] ANY", "the largest raid", ["largest"]),
        ("[ NUM ] a? UNIT", "5 a days 6 days", ["5", "6"]),
        ("[ may ]", "may May june", ["may", "May"]),
        ("at least [ NUM ]", "nothing here", []),
    ],
)
def test_patterns(pattern: str, text: str, found: list[str]) -> None:
    assert hits(pattern, text) == found


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("[ WEEKDAY ]", "class WEEKDAY is not declared"),
        ("( [ NUM ]", "is no pattern"),
        ("[ NUM ] )", "is no pattern"),
        ("? [ NUM ]", "is no pattern"),
        ("MONTH&UNIT", "no word can be"),
        ("[ NUM ] ! UNIT", "stands before a bracket"),
    ],
)
def test_a_wrong_pattern_names_file_key_and_remedy(pattern: str, problem: str) -> None:
    with pytest.raises(PackError, match=problem) as caught:
        classes(pattern).rule("languages/en/t.toml", "row[3].patterns[0]", "r", pattern, {})
    assert "languages/en/t.toml: row[3].patterns[0]" in str(caught.value)
    assert caught.value.remedy


def test_every_pattern_of_the_english_tables_compiles() -> None:
    tables, moments = number_tables(load_language("en")), moment_tables(load_language("en"))
    rules = [*tables.roles, *tables.flags, *tables.ranges, *tables.hedges, *moments.rules]
    assert len(rules) > 300
    assert all(rule.regex.groups >= 1 for rule in rules)
