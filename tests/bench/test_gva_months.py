"""Reports of two incidents in one month: they come apart, and the plain baseline groups by words."""

from __future__ import annotations

import json
from pathlib import Path

from bench.accuracy.corpora.gva_months import CORPUS, alike, together
from bench.accuracy.reading import document

MILL = "Two men were shot dead on Mill Street in Dayton, Ohio, on Monday, police said. The victims, Carl Dorn and Ned Falk, died at the scene."
POND = "A woman was wounded in a shooting at a petrol station in Boise, Idaho, on Friday night, the sheriff said. Eva Lind is in hospital."


def test_a_report_stands_right_with_its_own_and_no_other() -> None:
    gold = {"a": "1", "b": "1", "c": "2", "d": "2"}
    assert together(gold, {"a": "x", "b": "x", "c": "x", "d": "y"}) == {"a": False, "b": False, "c": False, "d": False}
    assert together(gold, {"a": "x", "b": "x", "c": "y", "d": "z"}) == {"a": True, "b": True, "c": False, "d": False}


def test_the_baseline_groups_by_words() -> None:
    texts = {"a": MILL, "b": MILL.replace("Two", "Police say two"), "c": POND}
    made = alike([document(text, id=id) for id, text in texts.items()], 0.25)
    assert made["a"] == made["b"] != made["c"]


def test_incidents_come_apart(tmp_path: Path) -> None:
    def report(id: str, text: str, day: str) -> dict[str, str]:
        return {"id": id, "dct": day, "uri": f"http://paper-{id}.example/x", "title": text.partition(",")[0], "text": text}

    later = "Carl Dorn and Ned Falk, shot dead on Mill Street in Dayton, Ohio, on Monday, were cousins, their family said."
    lines = [
        {"incident": "1", "docs": [report("a", MILL, "2016-05-03"), report("b", later, "2016-05-04"), report("twice", MILL, "2016-05-04")]},
        {"incident": "2", "docs": [report("c", POND, "2016-05-07"), report("twice", MILL, "2016-05-04")]},
    ]
    file = tmp_path / "dev.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    made = CORPUS.measure(file, None)
    assert made.items == 3
    assert (made.values["precision"], made.values["recall"], made.values["f1"], made.values["month"]) == (1.0, 1.0, 1.0, 1.0)
    assert set(made.values) == {m.name for m in CORPUS.metrics}
    assert sum(made.verdicts.values()) == 3
    assert CORPUS.measure(file, 1).items == 3
