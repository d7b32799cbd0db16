"""The language's words for reconciling, compiled once: transitions, corrections, superlatives, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from crosstally.domain.language import load_language
from crosstally.errors import PackError

_GAP = re.compile(r"\W+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Words alone, lower case, one space before and after each: so that "ever" is not found in "several"."""
    return f" {_GAP.sub(' ', text.casefold()).strip()} "


def says(text: str, words: Iterable[str]) -> bool:
    """True if a text made ``plain`` has one of the phrases."""
    return any(plain(word) in text for word in words)


class Lexicon(msgspec.Struct, frozen=True):
    """Tables of ``languages/<code>/reconcile.toml``."""

    transition: Mapping[str, tuple[str, ...]]
    transition_pairs: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    retraction: tuple[str, ...]
    correction: tuple[str, ...]
    earlier: tuple[str, ...]
    wrong: tuple[str, ...]
    mended: tuple[str, ...]
    both: tuple[str, ...]
    only: tuple[str, ...]
    danger: tuple[str, ...]
    safe: tuple[str, ...]
    together: tuple[str, ...]
    within: tuple[str, ...]
    among: Mapping[str, tuple[str, ...]]
    several: tuple[str, ...]
    record: Mapping[str, Any]
    rank: frozenset[str]
    office: frozenset[str]
    unique: frozenset[str]
    portfolio: frozenset[str]
    same: tuple[tuple[str, str], ...]
    wording: frozenset[str]


@lru_cache(maxsize=8)
def lexicon(code: str = "en") -> Lexicon:
    """Raises PackError that names the missing key."""
    tables: Any = load_language(code).tables.get("reconcile", {})
    try:
        titles, correction, wrong = tables["titles"], tables["correction"], tables["wrong"]
        return Lexicon(
            transition={measure: tuple(words) for measure, words in tables["transition"].items()},
            transition_pairs={m: (tuple(pair["before"]), tuple(pair["after"])) for m, pair in tables["transition_pairs"].items()},
            retraction=tuple(correction["retraction"]),
            correction=tuple(correction["correction"]),
            earlier=tuple(wrong["earlier"]),
            wrong=tuple(wrong["wrong"]),
            mended=tuple(wrong["mended"]),
            both=tuple(tables["whole"]["both"]),
            only=tuple(tables["whole"]["only"]),
            danger=tuple(tables["condition"]["danger"]),
            safe=tuple(tables["condition"]["safe"]),
            together=tuple(tables["condition"]["all"]),
            within=tuple(tables["within"]["words"]),
            among={measure: tuple(words) for measure, words in tables["among"].items()},
            several=tuple(tables["several"]["words"]),
            record=tables["record"],
            rank=frozenset(titles["rank"]),
            office=frozenset(titles["office"]),
            unique=frozenset(titles["unique"]),
            portfolio=frozenset(titles["portfolio"]),
            same=tuple((a, b) for a, b in titles["same"]),
            wording=frozenset(titles["wording"]),
        )
    except KeyError as error:
        raise PackError(f"languages/{code}/reconcile.toml", str(error.args[0]), "missing", "see languages/en/reconcile.toml") from error
