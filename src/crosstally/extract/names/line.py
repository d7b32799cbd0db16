"""A sentence as the name readers see it: its tokens, which have capitals, which stand together, and what was read there already."""

from __future__ import annotations

import re

from crosstally.extract.names.words import NameWords, capital, title_case
from crosstally.values import Sentence, Token

_INITIAL = re.compile(r"(?:[A-Z]\.){1,3}\Z")
POSSESSIVE = ("'s", "'")


class Line:
    """Mutable while one document is read: readers mark what they took in ``label`` ("person", "body", "place", "role")."""

    __slots__ = ("cap", "label", "lower", "sentence", "start", "text", "title", "tokens")

    def __init__(self, text: str, sentence: Sentence, words: NameWords) -> None:
        self.text = text
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.lower = [t.lower for t in self.tokens]
        met = words.capitals
        self.cap = [met[t.text] if t.text in met else _named(t, words) for t in self.tokens]
        self.label: list[str | None] = [None] * len(self.tokens)
        closed = bool(self.tokens) and any(t.text in (".", "?", "!") for t in self.tokens[-2:])
        self.title = not closed and title_case(t.text for t in self.tokens)
        self.start = next((i for i, t in enumerate(self.tokens) if t.text[:1].isalnum()), 0)

    def __len__(self) -> int:
        return len(self.tokens)

    def touches(self, i: int) -> bool:
        """True if only blanks of one line stand between token ``i - 1`` and token ``i``."""
        if i <= 0 or i >= len(self.tokens):
            return False
        start, end = self.tokens[i - 1].end, self.tokens[i].start
        if start == end:
            return False
        between = self.text[start:end]
        if between == " ":
            return True
        return between != "" and "\n" not in between and between.isspace()

    def opens(self, i: int) -> bool:
        """True where a capital says nothing: at the start of a sentence, of a quotation or after a colon."""
        return i <= self.start or self.tokens[i - 1].text in '“"‘«:—–-•'

    def initial(self, i: int) -> bool:
        return bool(_INITIAL.match(self.tokens[i].text))

    def words(self, a: int, b: int) -> str:
        """The text of tokens ``[a, b)`` with single spaces."""
        if b - a == 1 and (alone := self.tokens[a].text).isalnum():
            return alone
        return " ".join(self.text[self.tokens[a].start : self.tokens[b - 1].end].split())

    def low(self, i: int) -> str:
        """Lower-case token, "" outside the sentence."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def mark(self, a: int, b: int, label: str) -> None:
        for i in range(a, b):
            self.label[i] = label

    def free(self, a: int, b: int) -> bool:
        return not any(self.label[a:b])

    def possessive(self, i: int) -> bool:
        """True if token ``i`` is a possessive ending."""
        return self.low(i) == "'s" or (
            self.low(i) == "'" and i > 0 and self.lower[i - 1].endswith("s") and self.tokens[i].start == self.tokens[i - 1].end
        )


_MOST_MET = 200_000  # words; a long run over many texts must not grow without bound


def _named(token: Token, words: NameWords) -> bool:
    """Whether a word has a capital as names have: at its beginning, or behind a prefix ("al-Shifa"). Kept for the next one written alike."""
    told = capital(token.text) or (token.lower.startswith(words.prefixes) and any(c.isupper() for c in token.text))
    if len(words.capitals) < _MOST_MET:
        words.capitals[token.text] = told
    return told
