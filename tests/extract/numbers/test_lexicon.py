"""The number and moment tables are checked when they are compiled."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from crosstally.domain.language import load_language
from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.extract.moments.lexicon import moment_tables
from crosstally.extract.numbers.lexicon import number_tables

ENGLISH = load_language("en")


def changed(table: str, **keys: Any) -> Language:
    return msgspec.structs.replace(ENGLISH, tables={**ENGLISH.tables, table: {**ENGLISH.tables[table], **keys}})


def test_tables_are_compiled_once() -> None:
    assert number_tables(ENGLISH) is number_tables(ENGLISH)
    assert moment_tables(ENGLISH) is moment_tables(ENGLISH)


@pytest.mark.parametrize(
    ("table", "keys", "message"),
    [
        ("numbers", {"role": [{"role": "size", "patterns": []}]}, r"numbers\.toml: role\[0\]\.role: 'size' is no role"),
        ("numbers", {"cardinals": {"one": "1"}}, r"numbers\.toml: cardinals: is not a table of whole numbers"),
        ("numbers", {"groups": {"gross": {"value": 144, "hedge": "roughly"}}}, r"numbers\.toml: groups\.gross\.hedge"),
        ("numbers", {"units": {"length": {}}}, r"numbers\.toml: units\.length: is no role"),
        ("hedges", {"hedge": [{"hedge": "roughly", "patterns": []}]}, r"hedges\.toml: hedge\[0\]\.hedge: 'roughly' is no hedge"),
    ],
)
def test_a_wrong_number_table(table: str, keys: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        number_tables(changed(table, **keys))


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"moment": [{"read": "someday", "patterns": []}]}, r"moments\.toml: moment\[0\]\.read: 'someday' is no reading"),
        ({"moment": [{"read": "day", "patterns": ["{week}"]}]}, r"moments\.toml: moment\[0\]\.patterns\[0\]: \{week\} is no macro"),
    ],
)
def test_a_wrong_moment_table(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        moment_tables(changed("moments", **keys))
