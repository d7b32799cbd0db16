"""The tables of joining, and what a slip in them says."""

from __future__ import annotations

import pytest

from crosstally.domain import load_domain
from crosstally.errors import PackError
from crosstally.link.tables import kinds_of, load_rules, read_rules


def test_shipped_rules_load_and_name_every_weight() -> None:
    rules = load_rules()
    assert set(rules.local) <= set(rules.weights)
    assert rules.threshold("call", "call", False) > 0


@pytest.mark.parametrize(
    ("text", "said"), [("x = ", "syntax"), ("[classes]\ngeneric = 3", "classes"), ("[thresholds]\na = 'b'", "core/linking.toml")]
)
def test_a_slip_names_the_file_and_the_key(text: str, said: str) -> None:
    with pytest.raises(PackError, match=said):
        read_rules(text)


def test_generic_classes_meet_their_kind_only() -> None:
    kinds = kinds_of(load_domain())
    assert kinds.cost("attack", "shooting") is not None and kinds.cost("incident", "earthquake") is not None
    assert kinds.cost("attack", "earthquake") is None and kinds.cost("call", "shooting") is None
    assert kinds.cost("air_attack", "bombing") == kinds.cost("bombing", "air_attack")
    assert kinds.local("shooting") and not kinds.local("air_attack")
