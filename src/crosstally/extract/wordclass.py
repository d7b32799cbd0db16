"""Patterns over word classes: how language tables say where a number or a moment stands.

A sentence becomes a string with one character an item; the character stands for everything known of the item: the classes its word is
listed in, and its shape (small word, capitalised word, figure, ordinal, ...). A pattern of a table is compiled into an ordinary
regular expression over such strings, so matching is fast, and a hit says which items it covers.

The notation, in words separated by spaces:

=============  ==========================================================================
``least``      the word itself (small letters, apostrophes straight)
``MONTH``      any word of the class; classes and shapes are written in capitals
``MONTH&CAP``  both at once
``a b``        one after another; ``(a | b)`` either; ``a?`` ``a*`` ``a+`` as usual
``!(a | b)``   what follows is not that; ``=(a | b)`` what follows is that, and no part of the match
``@NAME``      the item before is one of these, and no part of the match; ``!@NAME`` it is none of these
``ANY``        any one item; ``START`` and ``END`` the ends of the sentence
``[ ... ]``    the part that the rule is about; without brackets all of it
=============  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from crosstally.errors import PackError

_BASE = 0x4E00  # any block of letters will do that is wide enough; these never meet real text
_NEEDS = 3  # how many kinds of item the sieve looks for
_KEPT_KINDS = 200_000  # words
_PIECE = re.compile(r"\s*([()\[\]|?*+!&=]|[^\s()\[\]|?*+!&=]+)")


class Shaped(Protocol):
    """What a code is made of: a word in small letters, and the number of its shape."""

    lower: str
    shape: int


class Rule:
    """A pattern with what its row says of it. Compiled at first use: most rules wait long for a sentence that needs them."""

    __slots__ = ("_regex", "expression", "name", "needs", "row")

    def __init__(self, expression: str, name: str, row: Mapping[str, object], needs: tuple[frozenset[str], ...] = ()) -> None:
        self.expression, self.name, self.row, self.needs = expression, name, row, needs
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        if self._regex is None:
            self._regex = re.compile(self.expression, re.DOTALL)
        return self._regex

    def cores(self, codes: str) -> Iterator[list[tuple[int, int]]]:
        """For every match, left to right, the item ranges ``[first, last)`` of its bracketed parts; matches may overlap."""
        at = 0
        search = self.regex.search
        while (match := search(codes, at)) is not None:
            yield [r for r in match.regs[1:] if r[0] >= 0]
            at = match.start() + 1

    def spans(self, codes: str) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
        """Like ``cores``, with the range of the whole match before it."""
        at = 0
        search = self.regex.search
        while (match := search(codes, at)) is not None:
            yield match.start(), match.end(), [r for r in match.regs[1:] if r[0] >= 0]
            at = match.start() + 1


class RuleSet:
    """Rules in order, with a sieve: a rule is tried only on sentences that hold every kind of item it cannot do without."""

    __slots__ = ("_all", "_masks", "_rules", "_size")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._size = len(rules)
        self._all = (1 << self._size) - 1
        self._masks: dict[str, int] = {}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def fitting(self, codes: str) -> list[Rule]:
        """The rules worth trying on these codes, in order."""
        return [self._rules[number] for number in self.numbers(codes)]

    def numbers(self, codes: str) -> list[int]:
        """Which rules are worth trying on these codes."""
        seen = 0
        masks = self._masks
        for char in set(codes):
            mask = masks.get(char)
            if mask is None:
                mask = masks[char] = self._mask(char)
            seen |= mask
        size = self._size
        left = seen & (seen >> size) & (seen >> 2 * size) & self._all
        found: list[int] = []
        while left:
            lowest = left & -left
            found.append(lowest.bit_length() - 1)
            left ^= lowest
        return found

    def _mask(self, char: str) -> int:
        mask = 0
        for number, rule in enumerate(self._rules):
            for section in range(_NEEDS):
                if section >= len(rule.needs) or char in rule.needs[section]:
                    mask |= 1 << (section * self._size + number)
        return mask


class RuleSets:
    """Several sets asked together: the kinds of item that a sentence holds are looked at once for all of them."""

    __slots__ = ("_joined", "_of", "_rules", "_sets")

    def __init__(self, *sets: RuleSet) -> None:
        self._rules = [rule for rules in sets for rule in rules]
        self._joined = RuleSet(self._rules)
        self._of = [number for number, rules in enumerate(sets) for _ in rules]
        self._sets = len(sets)

    def fitting(self, codes: str) -> list[list[Rule]]:
        """For each set, its rules worth trying on these codes, in order."""
        found: list[list[Rule]] = [[] for _ in range(self._sets)]
        for number in self._joined.numbers(codes):
            found[self._of[number]].append(self._rules[number])
        return found


class _Kinds(dict[str, int]):
    """Word to the number of its kind; what no class lists is told by its ending, and kept."""

    def __init__(self, listed: Mapping[str, int], endings: Sequence[tuple[str, int]]) -> None:
        super().__init__(listed)
        self._endings = endings

    def __missing__(self, word: str) -> int:
        kind = next((k for end, k in self._endings if word.endswith(end)), 0)
        if len(self) < _KEPT_KINDS:  # a long run over many texts must not grow without bound
            self[word] = kind
        return kind


class WordClasses:
    """Words, the classes they are in, and shapes; turns items into codes and patterns into rules.

    ``shapes``: names in order; an item's shape is its index. ``groups``: name to the shapes it means ("NUM" to several).
    ``endings``: class name to word endings, for words that no class lists.
    """

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        shapes: Sequence[str],
        groups: Mapping[str, Iterable[str]],
        patterns: Iterable[str],
        endings: Mapping[str, Sequence[str]] = {},
    ) -> None:
        tags: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                tags.setdefault(word, set()).add(name)
        self._names = set(classes) | set(endings) | set(shapes) | set(groups)
        for pattern in patterns:
            for piece in _PIECE.findall(pattern):
                word = piece.lstrip("@")
                if piece not in "()[]|?*+!&=" and not word.isupper():
                    tags.setdefault(word, set()).add(word)
        kinds: dict[frozenset[str], int] = {frozenset(): 0}
        self._word: dict[str, int] = {word: kinds.setdefault(frozenset(t), len(kinds)) for word, t in tags.items()}
        by_ending: list[tuple[str, int]] = []
        for name, ends in endings.items():
            kind = kinds.setdefault(frozenset([name]), len(kinds))
            by_ending += [(end, kind) for end in ends]
        self._kinds = _Kinds(self._word, by_ending)
        self._size = len(kinds)
        self._chars_of = [[chr(_BASE + shape * self._size + kind) for kind in range(self._size)] for shape in range(len(shapes))]
        self._written: dict[frozenset[str], str] = {}
        members: dict[str, set[str]] = {}
        count = len(shapes)
        for tagset, kind in kinds.items():
            for tag in tagset:
                members.setdefault(tag, set()).update(chr(_BASE + s * self._size + kind) for s in range(count))
        for number, shape in enumerate(shapes):
            members[shape] = {chr(_BASE + number * self._size + k) for k in range(self._size)}
        for group, named in groups.items():
            members[group] = set().union(*(members[m] for m in named))
        self._members = {name: frozenset(chars) for name, chars in members.items()}

    def code(self, word: str, shape: int) -> str:
        """The character of one item."""
        return self._chars_of[shape][self._kinds[word]]

    def codes(self, items: Iterable[Shaped]) -> str:
        """The characters of items, in order."""
        chars, kinds = self._chars_of, self._kinds
        return "".join([chars[item.shape][kinds[item.lower]] for item in items])

    def listed(self, word: str) -> bool:
        """Whether any class or pattern knows the word."""
        return word in self._word

    def rule(self, file: str, key: str, name: str, pattern: str, row: Mapping[str, object]) -> Rule:
        """Compile a pattern. Raises PackError that names file and key for a class nobody declared or brackets that do not close."""
        parts: list[str] = []
        pieces = _PIECE.findall(pattern)
        at = 0
        if "[" not in pieces:
            pieces = ["[", *pieces, "]"]
        while at < len(pieces):
            piece = pieces[at]
            if piece in ("!", "="):
                following = pieces[at + 1] if at + 1 < len(pieces) else ""
                if following.startswith("@"):
                    parts.append("(?<!" + self._charset(self._chars(file, key, following[1:])) + ")")
                elif following == "(":
                    parts.append("(?!" if piece == "!" else "(?=")
                else:
                    raise PackError(file, key, f"{pattern!r}: {piece} stands before a bracket", f"write {piece}( ... )")
                at += 2
                continue
            if piece in "()|?*+":
                parts.append("(?:" if piece == "(" else piece)
            elif piece == "[":
                parts.append("(")
            elif piece == "]":
                parts.append(")")
            elif piece.startswith("@"):
                parts.append("(?<=" + self._charset(self._chars(file, key, piece[1:])) + ")")
            elif piece == "ANY":
                parts.append(".")
            elif piece == "START":
                parts.append("^")
            elif piece == "END":
                parts.append("$")
            else:
                chars = self._chars(file, key, piece)
                while at + 2 < len(pieces) and pieces[at + 1] == "&":
                    chars = chars & self._chars(file, key, pieces[at + 2])
                    at += 2
                if not chars:
                    raise PackError(file, key, f"{pattern!r}: no word can be {piece}", "check the classes joined by &")
                parts.append(self._charset(chars))
            at += 1
        _check_brackets(file, key, pattern, pieces)
        needs, _ = self._needs(file, key, pieces, 0)
        return Rule("".join(parts), name, row, tuple(sorted(needs, key=len)[:_NEEDS]))

    def _charset(self, chars: frozenset[str]) -> str:
        """The set as an expression, runs of neighbours as ranges."""
        known = self._written.get(chars)
        if known is None:
            runs: list[list[int]] = []
            for code in sorted(map(ord, chars)):
                if runs and code == runs[-1][1] + 1:
                    runs[-1][1] = code
                else:
                    runs.append([code, code])
            known = self._written[chars] = "[" + "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in runs) + "]"
        return known

    def _needs(self, file: str, key: str, pieces: list[str], at: int) -> tuple[list[frozenset[str]], int]:
        """Kinds of item without which the pattern from ``at`` cannot match, and where its bracket ends."""
        branches: list[list[frozenset[str]]] = [[]]
        while at < len(pieces):
            piece = pieces[at]
            if piece in (")", "]"):
                break
            if piece == "|":
                branches.append([])
                at += 1
                continue
            if piece in ("!", "="):
                if pieces[at + 1].startswith("@"):
                    at += 2
                    continue
                _, at = self._needs(file, key, pieces, at + 2)
                at += 1
                continue
            if piece in ("(", "["):
                inner, at = self._needs(file, key, pieces, at + 1)
            elif piece in ("ANY", "START", "END") or piece in "?*+":
                inner = []
            elif piece.startswith("@"):
                inner = [self._chars(file, key, piece[1:])]
            else:
                chars = self._chars(file, key, piece)
                while at + 2 < len(pieces) and pieces[at + 1] == "&":
                    chars = chars & self._chars(file, key, pieces[at + 2])
                    at += 2
                inner = [chars]
            at += 1
            if at < len(pieces) and pieces[at] in "?*":
                inner = []
            branches[-1] += inner
        if len(branches) == 1:
            return branches[0], at
        if not all(branches):
            return [], at
        return [frozenset().union(*(min(b, key=len) for b in branches))], at

    def _chars(self, file: str, key: str, name: str) -> frozenset[str]:
        if name.isupper() and name not in self._names:
            raise PackError(file, key, f"class {name} is not declared", "declare it under [classes], or write the word in small letters")
        return self._members.get(name, frozenset())


def _check_brackets(file: str, key: str, pattern: str, pieces: list[str]) -> None:
    """All that can be wrong with an expression built from pieces: brackets that do not close, a sign with nothing before it."""
    closing = {")": "(", "]": "["}
    open_: list[str] = []
    before = "("
    for piece in pieces:
        wrong = piece in "?*+" and before in "([|!=?*+"
        if piece in "([":
            open_.append(piece)
        elif piece in closing:
            wrong = not open_ or open_.pop() != closing[piece]
        if wrong:
            raise PackError(file, key, f"{pattern!r} is no pattern: {piece} has nothing before it", "check its brackets and signs")
        before = piece
    if open_:
        raise PackError(file, key, f"{pattern!r} is no pattern: {open_[-1]} does not close", "check its brackets")
