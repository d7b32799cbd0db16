"""The words of a sentence as items for the readers of numbers and moments: compounds taken apart, figures read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from crosstally.extract.numbers.lexicon import PLAIN, SHAPE, NumberTables, Pieces
from crosstally.extract.numbers.phrases import Item, join
from crosstally.values import Token

_LEADING = re.compile(r"(\.\d+|\d+(?:[.,: \u00a0\u202f\u2009]\d+)*)(.*)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(?:[, \u00a0\u202f\u2009]\d{2,3})*[, \u00a0\u202f\u2009]\d{3}(?:\.\d+)?")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:T.*)?")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})")
_PHONE = re.compile(r"(?:\d{1,2}-)?(?:\d{3}-)?\d{3}-\d{4}|\d{3}-\d{2}-\d{2}")
_SPELT_PHONE = re.compile(r"(?:1-)?\d{3}-[\dA-Z]+(?:-[\dA-Z]+)*-?[A-Z]{3,}\w*")
_LONGEST = 24  # characters of a number in figures, separators and all
_ORDINAL_ENDS = frozenset(["st", "nd", "rd", "th"])
_HYPHENS = re.compile("[-\u2010\u2011]")


def items_of(tokens: Sequence[Token], text: str, tables: NumberTables) -> list[Item]:
    """Items in order; compounds that begin with a number are taken apart at their hyphens."""
    held = _READ.get(id(tokens))
    if held is not None and held[0] is tokens and held[1] is tables:
        return held[2]
    bits: list[Item] = []
    plain, pieces, append = tables.plain, tables.pieces, bits.append
    for token in tokens:
        start = token.start
        if (shape := plain.get(token.text)) is not None:
            append(Item(start, token.end, token.lower, shape))
            continue
        for first, last, lower, shape, value, hedge in pieces.get(token.text) or _pieces(token, tables):
            append(Item(start + first, start + last, lower, shape, value, hedge))
    items = join(bits, text, tables)
    if len(_READ) >= _READ_SENTENCES:
        _READ.clear()
    _READ[id(tokens)] = (tokens, tables, items)
    return items


# The readers of numbers and of moments ask for the same sentences: the last ones are kept. Items are never changed once joined.
_READ: dict[int, tuple[Sequence[Token], NumberTables, list[Item]]] = {}
_READ_SENTENCES = 512
_MOST_KEPT = 200_000  # words; a long run over many texts must not grow without bound


def only_words(tokens: Sequence[Token], tables: NumberTables) -> bool:
    """Whether every token is known to be a word or a mark that nothing of a number begins with. True only for words met before."""
    return all(map(tables.plain.__contains__, [t.text for t in tokens]))


def _pieces(token: Token, tables: NumberTables) -> Pieces:
    """What a token is made of, by its text alone; kept for the next token written alike."""
    bits: list[Item] = []
    _explode(Token(0, token.end - token.start, token.text, token.lower), tables, bits)
    made = tuple((b.start, b.end, b.lower, b.shape, b.value, b.hedge) for b in bits)
    if len(tables.pieces) + len(tables.plain) < _MOST_KEPT:
        if len(made) == 1 and bits[0].shape in PLAIN and token.lower not in tables.starters:
            tables.plain[token.text] = bits[0].shape
        else:
            tables.pieces[token.text] = made
    return made


def _word_shape(text: str) -> int:
    first = text[0]
    if first.islower():
        return SHAPE["LOWER"]
    if first.isupper():
        return SHAPE["UPPER"] if len(text) > 1 and text.isupper() else SHAPE["CAPWORD"]
    return SHAPE["LOWER"] if first.isalpha() else SHAPE["MARK"]


def _explode(token: Token, tables: NumberTables, bits: list[Item]) -> None:
    text, lower, start = token.text, token.lower, token.start
    first = text[0]
    if first.isascii() and not first.isdigit() and not first.isalpha() and not (first == "." and len(text) > 1 and text[1].isdigit()):
        bits.append(Item(start, token.end, lower, SHAPE["MARK"]))
        return
    hyphenated = "-" in lower and len(lower) > 1
    if lower in tables.unit_words:
        unit = tables.unit_words[lower]
        bits.append(Item(start, token.end, lower, SHAPE["UNITWORD"] if unit else SHAPE["VAGUE"], Fraction(1) if unit else None))
        return
    if lower in tables.words["whole"] or (hyphenated and "-".join(lower.split("-", 2)[:2]) in tables.words["whole"]):  # "one-way-attack"
        bits.append(Item(start, token.end, lower, SHAPE["LOWER"]))
        return
    if first.isdigit() or first == ".":
        if not hyphenated:
            _figure(text, lower, start, tables, bits)
        elif _ISO.fullmatch(text):
            bits.append(Item(start, token.end, lower, SHAPE["DATE"]))
        elif _PHONE.fullmatch(text) or _SPELT_PHONE.fullmatch(text):
            bits.append(Item(start, token.end, lower, SHAPE["CODE"]))
        else:
            _parts(text, start, tables, bits)
        return
    if any(c.isdigit() for c in text):
        head = lower.split("-", 1)[0] if hyphenated else ""
        if head in tables.words["prefix"] or head in tables.units["duration"]:
            _parts(text, start, tables, bits)
        else:
            numeric = len(text) == 1
            value = Fraction(unicodedata.numeric(text)).limit_denominator(12) if numeric else None
            bits.append(Item(start, token.end, lower, SHAPE["DECIMAL"] if numeric else SHAPE["CODE"], value))
        return
    if hyphenated:
        head = lower.split("-", 1)[0]
        if tables.is_number_word(head) or head in tables.words["half"]:
            _parts(text, start, tables, bits)
            return
        if head in tables.words["prefix"] and text[len(head) + 1 :][:1].isupper():
            _parts(text, start, tables, bits)
            return
    bits.append(_word(text, lower, start, token.end, tables))


def _parts(text: str, start: int, tables: NumberTables, bits: list[Item]) -> None:
    """A compound in pieces, each hyphen a mark of its own."""
    at = 0
    for cut in [*(m.start() for m in _HYPHENS.finditer(text)), len(text)]:
        piece = text[at:cut]
        if piece:
            lower = piece.lower()
            if piece[0].isdigit() or piece[0] == ".":
                _figure(piece, lower, start + at, tables, bits)
            elif any(c.isdigit() for c in piece):
                bits.append(Item(start + at, start + cut, lower, SHAPE["CODE"]))
            else:
                bits.append(_word(piece, lower, start + at, start + cut, tables))
        if cut < len(text):
            bits.append(Item(start + cut, start + cut + 1, "-", SHAPE["MARK"]))
        at = cut + 1


def _figure(text: str, lower: str, start: int, tables: NumberTables, bits: list[Item]) -> None:
    """A token that begins with a figure: the number, and what is glued to it."""
    match = _LEADING.match(text)
    end = start + len(text)
    if match is None:
        # A character such as a circled or other-script digit that Python calls a digit.
        bits.append(Item(start, end, lower, SHAPE["CODE"]))
        return
    digits, rest = match.group(1), match.group(2).lower()
    stop = start + len(digits)
    if ":" in digits or (rest in ("am", "pm") and "." in digits):
        bits.append(Item(start, stop, digits, SHAPE["CLOCK"] if _CLOCK.fullmatch(digits) else SHAPE["CODE"]))
    elif _DOTTED.fullmatch(digits):
        bits.append(Item(start, stop, digits, SHAPE["DATE"]))
    else:
        value = _digits(digits)
        if value is None:
            bits.append(Item(start, end, lower, SHAPE["CODE"]))
            return
        bits.append(Item(start, stop, digits, _figure_shape(digits, value), value))
    if not rest:
        return
    number = bits[-1]
    if rest in _ORDINAL_ENDS and number.value is not None:
        number.end, number.lower, number.shape = end, lower, SHAPE["FIGORD"]
    elif rest in ("s", "'s", "\u2019s") and number.value is not None and number.value.denominator == 1:
        number.end, number.lower = end, lower
        number.shape = SHAPE["DECADE"] if number.value % 10 == 0 else SHAPE["CODE"]
    elif len(rest) == 1 and not rest.isascii() and number.value is not None:
        number.value += Fraction(unicodedata.numeric(rest, 0)).limit_denominator(12)
        number.end, number.lower, number.shape = end, lower, SHAPE["DECIMAL"]
    elif rest in tables.short_scales or tables.classes.listed(rest):
        bits.append(_word(rest, rest, stop, end, tables))
    else:
        number.end, number.lower, number.shape, number.value = end, lower, SHAPE["CODE"], None


def _digits(digits: str) -> Fraction | None:
    """The value; None for what is no number, or longer than any count of things."""
    if len(digits) > _LONGEST:
        return None
    if digits.isdecimal():
        return Fraction(int(digits)) if len(digits) < 19 else None
    if _GROUPED.fullmatch(digits):
        plain = re.sub("[, \u00a0\u202f\u2009]", "", digits)
        return Fraction(plain)
    if digits.count(".") + digits.count(",") == 1:
        return Fraction(("0" if digits[0] == "." else "") + digits.replace(",", "."))
    return None


def _figure_shape(digits: str, value: Fraction) -> int:
    if value.denominator != 1 or "." in digits:
        return SHAPE["POINTED"] if digits[0] == "." else SHAPE["DECIMAL"]
    if 1 <= value <= 31 and len(digits) <= 2:
        return SHAPE["DAY"]
    if value <= 115 and len(digits) <= 3 and value > 31:
        return SHAPE["MIDNUM"]
    return SHAPE["YEAR"] if len(digits) == 4 and 1700 <= value <= 2100 else SHAPE["BIGNUM"]


def _word(text: str, lower: str, start: int, end: int, tables: NumberTables) -> Item:
    """A word by itself, before phrases are joined."""
    words = tables.words
    if lower in tables.cardinals:
        return Item(start, end, lower, SHAPE["SMALLWORD"] if text[0].islower() else SHAPE["CAPNUM"], Fraction(tables.cardinals[lower]))
    if lower in tables.ordinals:
        return Item(start, end, lower, SHAPE["WORDORD"] if text[0].islower() else SHAPE["CAPORD"], Fraction(tables.ordinals[lower]))
    if lower in words["none"]:
        return Item(start, end, lower, SHAPE["NONE"], Fraction(0), "none")
    if lower in words["vague"]:
        return Item(start, end, lower, SHAPE["VAGUE"], None, "vague")
    if lower in words["article"]:
        return Item(start, end, lower, SHAPE["ART"], Fraction(1))
    if lower in words["lone"]:
        return Item(start, end, lower, SHAPE["LONE"], Fraction(1))
    if lower in words["both"]:
        return Item(start, end, lower, SHAPE["SMALLWORD"], Fraction(2))
    return Item(start, end, lower, _word_shape(text))
