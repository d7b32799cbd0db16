"""``crosstally import``: a table of official figures, by a mapping file, into a ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .edges import say_problems


@click.command(name="import")
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path), metavar="TABLE")
@click.option("--mapping", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The TOML file that says what the columns mean.")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="Add the rows to this ledger; else only check them.")
def import_table(table: Path, mapping: Path, ledger_path: Path | None) -> None:
    """Take a table of official figures (CSV or Parquet) in: every row an event, its figures as claims of one speaker.

    Says how many rows came in and which do not add up. A row that is there already is not taken twice. A wrong column or mapping ends with
    exit code 2 and nothing changed; a cell that cannot be read is named, and everything else is taken (exit code 1).
    """
    from crosstally.app import import_table as take
    from crosstally.errors import InputError

    try:
        books, fresh = take(table, mapping, ledger=ledger_path)
    except InputError as error:
        click.echo(f"crosstally: {error}", err=True)
        sys.exit(2)
    with books:
        book = books.balance()
        new = set(fresh)
        click.echo(f"{len(fresh)} {'row is' if len(fresh) == 1 else 'rows are'} new; the ledger holds {len(book.events)} events.")
        wrong = [f for f in book.findings if f.kind in ("imbalance", "contradiction") and new.intersection(e.document for e in f.spans)]
        for finding in wrong:
            paths = {d.id: d for d in book.documents}
            where = next((d.title for e in finding.spans if (d := paths.get(e.document))), "")
            click.echo(f"{finding.kind}: {where}: {finding.explanation}")
        if fresh and not wrong:
            click.echo("Every row adds up.")
        say_problems(books)
        sys.exit(1 if any(p.fatal for p in books.problems) else 0)
