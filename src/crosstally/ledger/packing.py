"""Sentences and their tokens, small: most of a reading's bulk is tokens whose words the document's text already holds."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from crosstally.values import Furniture, Sentence, Span, Token


class PackedSentence(msgspec.Struct, frozen=True, array_like=True):
    """``steps``: for every token the gap from the end of the one before it (or the sentence's start) and its length.

    ``odd``: (index, text, lower) of tokens whose words are not simply those of the text, in lower case, quotes straightened.
    """

    index: int
    start: int
    end: int
    paragraph: int
    furniture: Furniture | None
    title: bool
    steps: tuple[int, ...]
    odd: tuple[tuple[int, str, str], ...] = ()


def pack(sentences: Sequence[Sentence], text: str) -> tuple[PackedSentence, ...]:
    return tuple(_pack(sentence, text) for sentence in sentences)


def unpack(packed: Sequence[PackedSentence], text: str) -> tuple[Sentence, ...]:
    """Exactly what was packed, given the same text."""
    return tuple(_unpack(sentence, text) for sentence in packed)


def _words(text: str, start: int, end: int) -> tuple[str, str]:
    word = text[start:end]
    return word, word.lower().replace("’", "'")


def _pack(sentence: Sentence, text: str) -> PackedSentence:
    steps: list[int] = []
    odd: list[tuple[int, str, str]] = []
    at = sentence.span.start
    for index, token in enumerate(sentence.tokens):
        steps += (token.start - at, token.end - token.start)
        at = token.end
        if (token.text, token.lower) != _words(text, token.start, token.end):
            odd.append((index, token.text, token.lower))
    return PackedSentence(
        sentence.index,
        sentence.span.start,
        sentence.span.end,
        sentence.paragraph,
        sentence.furniture,
        sentence.title,
        tuple(steps),
        tuple(odd),
    )


def _unpack(packed: PackedSentence, text: str) -> Sentence:
    odd = {index: (word, lower) for index, word, lower in packed.odd}
    tokens: list[Token] = []
    at = packed.start
    for index in range(len(packed.steps) // 2):
        start = at + packed.steps[2 * index]
        at = start + packed.steps[2 * index + 1]
        word, lower = odd.get(index) or _words(text, start, at)
        tokens.append(Token(start, at, word, lower))
    return Sentence(packed.index, Span(packed.start, packed.end), packed.paragraph, tuple(tokens), packed.furniture, packed.title)
