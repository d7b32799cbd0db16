"""A coded ledger in a terminal: rows of cells, what a rule changed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosstally.export import excerpts, wording
from crosstally.export.shelf import Shelf

from .explaining import find_tallies
from .printing import TerminalPage

if TYPE_CHECKING:
    from rich.console import Console

    from crosstally.domain.model import Domain
    from crosstally.values import Book, Coded, CodedCell, CodedRow

_WIDTH = 100


def coded_text(book: Book, convention: str, form: str, names: bool) -> str:
    """The account under a convention: ``form`` "text" for a reader, or "json", the interchange format with the coding under ``coded``."""
    import io

    import msgspec
    from rich.console import Console

    from crosstally.domain import load_domain
    from crosstally.export.interchange import as_dict
    from crosstally.export.withhold import withhold
    from crosstally.reconcile.conventions import recode
    from crosstally.values import plain

    domain = load_domain()
    if form == "json":
        return msgspec.json.encode({**as_dict(book), "coded": plain(recode(book, convention, domain))}).decode("utf-8") + "\n"
    shown = book if names else withhold(book, domain)
    out = io.StringIO()
    print_coded(recode(shown, convention, domain), shown, domain, Console(file=out, width=_WIDTH, no_color=True))
    return out.getvalue().lstrip("\n")


def print_coded(coded: Coded, book: Book, domain: Domain, console: Console) -> None:
    """Every row with its figures, those that a rule changed beside the ledger's own; then what makes no row; then the rules that were used.

    ``book``: what the rows were made from, with names covered as they shall be shown.
    """
    page = TerminalPage(Shelf(book), domain, console)
    page.head(f"Coded as {coded.title}: {wording.plural(len(coded.rows), 'row')}", "=")
    page.say(coded.statement)
    used: dict[str, None] = {}
    for row in coded.rows:
        _row(row, coded, page)
        used.update(dict.fromkeys(r for c in row.cells for r in c.rules))
    if coded.left_out:
        page.part("No row")
        for left in coded.left_out:
            page.say(f"{left.title or left.event}: {left.reason} ({left.rule})", 2, hang=4)
            used[left.rule] = None
    if used and coded.rules:
        page.part("Rules")
        for rule in coded.rules:
            if rule.id in used:
                page.say(f"{rule.id}: {rule.text} {_standing(rule.verified, rule.source)}", 2, hang=4)


def _standing(verified: bool, source: str) -> str:
    return f"[{source}]" if verified else "[not verified: a setting]"


def _row(row: CodedRow, coded: Coded, page: TerminalPage) -> None:
    event = page.shelf.events.get(row.event)
    page.head(f"{event.title if event else row.event} ({row.unit}, {row.id})", "-")
    for cell in row.cells:
        if isinstance(cell.value, int) and (cell.claims or cell.changed):
            page.say(f"{cell.column}: {_value(cell)}{f' ({cell.note})' if cell.note else ''}", 2, hang=4)
        elif cell.value is not None:
            page.say(f"{cell.column}: {cell.value}", 2, hang=4)


def _value(cell: CodedCell) -> str:
    """The value; where a rule changed it, the ledger's own beside it."""
    if not cell.changed:
        return str(cell.value)
    return f"{cell.value} * (ledger: {'none' if cell.raw is None else cell.raw}; by {', '.join(cell.rules)})"


def explain_by(book: Book, subject: str, convention: str) -> list[str] | None:
    """``explain_coded`` of a book, with names of the dead and wounded covered."""
    from crosstally.domain import load_domain
    from crosstally.export.withhold import withhold
    from crosstally.reconcile.conventions import recode

    domain = load_domain()
    shown = withhold(book, domain)
    return explain_coded(shown, recode(shown, convention, domain), subject, domain)


def explain_coded(book: Book, coded: Coded, subject: str, domain: Domain) -> list[str] | None:
    """Which rule of a convention made which number of an event: the ledger's own figure, then every cell that rests on it, rule by rule.

    ``subject``: ``EVENT`` or ``EVENT/measure``. None where the convention and the ledger know no such thing.
    """
    import io

    from rich.console import Console

    event, _, rest = subject.partition("/")
    measure = rest.partition("/")[0]
    rows, left = coded.of(event), [x for x in coded.left_out if x.event == event]
    if not rows and not left:
        return None
    out = io.StringIO()
    page = TerminalPage(Shelf(book), domain, Console(file=out, width=_WIDTH, no_color=True))
    for tally in find_tallies(book, f"{event}/{measure}") if measure else ():
        if not tally.facets:
            own = wording.tally_value(tally, page.shelf.tally_claims(tally), domain)
            place = f" in {page.shelf.place_names.get(tally.scope.place, tally.scope.place)}" if tally.scope.place else ""
            page.say(f"In the ledger: {wording.figure(domain, tally.measure, tally.facets)}{place} {own} ({tally.state})", hang=4)
    told: dict[str, None] = {}
    for row in rows:
        page.head(f"{coded.title}: {row.id} ({row.unit})", "-")
        for cell in row.cells:
            if cell.rules and (not measure or _rests(page.shelf, cell, measure)):
                _explain_cell(cell, coded, page)
                told.update(dict.fromkeys(c for c in cell.claims if c in page.shelf.claims))
    if told:
        page.part("Claims")
    for claim in (page.shelf.claims[c] for c in told):
        said = excerpts.of_claim(page.shelf, claim).text
        page.say(f"{claim.id} {page.cite(claim.document)} {page.shelf.outlet(claim.document)}: “{said}”", 2, hang=4)
    for one in left:
        page.say(f"No row: {one.reason}.", hang=4)
        if one.rule:
            page.say(_rule(coded, one.rule), 2, hang=4)
    return out.getvalue().strip("\n").split("\n")


def _rests(shelf: Shelf, cell: CodedCell, measure: str) -> bool:
    return any(shelf.reading(shelf.claims[c]).measure == measure for c in cell.claims if c in shelf.claims)


def _explain_cell(cell: CodedCell, coded: Coded, page: TerminalPage) -> None:
    was = "" if not cell.changed else f"; the ledger has {'none' if cell.raw is None else cell.raw}"
    page.say(f"{cell.column} {'empty' if cell.value is None else cell.value}{was}{f' ({cell.note})' if cell.note else ''}", 2, hang=4)
    for rule in cell.rules:
        page.say(_rule(coded, rule), 4, hang=2)
    if cell.claims:
        page.say(f"from {', '.join(cell.claims)}", 4, hang=2)


def _rule(coded: Coded, id: str) -> str:
    rule = coded.rule(id)
    return f"{rule.id}: {rule.text} {_standing(rule.verified, rule.source)}"
