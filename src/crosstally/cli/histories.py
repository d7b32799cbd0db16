"""``crosstally history``: how the figures of an event changed; ``crosstally diff``: what one account says that another does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .edges import moment, open_books, read_into, say_problems, write

if TYPE_CHECKING:
    from rich.console import Console

    from crosstally.domain.model import Domain
    from crosstally.ledger import ChangeLine
    from crosstally.values import Book, Entry

_FORMAT = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="What to print.")


@click.command()
@click.argument("event", metavar="EVENT")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="Look in this ledger.")
@click.option("--measure", metavar="NAME", help="Only this measure, or all; else every measure that counts people.")
@click.option("--as-of", metavar="TIME", help="Only what was published by then (ISO 8601).")
@_FORMAT
@click.option("--names/--no-names", default=False, show_default=True, help="Show names of the dead and wounded.")
def history(
    event: str, paths: tuple[str, ...], ledger_path: Path | None, measure: str | None, as_of: str | None, form: str, names: bool
) -> None:
    """Show how the casualty count of an event changed: what, when, said by whom, and of which kind.

    EVENT is an event's id, or the beginning of one. Order is by the hour a figure is of or was said, not by when it was published.
    """
    if not paths and ledger_path is None:
        raise click.UsageError("say where to look: paths of reports, or --ledger FILE")
    from crosstally.domain import load_domain
    from crosstally.export.history import ALL, find_event
    from crosstally.export.history import history as entries_of
    from crosstally.export.withhold import withhold

    domain = load_domain()
    if measure is not None and measure != ALL and measure not in domain.measures:
        raise click.BadParameter(f"no pack declares {measure!r}; {ALL}, or one of {', '.join(sorted(domain.measures))}", param_hint="--measure")
    with open_books(ledger_path) as books:
        read_into(paths, books)
        book = books.book if as_of is None else books.as_of(moment(as_of))
        found = find_event(book, event)
        if found is None:
            raise click.UsageError(f"no event here has the id {event!r}; {_events(book)}")
        shown = book if names else withhold(book, domain)
        entries = entries_of(shown, found.id, domain, measure)
        if form == "json":
            write(_json(_history_json(shown, found.id, entries)), None)
        else:
            print_history(shown, found.id, entries, domain)
        say_problems(books)


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="Compare two times of this ledger.")
@_FORMAT
def diff(before: str, after: str, ledger_path: Path | None, form: str) -> None:
    """Say what account B tells that account A does not: reports, events, figures, findings.

    A and B are two ledger files; with --ledger FILE they are two times of that ledger (ISO 8601, or now).
    """
    from crosstally.ledger import what_changed

    if ledger_path is not None:
        _there(str(ledger_path), "--ledger")
        with open_books(ledger_path) as books:
            lines = books.diff(_time(before), _time(after))
    else:
        _there(before, "A")
        _there(after, "B")
        with open_books(Path(before)) as one, open_books(Path(after)) as two:
            lines = what_changed(one.book, two.book)
    if form == "json":
        write(_json({"version": 1, "before": before, "after": after, "changes": [_line_json(line) for line in lines]}), None)
        return
    for line in lines:
        click.echo(str(line))
    if not lines:
        click.echo("Nothing changed.")


def _there(path: str, what: str) -> None:
    """A ledger that is not there would be made; here it is a slip."""
    if not Path(path).is_file():
        raise click.BadParameter(f"there is no file {path!r}; name a ledger, or two times with --ledger FILE", param_hint=what)


def _time(text: str) -> str | None:
    return None if text == "now" else moment(text, "A and B")


def _events(book: Book) -> str:
    """The events that tell most, for somebody who named none of them."""
    from crosstally.export.shelf import Shelf

    told = Shelf(book).told
    if not told:
        return "there are no events with figures"
    named = [f"{e.id} ({e.title or e.kind})" for e in told[:6]]
    return f"there {'is' if len(told) == 1 else 'are'} {', '.join(named)}" + (" and more" if len(told) > 6 else "")


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _history_json(book: Book, event: str, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """The entries with the sentences they rest on, spans in the documents' canonical text."""
    from crosstally.values import plain

    claims = {c.id: c for c in book.claims}
    documents = {d.id: d for d in book.documents}
    title = next(e.title for e in book.events if e.id == event)
    rows = []
    for entry in entries:
        told = [claims[c] for c in entry.claims]
        rows.append(
            {
                **plain(entry),
                "evidence": [
                    {"document": c.document, "span": [c.span.start, c.span.end], "sentence": c.sentence.of(documents[c.document].text)} for c in told
                ],
            }
        )
    return {"version": 1, "event": event, "title": title, "as_of": book.as_of, "entries": rows}


def _line_json(line: ChangeLine) -> dict[str, Any]:
    from crosstally.values import plain

    found: dict[str, Any] = plain(line)
    return found


def print_history(book: Book, event: str, entries: tuple[Entry, ...], domain: Domain, console: Console | None = None) -> None:
    """One paragraph an entry, oldest first, with the sentence of its first claim; then the reports under their numbers."""
    from rich.console import Console

    from crosstally.cli.printing import TerminalPage
    from crosstally.export import excerpts, wording
    from crosstally.export.history import plain_kind
    from crosstally.export.shelf import Shelf

    shelf = Shelf(book)
    page = TerminalPage(shelf, domain, console or Console())
    page.head(f"{shelf.events[event].title}: how the figures changed", "=")
    if not entries:
        page.say("No report gives such a figure; --measure all shows the others.")
        return
    for entry in entries:
        when = wording.when(entry.said_at, True) or "time not told"
        page.say(f"{when}{'' if entry.stated or not entry.said_at else ', as published'}", style="bold")
        value = wording.quantity(entry.quantity) if entry.quantity else "?"
        was = f"{entry.before} -> " if entry.before not in (None, entry.notation()) and entry.kind not in ("beside", "again") else ""
        place = f" in {shelf.place_names.get(entry.scope.place, entry.scope.place)}" if entry.scope.place else ""
        period = f" ({wording.PERIOD.get(entry.scope.period, entry.scope.period)})" if entry.scope.period != "event" else ""
        page.say(f"{wording.figure(domain, entry.measure, entry.facets)}{place}{period}: {was}{value}; {plain_kind(entry.kind)}", 2, hang=4)
        clock = f", as of {wording.when(entry.as_of, True)}" if entry.as_of else ""
        who = entry.speaker or "nobody named"
        page.say(f"said by {who}{f', {entry.channel}' if entry.channel else ''}{clock} {page.cites(entry.documents)}", 4, hang=2)
        page.say(f"“{excerpts.of_claim(shelf, shelf.claims[entry.claims[0]]).text}”", 4, hang=2)
    page.console.print()
    for document in shelf.in_order({d for e in entries for d in e.documents}):
        published = wording.when(shelf.documents[document].published, True) or "date unknown"
        page.say(f"{page.cite(document)} {shelf.outlet(document)}, {published}", 2, hang=4)
