"""Settings from the environment, and errors that name the key."""

from __future__ import annotations

import pytest

from crosstally.errors import ConfigError
from crosstally.settings import Settings, settings


def test_defaults_hold_where_nothing_is_set() -> None:
    assert settings({}) == Settings() == settings({"CROSSTALLY_MAX_REPORT_BYTES": " ", "OTHER": "x"})


def test_the_environment_sets_numbers() -> None:
    found = settings({"CROSSTALLY_MAX_REPORT_BYTES": "2_000_000", "CROSSTALLY_DEADLINE_SECONDS": "0.5"})
    assert (found.max_report_bytes, found.deadline_seconds) == (2_000_000, 0.5)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("CROSSTALLY_MAX_REPORT_BYTES", "five", "no whole number"),
        ("CROSSTALLY_MAX_REPORT_BYTES", "1.5", "no whole number"),
        ("CROSSTALLY_MAX_REPORTS", "0", "out of range"),
        ("CROSSTALLY_AROUND_TOLERANCE", "nan", "out of range"),
        ("CROSSTALLY_BUSY_SECONDS", "-1", "out of range"),
    ],
)
def test_a_bad_value_names_its_key_and_the_remedy(key: str, value: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=f"{key}: .*{problem}.*set it to") as caught:
        settings({key: value})
    assert caught.value.key == key
