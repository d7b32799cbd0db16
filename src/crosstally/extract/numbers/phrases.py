"""Figures and number words joined into numbers: "two hundred and eight", "1.2 million", "half a dozen", "tens of thousands"."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from crosstally.extract.numbers.lexicon import SHAPE, NumberTables
from crosstally.values import Hedge


class Item(msgspec.Struct, eq=False):
    """One thing of a sentence for the number reader: a word, a mark, or a whole number phrase.

    ``value`` in the number's own unit; None for words and vague plurals. ``hedge`` what the words themselves say ("dozens" are vague).
    """

    start: int
    end: int
    lower: str
    shape: int
    value: Fraction | None = None
    hedge: Hedge = "exact"
    lone_scale: int = 1


def join(bits: list[Item], text: str, tables: NumberTables) -> list[Item]:
    """Number phrases put together; everything else as it is."""
    starters = tables.starters
    at = next((i for i, bit in enumerate(bits) if bit.shape in _NUMBERISH or bit.lower in starters), len(bits))
    joined = bits[:at]
    while at < len(bits):
        bit = bits[at]
        phrase = _phrase(bits, at, text, tables) if bit.shape in _NUMBERISH or bit.lower in starters else None
        if phrase is None:
            joined.append(bit)
            at += 1
        else:
            at = phrase[0]
            joined.append(phrase[1])
    return joined


_NUMBERISH = frozenset(
    SHAPE[s] for s in ("SMALLWORD", "CAPNUM", "DAY", "MIDNUM", "BIGNUM", "YEAR", "DECIMAL", "POINTED", "VAGUE", "ART", "WORDORD", "CAPORD")
)
_FIGURES = frozenset(SHAPE[s] for s in ("DAY", "MIDNUM", "BIGNUM", "YEAR", "DECIMAL", "POINTED"))
_WORDS = frozenset((SHAPE["SMALLWORD"], SHAPE["CAPNUM"]))


def _phrase(bits: list[Item], at: int, text: str, tables: NumberTables) -> tuple[int, Item] | None:
    """The longest number phrase that begins at ``at``: the index after it, and its item."""
    bit = bits[at]
    following = bits[at + 1].lower if at + 1 < len(bits) else ""
    if bit.shape == SHAPE["ART"]:
        if following in tables.words["vague_with_article"] and not (
            following in tables.words["number"] and _lower(bits, at + 2) not in tables.words["of"]
        ):
            scaled = at + 2
            if _lower(bits, scaled) in tables.scales or _lower(bits, scaled) in tables.groups:
                scaled += 1
            return scaled, _span(bits, at, scaled, SHAPE["VAGUE"], None, "vague")
        if following in tables.words["half"]:
            gap = at + 3 if _lower(bits, at + 2) == "-" else at + 2
            if _lower(bits, gap) in tables.groups:
                return _group(bits, at, gap, Fraction(1, 2), tables)
        if following in tables.words["fraction"] or following in tables.words["majority"] or following in tables.words["half"]:
            return _share(bits, at, at + 2, tables)
        if following in tables.scales:
            return _finish(bits, at, *_words(bits, at + 1, Fraction(1), tables), text, tables)
        if following in tables.groups:
            return _group(bits, at, at + 1, Fraction(1), tables)
        return None
    if bit.lower in tables.words["half"]:
        if following == "-" and _lower(bits, at + 2) in tables.groups:
            return _group(bits, at, at + 2, Fraction(1, 2), tables)
        if _lower(bits, at + 1) in tables.words["article"] and (
            _lower(bits, at + 2) in tables.scales or _lower(bits, at + 2) in tables.groups
        ):
            if _lower(bits, at + 2) in tables.groups:
                return _group(bits, at, at + 2, Fraction(1, 2), tables)
            return at + 3, _span(bits, at, at + 3, SHAPE["BIGNUM"], Fraction(tables.scales[bits[at + 2].lower], 2))
        return _share(bits, at, at + 1, tables)
    if bit.shape == SHAPE["VAGUE"]:
        return _vague(bits, at, tables)
    if bit.shape in (SHAPE["WORDORD"], SHAPE["CAPORD"]):
        return None
    if bit.shape in _FIGURES or bit.shape in _WORDS:
        if bit.shape in _FIGURES:
            end, value = _figures(bits, at, text, tables)
        else:
            if bit.lower in tables.words["both"]:
                return None
            end, value = _words(bits, at, None, tables)
        if (part := _fraction_after(bits, end, tables)) is not None:
            return part, _span(bits, at, part, SHAPE["SHARE"], None, "share")
        gap = end + 1 if _lower(bits, end) == "-" else end
        if (ordinal := _ordinal_after(bits, at, end, tables)) is not None:
            return ordinal
        if _lower(bits, gap) in tables.groups and (gap == end or bits[at].shape in _WORDS):
            return _group(bits, at, gap, value, tables)
        return _finish(bits, at, end, value, text, tables)
    if bit.lower in tables.groups and (following in tables.words["of"] or tables.groups[bit.lower].value > 3):
        return None if _lower(bits, at - 1) in tables.words["article"] else _group(bits, at, at, Fraction(1), tables)
    if bit.lower in tables.words["share"] and bit.shape not in _WORDS:
        return _share(bits, at, at + 1, tables)
    if bit.lower in tables.scales:
        end, value = _words(bits, at, Fraction(1), tables)
        return end, _span(bits, at, end, SHAPE["BIGNUM"], value)
    return None


def _lower(bits: list[Item], at: int) -> str:
    return bits[at].lower if 0 <= at < len(bits) else ""


def _span(bits: list[Item], at: int, end: int, shape: int, value: Fraction | None, hedge: Hedge = "exact") -> Item:
    lower = bits[at].lower if end - at == 1 else " ".join(b.lower for b in bits[at:end])
    return Item(bits[at].start, bits[end - 1].end, lower, shape, value, hedge)


def _words(bits: list[Item], at: int, current: Fraction | None, tables: NumberTables) -> tuple[int, Fraction]:
    """A cardinal in words from ``at``; ``current`` 1 where an article stood before a scale. Returns the index after it and its value."""
    total, held = Fraction(0), int(current) if current is not None else 0
    last = "unit" if current is not None else "start"
    scale = 10**18
    end = at
    position = at
    while position < len(bits):
        word = bits[position].lower
        if word == "-" and position > at and last != "start":
            position += 1
            continue
        if word in tables.words["and"] and last in ("hundred", "scale"):
            ahead = _lower(bits, position + 1)
            if bits[position + 1].shape in _WORDS if position + 1 < len(bits) else False:
                if tables.cardinals.get(ahead, 0) == 0 or (last == "scale" and _lower(bits, position + 2) in tables.scales):
                    break
                position += 1
                continue
            break
        value = tables.cardinals.get(word) if bits[position].shape in _WORDS else None
        glued = position == at or _lower(bits, position - 1) != "-" or last in ("tens", "hundred", "scale") or word in tables.scales
        if value is not None:
            fits = (last in ("start", "hundred", "scale") and (value > 0 or last == "start")) or (last == "tens" and 0 < value < 10)
            if not fits or not glued or (last == "scale" and value >= scale):
                break
            held += value
            last = "tens" if value >= 20 else "unit"
            if value == 0:
                last = "zero"
        elif word in tables.scales and last in ("unit", "tens", "hundred"):
            size = tables.scales[word]
            if size == 100:
                if held >= 100 or last == "hundred":
                    break
                held *= 100
                last = "hundred"
            else:
                if size >= scale:
                    break
                total += held * size
                held, scale, last = 0, size, "scale"
        else:
            break
        position += 1
        end = position
    return end, total + held


def _figures(bits: list[Item], at: int, text: str, tables: NumberTables) -> tuple[int, Fraction]:
    """A number in figures from ``at``, with groups set off by a space and a scale behind it."""
    bit = bits[at]
    value = bit.value or Fraction(0)
    end = at + 1
    while (
        end < len(bits)
        and value < 1000 ** (end - at)
        and bits[end].lower == "000"
        and bits[end].start == bits[end - 1].end + 1
        and text[bits[end - 1].end] == " "
    ):
        value *= 1000
        end += 1
    gap = end + 1 if _lower(bits, end) == "-" and bits[end].start == bits[end - 1].end else end
    word = _lower(bits, gap)
    if word in tables.scales:
        return gap + 1, value * tables.scales[word]
    if word in tables.short_scales and bits[gap].start == bits[end - 1].end and not _metres(bits, at, gap, text, tables):
        return gap + 1, value * tables.short_scales[word]
    if (
        word.isdecimal()
        and _lower(bits, gap + 1) == "/"
        and _lower(bits, gap + 2).isdecimal()
        and int(bits[gap + 2].lower) in (2, 3, 4, 8)
        and bits[gap].start > bits[at].end
        and int(word) < int(bits[gap + 2].lower)
    ):
        return gap + 3, value + Fraction(int(word), int(bits[gap + 2].lower))
    return end, value


_MONEY = frozenset("$\u20ac\u00a3\u20b4\u20bd\u00a5\u20aa\u20b9")


def _metres(bits: list[Item], at: int, unit: int, text: str, tables: NumberTables) -> bool:
    """Whether a letter behind a figure is a unit of length and no short scale ("300m from the mosque", but "$300m" and "300m people")."""
    if bits[unit].lower not in tables.units["distance"] or any(c in _MONEY for c in text[max(0, bits[at].start - 8) : bits[at].start]):
        return False
    return unit + 1 >= len(bits) or bits[unit + 1].lower in tables.words["after_metres"]


def _finish(bits: list[Item], at: int, end: int, value: Fraction, text: str, tables: NumberTables) -> tuple[int, Item]:
    """A cardinal phrase ends; "and a half" may follow."""
    size = 1
    if end - at > 1:
        closing = bits[end - 1].lower
        size = tables.scales.get(closing) or tables.short_scales.get(closing) or 1
    step = 0
    ahead = [_lower(bits, end + k) for k in range(6)]
    if _and_a_half(ahead[:3], tables):
        step = 3
    elif ahead[::2] == ["-"] * 3 and _and_a_half(ahead[1::2], tables):
        step = 6
    if step and _lower(bits, end + step) not in tables.words["of"]:
        end, value = end + step, value + Fraction(size, 2)
        scaled = _lower(bits, end)
        if scaled in tables.scales and size == 1:
            value, end = value * tables.scales[scaled], end + 1
    if end - at == 1:
        return end, bits[at]
    shape = bits[at].shape
    if shape == SHAPE["ART"] or shape in _FIGURES:
        shape = SHAPE["BIGNUM"] if value.denominator == 1 else SHAPE["DECIMAL"]
    item = _span(bits, at, end, shape, value)
    item.lone_scale = size
    return end, item


def _and_a_half(words: list[str], tables: NumberTables) -> bool:
    return (
        len(words) == 3
        and words[0] in tables.words["and"]
        and (words[1] in tables.words["article"] or words[1] in tables.words["one"])
        and words[2] in tables.words["half"]
    )


def _group(bits: list[Item], at: int, word: int, times: Fraction, tables: NumberTables) -> tuple[int, Item]:
    """ "two dozen", "a couple of", "a couple dozen"."""
    group = tables.groups[bits[word].lower]
    value = times * group.value
    end = word + 1
    scaled = end + 1 if _lower(bits, end) in tables.words["of"] else end
    hedge = group.hedge
    following = _lower(bits, scaled)
    if group.value <= 3 and (following in tables.scales or (following in tables.groups and tables.groups[following].value > 3)):
        value *= tables.scales.get(following) or tables.groups[following].value
        return scaled + 1, _span(bits, at, scaled + 1, SHAPE["GROUP"], value, "around")
    item = _span(bits, at, end, SHAPE["GROUP"], value, hedge)
    return end, item


def _vague(bits: list[Item], at: int, tables: NumberTables) -> tuple[int, Item]:
    """ "tens of thousands", "several hundred", "a few dozen"."""
    end = at + 1
    if (
        _lower(bits, end) in tables.words["of"]
        and bits[at].lower in tables.words["vague_of"]
        and _lower(bits, end + 1) in tables.words["vague"]
    ):
        end += 2
    elif (
        _lower(bits, end) in tables.scales
        or _lower(bits, end) in tables.groups
        or (_lower(bits, end) in tables.words["vague"] and end + 1 <= len(bits))
    ):
        end += 1
    return end, _span(bits, at, end, SHAPE["VAGUE"], None, "vague")


def _share(bits: list[Item], at: int, end: int, tables: NumberTables) -> tuple[int, Item] | None:
    """Shares. A bare "third" is an ordinal, a bare "quarter" a place or a time: they need their article or number."""
    word = bits[end - 1].lower
    alone = end - at == 1
    if (
        alone
        and (word in tables.words["fraction"] or word in tables.words["majority"])
        and not (word in tables.words["majority"] and _lower(bits, end) in tables.words["of"])
    ):
        return None
    if word in tables.words["fraction"] and _lower(bits, end) not in tables.words["share_of"]:
        return None
    if word in tables.words["most"] and not _most_is_share(bits, end, tables):
        return None
    return end, _span(bits, at, end, SHAPE["SHARE"], None, "share")


def _most_is_share(bits: list[Item], at: int, tables: NumberTables) -> bool:
    """ "most of", "most drones": a share; "most intense": a superlative."""
    following = _lower(bits, at)
    if following in tables.words["of"]:
        return True
    if _lower(bits, at - 2) in tables.words["owner"] or not following.isalpha():
        return False
    return (following.endswith("s") and not following.endswith(("ss", "us"))) or following in tables.words["people"]


def _fraction_after(bits: list[Item], at: int, tables: NumberTables) -> int | None:
    """ "two thirds", "three-quarters" after a small number."""
    gap = at + 1 if _lower(bits, at) == "-" else at
    word = _lower(bits, gap)
    if (
        word in tables.words["fraction"]
        and (word.endswith("s") or _lower(bits, at - 1) in tables.words["one"])
        and _lower(bits, at - 1) in tables.cardinals
    ):
        return gap + 1
    return None


def _ordinal_after(bits: list[Item], at: int, end: int, tables: NumberTables) -> tuple[int, Item] | None:
    """ "twenty-first", "hundred and fifth"."""
    gap = end + 1 if _lower(bits, end) == "-" and bits[end].start == bits[end - 1].end else end
    word = _lower(bits, gap)
    if (
        gap > end
        and word in tables.ordinals
        and bits[at].shape in _WORDS
        and tables.ordinals[word] < 10
        and bits[end - 1].lower in tables.cardinals
    ):
        tens = tables.cardinals[bits[end - 1].lower]
        if tens >= 20:
            return gap + 1, _span(bits, at, gap + 1, SHAPE["WORDORD"], Fraction(tens + tables.ordinals[word]))
    return None
