"""The table of moments of a language, checked and compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.extract.numbers.lexicon import GROUPS, SHAPES
from crosstally.extract.wordclass import RuleSet, WordClasses

READINGS = frozenset(
    [
        "night_between", "night_into", "night_of", "overnight", "clock_on_day", "clock", "day", "this_part", "calendar", "month",
        "season", "year", "quarter", "ago", "last_n", "next_n", "recent", "anchored_by_date", "anchored", "nth_day",
        "present", "past", "to_come", "century",
    ]
)  # fmt: skip
_MACRO = re.compile(r"\{(\w+)\}")


class MomentTables:
    """``languages/<code>/moments.toml``, compiled. Raises PackError that names file and key."""

    def __init__(self, language: Language) -> None:
        table = language.tables.get("moments", {})
        file = f"{language.folder}/moments.toml"
        self.weekdays = cast("dict[str, int]", table.get("weekdays", {}))
        self.months = cast("dict[str, int]", table.get("months", {}))
        self.parts = {k: (v[0], v[1]) for k, v in cast("dict[str, list[float]]", table.get("parts", {})).items()}
        self.narrower = {k: (v[0], v[1]) for k, v in cast("dict[str, list[float]]", table.get("narrower", {})).items()}
        self.seasons = {k: (v[0], v[1]) for k, v in cast("dict[str, list[int]]", table.get("seasons", {})).items()}
        self.feasts = {k: (v[0], v[1]) for k, v in cast("dict[str, list[int]]", table.get("feasts", {})).items()}
        night = cast("dict[str, float]", table.get("night", {}))
        self.night = (night.get("from", 18), night.get("to", 9))
        self.units = {w: name for name, words in cast("dict[str, list[str]]", table.get("units", {})).items() for w in words}
        self.words = {k: frozenset(v) for k, v in cast("dict[str, list[str]]", table.get("words", {})).items()}
        classes: dict[str, list[str]] = dict(cast("dict[str, list[str]]", table.get("classes", {})))
        classes["WEEKDAY"], classes["MONTH"] = list(self.weekdays), list(self.months)
        self.future = frozenset(classes.get("FUTURE", ()))
        self.said = frozenset(classes.get("SAID", ()))
        macros = cast("dict[str, str]", table.get("macros", {}))
        rows = cast("list[dict[str, object]]", table.get("moment", []))
        written: list[tuple[str, str, Mapping[str, object], str]] = []
        for number, row in enumerate(rows):
            read = str(row.get("read"))
            if read not in READINGS:
                raise PackError(file, f"moment[{number}].read", f"{read!r} is no reading", "use one of: " + ", ".join(sorted(READINGS)))
            for at, pattern in enumerate(cast("list[str]", row.get("patterns", []))):
                key = f"moment[{number}].patterns[{at}]"
                written.append((key, read, row, _expand(file, key, pattern, macros)))
        self.classes = WordClasses(classes, SHAPES, GROUPS, [pattern for _, _, _, pattern in written])
        self.rules = RuleSet([self.classes.rule(file, key, read, pattern, row) for key, read, row, pattern in written])
        # A sentence without any of these words, and without a figure, tells no moment.
        self.triggers = (
            frozenset(
                [
                    *self.weekdays,
                    *self.months,
                    *self.parts,
                    *self.seasons,
                    *self.units,
                    *(w for feast in self.feasts for w in feast.split() if w.isalpha()),
                    "early",
                    "late",
                    "earlier",
                    "later",
                    *(w for ws in self.words.values() for w in ws),
                ]
            )
            - self.words["into"]
            - self.words["from"]
            - self.words["by"]
            - self.words["and"]
            - self.words["to_range"]
            - self.words["this"]
        )


def _expand(file: str, key: str, pattern: str, macros: Mapping[str, str], depth: int = 0) -> str:
    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in macros or depth > 8:
            raise PackError(file, key, f"{{{name}}} is no macro", "declare it under [macros]")
        return "(" + _expand(file, key, macros[name], macros, depth + 1) + ")"

    return _MACRO.sub(replace, pattern)


_COMPILED: dict[int, tuple[Language, MomentTables]] = {}


def moment_tables(language: Language) -> MomentTables:
    """The table of this language, compiled once."""
    held = _COMPILED.get(id(language))
    if held is None or held[0] is not language:
        held = _COMPILED[id(language)] = (language, MomentTables(language))
    return held[1]
