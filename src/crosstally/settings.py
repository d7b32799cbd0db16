"""Limits and tolerances, with documented defaults. Each may be set by an environment variable: ``CROSSTALLY_`` and the name in capitals."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import msgspec

from crosstally.errors import ConfigError

PREFIX = "CROSSTALLY_"
# Kinds of place, finest first.
PRECISIONS = ("site", "district", "city", "region", "country")


class Settings(msgspec.Struct, frozen=True):
    """``max_report_bytes``: the largest single report read (file, line of a table, or pasted text), in bytes.

    ``max_total_bytes``: all reports of one run together, in bytes. ``max_reports``: how many reports one run takes.
    ``deadline_seconds``: how long the balance of one event may be searched before the best found stands.
    ``around_tolerance``: "around 400" is 400 plus or minus this share. ``nearly_floor``: "nearly 500" is at least this share of 500.
    ``busy_seconds``: how long a ledger in use by another process is waited for.
    ``place_precision``: the finest kind of place that an exported table gives: site, district, city, region or country.
    ``publish_delay``: hours after its end for which an event is kept out of exported tables, by country code or kind of place: "UA=48,site=72".
    """

    max_report_bytes: int = 5_000_000
    max_total_bytes: int = 500_000_000
    max_reports: int = 200_000
    deadline_seconds: float = 10.0
    around_tolerance: float = 0.1
    nearly_floor: float = 0.9
    busy_seconds: float = 10.0
    place_precision: str = "city"
    publish_delay: str = ""


_DEFAULTS: Mapping[str, object] = {field.name: field.default for field in msgspec.structs.fields(Settings)}
# Smallest and largest value that makes sense, by setting.
_BOUNDS: Mapping[str, tuple[float, float]] = {
    "max_report_bytes": (1, 1_000_000_000),
    "max_total_bytes": (1, 1_000_000_000_000),
    "max_reports": (1, 100_000_000),
    "deadline_seconds": (0.01, 3600),
    "around_tolerance": (0, 1),
    "nearly_floor": (0, 1),
    "busy_seconds": (0, 3600),
}


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. ``environ`` defaults to the process's own. Raises ConfigError that names the variable."""
    given = os.environ if environ is None else environ
    values: dict[str, int | float | str] = {}
    for name, default in _DEFAULTS.items():
        key = PREFIX + name.upper()
        raw = given.get(key, "").strip()
        if raw and isinstance(default, str):
            values[name] = _TEXTS[name](key, raw)
        elif raw:
            values[name] = _number(key, raw, whole=isinstance(default, int), bounds=_BOUNDS[name])
    return Settings(**values)  # type: ignore[arg-type]


def _precision(key: str, raw: str) -> str:
    if raw.lower() not in PRECISIONS:
        raise ConfigError(key, f"{raw!r} is no precision of places", f"set it to one of {', '.join(PRECISIONS)}, or unset it")
    return raw.lower()


def _delay(key: str, raw: str) -> str:
    delays(raw, key)
    return raw


_TEXTS: Mapping[str, Callable[[str, str], str]] = {"place_precision": _precision, "publish_delay": _delay}


def delays(raw: str, key: str = PREFIX + "PUBLISH_DELAY") -> Mapping[str, float]:
    """Hours by country code (capitals) or kind of place (small letters), of "UA=48,site=72". Raises ConfigError that names ``key``."""
    found: dict[str, float] = {}
    for part in (p.strip() for p in raw.split(",")):
        if not part:
            continue
        name, is_pair, hours = (x.strip() for x in part.partition("="))
        known = name.lower() in PRECISIONS or (len(name) == 2 and name.isalpha())
        if not is_pair or not known:
            remedy = f"write a country's two letters or one of {', '.join(PRECISIONS)}, an equals sign, and hours: UA=48,site=72"
            raise ConfigError(key, f"{part!r} sets no delay", remedy)
        found[name.lower() if name.lower() in PRECISIONS else name.upper()] = _number(key, hours, whole=False, bounds=(0, 87_600))
    return found


def _number(key: str, raw: str, *, whole: bool, bounds: tuple[float, float]) -> int | float:
    low, high = bounds
    remedy = f"set it to {'a whole number' if whole else 'a number'} from {low:,.15g} to {high:,.15g}, or unset it"
    try:
        value = int(raw.replace("_", "")) if whole else float(raw)
    except ValueError:
        raise ConfigError(key, f"{raw!r} is no {'whole number' if whole else 'number'}", remedy) from None
    if not low <= value <= high:  # also refuses nan
        raise ConfigError(key, f"{raw} is out of range", remedy)
    return value
