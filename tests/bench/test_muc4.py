"""Keys of MUC: victims with their number."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bench.accuracy.corpora.muc4 import CORPUS, keys, reports

_KEY = """;;; a remark

0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               1
18. HUM TGT: NAME                   "JUAN PEREZ"
21. HUM TGT: NUMBER                 1: "JUAN PEREZ"
                                    5: "PEASANTS"
                                    PLURAL: "GUARDS"
                                    ? 2: "DRIVERS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "JUAN PEREZ"
                                    INJURY: "PEASANTS" / "FARM WORKERS"
                                    INJURY: "GUARDS"
                                    DEATH: "DRIVERS"

0.  MESSAGE: ID                     TST9-MUC4-0002
1.  MESSAGE: TEMPLATE               *
21. HUM TGT: NUMBER                 *
23. HUM TGT: EFFECT OF INCIDENT     *
"""
_TEXTS = "TST9-MUC4-0001\n\n   LIMA, 3 MAY 90 -- FIVE PEASANTS WERE WOUNDED.\n\nTST9-MUC4-0002 (X)\n\n   NOTHING HAPPENED.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "key-tst9.v1").write_text(_KEY, encoding="latin-1")
    (tmp_path / "tst9-muc4").write_text(_TEXTS, encoding="latin-1")
    return tmp_path


def test_victims_of_a_key(corpus: Path) -> None:
    assert keys(corpus) == {
        "TST9-MUC4-0001": (Counter({("killed", 1): 1, ("wounded", 5): 1}), Counter({("killed", 2): 1})),
        "TST9-MUC4-0002": (Counter(), Counter()),
    }


def test_reports_by_name(corpus: Path) -> None:
    assert {k: v.split(" -- ")[-1] for k, v in reports(corpus).items()} == {
        "TST9-MUC4-0001": "FIVE PEASANTS WERE WOUNDED.",
        "TST9-MUC4-0002": "NOTHING HAPPENED.",
    }


def test_scores_by_hand(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"TST9-MUC4-0001": Counter({("wounded", 5): 1, ("killed", 2): 1, ("killed", 9): 1}), "TST9-MUC4-0002": Counter()}
    monkeypatch.setattr("bench.accuracy.corpora.muc4.found_in", lambda name, text: found[name])
    made = CORPUS.measure(corpus, None).values
    assert made["precision"] == made["recall"] == made["victims"] == 0.5  # the optional one counts neither way
