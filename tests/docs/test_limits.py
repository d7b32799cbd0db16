"""What the manual says of accuracy is measured: the sample is read as well as docs/limits.md claims, and no worse."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import crosstally
from tests.golden.notation import figure

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def measured() -> tuple[int, int, tuple[str, ...]]:
    """How many figures of the sample are read as expected, how many there are, and those that are not, by kind of report."""
    sample = tomllib.loads((Path(__file__).parent / "sample.toml").read_text("utf-8"))["report"]
    found, total, lost = 0, 0, []
    for report in sample:
        book = crosstally.read(crosstally.Document.from_text(report["text"], published="2025-10-08", source="Harbour Wire")).book
        chosen = {a.claim: a.reading for a in book.assignments}
        claims = [figure(c, chosen.get(c.id, 0)) for c in book.claims]
        total += len(report["expected"])
        for expected in report["expected"]:
            if expected in claims:
                found += 1
                claims.remove(expected)
            else:
                lost.append(f"{report['kind']}: {expected}; left over: {claims}")
    return found, total, tuple(lost)


def test_the_sample_is_read_as_well_as_the_manual_says() -> None:
    found, total, lost = measured()
    told = re.search(r"(\d+) of the (\d+) figures", (ROOT / "docs" / "limits.md").read_text("utf-8"))
    assert told, "docs/limits.md gives no measure"
    assert int(told[2]) == total
    assert found >= int(told[1]), "\n".join(lost)
