"""People's decisions: what each kind does to the account, what is refused, and that an undoing gives the account back byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner

import crosstally
from crosstally.app import Ledger
from crosstally.cli.main import main
from crosstally.errors import DecisionError
from crosstally.export.interchange import as_json
from crosstally.ledger import MemoryStore, open_ledger
from crosstally.values import Claim, Decision, Document, Tally
from tests.properties.test_account import SCHEMA, check_joins

FIRST = "Three people were killed and nine wounded in a drone strike on Odesa on Monday, Governor Oleh Kiper said."
SECOND = "A strike on Odesa on Monday killed five people, police said. Mayor Hennadii Trukhanov said 12 were wounded."
THIRD = "In a drone strike on Odesa on Monday ten people were wounded, the region's emergency service said."
OTHER = "A drone strike on Kharkiv on Monday wounded four people, Mayor Ihor Terekhov said. Terekhov said two cars burned."


def documents() -> list[Document]:
    told = ((FIRST, "wire"), (SECOND, "herald"), (THIRD, "courier"), (OTHER, "wire"))
    return [Document.from_text(text, published=f"2025-07-{n:02}T12:00", source=source) for n, (text, source) in enumerate(told, 7)]


@pytest.fixture(params=["memory", "file"])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    store = MemoryStore() if request.param == "memory" else open_ledger(tmp_path_factory.mktemp("ledger") / "books.ctly")
    with Ledger(store) as ledger:
        ledger.add(documents())
        yield ledger


def claim(ledger: Ledger, measure: str, value: int) -> Claim:
    (found,) = [c for c in ledger.claims(measure=measure) if c.quantity is not None and c.quantity.low == value]
    return found


def event_of(ledger: Ledger, id: str) -> str | None:
    return next(a.event for a in ledger.book.assignments if a.claim == id)


def tally(ledger: Ledger, measure: str, id: str) -> Tally:
    (found,) = [t for t in ledger.tallies(event_of(ledger, id)) if t.measure == measure and not t.facets and t.scope.place is None]
    return found


def entity(ledger: Ledger, name: str) -> str:
    (found,) = [e.id for e in ledger.book.entities if e.name == name]
    return found


def test_a_rejected_claim_stays_and_no_figure_rests_on_it(books: Ledger) -> None:
    three = claim(books, "killed", 3)
    assert three.id in tally(books, "killed", three.id).claims
    decision = books.decide("reject", three.id, who="J. Moss", why="counts another strike", when="2025-07-12")
    row = next(a for a in books.book.assignments if a.claim == three.id)
    left = tally(books, "killed", three.id)
    assert row.rejected and row.voice is None and row.decisions == (decision.id,)
    assert (left.low, three.id in left.claims, left.decisions) == (5, False, (decision.id,))
    assert three in books.book.claims
    check_joins(books.book)


def test_a_corrected_claim_stays_as_read_and_counts_as_corrected(books: Ledger) -> None:
    three = claim(books, "killed", 3)
    decision = books.decide("correct", three.id, who="J. Moss", change={"value": "4", "speaker": "rescuers"})
    row = next(a for a in books.book.assignments if a.claim == three.id)
    assert three in books.book.claims
    assert row.corrected is not None and row.corrected.quantity is not None and row.corrected.quantity.low == 4
    assert row.corrected.speaker is not None and row.corrected.speaker.name == "rescuers"
    assert (tally(books, "killed", three.id).reported_low, tally(books, "killed", three.id).low) == (4, 5)
    told = next(c for c in books.as_dict()["claims"] if c["id"] == three.id)
    assert told["quantity"]["low"] == 3 and told["corrected"]["quantity"]["low"] == 4 and told["decisions"] == [decision.id]


@pytest.mark.parametrize("text, low, high", [("14", 14, 14), ("1,400+", 1400, None), ("..10", 0, 10), ("12..15", 12, 15)])
def test_a_value_is_written_as_tallies_are(text: str, low: int, high: int | None) -> None:
    from crosstally.domain import load_domain
    from crosstally.judge import corrected

    ledger = crosstally.read(documents()[0])
    quantity = corrected(claim(ledger, "killed", 3), [("value", text)], load_domain()).quantity
    assert quantity is not None and (quantity.low, quantity.high) == (low, high)


def test_a_measure_is_corrected_with_its_only_reading(books: Ledger) -> None:
    four = claim(books, "wounded", 4)
    books.decide("correct", four.id, who="J. Moss", change={"measure": "killed", "facets": "age=child"})
    found = [t for t in books.tallies(event_of(books, four.id)) if four.id in t.claims]
    assert [(t.measure, t.facets.notation(), t.low) for t in found] == [("killed", "age=child", 4)]


@pytest.mark.parametrize("convention, column", [("ucdp", "best"), ("ibc", "max_deaths")])
def test_a_convention_codes_the_account_as_decided(books: Ledger, convention: str, column: str) -> None:
    def coded() -> list[object]:
        return [row.cell(column).value for row in books.recode(convention).rows if row.event == event]

    five = claim(books, "killed", 5)
    event = event_of(books, five.id)
    assert coded() == [5]
    corrected = books.decide("correct", five.id, who="J. Moss", change={"value": "7"})
    assert coded() == [7]
    books.undo(corrected.id, who="J. Moss")
    rejected = books.decide("reject", five.id, who="J. Moss", why="counts another strike")
    assert coded() == [3] and all(five.id not in cell.claims for row in books.recode(convention).rows for cell in row.cells)
    books.undo(rejected.id, who="J. Moss")
    assert coded() == [5]


def test_events_are_joined_and_parted_and_say_by_whom(books: Ledger) -> None:
    nine, four = claim(books, "wounded", 9), claim(books, "wounded", 4)
    odesa, kharkiv = event_of(books, nine.id), event_of(books, four.id)
    assert odesa and kharkiv and odesa != kharkiv
    joined = books.decide("same_event", [odesa, kharkiv], who="J. Moss", why="one salvo")
    assert event_of(books, nine.id) == event_of(books, four.id)
    event = next(e for e in books.events if e.id == event_of(books, nine.id))
    assert any("decided by J. Moss" in j.reason and "one salvo" in j.reason for j in event.joins)
    assert {odesa, kharkiv} <= {event.id, *event.aliases}
    books.undo(joined.id, who="J. Moss")
    twelve = claim(books, "wounded", 12)
    assert event_of(books, nine.id) == event_of(books, twelve.id)
    books.decide("different_event", [nine.id, twelve.id], who="J. Moss")
    parted = [next(e for e in books.events if e.id == event_of(books, c.id)) for c in (nine, twelve)]
    assert parted[0] != parted[1]
    assert all(any(j.refused and "decided by J. Moss" in j.reason for j in e.joins) for e in parted)
    check_joins(books.book)


def test_people_are_joined_and_parted(books: Ledger) -> None:
    kiper, mayor = entity(books, "Oleh Kiper"), entity(books, "Hennadii Trukhanov")
    joined = books.decide("same_person", [kiper, mayor], who="J. Moss")
    assert not {e.name for e in books.book.entities} >= {"Oleh Kiper", "Hennadii Trukhanov"}
    assert any("decided by J. Moss" in r for e in books.book.entities for r in e.reasons)
    books.undo(joined.id, who="J. Moss")
    books.decide("different_person", [kiper, mayor], who="J. Moss")
    assert {kiper, mayor} <= {e.id for e in books.book.entities}


def test_one_report_s_person_is_parted_from_another_s(books: Ledger) -> None:
    books.add([Document.from_text("Governor Oleh Kiper said three people were killed in Odesa on Monday.", published="2025-07-09", source="post")])
    kiper = entity(books, "Oleh Kiper")
    locals_ = [local for local, id in books.book.mention_entities if id == kiper]
    assert len(locals_) == 2
    books.decide("different_person", locals_, who="J. Moss", why="a namesake")
    mapping = dict(books.book.mention_entities)
    assert mapping[locals_[0]] != mapping[locals_[1]]


@pytest.mark.parametrize("by", ["claim", "voice", "entity"])
def test_a_preferred_speaker_sets_best_and_latest_and_hides_nobody(books: Ledger, by: str) -> None:
    nine = claim(books, "wounded", 9)
    before = tally(books, "wounded", nine.id)
    voice = next(a.voice for a in books.book.assignments if a.claim == nine.id)
    subject = {"claim": nine.id, "voice": voice or "", "entity": entity(books, "Oleh Kiper")}[by]
    decision = books.decide("prefer_speaker", [subject, event_of(books, nine.id) or ""], who="J. Moss", change={"measure": "wounded"})
    after = tally(books, "wounded", nine.id)
    assert (after.best, after.latest, after.decisions) == (9, 9, (decision.id,))
    assert (after.low, after.high, after.state, after.claims, after.voices) == (before.low, before.high, before.state, before.claims, before.voices)
    assert tally(books, "killed", nine.id).decisions == ()


WRONG: dict[str, Callable[[Ledger], object]] = {
    "an unknown id": lambda b: b.decide("accept", "c0", who="J. Moss"),
    "an event where a claim belongs": lambda b: b.decide("reject", b.events[0].id, who="J. Moss"),
    "an unknown kind": lambda b: b.decide("like", claim(b, "killed", 3).id, who="J. Moss"),
    "nobody decides": lambda b: b.decide("accept", claim(b, "killed", 3).id, who=" "),
    "one event alone": lambda b: b.decide("same_event", b.events[0].id, who="J. Moss"),
    "one telling told apart from itself": lambda b: b.decide(
        "different_event", [claim(b, "killed", 3).id, claim(b, "wounded", 9).id], who="J. Moss"
    ),
    "nothing to correct": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss"),
    "no such field": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss", change={"text": "x"}),
    "no figure": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss", change={"value": "some"}),
    "upside down": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss", change={"value": "9..3"}),
    "no such measure": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss", change={"measure": "dead"}),
    "no such member": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss", change={"facets": "age=old"}),
    "read so already": lambda b: b.decide("correct", claim(b, "killed", 3).id, who="J. Moss", change={"value": "3"}),
    "no such time": lambda b: b.decide("accept", claim(b, "killed", 3).id, who="J. Moss", when="yesterday"),
    "no such decision": lambda b: b.undo("j0", who="J. Moss"),
    "a body is no person": lambda b: b.decide("same_person", [entity(b, "Oleh Kiper"), entity(b, "police")], who="J. Moss"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_decided_changes_nothing(books: Ledger, what: str) -> None:
    before = as_json(books.book)
    with pytest.raises(DecisionError) as error:
        WRONG[what](books)
    assert str(error.value)
    assert books.decisions == () and as_json(books.book) == before


def test_a_decision_against_one_in_force_is_refused_until_that_is_undone(books: Ledger) -> None:
    three, five, nine = claim(books, "killed", 3), claim(books, "killed", 5), claim(books, "wounded", 9)
    four, ten = claim(books, "wounded", 4), claim(books, "wounded", 10)
    taken = books.decide("accept", three.id, who="J. Moss")
    books.decide("same_event", [nine.id, four.id], who="J. Moss")
    books.decide("same_event", [four.id, ten.id], who="J. Moss")
    books.decide("prefer_speaker", nine.id, who="J. Moss")
    before = as_json(books.book)
    for kind, subject in (("reject", three.id), ("different_event", (nine.id, ten.id)), ("prefer_speaker", ten.id)):
        with pytest.raises(DecisionError, match=r"contradict|undo|earlier"):
            books.decide(kind, subject, who="A. Reyes")
    with pytest.raises(DecisionError):  # the same two events, by other ids
        books.decide("different_event", [five.id, four.id, three.id], who="A. Reyes")
    assert len(books.decisions) == 4 and as_json(books.book) == before
    books.undo(taken.id, who="J. Moss")
    books.decide("reject", three.id, who="A. Reyes")


def every_kind(books: Ledger) -> list[Decision]:
    """One decision of every kind, none against another."""
    nine, four, ten = (claim(books, "wounded", n) for n in (9, 4, 10))
    people = [entity(books, "Oleh Kiper"), entity(books, "Hennadii Trukhanov")]
    asked = (
        ("accept", nine.id, {}), ("reject", claim(books, "killed", 3).id, {}), ("correct", four.id, {"value": "5+"}),
        ("same_event", (nine.id, four.id), {}), ("different_event", (nine.id, ten.id), {}), ("different_person", people, {}),
        ("prefer_speaker", nine.id, {}),
    )  # fmt: skip
    return [books.decide(kind, subject, who="J. Moss", change=change, when="2025-07-12") for kind, subject, change in asked]


def test_undone_one_by_one_the_account_is_what_it_was(books: Ledger) -> None:
    states = [as_json(books.book)]
    for kind, subject, change in (
        ("accept", claim(books, "wounded", 9).id, {}),
        ("reject", claim(books, "killed", 3).id, {}),
        ("correct", claim(books, "wounded", 4).id, {"measure": "killed"}),
        ("same_event", (claim(books, "wounded", 9).id, claim(books, "wounded", 4).id), {}),
        ("same_person", (entity(books, "Oleh Kiper"), entity(books, "Hennadii Trukhanov")), {}),
        ("prefer_speaker", claim(books, "wounded", 12).id, {}),
    ):
        books.decide(kind, subject, who="J. Moss", change=change)
        states.append(as_json(books.book))
    assert len(set(states)) == len(states)
    for decision, state in zip(reversed(books.decisions), reversed(states[:-1]), strict=False):
        books.undo(decision.id, who="A. Reyes")
        assert as_json(books.book) == state
    SCHEMA.validate(books.as_dict())


def test_an_undoing_may_be_undone(books: Ledger) -> None:
    books.decide("reject", claim(books, "killed", 3).id, who="J. Moss")
    decided = as_json(books.book)
    undoing = books.undo(books.decisions[0].id, who="A. Reyes")
    with pytest.raises(DecisionError, match="undone already"):
        books.undo(books.decisions[0].id, who="A. Reyes")
    books.undo(undoing.id, who="J. Moss")
    assert as_json(books.book) == decided


def test_replayed_the_ledger_is_the_same(books: Ledger) -> None:
    every_kind(books)
    books.undo(books.decisions[1].id, who="A. Reyes")
    account = as_json(books.book)
    other = MemoryStore()
    with Ledger(other) as again:
        again.add(reversed(documents()))
        for _ in range(2):
            for decision in books.decisions:
                other.append_decision(decision)
        assert again.decisions == books.decisions
        assert as_json(again.book) == account


def test_the_order_of_decisions_that_do_not_touch_never_matters() -> None:
    with Ledger() as books:
        books.add(documents())
        taken = every_kind(books)
        account = books.as_dict()
    for order in list(permutations(taken))[:: 5040 // 12]:
        store = MemoryStore()
        with Ledger(store) as again:
            again.add(documents())
            for decision in order:
                store.append_decision(decision)
            assert again.as_dict() == account


def test_a_decision_outlives_new_names_of_what_it_is_about(books: Ledger) -> None:
    nine, four = claim(books, "wounded", 9), claim(books, "wounded", 4)
    decision = books.decide("same_event", [event_of(books, nine.id) or "", event_of(books, four.id) or ""], who="J. Moss")
    earlier = "A drone strike on Odesa on Monday wounded nine people, Governor Oleh Kiper said on Monday."
    books.add([Document.from_text(earlier, published="2025-07-07T08:00", source="radio")])
    assert event_of(books, nine.id) == event_of(books, four.id) not in decision.subject
    (row,) = books.book.decisions
    assert not row.idle and set(row.now) == {event_of(books, nine.id)}


def test_a_decision_about_what_is_not_in_the_account_is_idle(books: Ledger) -> None:
    four = claim(books, "wounded", 4)
    books.decide("reject", four.id, who="J. Moss")
    books.decide("same_event", [claim(books, "wounded", 9).id, four.id], who="J. Moss")
    early = books.as_of("2025-07-08")
    assert [bool(row.idle) for row in early.decisions] == [True, True]
    check_joins(early)


def test_decisions_that_contradict_stand_by_the_earlier_one() -> None:
    store = MemoryStore()
    with Ledger(store) as books:
        books.add(documents())
        three = claim(books, "killed", 3).id
        store.append_decision(Decision("j1", "reject", (three,), "J. Moss", "2025-07-12"))
        alone = books.as_of(None)
        store.append_decision(Decision("j2", "accept", (three,), "A. Reyes", "2025-07-13"))
        both = books.as_of(None)
    assert msgspec.structs.replace(both, decisions=()) == msgspec.structs.replace(alone, decisions=())
    assert [bool(row.idle) for row in both.decisions] == [False, True]


def test_the_command_decides_lists_undoes_and_refuses(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "books.ctly"
    with Ledger(open_ledger(file)) as books:
        books.add(documents())
        books.balance()
        three = claim(books, "killed", 3).id

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["decide", *words, "--ledger", str(file)])
        return result.exit_code, result.output

    code, told = run("reject", three, "--who", "J. Moss", "--why", "counts another strike")
    assert code == 0 and "J. Moss" in told and "counts another strike" in told and "killed" in told
    id = told.split(":")[0]
    assert run("accept", three, "--who", "A. Reyes")[0] == 2
    assert run("reject", "c0", "--who", "A. Reyes")[0] == 2
    assert run("correct", three, "--who", "A. Reyes", "--set", "value")[0] == 2
    assert run("reject", three)[0] == 2
    assert "in force" in run("list")[1]
    shown = CliRunner().invoke(main, ["ledger", "--ledger", str(file)]).output
    page = CliRunner().invoke(main, ["ledger", "--ledger", str(file), "--format", "html"]).output
    assert all("Decided by people".lower() in text.lower() and "decision of J. Moss" in text for text in (shown, page))
    assert id in CliRunner().invoke(main, ["explain", three, "--ledger", str(file)]).output
    code, told = run("undo", id, "--who", "A. Reyes")
    assert code == 0 and f"{id} undone: decided by A. Reyes" in told
    undoing = told.split(":")[0]
    assert f", undone: by {undoing}" in run("list")[1]
    code, told = run("undo", undoing, "--who", "J. Moss")
    listed = run("list")[1]
    assert f"reject {three}, in force" in listed and f"undo {id}, undone: by {told.split(':')[0]}" in listed
    assert CliRunner().invoke(main, ["decide", "list", "--ledger", str(Path(str(tmp_path)) / "none.ctly")]).exit_code == 2


def test_the_schema_knows_decisions(books: Ledger) -> None:
    every_kind(books)
    told = books.as_dict()
    SCHEMA.validate(told)
    told["decisions"][0].pop("who")
    with pytest.raises(jsonschema.ValidationError):
        SCHEMA.validate(told)
