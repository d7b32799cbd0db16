"""``python -m bench.speed [--words N] [--no-shell]``: a table of words per second of CPU by stage, and of what a person waits for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.speed import shell, stages
from bench.speed.texts import texts


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Speed of crosstally, in CPU time of one core.")
    parser.add_argument("--words", type=int, default=60_000, help="words of generated reports (60,000)")
    parser.add_argument("--no-shell", action="store_true", help="leave out the runs in fresh processes")
    arguments = parser.parse_args(argv)
    made = texts(arguments.words)
    print(f"{len(made)} texts, {sum(len(t.split()) for t in made):,} words\n")
    print(table(stages.measure(made)))
    if not arguments.no_shell:
        print("\n" + waits(shell.measure()))
    return 0


def table(timings: Sequence[stages.Timing]) -> str:
    lines = ["| Stage | Words a CPU second | CPU ms per 1,000 words | Times `str.split` |", "|---|---:|---:|---:|"]
    lines += [f"| {t.stage} | {t.words_per_second:,.0f} | {1e6 * t.seconds / t.words:.2f} | {t.ratio:,.0f} |" for t in timings]
    return "\n".join(lines)


def waits(runs: Sequence[shell.Run]) -> str:
    lines = ["| From the shell | Wall s | CPU s |", "|---|---:|---:|"]
    lines += [f"| {r.what} | {r.wall:.2f} | {r.cpu:.2f} |" for r in runs]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
