"""Commands: ``ledger`` reads reports and shows the balanced account; ``explain`` says how a claim was read or a tally derived.

Further commands live in modules of their own and are registered here.

Exit code 0: all read. 1: something could not be read (said on standard error; everything else was still done). 2: wrong usage.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .deciding import decide
from .desk import desk, mcp
from .edges import moment, open_books, read_into, say_problems, unwritten, write
from .exporting import check_convention, export
from .histories import diff, history
from .importing import import_table

if TYPE_CHECKING:
    from crosstally.app import Ledger
    from crosstally.values import Book

_FORMATS = ("text", "json", "html")


class Group(click.Group):
    """Turns crosstally's own errors into one line and exit code 2 (usage, configuration) or 1 (reading)."""

    def invoke(self, ctx: click.Context) -> object:
        from crosstally.errors import CrosstallyError, InputError

        try:
            return super().invoke(ctx)
        except CrosstallyError as error:
            click.echo(f"crosstally: {error}", err=True)
            ctx.exit(1 if isinstance(error, InputError) else 2)
        except BrokenPipeError:  # the reader of our output has gone: "crosstally ledger ... | head"
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:  # a full disk behind "> file"
            _drop_output()
            click.echo(f"crosstally: the output cannot be written: {error.strerror or error}; make room or name another place", err=True)
            ctx.exit(1)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="crosstally")
def main() -> None:
    """Double-entry books on the news: every claimed figure with its sentence and speaker, grouped by event and balanced."""


main.add_command(desk)
main.add_command(mcp)
main.add_command(history)
main.add_command(diff)
main.add_command(import_table)
main.add_command(export)
main.add_command(decide)


@main.command()
@click.argument("paths", nargs=-1, required=False, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="What to print.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of printing.")
@click.option("--as-of", metavar="TIME", help="Only what was published by then (ISO 8601, such as 2025-07-05 or 2025-07-05T06:00).")
@click.option(
    "--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="Keep the books in this file; says what changed."
)
@click.option("--names/--no-names", default=False, show_default=True, help="Show names of the dead and wounded on the page.")
@click.option("--convention", default="raw", show_default=True, metavar="NAME", help="Code it as raw, ucdp, ibc, or a convention's own .toml file.")
def ledger(
    paths: tuple[str, ...], form: str, output: Path | None, as_of: str | None, ledger_path: Path | None, names: bool, convention: str
) -> None:
    """Read reports and show what they add up to.

    PATH is a file or folder of .txt, .md, .html or .jsonl reports (a sources.csv beside them gives source, date and address), or - for
    pasted text. With --ledger and no PATH the account already kept is shown; with a PATH, text shows the events that these reports tell, the
    other formats the whole account.
    """
    if not paths and ledger_path is None:
        raise click.UsageError("name at least one report or folder, or a ledger with --ledger FILE; - reads pasted text")
    if as_of is not None:
        as_of = moment(as_of)
    check_convention(convention)
    if convention != "raw" and form == "html":
        raise click.UsageError("the page shows the ledger's own account; a convention is shown as text or json, and written by crosstally export")
    if output is not None and not output.parent.is_dir():
        raise click.UsageError(f"{output}: there is no folder {output.parent}; make it, or name another file")
    with open_books(ledger_path) as books:
        read_into(paths, books)
        if ledger_path is not None:
            books.balance()
        book = books.as_of(as_of) if as_of is not None else books.book
        shown, left = _told_by(book, books.handed) if form == "text" and convention == "raw" and as_of is None else (book, 0)
        write(_render(shown, form, names, output) if convention == "raw" else _coded(book, convention, form, names), output)
        if left:
            one = "1 other event stands" if left == 1 else f"{left:,} other events stand"
            click.echo(f"\n{one} in this ledger: crosstally ledger --ledger {ledger_path} shows all.", err=True)
        if ledger_path is not None:
            _say_changes(books)
        say_problems(books)
        sys.exit(1 if any(p.fatal for p in books.problems) else 0)


@main.command()
@click.argument("subject", metavar="ID")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="Look in this ledger.")
@click.option("--convention", default="raw", show_default=True, metavar="NAME", help="Say which rule of this convention made which number.")
def explain(subject: str, paths: tuple[str, ...], ledger_path: Path | None, convention: str) -> None:
    """Say how a claim was read, rule by rule, or how a tally was derived.

    ID is a claim (c...), or an event with a measure and facets: EVENT/killed, EVENT/shot_down/weapon=drone. With --convention, an event or
    EVENT/killed: what each rule made of it.
    """
    if not paths and ledger_path is None:
        raise click.UsageError("say where to look: paths of reports, or --ledger FILE")
    from crosstally.cli.coding import explain_by
    from crosstally.cli.terminal import explain as explain_lines

    check_convention(convention)
    with open_books(ledger_path) as books:
        read_into(paths, books)
        coded = None if convention == "raw" else explain_by(books.book, subject, convention)
        lines = coded or explain_lines(books.book, subject)  # a claim is read in one way, whatever the convention
        if lines is None:
            raise click.UsageError(f"nothing here has the id {subject!r}; --format json lists the ids of claims and events")
        click.echo("\n".join(lines))
        say_problems(books)


def _told_by(book: Book, documents: tuple[str, ...]) -> tuple[Book, int]:
    """The part of the account that tells of the events of these reports, and how many events that leaves out; all of it where none were named."""
    here = frozenset(documents)
    wanted = [e for e in book.events if here.intersection(e.documents)]
    if not here or len(wanted) == len(book.events):
        return book, 0
    from crosstally.desk.slices import Stock

    return Stock(book).events(wanted, here), len(book.events) - len(wanted)


def _render(book: Book, form: str, names: bool, output: Path | None) -> str | None:
    """The text to write, or None where the terminal view prints itself."""
    from crosstally.domain import load_domain

    if form == "json":
        from crosstally.export.interchange import as_json

        return as_json(book).decode("utf-8") + "\n"
    if form == "html":
        from crosstally.export.page import as_html

        return as_html(book, load_domain(), show_victims=names)
    from rich.console import Console

    from crosstally.cli.terminal import render

    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a letter that the terminal cannot show is no reason to stop
        render(book, load_domain(), Console())
        return None
    try:
        with output.open("w", encoding="utf-8", errors="replace") as file:
            render(book, load_domain(), Console(file=file, width=100))
    except OSError as error:
        raise unwritten(output, error) from None
    return None


def _coded(book: Book, convention: str, form: str, names: bool) -> str:
    from crosstally.cli.coding import coded_text

    return coded_text(book, convention, form, names)


def _drop_output() -> None:
    """Sends what is still buffered nowhere, so that the interpreter does not try to write it again as it ends."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_changes(books: Ledger) -> None:
    if books.changes:
        click.echo("\nWhat changed", err=True)
        for change in books.changes:
            click.echo(f"  {change}", err=True)
    else:
        click.echo("\nNothing changed.", err=True)
