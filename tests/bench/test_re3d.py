"""Quantities and weapons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.accuracy.corpora.re3d import CORPUS, find, reports

_TEXT = "Rebels fired 12 missiles at a depot on 3 May 2016. Some 4,000 families left, and a drone fell."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "re3d" / "Wire"
    folder.mkdir(parents=True)
    (folder / "documents.json").write_text(json.dumps({"_id": "A1", "title": "Depot", "text": _TEXT}) + "\n", encoding="utf-8")
    rows = []
    for kind, words, confidence in (
        ("Quantity", "12", 1), ("Quantity", "4,000", 0.9), ("Weapon", "missiles", 1), ("Weapon", "drone", 0.1), ("Location", "depot", 1),
    ):  # fmt: skip
        start = _TEXT.index(words)
        rows.append({"documentId": "A1", "begin": start, "end": start + len(words), "type": kind, "value": words, "confidence": confidence})
    (folder / "entities.json").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return tmp_path


def test_entities_are_kept_by_kind_and_agreement(corpus: Path) -> None:
    path = find(corpus, "all")
    assert path is not None
    (report,) = reports(path)
    assert [_TEXT[a:b] for a, b in report.must["quantity"]] == ["12", "4,000"]
    assert [_TEXT[a:b] for a, b in report.must["weapon"]] == ["missiles"]
    assert [_TEXT[a:b] for a, b in report.may["weapon"]] == ["drone"]


def test_scores_by_hand(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = _TEXT.index
    found = {
        "quantity": [(at("12"), at("12") + 2), (at("Some"), at("Some") + 10), (0, 6)],  # exact, overlapping, false
        "weapon": [(at("drone"), at("drone") + 5)],  # doubtful: neither right nor wrong
    }
    monkeypatch.setattr("bench.accuracy.corpora.re3d.found_in", lambda report: found)
    made = CORPUS.measure(corpus / "re3d", None).values
    assert made["quantity"] == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))
    assert made["quantity_exact"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))
    assert made["quantity_recall"] == 1.0
    assert made["weapon"] == made["weapon_recall"] == 0.0


def test_the_reader_finds_numbers_and_weapons_but_no_date(corpus: Path) -> None:
    made = CORPUS.measure(corpus / "re3d", None)
    assert made.values["quantity_exact"] == 1.0
    assert made.values["weapon_exact"] == 1.0
    assert made.items == 3
