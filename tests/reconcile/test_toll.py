"""Headline tolls, victims in dimensions, places inside an event, voices."""

from __future__ import annotations

import msgspec
import pytest

from crosstally.reconcile import balance
from crosstally.values import Place, Scope, Span, Voice

from .night import event_of, kinds, only, tally


@pytest.mark.parametrize(
    ("claims", "low"),
    [
        ("a killed[sex=female] 2\na killed[sex=male] 1", 3),
        ("a killed[age=child] 2\na killed[sex=female] 2", 2),  # the same people, perhaps
        ("a killed[role=police] 1\na killed[role=medic] 1", 1),  # roles are no partition
        ("a killed[age=adult] 4\na killed[age=child] 2\na killed[role=police] 3", 6),
        ("a killed[age=child,sex=female] 1\na killed[sex=male] 1", 2),  # a girl and a man
        ("a killed[age=child,sex=female] 1\nb killed[sex=male] 1", 1),  # of two reports: one person, told wrongly, perhaps
        ("a killed[age=child] 2\na killed[side=attacker] 1", 3),  # no attacker is one of his victims
        ("a killed[age=child] 2\nb killed[side=attacker] 1", 2),
    ],
)
def test_only_declared_partitions_are_summed(domain, claims, low):
    row = tally(balance(event_of(claims), domain), "killed")
    assert (row.low, row.high, row.state, row.claims) == (low, None, "derived", ())


def test_a_place_inside_the_event_is_a_part(domain):
    got = balance(event_of("a wounded 23\na wounded 4 place=podil", places=("kyiv",)), domain)
    assert tally(got, "wounded").best == 23
    assert tally(got, "wounded", place="podil").best == 4
    assert kinds(got) == []


def test_the_event_s_own_place_is_no_part(domain):
    got = balance(event_of("a wounded 23 place=kyiv\nb wounded 23", places=("kyiv",)), domain)
    assert tally(got, "wounded").voices.high == 2


def test_a_floor_above_the_counts_is_the_newest_value(domain):
    row = tally(balance(event_of("a killed 2\na killed 3+"), domain), "killed")
    assert row.latest == 3


def test_who_hurt_himself_is_not_added_to_the_hurt(domain):
    row = tally(balance(event_of("a wounded[sex=female] 1\na wounded[side=attacker] 1"), domain), "wounded")
    assert row.low == 1


def test_one_told_by_name_is_no_rival_of_a_count(domain):
    given = event_of("a killed 3\nb killed 1", published={"a": "2014-02-20", "b": "2014-02-25"})
    named = tuple(msgspec.structs.replace(c, trace=("individual.name",)) if c.document == "b" else c for c in given.claims)
    got = balance(msgspec.structs.replace(given, claims=named), domain)
    row = tally(got, "killed")
    assert (row.low, row.high, row.latest) == (3, 3, 3)
    assert "divergence" not in kinds(got)


def test_places_that_do_not_nest_are_summed(domain):
    row = tally(balance(event_of("a killed 2 place=kyiv\na killed 3 place=odesa"), domain), "killed")
    assert (row.low, row.high, row.state) == (5, None, "derived")


def test_a_district_is_not_added_to_its_city(domain):
    row = tally(balance(event_of("a killed 2 place=kyiv\na killed 1 place=podil", places=("odesa",)), domain), "killed")
    assert row.low == 2


def test_latest_is_of_the_newest_report(domain):
    got = balance(event_of("a killed 2\nb killed 4", published={"a": "2014-02-20", "b": "2014-02-21"}), domain)
    assert tally(got, "killed").latest == 4


def test_a_copy_adds_no_voice(domain):
    given = event_of('a wounded 14 by="Mayor"\nb wounded 14 by="Mayor"\nc wounded 14 by="officials" vague=1')
    voice = Voice("v1", "mayor's post", "Mayor", "ukraine", ("a", "b"), ("a-00", "b-01"))
    vague = Voice("v2", "officials", "", None, ("c",), ("c-02",), certain=False)
    row = tally(balance(type(given)(given.event, given.claims, (voice, vague), given.documents), domain), "wounded")
    assert (row.voices.low, row.voices.high, row.state) == (1, 1, "single")


def test_a_report_that_names_nobody_may_be_a_voice(domain):
    row = tally(balance(event_of('a wounded 14 by="Mayor"\nb wounded 14'), domain), "wounded")
    assert row.voices.notation() == "1-2"


def test_scope_is_told_where_one_report_names_the_city(domain):
    got = balance(event_of("a launched[weapon=drone] 300 place=ukraine\nb launched[weapon=drone] 300 place=kyiv"), domain)
    assert only(got, "scope_mismatch").measure == "launched"
    assert tally(got, "launched", "weapon=drone").best == 300


def test_a_city_s_own_figure_is_left_alone(domain):
    got = balance(event_of("a launched[weapon=drone] 300 place=ukraine\nb launched[weapon=drone] 40 place=kyiv"), domain)
    assert tally(got, "launched", "weapon=drone").best == 300
    assert tally(got, "launched", "weapon=drone", place="kyiv").best == 40
    assert "scope_mismatch" not in kinds(got)


def test_a_count_of_the_shot_may_hold_the_dead(domain):
    got = balance(event_of('a wounded 9 text="nine people were shot"\na wounded 7 text="seven wounded"\na killed 2 text="two dead"'), domain)
    row = tally(got, "wounded")
    assert (row.low, row.high, row.latest) == (7, 7, 7)
    assert only(got, "definition_difference").sum == "2 + 7 = 9"
    assert "divergence" not in kinds(got)


def test_a_toll_that_grew_by_chance_as_many_is_no_sum(domain):
    got = balance(event_of('a wounded 26 text="26 people were injured"\na wounded 23 text="23 wounded"\na killed 3'), domain)
    assert "definition_difference" not in kinds(got)
    assert tally(got, "wounded").high == 26


def test_who_is_in_hospital_holds_the_wounded_from_below(domain):
    row = tally(balance(event_of("a hospitalised 5"), domain), "wounded")
    assert (row.low, row.high, row.latest, row.state, row.claims) == (5, None, 5, "derived", ())
    assert tally(balance(event_of("a hospitalised 5\na wounded 3"), domain), "wounded").low == 3


def test_a_whole_is_at_least_its_largest_part(domain):
    row = tally(balance(event_of("a wounded 2\na wounded[sex=male] 4"), domain), "wounded")
    assert (row.low, row.high, row.latest, row.best, row.state) == (2, 4, 4, None, "range")


def test_a_report_leads_with_its_own_figure(domain):
    row = tally(balance(event_of("a killed 5\na killed 7"), domain), "killed")
    assert (row.low, row.high, row.latest) == (5, 7, 5)


def test_a_toll_of_one_town_is_no_toll_of_the_country(domain):
    row = tally(balance(event_of("a wounded 11 place=kyiv"), domain), "wounded")
    assert (row.low, row.high, row.state, row.claims) == (11, None, "derived", ())
    assert "only a part is told" in row.relation


def test_counts_of_different_days_are_not_summed(domain):
    given = event_of("a killed 2 place=kyiv\nb killed 3 place=odesa", published={"a": "2025-07-04", "b": "2025-07-06"})
    assert tally(balance(given, domain), "killed").low == 3


def test_a_part_told_without_a_name_is_no_rival(domain):
    got = balance(event_of("a wounded 20\na wounded 4 part_of=a-00"), domain)
    assert (tally(got, "wounded").low, tally(got, "wounded").high) == (20, 20)
    assert "divergence" not in kinds(got)


def test_counts_that_are_all_at_least_stay_open(domain):
    row = tally(balance(event_of("a wounded 30+\nb wounded 42+"), domain), "wounded")
    assert (row.low, row.high) == (42, None)


def test_a_later_larger_count_of_people_takes_the_place_of_the_earlier(domain):
    days = {"a": "2025-07-04", "b": "2025-07-05", "c": "2025-07-06"}
    row = tally(balance(event_of("a wounded 23+\nb wounded 26\nc wounded 32", published=days), domain), "wounded")
    assert (row.low, row.high, row.latest) == (32, 32, 32)


def test_a_copied_report_adds_no_voice_though_it_names_nobody(domain):
    import msgspec

    from crosstally.values import Lineage

    given = event_of("a wounded 14\nb wounded 14\nc wounded 14")
    assert tally(balance(given, domain), "wounded").voices.notation() == "1-3"
    copied = msgspec.structs.replace(given, lineage=(Lineage("b", "a", "copies", "shared text"),))
    assert tally(balance(copied, domain), "wounded").voices.notation() == "1-2"


def test_another_country_s_count_is_never_the_event_s_own(domain):
    """Though nothing else tells where the event was: a wrong rest would be made of it."""
    notation = """a launched[weapon=drone] 265
    b neutralised[weapon=drone] 227
    b shot_down[weapon=drone] 13 place=odesa"""
    given = event_of(notation, places=("atlantis",))
    abroad = Place("lemuria", "Lemuria", "country")
    claims = tuple(msgspec.structs.replace(c, scope=Scope(place="lemuria"), place=abroad) if c.scope.place else c for c in given.claims)
    got = balance(msgspec.structs.replace(given, claims=claims), domain)
    assert tally(got, "shot_down", "weapon=drone", place="lemuria").best == 13
    assert not any(t.measure == "suppressed" for t in got.tallies)


AMONG = "The blast hurt 12 people, the mayor said. {} were among the injured, the mayor said."


def children(words: str, part: int, whole: str = "12", **more: str):
    """A whole and, a sentence on, the children among it."""
    text = AMONG.format(words)
    at = text.index(str(part))
    given = event_of(f'a wounded {whole} by="Mayor"\na wounded[age=child] {part} by="Mayor"')
    first, second = (
        msgspec.structs.replace(c, sentence=s, span=f, figure=f)
        for c, s, f in zip(
            given.claims,
            (Span(0, 41), Span(42, len(text))),
            (Span(15, 17), Span(at, at + len(str(part)))),
            strict=True,
        )
    )
    second = msgspec.structs.replace(second, **more)
    documents = tuple(msgspec.structs.replace(d, text=text) for d in given.documents)
    return msgspec.structs.replace(given, claims=(first, second), documents=documents)


def test_a_part_that_refers_back_to_a_smaller_whole_does_not_add_up(domain):
    (found,) = [f for f in balance(children("17 children", 17), domain).findings if f.kind == "imbalance"]
    assert "in one report" in found.explanation and found.claims == ("a-00", "a-01")


@pytest.mark.parametrize(
    "given",
    [
        children("9 children", 9),
        children("17 children", 17, whole="12+"),  # a floor leaves room
        children("17 children", 17, said_at="2025-07-04T15:00"),  # another hour
        children("17 children, and doctors who came to help them late at night,", 17),  # who is among the injured, is not told of the 17
    ],
)
def test_a_part_that_may_be_of_another_count_is_not_held_against_it(domain, given):
    assert "imbalance" not in kinds(balance(given, domain))


def test_a_part_of_a_counted_whole_is_no_rival_of_it():
    from crosstally import read
    from crosstally.values import Document

    text = "A strike on Brod, Croatia, on Monday wounded 40 people, the mayor said. Three of the 40 injured are in a critical state, he said."
    book = read([Document.from_text(text, id=i, source=i, published=f"2025-03-0{n}") for n, i in enumerate("ab", 4)]).book
    assert [(t.notation(), t.state) for t in book.tallies if t.measure == "wounded"] == [("40", "single")]
    assert not [f for f in book.findings if f.kind in ("divergence", "revision", "contradiction")]
