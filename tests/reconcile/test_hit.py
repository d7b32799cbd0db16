"""Who was hit, and what became of them: wholes that hold the dead, people hurt first and dead later, tolls of a closed scene."""

from __future__ import annotations

import msgspec
import pytest

from crosstally.reconcile import balance
from crosstally.values import Document

from .night import event_of, kinds, tally

HURT = "or=affected or=killed"  # what "shot" may count


def shooting(claims: str, texts: dict[str, str] | None = None, **more: object):
    given = event_of(claims, **more)
    event = type(given.event)(**{**{f: getattr(given.event, f) for f in given.event.__struct_fields__}, "kind": "shooting"})
    documents = tuple(Document.from_text((texts or {}).get(d.id, d.text), id=d.id, published=d.published, source=d.source) for d in given.documents)
    return type(given)(event, given.claims, given.voices, documents)


def test_people_shot_are_all_that_were_hit_where_dead_are_told(domain):
    got = balance(event_of(f'a wounded 4 {HURT} text="four people were shot"\nb killed 1'), domain)
    hurt = tally(got, "wounded")
    assert (hurt.latest, hurt.state, hurt.derived_from) == (3, "derived", ("a-00", "b-01"))
    assert tally(got, "affected").latest == 4
    assert "contradiction" not in kinds(got)


@pytest.mark.parametrize(
    "claims",
    [
        f'a wounded 4 {HURT} text="four others were shot"\nb killed 1',  # the living
        f'a wounded 4 {HURT} text="four people were shot"',  # nobody is told dead
        'a wounded 4 text="four people were injured"\nb killed 1',  # words that never count the dead
        f'a wounded[sex=male] 4 {HURT} text="four men were shot"\nb killed[sex=female] 1',  # other people
    ],
)
def test_the_hurt_stay_the_hurt(domain, claims):
    facets = "sex=male" if "sex=male" in claims else ""
    assert tally(balance(event_of(claims), domain), "wounded", facets).latest == 4


def test_who_was_hurt_and_died_later_is_counted_once(domain):
    days = {"a": "2014-02-20", "b": "2014-02-22"}
    got = balance(event_of("a wounded[age=child] 1\nb killed[age=child,sex=male] 1", published=days), domain)
    assert tally(got, "wounded").latest == 0
    assert tally(got, "killed").latest == 1
    (found,) = [f for f in got.findings if f.kind == "revision"]
    assert (found.change, found.claims) == ("transition", ("a-00", "b-01"))


@pytest.mark.parametrize(
    ("claims", "published"),
    [
        ("a wounded[sex=male] 1\nb killed[sex=female] 1", ("2014-02-20", "2014-02-22")),  # somebody else
        ("a wounded 1\nb killed 1", ("2014-02-22", "2014-02-20")),  # hurt in the later report
        ("a wounded 1\na killed 1", ("2014-02-20", "2014-02-20")),  # one report tells both
        ("a wounded 3\nb killed 1", ("2014-02-20", "2014-02-22")),  # which of the three is not told
    ],
)
def test_others_are_not_taken_for_one(domain, claims, published):
    got = balance(event_of(claims, published=dict(zip("ab", published, strict=True))), domain)
    facets = "sex=male" if "sex=male" in claims else ""
    assert tally(got, "wounded", facets).latest in (1, 3)
    assert not [f for f in got.findings if f.change == "transition"]


def test_a_closed_scene_closes_the_toll(domain):
    got = balance(shooting("a killed[sex=male] 1\na wounded 2", {"a": "x" * 40}), domain)
    dead, hurt = tally(got, "killed"), tally(got, "wounded")
    assert (dead.low, dead.high, dead.latest) == (1, 3, 1)  # both of the hurt may yet die
    assert (hurt.low, hurt.high, hurt.latest, hurt.best) == (0, 2, 2, 2)
    assert (hurt.reported_low, hurt.reported_high) == (2, 2)


def test_who_is_out_of_danger_stays_among_the_hurt(domain):
    text = "0123456789 Two were hit. Both have injuries that are not life-threatening."
    got = balance(shooting("a killed 1\na wounded 2", {"a": text}), domain)
    assert (tally(got, "killed").high, tally(got, "wounded").low) == (1, 2)


def test_the_hurt_in_danger_alone_make_a_row_for_the_dead(domain):
    text = "One clerk was hit. He was in critical condition."
    got = balance(shooting("a wounded 1", {"a": text}), domain)
    dead = tally(got, "killed")
    assert (dead.low, dead.high, dead.latest, dead.best, dead.state) == (0, 1, None, None, "derived")


def test_a_hedge_stays_open_and_so_does_an_open_scene(domain):
    assert tally(balance(shooting("a killed 3+"), domain), "killed").high is None
    assert tally(balance(event_of("a killed[sex=male] 1"), domain), "killed").high is None


def test_attackers_told_dead_are_within_the_range(domain):
    dead = tally(balance(shooting("a killed 2\na killed[side=attacker] 1"), domain), "killed")
    assert (dead.low, dead.high, dead.latest) == (2, 3, 2)


@pytest.mark.parametrize(
    ("claims", "text", "latest"),
    [
        ("a killed 3\nb killed 4\na killed[side=attacker] 1", {}, 4),  # another count is larger by just him
        ("a killed 3 sentence=0\na killed[side=attacker] 1 sentence=0", {"a": " " * 40}, 4),
        ("a killed 3 sentence=0\na killed[side=attacker] 1 sentence=0", {"a": "including the gunman" + " " * 40}, 3),
        ("a killed 3\na killed[side=attacker] 1", {"a": " " * 40}, 3),  # not told: within the range
    ],
)
def test_attackers_are_added_where_a_count_leaves_them_out(domain, claims, text, latest):
    dead = tally(balance(shooting(claims, text), domain), "killed")
    assert (dead.latest, dead.high) == (latest, 4)


def test_mere_words_do_not_hide_people_told_singly(domain):
    dead = tally(balance(event_of('a killed "all deaths"\na killed[sex=male] 1'), domain), "killed")
    assert (dead.low, dead.latest, dead.state) == (1, 1, "derived")


def test_a_part_told_again_gives_its_newest_value(domain):
    days = {"a": "2014-02-20", "b": "2014-02-22"}
    hurt = tally(balance(event_of("a wounded[sex=male] 3\nb wounded[sex=male] 5", published=days), domain), "wounded")
    assert hurt.latest == 5


def test_a_part_of_a_set_does_not_stand_for_the_hurt(domain):
    given = event_of("a affected 5\nb killed 3\nb wounded 1")
    whole = tally(balance(given, domain), "wounded")
    assert (whole.latest, whole.state) == (1, "single")
    claims = tuple(msgspec.structs.replace(c, trace=("count", "attach: set (0.50)")) if c.measure == "wounded" else c for c in given.claims)
    left = tally(balance(msgspec.structs.replace(given, claims=claims), domain), "wounded")
    assert (left.latest, left.state) == (2, "derived")


def test_other_counts_leave_room_for_more_hurt(domain):
    hurt = tally(balance(shooting("a affected 5\na killed 1\na wounded 3"), domain), "wounded")
    assert (hurt.high, hurt.latest) == (4, 3)
    hurt = tally(balance(shooting("a wounded 1\na hospitalised 2"), domain), "wounded")
    assert (hurt.high, hurt.latest) == (2, 1)
    hurt = tally(balance(shooting("a killed 1\na wounded 3\na affected 50"), domain), "wounded")
    assert (hurt.high, hurt.latest) == (3, 3)  # told behind the report's own: the shootings of a year


def test_a_count_over_several_scenes_closes_none(domain):
    got = balance(shooting("a killed 2 sentence=0\na wounded 9 sentence=0", {"a": "citywide " + " " * 40}), domain)
    assert (tally(got, "killed").high, tally(got, "wounded").low) == (2, 9)  # as told: no scene whose hurt may yet die
    got = balance(shooting("a wounded 3 sentence=1\nb wounded 40 sentence=0", {"a": " " * 40, "b": "citywide " + " " * 40},
                           published={"a": "2014-02-21", "b": "2014-02-20"}), domain)  # fmt: skip
    assert (tally(got, "wounded").latest, tally(got, "wounded").high) == (3, 3)
