"""Lists of people add up once; a whole told with its dead leaves a rest."""

from __future__ import annotations

import pytest

from tests.extract.figures_help import figures, read

SUMS = [
    ("Three women and two men were taken to hospital.", "hospitalised 5"),
    ("A boy and six other people were shot.", "wounded 7"),
    ("He and three others were shot.", "wounded 4"),
    ("Three children and two adults were found dead.", "killed 5"),
    ("He killed his wife and two sons.", "killed 3"),
    ("A man and woman were found dead.", "killed 2"),
]


@pytest.mark.parametrize(("text", "expected"), SUMS)
def test_adds_up(text: str, expected: str) -> None:
    assert expected in figures(text)


def test_a_number_spelled_out_is_not_added_to() -> None:
    claims = read("Five people, three men and two women, were wounded.").claims
    assert "wounded 10" not in figures("Five people, three men and two women, were wounded.")
    (whole,) = [c for c in claims if not c.facets]
    assert {c.part_of for c in claims if c.facets} == {whole.id}


RESTS = [
    ("Four people were shot, one fatally, in a bar.", ["affected 4", "killed 1", "wounded 3"]),
    ("5 shot, 1 dead.", ["affected 5", "killed 1", "wounded 4"]),
    ("Six people were shot, two of them fatally.", ["affected 6", "killed 2", "wounded 4"]),
    # apart, not a part
    ("Three women were shot and a baby was killed.", ["killed age=child 1", "wounded sex=female 3"]),
    # the hurt are told
    ("6 shot, 2 killed, 4 wounded.", ["affected 6", "killed 2", "wounded 4"]),
]


@pytest.mark.parametrize(("text", "expected"), RESTS)
def test_leaves_a_rest(text: str, expected: list[str]) -> None:
    assert sorted(figures(text)) == sorted(expected)


def test_the_shot_may_be_all_that_were_hit() -> None:
    (claim,) = read("Three people were shot at a market.").claims
    assert [r.measure for r in claim.readings] == ["wounded", "affected", "killed"]
