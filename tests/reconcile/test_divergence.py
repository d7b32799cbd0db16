"""The line between contradiction, imbalance, divergence, relay divergence and revision."""

from __future__ import annotations

import pytest

from crosstally.reconcile import balance

from .night import event_of, kinds, only, tally

AGREED = 'by="Air Force" said=2025-07-04T09:30'


def test_one_briefing_with_two_figures_is_a_contradiction(domain):
    got = balance(event_of(f"a shot_down[weapon=drone] 270 {AGREED}\nb shot_down[weapon=drone] 290 {AGREED}"), domain)
    found = only(got, "contradiction")
    assert set(found.claims) == {"a-00", "b-01"}
    assert found.repairs == (("a-00",), ("b-01",))
    row = tally(got, "shot_down", "weapon=drone")
    assert (row.low, row.high, row.state, row.best) == (270, 290, "disputed", None)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ('by="Air Force"', 'by="Air Force"', "relay_divergence"),  # no time stated
        ('by="Air Force" said=2025-07-04', 'by="Air Force" as_of=2025-07-04', "relay_divergence"),
        ('by="Air Force"', 'by="Defence Ministry"', "divergence"),
        ("", "", "divergence"),
        ('by="officials" vague=1', 'by="Air Force"', "divergence"),
        ('by="Air Force" said=2025-07-04T09:30 status=unverified', AGREED, "relay_divergence"),
    ],
)
def test_what_is_not_stated_and_equal_is_no_contradiction(domain, first, second, kind):
    got = balance(event_of(f"a shot_down[weapon=drone] 270 {first}\nb shot_down[weapon=drone] 290 {second}"), domain)
    assert only(got, kind).causes
    assert "contradiction" not in kinds(got)


def test_around_is_no_contradiction(domain):
    got = balance(event_of(f"a shot_down[weapon=drone] ~200 {AGREED}\nb shot_down[weapon=drone] 290 {AGREED}"), domain)
    assert "contradiction" not in kinds(got)


def test_one_account_that_does_not_add_up(domain):
    got = balance(
        event_of(
            """a launched[weapon=drone] 100 by="Air Force"
            a shot_down[weapon=drone] 80 by="Air Force"
            a suppressed[weapon=drone] 30 by="Air Force"
            a hit[weapon=drone] 5 by="Air Force" """
        ),
        domain,
    )
    found = only(got, "imbalance")
    assert set(found.claims) == {"a-00", "a-01", "a-02"}  # the hits are not needed to see it
    assert "cannot all be true" in found.explanation
    assert len(found.repairs) >= 2
    assert not [t for t in got.tallies if t.measure == "unaccounted"]
    assert tally(got, "launched", "weapon=drone").state == "disputed"


def test_two_accounts_that_do_not_fit_diverge(domain):
    got = balance(
        event_of(
            """a launched[weapon=drone] 100 by="Air Force"
            b shot_down[weapon=drone] 130 by="Defence Ministry" """
        ),
        domain,
    )
    assert kinds(got) == ["divergence"]


def test_one_speaker_at_two_times_is_no_imbalance(domain):
    got = balance(
        event_of(
            """a launched[weapon=drone] 100 by="Air Force" as_of=2025-07-04T02:00
            b shot_down[weapon=drone] 130 by="Air Force" as_of=2025-07-04T08:00"""
        ),
        domain,
    )
    assert kinds(got) == ["divergence"]


def test_a_split_that_does_not_sum(domain):
    got = balance(
        event_of('a launched 120 by="Air Force"\na launched[weapon=drone] 100 by="Air Force"\na launched[weapon=missile] 11 by="Air Force"'),
        domain,
    )
    found = only(got, "imbalance")
    assert found.sum == "100 + 11 = 111, not 120"
    assert "come to 111, fewer than the 120" in found.explanation


def test_casualties_are_never_a_contradiction(domain):
    got = balance(event_of('a killed 3 by="Mayor" said=2025-07-04T09:30\nb killed 5 by="Mayor" said=2025-07-04T09:30'), domain)
    assert "contradiction" not in kinds(got)
    row = tally(got, "killed")
    assert (row.low, row.high, row.best, row.state) == (3, 5, None, "range")


def test_votes_do_not_settle_casualties(domain):
    got = balance(event_of("a killed 3\nb killed 3\nc killed 3\nd killed 5"), domain)
    row = tally(got, "killed")
    assert (row.low, row.high, row.best) == (3, 5, None)


def test_children_are_part_of_the_dead(domain):
    got = balance(event_of("a killed 12 sentence=1\na killed[age=child] 3 sentence=1"), domain)
    assert "imbalance" not in kinds(got)
    assert tally(got, "killed").low == 12
    wrong = balance(event_of("a killed 12 sentence=1\na killed[age=child] 15 sentence=1"), domain)
    assert "more than its whole" in only(wrong, "imbalance").explanation


@pytest.mark.parametrize(
    "told",
    [
        "a killed 1 sentence=1\na killed[age=child] 8 sentence=1",  # one person is nobody's whole
        "a killed 0 sentence=1\na killed[age=child] 8 sentence=1",
        "a killed[age=child] 8 sentence=1\na killed 2 sentence=1",  # told after it: others
        "a killed 2 sentence=1 part_of=a-09\na killed[age=child] 8 sentence=1",
        "a killed 2 sentence=1\na killed[age=child] 8 sentence=1 part_of=a-09",
    ],
)
def test_a_count_beside_another_is_no_whole_of_it(domain, told):
    assert "imbalance" not in kinds(balance(event_of(told), domain))


def test_a_part_told_as_such_is_held_to_its_whole_wherever_it_stands(domain):
    got = balance(event_of("a killed[age=child] 8 part_of=a-01\na killed 2"), domain)
    assert "more than its whole" in only(got, "imbalance").explanation


def test_one_cause_is_one_finding(domain):
    got = balance(
        event_of(
            f"""a launched[weapon=drone] 400 {AGREED}
            a shot_down[weapon=drone] 270 {AGREED}
            b shot_down[weapon=drone] 290 {AGREED}
            a suppressed[weapon=drone] 120 {AGREED}"""
        ),
        domain,
    )
    assert [k for k in kinds(got) if k in ("contradiction", "imbalance", "divergence")] == ["contradiction"]


def test_denied(domain):
    got = balance(event_of('a hit[object=energy] 2\nb hit[object=energy] 2 status=denied by="Defence Ministry" text="two plants were hit"'), domain)
    assert "denies" in only(got, "divergence").explanation


def test_an_imbalance_is_one_sum_beside_a_retelling(domain):
    got = balance(
        event_of(
            """a launched[weapon=drone] 397 by="Air Force"
            a shot_down[weapon=drone] 164 by="Air Force"
            b launched[weapon=drone] 397 by="Air Force"
            b shot_down[weapon=drone] 178 by="Air Force"
            b suppressed[weapon=drone] 204 by="Air Force"
            b hit[weapon=drone] 71 by="Air Force" """
        ),
        domain,
    )
    assert sorted(kinds(got)) == ["imbalance", "relay_divergence"]
    found = only(got, "imbalance")
    assert found.sum == "178 + 204 + 71 = 453, not 397"
    assert "come to 453, more than the 397 drones launched" in found.explanation
    assert tally(got, "hit", "weapon=drone").notation() == "71"


def test_one_body_told_by_two_reports_is_no_imbalance(domain):
    """The one report may be of another hour: only one account can fail to add up."""
    got = balance(event_of('a shot_down[weapon=drone] 274 by="Air Force"\nb neutralised[weapon=drone] 266 by="Air Force"'), domain)
    assert kinds(got) == ["relay_divergence"]


def test_one_post_quoted_by_two_reports_is_one_account(domain):
    got = balance(event_of(f"a shot_down[weapon=drone] 274 {AGREED}\nb neutralised[weapon=drone] 266 {AGREED}"), domain)
    assert kinds(got) == ["imbalance"]


def test_the_likeliest_cause_is_told_with_its_reason(domain):
    hours = only(
        balance(event_of('a duration 7 unit=hour text="seven hours of strikes"\nb duration 13 unit=hour text="13-hour alert"'), domain), "divergence"
    )
    assert hours.causes[0].startswith("definition")
    assert '"13-hour alert" (outlet b)' in hours.explanation
    tolls = only(
        balance(event_of('a wounded 22 by="Mayor" as_of=2025-07-04T06:00\nb wounded 14 by="Police" as_of=2025-07-04T18:00'), domain), "divergence"
    )
    assert tolls.causes[0] == "time: they were given at different times, 4 July, 06:00 and 4 July, 18:00"
    places = only(balance(event_of("a hit_locations 8 at=kyiv\nb hit_locations 12 at=odesa"), domain), "divergence")
    assert places.causes[0].startswith("scope")


def test_a_finding_names_sources_and_no_ids(domain):
    import msgspec

    from crosstally.values import Source

    given = event_of("a duration 7 unit=hour\nb duration 13 unit=hour")
    given = msgspec.structs.replace(given, sources=(Source("outlet a", "The Morning Paper"),))
    found = only(balance(given, domain), "divergence")
    assert "The Morning Paper" in found.explanation
    assert not found.explanation.startswith(found.title)


def test_two_reports_of_one_post_of_a_minute_contradict_one_another(domain):
    import msgspec

    def told(said: str):
        return event_of(f'a shot_down[weapon=drone] 270 by="Air Force" said={said}\nb shot_down[weapon=drone] 290 by="Air Force" said={said}')

    assert kinds(balance(told("2025-07-04"), domain)) == ["relay_divergence"]  # one day may hold two statements
    given = told("2025-07-04")
    post = tuple(msgspec.structs.replace(c, channel="telegram") for c in given.claims)
    assert kinds(balance(msgspec.structs.replace(given, claims=post), domain)) == ["relay_divergence"]  # and two posts
    assert kinds(balance(told("2025-07-04T08:10"), domain)) == ["contradiction"]


AT_ODDS = """a launched[weapon=drone] 120 by="Air Force"
a launched[weapon=missile] 11+ by="Air Force"
b launched[weapon=drone] {drones}
b launched[weapon=missile] 11"""


def test_a_hedge_bears_out_no_figure_of_another_count(domain):
    """ "More than ten" does not exclude the eleven of a report that counts fewer drones: the eleven is a floor, not agreed."""
    row = tally(balance(event_of(AT_ODDS.format(drones=93)), domain), "launched", "weapon=missile")
    assert (row.state, row.low, row.high, row.best) == ("range", 11, None, None)
    row = tally(balance(event_of(AT_ODDS.format(drones=120)), domain), "launched", "weapon=missile")
    assert (row.state, row.low, row.high) == ("agreed", 11, 11)


@pytest.mark.parametrize(("other", "told"), [(10, None), (8, {10, 8})])
def test_a_replaced_count_is_no_rival_of_what_is_said_after_it(domain, other, told):
    got = balance(
        event_of(
            f"""a killed 14+ by="Mayor" said=2025-07-04T10:00
            b killed 10 by="Mayor" said=2025-07-04T20:00
            c killed {other} by="Police" said=2025-07-05T09:00"""
        ),
        domain,
    )
    assert [f.change for f in got.findings if f.kind == "revision"] == ["correction"]
    found = [f for f in got.findings if f.kind == "divergence"]
    assert [{int(c) for c in f.title.replace("or ", "").replace(",", "").split() if c.isdigit()} for f in found] == ([told] if told else [])
