"""What stands on a page around a report: captions, counters, bylines, links. Declared in ``languages/<code>/furniture.toml``."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, cast, get_args

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.values import Furniture

_KINDS: frozenset[str] = frozenset(get_args(Furniture))
# No dateline is longer than this many characters.
_DATELINE_ROOM = 140
# No words that close a line as furniture are longer than this many characters.
_END_ROOM = 200


class _Test(NamedTuple):
    kind: Furniture
    line: re.Pattern[str] | None
    start: re.Pattern[str] | None
    end: re.Pattern[str] | None
    words: int
    open: bool


class FurnitureRules:
    """Compiled patterns of one language."""

    __slots__ = ("dateline", "dateline_paragraphs", "line_words", "list_items", "list_opens", "list_words", "sentence_words", "tests")

    def __init__(self, language: Language) -> None:
        self.tests: list[_Test] = []
        table = language.tables.get("furniture", {})
        file = f"{language.folder}/furniture.toml"
        for number, row in enumerate(cast("list[dict[str, object]]", table.get("furniture", []))):
            kind = row.get("kind")
            if kind not in _KINDS:
                known = ", ".join(sorted(_KINDS))
                raise PackError(file, f"furniture[{number}].kind", f"{kind!r} is no kind of furniture", f"use one of: {known}")
            where = f"furniture[{number}]"
            self.tests.append(
                _Test(
                    cast("Furniture", kind),
                    _compile(file, f"{where}.line", row.get("line"), "(?:{})"),
                    _compile(file, f"{where}.start", row.get("start"), "(?:{})"),
                    _compile(file, f"{where}.end", row.get("end"), "(?:{})$"),
                    int(cast("int", row.get("words", 40))),
                    bool(row.get("open", False)),
                )
            )
        repeated = cast("dict[str, int]", table.get("repeated", {}))
        self.line_words = repeated.get("line_words", 4)
        self.sentence_words = repeated.get("sentence_words", 10)
        lists = cast("dict[str, object]", table.get("list", {}))
        self.list_opens = _compile(file, "list.opens", lists.get("opens"), "(?:{})$")
        self.list_items = _compile(file, "list.items", lists.get("items"), "(?:{})$")
        self.list_words = int(cast("int", lists.get("words", 24)))
        dateline = cast("dict[str, object]", table.get("dateline", {}))
        self.dateline = _compile(file, "dateline.patterns", dateline.get("patterns"), "(?:{})", flags=0)
        self.dateline_paragraphs = int(cast("int", dateline.get("paragraphs", 8)))

    def kind(self, line: str) -> Furniture | None:
        """What kind of furniture a whole line is, None for content."""
        words = line.count(" ") + 1
        for test in self.tests:
            if words > test.words or (test.open and line.endswith((".", "!", "?", ".\u201d", '."'))):
                continue
            if (
                (test.line is not None and test.line.fullmatch(line))
                or (test.start is not None and test.start.match(line))
                or (test.end is not None and test.end.search(line, max(0, len(line) - _END_ROOM)))
            ):
                return test.kind
        return "link" if words <= 40 and _foreign(line) else None

    def opens_list(self, line: str) -> bool:
        """Whether a whole line is the head of a list of other reports."""
        return self.list_opens is not None and self.list_opens.match(line) is not None

    def listed(self, line: str) -> bool:
        """Whether a line below such a head reads like a headline of it, or like any item of such a list."""
        if self.list_items is not None and self.list_items.match(line):
            return True
        return line.count(" ") < self.list_words and not line.rstrip("\"\u201d\u2019)").endswith((".", "!", "?"))

    def begins(self, line: str) -> Furniture | None:
        """What kind of furniture a line's first words say it is."""
        return next((test.kind for test in self.tests if test.start is not None and test.start.match(line)), None)

    def dateline_end(self, text: str, start: int, end: int) -> int:
        """Where the report begins after a dateline at ``start``; ``start`` itself where there is none."""
        if self.dateline is None:
            return start
        match = self.dateline.match(text, start, min(end, start + _DATELINE_ROOM))
        if match is None or match.end() >= end:
            return start
        following = text[match.end()]
        return match.end() if following.isupper() or not following.isalpha() else start


def _compile(file: str, key: str, patterns: object, frame: str, flags: int = re.IGNORECASE) -> re.Pattern[str] | None:
    if patterns is None:
        return None
    if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
        raise PackError(file, key, "is not a list of patterns", "write a list of quoted patterns")
    for pattern in patterns:
        try:
            re.compile(pattern, flags)
        except re.error as error:
            raise PackError(file, key, f"{pattern!r} is no pattern: {error}", "mend the pattern") from error
    return re.compile(frame.format("|".join(patterns)), flags)


def _foreign(line: str) -> bool:
    """Whether most letters of a line are of another script than Latin."""
    if line.isascii() or _FAR.search(line) is None:
        return False
    letters = [c for c in line if c.isalpha()]
    other = sum(1 for c in letters if ord(c) > 0x24F and not unicodedata.name(c, "").startswith("LATIN"))
    # An ideograph says about as much as a word of two to four letters.
    wide = sum(1 for c in letters if ord(c) >= 0x2E80)
    return other > 0 and (other + 2 * wide) * 2 > len(letters)


_FAR = re.compile("[^\x00-\u024f\u2000-\u206f]")  # beyond Latin letters and the marks of print


def plain_line(line: str) -> str:
    """A line reduced to what makes it the same line again: letters and figures, small, single spaces."""
    plain = line.translate(_PLAIN)
    if not plain.isascii():
        folded = unicodedata.normalize("NFKC", line).lower().translate(_FOLD)
        plain = _NOT_WORD.sub(" ", folded)
    return " ".join(plain.split())


_FOLD = str.maketrans({"\u2019": None, "'": None, "\u2018": None})
_NOT_WORD = re.compile(r"[^\w]+")
# The same in one pass, for a line of plain letters and the marks of print that mean the same on their own as beside others.
_PLAIN = str.maketrans(
    {
        **{chr(i): chr(i).lower() if chr(i).isalnum() or chr(i) == "_" else " " for i in range(128)},
        **dict.fromkeys("\u201c\u201d\u2013\u2014\u2026\u00a0", " "),
        **dict.fromkeys("'\u2018\u2019", ""),
    }
)
_COMPILED: dict[int, tuple[Language, FurnitureRules]] = {}


def furniture_rules(language: Language) -> FurnitureRules:
    """The rules of this language, compiled once. Raises PackError with file and key."""
    held = _COMPILED.get(id(language))
    if held is None or held[0] is not language:
        held = _COMPILED[id(language)] = (language, FurnitureRules(language))
    return held[1]
