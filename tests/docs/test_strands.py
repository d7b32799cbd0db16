"""The manual's table of strands is true: each example sentence becomes its claims, and they stand on the screen it names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docs.strands import account, missing, not_shown, table

STRANDS = table()["strand"]
GAPS = table()["gap"]


def test_there_are_fourteen_strands() -> None:
    assert [strand["number"] for strand in STRANDS] == list(range(1, 15))


@pytest.mark.parametrize("strand", STRANDS, ids=lambda s: f"{s['number']}-{s['name'].split(',')[0]}")
def test_a_strand_is_read_and_shown(strand: dict[str, Any]) -> None:
    read = account(strand)
    assert not missing(strand, read)
    assert not not_shown(strand, read)
    assert all(f.kind not in ("contradiction", "imbalance") for f in read.book.findings), "one short report contradicts itself"


@pytest.mark.parametrize("gap", GAPS, ids=lambda g: g["text"][:40])
def test_a_gap_told_in_the_manual_is_still_one(gap: dict[str, Any]) -> None:
    assert missing(gap, account(gap)), "this is read by now: move it up among the strands"
