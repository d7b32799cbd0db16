"""What really happened in a drawn night: where every weapon ended, and how the toll grew."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import NamedTuple

MISSILES = ("ballistic_missile", "cruise_missile", "guided_missile", "aeroballistic_missile")
KINDS = ("drone", *MISSILES)
CITIES = (("kyiv", "Kyiv"), ("kharkiv", "Kharkiv"), ("odesa", "Odesa"), ("dnipro", "Dnipro"), ("lviv", "Lviv"))
BALANCE = ("launched", "shot_down", "suppressed", "hit", "unaccounted", "neutralised")


class Fate(NamedTuple):
    """Where the weapons of one kind ended: counts that add up to those launched."""

    shot_down: int
    suppressed: int
    hit: int
    unaccounted: int

    @property
    def launched(self) -> int:
        return sum(self)

    def of(self, measure: str) -> int:
        if measure == "launched":
            return self.launched
        return self.shot_down + self.suppressed if measure == "neutralised" else int(getattr(self, measure))


class Toll(NamedTuple):
    """People at one hour after the attack. ``wounded`` leaves out who has died since."""

    hour: int
    killed: int
    wounded: int
    hospitalised: int
    missing: int
    children: int
    transition: bool = False


class Truth(NamedTuple):
    """``fates`` by weapon kind; ``partial``: what the first, early count of the same night saw; ``toll`` in order of hours."""

    start: datetime
    city: tuple[str, str]
    fates: dict[str, Fate]
    partial: dict[str, Fate]
    strike_drones: int
    hit_locations: int
    debris_sites: int
    city_down: int
    week_drones: int
    toll: tuple[Toll, ...]

    @property
    def end(self) -> datetime:
        return self.start + timedelta(hours=14)

    def balance(self, measure: str, member: str = "", early: bool = False) -> int:
        """A figure of the balance for a weapon kind, for ``missile``, or for all (empty)."""
        fates = self.partial if early else self.fates
        kinds = KINDS if not member else MISSILES if member == "missile" else (member,)
        return sum(fates[k].of(measure) for k in kinds)

    def holds(self, measure: str, member: str, low: int | None, high: int | None, early: bool = False) -> bool | None:
        """Whether an interval holds the truth; for people, the truth of any hour; ``early``: that of the first count of the night. None
        where nothing is known of the cell."""

        def inside(n: int) -> bool:
            return (low is None or low <= n) and (high is None or n <= high)

        if measure == "unaccounted":  # what reports leave open: the truth and whatever they are silent about
            return high is None or self.balance(measure, member, early) <= high
        if measure in BALANCE:
            if member == "strike_drone" and not early:
                return inside(self.strike_drones) if measure == "launched" else None
            return inside(self.balance(measure, member, early)) if member in ("", "missile", *KINDS) else None
        if measure in ("hit_locations", "debris_sites"):
            return None if member else inside(int(getattr(self, measure)))
        if measure in ("killed", "wounded", "hospitalised", "missing") and not member:
            return any(inside(int(getattr(t, measure))) for t in self.toll)
        if measure == "wounded" and member == "child":
            return any(inside(t.children) for t in self.toll)
        return None


def draw_truth(rng: random.Random) -> Truth:
    """One night, of the months in which the air force gave "lost" apart from "shot down". From a handful of drones to several hundred weapons."""
    start = datetime(2024, 7, 2, 18) + timedelta(days=rng.randrange(380))
    fates = {"drone": _fate(rng, int(rng.triangular(8, 720, 90)), suppressed=True)}
    for kind in MISSILES:
        fates[kind] = _fate(rng, rng.choice((0, 0, 1, 2, 4, 7, 11, 18)), suppressed=rng.random() < 0.2)
    partial = {k: _part(rng, f) for k, f in fates.items()}
    hit = sum(f.hit for f in fates.values())
    locations = rng.randint(1, max(1, min(hit, 28))) if hit else 0
    drones = fates["drone"]
    return Truth(
        start=start,
        city=rng.choice(CITIES),
        fates=fates,
        partial=partial,
        strike_drones=rng.randint(drones.launched // 2, drones.launched),
        hit_locations=locations,
        debris_sites=rng.randint(0, 35),
        city_down=rng.randint(0, max(1, drones.shot_down // 3)),
        week_drones=drones.launched + rng.randint(200, 1800),
        toll=_toll(rng),
    )


def _fate(rng: random.Random, launched: int, *, suppressed: bool) -> Fate:
    down = round(launched * rng.uniform(0.3, 0.75))
    lost = round((launched - down) * rng.uniform(0.2, 0.95)) if suppressed else 0
    rest = launched - down - lost
    hit = rng.randint(0, rest)
    return Fate(down, lost, hit, 0 if rng.random() < 0.3 and not rest - hit else rest - hit)


def _part(rng: random.Random, fate: Fate) -> Fate:
    share = rng.uniform(0.6, 0.95)
    return Fate(*(int(n * share) for n in fate))


def _toll(rng: random.Random) -> tuple[Toll, ...]:
    killed, wounded, missing = rng.choice((0, 0, 0, 1, 2, 3, 6)), rng.randint(2, 30), rng.choice((0, 0, 0, 1, 3))
    children = rng.randint(0, min(4, wounded))
    out = [Toll(9, killed, wounded, rng.randint(0, wounded), missing, children)]
    for hour in (11, 14, 20):
        wounded += rng.choice((0, 0, 1, 3, 6))
        if missing and rng.random() < 0.4:
            missing -= 1
            killed += 1
        out.append(Toll(hour, killed, wounded, rng.randint(out[-1].hospitalised, wounded), missing, children))
    if rng.random() < 0.35:
        dead = 1 if wounded < 8 else rng.randint(1, 2)
        # Children and those in hospital are kept within the wounded that remain.
        rest = wounded - dead
        out.append(Toll(40, killed + dead, rest, min(out[-1].hospitalised, rest), missing, min(children, rest), True))
    return tuple(out)
