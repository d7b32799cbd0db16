"""Texts to time on: the example reports repeated with other numbers, so that no cache of a whole sentence helps."""

from __future__ import annotations

import random
import re
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
_NUMBER = re.compile(r"\b\d{1,4}\b")
_SEED = 20250704


def texts(words: int, folder: Path = EXAMPLES) -> list[str]:
    """At least ``words`` words of report, each text one example with every number moved a little; the same on every call."""
    random_ = random.Random(_SEED)
    originals = [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*")) if p.suffix in (".txt", ".md")]
    if not originals:
        raise FileNotFoundError(f"no example reports (*.txt, *.md) in {folder}")
    out: list[str] = []
    count = 0
    while count < words:
        made = _NUMBER.sub(lambda m: str(_moved(int(m.group()), random_)), originals[len(out) % len(originals)])
        out.append(made)
        count += len(made.split())
    return out


def _moved(number: int, random_: random.Random) -> int:
    """Years, days of a month and times stay what they may be; counts move by up to a fifth."""
    if number <= 31 or 1900 <= number <= 2100:
        return number
    return max(2, number + random_.randint(-number // 5, number // 5))
