"""The ledger in a terminal: the same account as the page, in an order that reads well aloud, at 80 columns, with or without colour.

A ring before a number means worked out. Reports are numbered in brackets, oldest first, and listed under their numbers at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosstally.domain.model import Domain
from crosstally.export import quoted, timeline
from crosstally.export.shelf import Shelf
from crosstally.export.withhold import withhold
from crosstally.values import Book

from .explaining import explain, explain_claim, explain_tally
from .printing import TerminalPage

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["explain", "explain_claim", "explain_tally", "render"]


def render(book: Book, domain: Domain | None, console: Console, *, show_victims: bool = False) -> None:
    """Prints the situation, every event with figures, heaviest first, what was told without figures, and the list of reports.

    Names of the dead and wounded are covered unless ``show_victims``. Nothing but text is printed where the console has no colour.
    """
    shown = book if show_victims else withhold(book, domain)
    shelf = Shelf(shown)
    page = TerminalPage(shelf, domain, console)
    if not shelf.book.documents:
        page.say("No reports. Name files or folders to read.")
        return
    for situation in shelf.book.situations:
        if len(situation.events) == 1 and shelf.event_claims(situation.events[0]):
            continue  # its own account below says all
        page.situation(timeline.timeline(shelf, domain, situation))
    homes = quoted.home_event(shelf)
    for event in shelf.told:
        page.event(event, [d for d, home in homes.items() if home == event.id])
    page.rest()
    page.decisions()
    page.reports()
