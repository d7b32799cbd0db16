"""The books of drawn nights held against the truth: what was found, what was accused wrongly, whether ranges hold and sets are minimal."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.reconcile import Balanced, EventInput, balance
from crosstally.reconcile.bounds import meet
from crosstally.reconcile.cells import Cell
from crosstally.reconcile.solve import Solution, solve
from crosstally.values import Finding

from .checker import Fact, is_minimal, minimal_sets
from .render import Rendered, render
from .telling import ERRORS, Night, Plant, draw_night, interval
from .truth import BALANCE, draw_truth
from .values import claim_id, event_input

ACCUSING = frozenset({"contradiction", "imbalance"})
BRUTE = 7  # figures around a conflict among which every minimal set is looked for by brute force


class Seen(msgspec.Struct):
    """Counts over nights. ``cases``: lines that name a seed and what went wrong there."""

    nights: int = 0
    planted: int = 0
    found: int = 0
    by_plant: Counter[str] = msgspec.field(default_factory=Counter)
    found_by_plant: Counter[str] = msgspec.field(default_factory=Counter)
    relays: int = 0
    relays_told: Counter[str] = msgspec.field(default_factory=Counter)
    accusing: int = 0
    accusing_right: int = 0
    false_by_kind: Counter[str] = msgspec.field(default_factory=Counter)
    copies: int = 0
    copies_voiced: int = 0
    ranges: int = 0
    ranges_hold: int = 0
    ranges_early: int = 0
    ranges_planted: int = 0
    ranges_planted_hold: int = 0
    sets: int = 0
    sets_minimal: int = 0
    full: int = 0
    full_equal: int = 0
    moved: int = 0
    moved_told: Counter[str] = msgspec.field(default_factory=Counter)
    conflicted: int = 0
    listed: int = 0
    transitions: Counter[str] = msgspec.field(default_factory=Counter)
    seconds: float = 0.0
    slowest: float = 0.0
    cases: list[str] = msgspec.field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.accusing_right / self.accusing if self.accusing else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def false_per_100(self) -> float:
        return 100 * (self.accusing - self.accusing_right) / max(1, self.nights)


def night_of(seed: int, *, outlets: int | None = None, plant: Plant | None = None) -> Night:
    """The night of a seed: half of them honest, the rest with one error, one in ten a relay's slip. ``plant`` and ``outlets`` override."""
    rng = random.Random(f"{seed} night")
    truth = draw_truth(rng)
    drawn: Plant = "none"
    lot = rng.random()
    if lot >= 0.5:
        drawn = "relay" if lot > 0.95 else rng.choice(ERRORS)
    return draw_night(seed, truth, rng, outlets or rng.randint(3, 8), plant or drawn)


def nights(count: int, seed: int) -> Iterator[Night]:
    for at in range(count):
        yield night_of(seed + at)


def weigh(night: Night, domain: Domain, seen: Seen) -> Balanced:
    """Balances one night and adds what was found to ``seen``."""
    rendered = render(night)
    given = event_input(night, rendered, domain)
    planted = planted_ids(rendered)
    started = time.process_time()
    balanced = balance(given, domain, deadline=None)
    spent = time.process_time() - started
    seen.nights += 1
    seen.seconds += spent
    seen.slowest = max(seen.slowest, spent)
    _findings(night, balanced.findings, planted, given, seen)
    _voices(night, rendered, domain, balanced, seen)
    _ranges(night, rendered, balanced, seen)
    _minimal(night, given, domain, seen)
    _moves(night, balanced.findings, rendered, seen)
    for finding in balanced.findings:
        if finding.kind == "revision" and finding.measure in ("killed", "wounded", "hospitalised", "missing"):
            seen.transitions[f"{finding.measure} {finding.change}"] += 1
    return balanced


def _moves(night: Night, findings: Sequence[Finding], rendered: Sequence[Rendered], seen: Seen) -> None:
    """How reports that wounded people died are told: as a transition, and never as a correction, which would accuse the first count."""
    ids = {claim_id(r.document.id, at) for r in rendered for at, t in enumerate(r.told) if t.statement.moved}
    if not ids:
        return
    seen.moved += 1
    for finding in findings:
        if finding.kind == "revision" and ids.intersection(finding.claims):
            seen.moved_told[finding.change or ""] += 1
            if finding.change == "correction":
                seen.cases.append(f"seed {night.seed}: deaths called a correction: {finding.explanation}")


def planted_ids(rendered: Sequence[Rendered]) -> frozenset[str]:
    return frozenset(claim_id(r.document.id, at) for r in rendered for at, t in enumerate(r.told) if t.statement.planted)


def _findings(night: Night, findings: Sequence[Finding], planted: frozenset[str], given: EventInput, seen: Seen) -> None:
    error = night.plant in ERRORS
    accusing = [f for f in findings if f.kind in ACCUSING]
    right = [f for f in accusing if error and planted.intersection(f.claims)]
    seen.accusing += len(accusing)
    seen.accusing_right += len(right)
    for finding in accusing:
        if finding not in right:
            seen.false_by_kind[finding.kind] += 1
            seen.cases.append(f"seed {night.seed}: {finding.kind} where nothing is wrong (plant {night.plant}): {finding.explanation}")
    if error:
        seen.planted += 1
        seen.by_plant[night.plant] += 1
        if right:
            seen.found += 1
            seen.found_by_plant[night.plant] += 1
        else:
            told = sorted({f.kind for f in findings if planted.intersection(f.claims)})
            seen.cases.append(f"seed {night.seed}: missed {night.plant} ({night.wrong}); told as {', '.join(told) or 'nothing'}")
    elif night.plant == "relay":
        seen.relays += 1
        seen.relays_told[next((f.kind for f in findings if planted.intersection(f.claims) and f.kind.endswith("divergence")), "nothing")] += 1


def _voices(night: Night, rendered: Sequence[Rendered], domain: Domain, balanced: Balanced, seen: Seen) -> None:
    """Every tally again without the copies: a copy may add no voice."""
    copies = {r.id for r in night.reports if r.copy_of}
    if not copies:
        return
    seen.copies += len(copies)
    bare = night._replace(reports=tuple(r for r in night.reports if not r.copy_of))
    without = event_input(bare, tuple(r for r in rendered if r.document.id not in copies), domain)
    with_ = event_input(night, tuple(rendered), domain)
    if len(with_.voices) > len(without.voices):
        seen.copies_voiced += len(with_.voices) - len(without.voices)
        seen.cases.append(f"seed {night.seed}: {len(without.voices)} voices, {len(with_.voices)} with the copies")
    before = {(t.measure, t.facets, t.scope): t.voices for t in balance(without, domain, deadline=None).tallies}
    for tally in balanced.tallies:
        was = before.get((tally.measure, tally.facets, tally.scope))
        if was is not None and (tally.voices.low > was.low or tally.voices.high > was.high):
            seen.copies_voiced += 1
            seen.cases.append(f"seed {night.seed}: copies made {was.notation()} voices of {tally.measure} {tally.voices.notation()}")


def _ranges(night: Night, rendered: Sequence[Rendered], balanced: Balanced, seen: Seen) -> None:
    """Agreed and derived ranges against the truth. One that rests on the early count alone is held against that count where nothing that any
    report tells is at odds with it: then nobody could know that there is another."""
    early = {claim_id(r.document.id, at) for r in rendered for at, t in enumerate(r.told) if t.statement.early}
    unseen = not early_shown(night)
    for tally in balanced.tallies:
        if tally.state not in ("agreed", "derived") or tally.scope.place or tally.scope.period != "event":
            continue
        member = next(iter(tally.facets.values()), "")
        told = tally.state == "derived" or (tally.low, tally.high) == (tally.reported_low, tally.reported_high)  # by its own claims alone
        first = unseen and told and early.issuperset(tally.claims or tally.derived_from)
        holds = night.truth.holds(tally.measure, member, tally.low, tally.high, early=first)
        if holds is None:
            continue
        seen.ranges_early += first
        if night.plant in ERRORS or night.plant == "relay":
            seen.ranges_planted += 1
            seen.ranges_planted_hold += holds
        else:
            seen.ranges += 1
            seen.ranges_hold += holds
            if not holds:
                seen.cases.append(
                    f"seed {night.seed}: {tally.state} {tally.measure} {member} {tally.notation()} does not hold the truth ({tally.relation})"
                )


def early_shown(night: Night) -> bool:
    """Whether some figure of the early count and one of the final count cannot both be the figure of their cell."""
    spans: dict[bool, dict[tuple[str, str], list[tuple[int | None, int | None]]]] = {True: {}, False: {}}
    for s in (s for r in night.reports for s in r.statements if s.measure in BALANCE and not s.place and s.period == "event" and not s.wide):
        spans[s.early].setdefault((s.measure, s.member), []).append(interval(s.value, s.hedge))
    return any(meet((a, b)) is None for cell, those in spans[True].items() for a in those for b in spans[False].get(cell, ()))


def _minimal(night: Night, given: EventInput, domain: Domain, seen: Seen) -> None:
    """Every minimal set of the solver, checked apart; and all of them, by brute force, on as many figures around a conflict as that can do."""
    from crosstally.reconcile.balance import work
    from crosstally.reconcile.lexicon import lexicon

    for found in work(given, domain, None, None, lexicon()).solved:
        solution = found.solution
        if not solution.conflicts or any(c.place or c.period != "event" for c in _cells(solution)):
            continue
        facts = _facts(solution)
        seen.conflicted += 1
        seen.listed += solution.complete
        for conflict in solution.conflicts:
            seen.sets += 1
            ok = is_minimal([facts[i] for i in sorted(conflict)])
            seen.sets_minimal += ok
            if not ok:
                seen.cases.append(f"seed {night.seed}: not a minimal set: {[facts[i] for i in sorted(conflict)]}")
        near = sorted({i for c in sorted(solution.conflicts, key=lambda c: (len(c), sorted(c))) for i in sorted(c)}, key=lambda i: _rank(i, solution))
        chosen = [solution.stands[i] for i in sorted(near[:BRUTE])]
        few = solve(msgspec.structs.replace(found.component, figures=tuple(f for s in chosen for f in s.figures)))
        if few.complete:
            seen.full += 1
            same = minimal_sets(_facts(few)) == frozenset(few.conflicts)
            seen.full_equal += same
            if not same:
                seen.cases.append(f"seed {night.seed}: minimal sets differ from brute force over {_facts(few)}")


def _rank(stand: int, solution: Solution) -> tuple[int, int]:
    """Stands of the smallest conflicts first."""
    return min(len(c) for c in solution.conflicts if stand in c), stand


def _cells(solution: Solution) -> list[Cell]:
    return [s.options[k] for s, k in zip(solution.stands, solution.choices, strict=True)]


def _facts(solution: Solution) -> list[Fact]:
    return [(c.measure, next(iter(c.facets.values()), ""), s.low, s.high) for c, s in zip(_cells(solution), solution.stands, strict=True)]


def many_claims(seed: int, wanted: int, domain: Domain, plant: Plant = "fates") -> EventInput:
    """One night told by so many outlets that it has about ``wanted`` figures."""
    outlets = max(3, wanted // 7)
    night = night_of(seed, outlets=outlets, plant=plant)
    given = event_input(night, render(night), domain)
    keep = given.claims[:wanted]
    ids = {c.id for c in keep}
    voices = tuple(msgspec.structs.replace(v, claims=tuple(c for c in v.claims if c in ids)) for v in given.voices if ids.intersection(v.claims))
    return msgspec.structs.replace(given, claims=keep, voices=voices)


def timed(sizes: Sequence[int], domain: Domain, seed: int, deadline: float | None = None) -> list[tuple[int, float, bool]]:
    """(claims, CPU seconds, proved) of one balancing at each size, after a first one that loads the tables."""
    balance(many_claims(seed, 30, domain), domain)
    out = []
    for size in sizes:
        given = many_claims(seed, size, domain)
        started = time.process_time()
        balanced = balance(given, domain, deadline=deadline)
        out.append((len(given.claims), time.process_time() - started, balanced.proved))
    return out


__all__ = ["ACCUSING", "BRUTE", "Seen", "many_claims", "night_of", "nights", "planted_ids", "timed", "weigh"]
