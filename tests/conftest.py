"""No test fails by the clock: a machine under load is slow, and wrong only where it is wrong when idle."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")
