"""``crosstally export``: the ledger as a table under a convention, fit to be shared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from .edges import moment, open_books, read_into, say_problems, unwritten, write

if TYPE_CHECKING:
    from crosstally.export.coded import Shared
    from crosstally.values import PlaceKind


# As in crosstally.settings, which is not loaded for --help.
PRECISIONS = ("site", "district", "city", "region", "country")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="Export this ledger.")
@click.option("--convention", default="raw", show_default=True, metavar="NAME", help="raw, ucdp, ibc, or a convention's own .toml file.")
@click.option("--format", "form", type=click.Choice(("csv", "json", "parquet")), default="csv", show_default=True, help="What to write.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of printing.")
@click.option("--as-of", metavar="TIME", help="Only what was published by then (ISO 8601).")
@click.option("--names/--no-names", default=False, show_default=True, help="Show names of the dead and wounded.")
@click.option("--precision", type=click.Choice(PRECISIONS), help="The finest kind of place to give; else the setting place_precision.")
def export(
    paths: tuple[str, ...], ledger_path: Path | None, convention: str, form: str, output: Path | None, as_of: str | None, names: bool,
    precision: str | None,
) -> None:  # fmt: skip
    """Write the ledger as a table under a convention, to share: every cell with its rules, sentences, documents, hashes and addresses.

    Names of the dead and wounded are withheld, places no finer than a city, and events under a delay (publish_delay) kept back, unless you
    say otherwise. The table says that reported counts undercount, and how they were coded.
    """
    if not paths and ledger_path is None:
        raise click.UsageError("name at least one report or folder, or a ledger with --ledger FILE")
    if not paths and ledger_path is not None and not ledger_path.is_file():
        raise click.BadParameter(f"there is no file {str(ledger_path)!r}; name a ledger that is there, or reports to read", param_hint="--ledger")
    if form == "parquet" and output is None:
        raise click.UsageError("Parquet is no text: name a file with --output FILE")
    if output is not None and not output.parent.is_dir():
        raise click.UsageError(f"{output}: there is no folder {output.parent}; make it, or name another file")
    from crosstally.domain import load_domain
    from crosstally.export.coded import shared
    from crosstally.settings import delays, settings

    limits = settings()
    check_convention(convention)
    cut = None if as_of is None else moment(as_of)
    finest = cast("PlaceKind", precision or limits.place_precision)
    with open_books(ledger_path) as books:
        read_into(paths, books)
        book = books.book if cut is None else books.as_of(cut)
        table = shared(book, convention, load_domain(), names=names, finest=finest, delays=delays(limits.publish_delay))
        _write(table, form, output)
        say_problems(books)
        sys.exit(1 if any(p.fatal for p in books.problems) else 0)


def check_convention(name: str) -> None:
    """That a convention is there and right, before anything is read or changed. Raises as ``read_convention``."""
    from crosstally.domain import load_domain
    from crosstally.domain.conventions import RAW
    from crosstally.reconcile.conventions import read_convention

    if name != RAW:
        read_convention(name, load_domain())


def _write(table: Shared, form: str, output: Path | None) -> None:
    from crosstally.export.coded import to_csv, to_json, to_parquet

    if form == "csv":
        write(to_csv(table), output)
    elif form == "json":
        write(to_json(table).decode("utf-8"), output)
    elif output is not None:
        try:
            to_parquet(table, output)
        except OSError as error:
            raise unwritten(output, error) from None
