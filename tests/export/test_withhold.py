"""Names of the dead and wounded are covered; speakers and leaders are not; offsets still hold."""

from __future__ import annotations

import msgspec

from crosstally.export.withhold import COVER, spoken, victims, withhold
from crosstally.values import Entity
from tests.export.book_fixture import domain, night, shooting


def test_a_named_victim_is_found_and_a_speaker_is_not() -> None:
    assert victims(shooting(), domain()) == {"e-mara"}
    assert victims(night(), domain()) == frozenset()


def test_the_name_is_nowhere_in_the_covered_book() -> None:
    covered = withhold(shooting(), domain())
    assert b"Mara" not in msgspec.json.encode(covered, enc_hook=dict)
    assert b"Ellison" not in msgspec.json.encode(covered, enc_hook=dict)
    assert b"Tom Reyes" in msgspec.json.encode(covered, enc_hook=dict)


def test_offsets_still_hold() -> None:
    plain, covered = shooting(), withhold(shooting(), domain())
    texts = {d.id: d.text for d in covered.documents}
    assert [len(d.text) for d in covered.documents] == [len(d.text) for d in plain.documents]
    assert all(c.span.of(texts[c.document]) == c.text for c in covered.claims)
    assert COVER in texts["one"]


def test_what_other_stages_wrote_is_covered_too() -> None:
    book = shooting()
    told = msgspec.structs.replace(book.findings[0], explanation="Mara Ellison is counted by one and not by the other.")
    covered = withhold(msgspec.structs.replace(book, findings=(told,)), domain())
    assert spoken(covered.findings[0].explanation) == "[name withheld] is counted by one and not by the other."


def test_nothing_to_cover_leaves_the_book_alone() -> None:
    book = night()
    assert withhold(book, domain()) is book


def test_a_name_that_reads_like_a_word_does_no_harm() -> None:
    book = shooting()
    entities = (Entity("e-mara", "person", "Mara Ellison", ("Mara Ellison", "people")), *book.entities[1:])
    covered = withhold(msgspec.structs.replace(book, entities=entities), domain())
    assert "four people were killed" in covered.documents[0].text
