"""``python -m bench.growth [--most N] [--whole]``: a table of what one report more costs, by how many there are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.growth import whole
from bench.growth.measure import SIZES, WINDOW, Cost, measure


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description="Cost of joining one generated report more, in CPU time.")
    parser.add_argument("--most", type=int, default=max(SIZES), help="reports at most (100,000)")
    parser.add_argument("--whole", action="store_true", help="what one report more costs a person, file and printing among it, up to 10,000")
    arguments = parser.parse_args(argv)
    if arguments.whole:
        print("Generated reports; a ledger file, one report more.\n")
        print(whole.table(whole.measure([size for size in whole.SIZES if size <= arguments.most] or [arguments.most])))
        return 0
    sizes = [size for size in SIZES if size < arguments.most] + [arguments.most]
    if arguments.most <= WINDOW:
        parser.error(f"--most: more than {WINDOW}, over which cost is taken")
    print("Generated reports; blocking, scoring, text lineage and grouping of each as it comes.\n")
    print(table(measure(sizes)))
    return 0


def table(costs: Sequence[Cost]) -> str:
    lines = ["| Reports | CPU ms a report | Times the first | Pairs compared a report | Events |", "|---:|---:|---:|---:|---:|"]
    first = costs[0].milliseconds
    lines += [f"| {c.reports:,} | {c.milliseconds:.2f} | {c.milliseconds / first:.2f} | {c.pairs:.1f} | {c.events:,} |" for c in costs]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
