"""TimeML and the writing of windows as TIMEX3."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.accuracy.corpora.times import CORPUS, Timex, duration_value, read_timeml, timex_value

from crosstally.values import Quantity, Window

_BODY = (
    '<TEXT>The river <EVENT eid="e1" class="OCCURRENCE">rose</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2019-05-07">Tuesday</TIMEX3> and fell '
    'after <TIMEX3 tid="t2" type="DURATION" value="PT13H">13 hours</TIMEX3>. A dam opened in <TIMEX3 tid="t3" type="DATE" value="1987">1987</TIMEX3> '
    '&amp; failed <TIMEX3 tid="t4" type="SET" value="P1Y">every year</TIMEX3>.</TEXT>'
)
_TML = f"""<?xml version="1.0" ?>
<TimeML>
<DOCID>river</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2019-05-08" functionInDocument="CREATION_TIME">05/08/2019</TIMEX3></DCT>
{_BODY}
</TimeML>
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "river.tml").write_text(_TML, encoding="utf-8")
    return tmp_path


def test_text_and_times_keep_their_offsets(corpus: Path) -> None:
    told = read_timeml(corpus / "river.tml")
    assert told.published == "2019-05-08"
    assert [(told.text[a:b], t.type, t.value) for t in told.times for a, b in [t.span]] == [
        ("Tuesday", "DATE", "2019-05-07"),
        ("13 hours", "DURATION", "PT13H"),
        ("1987", "DATE", "1987"),
        ("every year", "SET", "P1Y"),
    ]
    assert "&" in told.text


def _window(start: str | None, end: str | None, precision: str, raw: str = "") -> Window:
    return Window(start=start, end=end, precision=precision, raw=raw)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("window", "value"),
    [
        (_window("1998-02-27T00:00:00", "1998-02-28T00:00:00", "day"), "1998-02-27"),
        (_window("1998-02-27T08:17:00", "1998-02-27T08:18:00", "minute"), "1998-02-27T08:17"),
        (_window("1998-02-26T18:00:00", "1998-02-27T06:00:00", "night", "Thursday night"), "1998-02-26TNI"),
        (_window("1998-02-27T05:00:00", "1998-02-27T12:00:00", "part_of_day", "this morning"), "1998-02-27TMO"),
        (_window("1998-02-27T00:00:00", "1998-02-27T09:00:00", "part_of_day", "early Friday"), "1998-02-27"),
        (_window("1998-02-23T00:00:00", "1998-03-02T00:00:00", "week", "last week"), "1998-W09"),
        (_window("1998-02-28T00:00:00", "1998-03-02T00:00:00", "days", "the weekend"), "1998-W09-WE"),
        (_window("1998-03-01T00:00:00", "1998-04-01T00:00:00", "month", "March"), "1998-03"),
        (_window("1997-07-01T00:00:00", "1997-10-01T00:00:00", "month", "the third quarter"), "1997-Q3"),
        (_window("1997-07-01T00:00:00", "1998-01-01T00:00:00", "month", "the second half"), "1997-H2"),
        (_window("1997-06-01T00:00:00", "1997-09-01T00:00:00", "month", "last summer"), "1997-SU"),
        (_window("1997-01-01T00:00:00", "1998-01-01T00:00:00", "year", "last year"), "1997"),
        (_window("1990-01-01T00:00:00", "2000-01-01T00:00:00", "years", "the 1990s"), "199"),
        (_window(None, "1998-03-05T00:00:00", "unknown", "recently"), "PAST_REF"),
        (Window(None, None, "unknown", "now", "present"), "PRESENT_REF"),
        (Window(None, None, "unknown", "the near future", "future"), "FUTURE_REF"),
        (_window(None, None, "unknown", "soon after"), None),
        (Window(None, "1998-02-06T22:19:00", "month", "recent months", "recent"), "PXM"),
        (_window("1998-02-27T22:00:00", "1998-02-27T23:00:00", "hour", "10 p.m."), "1998-02-27T22:00"),
        (_window("1998-02-27T12:00:00", "1998-02-27T18:00:00", "part_of_day", "this afternoon"), "1998-02-27TAF"),
        (_window("1985-01-01T00:00:00", None, "year", "since 1985"), "1985"),
        (_window(None, "1998-09-01T00:00:00", "month", "by August"), "1998-08"),
        (_window("1993-04-02T00:00:00", "1998-04-02T00:00:00", "years", "the last five years"), "P5Y"),
        (_window(None, "1998-02-06T22:19:00", "days", "the last few months"), "PXM"),
        (_window(None, None, "day", "that day"), None),
    ],
)
def test_a_window_as_timex3(window: Window, value: str | None) -> None:
    assert timex_value(window) == value


def test_a_duration_as_timex3() -> None:
    assert duration_value(Quantity(13, 13, unit="hour")) == "PT13H"
    assert duration_value(Quantity(5, 5, unit="years")) == "P5Y"
    assert duration_value(Quantity(None, None, hedge="vague", unit="day")) == "PXD"
    assert duration_value(Quantity(401, None, hedge="more_than", unit="hour")) == "PT400H"
    assert duration_value(Quantity(0, 180, hedge="up_to", unit="day")) == "P180D"
    assert duration_value(Quantity(36, 39, hedge="nearly", unit="year")) == "P40Y"
    assert duration_value(Quantity(2, 2, unit="decade")) == "P20Y"
    assert duration_value(Quantity(5, 5, unit="metre")) is None
    assert duration_value(Quantity(20, 23, hedge="nearly", unit="month"), "years") == "P2Y"
    assert duration_value(Quantity(20, 20, unit="month"), "years") == "P20M"


def test_a_range_has_two_ends(tmp_path: Path) -> None:
    (tmp_path / "mill.tml").write_text(
        '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2019-05-08">x</TIMEX3></DCT><TEXT>The mill stood idle from '
        '<TIMEX3 tid="t1" type="DATE" value="2019-03-02">March 2</TIMEX3> to <TIMEX3 tid="t2" type="DATE" value="2019-04-20">April 20</TIMEX3>.'
        "</TEXT></TimeML>",
        encoding="utf-8",
    )
    assert CORPUS.measure(tmp_path, None).values["value"] == 1.0


def test_a_little_document_by_hand(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = read_timeml(corpus / "river.tml")
    tuesday, hours, year, _ = (t.span for t in told.times)
    found = (
        Timex((tuesday[0] - 3, tuesday[1]), "DATE", "2019-05-07"),  # overlaps, value right
        Timex(hours, "DURATION", "PT12H"),  # exact, value wrong
        Timex(year, "DATE", "1987"),  # exact and right
        Timex((0, 3), "DATE", "2019"),  # false
    )
    monkeypatch.setattr("bench.accuracy.corpora.times.found_in", lambda told: found)
    made = CORPUS.measure(corpus, None).values
    assert made["relaxed"] == pytest.approx(3 / 4)  # 3 right of 4 found, 4 wanted
    assert made["strict"] == pytest.approx(2 / 4)
    assert made["value"] == pytest.approx(2 / 4)
    assert made["dates"] == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))  # 2 right of 3 found, 2 wanted


def test_the_reader_itself_finds_day_duration_and_year(corpus: Path) -> None:
    made = CORPUS.measure(corpus, None)
    assert made.items == 4
    assert made.values["dates"] == 1.0
