"""What a corpus gives and what a measurement is. Frozen values; nothing here reads a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Metric:
    """A number of a corpus. ``higher``: more is better (False for widths and open shares). ``peer``: the best published number, in words.

    ``bar``: what the project asks of itself, None where it only measures. ``gated``: False for plain counts and for baselines, which no floor holds.
    """

    name: str
    meaning: str
    higher: bool = True
    bar: float | None = None
    peer: str = ""
    gated: bool = True

    def worse(self, value: float, floor: float) -> bool:
        """Whether ``value`` is on the wrong side of ``floor``, rounding aside."""
        return value < floor - 1e-9 if self.higher else value > floor + 1e-9


@dataclass(frozen=True)
class Outcome:
    """One corpus measured. ``verdicts`` maps the hash of a gold item ("was it read right") or of a false find (always False) to the
    verdict.
    """

    values: Mapping[str, float]
    verdicts: Mapping[str, bool] = field(default_factory=dict)
    items: int = 0
    words: int = 0


@dataclass(frozen=True)
class Corpus:
    """A corpus as the bench knows it.

    ``parts``: its splits, the first measured by default. ``find(folder, part)`` gives the path of a part under the user's folder, or None.
    ``measure(path, limit)`` reads the first ``limit`` items (None: all) and scores them. ``obtain``: how a stranger gets it.
    """

    name: str
    title: str
    licence: str
    obtain: str
    parts: tuple[str, ...]
    metrics: tuple[Metric, ...]
    find: Callable[[Path, str], Path | None]
    measure: Callable[[Path, int | None], Outcome]


def item_id(*parts: object) -> str:
    """12 hex digits that name an item of a corpus without telling its words. Parts are separated, so ("ab", "c") and ("a", "bc") differ."""
    return hashlib.blake2b("\x1f".join(str(p) for p in parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def first_that_exists(folder: Path, *candidates: str, sign: str = "*") -> Path | None:
    """The first candidate path under ``folder`` that holds something matching ``sign`` (a file counts as itself).

    "." is the folder itself and "..", the folder beside it: a user may name the folder of all corpora or that of one.
    """
    for candidate in candidates:
        path = folder / candidate
        if path.is_file() or (path.is_dir() and next(iter(path.glob(sign)), None) is not None):
            return path
    return None
