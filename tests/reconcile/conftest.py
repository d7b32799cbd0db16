"""Shared fixtures."""

from __future__ import annotations

import pytest

from crosstally.domain.model import Domain

from .night import the_domain


@pytest.fixture
def domain() -> Domain:
    return the_domain()
