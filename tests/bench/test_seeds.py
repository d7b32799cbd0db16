"""Gold records against a ledger in the interchange format; both small and made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bench.accuracy.corpora.seeds import CORPUS, facets_right, find, same_speaker, score, value_right
from bench.accuracy.corpora.seeds_gold import Wanted, wanted


def test_attributes_become_measures_and_facets() -> None:
    assert wanted("launched.drones") == Wanted(("launched",), {"weapon": "drone"})
    assert wanted("damaged.medical") == Wanted(("damaged",), {"object": "medical"})
    assert wanted("hit.locations") == Wanted(("hit_locations",), {})
    assert wanted("victim.age") is None
    with pytest.raises(ValueError, match=r"weather\.rain"):
        wanted("weather.rain")


def test_a_weapon_may_be_more_exact_but_not_less() -> None:
    asked = Wanted(("launched",), {"weapon": "missile"})
    assert facets_right(asked, {"weapon": "ballistic_missile"})
    assert not facets_right(asked, {"weapon": "aerial_weapon"})
    assert not facets_right(asked, {})
    assert facets_right(Wanted(("launched",), {"weapon": "aerial_weapon"}), {})
    assert not facets_right(Wanted(("launched",), {"weapon": "aerial_weapon"}), {"weapon": "drone"})


def test_values_and_durations() -> None:
    assert value_right({"attribute": "killed", "low": 3, "high": None, "accept": [[3, 3]]}, {"low": 3, "high": 3})
    assert not value_right({"attribute": "killed", "low": 3, "high": None}, {"low": 3, "high": 3})
    assert value_right({"attribute": "duration_h", "low": 0.5, "high": 0.5}, {"low": 30, "high": 30, "unit": "minutes"})
    assert value_right({"attribute": "launched.total", "value": "MAJORITY", "low": None, "high": None}, {"low": None, "raw": "most"})


def test_speakers_by_the_telling_word() -> None:
    assert same_speaker("Mayor Ann Reed", "Reed the mayor")
    assert same_speaker("Oleksandr Petrenko", "Petrenco")
    assert not same_speaker("Mayor Ann Reed", "Ann Moor")
    assert same_speaker("Ukrainian officials", "local authorities")


_TEXT = "Police said 3 people were killed and 12 wounded. A man, 40, waited near Oakham, Ann Reed said. “We heard two blasts,” Reed said."


def _at(words: str) -> list[int]:
    return [_TEXT.index(words), _TEXT.index(words) + len(words)]


def _figure(n: int, words: str, attribute: str, value: int, **more: Any) -> dict[str, Any]:
    start, end = _at(words)
    base = {"id": f"g{n}", "doc": "one.txt", "kind": "figure", "start": start, "end": end, "attribute": attribute, "event_id": "E"}
    return {**base, "value": value, "low": value, "high": value, "attribution": "police", **more}


def _span(kind: str, words: str, **more: Any) -> dict[str, Any]:
    start, end = _at(words)
    return {"id": kind + words, "doc": "one.txt", "kind": kind, "start": start, "end": end, "text": words, **more}


_GOLD = [
    _figure(1, "3", "killed", 3),
    _figure(2, "12", "wounded", 12),
    _figure(3, "40", "victim.age", 40),
    _span("person", "Ann Reed", entity="reed"),
    _span("place", "Oakham"),
    _span("quote", "We heard two blasts,", speaker="Ann Reed"),
]


def _claim(words: str, measure: str, value: int, speaker: str = "Police") -> dict[str, Any]:
    quantity = {"low": value, "high": value, "raw": words}
    return {"document": "d", "span": _at(words), "figure": _at(words), "measure": measure, "facets": {}, "quantity": quantity,
            "event": "e1", "speaker": {"name": speaker, "role": None}}  # fmt: skip


def _mention(kind: str, words: str, **more: Any) -> dict[str, Any]:
    return {"document": "d", "span": _at(words), "kind": kind, **more}


def test_each_figure_is_held_to_more() -> None:
    ledger = {
        "documents": [{"id": "d", "path": "reports/one.txt"}],
        "claims": [_claim("3", "killed", 3), _claim("12", "wounded", 11), _claim("40", "killed", 40)],
        "mentions": [
            _mention("person", "Ann Reed", entity="p1"),
            _mention("person", "Oakham", entity="p2"),
            _mention("quote", "We heard two blasts,", value={"speaker": "Ann Reed"}),
        ],
    }
    made = score(_GOLD, ledger).values
    f = 2 * (2 / 3) * 1 / (2 / 3 + 1)  # two of three finds, two wanted: the age was given a core measure
    assert made["number"] == made["measure"] == pytest.approx(f)
    assert made["figure"] == made["tuple"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))
    assert made["person"] == pytest.approx(2 / 3)  # one of two found, one wanted
    assert made["place"] == 0.0
    assert made["entity"] == made["quote"] == 1.0


def test_a_wrong_speaker_costs_the_tuple_alone() -> None:
    ledger = {
        "documents": [{"id": "d", "path": "one.txt"}],
        "claims": [_claim("3", "killed", 3, "Fire service"), _claim("12", "wounded", 12)],
    }
    made = score(_GOLD, ledger)
    assert made.values["figure"] == 1.0
    assert made.values["tuple"] == 0.5
    assert sum(made.verdicts.values()) == 2  # 12 wounded, and the age left alone


def test_a_folder_is_found_and_read(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "corpora").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text(_TEXT, encoding="utf-8")
    head = {"offsets": "code points"}
    (tmp_path / "gold" / "open.jsonl").write_text("\n".join(json.dumps(x) for x in (head, *_GOLD)) + "\n", encoding="utf-8")
    assert find(tmp_path / "corpora", "open") is not None
    path = find(tmp_path, "open")
    assert path is not None
    made = CORPUS.measure(path, None)
    assert made.values["figure"] == 1.0
    assert made.items == len(_GOLD)
