"""``crosstally decide``: a person's judgement, appended to a ledger and applied; ``decide list`` shows the log."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .edges import open_books

if TYPE_CHECKING:
    from crosstally.values import Book, Decision

_LIST = "list"
_KINDS = ("accept", "reject", "correct", "same_event", "different_event", "same_person", "different_person", "prefer_speaker", "undo", _LIST)


@click.command()
@click.argument("kind", type=click.Choice(_KINDS), metavar="KIND")
@click.argument("subject", nargs=-1, metavar="[ID...]")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The ledger to decide in.")
@click.option("--who", metavar="NAME", help="Who decides.")
@click.option("--why", metavar="TEXT", default="", help="The reason, kept with the decision.")
@click.option("--set", "fields", metavar="FIELD=VALUE", multiple=True, help="What to correct (value=14), or the measure to prefer a speaker for.")
def decide(kind: str, subject: tuple[str, ...], ledger_path: Path, who: str | None, why: str, fields: tuple[str, ...]) -> None:
    """Append a person's judgement to a ledger and apply it; nothing is edited, and undo is an entry too.

    KIND is accept, reject or correct (a claim), same_event or different_event (events or claims), same_person or different_person
    (entities), prefer_speaker (a claim, person, body or voice; then an event), undo (a decision), or list to show the log.
    """
    if not ledger_path.is_file():
        raise click.UsageError(f"{ledger_path}: there is no such ledger; make one with crosstally ledger PATH... --ledger {ledger_path}")
    with open_books(ledger_path) as books:
        if kind == _LIST:
            click.echo("\n".join(_log(books.decisions, books.book)) or "No decisions yet.")
            return
        if who is None:
            raise click.UsageError("say who decides with --who NAME")
        taken = books.decide(kind, subject, who=who, why=why, change=dict(_field(f) for f in fields))
        books.balance()
        click.echo(f"{taken.id}: {_told(taken)}")
        for change in books.changes:
            click.echo(f"  {change}", err=True)


def _field(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text!r} is no field and value; write value=14", param_hint="--set")
    return name.strip(), value.strip()


def _told(decision: Decision) -> str:
    """ "reject c1f2, decided by J. Moss, 2025-07-05: misread"."""
    fields = "".join(f" {name}={value}" for name, value in decision.change)
    why = f": {decision.why}" if decision.why else ""
    return f"{decision.kind.replace('_', ' ')} {' '.join(decision.subject)}{fields}, decided by {decision.by()}{why}"


def _log(decisions: Iterable[Decision], book: Book) -> list[str]:
    standing = {row.decision.id: row for row in book.decisions}
    lines = []
    for decision in decisions:
        row = standing.get(decision.id)
        state = "" if decision.kind == "undo" else " (undone)" if row is None else f" (changes nothing now: {row.idle})" if row.idle else ""
        lines.append(f"{decision.id}  {_told(decision)}{state}")
    return lines
