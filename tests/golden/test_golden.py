"""The example reports give the golden ledgers. What came and what went is printed, claim by claim."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosstally.values import FindingKind
from tests.golden.ledgers import LEDGERS, golden_file, make_all
from tests.golden.notation import (
    ClaimLine,
    EventBlock,
    FindingLine,
    GoldenLedger,
    LinkLine,
    QuoteLine,
    ReportBlock,
    TallyLine,
    gains_and_losses,
    parse,
)


@pytest.fixture(scope="module")
def made() -> dict[str, GoldenLedger]:
    return make_all()


@pytest.mark.xdist_group("golden")
@pytest.mark.parametrize("name", LEDGERS)
def test_examples_give_their_golden_ledger(name: str, made: dict[str, GoldenLedger]) -> None:
    golden = parse(golden_file(name).read_text("utf-8"))
    moved = gains_and_losses(golden, made[name])
    assert not moved, "the ledger has changed; if it is meant: python -m tests.golden.update\n" + "\n".join(moved)
    assert golden == made[name]


@pytest.mark.parametrize("name", LEDGERS)
def test_a_golden_file_prints_as_it_stands(name: str) -> None:
    text = golden_file(name).read_text("utf-8")
    assert str(parse(text)) == text


_text = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(list(' "\\:=->')), max_size=8)
_name = st.sampled_from(["killed", "shot_down", "air_attack", "after"])
_facets = st.sampled_from(["", "weapon=drone", "means=electronic_warfare,weapon=drone"])
_value = st.one_of(st.sampled_from(["23", "23+", "..1000", "7..13", "?", "-"]), _text.filter(bool))
_tally = st.builds(
    TallyLine, _name, _facets, _value, st.sampled_from(["single", "derived"]), st.sampled_from(["1", "0-2"]),
    st.sampled_from(["", "Kyiv", "Nova Kakhovka,per_day"]),
)  # fmt: skip
_finding = st.builds(FindingLine, _name, st.sampled_from(["", "update"]), st.sampled_from(["", "killed"]), _text)
_claim = st.builds(ClaimLine, _name, _facets, _value, st.sampled_from(["happened", "planned"]), _text, _text)
_event = st.builds(
    EventBlock, _name, st.just("happened"), _text, st.lists(_text.filter(bool), min_size=1, max_size=3).map(tuple), st.just("1-2"),
    st.lists(_tally, max_size=2).map(tuple), st.lists(_finding, max_size=2).map(tuple),
)  # fmt: skip
_report = st.builds(
    ReportBlock, _text.filter(bool), st.lists(_claim, max_size=3).map(tuple), st.lists(st.builds(QuoteLine, _text, _text), max_size=2).map(tuple)
)
_ledger = st.builds(
    GoldenLedger, st.sampled_from(["", "2025-07-06"]), st.lists(_event, max_size=2).map(tuple),
    st.lists(st.builds(LinkLine, _name, _text, _text, _text), max_size=2).map(tuple), st.lists(_finding, max_size=2).map(tuple),
    st.lists(_report, max_size=2).map(tuple),
)  # fmt: skip


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_ledger)
def test_any_ledger_comes_back_from_its_notation(ledger: GoldenLedger) -> None:
    assert parse(str(ledger)) == ledger
    assert not gains_and_losses(ledger, ledger)


def test_gains_and_losses_name_the_claim() -> None:
    old = ReportBlock("a.txt", (ClaimLine("killed", "", "2", "happened", "the mayor", "Two people were killed"),))
    new = ReportBlock("a.txt", (ClaimLine("killed", "", "3", "happened", "the mayor", "Two people were killed"),))
    assert gains_and_losses(GoldenLedger(reports=(old,)), GoldenLedger(reports=(new,))) == [
        "  report a.txt",
        '-   claim killed = 2 happened by "the mayor": "Two people were killed"',
        '+   claim killed = 3 happened by "the mayor": "Two people were killed"',
    ]


def test_an_unknown_word_names_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse("ledger\nevnet x y z\n")


def test_the_examples_show_every_kind_of_finding(made: dict[str, GoldenLedger]) -> None:
    assert {f.kind for e in made["examples"].events for f in e.findings} == set(get_args(FindingKind))
