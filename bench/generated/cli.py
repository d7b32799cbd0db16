"""``python -m bench.generated``: how the books do on nights whose truth is known."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from crosstally.reconcile.solve import CAP

from .pipeline import Read, read_night
from .score import BRUTE, Seen, nights, timed, weigh

SHORT = 0.25  # a deadline that a thousand claims do not keep, in seconds
SIZES = ((30, 0.15), (150, 1.5), (1000, 20.0))


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the report; 0 always: floors are held by the tests."""
    parser = argparse.ArgumentParser(prog="python -m bench.generated", description=__doc__)
    parser.add_argument("--nights", type=int, default=1000, help="how many nights to draw (default 1000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first night; the next ones count up")
    parser.add_argument("--text", action="store_true", help="write the nights as reports and read them, end to end")
    parser.add_argument("--cases", type=int, default=20, help="how many failures to print, each with its seed (default 20)")
    parser.add_argument("--no-timing", action="store_true", help="leave out the timing by number of claims")
    options = parser.parse_args(argv)
    cases = _text(options.nights, options.seed) if options.text else _values(options.nights, options.seed, not options.no_timing)
    for line in cases[: options.cases]:
        print(f"  {line}")
    return 0


def _text(count: int, seed: int) -> list[str]:
    seen = Read()
    for night in nights(count, seed):
        read_night(night, seen)
    print(
        f"{seen.nights} nights written and read, {seen.told} figures told, {seen.read} read; {seen.seconds / max(1, seen.nights):.2f} CPU s a night"
    )
    print(f"figures: recall {seen.recall:.3f}, precision {seen.precision:.3f}; missed most: {_top(seen.missed)}")
    print(f"events a night {seen.events / max(1, seen.nights):.2f} (a week's total and the other side's account may stand apart)")
    print(f"accusations where nothing is wrong: {seen.false_accusing} ({100 * seen.false_accusing / max(1, seen.nights):.1f} per 100 nights)")
    print(f"planted errors accused: {seen.errors_found} of {seen.errors}")
    print("  by kind: " + ", ".join(f"{k} {seen.found_by_plant[k]}/{n}" for k, n in sorted(seen.by_plant.items())))
    print(f"copies: {seen.copies}; certain voices they added: {seen.copies_voiced} (0 expected)")
    return seen.cases


def _values(count: int, seed: int, timing: bool) -> list[str]:
    from crosstally.domain import load_domain

    domain = load_domain()
    seen = Seen()
    for night in nights(count, seed):
        weigh(night, domain, seen)
    print(f"{seen.nights} nights, {seen.planted} with a planted error, {seen.relays} with a relay's slip")
    print(f"balancing took {seen.seconds:.1f} CPU s, {seen.slowest:.2f} the slowest night")
    print(f"planted errors as contradiction or imbalance: precision {seen.precision:.3f}, recall {seen.recall:.3f}")
    print("  by kind: " + ", ".join(f"{k} {seen.found_by_plant[k]}/{n}" for k, n in sorted(seen.by_plant.items())))
    print(f"honest differences called {_top(seen.false_by_kind)}: {seen.false_per_100:.1f} per 100 events")
    print(f"relay's slips told as: {_top(seen.relays_told)}")
    print(f"copies: {seen.copies}; that became voices: {seen.copies_voiced} (0 expected)")
    print(
        f"truth inside agreed and derived ranges: {seen.ranges_hold}/{seen.ranges}; beside an error {seen.ranges_planted_hold}/{seen.ranges_planted}"
        f" ({seen.ranges_early} rest on an early count alone, which nothing told is at odds with, and are held against it)"
    )
    print(f"conflict sets proved minimal apart: {seen.sets_minimal}/{seen.sets}")
    print(f"all minimal sets listed, within the cap of {CAP} sets and repairs: in {seen.listed} of {seen.conflicted} accounts with a conflict")
    print(f"every minimal set of up to {BRUTE} figures against brute force: {seen.full_equal}/{seen.full}")
    print(f"nights on which wounded people died and a report told it: {seen.moved}; told as: {_top(seen.moved_told)} (0 corrections expected)")
    print(f"revisions of tolls: {_top(seen.transitions)}")
    if timing:
        bars = dict(SIZES)
        for wanted, (claims, seconds, proved) in zip(bars, timed(tuple(bars), domain, seed), strict=True):
            print(f"{claims} claims: {seconds:.2f} CPU s (bar {bars[wanted]}){'' if proved else ', not yet proved'}")
        for claims, seconds, proved in timed((max(bars),), domain, seed, SHORT):
            print(f"{claims} claims with a deadline of {SHORT} s: {seconds:.2f} CPU s{'' if proved else ', and says that it is not yet proved'}")
    return seen.cases


def _top(counts: object) -> str:
    from collections import Counter

    assert isinstance(counts, Counter)
    return ", ".join(f"{k} {n}" for k, n in counts.most_common(6)) or "none"
