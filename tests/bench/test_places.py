"""Toponyms with coordinates."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.accuracy.corpora.places import CORPUS, articles, find, kilometres

_XML = """<?xml version="1.0" encoding="utf-8"?>
<articles>
  <article docid="7">
    <title>Ferry late</title><domain>example.org</domain><dltime>2009-03-20 12:24:52.002364-05</dltime>
    <text><![CDATA[The ferry left Dublin for Liverpool. A storm over Wales & the sea held it.]]></text>
    <toponyms count="3">
      <toponym><start>15</start><end>21</end><phrase>Dublin</phrase><gaztag geonameid="1"><lat>53.35</lat><lon>-6.26</lon></gaztag></toponym>
      <toponym><start>26</start><end>35</end><phrase>Liverpool</phrase><gaztag geonameid="2"><lat>53.41</lat><lon>-2.98</lon></gaztag></toponym>
      <toponym><start>50</start><end>55</end><phrase>Wales</phrase></toponym>
    </toponyms>
  </article>
</articles>
"""


@pytest.fixture
def lgl(tmp_path: Path) -> Path:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "lgl.xml").write_text(_XML, encoding="utf-8")
    found = find(tmp_path, "lgl")
    assert found is not None
    return found


def test_an_article_is_read(lgl: Path) -> None:
    (article,) = articles(lgl)
    assert [(article.text[a:b], point) for (a, b), point in article.toponyms.items()] == [
        ("Dublin", (53.35, -6.26)),
        ("Liverpool", (53.41, -2.98)),
        ("Wales", None),
    ]


def test_distance_on_the_sphere() -> None:
    assert kilometres((0, 0), (0, 1)) == pytest.approx(111.195, abs=0.01)  # a degree of the equator
    assert kilometres((53.35, -6.26), (53.41, -2.98)) == pytest.approx(217.6, abs=1)


def test_scores_by_hand(lgl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {
        (15, 21): (53.0, -6.3),  # Dublin, 39 km off
        (26, 35): (39.65, -88.0),  # a Liverpool far away
        (44, 55): None,  # overlaps Wales
        (0, 3): (1.0, 1.0),  # false
    }
    monkeypatch.setattr("bench.accuracy.corpora.places.found_in", lambda article: found)
    made = CORPUS.measure(lgl, None)
    assert made.values["precision"] == 2 / 4
    assert made.values["recall"] == pytest.approx(2 / 3)
    assert made.values["relaxed"] == pytest.approx(2 * (3 / 4) * 1 / (3 / 4 + 1))
    assert made.values["within_161km"] == 0.5
    assert made.values["resolved"] == 1.0
    assert sorted(made.verdicts.values()) == [False, False, False, True]


def test_the_reader_finds_the_cities_where_they_are(lgl: Path) -> None:
    made = CORPUS.measure(lgl, None)
    assert made.values["recall"] >= 2 / 3
    assert made.values["within_161km"] == made.values["resolved"] == 1.0
