"""One contract, every store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import msgspec
import pytest

from crosstally.ledger import MemoryStore, open_ledger
from crosstally.values import (
    Assignment,
    Book,
    Claim,
    Count,
    Decision,
    Document,
    DocumentReading,
    Entity,
    Event,
    Evidence,
    Facets,
    Finding,
    Happening,
    Join,
    Lineage,
    Mention,
    Place,
    Quantity,
    Reading,
    Scope,
    Sentence,
    Source,
    Span,
    Speaker,
    Store,
    Tally,
    Token,
    Unread,
    Voice,
    Window,
)


def clock() -> Callable[[], str]:
    ticks = count()
    return lambda: f"2024-03-02T08:{next(ticks) // 60 % 60:02}:00+00:00"


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = MemoryStore(clock=clock()) if request.param == "memory" else open_ledger(tmp_path / "a ledger%.db", clock=clock())
    with made:
        yield made


RAID = "Overnight raid on Odesa’s port\nDrones hit a grain store. At least 12 people were hurt, the governor said."
LATER = "Toll rises after port raid\nThe number of wounded rose to 15, the governor’s office said on Sunday."


def document(text: str = RAID, **fields: object) -> Document:
    made = Document.from_text(text, source="harbour-post", published="2024-03-02", title=text.split("\n")[0], language="en")
    return msgspec.structs.replace(made, **fields)


def reading(of: Document, low: int = 12) -> DocumentReading:
    start = of.text.rindex(str(low))
    sentence = Span(of.text.rindex("\n", 0, start) + 1, len(of.text))
    tokens = (
        Token(start, start + 2, str(low), str(low)),
        Token(start + 3, start + 9, of.text[start + 3 : start + 9], "odd lemma"),
    )
    claim = Claim(
        id=f"c{of.id}",
        document=of.id,
        span=Span(start, start + 2),
        sentence=sentence,
        text=sentence.of(of.text),
        measure="wounded",
        facets=Facets(age="adult", role="civilian"),
        figure=Span(start, start + 2),
        quantity=Quantity(low, None, "at_least", "people", f"at least {low}"),
        readings=(Reading("wounded", Facets(age="adult")), Reading("affected", place="city:odesa", why="other definition")),
        scope=Scope("city:odesa", "day", True),
        place=Place("city:odesa", "Odesa", "city", "ua", 46.48, 30.73, ("region:odesa",)),
        window=Window("2024-03-01T22:00", "2024-03-02T06:00", "night", "overnight"),
        speaker=Speaker("the governor", "governor"),
        trace=("number", "frame:wounded"),
    )
    return DocumentReading(
        of.id,
        claims=(claim,),
        happenings=(Happening(f"h{of.id}", of.id, "air_attack", Span(0, 9), main=True, words=("raid", "port")),),
        mentions=(Mention(of.id, Span(start, start + 2), "quantity", str(low), Quantity(low, low), "number", number="count"),),
        entities=(Entity(f"{of.id}:e1", "person", "the governor"),),
        unread=(Unread(of.id, Span(0, 2), "no count"),),
        sentences=(Sentence(0, Span(0, 30), 0, (), "repeated", True), Sentence(1, sentence, 1, tokens)),
    )


def book(*documents: Document, low: int = 12) -> Book:
    readings = [reading(each, 15 if each.text == LATER else 12) for each in documents]
    claims = tuple(claim for each in readings for claim in each.claims)
    ids = tuple(claim.id for claim in claims)
    return Book(
        sources=(Source("harbour-post", "Harbour Post"),),
        documents=documents,
        claims=claims,
        mentions=tuple(mention for each in readings for mention in each.mentions),
        happenings=tuple(happening for each in readings for happening in each.happenings),
        entities=(Entity("e:governor", "person", "the governor", ("governor",)),),
        voices=(Voice("v1", "briefing", "regional office", None, tuple(d.id for d in documents), ids),),
        lineage=(Lineage("a", "b", "copies", "same words", ((Span(0, 4), Span(3, 7)),)),),
        events=(Event("ev1", "air_attack", "Raid on Odesa", tuple(f"h{d.id}" for d in documents), tuple(d.id for d in documents),
                      joins=(Join(("a", "b"), "same night"),)),),
        event_voices=(("ev1", Count(1, 2)),),
        tallies=(Tally("ev1", "wounded", Facets(age="adult"), low=low, state="single", claims=ids, voices=Count(1, 1)),),
        findings=(Finding("revision", f"The toll stands at {low}.", ids, (Evidence(documents[0].id, Span(0, 3)),), "ev1", "update"),),
        assignments=tuple(Assignment(id, "ev1", "v1", 1) for id in ids),
        mention_entities=(("x:e1", "e:governor"),),
        unread=tuple(unread for each in readings for unread in each.unread),
        as_of="2024-03-03",
    )  # fmt: skip


def test_an_empty_ledger_holds_nothing(store: Store) -> None:
    assert store.documents() == () == store.sources() == store.decisions() == store.history() == store.claims()
    assert list(store.readings()) == []
    assert store.load_book() is None
    assert store.known(["d1"]) == frozenset()
    assert set(store.stats().values()) == {0}


def test_what_is_put_comes_back_equal(store: Store) -> None:
    one, two = document(origin_map=((0, 3), (5, -1)), url="https://post.example/a", path="in/a.html"), document(LATER)
    source = Source("harbour-post", "Harbour Post", "harbour group", "https://post.example", "the wire")
    assert store.put([one, two], [source], [reading(two, 15), reading(one)]) == (one.id, two.id)
    assert store.documents() == (one, two)
    assert store.sources() == (source,)
    assert list(store.readings()) == [reading(one), reading(two, 15)]
    assert store.known(["nothing", one.id]) == {one.id}


def test_the_same_report_twice_changes_nothing(store: Store) -> None:
    one = document()
    for _ in range(2):
        store.put([one], [Source("harbour-post", "Harbour Post")], [reading(one)])
        store.save_book(book(one))
    first = (store.documents(), store.sources(), list(store.readings()), store.load_book(), store.history(), store.stats())
    assert store.put([one], [Source("harbour-post", "Harbour Post")], [reading(one)]) == ()
    assert store.save_book(book(one)) is False
    assert first == (store.documents(), store.sources(), list(store.readings()), store.load_book(), store.history(), store.stats())
    assert store.stats()["documents"] == 1 == store.stats()["claims"]


def test_a_stored_report_is_never_changed_by_another_of_the_same_id(store: Store) -> None:
    one = document()
    store.put([one], [], [reading(one)])
    store.put([msgspec.structs.replace(one, title="Something else")], [], [DocumentReading(one.id)])
    assert store.documents() == (one,)
    assert list(store.readings()) == [reading(one)]


def test_a_reading_is_replaced_only_when_asked(store: Store) -> None:
    one = document()
    store.put([one], [], [reading(one)])
    store.put([], [], [DocumentReading(one.id)], replace=True)
    assert list(store.readings()) == [DocumentReading(one.id)]
    assert store.claims() == () == store.search("hurt people")[:0]
    assert [line.kind for line in store.history()] == ["document", "reading"]
    store.put([], [], [DocumentReading(one.id)], replace=True)
    assert len(store.history()) == 2


@pytest.mark.parametrize("stray", [[DocumentReading("d-nowhere")], [DocumentReading("twice"), DocumentReading("twice")]])
def test_readings_without_a_document_are_refused_and_nothing_is_kept(store: Store, stray: list[DocumentReading]) -> None:
    with pytest.raises(ValueError, match=stray[0].document):
        store.put([document()], [Source("harbour-post")], stray)
    assert store.documents() == () and store.sources() == ()


def test_two_documents_of_one_id_in_one_call_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="two documents"):
        store.put([document(), document(title="Other")], [], [])


def test_a_source_keeps_what_it_has_and_fills_its_blanks(store: Store) -> None:
    one = document()
    store.put([one], [], [])
    assert store.sources() == (Source("harbour-post", "harbour-post"),)
    store.put([one], [Source("harbour-post", "Harbour Post", "harbour group")], [])
    store.put([one], [Source("harbour-post", "HP", "other group", "https://post.example")], [])
    assert store.sources() == (Source("harbour-post", "Harbour Post", "harbour group", "https://post.example"),)


def test_versions_of_one_address_are_chained_whatever_order_they_came_in(store: Store) -> None:
    url = "https://post.example/raid"
    later = document(LATER, url=url, published="2024-03-03T10:00:00+02:00")
    earlier = document(url=url, published="2024-03-03T07:30:00+00:00")
    store.put([later], [], [])
    store.put([earlier], [], [])
    # ten o'clock at +02:00 is eight in UTC, half an hour behind the other
    assert {d.id: d.version_of for d in store.documents()} == {earlier.id: None, later.id: earlier.id}


def test_claims_are_found_by_document_event_and_measure(store: Store) -> None:
    one, two = document(), document(LATER)
    store.put([one, two], [], [reading(one), reading(two, 15)])
    assert [c.document for c in store.claims()] == [one.id, two.id]
    assert [c.document for c in store.claims(document=two.id)] == [two.id]
    assert store.claims(measure="killed") == () == store.claims(event="ev1")
    store.save_book(book(one))
    assert [c.document for c in store.claims(event="ev1", measure="wounded")] == [one.id]


def test_decisions_are_appended_once_and_kept_in_order(store: Store) -> None:
    first = Decision("j2", "reject", ("c1",), "Olha", "2024-03-02T10:00", "counted twice")
    second = Decision("j1", "correct", ("c2",), "Olha", "2024-03-02T11:00", change=(("measure", "killed"),))
    assert [store.append_decision(first), store.append_decision(second), store.append_decision(first)] == [True, True, False]
    assert store.decisions() == (first, second)
    with pytest.raises(ValueError, match="j2"):
        store.append_decision(msgspec.structs.replace(first, why="another"))
    assert store.decisions() == (first, second)


def test_a_book_comes_back_equal_and_the_log_says_what_moved(store: Store) -> None:
    one, two = document(), document(LATER)
    store.put([one], [], [reading(one)])
    assert store.save_book(book(one)) is True
    assert store.load_book() == book(one)
    store.put([two], [], [reading(two, 15)])
    after = book(one, two, low=15)
    store.save_book(after)
    assert store.load_book() == after
    lines = [line.text for line in store.history() if line.kind == "book"]
    assert any("wounded (adult): 12+ -> 15+, by Harbour Post, “Toll rises after port raid”" in line for line in lines), lines
    store.save_book(book(one))
    assert store.load_book() == book(one)


def test_who_has_compared_two_books_says_what_moved(store: Store) -> None:
    one = document()
    store.put([one], [], [reading(one)])
    assert store.save_book(book(one), moved=[("e1", "a raid is new"), ("", "one report came")]) is True
    assert store.load_book() == book(one)
    assert [(line.subject, line.text) for line in store.history() if line.kind == "book"] == [("e1", "a raid is new"), ("", "one report came")]
    assert store.save_book(book(one)) is False


def test_the_log_calls_reports_claims_and_events_by_name(store: Store) -> None:
    one, two = document(), document(LATER, title="", published="2024-03-04T08:05:00")
    store.put([one, two], [Source("harbour-post", "The Harbour Post")], [reading(one), reading(two, 15)])
    made = book(one, two)
    store.save_book(made)
    event, entity = made.events[0], made.entities[0]
    store.append_decision(Decision("j1", "correct", (made.claims[0].id,), "Olha", "2024-03-05", change=(("value", "13"),)))
    store.append_decision(Decision("j2", "different_event", (event.id, "e9"), "Olha", "2024-03-05"))
    store.append_decision(Decision("j3", "prefer_speaker", (entity.id,), "Olha", "2024-03-05"))
    lines = [line.text for line in store.history() if line.kind in ("document", "decision")]
    assert lines == [
        "added The Harbour Post, “Overnight raid on Odesa’s port”, 2 March 2024",
        "added The Harbour Post (4 March 2024, 08:05)",
        f"Olha: correct “{made.claims[0].text}” (value 13)",
        f"Olha: different event “{event.title}” and e9",
        f"Olha: prefer speaker “{entity.name}”",
    ]


def test_a_book_may_hold_claims_and_documents_that_differ_from_those_read(store: Store) -> None:
    one, two = document(), document(LATER)
    store.put([one, two], [], [reading(one), reading(two, 15)])
    made = book(one, two)
    mixed = msgspec.structs.replace(
        made,
        documents=(msgspec.structs.replace(one, title="Corrected"), two),
        claims=(made.claims[1], msgspec.structs.replace(made.claims[0], measure="killed"), made.claims[1]),
        mentions=made.mentions[::-1],
    )
    store.save_book(mixed)
    assert store.load_book() == mixed


def test_search_finds_words_in_claims_and_texts_and_takes_any_query(store: Store) -> None:
    one, two = document(), document(LATER + " 无人机袭击敖德萨。")
    store.put([one, two], [], [reading(one), reading(two, 15)])
    assert [(hit.document, hit.claim) for hit in store.search("Wounded rose")] == [(two.id, f"c{two.id}"), (two.id, None)]
    assert store.search("grain store")[0].document == one.id
    assert "敖德萨" in store.search("无人机")[-1].excerpt
    assert store.search("grain wounded") == ()
    for query in ("", '"', "NEAR(", "a* OR b", "col:x", "-", "'; DROP TABLE claim; --", "\x00"):
        store.search(query)
    assert len(store.search("the", limit=1)) == 1


def test_notes_and_numbers_of_the_log(store: Store) -> None:
    store.note("opened by a test", subject="s")
    store.note("closed")
    assert [(line.number, line.kind, line.subject, line.text) for line in store.history()] == [
        (1, "note", "s", "opened by a test"),
        (2, "note", "", "closed"),
    ]


def test_many_reports_stream_in_order(store: Store) -> None:
    documents = [document(f"Report {n}\n12 people were hurt.") for n in range(450)]
    store.put(documents, [], [reading(d) for d in documents])
    assert [r.document for r in store.readings()] == [d.id for d in documents]
    assert len(store.known(d.id for d in documents)) == 450
