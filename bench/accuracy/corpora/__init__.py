"""The corpora the bench knows, by name. A module is loaded when its corpus is asked for."""

from __future__ import annotations

from importlib import import_module

from bench.accuracy.values import Corpus

NAMES = ("gva", "gva_months", "polnear", "times", "places", "re3d", "nights", "seeds", "muc4", "night_reports")


def corpus(name: str) -> Corpus:
    """The corpus of a name. Raises KeyError for one the bench does not know."""
    if name not in NAMES:
        raise KeyError(name)
    found = import_module(f"bench.accuracy.corpora.{name}").CORPUS
    assert isinstance(found, Corpus)
    return found
