"""Figures seen and not understood become one finding of the event they stand beside."""

from __future__ import annotations

import crosstally


def _findings(*texts: str) -> list[tuple[str, str, list[str]]]:
    documents = [crosstally.Document.from_text(t, published="2025-03-11T09:00", source=f"Paper {i}") for i, t in enumerate(texts)]
    book = crosstally.read(documents).book
    by_id = {d.id: d.text for d in book.documents}
    titles = {e.id: e.title for e in book.events}
    return [
        (titles[f.event or ""], f.explanation, [by_id[s.document][s.span.start : s.span.end] for s in f.spans])
        for f in book.findings
        if f.kind == "unread"
    ]


def test_a_count_of_people_without_a_known_predicate_is_told_at_its_event() -> None:
    found = _findings("A missile strike on Odesa killed three people on Monday. Musicians sang to 340 residents.")
    assert [(title, spans) for title, _, spans in found] == [("Air attack on Odesa, 10 March 2025", ["340"])]
    assert 'A figure was seen and not understood: "340", in one report. It is not in the account.' in found[0][1]


def test_what_is_no_count_or_counts_nothing_known_is_not_told() -> None:
    text = "A missile strike on Odesa killed three people on 10 March. Officials saw no progress. It was the 14th strike in 2025, 40 km from Izmail."
    assert _findings(text) == []


def test_several_are_one_finding() -> None:
    found = _findings(
        "A missile strike on Odesa killed three people on Monday. Musicians sang to 340 residents.",
        "A missile strike on Odesa killed three people on Monday. Painters drew 15 buildings.",
    )
    assert len(found) == 1
    assert sorted(found[0][2]) == ["15", "340"]
    assert "in 2 reports. They are not in the account." in found[0][1]


def test_a_report_without_an_event_has_no_finding() -> None:
    assert _findings("Musicians sang to 340 residents.") == []
