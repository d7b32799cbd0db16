"""Tolls that move, corrections, and what supersedes what."""

from __future__ import annotations

import msgspec

from crosstally.reconcile import balance
from crosstally.values import Document, Span

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
    assert (killed.low, killed.high, killed.latest, killed.best) == (3, 3, 3, None)
    assert (killed.reported_low, killed.reported_high) == (1, 3)


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


def passage(given, document, text, *rows):
    """The event with a report's text, its claims' sentences and figures (start, end; start, end) in it; other claims as they are."""
    spans = [(Span(text.index(sentence), text.index(sentence) + len(sentence)), text.index(figure)) for sentence, figure in rows]
    found = iter(zip(spans, (figure for _, figure in rows), strict=True))
    claims = []
    for claim in given.claims:
        if claim.document == document:
            (sentence, at), words = next(found)
            claim = msgspec.structs.replace(claim, sentence=sentence, figure=Span(at, at + len(words)))
        claims.append(claim)
    documents = tuple(msgspec.structs.replace(d, text=text) if d.id == document else d for d in given.documents)
    return msgspec.structs.replace(given, claims=tuple(claims), documents=documents)


def test_who_was_wounded_and_died_is_a_transition_told_in_the_next_sentence(domain):
    text = "The toll of the raid has risen to three, the mayor said. A man who was wounded that night has died."
    given = passage(
        event_of("a killed 2\nb killed 3", published=DAYS), "b", text, ("The toll of the raid has risen to three, the mayor said.", "three")
    )
    assert only(balance(given, domain), "revision").change == "transition"


def test_who_died_elsewhere_in_the_report_makes_no_transition(domain):
    text = "The toll of the raid has risen to three, the mayor said.\n\nIn other news, a singer who was wounded in May has died."
    given = passage(
        event_of("a killed 2\nb killed 3", published=DAYS), "b", text, ("The toll of the raid has risen to three, the mayor said.", "three")
    )
    assert only(balance(given, domain), "revision").change == "update"


def test_every_step_of_a_toll_is_listed(domain):
    given = event_of('a killed 1+\nb killed 2 text="a second victim died in hospital"\nc killed 3 text="she died of her wounds"', published=DAYS)
    found = only(balance(given, domain), "revision")
    assert (found.title, found.change) == ("People killed: at least 1, then 2, then 3", "transition")
    assert all(date in found.explanation for date in ("4 July", "5 July", "8 July"))
    assert len(found.claims) == 3


def test_at_least_of_one_day_is_no_step(domain):
    got = balance(event_of("a wounded 14+\nb wounded 22", published={"a": "2025-07-04", "b": "2025-07-04"}), domain)
    assert "revision" not in kinds(got)


def test_an_earlier_report_told_as_wrong_is_taken_back(domain):
    text = "At least two died, the governor said. An earlier report that seven had died was wrong, he said."
    given = passage(
        event_of('b killed 2+ by="Governor"\nb killed 7 by="Governor"'),
        "b",
        text,
        ("At least two died, the governor said.", "two"),
        ("An earlier report that seven had died was wrong, he said.", "seven"),
    )
    got = balance(given, domain)
    found = only(got, "revision")
    assert found.change == "retraction"
    assert found.claims == ("b-01",)
    row = tally(got, "killed")
    assert (row.low, row.high, row.latest, row.claims) == (2, None, 2, ("b-00",))


def test_a_figure_beside_a_wrong_one_stands(domain):
    text = "Four died, he said, and the earlier figure of nine was wrong."
    given = passage(event_of("b killed 4\nb killed 9"), "b", text, (text, "Four"), (text, "nine"))
    assert tally(balance(given, domain), "killed").best == 4


def test_an_outlet_s_earlier_count_is_named_as_what_had_been_told(domain):
    given = event_of('a killed 7 by="Governor"\nb killed 7 by="Governor" status=denied\nb killed 2 by="Governor"', published=DAYS)
    found = [f for f in balance(given, domain).findings if f.change == "retraction"]
    assert len(found) == 1
    assert set(found[0].claims) == {"a-00", "b-01"}


def test_a_denial_of_another_number_is_no_clash(domain):
    got = balance(event_of('a killed 2 by="Mayor"\nb killed 5 by="Police" status=denied'), domain)
    assert "divergence" not in kinds(got)
    assert tally(got, "killed").best == 2


def test_two_outlets_on_one_body_s_count_correct_nothing(domain):
    """Nobody says when the air force said which: one of the two reports may have it wrong."""
    published = {"a": "2025-07-04T08:00", "b": "2025-07-04T20:00"}
    claims = 'a shot_down[weapon=drone] 164 by="Air Force"\nb shot_down[weapon=drone] 178 by="Air Force"'
    got = balance(event_of(claims, published=published), domain)
    assert kinds(got) == ["relay_divergence"]
    row = tally(got, "shot_down", "weapon=drone")
    assert (row.low, row.high, row.state) == (164, 178, "disputed")


def test_one_outlet_that_prints_another_figure_corrects_it(domain):
    given = event_of(
        'a shot_down[weapon=drone] 164 by="Air Force"\nb shot_down[weapon=drone] 178 by="Air Force"',
        published={"a": "2025-07-04T08:00", "b": "2025-07-04T20:00"},
    )
    one = tuple(msgspec.structs.replace(d, source="outlet") for d in given.documents)
    assert only(balance(msgspec.structs.replace(given, documents=one), domain), "revision").change == "correction"


def test_what_was_denied_far_before_takes_no_figure_back(domain):
    text = "Denying earlier reports of a ceasefire, the ministry said that in the night after the talks eleven people had been wounded in the city."
    given = passage(event_of("b wounded 11"), "b", text, (text, "eleven"))
    assert tally(balance(given, domain), "wounded").best == 11


def test_the_wounded_who_died_are_no_correction(domain):
    # the same mayor: one fewer wounded, one more dead, in the same two reports
    got = balance(event_of('a killed 3 by="Mayor"\na wounded 8 by="Mayor"\nb killed 4 by="Mayor"\nb wounded 7 by="Mayor"', published=DAYS), domain)
    found = only(got, "revision")
    assert (found.change, found.measure) == ("transition", "killed")
    assert "people wounded changed: 8" in found.explanation


def test_deaths_told_by_another_outlet_take_the_wounded_down(domain):
    text = 'text="One of the wounded died in hospital; 7 are wounded"'
    got = balance(event_of(f'a killed 3 by="Mayor"\na wounded 8 by="Mayor"\nb killed 4\nb wounded 7 {text}', published=DAYS), domain)
    assert only(got, "revision").change == "transition"
    assert tally(got, "wounded").notation() == "7"


def test_a_larger_fall_than_the_deaths_is_a_correction(domain):
    got = balance(event_of('a killed 3 by="M"\na wounded 20 by="M"\nb killed 4 by="M"\nb wounded 7 by="M"', published=DAYS), domain)
    assert {f.measure: f.change for f in got.findings} == {"killed": "update", "wounded": "correction"}


def test_fewer_missing_is_an_update(domain):
    got = balance(event_of('a missing 5 by="Mayor"\nb missing 2 by="Mayor"', published=DAYS), domain)
    assert only(got, "revision").change == "update"


def test_a_figure_named_and_mended_by_another_is_a_correction(domain):
    given = event_of('a killed 14 by="Mayor"\nb killed 10', published=DAYS)
    text = "The mayor lowered the death toll to 10 from 14 on Saturday, after bodies had been counted twice.".ljust(200)
    claims = []
    for claim, words in zip(given.claims, ("14", "10"), strict=True):
        at = text.find(words)
        claims.append(msgspec.structs.replace(claim, sentence=Span(0, 96), figure=Span(at, at + 2)))
    documents = tuple(msgspec.structs.replace(d, text=text if d.id == "b" else text.replace("10", "14")) for d in given.documents)
    got = balance(msgspec.structs.replace(given, claims=tuple(claims), documents=documents), domain)
    assert only(got, "revision").change == "correction"
    assert tally(got, "killed").notation() == "10"


def test_a_count_of_the_morning_told_late_is_the_earlier_one(domain):
    given = event_of('a wounded 20 by="Mayor"\nb wounded 12 by="Mayor"', published={"a": "2025-07-04T12:30", "b": "2025-07-04T14:00"})
    early = msgspec.structs.replace(given.claims[1], as_of="2025-07-04T06:00")
    got = balance(msgspec.structs.replace(given, claims=(given.claims[0], early)), domain)
    assert only(got, "revision").change == "update"
    assert tally(got, "wounded").notation() == "20"
