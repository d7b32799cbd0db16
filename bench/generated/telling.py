"""Who tells what of a true night: the official post, a mayor's counts, outlets with partial views, hedges, other definitions, copies; one plant."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from .truth import MISSILES, Truth

Hedge = Literal["exact", "at_least", "more_than", "nearly", "around", "up_to"]
Plant = Literal["none", "retold", "same_report", "fates", "weapons", "definition", "missile_kinds", "children", "relay"]
ERRORS: tuple[Plant, ...] = ("retold", "same_report", "fates", "weapons", "definition", "missile_kinds", "children")
AIR_FORCE, MAYOR, RESCUERS, MINISTRY = "Ukrainian Air Force", "mayor", "State Emergency Service", "Russian Defence Ministry"


class Statement(NamedTuple):
    """One figure as one outlet gives it. ``member``: weapon or age, empty for the whole. ``value`` as told, ``hedge`` its wording.

    ``wide``: the word used may also mean all that was neutralised ("intercepted"). ``place`` and ``period`` set a scope other than the
    night's own. ``planted``: the figure rests on the error. ``moved``: told with the news that wounded people died. ``early``: of the first
    count of the night, which saw part of it. ``said`` and ``as_of``: the two clocks, as far as the outlet tells them.
    """

    measure: str
    member: str
    value: int
    speaker: str = ""
    hedge: Hedge = "exact"
    wide: bool = False
    place: str = ""
    period: str = "event"
    said: str | None = None
    as_of: str | None = None
    channel: str = ""
    planted: bool = False
    children_of: bool = False
    moved: bool = False
    early: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.measure, self.member, self.place, self.period)


class Report(NamedTuple):
    """What one outlet prints. ``copy_of`` is the id of the report whose words it carries."""

    id: str
    source: str
    published: datetime
    statements: tuple[Statement, ...]
    copy_of: str = ""
    official: bool = False


class Night(NamedTuple):
    """``plant``: the kind of error, "none" for an honest night. ``wrong``: cell and value of the error, for a reader."""

    seed: int
    truth: Truth
    reports: tuple[Report, ...]
    plant: Plant = "none"
    wrong: str = ""


def draw_night(seed: int, truth: Truth, rng: random.Random, outlets: int, plant: Plant) -> Night:
    """Reports of the night. A plant that this night has no room for leaves the night honest (``plant`` is then "none")."""
    post, wrong = _post(rng, truth, plant)
    if plant not in ("none", "retold", "same_report", "relay", "children") and not wrong:
        plant = "none"
    reports: list[Report] = []
    if rng.random() < 0.6 or plant in ("fates", "weapons", "definition", "missile_kinds"):
        reports.append(Report("r00", "air-force-channel", _at(post[0].said), _pinned(post), official=True))
    for i in range(1, outlets + 1):
        reports.append(_outlet(rng, f"r{i:02}", truth, post))
    if truth.toll[-1].transition:
        reports += [_follow_up(rng, f"r{outlets + n:02}", truth) for n in range(1, rng.randint(2, 3))]
    if plant in ("retold", "same_report", "relay"):
        reports, wrong = _misquote(rng, reports, post, plant)
        plant = plant if wrong else "none"
    if plant == "children":
        reports, wrong = _children(rng, reports, truth)
        plant = plant if wrong else "none"
    reports += _copies(rng, reports)
    return Night(seed, truth, tuple(reports), plant, wrong)


def clash(value: int, hedge: Hedge, other: int) -> bool:
    """True if a hedged telling of ``value`` rules ``other`` out (for exact ``other``)."""
    low, high = interval(value, hedge)
    return not ((low is None or low <= other) and (high is None or other <= high))


def interval(value: int, hedge: Hedge) -> tuple[int | None, int | None]:
    """The numbers a wording allows: the tolerances of the language's tables (ten per cent)."""
    slack = max(1, round(value * 0.10))
    return {
        "exact": (value, value),
        "at_least": (value, None),
        "more_than": (value + 1, None),
        "up_to": (0, value),
        "nearly": (math.ceil(value * 0.90), value - 1),
        "around": (value - slack, value + slack),
    }[hedge]


def _clock(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def _at(said: str | None) -> datetime:
    return datetime.fromisoformat(said or "")


def _pinned(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    return tuple(s._replace(channel="Telegram") for s in statements)


def _post(rng: random.Random, truth: Truth, plant: Plant) -> tuple[tuple[Statement, ...], str]:
    """The air force's own post of the morning, and what was made wrong in it, if anything."""
    said = _clock(truth.end + timedelta(minutes=rng.randint(5, 90)))
    members = ["drone", "missile", *(m for m in MISSILES if truth.fates[m].launched)]
    cells: dict[tuple[str, str], int] = {}
    for member in members:
        for measure in ("launched", "shot_down"):
            cells[measure, member] = truth.balance(measure, member)
    for measure, member in (("suppressed", "drone"), ("hit", "drone"), ("hit", "missile")):
        if rng.random() < 0.8:
            cells[measure, member] = truth.balance(measure, member)
    for measure in ("launched", "shot_down", "suppressed", "neutralised"):
        if rng.random() < 0.6:
            cells[measure, ""] = truth.balance(measure)
    if rng.random() < 0.3:
        cells["launched", "strike_drone"] = truth.strike_drones
    if truth.hit_locations and rng.random() < 0.8:
        cells["hit_locations", ""] = truth.hit_locations
    if truth.debris_sites and rng.random() < 0.6:
        cells["debris_sites", ""] = truth.debris_sites
    spoiled, wrong = _spoil(rng, truth, cells, plant)
    statements = tuple(
        Statement(measure, member, value, AIR_FORCE, said=said, planted=(measure, member) in spoiled)
        for (measure, member), value in cells.items()
        if value or measure in ("launched", "shot_down")
    )
    return statements, wrong


def _spoil(rng: random.Random, truth: Truth, cells: dict[tuple[str, str], int], plant: Plant) -> tuple[set[tuple[str, str]], str]:
    """Makes one figure of the post arithmetically impossible, in place. Every cell the impossibility needs is put into the post."""

    def tell(measure: str, member: str) -> int:
        return cells.setdefault((measure, member), truth.balance(measure, member))

    more = rng.randint(1, 40)
    if plant == "fates":
        top, lost = tell("launched", "drone"), tell("suppressed", "drone")
        cells["shot_down", "drone"] = top - lost + more
        target = ("shot_down", "drone")
    elif plant == "weapons":
        tell("launched", "drone"), tell("launched", "missile")
        cells["launched", ""] = truth.balance("launched") + rng.choice((-1, 1)) * rng.randint(1, max(1, truth.balance("launched") // 3))
        target = ("launched", "")
    elif plant == "definition":
        tell("shot_down", ""), tell("suppressed", "")
        right = truth.balance("neutralised")
        cells["neutralised", ""] = min(right + more, truth.balance("launched")) if rng.random() < 0.5 else max(0, right - more)
        target = ("neutralised", "")
        if cells[target] == right:
            return set(), ""
    elif plant == "missile_kinds":
        kinds = [m for m in MISSILES if truth.fates[m].launched]
        if len(kinds) < 2:
            return set(), ""
        target = ("launched", rng.choice(kinds))
        cells[target] = truth.balance("launched", "missile") + more
    else:
        return set(), ""
    return {target}, f"{' '.join(target)} told as {cells[target]}, is {truth.balance(*target)}"


def _outlet(rng: random.Random, id: str, truth: Truth, post: tuple[Statement, ...]) -> Report:
    """One outlet: part of the air force's figures (early or final, one of the two), part of the toll of some hour, sometimes more."""
    published = _at(post[0].said) + timedelta(minutes=rng.randint(10, 900))
    statements = _air_force_part(rng, truth, post, published)
    statements += _toll_part(rng, truth, published)
    if truth.city_down and rng.random() < 0.2:
        statements.append(Statement("shot_down", "drone", truth.city_down, MAYOR, place=truth.city[0]))
    if rng.random() < 0.12:
        statements.append(Statement("launched", "drone", truth.week_drones, rng.choice((AIR_FORCE, "")), period="week"))
    if rng.random() < 0.1:
        statements.append(Statement("shot_down", "drone", rng.randint(1, 90), MINISTRY, place="ru"))
    return Report(id, f"outlet-{id[1:]}", published, tuple(statements))


def _air_force_part(rng: random.Random, truth: Truth, post: tuple[Statement, ...], published: datetime) -> list[Statement]:
    early = rng.random() < 0.12
    pool = list(post)
    if early:
        pool = [
            s._replace(value=truth.balance(s.measure, s.member, early=True), planted=False, early=True)
            for s in post
            if s.measure in ("launched", "shot_down") and s.member in ("drone", "missile", "")
        ]
    rng.shuffle(pool)
    pool = sorted(pool[: rng.randint(2, 6)], key=lambda s: (s.measure, s.member))
    first = _clock(truth.end - timedelta(minutes=150))
    mode = rng.random()
    said = None if mode < 0.5 else published.date().isoformat() if mode < 0.8 else first if early else post[0].said
    speaker = AIR_FORCE if rng.random() < 0.8 else rng.choice(("", "officials"))
    out = []
    for s in pool:
        told = _hedged(rng, s._replace(speaker=speaker, said=said if speaker == AIR_FORCE else None))
        out.append(told)
    down, lost = truth.balance("shot_down", "drone"), truth.balance("suppressed", "drone")
    if not early and lost and rng.random() < 0.25 and not any(s.planted for s in post):
        # The other definition: "intercepted" for all that was stopped.
        out = [s for s in out if s.key[:2] != ("neutralised", "drone")]
        out.append(Statement("neutralised", "drone", down + lost, speaker, wide=True, said=said if speaker == AIR_FORCE else None))
    return out


def _hedged(rng: random.Random, s: Statement) -> Statement:
    """The figure with another wording that the truth allows."""
    n = s.value
    if n < 12 or rng.random() < 0.75:
        return s
    step = 100 if n > 250 else 50 if n > 100 else 10
    below, above = (n // step) * step, -(-n // step) * step
    choice = rng.choice(("at_least", "more_than", "nearly", "around"))
    if choice == "at_least":
        return s._replace(hedge="at_least", value=n if rng.random() < 0.5 else max(1, below))
    if choice == "more_than" and 0 < below < n:
        return s._replace(hedge="more_than", value=below)
    if choice == "nearly" and n < above and n >= math.ceil(above * 0.90):
        return s._replace(hedge="nearly", value=above)
    if choice == "around":
        near = round(n / 10) * 10
        return s._replace(hedge="around", value=near) if not clash(near, "around", n) else s
    return s


def _toll_part(rng: random.Random, truth: Truth, published: datetime) -> list[Statement]:
    """People as counted at one hour, by the mayor, the rescuers, or nobody named. A slow outlet prints an old count."""
    known = [t for t in truth.toll if truth.start + timedelta(hours=t.hour) <= published]
    if not known or rng.random() < 0.15:
        return []
    toll = known[-1] if rng.random() < 0.7 else rng.choice(known)
    when = _clock(truth.start + timedelta(hours=toll.hour))
    speaker = rng.choice((MAYOR, MAYOR, RESCUERS, "", "officials"))
    clocks = rng.random()
    said = when if clocks < 0.25 else published.date().isoformat() if clocks < 0.55 else None
    said = said if speaker in (MAYOR, RESCUERS) else None
    out = []
    for measure in ("killed", "wounded", "hospitalised", "missing"):
        n = int(getattr(toll, measure))
        if n and rng.random() < (0.85 if measure in ("killed", "wounded") else 0.35):
            hedge: Hedge = "at_least" if rng.random() < 0.35 else "exact"
            out.append(Statement(measure, "", n, speaker, hedge, said=said, as_of=said if said and clocks < 0.15 else None))
    if toll.children and any(s.measure == "wounded" for s in out) and rng.random() < 0.4:
        out.append(Statement("wounded", "child", toll.children, speaker, said=said, children_of=True))
    return out


def _follow_up(rng: random.Random, id: str, truth: Truth) -> Report:
    """A report of the days after: wounded people have died, so one column rose and the other fell."""
    toll = truth.toll[-1]
    published = truth.start + timedelta(hours=toll.hour, minutes=rng.randint(20, 1500))
    speaker = rng.choice((MAYOR, MAYOR, RESCUERS, ""))
    said = _clock(truth.start + timedelta(hours=toll.hour)) if speaker and rng.random() < 0.4 else None
    out = [Statement("killed", "", toll.killed, speaker, said=said, moved=True)]
    if toll.wounded and rng.random() < 0.8:
        out.append(Statement("wounded", "", toll.wounded, speaker, said=said, moved=True))
    return Report(id, f"outlet-{id[1:]}", published, tuple(out))


def _misquote(rng: random.Random, reports: list[Report], post: tuple[Statement, ...], plant: Plant) -> tuple[list[Report], str]:
    """One outlet gives a wrong figure of the air force: of the same post by its hour (retold), against itself (same_report), or
    without saying when (relay: to be told as a relay's divergence, no contradiction)."""
    told = {
        (s.measure, s.member): s.value
        for r in reports
        for s in r.statements
        if s.speaker == AIR_FORCE
        and s.hedge == "exact"
        and s.period == "event"
        and not s.wide
        and s.value > 2
        and (s.said == post[0].said or plant == "same_report")
    }
    final = {(s.measure, s.member): s.value for s in post}
    cells = sorted(c for c, v in told.items() if final.get(c) == v)
    holders = [
        (i, c)
        for i, r in enumerate(reports)
        for c in cells
        if not r.official
        and (plant == "same_report")
        == any((s.measure, s.member, s.value, s.hedge, s.speaker) == (*c, final[c], "exact", AIR_FORCE) for s in r.statements)
    ]
    if not holders:
        return reports, ""
    at, cell = rng.choice(holders)
    right = final[cell]
    wrong = _slip(rng, right)
    report = reports[at]
    kept = [s for s in report.statements if plant == "same_report" or not (s.speaker == AIR_FORCE and s.period == "event")]
    said: str | None = post[0].said if plant == "retold" else None
    if plant == "same_report":
        said = post[0].said
        kept = [s._replace(said=said) if s.speaker == AIR_FORCE and s.period == "event" else s for s in kept]
    bad = Statement(*cell, wrong, AIR_FORCE, said=said, planted=True)
    changed = report._replace(statements=(*kept, bad))
    return [*reports[:at], changed, *reports[at + 1 :]], f"{report.id}: {' '.join(cell)} told as {wrong}, is {right}"


def _slip(rng: random.Random, right: int) -> int:
    """A slip of the pen: digits swapped, one digit changed, or a near miss; never the right value."""
    text = str(right)
    found = [int(text[:i] + text[i + 1] + text[i] + text[i + 2 :]) for i in range(len(text) - 1)]
    found += [right + d for d in (-20, -10, -2, -1, 1, 2, 10, 100)]
    return rng.choice([n for n in found if n > 0 and n != right])


def _children(rng: random.Random, reports: list[Report], truth: Truth) -> tuple[list[Report], str]:
    """More wounded children than wounded, in one sentence."""
    holders = [i for i, r in enumerate(reports) if any(s.measure == "wounded" and not s.member and s.hedge == "exact" for s in r.statements)]
    if not holders:
        return reports, ""
    at = rng.choice(holders)
    report = reports[at]
    whole = next(s for s in report.statements if s.measure == "wounded" and not s.member and s.hedge == "exact")
    kept = [s for s in report.statements if s.member != "child"]
    bad = whole._replace(member="child", value=whole.value + rng.randint(1, 9), planted=True, children_of=True)
    return [
        *reports[:at],
        report._replace(statements=(*kept, bad)),
        *reports[at + 1 :],
    ], f"{report.id}: {bad.value} children of {whole.value} wounded"


def _copies(rng: random.Random, reports: list[Report]) -> list[Report]:
    out = []
    for report in [r for r in reports if not r.official and r.statements]:
        if rng.random() < 0.3:
            cut = report.statements if rng.random() < 0.6 else report.statements[: max(1, len(report.statements) - 1)]
            later = report.published + timedelta(minutes=rng.randint(5, 300))
            out.append(Report(f"{report.id}c", f"mirror-{report.id[1:]}", later, cut, copy_of=report.id))
    return out
