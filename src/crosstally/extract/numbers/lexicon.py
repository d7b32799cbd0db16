"""The number tables of a language, checked and compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, cast, get_args

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.extract.wordclass import Rule, RuleSet, RuleSets, WordClasses
from crosstally.values import Hedge, NumberRole

# What an item is before anything around it is looked at. The order is the numbering of shapes.
SHAPES = (
    "LOWER", "CAPWORD", "UPPER", "MARK", "SMALLWORD", "CAPNUM", "DAY", "MIDNUM", "BIGNUM", "YEAR", "DECIMAL", "POINTED", "GROUP",
    "WORDORD", "CAPORD", "FIGORD", "VAGUE", "SHARE", "ART", "LONE", "NONE", "CLOCK", "DATE", "CODE", "DECADE", "UNITWORD",
)  # fmt: skip
SHAPE = {name: number for number, name in enumerate(SHAPES)}
PLAIN = frozenset(SHAPE[s] for s in ("LOWER", "CAPWORD", "UPPER", "MARK"))
_FIGURES = ("DAY", "MIDNUM", "BIGNUM", "YEAR", "DECIMAL", "POINTED")
GROUPS = {
    "CAP": ("CAPWORD", "UPPER"),
    "NUMWORD": ("SMALLWORD", "CAPNUM"),
    "FIGNUM": _FIGURES,
    "AGENUM": ("DAY", "MIDNUM", "SMALLWORD", "CAPNUM"),
    "NUM": (*_FIGURES, "SMALLWORD", "CAPNUM", "GROUP"),
    "ORD": ("WORDORD", "CAPORD", "FIGORD"),
    "QUANT": (*_FIGURES, "SMALLWORD", "CAPNUM", "GROUP", "VAGUE", "SHARE"),
}
# Shapes that are something to report even where no row of the tables speaks of them.
DEFAULT_ROLE: Mapping[int, tuple[NumberRole, str]] = {
    SHAPE["CLOCK"]: ("time", "time.clock"),
    SHAPE["DATE"]: ("date", "date.figures"),
    SHAPE["CODE"]: ("name", "name.code"),
    SHAPE["DECADE"]: ("year", "year.decade"),
    SHAPE["SHARE"]: ("share", "share.part"),
    SHAPE["ART"]: ("count", "count.article"),
}
_ROLES: frozenset[str] = frozenset(get_args(NumberRole))
_HEDGES: frozenset[str] = frozenset(get_args(Hedge))


class Group(NamedTuple):
    """A word for a number of things: "dozen". ``exact``: the hedge changes the words, not the number."""

    value: int
    hedge: Hedge
    exact: bool


# First and last character within the token, lower-case text, shape, value, hedge.
Pieces = tuple[tuple[int, int, str, int, Fraction | None, Hedge], ...]


class NumberTables:
    """``languages/<code>/numbers.toml`` and ``hedges.toml``, compiled. Raises PackError that names file and key."""

    def __init__(self, language: Language) -> None:
        table = language.tables.get("numbers", {})
        hedges = language.tables.get("hedges", {})
        file, hedge_file = f"{language.folder}/numbers.toml", f"{language.folder}/hedges.toml"
        self.cardinals = _integers(file, "cardinals", table)
        self.scales = _integers(file, "scales", table)
        self.short_scales = _integers(file, "short_scales", table)
        self.ordinals = _integers(file, "ordinals", table)
        self.groups: dict[str, Group] = {}
        for word, row in cast("dict[str, dict[str, object]]", table.get("groups", {})).items():
            if row.get("hedge") not in _HEDGES:
                raise PackError(file, f"groups.{word}.hedge", f"{row.get('hedge')!r} is no hedge", "use one of: " + ", ".join(sorted(_HEDGES)))
            self.groups[word] = Group(int(cast("int", row["value"])), cast("Hedge", row["hedge"]), bool(row.get("exact", False)))
        words = cast("dict[str, list[str]]", table.get("words", {}))
        self.words = {key: frozenset(value) for key, value in words.items()}
        # Words that may begin a number phrase without being a number themselves.
        self.starters = frozenset((*self.words["half"], *self.words["share"], *self.scales, *self.groups))
        # Filled while reading, by the text of tokens: the shape of those that are nothing but a word or a mark; what others are made of.
        self.plain: dict[str, int] = {}
        self.pieces: dict[str, Pieces] = {}
        self.unit_words = {w: str(u) for w, u in cast("dict[str, str]", table.get("unit_words", {})).items()}
        self.units: dict[str, dict[str, str]] = {}
        finer = cast("dict[str, dict[str, object]]", table.get("finer", {}))
        self.finer = {unit: (str(row["unit"]), int(cast("int", row["times"]))) for unit, row in finer.items()}
        classes: dict[str, list[str]] = {k: list(v) for k, v in cast("dict[str, list[str]]", table.get("classes", {})).items()}
        for role, names in cast("dict[str, dict[str, list[str]]]", table.get("units", {})).items():
            if role not in _ROLES:
                raise PackError(file, f"units.{role}", "is no role of a number", "use one of: " + ", ".join(sorted(_ROLES)))
            self.units[role] = {word: name for name, listed in names.items() for word in listed}
            classes[role.upper()] = list(self.units[role])
        for name, listed in cast("dict[str, list[str]]", hedges.get("classes", {})).items():
            classes[name] = list(listed)
        roles = cast("list[dict[str, object]]", table.get("role", []))
        flags = cast("list[dict[str, object]]", table.get("flag", []))
        ranges = cast("list[dict[str, object]]", table.get("range", []))
        hedge_rows = cast("list[dict[str, object]]", hedges.get("hedge", []))
        patterns = [p for row in (*roles, *flags, *ranges, *hedge_rows) for p in cast("list[str]", row.get("patterns", []))]
        endings = cast("dict[str, list[str]]", table.get("endings", {}))
        self.classes = WordClasses(classes, SHAPES, GROUPS, patterns, endings)
        for number, row in enumerate(roles):
            if row.get("role") not in _ROLES:
                raise PackError(file, f"role[{number}].role", f"{row.get('role')!r} is no role", "use one of: " + ", ".join(sorted(_ROLES)))
        for number, row in enumerate(hedge_rows):
            if row.get("hedge") not in _HEDGES:
                raise PackError(
                    hedge_file, f"hedge[{number}].hedge", f"{row.get('hedge')!r} is no hedge", "use one of: " + ", ".join(sorted(_HEDGES))
                )
        self.roles = self._rules(file, "role", roles, "rule")
        self.flags = self._rules(file, "flag", flags, "flag")
        self.ranges = self._rules(file, "range", ranges, "")
        self.hedges = self._rules(hedge_file, "hedge", hedge_rows, "hedge")
        self.sieve = RuleSets(self.roles, self.flags, self.ranges, self.hedges)
        self.range_spread = frozenset(classes.get("SPREAD", ()))
        self.range_from = self.words.get("from", frozenset())
        self.range_between = self.words.get("between", frozenset())
        tolerance = cast("dict[str, float]", hedges.get("tolerance", {}))
        self.around = float(tolerance.get("around", 0.10))
        self.around_least = int(tolerance.get("around_least", 1))
        self.nearly_floor = float(tolerance.get("nearly_floor", 0.90))

    def _rules(self, file: str, table: str, rows: list[dict[str, object]], name: str) -> RuleSet:
        """One alternation a row, in the order of the table: the first row that fits decides."""
        rules: list[Rule] = []
        for number, row in enumerate(rows):
            for at, pattern in enumerate(cast("list[str]", row.get("patterns", []))):
                rules.append(self.classes.rule(file, f"{table}[{number}].patterns[{at}]", str(row.get(name, table)), pattern, row))
        return RuleSet(rules)

    def is_number_word(self, word: str) -> bool:
        """Whether a part of a compound is a number in words."""
        return word in self.cardinals or word in self.scales or word in self.ordinals or word in self.groups


def _integers(file: str, key: str, table: Mapping[str, object]) -> dict[str, int]:
    section = table.get(key, {})
    if not isinstance(section, dict) or not all(isinstance(v, int) for v in section.values()):
        raise PackError(file, key, "is not a table of whole numbers", "write: one = 1")
    return section


_COMPILED: dict[int, tuple[Language, NumberTables]] = {}


def number_tables(language: Language) -> NumberTables:
    """The tables of this language, compiled once."""
    held = _COMPILED.get(id(language))
    if held is None or held[0] is not language:
        held = _COMPILED[id(language)] = (language, NumberTables(language))
    return held[1]
