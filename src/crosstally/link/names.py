"""Keys by which spellings of one name meet, over ``crosstally.domain.personal_names``, which judges them."""

from __future__ import annotations

from functools import lru_cache

from crosstally.domain import personal_names

_KEY = 3  # letters of a folded surname: spellings of one name share them


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One word in Latin letters, lower case, with spellings of one sound made one ("Zelenskyy", "Zelensky" alike)."""
    return "".join(c for c in personal_names.skeleton(word) if c.isalnum())


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """Folded words of a name without particles and possessive."""
    bare = name.replace("’s ", " ").replace("'s ", " ").removesuffix("’s").removesuffix("'s").replace("-", " ")
    return tuple(w for w in map(fold, personal_names.parts(bare)) if w)


def surname_keys(name: str) -> frozenset[str]:
    """Blocking keys: the first letters of every word that can be the surname."""
    words = parts(name)
    return frozenset(w[:_KEY] for w in (words[1:] or words))


def surname_key(name: str) -> str:
    """The key of the last word; empty for an empty name."""
    words = parts(name)
    return words[-1][:_KEY] if words else ""


@lru_cache(maxsize=65536)
def same_person_name(one: str, other: str) -> str:
    """Why two names of one shape can be spellings of one person's, or empty. A surname alone is a shortened name, not a spelling."""
    a, b = parts(one), parts(other)
    if not a or not b or (len(a) == 1) != (len(b) == 1):
        return ""
    same, reason = personal_names.same_name(one, other)
    return reason if same else ""


@lru_cache(maxsize=65536)
def shortens(short: str, full: str) -> bool:
    """Whether ``short``, a surname alone, may stand for ``full``: "Klitschko" for "Vitali Klitschko"."""
    return len(parts(short)) == 1 < len(parts(full)) and personal_names.same_name(short, full)[0]
