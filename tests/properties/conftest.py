"""How hard to search: the same examples every time, unless ``HYPOTHESIS_PROFILE=explore`` looks for new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("steady", max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW)
settings.register_profile("explore", max_examples=150, deadline=None, database=None, print_blob=True, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
