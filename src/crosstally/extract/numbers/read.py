"""Every number of a sentence, and what it is.

A number-like thing is read even where it counts nothing: ages, storeys, dates, names and idioms come out with their role, so that no
later step takes them for a count. ``Mention.rule`` says which row of the language's tables read it. Kinds of count are told apart there:

========================  ================================================
``count``                 "23 people"
``count.article``         a bare "a" or "an" before a word: one, if a claim wants it
``count.another``         "another 12", "a further 12", a lone "another"
``count.others``          "23 others", "two other people"
``count.more``            "five more"
``count.of``              "14 of the injured", "476 out of ..."
``count.whole``           the second number of "382 of the 415"
``count.all``             "all four"
``count.both``            "both"
``count.definite``        "the two leaders"
``count.compound``        "a 30-round magazine": how many make one thing, no count of things
``count.none``            "no casualties", "no one", "none": [0, 0]
========================  ================================================

Choices, stated: "around n" is n give or take a tenth (at least 1), "nearly n" runs from nine tenths of n to n-1 (``hedges.toml``,
``[tolerance]``); "a dozen" is a round 12, "a couple" is 2 with the hedge "around" and no spread; "dozens", "several", "hundreds" stay
words; a fraction of a unit is told in the finer unit ("five and a half hours" is 330 minutes), any other fraction is bracketed by whole
numbers. Numbers of role "rate" count per period; the rule names it ("rate.per.day").
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import NamedTuple, cast

from crosstally.domain.model import Language
from crosstally.extract.numbers.items import items_of, only_words
from crosstally.extract.numbers.lexicon import DEFAULT_ROLE, PLAIN, SHAPE, NumberTables, number_tables
from crosstally.extract.numbers.phrases import Item
from crosstally.extract.wordclass import Rule
from crosstally.values import Hedge, Mention, NumberRole, Quantity, Sentence, Span

_VALUED = frozenset(SHAPE[s] for s in ("SMALLWORD", "CAPNUM", "DAY", "MIDNUM", "BIGNUM", "YEAR", "DECIMAL", "POINTED", "GROUP"))
_COUNTED = _VALUED | {SHAPE["VAGUE"]}
_HEDGED = _VALUED | {SHAPE["VAGUE"], SHAPE["SHARE"], SHAPE["ART"], SHAPE["LONE"], SHAPE["UNITWORD"]}
# Roles in which two numbers in a row may bound one quantity, and in which a hedge bounds it.
_MEASURED: frozenset[str] = frozenset(
    ["count", "duration", "distance", "percent", "money", "measure", "age", "storeys", "rate", "calibre", "share"]
)
_BELOW: frozenset[str] = frozenset(["nearly", "fewer_than"])
_FEW = 10
_NO_NUMBER = ("http", "www.", "#", "@")


class _Sense(NamedTuple):
    role: NumberRole
    rule: str
    unit: str | None
    extra: Fraction = Fraction(0)
    none: bool = False


def read_quantities(document_id: str, sentence: Sentence, text: str, language: Language) -> tuple[Mention, ...]:
    """Mentions of kind "quantity", in order of place. ``span`` is the number words alone, ``cover`` adds the hedge, ``number`` the role.

    ``text`` is the document's. A range ("10 to 12") is one mention; "382 of the 415" are two. Raises PackError for wrong tables.
    """
    tables = number_tables(language)
    if only_words(sentence.tokens, tables):
        return ()
    items = items_of(sentence.tokens, text, tables)
    numeric = [i for i, item in enumerate(items) if item.shape not in PLAIN]
    if not numeric:
        return ()
    codes = tables.classes.codes(items)
    role_rules, flag_rules, range_rules, hedge_rules = tables.sieve.fitting(codes)
    senses = _senses(items, codes, role_rules, tables)
    ranges = _ranges(items, codes, senses, range_rules, tables)
    compounds = _compounds(items, numeric, senses, tables)
    hedges = _hedges(items, codes, hedge_rules)
    flags = _flags(codes, flag_rules)
    found: list[Mention] = []
    skip: set[int] = {last for _, last in ranges.values()}
    for number, (_, begin, end) in hedges.items():
        skip.update(i for i in range(begin, end) if i != number and i not in ranges)
    for index in numeric:
        item = items[index]
        if index in skip or item.lower.startswith(_NO_NUMBER):
            continue
        first, last = ranges.get(index, (index, index))
        if index in compounds:
            last, senses[index] = compounds[index]
            skip.add(last)
        sense = _sense_of(items, index, index if index in compounds else last, senses, flags)
        if sense is None:
            continue
        mention = _mention(document_id, sentence, text, items, (first, last), sense, hedges, tables, index in ranges)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _senses(items: list[Item], codes: str, rules: list[Rule], tables: NumberTables) -> dict[int, _Sense]:
    """Role and unit of each number that a row of the tables speaks of."""
    senses: dict[int, _Sense] = {}
    for rule in rules:
        role = cast("NumberRole", rule.row["role"])
        for first, last, groups in rule.spans(codes):
            taken = [i for a, b in groups for i in range(a, b) if items[i].shape not in PLAIN and i not in senses]
            if not taken:
                continue
            unit = cast("str | None", rule.row.get("unit"))
            name, extra = rule.name, Fraction(0)
            names = tables.units.get(role)
            if names is not None and unit is None:
                unit = next((names[items[i].lower] for i in range(first, last) if items[i].lower in names and i not in taken), None)
            if role == "rate":
                period = next(
                    (
                        tables.units["duration"][items[i].lower]
                        for i in range(last - 1, first, -1)
                        if items[i].lower in tables.units["duration"]
                    ),
                    None,
                )
                name = f"rate.per.{period}" if period else f"rate.{items[last - 1].lower}"
            if items[taken[0]].shape == SHAPE["UNITWORD"]:
                unit = tables.unit_words[items[taken[0]].lower]
            half = [i for i in range(taken[-1] + 1, last) if items[i].shape == SHAPE["SHARE"] and items[i].lower.endswith("half")]
            if half and role == "duration":
                extra = Fraction(1, 2)
                senses[half[0]] = _Sense("idiom", "idiom.and_a_half", None)
            if role == "rate":
                senses.update((i, _Sense("idiom", "idiom.per", None)) for i in range(taken[-1] + 1, last) if items[i].shape == SHAPE["ART"])
            for i in taken:
                senses[i] = _Sense(role, name, unit, extra, rule.row.get("value") == 0)
    return senses


def _flags(codes: str, rules: list[Rule]) -> dict[int, str]:
    flags: dict[int, str] = {}
    for rule in rules:
        for groups in rule.cores(codes):
            for first, last in groups:
                for i in range(first, last):
                    flags.setdefault(i, rule.name)
    return flags


def _sense_of(items: list[Item], index: int, last: int, senses: dict[int, _Sense], flags: dict[int, str]) -> _Sense | None:
    item = items[index]
    sense = senses.get(last) or senses.get(index)
    if sense is not None:
        return sense
    flag = flags.get(index)
    following = items[index + 1] if index + 1 < len(items) else None
    if item.shape == SHAPE["LONE"] and following is not None and following.shape in _COUNTED and index + 1 not in senses:
        return None  # "another 12" is one number
    if item.shape in DEFAULT_ROLE:
        role, rule = DEFAULT_ROLE[item.shape]
        if item.shape == SHAPE["ART"] and (following is None or following.shape == SHAPE["MARK"]):
            return None
        return _Sense(role, f"count.{flag}" if role == "count" and flag else rule, None)
    return _Sense("count", f"count.{flag}" if flag else "count", None)


def _ranges(
    items: list[Item], codes: str, senses: dict[int, _Sense], rules: list[Rule], tables: NumberTables
) -> dict[int, tuple[int, int]]:
    """First item of a range to (first, last). A falling "n-m" is a score, and "from n to m" a change, unless it tells a spread."""
    found: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    spread = tables.range_spread
    for rule in rules:
        for groups in rule.cores(codes):
            if len(groups) != 2:
                continue
            first, last = groups[0][0], groups[1][0]
            if first in used or last in used:
                continue
            low, high = items[first], items[last]
            left, right = senses.get(first), senses.get(last)
            if low.value is None or high.value is None or (right is not None and right.role not in _MEASURED):
                continue
            if left is not None and (
                left.role not in _MEASURED or (right is not None and left.role != right.role and left.role != "count")
            ):
                continue
            if left is not None and right is None:
                continue
            lowest = low.value * high.lone_scale if low.lone_scale == 1 and low.value < 1000 else low.value
            if lowest >= high.value:
                if last - first == 2 and items[first + 1].lower in ("-", "\u2013") and left is None and right is None:
                    senses[first] = senses[last] = _Sense("score", "score.falling", None)
                continue
            if first and items[first - 1].lower in tables.range_from:
                role = right.role if right is not None else "count"
                if role not in ("age", "storeys") and not any(items[i].lower in spread for i in range(max(0, first - 4), first - 1)):
                    continue
            found[first] = (first, last)
            used.update((first, last))
    return found


def _compounds(items: list[Item], numeric: list[int], senses: dict[int, _Sense], tables: NumberTables) -> dict[int, tuple[int, _Sense]]:
    """ "eight hours and 20 minutes": the first number, to the last and the whole in the finer unit (as the first number plus an extra)."""
    found: dict[int, tuple[int, _Sense]] = {}
    for first, last in itertools.pairwise(numeric):
        left, right = senses.get(first), senses.get(last)
        if left is None or right is None or left.role != "duration" or right.role != "duration" or not 2 <= last - first <= 4:
            continue
        finer = tables.finer.get(left.unit or "")
        a, b = items[first].value, items[last].value
        between = {items[i].lower for i in range(first + 2, last)}
        if finer is None or finer[0] != right.unit or a is None or b is None or not between <= tables.words["and"] | {","}:
            continue
        found[first] = (last, left._replace(unit=finer[0], extra=a * (finer[1] - 1) + b))
    return found


def _hedges(items: list[Item], codes: str, rules: list[Rule]) -> dict[int, tuple[Hedge, int, int]]:
    """Item to its hedge and the item range the hedge and the number cover: the longest wins, then the first in the table."""
    best: dict[int, tuple[Hedge, int, int]] = {}
    for rule in rules:
        for first, last, groups in rule.spans(codes):
            number = groups[0][0]
            if items[number].shape not in _HEDGED:
                continue
            held = best.get(number)
            if held is None or last - first > held[2] - held[1]:
                best[number] = (cast("Hedge", rule.name), first, last)
    return best


def _mention(
    document: str,
    sentence: Sentence,
    text: str,
    items: list[Item],
    ends: tuple[int, int],
    sense: _Sense,
    hedges: dict[int, tuple[Hedge, int, int]],
    tables: NumberTables,
    ranged: bool,
) -> Mention | None:
    first, last = ends
    item = items[first]
    span = Span(item.start, items[last].end)
    cover = span
    held = hedges.get(first) or (hedges.get(last) if last != first else None)
    if held is not None and sense.role in (*_MEASURED, "time", "date", "year", "floor"):
        cover = Span(items[held[1]].start, items[held[2] - 1].end).join(span)
    if ranged:
        low, high = cast("Fraction", item.value), cast("Fraction", items[last].value)
        if item.lone_scale == 1 and low < 1000 and items[last].lone_scale > 1:
            low *= items[last].lone_scale
        quantity = _bounded(low, high, sense, tables)
        before = items[first - 1].lower if first else ""
        if before in tables.range_between:
            cover = Span(items[first - 1].start, cover.end)
    else:
        quantity = _quantity(item, sense, held[0] if held is not None else None, tables)
    raw = text[cover.start : cover.end]
    return Mention(
        document=document,
        span=span,
        kind="quantity",
        text=text[span.start : span.end],
        value=Quantity(quantity.low, quantity.high, quantity.hedge, quantity.unit, raw),
        rule=sense.rule,
        cover=cover,
        number=sense.role,
        sentence=sentence.index,
    )


def _in_unit(values: list[Fraction], unit: str | None, tables: NumberTables) -> tuple[list[Fraction], str | None]:
    """Values in the first finer unit in which they are whole, where there is one."""
    while unit in tables.finer and any(v.denominator != 1 for v in values):
        unit, times = tables.finer[unit]
        values = [v * times for v in values]
    return values, unit


def _bounded(low: Fraction, high: Fraction, sense: _Sense, tables: NumberTables) -> Quantity:
    (low, high), unit = _in_unit([low, high + sense.extra], sense.unit, tables)
    return Quantity(math.floor(low), math.ceil(high), "between", unit)


def _quantity(item: Item, sense: _Sense, hedge: Hedge | None, tables: NumberTables) -> Quantity:
    """The interval of one number under its hedge."""
    if item.value is None or (item.shape == SHAPE["POINTED"] and sense.role == "calibre"):
        loose: Hedge = hedge if hedge is not None and sense.role == "time" else item.hedge
        return Quantity(None, None, "share" if sense.role == "share" else loose, sense.unit)
    (value,), unit = _in_unit([item.value + sense.extra if sense.extra else item.value], sense.unit, tables)
    if unit in tables.finer and ((hedge in _BELOW and value < _FEW) or (hedge == "more_than" and item.shape == SHAPE["ART"])):
        # "nearly an hour", "less than two days", "more than a week": whole units would say none, or twice as much.
        unit, times = tables.finer[unit]
        value *= times
    low, high = math.floor(value), math.ceil(value)
    if sense.none or item.hedge == "none" or (low == high == 0 and sense.role == "count"):
        return Quantity(0, 0, "none", unit)
    if sense.role not in _MEASURED:
        return Quantity(low, high, "around" if hedge == "around" else "exact", unit)
    if hedge is None:
        if item.hedge == "around":
            exact = item.value <= 2
            return Quantity(
                low if exact else low - _spread(value, tables), high if exact else high + _spread(value, tables), "around", unit
            )
        return Quantity(low, high, "exact", unit)
    if hedge == "at_least":
        return Quantity(low, None, hedge, unit)
    if hedge == "more_than":
        return Quantity(low + 1, None, hedge, unit)
    if hedge == "up_to":
        return Quantity(0, high, hedge, unit)
    if hedge == "fewer_than":
        return Quantity(0, max(0, high - 1), hedge, unit)
    if hedge == "nearly":
        top = max(0, high - 1)
        return Quantity(min(top, math.ceil(value * Fraction(str(tables.nearly_floor)))), top, hedge, unit)
    spread = _spread(value, tables)
    return Quantity(max(0, low - spread), high + spread, "around", unit)


def _spread(value: Fraction, tables: NumberTables) -> int:
    return max(tables.around_least, math.floor(value * Fraction(str(tables.around))))
