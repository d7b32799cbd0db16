"""The run of events as it is drawn: an entry takes the empty columns on its right, and the busiest strand is the widest."""

from __future__ import annotations

from crosstally.export.shelf import Shelf
from crosstally.export.timeline import timeline
from crosstally.values import Book, Event, Situation, Window


def event(id: str, day: int) -> Event:
    return Event(id, "air_attack", f"Event {id}", (), (), Window(f"2024-03-{day:02}", f"2024-03-{day:02}"))


def test_entries_run_on_over_empty_columns_and_keep_their_own_strand() -> None:
    strands = (("raids", ("a", "b", "c")), ("harm", ("d",)), ("aid", ("e",)), ("courts", ("f",)))
    events = (event("a", 1), event("b", 2), event("c", 3), event("d", 3), event("e", 4), event("f", 2))
    situation = Situation("s", "", tuple(e.id for e in events), (), strands)
    line = timeline(Shelf(Book(events=events, situations=(situation,))), None, situation)
    drawn = [[(at, columns, [entry.event.id for entry in cell]) for at, columns, cell in day.spans()] for day in line.days]
    assert drawn == [
        [(0, 4, ["a"])],
        [(0, 3, ["b"]), (3, 1, ["f"])],
        [(0, 1, ["c"]), (1, 3, ["d"])],
        [(0, 2, []), (2, 2, ["e"])],
    ]
    assert all(sum(columns for _, columns, _ in day.spans()) == len(line.strands) for day in line.days)


def test_the_strand_whose_words_are_hemmed_in_is_the_widest() -> None:
    events = (event("a", 1), event("b", 1), event("c", 2), event("d", 2), event("e", 3))
    strands = (("raids", ("a", "c", "e")), ("harm", ("b",)), ("aid", ("d",)))
    situation = Situation("s", "", tuple(e.id for e in events), (), strands)
    line = timeline(Shelf(Book(events=events, situations=(situation,))), None, situation)
    assert [day.spans()[0][:2] for day in line.days] == [(0, 1), (0, 2), (0, 3)]
    assert line.busiest() == 0
    alone = Situation("s", "", ("a",), (), (("raids", ("a",)),))
    assert timeline(Shelf(Book(events=events, situations=(alone,))), None, alone).busiest() is None
