"""Record claims against other events."""

from __future__ import annotations

import msgspec

from crosstally.reconcile import Known, balance, known_of, with_known
from crosstally.values import Facets, Scope

from .night import event_of, kinds, only

CLAIM = 'a launched 550\na record 0 label="the largest air attack of the war"'


def known(low, high=None, start="2025-06-28", **more):
    return Known("e0", "Air attack, 29 June", "launched", low, low if high is None else high, start=start, **more)


def test_open_with_what_is_missing(domain):
    assert "no earlier event" in only(balance(event_of(CLAIM), domain), "record_open").explanation


def test_upheld(domain):
    assert (
        "had 537 drones and missiles launched, against 550"
        in only(balance(event_of(CLAIM, known=(known(537),)), domain), "record_upheld").explanation
    )


def test_refuted_by_which_event(domain):
    found = only(balance(event_of(CLAIM, known=(known(600), known(537))), domain), "record_refuted")
    assert "Air attack, 29 June" in found.explanation and "600" in found.explanation


def test_a_bare_superlative_is_refuted_by_nothing(domain):
    bare = CLAIM.replace(" of the war", "")
    found = only(balance(event_of(bare, known=(known(600),)), domain), "record_open")
    assert "600" in found.explanation and "do not say since when" in found.explanation


def test_what_came_later_refutes_nothing(domain):
    got = balance(event_of(CLAIM, known=(known(741, start="2025-07-08"),)), domain)
    assert "record_refuted" not in kinds(got)


def test_another_weapon_is_not_compared(domain):
    assert "record_open" in kinds(balance(event_of(CLAIM, known=(known(600, facets=Facets(weapon="drone")),)), domain))


def test_one_of_the_largest_is_another_claim(domain):
    got = balance(event_of('a launched 550\na record 0 label="one of the largest attacks of the war"', known=(known(600),)), domain)
    assert kinds(got) == ["record_open"]


def test_a_mood_cannot_be_checked(domain):
    got = balance(event_of('a launched 5\na record 0 label="the worst night so far"'), domain)
    assert "nothing that can be counted" in only(got, "record_open").explanation


def test_two_wordings_of_one_record_are_one_finding(domain):
    one, two = "the largest attack of the war", "the biggest assault since the start of the war"
    claims = f'a launched 550\na record 0 label="{one}"\nb record 0 label="{two}"'
    assert kinds(balance(event_of(claims), domain)) == ["record_open"]


def test_figures_of_other_events_are_brought_in_afterwards(domain):
    given = event_of(CLAIM)
    first = balance(given, domain)
    (own,) = [k for k in known_of(given.event, first.tallies) if k.measure == "launched"]
    assert (own.low, own.high, own.start) == (550, 550, "2025-07-03T18:00")
    again = with_known(given, first, (own, known(600)), domain)
    assert "record_refuted" in kinds(again)
    assert again.tallies == first.tallies


def test_one_finding_for_one_ground(domain):
    claims = """a launched 550
        a launched[weapon=drone] 539
        a record 0 label="the largest drone attack to date"
        b record 0 label="the most intense aerial attack of the war"
        c record 0 label="one of the worst nights so far"
        c record 0 label="one of the largest attacks" """
    got = balance(event_of(claims), domain)
    assert kinds(got) == ["record_open", "record_open"]
    vague = got.findings[-1]
    assert "one of the worst nights so far" in vague.explanation and "one of the largest attacks" in vague.explanation


def test_a_later_statement_is_held_against_what_had_come_by_then(domain):
    later = known(741, start="2025-07-08")
    claims = 'a launched 550\na record 0 label="the largest attack of the war"'
    assert "record_refuted" in kinds(balance(event_of(claims, published={"a": "2025-07-10"}, known=(later,)), domain))
    assert kinds(balance(event_of(claims, published={"a": "2025-07-04"}, known=(later,)), domain)) == ["record_open"]


def test_a_figure_in_dispute_is_compared_as_told(domain):
    claims = """a launched 397
        a shot_down 300
        a suppressed 204
        a record 0 label="the largest attack of the war" """
    assert "record_refuted" in kinds(balance(event_of(claims, known=(known(728),)), domain))


def test_a_run_of_nights(domain):
    claim = 'a record 0 label="second consecutive night"'
    before = Known("e0", "Air attack, 3 July", "", None, None, start="2025-07-02T19:00", kind="air_attack", places=("ukraine",))
    assert "Air attack, 3 July" in only(balance(event_of(claim, known=(before,)), domain), "record_upheld").explanation
    assert kinds(balance(event_of(claim), domain)) == ["record_open"]
    other = Known("e0", "Shelling, 3 July", "", None, None, start="2025-07-02T19:00", kind="shelling", places=("ukraine",))
    assert kinds(balance(event_of(claim, known=(other,)), domain)) == ["record_open"]
    third = 'a record 0 label="third straight night"'
    assert kinds(balance(event_of(third, known=(before,)), domain)) == ["record_open"]


def test_a_record_since_a_day_leaves_out_what_came_before(domain):
    claim = 'a launched 550\na record 0 label="the largest attack since May"'
    given = event_of(claim, known=(known(700, start="2025-05-20"), known(500)))
    claims = tuple(
        msgspec.structs.replace(c, scope=Scope(period="since 2025-06-01")) if c.measure == "record" else c for c in given.claims
    )
    found = only(balance(msgspec.structs.replace(given, claims=claims), domain), "record_upheld")
    assert "scope, as said: from 1 June 2025 on" in found.explanation
    assert "500" in found.explanation and "700" not in found.explanation


def test_a_record_since_no_known_day_stays_open(domain):
    given = event_of('a launched 550\na record 0 label="the largest attack since the talks broke down"', known=(known(700),))
    claims = tuple(msgspec.structs.replace(c, scope=Scope(period="since")) if c.measure == "record" else c for c in given.claims)
    assert "since when" in only(balance(msgspec.structs.replace(given, claims=claims), domain), "record_open").explanation


def test_a_record_of_the_week_is_held_against_that_week(domain):
    """The night is of Thursday, 3 July."""
    claim = 'a launched 550\na record 0 label="the largest attack this week"'
    upheld = only(balance(event_of(claim, known=(known(700, start="2025-06-29"), known(500, start="2025-06-30"))), domain), "record_upheld")
    assert "500" in upheld.explanation and "700" not in upheld.explanation and "scope, as said: the week" in upheld.explanation
    assert "record_refuted" in kinds(balance(event_of(claim, known=(known(700, start="2025-06-30"),)), domain))


def test_a_record_in_weeks_or_months_is_of_a_span_that_is_not_told(domain):
    for words in ("in weeks", "in months", "in years"):
        found = only(balance(event_of(f'a launched 550\na record 0 label="the largest attack {words}"', known=(known(700),)), domain), "record_open")
        assert "since when" in found.explanation
