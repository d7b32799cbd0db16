"""What a new account says that the one before it did not."""

from __future__ import annotations

import msgspec

from crosstally.ledger import what_changed
from crosstally.values import Book, Claim, Document, Event, Evidence, Facets, Finding, Place, Scope, Source, Span, Tally

ONE = Document("d1", "At least one person was killed.", "port-radio", "Night raid", "2024-03-02")
TWO = Document("d2", "A second person died in hospital.", "harbour-post", "Toll of raid rises to two", "2024-03-04")


def claim(id: str, document: str) -> Claim:
    return Claim(id, document, Span(0, 3), Span(0, 9), "one", "killed")


EVENT = Event("e1", "air_attack", "Raid on Odesa, 2 March", ("h1",), ("d1",))
BEFORE = Book(
    documents=(ONE,),
    claims=(claim("c1", "d1"),),
    events=(EVENT,),
    tallies=(
        Tally("e1", "killed", low=1, high=None, claims=("c1",)),
        Tally("e1", "launched", Facets(weapon="strike_drone"), low=38, high=38),
    ),
    findings=(Finding("record_open", "No earlier figure is known.", ("c1",), event="e1"),),
)


def texts(before: Book | None, after: Book) -> list[str]:
    return [str(line) for line in what_changed(before, after)]


def test_equal_books_give_no_line() -> None:
    assert what_changed(BEFORE, BEFORE) == ()
    assert what_changed(None, Book()) == ()


def test_the_first_account_names_its_events_and_their_totals() -> None:
    assert texts(None, BEFORE) == [
        "1 report came in: port-radio, “Night raid”",
        "new event: Raid on Odesa, 2 March (told by port-radio, “Night raid”; killed 1+)",
        "new record open: No earlier figure is known.",
    ]


def test_a_tally_that_moved_says_from_what_to_what_and_by_whom() -> None:
    after = msgspec.structs.replace(
        BEFORE,
        documents=(ONE, TWO),
        claims=(claim("c1", "d1"), claim("c2", "d2")),
        events=(msgspec.structs.replace(EVENT, documents=("d1", "d2"), happenings=("h1", "h2")),),
        tallies=(
            Tally("e1", "killed", low=2, high=None, claims=("c1", "c2")),
            Tally("e1", "wounded", scope=Scope("city:odesa", "day"), low=5, high=9, state="disputed", claims=("c2",)),
        ),
        findings=(
            Finding("record_open", "No earlier figure is known, in either report.", ("c1", "c2"), event="e1"),
            Finding("revision", "One of the wounded died.", ("c1", "c2"), (Evidence("d2", Span(0, 8)),), "e1", "transition"),
        ),
    )
    assert texts(BEFORE, after) == [
        "1 report came in: harbour-post, “Toll of raid rises to two”",
        "Raid on Odesa, 2 March: now also told by harbour-post, “Toll of raid rises to two”",
        "Raid on Odesa, 2 March: killed: 1+ -> 2+, by harbour-post, “Toll of raid rises to two”",
        "Raid on Odesa, 2 March: wounded (city:odesa, this day): 5..9 [disputed], not told before, by harbour-post, “Toll of raid rises to two”",
        "Raid on Odesa, 2 March: launched (strike drone): 38, no longer held",
        "changed record open: No earlier figure is known, in either report.",
        "new revision: One of the wounded died.",
    ]
    moved = next(line for line in what_changed(BEFORE, after) if line.kind == "tally_moved")
    assert (moved.before, moved.after, moved.claims, moved.documents, moved.event) == ("1+", "2+", ("c2",), ("d2",), "e1")


def test_an_event_is_followed_by_alias_and_by_its_tellings() -> None:
    other = Event("e0", "air_attack", "Raid on the port", ("h0",), ("d0",))
    before = msgspec.structs.replace(BEFORE, events=(EVENT, other))
    joined = Event("e0", "air_attack", "Raid on Odesa, 2 March", ("h0", "h1"), ("d0", "d1"), aliases=("e1",))
    tallies = tuple(msgspec.structs.replace(tally, event="e0") for tally in BEFORE.tallies)
    findings = tuple(msgspec.structs.replace(finding, event="e0") for finding in BEFORE.findings)
    after = msgspec.structs.replace(BEFORE, events=(joined,), tallies=tallies, findings=findings)
    assert texts(before, after) == ["“Raid on Odesa, 2 March” and “Raid on the port” are now one event: Raid on Odesa, 2 March"]
    renamed = msgspec.structs.replace(after, events=(msgspec.structs.replace(joined, id="e0", aliases=(), happenings=("h1",), documents=("d1",)),))
    assert texts(BEFORE, renamed) == []


def test_what_is_gone_is_said() -> None:
    after = msgspec.structs.replace(BEFORE, events=(), tallies=(), findings=())
    assert texts(BEFORE, after) == ["no longer record open: No earlier figure is known.", "no longer an event: Raid on Odesa, 2 March"]


def test_two_findings_of_one_kind_are_told_apart_by_their_claims() -> None:
    first, second = (Finding("divergence", f"Figures {n} differ.", (f"c{n}",), event="e1", measure="killed") for n in (1, 2))
    before = msgspec.structs.replace(BEFORE, findings=(first, second))
    after = msgspec.structs.replace(BEFORE, findings=(second,))
    assert texts(before, after) == ["no longer divergence: Figures 1 differ."]


def test_lines_speak_in_names_and_times_in_words_and_never_in_ids() -> None:
    documents = (
        msgspec.structs.replace(ONE, title=""),
        Document("d3", "Nobody was hurt.", "harbour-post", published="2024-03-05T08:05:00+02:00"),
        Document("d4", "Two hurt.", published="2024-03"),
        Document("d5", "Two hurt.", path="drop/night.txt"),
    )
    told = claim("c1", "d1")
    scopes = (Scope("g703448"), Scope("name:salt_market"), Scope("place:pier"))
    book = Book(
        sources=(Source("port-radio", "Port Radio"), Source("harbour-post", "The Harbour Post")),
        documents=documents,
        claims=(msgspec.structs.replace(told, place=Place("place:pier", "North Pier")),),
        events=(msgspec.structs.replace(EVENT, documents=("d1", "d3", "d4", "d5")),),
        tallies=tuple(Tally("e1", "killed", scope=scope, low=1, high=1) for scope in scopes),
    )
    assert texts(None, book) == [
        "4 reports came in: Port Radio (2 March 2024), The Harbour Post (5 March 2024, 08:05), a report of 2024-03 and 1 more",
        "new event: Raid on Odesa, 2 March (told by Port Radio (2 March 2024), "
        "The Harbour Post (5 March 2024, 08:05), a report of 2024-03 and 1 more; "
        "killed (Kyiv) 1, killed (Salt Market) 1, killed (North Pier) 1)",
    ]
