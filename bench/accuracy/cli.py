"""The command: measures the corpora named, compares with floors and with the last frozen run, prints, and says by exit code how it went."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.accuracy import floors, frozen, page, reading, results
from bench.accuracy.corpora import NAMES, corpus
from bench.accuracy.values import Corpus, Outcome

OK, BELOW, USAGE, MISSING = 0, 1, 2, 3
_EPILOG = (
    "Exit code 0: all measured and at or above the floors; 1: below a floor, or reading raised; 2: wrong usage; "
    "3: a corpus asked for is not there (the rest was measured)."
)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m bench.accuracy", description="Accuracy of crosstally on public corpora.", epilog=_EPILOG)
    made.add_argument("names", nargs="*", metavar="NAME", help=f"a corpus, or corpus/part: {', '.join(NAMES)} (all)")
    made.add_argument("--data", type=Path, help="folder of the corpora, or of the one named (default: the environment's CROSSTALLY_DATA)")
    made.add_argument("--limit", type=int, help="only the first so many items; floors, freezing and the kept results need all")
    made.add_argument("--freeze", action="store_true", help="keep the verdicts of this run to compare with, and tighten the floors")
    made.add_argument("--lower-floors", action="store_true", help="loosen the floors that this run breaks (needs --note)")
    made.add_argument("--note", type=Path, help="the decision note that says why a floor is lowered")
    made.add_argument("--changes", action="store_true", help="list the hash of every item gained or lost")
    made.add_argument("--commit", help="name of the commit measured, where the package lies outside a repository")
    made.add_argument("--write-docs", action="store_true", help="write docs/accuracy.md from the last results, measure nothing")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(argv)
    if arguments.write_docs:
        page.write()
        print(f"wrote {page.PATH}")
        return OK
    try:
        asked = [_split(name) for name in arguments.names or NAMES]
    except ValueError as wrong:
        return _usage(str(wrong))
    if arguments.lower_floors and not (arguments.note and arguments.note.is_file()):
        return _usage("--lower-floors needs --note with the path of a decision note that exists")
    if arguments.limit is not None and (arguments.freeze or arguments.lower_floors):
        return _usage("--freeze and --lower-floors need a whole run, without --limit")
    folder = arguments.data or (Path(os.environ["CROSSTALLY_DATA"]) if os.environ.get("CROSSTALLY_DATA") else None)
    code = OK
    broken: list[floors.Breach] = []
    crashes: list[str] = []
    for one, part in asked:
        key = f"{one.name}/{part}"
        path = one.find(folder, part) if folder is not None else None
        if path is None:
            _missing(one, key, folder)
            code = MISSING
            continue
        reading.CRASHES.clear()
        started = time.process_time()
        outcome = one.measure(path, arguments.limit)
        seconds = time.process_time() - started
        broken += _one(one, key, outcome, seconds, arguments)
        crashes += [f"{key}: reading raised on {crash}" for crash in reading.CRASHES]
    if broken and arguments.lower_floors:
        floors.save(floors.lowered(broken, floors.load(), os.path.relpath(arguments.note.resolve(), page.ROOT)))
        print(f"floors lowered: {len(broken)}, by {arguments.note}")
        broken = []
    for line in (*broken, *crashes):
        print(line, file=sys.stderr)
    return BELOW if broken or crashes else code


def _split(name: str) -> tuple[Corpus, str]:
    head, _, part = name.partition("/")
    try:
        one = corpus(head)
    except KeyError:
        raise ValueError(f"no corpus is called {head!r}; there are {', '.join(NAMES)}") from None
    if part and part not in one.parts:
        raise ValueError(f"{head} has no part {part!r}; it has {', '.join(one.parts)}")
    return one, part or one.parts[0]


def _usage(message: str) -> int:
    print(f"bench.accuracy: {message}", file=sys.stderr)
    return USAGE


def _missing(one: Corpus, key: str, folder: Path | None) -> None:
    where = f"not found under {folder}" if folder is not None else "no folder of corpora given (--data, or CROSSTALLY_DATA)"
    print(f"{key}: skipped, {where}. To obtain it: {one.obtain}", file=sys.stderr)


def _one(one: Corpus, key: str, outcome: Outcome, seconds: float, arguments: argparse.Namespace) -> tuple[floors.Breach, ...]:
    """Prints one corpus, keeps what is to be kept, and returns what is below a floor."""
    pinned = floors.load()
    print(
        f"\n{key}: {one.title}\n{outcome.items} items, {outcome.words} words, {seconds:.0f} s of CPU"
        + (" (a part of it)" if arguments.limit is not None else "")
    )
    for m in one.metrics:
        if m.name in outcome.values:
            floor = pinned.values.get(key, {}).get(m.name)
            limits = [f"floor {floor:.3f}" if floor is not None else "", f"bar {m.bar:.2f}" if m.bar is not None else "", m.peer]
            print(f"  {m.name:17s}{outcome.values[m.name]:8.3f}  {m.meaning}" + "".join(f"; {x}" for x in limits if x))
    if arguments.limit is not None:
        return ()
    before = frozen.load(key)
    if before is not None:
        change = frozen.compare(before, outcome.verdicts)
        print(f"  against the frozen run: {change}")
        if arguments.changes:
            print("".join(f"    + {k}\n" for k in change.gains) + "".join(f"    - {k}\n" for k in change.losses), end="")
    kept = results.record(outcome.values, outcome.items, outcome.words, seconds, arguments.commit)
    results.save(key, kept)
    broken = floors.breaches(one, key, outcome.values, pinned)
    if arguments.freeze and not broken:
        frozen.save(key, outcome.verdicts, {k: kept[k] for k in ("date", "version", "commit", "values")})
        floors.save(floors.raised(one, key, outcome.values, pinned))
        print("  frozen")
    return broken
