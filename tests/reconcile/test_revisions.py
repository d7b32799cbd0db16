"""Tolls that move, corrections, and what supersedes what."""

from __future__ import annotations

import msgspec

from crosstally.reconcile import balance
from crosstally.values import Document

from .night import event_of, kinds, only, tally

DAYS = {"a": "2025-07-04", "b": "2025-07-05", "c": "2025-07-08"}


def test_a_toll_that_moves(domain):
    given = event_of(
        """a killed 1
        a wounded 23
        b killed 2 text="A second man died in hospital"
        b wounded 26
        c killed 3
        c wounded 32""",
        published=DAYS,
    )
    got = balance(given, domain)
    assert set(kinds(got)) == {"revision"}
    changes = [(f.title, f.change) for f in got.findings]
    assert changes == [
        ("People killed: 1, then 2", "transition"),
        ("People killed: 2, then 3", "update"),
        ("People wounded: 23, then 26, then 32", "update"),
    ]
    killed = tally(got, "killed")
    assert (killed.low, killed.high, killed.latest, killed.best, killed.state) == (1, 3, 3, None, "range")


def test_the_transition_is_read_in_the_sentence(domain):
    given = event_of("a killed 1\nb killed 2", published=DAYS)
    text = "One of the injured women died of her wounds on Saturday, police said. Nothing else is new here.".ljust(400)
    documents = (given.documents[0], Document(id="b", text=text, source="outlet b", published="2025-07-05"))
    claims = (given.claims[0], msgspec.structs.replace(given.claims[1], sentence=type(given.claims[1].span)(0, 70)))
    assert only(balance(msgspec.structs.replace(given, documents=documents, claims=claims), domain), "revision").change == "transition"


def test_one_speaker_later_replaces_the_earlier(domain):
    got = balance(event_of('a wounded 14 by="Mayor" said=2025-07-04T06:00\nb wounded 10 by="Mayor" said=2025-07-04T11:00'), domain)
    found = only(got, "revision")
    assert found.change == "correction"
    row = tally(got, "wounded")
    assert (row.low, row.high, row.latest, row.state) == (10, 10, 10, "single")
    assert set(row.claims) == {"a-00", "b-01"}


def test_order_is_by_when_it_was_said_not_published(domain):
    got = balance(
        event_of(
            'a wounded 22 by="Mayor" said=2025-07-04T11:00\nb wounded 14 by="Mayor" said=2025-07-04T06:00',
            published={"a": "2025-07-04", "b": "2025-07-06"},
        ),
        domain,
    )
    assert only(got, "revision").change == "update"
    assert tally(got, "wounded").latest == 22


def test_at_least_then_exact_agree(domain):
    got = balance(event_of('a wounded 14+ by="Mayor" said=2025-07-04T06:00\nb wounded 14 by="Mayor" said=2025-07-04T11:00'), domain)
    assert "revision" not in kinds(got)
    assert tally(got, "wounded").best == 14


def test_order_that_cannot_be_told_is_a_range(domain):
    got = balance(event_of("a wounded 14\nb wounded 22"), domain)
    assert kinds(got) == ["divergence"]
    assert only(got, "divergence").causes[0].startswith("time")
    assert (tally(got, "wounded").low, tally(got, "wounded").high) == (14, 22)


def test_other_speakers_coexist(domain):
    got = balance(event_of('a wounded 22 by="Mayor" said=2025-07-04T06:00\nb wounded 14 by="Police" said=2025-07-04T11:00'), domain)
    assert "revision" not in kinds(got)
    assert (tally(got, "wounded").low, tally(got, "wounded").high) == (14, 22)


def test_a_figure_said_again_is_not_replaced(domain):
    got = balance(
        event_of(
            """a shot_down[weapon=drone] 270 by="Air Force" said=2025-07-04T06:00
            b shot_down[weapon=drone] 290 by="Air Force" said=2025-07-04T07:00
            c shot_down[weapon=drone] 270 by="Air Force" said=2025-07-04T08:00"""
        ),
        domain,
    )
    assert tally(got, "shot_down", "weapon=drone").low == 270


def test_no_casualties_at_first_does_not_hold_the_toll_down(domain):
    given = event_of("a killed 0\nb killed 2", published=DAYS)
    none = msgspec.structs.replace(given.claims[0], quantity=msgspec.structs.replace(given.claims[0].quantity, hedge="none"))
    row = tally(balance(msgspec.structs.replace(given, claims=(none, given.claims[1])), domain), "killed")
    assert (row.low, row.high, row.latest) == (2, 2, 2)
