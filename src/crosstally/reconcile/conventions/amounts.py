"""Tallies as plain numbers under a convention: open ends closed, words counted, unreliable sources left out, who does not count taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain.conventions import Convention
from crosstally.values import WHOLE, Claim, Facets, Tally

from .facts import Facts
from .units import Row

_WORD = re.compile(r"[^\W\d_]+")


class Amount(msgspec.Struct, frozen=True):
    """``low`` to ``high`` (None = no number), ``best`` the most likely. ``rules``: short names of the rules that made each, in order.

    ``raw_*``: what the ledger says in the same place. ``claims``: what it rests on. ``taken``: claims of the rows that were taken off it.
    """

    low: int | None = None
    high: int | None = None
    best: int | None = None
    raw_low: int | None = None
    raw_high: int | None = None
    raw_best: int | None = None
    low_rules: tuple[str, ...] = ()
    high_rules: tuple[str, ...] = ()
    best_rules: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    note: str = ""


class Amounts:
    """Amounts by row and measure, each worked out once. ``rows``: every row by key, so that one can be lessened by another."""

    def __init__(self, facts: Facts, convention: Convention, rows: Iterable[Row]) -> None:
        self.facts, self.convention = facts, convention
        self.rows: Mapping[str, Row] = {r.key: r for r in rows}
        self._known: dict[tuple[str, str], Amount | None] = {}

    def of(self, row: Row, measure: str) -> Amount | None:
        """The amount of a row, or None where nobody tells one."""
        key = (row.key, measure)
        if key not in self._known:
            found = self._total(row, measure)
            if found is not None and "excluded" in self.convention.sides:
                found = self._civil(row, measure, found)
            if found is not None and (row.less or row.maybe):
                found = self._less(row, measure, found)
            self._known[key] = found
        return self._known[key]

    def side(self, row: Row, measure: str, side: str) -> Amount | None:
        """Those of one side: the largest of a group's members (the same people told in two ways), groups added. None where nobody tells."""
        groups = []
        for group in self.convention.sides[side].members if side in self.convention.sides else ():
            told = [a for members in group if (a := self._at(row, measure, members)) is not None]
            if told:
                groups.append(max(told, key=lambda a: (a.low or 0, a.high or 0)))
        if not groups:
            return None
        if len(groups) == 1:
            return groups[0]
        return msgspec.structs.replace(
            groups[0],
            low=sum(g.low or 0 for g in groups),
            high=sum(g.high or g.low or 0 for g in groups),
            best=sum(g.best or 0 for g in groups),
            raw_low=None,
            raw_high=None,
            raw_best=None,
            claims=tuple(dict.fromkeys(c for g in groups for c in g.claims)),
        )

    def _at(self, row: Row, measure: str, facets: Facets) -> Amount | None:
        tally = self.facts.tally(row.event.id, measure, facets, row.scope.place, row.scope.period)
        return None if tally is None else self.amount(tally)

    def _total(self, row: Row, measure: str) -> Amount | None:
        whole = self._at(row, measure, WHOLE)
        if whole is not None:
            return whole
        out = {m for group in (self.convention.sides["excluded"].members if "excluded" in self.convention.sides else ()) for m in group}
        told_parts = (t for t in self.facts.parts(row.event.id, measure, row.scope.place, row.scope.period) if t.facets not in out)
        parts = [a for t in told_parts if (a := self.amount(t)) is not None]
        told = [a for a in parts if a.low is not None]
        if not told:
            return None
        most = max(told, key=lambda a: (a.low or 0, a.high or 0))
        floor = ("part_is_floor",)
        return msgspec.structs.replace(
            most,
            raw_low=None, raw_high=None, raw_best=None,
            low_rules=(*most.low_rules, *floor), high_rules=(*most.high_rules, *floor), best_rules=(*most.best_rules, *floor),
        )  # fmt: skip

    def amount(self, tally: Tally) -> Amount | None:
        """A tally in numbers. None where it holds neither a number nor a word of amount."""
        claims = self.facts.settled(tally)
        kept = [c for c in claims if (self.facts.grade(c) or "") not in self.convention.unreliable]
        low, high, rules = tally.low, tally.high, []
        latest, best = tally.latest, tally.best
        if len(kept) < len(claims):
            rules.append("reliable")
            low, high = _hull(kept)
            latest = latest if latest is not None and low is not None and low <= latest <= (latest if high is None else high) else None
            best = low if low is not None and low == high else None
        if low is None and high is None:
            return self._worded(tally, kept, tuple(rules))
        closing: list[str] = []
        if high is None:
            told = [n for c in kept if c.quantity for n in (c.quantity.low, c.quantity.high) if n is not None]
            high = max([*told, low or 0])
            closing.append("open_high")
        low = low or 0
        chosen, why = self._best(low, high, latest, best)
        return Amount(
            low=low, high=high, best=chosen,
            raw_low=tally.low, raw_high=tally.high, raw_best=tally.best,
            low_rules=tuple(rules), high_rules=(*rules, *closing), best_rules=(*rules, why),
            claims=tuple(c.id for c in kept),
        )  # fmt: skip

    def _best(self, low: int, high: int, latest: int | None, agreed: int | None) -> tuple[int, str]:
        for step in self.convention.best:
            if step == "agreed" and agreed is not None:
                return agreed, "best_agreed"
            if step == "latest" and latest is not None and low <= latest <= high:
                return latest, "best_latest"
            if step == "high":
                return high, "best_high"
        return low, "best_low"

    def _worded(self, tally: Tally, claims: list[Claim], rules: tuple[str, ...]) -> Amount | None:
        raws = [c.quantity.raw or c.text for c in claims if c.quantity is not None and not c.quantity.is_number]
        if not raws:
            if not rules:
                return None
            return Amount(low_rules=rules, high_rules=rules, best_rules=rules, note="only sources graded as unreliable tell a number")
        known = [(raw, self.convention.words.get(key)) for raw in raws for key in (_longest(raw, self.convention.words),)]
        counted = [amount for _, amount in known if amount is not None]
        if not counted:
            return Amount(claims=tuple(c.id for c in claims), note=f"the convention has no number for “{raws[0]}”")
        low, high = min(a.low for a in counted), max(a.high for a in counted)
        worded = (*rules, "words")
        return Amount(
            low=low, high=high, best=low, low_rules=worded, high_rules=worded, best_rules=worded, claims=tuple(c.id for c in claims),
            note="“" + "”, “".join(dict.fromkeys(raw for raw, amount in known if amount is not None)) + "”",
        )  # fmt: skip

    def _civil(self, row: Row, measure: str, total: Amount) -> Amount:
        """Without those who do not count: off the low bound always, off the high one where the report says that its total holds them."""
        low, high, lows, highs = total.low, total.high, total.low_rules, total.high_rules
        claims = total.claims
        out = self.side(row, measure, "excluded")
        if out is not None and low is not None and high is not None and (out.high or 0) > 0:
            low = max(0, low - (out.high or 0))
            lows = (*lows, "excluded")
            claims = (*claims, *out.claims)
            if self._held(out.claims, total.claims):
                high = max(0, high - (out.low or 0))
                highs = (*highs, "excluded")
        counted = self._counted(row, measure, high)
        if counted is not None and counted.low is not None and low is not None:
            if counted.low < low:
                low, lows = counted.low, (*lows, "counted")
                claims = (*claims, *counted.claims)
        elif out is None:
            lows, highs = (*lows, "unstated"), (*highs, "unstated")
        return msgspec.structs.replace(total, low=low, high=high, low_rules=lows, high_rules=highs, claims=tuple(dict.fromkeys(claims)))

    def _held(self, parts: Iterable[str], whole: Iterable[str]) -> bool:
        """Whether a claim says of itself that it is part of the total, or the total was worked out from it."""
        total = set(whole)
        return any(p in total or ((c := self.facts.claims.get(p)) is not None and c.part_of in total) for p in parts)

    def _counted(self, row: Row, measure: str, high: int | None) -> Amount | None:
        """Those told to count, where the first group is told; the groups are added only as far as the total has room for them."""
        side = self.convention.sides.get("counted")
        first = [a for m in (side.members[0] if side else ()) if (a := self._at(row, measure, m)) is not None]
        if not first:
            return None
        found = self.side(row, measure, "counted")
        if found is not None and found.low is not None and high is not None and found.low <= high:
            return found
        return max(first, key=lambda a: a.low or 0)

    def _less(self, row: Row, measure: str, own: Amount) -> Amount:
        """What is left once other rows are taken off: their most from the low bound, their least from the high one."""
        sure = [a for k in row.less if (a := self.of(self.rows[k], measure)) is not None and a.low is not None]
        maybe = [a for k in row.maybe if (a := self.of(self.rows[k], measure)) is not None and a.low is not None]
        if own.low is None or own.high is None or not (sure or maybe):
            return own
        low = max(0, own.low - sum(a.high or 0 for a in (*sure, *maybe)))
        high = max(0, own.high - sum(a.low or 0 for a in sure))
        best = None if own.best is None else min(high, max(low, own.best - sum(a.best or 0 for a in sure)))
        rule = "period" if row.kind == "period" else "unit"
        taken = tuple(dict.fromkeys(c for a in (*sure, *maybe) for c in (*a.claims, *a.taken)))
        note = f"{own.low} to {own.high} less {len(sure)} told apart" + (f", and {len(maybe)} that may lie within it" if maybe else "")
        return msgspec.structs.replace(
            own,
            low=low, high=high, best=best, taken=taken, note=note,
            low_rules=(*own.low_rules, rule), high_rules=(*own.high_rules, rule), best_rules=(*own.best_rules, rule),
        )  # fmt: skip


def _hull(claims: Iterable[Claim]) -> tuple[int | None, int | None]:
    """From the lowest to the highest number of claims; (None, None) where none has one."""
    told = [c.quantity for c in claims if c.quantity is not None and c.quantity.is_number]
    if not told:
        return None, None
    lows = [q.low if q.low is not None else 0 for q in told]
    return min(lows), None if any(q.high is None for q in told) else max(q.high or 0 for q in told)


def _longest(raw: str, words: Mapping[str, object]) -> str:
    """The longest entry of a table of words that stands whole in an amount's words, or empty."""
    told = f" {' '.join(_WORD.findall(raw.casefold()))} "
    return max((w for w in words if f" {w.casefold()} " in told), key=len, default="")
