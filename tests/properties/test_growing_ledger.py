"""A ledger that grows report by report holds the account of all reports at once, and balances anew only what a report touches."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crosstally
from crosstally import memory
from crosstally.export.interchange import as_json
from crosstally.reconcile import Balanced, EventInput
from crosstally.values import Document

from .composing import documents

RAIDS = [
    Document.from_text(
        f"Gunmen killed {n} people in a shooting in {town} on Monday, Mayor {mayor} said.", published="2025-07-15", source=f"outlet{n}"
    )
    for n, (town, mayor) in enumerate((("Odesa", "Ivan Bondar"), ("Kharkiv", "Petro Koval"), ("Sumy", "Oleh Lysenko"), ("Lviv", "Taras Hnatiuk")), 3)
]


@settings(max_examples=20, deadline=None)
@given(documents(2, 4), st.data())
def test_report_by_report_is_all_at_once(papers: tuple[Document, ...], data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        printed = data.draw(st.sampled_from(papers))
        again = data.draw(st.sampled_from(("2024-05-15", "2024-05-20", None)))
        papers = (*papers, msgspec.structs.replace(printed, id="printed-again", source="reprint", published=again))
    whole = crosstally.read(list(papers))
    with crosstally.Ledger() as growing:
        for paper in data.draw(st.permutations(papers)):
            growing.add([paper], whole.book.sources)
            assert growing.book  # balanced after every report
        assert as_json(growing.book) == as_json(whole.book)


def test_only_what_a_report_touches_is_balanced_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    balance = memory.balance

    def counted(given: EventInput, *arguments: object, **named: object) -> Balanced:
        done.append(given.event.title)
        return balance(given, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(memory, "balance", counted)
    with crosstally.Ledger() as ledger:
        ledger.add(RAIDS)
        assert len(ledger.book.events) == len(done) == len(RAIDS)
        done.clear()
        later = "Six people were killed in a shooting in Sumy on Monday, Mayor Oleh Lysenko said."
        ledger.add([Document.from_text(later, published="2025-07-16", source="late-paper")])
        assert len(ledger.book.events) == len(RAIDS) and len(done) == 1 and "Sumy" in done[0]
        claim = ledger.claims(event=next(e.id for e in ledger.events if "Lviv" in e.title))[0]
        done.clear()
        ledger.decide("reject", claim.id, who="J. Moss")
        assert len(done) == 1 and "Lviv" in done[0]
