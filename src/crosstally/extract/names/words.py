"""The words that tell names apart, compiled once a language: roles, titles, given names, demonyms, heads of bodies, features of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources

from crosstally.domain.model import Language
from crosstally.errors import PackError


class NameWords:
    """Read-only lookups, all in lower case unless said."""

    def __init__(self, language: Language) -> None:
        """Raises PackError where a table lacks a list or holds the wrong kind of thing."""
        roles, bodies, places = (_table(language, name) for name in ("roles", "bodies", "places"))
        file = f"{language.folder}/roles.toml"
        self.honorifics = frozenset(w + d for w in _words(roles, "honorifics", file) for d in ("", "."))
        self.heads = frozenset(_words(roles, "heads", file)) | frozenset(_plural(w) for w in _words(roles, "heads", file))
        self.plural_heads = self.heads - frozenset(_words(roles, "heads", file))
        self.weak_heads = frozenset(_words(roles, "weak_heads", file))
        self.modifiers = frozenset(_words(roles, "modifiers", file))
        self.particles = frozenset(_words(roles, "particles", file))
        self.prefixes = tuple(_words(roles, "prefixes", file))
        # Words as written to whether they have a capital as names have; filled while reading.
        self.capitals: dict[str, bool] = {}
        self.suffixes = frozenset(_words(roles, "suffixes", file))
        self.surname_endings = tuple(_words(roles, "surname_endings", file))
        self.strong_endings = tuple(_words(roles, "strong_endings", file))
        self.speech = frozenset(_words(roles, "speech", file))
        self.bearers = frozenset(_words(roles, "bearers", file))
        self.apposed = self.heads | frozenset(_words(roles, "apposed", file))
        self.naming = frozenset(_words(roles, "naming", file))
        self.naming_as = frozenset(_words(roles, "naming_as", file))
        self.reflexive = frozenset(_words(roles, "reflexive", file))
        self.ages = tuple(_words(roles, "ages", file))
        self.doers = tuple(_words(roles, "doers", file))
        self.makers = frozenset(_words(roles, "makers", file))
        self.person_after = frozenset(_words(roles, "person_after", file))
        self.stop = frozenset(_words(roles, "stop", file))
        self.stop_names = frozenset(_words(roles, "stop_names", file))
        self.things = frozenset(_words(roles, "things", file))
        self.figures = _pairs(roles, "figures", file)
        file = f"{language.folder}/bodies.toml"
        self.body_heads = _pairs(bodies, "heads", file)
        self.vague_heads = frozenset(_words(_sub(bodies, "vague", file), "heads", file))
        self.body_modifiers = frozenset(_words(_sub(bodies, "modifiers", file), "words", file))
        bare = _sub(bodies, "bare", file)
        self.body_plain = frozenset(_words(bare, "never", file))
        self.body_adjectival = frozenset(_words(bare, "adjectival", file))
        self.body_things = frozenset(_words(bare, "things", file))
        self.body_names = _pairs(bodies, "names", file)
        self.body_first = frozenset(w.split()[0] for w in (*self.body_heads, *self.vague_heads))
        self.body_name_first = frozenset(n.split()[0] for n in self.body_names)
        self.seats = _pairs(bodies, "seats", file)
        file = f"{language.folder}/places.toml"
        self.features = _pairs(places, "features", file)
        self.feature_phrases = tuple((tuple(k.split()), v) for k, v in _pairs(places, "feature_phrases", file).items())
        self.areas = frozenset(_words(places, "areas", file))
        self.near_words = frozenset(_words(places, "near_words", file))
        self.parts = frozenset(_words(places, "parts", file))
        self.copulas = frozenset(_words(places, "copulas", file))
        self.relates = frozenset(_words(places, "relates", file))
        self.streets = frozenset(_words(_sub(places, "streets", file), "words", file))
        self.own = frozenset(_words(places, "own", file))
        self.natural = frozenset(_words(places, "natural", file))
        self.natural_before = frozenset(_words(places, "natural_before", file))
        self.links = frozenset(_words(places, "links", file))
        self.short = frozenset(_words(places, "short", file))
        self.civic = frozenset(_words(places, "civic", file))
        self.civic_plain = frozenset(_words(places, "civic_plain", file))
        self.roads = frozenset(_words(places, "roads", file))
        self.plural_features = frozenset(_words(places, "plural_features", file))
        self.loose_features = frozenset(_words(places, "loose_features", file))
        self.never_after = frozenset(_words(places, "never_after", file))
        self.never_before = frozenset(_words(places, "never_before", file))
        self.before = frozenset(_words(places, "before", file))
        self.sure = frozenset(_words(places, "sure", file))
        self.directions = frozenset(_words(places, "directions", file))
        self.compounds = frozenset(_words(places, "compounds", file))
        self.states = _pairs(places, "states", file)
        numbers = language.tables.get("numbers", {}).get("cardinals", {})
        self.small_numbers = frozenset(numbers) if isinstance(numbers, dict) else frozenset()
        self.postal = _pairs(places, "postal", file)
        self.nominals = _pairs(places, "nominals", file)
        self.demonyms: dict[str, str] = {}
        for code, words in _sub(places, "demonyms", file).items():
            if not isinstance(words, list):
                raise PackError(file, f"demonyms.{code}", "is not a list", 'write a list of words: ["french"]')
            self.demonyms.update({str(w): "" if code.endswith("_") else code for w in words})
        self.nominal_words, self.demonym_words = frozenset(self.nominals), frozenset(self.demonyms)
        # No word of a place's name that no gazetteer holds.
        self.never_places = frozenset().union(
            self.stop, self.heads, self.honorifics, self.features, self.demonyms, self.directions, self.things, self.body_modifiers, self.streets
        )
        self.given = _names(language, "given_names.txt")
        self.surnames = _names(language, "surnames.txt")

    def likely_surname(self, word: str) -> bool:
        """By the list of surnames, or by its ending; a word that is a common one too is not."""
        lower = word.lower()
        if lower in self.surnames:
            return "w" not in self.surnames[lower]
        if lower.startswith(("o'", "o’", "mc")) and len(lower) > 4:
            return True
        return len(lower) > 4 and lower.endswith(self.surname_endings)


_COMPILED: dict[int, tuple[Language, NameWords]] = {}


def name_words(language: Language) -> NameWords:
    """The language's words, compiled once per Language."""
    held = _COMPILED.get(id(language))
    if held is None or held[0] is not language:
        held = _COMPILED[id(language)] = (language, NameWords(language))
    return held[1]


def _names(language: Language, file: str) -> Mapping[str, str]:
    """Name to its letters ("m", "fw", ...); empty where the language has no such list."""
    path = resources.files("crosstally") / language.folder / file
    if not path.is_file():
        return {}
    return dict(line.split("\t") for line in path.read_text("utf-8").splitlines())


def _table(language: Language, name: str) -> Mapping[str, object]:
    if name not in language.tables:
        raise PackError(f"{language.folder}/{name}.toml", "(file)", "is missing", "every language needs it to read names")
    return language.tables[name]


def _sub(table: Mapping[str, object], key: str, file: str) -> Mapping[str, object]:
    found = table.get(key)
    if not isinstance(found, Mapping):
        raise PackError(file, key, "is not a table", f"write [{key}]")
    return found


def _pairs(table: Mapping[str, object], key: str, file: str) -> dict[str, str]:
    return {str(k): str(v) for k, v in _sub(table, key, file).items()}


def _words(table: Mapping[str, object], key: str, file: str) -> tuple[str, ...]:
    found = table.get(key)
    if not isinstance(found, list) or not all(isinstance(w, str) for w in found):
        raise PackError(file, key, "is not a list of words", 'write a list: ["mr", "dr"]')
    return tuple(found)


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


def capital(word: str) -> bool:
    """Begins with a capital letter."""
    return word[:1].isupper()


def title_case(words: Iterable[str]) -> bool:
    """True for a headline in which nearly every longer word has a capital."""
    longer = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return len(longer) >= 4 and sum(w[0].isupper() for w in longer) >= 0.75 * len(longer)
