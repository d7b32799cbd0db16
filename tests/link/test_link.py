"""The whole of joining, on readings written by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from crosstally.domain import Domain, EventClass, Party, load_domain
from crosstally.link import Linked, link
from crosstally.values import Count, Source, Speaker
from tests.link.link_readings import DAYTON, KYIV, ODESA, TOLEDO, UKRAINE, Paper, night, whole_day

DOMAIN = load_domain()


def run(*papers: Paper, sources: tuple[Source, ...] = ()) -> Linked:
    return link(tuple(p.reading for p in papers), tuple(p.document for p in papers), sources, DOMAIN)


def event_of(linked: Linked, happening: str) -> str:
    return next(e.id for e in linked.events if happening in e.happenings)


def wire() -> Paper:
    paper = Paper(
        "a",
        "Waves of drones hit Ukraine overnight. The Air Force said 550 targets came in and 270 were shot down. "
        "Mayor Vitali Klitschko said 23 people were wounded in Kyiv. At least one person died.",
    )
    raid = paper.happening(
        "air_attack", "drones hit Ukraine", night("2025-07-03", "2025-07-04"), (UKRAINE,), actors=("ru",), targets=("ua",), main=True
    )
    force = paper.speaker("Air Force", party="ua")
    mayor = paper.speaker("Vitali Klitschko", "Mayor", kind="person", party="ua")
    paper.claim("launched", 550, "550 targets", raid, force)
    paper.claim("shot_down", 270, "270 were shot down", raid, force)
    paper.claim("wounded", 23, "23 people were wounded", raid, mayor)
    paper.claim("killed", 1, "one person died", raid)
    return paper


def local() -> Paper:
    paper = Paper(
        "b",
        "Kyiv woke to smoke early on Friday. Vitaliy Klitschko, the mayor, counted 23 wounded people. The air force spoke of 550 weapons.",
    )
    raid = paper.happening("air_attack", "smoke early on Friday", whole_day("2025-07-04", "2025-07-05"), (KYIV,), actors=("ru",), main=True)
    mayor = paper.speaker("Vitaliy Klitschko", "mayor", kind="person", party="ua")
    paper.claim("wounded", 23, "23 wounded people", raid, mayor)
    paper.claim("launched", 550, "550 weapons", raid, paper.speaker("air force", party="ua"))
    return paper


def brief() -> Paper:
    paper = Paper("c", "A strike on Kyiv left 23 hurt, officials said. One man was killed.")
    raid = paper.happening("air_attack", "strike on Kyiv", None, (KYIV,), main=True)
    paper.claim("wounded", 23, "23 hurt", raid, Speaker("officials", vague=True))
    paper.claim("killed", 1, "One man was killed", raid)
    return paper


def next_week() -> Paper:
    paper = Paper("d", "Ukraine endured 728 drones on Wednesday night, the Air Force said.", published="2025-07-09")
    raid = paper.happening(
        "air_attack",
        "728 drones on Wednesday night",
        night("2025-07-08", "2025-07-09"),
        (UKRAINE,),
        actors=("ru",),
        targets=("ua",),
        main=True,
    )
    paper.claim("launched", 728, "728 drones", raid, paper.speaker("Air Force", party="ua"), weapon="drone")
    return paper


def night_after() -> Paper:
    paper = Paper("e", "Another barrage of 397 drones crossed Ukraine, the Air Force said.", published="2025-07-10")
    raid = paper.happening(
        "air_attack", "barrage of 397 drones", night("2025-07-09", "2025-07-10"), (UKRAINE,), actors=("ru",), targets=("ua",), main=True
    )
    paper.claim("launched", 397, "397 drones", raid, paper.speaker("Air Force", party="ua"), weapon="drone")
    return paper


def test_three_tellings_of_one_night_are_one_event() -> None:
    linked = run(wire(), local(), brief())
    assert len(linked.events) == 1
    event = linked.events[0]
    assert event.documents == ("a", "b", "c")
    assert event.places[0] == "ua" and event.title == "Air attack on Ukraine, night of 3–4 July 2025"
    assert event.window is not None and event.window.precision == "night"
    assert all(j.reason and not j.refused for j in event.joins) and len(event.joins) == 2
    assert any("550" in j.reason for j in event.joins)


def test_nights_of_a_series_stay_apart_with_the_reason() -> None:
    linked = run(next_week(), night_after())
    assert len(linked.events) == 2
    assert [(j.documents, j.refused) for j in linked.refusals] == [(("d", "e"), True)]
    assert "8–9 July" in linked.refusals[0].reason and "9–10 July" in linked.refusals[0].reason
    assert len(linked.events) == 2 and all(e.joins[-1] == linked.refusals[0] for e in linked.events)  # each event says it


def test_opposite_directions_stay_apart() -> None:
    ours, theirs = Paper("a", "Drones hit depots overnight."), Paper("b", "Drones hit towns overnight.")
    window = night("2025-07-03", "2025-07-04")
    ours.happening("air_attack", "Drones hit", window, actors=("ua",), targets=("ru",), main=True)
    theirs.happening("air_attack", "Drones hit", window, actors=("ru",), targets=("ua",), main=True)
    linked = run(ours, theirs)
    assert len(linked.events) == 2
    assert "opposite directions" in linked.refusals[0].reason


def test_forecast_and_happened_stay_apart() -> None:
    one, two = Paper("a", "Up to 1,000 drones may come."), Paper("b", "Drones came to Ukraine.")
    one.happening("air_attack", "drones may come", None, (UKRAINE,), status="forecast", main=True)
    two.happening("air_attack", "Drones came", None, (UKRAINE,), main=True)
    assert len(run(one, two).events) == 2


def test_a_planned_call_and_the_call_held_are_one_event() -> None:
    plan, held = Paper("a", "Orbel said he would ring Maric on Friday."), Paper("b", "Jan Orbel spoke with Ana Maric on Friday morning.")
    friday = whole_day("2025-07-04", "2025-07-05")
    plan.happening("call", "ring Maric", friday, participants=(plan.person("Orbel"), plan.person("Maric")), status="planned")
    held.happening("call", "spoke with", friday, participants=(held.person("Jan Orbel"), held.person("Ana Maric")))
    linked = run(plan, held)
    assert len(linked.events) == 1
    assert linked.events[0].status == "happened"
    assert "planned in one report, held in the other" in linked.events[0].joins[0].reason
    assert linked.events[0].title == "Call between Jan Orbel and Ana Maric, 4 July 2025"
    assert len(linked.events[0].participants) == 2


def test_calls_of_other_people_on_one_day_stay_apart() -> None:
    one, two = Paper("a", "Jan Orbel rang Ana Maric."), Paper("b", "Jan Orbel rang Petra Holm.")
    friday = whole_day("2025-07-04", "2025-07-05")
    one.happening("call", "rang", friday, participants=(one.person("Jan Orbel"), one.person("Ana Maric")))
    two.happening("call", "rang", friday, participants=(two.person("Jan Orbel"), two.person("Petra Holm")))
    assert len(run(one, two).events) == 2


def test_shootings_of_two_towns_stay_apart() -> None:
    one, two = Paper("a", "Two shot in Dayton on Friday."), Paper("b", "Two shot in Toledo on Friday.")
    day = whole_day("2025-07-04", "2025-07-05")
    one.happening("shooting", "shot in Dayton", day, (DAYTON,), main=True)
    two.happening("shooting", "shot in Toledo", day, (TOLEDO,), main=True)
    linked = run(one, two)
    assert len(linked.events) == 2 and linked.events[0].title == "Shooting in Dayton, 4 July 2025"


def test_a_happening_without_claims_is_an_event() -> None:
    paper = Paper("a", "Washington paused shipments of arms to Kyiv.")
    paper.happening("aid_pause", "paused shipments", actors=("us",), targets=("ua",))
    linked = run(paper)
    assert [e.title for e in linked.events] == ["Pause of aid by United States"] and linked.claim_events == ()


def test_no_date_stays_relative_and_still_joins() -> None:
    from crosstally.values import Window

    words = Window(None, None, "night", "overnight into Friday", "publication")
    papers = []
    for name in "ab":
        paper = Paper(name, f"Report {name}: drones struck Kyiv overnight into Friday, 14 taken to hospital.", published=None)
        raid = paper.happening("air_attack", "drones struck", words, (KYIV,), actors=("ru",), main=True)
        paper.claim("hospitalised", 14, "14 taken to hospital", raid)
        papers.append(paper)
    linked = run(*papers)
    assert [e.title for e in linked.events] == ["Air attack on Kyiv, overnight into Friday"]
    assert linked.events[0].window is not None and linked.events[0].window.start is None


def test_a_report_without_a_date_joins_one_that_has_it() -> None:
    dated, undated = wire(), Paper("u", "Ukraine faced 550 weapons overnight, 270 of them felled.", published=None)
    raid = undated.happening("air_attack", "Ukraine faced", None, (UKRAINE,), actors=("ru",), main=True)
    undated.claim("launched", 550, "550 weapons", raid)
    undated.claim("shot_down", 270, "270 of them felled", raid)
    linked = run(dated, undated)
    assert len(linked.events) == 1 and linked.events[0].documents == ("a", "u")


def test_two_happenings_of_one_report_stay_two_unless_one_night_is_told_twice() -> None:
    window = night("2025-07-03", "2025-07-04")
    twice = Paper("a", "Drones crossed Ukraine overnight. Kyiv was struck worst.")
    twice.happening("air_attack", "Drones crossed", window, (UKRAINE,), main=True)
    twice.happening("air_attack", "struck worst", window, (KYIV,))
    assert len(run(twice).events) == 1
    other = Paper("b", "Drones crossed Ukraine overnight. Shells fell on Odesa.")
    other.happening("air_attack", "Drones crossed", window, (UKRAINE,), main=True)
    other.happening("shelling", "Shells fell", window, (ODESA,))
    assert len(run(other).events) == 2


def test_voices_count_origins_not_reports() -> None:
    linked = run(wire(), local(), brief())
    by_institution = {v.institution: v for v in linked.voices}
    mayor = next(v for v in linked.voices if v.certain and "c:c0" in v.claims)
    assert set(mayor.documents) == {"a", "b", "c"}, "officials with the mayor's figure add no voice"
    assert mayor.reason.startswith("3 reports rest on")
    force = next(v for name, v in by_institution.items() if "air force" in name.lower() and v.certain)
    assert force.documents == ("a", "b")
    # Two certain voices; outlets a and c tell of a death and name nobody.
    assert dict(linked.event_voices)[linked.events[0].id] == Count(2, 4)


def test_a_copy_is_one_voice_and_says_so() -> None:
    original = wire()
    linked = run(original, original.copy("z", published="2025-07-05"))
    before = run(wire())
    assert [v for _, v in linked.event_voices] == [v for _, v in before.event_voices]
    line = next(x for x in linked.lineage if x.kind == "copies")
    assert (line.source, line.target) == ("z", "a") and line.passages
    assert "4 July 2025" in line.reason


def test_agency_copy_in_two_outlets_is_one_voice() -> None:
    papers = []
    for name, text in (
        ("a", "KYIV, Ukraine (AP) — One man died in the raid, and fires burned."),
        ("b", "Flames rose over Kyiv. One person was killed. Associated Press reporters heard it all."),
    ):
        paper = Paper(name, text)
        raid = paper.happening("air_attack", "Kyiv" if name == "b" else "raid", night("2025-07-03", "2025-07-04"), (KYIV,), actors=("ru",), main=True)
        paper.claim("killed", 1, "One man died" if name == "a" else "One person was killed", raid)
        papers.append(paper)
    linked = run(*papers)
    assert len(linked.voices) == 1 and linked.voices[0].institution == "Associated Press"
    assert {x.target for x in linked.lineage} == {"agency:associated_press"}


def test_the_same_words_of_one_person_are_one_quote() -> None:
    one = Paper("a", "“We shall rebuild every house on this street by the winter,” Vitali Klitschko said.")
    two = Paper("b", "Vitaliy Klitschko: 'Every house on this street we shall rebuild before winter', he said, as “the plan” began.")
    for paper, name, words in (
        (one, "Vitali Klitschko", "We shall rebuild every house on this street by the winter"),
        (two, "Vitaliy Klitschko", "Every house on this street we shall rebuild before winter"),
    ):
        paper.person(name)
        paper.quote(words, name)
    two.quote("the plan", None)
    linked = run(one, two)
    assert len(linked.quotes) == 1 and {s.document for s in linked.quotes[0].spans} == {"a", "b"}
    assert linked.quotes[0].speaker in {e.id for e in linked.entities}


PAPERS = (wire, local, brief, next_week, night_after)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(PAPERS))))
def test_order_never_changes_the_result(order: list[int]) -> None:
    assert run(*(PAPERS[i]() for i in order)) == run(*(make() for make in PAPERS))


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.integers(0, len(PAPERS) - 1), min_size=1),
    st.integers(0, len(PAPERS) - 1),
    st.sampled_from(["2025-07-02", "2025-07-04", "2025-07-06", "2025-07-12", None]),
)
def test_adding_any_copy_never_adds_a_voice(chosen: set[int], copied: int, published: str | None) -> None:
    papers = [PAPERS[i]() for i in sorted(chosen | {copied})]
    before = run(*papers)
    after = run(*papers, PAPERS[copied]().copy("zz", published=published))
    assert len(after.voices) == len(before.voices)
    assert sorted(c.notation() for _, c in after.event_voices) == sorted(c.notation() for _, c in before.event_voices)


def test_the_touched_component_alone_gives_the_events_of_the_whole() -> None:
    whole = {e.id: e.happenings for e in run(*(make() for make in PAPERS)).events}
    parts: dict[str, tuple[str, ...]] = {}
    for part in ((wire, local, brief), (next_week,), (night_after,)):
        parts |= {e.id: e.happenings for e in run(*(make() for make in part)).events}
    assert parts == whole


def test_unknown_class_and_empty_domain_do_not_raise() -> None:
    empty = Domain(measures={}, facets={}, relations=(), events={}, frames=(), nouns={})
    paper = wire()
    assert len(link((paper.reading,), (paper.document,), (), empty).events) == 1


def test_a_toy_domain_needs_no_engine_code() -> None:
    toy = Domain(
        measures={},
        facets={},
        relations=(),
        events={"parade": EventClass("parade", "Parade through {where}, {when}", "harm", extent="local")},
        frames=(),
        nouns={},
        parties={"x": Party("x", "Xland", None)},
    )
    day = whole_day("2025-07-04", "2025-07-05")
    papers = []
    for name in "ab":
        paper = Paper(name, f"Paper {name}: the Dayton parade drew 412 people.")
        paper.claim("attended", 412, "412 people", paper.happening("parade", "parade drew", day, (DAYTON,), main=True))
        papers.append(paper)
    linked = link(tuple(p.reading for p in papers), tuple(p.document for p in papers), (), toy)
    assert [e.title for e in linked.events] == ["Parade through Dayton, 4 July 2025"]


@pytest.mark.parametrize("missing", ["a", "b"])
def test_a_reading_without_its_document_is_left_out(missing: str) -> None:
    papers = [wire(), local()]
    linked = link(tuple(p.reading for p in papers), tuple(p.document for p in papers if p.document.id != missing), (), DOMAIN)
    assert len(linked.events) == 1 and missing not in linked.events[0].documents
