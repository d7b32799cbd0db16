"""Runs of events and worded links."""

from __future__ import annotations

from crosstally.reconcile import situations
from crosstally.values import AssertedLink, Event, Happening, Span, Window


def event(name, kind, start, docs, status="happened"):
    return Event(name, kind, f"{kind} {name}", (f"h-{name}",), docs, Window(start, start, "day") if start else None, status=status)


def test_strands_links_and_order(domain):
    raid = event("e2", "air_attack", "2025-07-04", ("a", "b"))
    call = event("e1", "call", "2025-07-03", ("a",))
    older = event("e0", "air_attack", "2025-06-29", ("b",))
    outlook = event("e3", "forecast", None, ("b",), status="forecast")
    apart = event("e9", "shelling", "2024-01-01", ("z",))
    events = (outlook, raid, call, older, apart)
    happenings = tuple(Happening(f"h-{e.id}", e.documents[0], e.kind, Span(0, 1)) for e in events)
    of_event = {f"h-{e.id}": e.id for e in events}
    links = (
        AssertedLink("a", "h-e2", "h-e1", "after", Span(5, 20), "hours after the call"),
        AssertedLink("b", "h-e2", "h-e1", "after", Span(9, 30), "just hours after the call"),
        AssertedLink("a", "h-e2", "h-e2", "same_day", Span(0, 3), "that day"),
        AssertedLink("a", "h-e2", "h-none", "after", Span(0, 3), "later"),
    )
    main, other = situations(events, happenings, links, of_event, domain)
    assert main.events == ("e0", "e1", "e2", "e3")
    assert main.strands == (("raids", ("e0", "e2")), ("diplomacy", ("e1",)), ("forecasts", ("e3",)))
    (link,) = main.links
    assert (link.source, link.target, link.words, len(link.evidence)) == ("e2", "e1", "hours after the call", 2)
    assert other.events == ("e9",)
    assert main.title.startswith("air_attack e2, and 3 events around it")


def test_a_link_joins_events_of_different_reports(domain):
    one, two = event("e1", "air_attack", "2025-07-04", ("a",)), event("e2", "call", "2025-07-03", ("b",))
    links = (AssertedLink("a", "h1", "h2", "after", Span(0, 9), "after the call"),)
    (found,) = situations((one, two), (), links, {"h1": "e1", "h2": "e2"}, domain)
    assert found.events == ("e2", "e1")
