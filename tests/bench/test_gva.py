"""Incidents: outlets, headline tallies, and the sums over them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.accuracy.corpora.gva import CORPUS, cells, find, headline, main_event, outlet, summary


def test_outlet_of_an_archived_address() -> None:
    assert outlet("https://web.archive.org/web/20150101/http://www.gazette.example/a") == "gazette.example"
    assert outlet("gazette.example/a") == "gazette.example"
    assert outlet("") == "unknown"


def _tally(measure: str, low: int | None, high: int | None, claims: int, **more: object) -> dict[str, object]:
    return {"measure": measure, "facets": {}, "low": low, "high": high, "latest": None, "best": None, "claims": ["c"] * claims, **more}


def test_the_headline_has_no_facet_and_most_claims() -> None:
    event = {"tallies": [_tally("killed", 1, 1, 5, facets={"age": "child"}), _tally("killed", 2, 2, 1), _tally("killed", 3, None, 4)]}
    assert headline(event, "killed")["low"] == 3
    assert headline(event, "wounded") == {"low": 0, "high": 0, "best": 0}


def test_the_main_event_is_told_by_most_documents() -> None:
    few = {"documents": ["a"], "tallies": [_tally("killed", 1, 1, 9)]}
    many = {"documents": ["a", "b"], "tallies": []}
    assert main_event({"events": [few, many]}) is many
    assert main_event({"events": []}) == {"tallies": []}


def test_best_then_latest_then_low_and_open_ranges() -> None:
    event = {"tallies": [_tally("killed", 1, None, 1, latest=2), _tally("wounded", 3, 5, 1)]}
    made = cells({"num_killed": 2, "num_injured": 4}, event)
    assert made == {"killed": (True, False, None), "wounded": (False, True, 2)}


def test_the_summary_by_hand() -> None:
    rows = [
        ({"num_killed": 0, "num_injured": 1}, {"killed": (True, True, 0), "wounded": (True, True, 0)}),
        ({"num_killed": 1, "num_injured": 3}, {"killed": (True, True, 0), "wounded": (False, True, 2)}),
        ({"num_killed": 4, "num_injured": 0}, {"killed": (False, False, None), "wounded": (True, True, 0)}),
    ]
    made = summary(rows)
    assert made["killed"] == made["wounded"] == pytest.approx(2 / 3)
    assert made["both"] == pytest.approx(1 / 3)
    assert made["both_many"] == 0.0
    assert made["in_range"] == pytest.approx(5 / 6)
    assert made["open"] == pytest.approx(1 / 6)
    assert made["width"] == pytest.approx(2 / 5)


def test_incidents_are_read(tmp_path: Path) -> None:
    def report(n: int, text: str) -> dict[str, str]:
        return {"id": f"r{n}", "dct": "2016-05-04", "uri": f"http://paper{n}.example/x", "title": "Shooting on Mill Street", "text": text}

    told = [
        report(1, "Two men were killed and three people were wounded in a shooting on Mill Street on Tuesday night, police said."),
        report(
            2, "Police said two people were killed and three others were wounded when a gunman opened fire on Mill Street Tuesday night."
        ),
    ]
    line = {"incident": "1", "num_killed": 2, "num_injured": 3, "docs": told}
    (tmp_path / "gva").mkdir()
    (tmp_path / "gva" / "dev.jsonl").write_text(json.dumps(line) + "\n" + json.dumps({**line, "incident": "2"}) + "\n", encoding="utf-8")
    path = find(tmp_path, "dev")
    assert path is not None
    made = CORPUS.measure(path, 1)
    assert made.items == 1
    assert made.values["both"] == made.values["in_range"] == 1.0
    assert list(made.verdicts.values()) == [True, True]
