"""Conventions as data: what ships loads, and what is wrong is refused with its file and key."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from crosstally.domain import load_domain
from crosstally.domain.conventions import convention_names
from crosstally.errors import ConfigError, PackError
from crosstally.reconcile.conventions import read_convention

HOME = resources.files("crosstally") / "domains" / "conventions"


def own(tmp_path: Path, change: str, to: str, name: str = "ibc") -> Path:
    """A copy of a convention that ships, with one thing changed."""
    text = (HOME / f"{name}.toml").read_text("utf-8")
    assert change in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(change, to, 1), "utf-8")
    return path


def test_those_that_ship_load_and_every_rule_says_whether_it_was_read() -> None:
    assert convention_names() == ("raw", "ibc", "ucdp")
    for name in convention_names()[1:]:
        found = read_convention(name, load_domain())
        assert found.name == name and found.columns
        assert all(rule.source for rule in found.rules.values() if rule.verified)
        assert not any(rule.source for rule in found.rules.values() if not rule.verified)


def test_conventions_are_no_pack() -> None:
    assert "conventions" not in load_domain().packs


def test_an_unknown_convention_is_named_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match=r"'icrc'.*raw, ibc, ucdp"):
        read_convention("icrc", load_domain())


@pytest.mark.parametrize(
    ("change", "to", "key"),
    [
        ("[rule.open_high]", "[rule.open_top]", "rule.open_high: is missing"),
        ("[rule.excluded]", "[rule.kept_out]", "rule.excluded: is missing"),
        ("[rule.period]", "[rule.periods]", "rule.period: is missing"),
        ('step = "low"', 'step = "lowest"', "column[8] min_deaths.step"),
        ('of = "killed"', 'of = "slain"', "column[8].of"),
        ('admit = ["killed", "wounded"]', 'admit = ["slain"]', "admit"),
        ("role=soldier", "role=knight", "sides.excluded"),
        ("role=soldier", "rank=soldier", "sides.excluded"),
        ("tens = { low = 20, high = 99 }", "tens = { low = 99, high = 20 }", "words.tens"),
        ('name = "region"', 'name = "place"', "column[5] place: declared twice"),
        ('unit = "place"', 'unit = "street"', "unit"),
        ('title = "Iraq Body Count"\n', "", "title"),
        ('name = "ibc"', 'name = "raw"', "name"),
        ("[sides]", "[sides", "(syntax)"),
        ('admit = ["killed", "wounded"]', "admit = []", "admit"),
        ('step = "id"', 'step = ""', "column[0] id.step"),
        ('[["role=soldier", "side=a"], ["side=attacker"]]', "[]", "sides.excluded.groups"),
        ('[["role=soldier", "side=a"], ["side=attacker"]]', "[[]]", "sides.excluded.groups"),
        ('about = "', 'colour = "blue"\nabout = "', "colour"),
    ],
)
def test_what_is_wrong_names_file_and_key(tmp_path: Path, change: str, to: str, key: str) -> None:
    path = own(tmp_path, change, to)
    with pytest.raises(PackError) as caught:
        read_convention(path, load_domain())
    assert str(caught.value).startswith(str(path)) and key in str(caught.value)


def test_codes_that_a_column_asks_for_are_needed(tmp_path: Path) -> None:
    text = (HOME / "ucdp.toml").read_text("utf-8")
    at, end = text.index("[where]"), text.index("[when]")
    path = tmp_path / "mine.toml"
    path.write_text(text[:at] + text[end:], "utf-8")
    with pytest.raises(PackError, match="where: is missing"):
        read_convention(path, load_domain())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        read_convention(tmp_path / "gone.toml", load_domain())
