"""The growth bench: its reports, its table, and that what a report is compared with does not grow with the ledger. No speed is asserted."""

from __future__ import annotations

import pytest
from bench.growth import __main__ as command
from bench.growth import whole
from bench.growth.measure import Cost, measure
from bench.growth.reports import COPIES, reports


def test_reports_are_the_same_each_time_and_say_what_was_read_of_them() -> None:
    made = list(reports(200))
    assert made == list(reports(200))
    for reading, document in made:
        for claim in reading.claims:
            assert claim.span.of(document.text) == claim.text and claim.figure is not None
            assert claim.quantity is not None and claim.figure.of(document.text) == str(claim.quantity.low)
        for mention in reading.mentions:
            assert mention.span.of(document.text) == mention.text
    bodies = [document.text.partition("\n\n")[2] for _, document in made]
    assert 0 < len(bodies) - len(set(bodies)) < 2 * COPIES * len(bodies)


def test_a_report_is_compared_with_as_few_as_before() -> None:
    first, last = measure((800, 3000), window=400)
    assert (first.reports, last.reports) == (800, 3000)
    assert 1 <= last.pairs <= 1.5 * first.pairs
    assert 800 // 4 < first.events < 800


def test_what_is_written_for_one_report_more_does_not_grow() -> None:
    first, last = whole.measure((100, 400))
    assert (first.reports, last.reports) == (100, 400)
    assert 0 < last.written <= 1.5 * first.written
    assert whole.table([first]).splitlines()[-1].startswith("| 100 | ")


def test_a_cost_as_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    rows = command.table([Cost(1000, 0.5, 2.0, 400), Cost(10_000, 0.55, 2.1, 4000)]).splitlines()
    assert rows[-1] == "| 10,000 | 0.55 | 1.10 | 2.1 | 4,000 |"
    with pytest.raises(SystemExit):
        command.main(["--most", "10"])
    assert "more than" in capsys.readouterr().err
