"""Reports of nights: what counts as found, right, in scope, and from whom."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from bench.accuracy.corpora import night_reports
from bench.accuracy.corpora.night_reports import CORPUS, LISTS, MEASURES, Figure, find, key, posts, reports, score, summary

import crosstally

_ROW = {"report": "r", "night": "2024-03-05", "published": "2024-03-05", "outlet": "Wire", "part": "learning"}
_TEXT = (
    "Russia launched 40 drones and three missiles at Ukraine overnight into Tuesday, the air force said. It said 28 drones were shot down.\n\n"
    "Over Lviv, four drones were shot down, Mayor Ivan Koval said. This week Russia has launched 300 drones, the president said."
)
_TOLD = (
    Figure("launched", "drone", 40, "exact", "ua", "night", "air_force"),
    Figure("launched", "missile", 3, "exact", "ua", "night", "air_force"),
    Figure("shot_down", "drone", 28, "exact", "ua", "night", "air_force"),
    Figure("shot_down", "drone", 4, "exact", "Lviv", "night", "other"),
    Figure("launched", "drone", 300, "exact", "ua", "other", "other"),
)


def ledger(text: str) -> Mapping[str, object]:
    return crosstally.read([crosstally.Document.from_text(text, id="r", published="2024-03-05", source="Wire")]).as_dict()


def test_every_listed_report_has_its_part_and_no_text() -> None:
    with (LISTS / "reports.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len({r["report"] for r in rows}) >= 30
    assert set(rows[0]) == {"report", "night", "published", "outlet", "part"}
    assert all(r["published"] < "2025-06" for r in rows)  # later nights are kept to measure on
    names = {r["report"] for part in CORPUS.parts for r in reports(part)}
    assert names == {r["report"] for r in rows}
    assert set(key()) <= names
    assert {f.measure for figures in key().values() for f in figures} <= set(MEASURES)


def test_a_report_read_well_scores_full() -> None:
    post = {("launched", "drone"): 40, ("launched", "missile"): 3, ("shot_down", "drone"): 29}
    got = score(_ROW, ledger(_TEXT), _TOLD, post)
    numbers = summary([got])
    assert {k: numbers[k] for k in ("found", "right", "scope", "speaker", "official")} == dict.fromkeys(
        ("found", "right", "scope", "speaker", "official"), 1.0
    )
    assert numbers["early"] == 1.0  # the report says 28, the post 29: no fault of reading


@pytest.mark.parametrize(
    ("figure", "number", "below"),
    [
        (Figure("launched", "drone", 41, "exact", "ua", "night", "air_force"), "found", 1.0),
        (Figure("launched", "drone", 40, "exact", "Kyiv", "night", "air_force"), "scope", 1.0),
        (Figure("launched", "drone", 40, "exact", "ua", "other", "air_force"), "scope", 1.0),
        (Figure("launched", "drone", 40, "exact", "ua", "night", "other"), "speaker", 1.0),
        (Figure("launched", "drone", 40, "least", "ua", "night", "air_force"), "found", 1.0),
    ],
)
def test_each_fault_costs_its_number(figure: Figure, number: str, below: float) -> None:
    assert summary([score(_ROW, ledger(_TEXT), (figure, *_TOLD[1:]), {})])[number] < below


def test_a_claim_that_nobody_told_is_not_right() -> None:
    assert summary([score(_ROW, ledger(_TEXT), _TOLD[1:], {})])["right"] == pytest.approx(0.8)


def test_the_longest_post_of_a_night_and_no_pooled_row(tmp_path: Path) -> None:
    head = "source,start,end,drones,drones_down,drones_lost,missiles,missiles_down,hit_loc,debris_loc,models\n"
    rows = ["a,2024-03-04,2024-03-05 09:00,40.0,28.0,5.0,3.0,1.0,2,,", "b,2024-03-05,2024-03-05,2.0,2.0,,,,,,", "c,2024-01-01,2024-03-06,90,80,,,,,,"]
    path = tmp_path / "nights.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    got = posts(path)
    assert list(got) == ["2024-03-05"]
    assert got["2024-03-05"] == {
        ("launched", "drone"): 40, ("shot_down", "drone"): 28, ("suppressed", "drone"): 5, ("launched", "missile"): 3, ("shot_down", "missile"): 1,
        ("hit_locations", "-"): 2,
    }  # fmt: skip
    assert posts(tmp_path / "none.csv") == {}


def test_a_folder_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "night_reports" / "learning"
    folder.mkdir(parents=True)
    (folder / "r.txt").write_text(_TEXT, encoding="utf-8")
    monkeypatch.setattr(night_reports, "reports", lambda part: (_ROW,))
    monkeypatch.setattr(night_reports, "key", lambda: {"r": _TOLD})
    path = find(tmp_path, "learning")
    assert path == folder
    outcome = CORPUS.measure(path, None)
    assert outcome.items == 1
    assert outcome.values["found"] == 1.0
    assert outcome.values["accused"] == 0.0
    assert len(outcome.verdicts) == 5
