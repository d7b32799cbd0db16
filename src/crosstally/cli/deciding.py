"""``crosstally decide``: a person's judgement on the ledger, appended and applied; listed and undone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .edges import open_books

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosstally.app import Ledger
    from crosstally.values import Decision

_KINDS = "accept, reject, correct, same_event, different_event, same_person, different_person, prefer_speaker, undo or list"


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument("subject", nargs=-1, metavar="[ID...]")
@click.option("--ledger", "ledger_path", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The ledger to decide on.")
@click.option("--who", metavar="NAME", help="Who decides.")
@click.option("--why", default="", metavar="WORDS", help="The reason, kept with the decision.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="For correct: value=14, facets=age=child, ...; may be given again.")
@click.option("--when", metavar="TIME", help="When it was decided (ISO 8601); now by default.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="What to print.")
def decide(
    kind: str, subject: tuple[str, ...], ledger_path: Path, who: str | None, why: str, fields: tuple[str, ...], when: str | None, form: str
) -> None:
    """Decide on what was read: KIND is accept, reject or correct (a claim), same_event or different_event, same_person or different_person,
    prefer_speaker (a claim of the speaker's, a voice, a person or body, then an event), undo (a decision), or list.

    A decision is appended with who, when and why, and never changed; undo takes it out of force by another entry. Reports stay as read.
    """
    if not ledger_path.is_file():
        raise click.BadParameter(f"there is no file {str(ledger_path)!r}; name a ledger that is there", param_hint="--ledger")
    if kind == "list":
        with open_books(ledger_path) as books:
            _list(books, form)
        return
    if not subject:
        raise click.UsageError(f"say what is decided on: the id of a claim, event, person or decision (KIND is {_KINDS})")
    if not who or not who.strip():
        raise click.UsageError("say who decides: --who NAME")
    change = dict(_field(text) for text in fields)
    with open_books(ledger_path) as books:
        decision = books.decide(kind, subject, who=who, why=why, change=change, when=when)
        books.balance()
        if form == "json":
            _json(_record(decision))
            return
        click.echo(f"{decision.id}: {_teller(books)(decision)}")
        for change_line in books.changes:
            click.echo(f"  {change_line}")
        if not books.changes:
            click.echo("  No figure, event or finding changed.")


def _field(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text!r} is no field and value; write value=14 or facets=age=child", param_hint="--set")
    return name.strip(), value.strip()


def _teller(books: Ledger) -> Callable[[Decision], str]:
    """Puts decisions in words, with the names of victims withheld."""
    from crosstally.domain import load_domain
    from crosstally.export.decided import words
    from crosstally.export.shelf import Shelf
    from crosstally.export.withhold import spoken, withhold
    from crosstally.values import Standing

    domain = load_domain()
    shelf = Shelf(withhold(books.book, domain))
    standing = {s.decision.id: s for s in books.book.decisions}
    # One that is undone, or that undoes, stands in no account: it is told of what it was about.
    return lambda decision: spoken(words(shelf, standing.get(decision.id) or Standing(decision, decision.subject), domain))


def _list(books: Ledger, form: str) -> None:
    from crosstally.values import alive

    held = alive(books.decisions)
    idle = {s.decision.id: s.idle for s in books.book.decisions}
    undone_by = {id: d.id for d in books.decisions if d.kind == "undo" and d.id in held for id in d.subject}
    rows = []
    for decision in books.decisions:
        note = f"by {undone_by[decision.id]}" if decision.id in undone_by else idle.get(decision.id, "")
        rows.append((decision, "undone" if decision.id not in held else "idle" if note else "in force", note))
    if form == "json":
        _json([_record(d) | {"state": state, "note": note} for d, state, note in rows])
        return
    told = _teller(books)
    for decision, state, note in rows:
        click.echo(f"{decision.when} {told(decision)}")
        click.echo(f"  {decision.id}  {decision.kind.replace('_', ' ')} {' '.join(decision.subject)}, {state}{': ' + note if note else ''}")
    if not rows:
        click.echo("Nothing was decided.")


def _record(decision: Decision) -> dict[str, Any]:
    from crosstally.values import plain

    return {**plain(decision), "change": dict(decision.change)}


def _json(value: Any) -> None:
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
