"""Words, numbers and marks of a text, each with its place.

A token is a word, a number or one mark of punctuation. What stays together: internal apostrophes ("don't", "O'Brien"), hyphenated
compounds ("seven-hour", "drone-to-drone", "68-year-old", "U.S.-led", "S-300"), numbers with separators ("1,000", "22:00", "04.07.2025"),
abbreviations with their full stop ("Mr.", "U.S.", "p.m."), addresses. What is split off: a possessive or contracted 's, so
"Kyiv's" is "Kyiv" + "'s".
"""

from __future__ import annotations

import re
from functools import lru_cache

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.values import Token

_HYPHEN = "-\u2010\u2011"
_APOSTROPHE = "'\u2019\u02bc"
_WORD = r"[\w\u0300-\u036f]"
# Each branch is deterministic in its first characters, so matching is linear in the text.
_TOKEN = re.compile(
    rf"""
    [A-Za-z]++(?=[ ,])  # most words of most texts; the branches below would read them alike
  | (?:https?://|www\.)[^\s<>"\u201c\u201d]+
  | [@\#]\w+
  | (?:[A-Za-z]\.){{2,}}(?:[A-Za-z](?!\w))?(?:[{_HYPHEN}]\w+)*
  | [A-Z]\.[A-Z](?!\w)
  | \d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}})+(?!\d)
  | (?:\d+(?:[.,:]\d+)*{_WORD}*|(?<![\w.])\.\d+{_WORD}*|[^\W\d_]{_WORD}*(?:[{_APOSTROPHE}][^\W\d_]+)*)
    (?:[{_HYPHEN}](?:\d+(?:[.,:]\d+)*{_WORD}*|{_WORD}+(?:[{_APOSTROPHE}][^\W\d_]+)*))*
  | \.(?:\ ?\.)+ | \u2026+ | -{{2,}} | _+
  | \S
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})*")
_STOPS = frozenset(".!?")
_COUNTED = re.compile(r" (?:\d{3} )*[a-z]{4}")
_STRAIGHT = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-"})


class Abbreviations:
    """The language's abbreviation table, compiled."""

    __slots__ = ("after_clock", "asked", "before_number", "clock", "clock_words", "dotted", "inner", "letters", "lower", "openers", "titles")

    def __init__(self, language: Language) -> None:
        table = language.tables.get("abbreviations", {})
        for name in self.__slots__:
            if name == "dotted":
                continue
            words = table.get(name, [])
            if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
                raise PackError(f"{language.folder}/abbreviations.toml", name, "is not a list of words", 'write a list: ["mr", "dr"]')
            setattr(self, name, frozenset(words))
        self.dotted = self.titles | self.inner

    after_clock: frozenset[str]
    asked: frozenset[str]
    before_number: frozenset[str]
    clock: frozenset[str]
    clock_words: frozenset[str]
    dotted: frozenset[str]
    inner: frozenset[str]
    letters: frozenset[str]
    lower: frozenset[str]
    openers: frozenset[str]
    titles: frozenset[str]


_COMPILED: dict[int, tuple[Language, Abbreviations]] = {}


def abbreviations(language: Language) -> Abbreviations:
    """The table of this language, compiled once. Raises PackError with file and key."""
    held = _COMPILED.get(id(language))
    if held is None or held[0] is not language:
        held = _COMPILED[id(language)] = (language, Abbreviations(language))
    return held[1]


@lru_cache(maxsize=65536)
def _lower(word: str) -> str:
    return word.lower().translate(_STRAIGHT)


def tokenize(text: str, start: int, end: int, language: Language) -> list[Token]:
    """Tokens of ``text[start:end]``, in order, none overlapping; offsets are into ``text``."""
    table = abbreviations(language)
    tokens: list[Token] = []
    append = tokens.append
    for match in _TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        word = match.group()
        size = stop - begin
        if size == 1:
            if word == "." and tokens and tokens[-1].end == begin and _keeps_stop(text, tokens, begin, end, table):
                last = tokens[-1]
                tokens[-1] = Token(last.start, stop, text[last.start : stop], last.lower + ".")
                continue
        elif size > 2 and word[-1] in "sS" and word[-2] in _APOSTROPHE:
            append(Token(begin, stop - 2, word[:-2], _lower(word[:-2])))
            append(Token(stop - 2, stop, word[-2:], _lower(word[-2:])))
            continue
        elif size == 3 and tokens and word.isdecimal() and _is_grouped(text, tokens, begin, stop, end):
            last = tokens[-1]
            tokens[-1] = Token(last.start, stop, text[last.start : stop], text[last.start : stop])
            continue
        elif word[0] in "hw" and word.startswith(("http", "www.")):
            kept = word.rstrip(".,;:!?)]'\u2019")
            append(Token(begin, begin + len(kept), kept, _lower(kept)))
            tokens.extend(Token(i, i + 1, text[i], text[i]) for i in range(begin + len(kept), stop))
            continue
        append(Token(begin, stop, word, _lower(word)))
    return tokens


def _is_grouped(text: str, tokens: list[Token], begin: int, stop: int, end: int) -> bool:
    """Whether three digits at ``begin`` go on with the number before them: "some 40 723 people", but not "on June 12 300 people"."""
    last = tokens[-1]
    if text[last.end : begin] != " " or not _THOUSANDS.fullmatch(last.text):
        return False
    led = len(tokens) < 3 or tokens[-2].text.islower() or tokens[-3].text in _STOPS
    return led and _COUNTED.match(text, stop, end) is not None


def _keeps_stop(text: str, tokens: list[Token], at: int, end: int, table: Abbreviations) -> bool:
    """Whether the full stop at ``at`` belongs to the last token: an abbreviation, or an initial."""
    last = tokens[-1]
    following = text[at + 1 : min(at + 32, end)].lstrip()
    if last.lower in table.before_number and following[:1].isdigit():
        return True
    if len(last.text) == 1 and last.text.isalpha() and last.text.isupper():
        if not following or not (following[0].isalpha() and following[0].isupper()):
            return False
        word = re.match(r"[\w'\u2019]+", following)
        opens = word is not None and _lower(word.group()) in table.openers
        before = tokens[-2] if len(tokens) > 1 else None
        named = before is None or before.text[:1].isupper() or not before.text[:1].isalnum()
        return not opens and (named or last.text not in table.letters)
    if last.lower not in table.dotted:
        return False
    return last.text[:1].isupper() or last.lower in table.lower
