"""Reports of crushes, fires, floods, boats and shootings: what is a count of the event, what is of a part, of an hour before, of another year."""

from __future__ import annotations

import pytest

from crosstally.flow import read_one
from crosstally.values import EARLY, JOINS, Claim, Document
from tests.link.told import book_of, main_of


def claims_of(text: str, published: str = "2023-05-14T12:00:00") -> tuple[Claim, ...]:
    return read_one(Document.from_text(text, id="d", published=published, source="s")).claims


def test_the_year_a_sentence_opens_with_holds_for_all_of_it() -> None:
    text = (
        "A crush at a concert in Patna left at least 30 people dead, police said Sunday.\n\n"
        "In 2011, visitors to a fair fell over each other amid rumours that a stand would collapse, and at least 90 were crushed to death."
    )
    event, killed = main_of(book_of((text, "2023-05-14T12:00:00")))
    assert (killed.low, killed.high) == (30, None)
    assert event.window is None or event.window.start is None or event.window.start >= "2023"


def test_an_earlier_killing_of_the_same_man_is_an_event_of_its_own() -> None:
    text = (
        "Gunman kills eight at Brno college\n\n"
        "A gunman killed eight people at a college in Brno, police told reporters on May 14. Five were wounded.\n\n"
        "Officers are looking into whether he is the man who killed a shopkeeper and her son on May 3 in a park nearby."
    )
    book = book_of((text, "2023-05-14T20:00:00"))
    eight = next(t for t in book.tallies if t.measure == "killed" and t.low == 8)
    event = next(e for e in book.events if e.id == eight.event)
    assert event.window is None or event.window.start is None or event.window.start >= "2023-05-14"
    assert not [t for t in book.tallies if t.event == eight.event and t.measure == "killed" and t.low == 2]


@pytest.mark.parametrize(
    "early",
    [
        "Police initially gave a toll of three dead.",
        "Officials had previously put the death toll at 31.",
        "An earlier report spoke of 12 dead.",
        "The death toll had increased to 52 from the 40 deaths reported on Friday.",
        "The fire service initially said more than 60 people were killed but later put it at 52.",
    ],
)
def test_a_count_given_first_is_no_count_of_the_event(early: str) -> None:
    text = f"A fire at a mill in Lahore killed 52 people on Friday, officials said.\n\n{early}"
    book = book_of((text, "2023-05-14T12:00:00"))
    _, killed = main_of(book)
    assert (killed.low, killed.latest) == (52, 52)
    assert not [f for f in book.findings if f.kind in ("divergence", "contradiction", "imbalance", "revision")]
    assert any(EARLY in c.trace for c in book.claims)


def test_bodies_found_so_far_do_not_dispute_the_toll() -> None:
    text = (
        "An earthquake in Nepal killed 268 people on Monday, officials said.\n\n"
        "Soldiers had found 14 bodies under a landslide, the army said. A doctor said 50 people were also reported dead in the hills."
    )
    book = book_of((text, "2023-05-16T12:00:00"))
    _, killed = main_of(book)
    assert (killed.low, killed.latest) == (268, 268)
    assert not [f for f in book.findings if f.kind in ("divergence", "contradiction", "imbalance", "revision")]


def test_places_told_in_a_list_are_parts_of_what_is_missing() -> None:
    text = (
        "Officials in KwaZulu-Natal confirmed on Wednesday that 48 people were still missing after the floods.\n\n"
        "Thirty-one people from the Ilembe district, seven from Tarvo, four from Melbari and two from Zarkot are still missing."
    )
    book = book_of((text, "2023-05-17T12:00:00"))
    _, missing = main_of(book, "missing")
    assert (missing.low, missing.latest) == (48, 48)
    assert not [f for f in book.findings if f.kind == "divergence"]


def test_one_who_died_later_dates_no_event() -> None:
    text = (
        "A crush at a fair in Patna left at least 30 people dead, officials said. Two of those died on Wednesday morning. "
        "Some 9,000 people had come to the fair on Tuesday."
    )
    event, _ = main_of(book_of((text, "2023-05-17T15:00:00")))
    assert event.window is not None
    assert (event.window.start or "").startswith("2023-05-16")


def test_one_more_found_dates_no_event() -> None:
    text = "The death toll from the earthquake in Nepal has risen to 329, officials said. Rescuers found another casualty on 14 May."
    event, _ = main_of(book_of((text, "2023-05-14T12:00:00")))
    assert event.window is None or not (event.window.start or "").startswith("2023-05-14")


def test_the_same_period_is_a_period() -> None:
    text = (
        "At least two migrants died on Saturday when their boat sank off Tunisia, officials said. The coast guard rescued 13 people.\n\n"
        "The minister said 901 bodies had been recovered since the beginning of the year. In the same period, 15,327 people were rescued."
    )
    book = book_of((text, "2023-05-14T12:00:00"))
    rescued = {t.scope.period: (t.low, t.high) for t in book.tallies if t.measure == "rescued"}
    assert rescued == {"event": (13, 13), "year": (15327, 15327)}
    assert not [f for f in book.findings if f.kind in ("divergence", "revision")]


@pytest.mark.parametrize("who", ["Moscow-backed officials", "the Russian-held city's council"])
def test_a_name_in_a_compound_is_not_where_it_happened(who: str) -> None:
    text = f"Shelling of a shop in Donetsk killed five people on Sunday, {who} said. It was one of the worst attacks on the city, {who} said."
    event, _ = main_of(book_of((text, "2023-05-14T12:00:00")))
    assert "Donetsk" in event.title


def test_a_boat_bound_for_europe_sinks_in_no_europe() -> None:
    text = "At least two people died when their Europe-bound boat sank off Gabes in the Gulf of Gabes on Saturday, officials said."
    event, _ = main_of(book_of((text, "2023-05-14T12:00:00")))
    assert "Europe" not in event.title
    assert all(not c.place or c.place.country in (None, "TN") for c in claims_of(text))


@pytest.mark.parametrize("toll", ["claimed at least nine lives", "claims nine lives"])
def test_what_claims_lives_has_said_nothing(toll: str) -> None:
    claims = [c for c in claims_of(f"The flooding in Durban {toll}.") if c.measure == "killed"]
    assert [c.speaker for c in claims] == [None]


def test_who_has_so_far_confirmed_is_who_speaks() -> None:
    claim = next(c for c in claims_of("Amnesty International has so far confirmed 140 deaths in Jos.") if c.measure == "killed")
    assert claim.speaker is not None
    assert claim.speaker.name == "Amnesty International"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Approximately 40 723 people have been displaced by the floods.", 40723),
        ("The floods displaced some 1 204 300 people.", 1204300),
        ("On June 12 300 people were displaced by the floods.", 300),
    ],
)
def test_thousands_told_apart_by_a_space(text: str, number: int) -> None:
    claims = [c for c in claims_of(text) if c.measure == "displaced"]
    assert len(claims) == 1
    quantity = claims[0].quantity
    assert quantity is not None and quantity.low is not None and quantity.high is not None
    assert quantity.low <= number <= quantity.high


def test_a_country_before_a_bombing_is_where_it_was() -> None:
    text = (
        "Pakistan suicide bombing: market attack kills at least 13\n\n"
        "At least 13 people have been killed and 30 wounded in a suicide bomb attack outside a market in the Pakistani city of Quetta, officials say."
    )
    book = book_of((text, "2023-05-14T12:00:00"))
    assert len([e for e in book.events if any(t.event == e.id and t.measure == "killed" for t in book.tallies)]) == 1
    assert all(not e.actors for e in book.events)


def test_what_an_attack_did_is_told_of_it() -> None:
    text = (
        "Ukraine shelling of city of Donetsk kills 27, officials say\n\n"
        "Twenty-seven people were killed when Ukrainian forces shelled Donetsk on Sunday."
    )
    book = book_of((text, "2023-05-14T12:00:00"))
    assert len([e for e in book.events if any(t.event == e.id and t.measure == "killed" for t in book.tallies)]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "More than 150 people were admitted to hospitals.", "Another 28 people were still being treated in a hospital.",
        "Some 28 people were shifted to the hospital.", "At least 28 people were evacuated to hospitals.",
    ],
)
def test_people_admitted_or_treated_are_in_hospital(text: str) -> None:
    claims = claims_of(f"A crush in Patna hurt many on Sunday. {text}")
    assert [c.measure for c in claims if c.quantity is not None and (c.quantity.low or 0) > 20] == ["hospitalised"]


def test_a_premier_who_tells_the_whole_count_tells_no_part() -> None:
    text = (
        "The toll of the floods on the east coast of South Africa has risen to 443, an official said Sunday.\n\n"
        '"The death toll now stands at 443," Sipho Maseko, the premier of the KwaZulu-Natal province, told reporters.'
    )
    claims = [c for c in claims_of(text) if c.measure == "killed"]
    assert len(claims) == 2
    assert [c.scope.place for c in claims] == [None, None]


def test_a_number_joins_others_only_beside_a_larger_one() -> None:
    book = book_of(("Rescuers recovered 14 bodies from a bus that crashed near Quetta on Sunday.", "2023-05-14T12:00:00"))
    _, killed = main_of(book)
    assert (killed.low, killed.latest) == (14, 14)
    assert any(JOINS in c.trace for c in book.claims)


def test_armed_men_who_stop_a_bus_raid_nobody_from_the_air() -> None:
    text = (
        "Armed men kill 12 passengers near Quetta\n\nArmed men killed at least 12 passengers near Quetta on Monday, police said. "
        "The attackers intercepted vehicles on the highway, targeting passengers from Punjab."
    )
    event, killed = main_of(book_of((text, "2023-05-16T12:00:00")))
    assert event.kind == "attack"
    assert (killed.low, killed.latest) == (12, 12)


def test_a_country_before_a_colon_is_no_doer() -> None:
    text = (
        "Pakistan: 23 bus passengers gunned down in targeted attack near Quetta\n\n"
        "Gunmen ambushed buses and shot dead at least 23 people near Quetta on Monday, police said."
    )
    book = book_of((text, "2023-05-16T12:00:00"))
    assert len([e for e in book.events if any(t.event == e.id and t.measure == "killed" for t in book.tallies)]) == 1


@pytest.mark.parametrize(
    ("text", "measure", "told"),
    [
        ("The number of people killed in a raid on a camp near Bunia has climbed to 23, officials said.", "killed", "23"),
        ("The number of confirmed deaths in the sinking of a ferry rose to 50.", "killed", "50"),
        ("The number of children wounded in the market blast stood at nine.", "wounded age=child", "9"),
        ("Divers found 19 bodies, bringing the number of civilian deaths to 50.", "killed role=civilian", "50"),
    ],
)
def test_a_number_of_people_told_by_what_befell_them_is_a_toll(text: str, measure: str, told: str) -> None:
    assert f"{measure} {told}" in {f"{c.measure} {c.facets.notation()}".strip() + f" {c.quantity.notation()}" for c in claims_of(text) if c.quantity}


def test_the_number_of_those_asked_is_no_toll() -> None:
    counts = [c.quantity.notation() for c in claims_of("The number of people questioned about the dead guard rose to 23.") if c.quantity]
    assert "23" not in counts


def test_a_raid_is_from_the_air_only_where_something_says_so() -> None:
    on_foot, by_air = "Fighters killed 17 people in a raid on a camp near Bunia on Friday.", "Warplanes killed nine in a raid on Idlib on Friday."
    assert [main_of(book_of((t, "2023-05-14T12:00:00")))[0].kind for t in (on_foot, by_air)] == ["attack", "air_attack"]


def _killed(*texts: tuple[str, str]) -> tuple[int | None, int | None]:
    _, killed = main_of(book_of(*texts))
    return killed.low, killed.high


@pytest.mark.parametrize(
    "late",
    [
        "Officials had earlier said 34 people died.",
        "Police said earlier that 12 were killed.",
        "That is up from 34 dead a day before.",
    ],
)
def test_what_had_been_said_earlier_is_no_rival_of_what_is_said_now(late: str) -> None:
    text = f"Fifty people died in the sinking of a ferry on Lake Kivu on Friday, the governor said. {late}"
    assert _killed((text, "2023-05-14T12:00:00")) == (50, 50)


def test_a_total_since_a_truce_is_of_no_strike_within_it() -> None:
    text = (
        "An air strike killed 14 people in Tyre on Saturday. "
        "Strikes have killed more than 330 people in Lebanon since the truce began in November 2022, the ministry said."
    )
    book = book_of((text, "2023-05-14T12:00:00"))
    strike = next(e.id for e in book.events if e.kind == "air_attack")
    assert [(t.low, t.high) for t in book.tallies if t.event == strike and t.measure == "killed"] == [(14, 14)]


def test_what_a_figure_is_compared_with_is_of_another_time() -> None:
    book = book_of(("In all, 211 people have been killed in Brno this year, compared with 254 at the same time last year.", "2023-05-14T12:00:00"))
    assert [(t.low, t.high) for t in book.tallies if t.measure == "killed"] == [(211, 211)]


def test_an_hour_after_shortly_is_a_time_and_opens_no_event() -> None:
    text = (
        "Three people died after a man opened fire at a party in Brno early Sunday, police said.\n\n"
        "Officers went there shortly after 1 a.m. and found two men dead at the scene."
    )
    assert len(book_of((text, "2023-05-14T12:00:00")).events) == 1


def test_a_third_victim_and_who_she_was_are_one_person() -> None:
    text = (
        "Three people died after a man opened fire at a party in Brno on Sunday, police said. Two men were found dead at the scene. "
        "A third victim, a 19-year-old woman, was pronounced dead at a hospital."
    )
    assert max(c.quantity.low or 0 for c in claims_of(text) if c.measure == "killed" and c.quantity) == 3


def test_a_list_behind_a_saying_verb_adds_up() -> None:
    told = [c for c in claims_of("The spokesman said three soldiers and two civilians were killed.") if c.measure == "killed"]
    assert {(c.facets.notation(), c.quantity.notation()) for c in told if c.quantity} == {("role=soldier", "3"), ("role=civilian", "2"), ("", "5")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Border Doctors Network put the number of dead at 49.", "Border Doctors Network"),
        ("Lebanon's Health Ministry on Sunday raised the toll from strikes on Tyre to 16.", "Lebanon's Health Ministry"),
        ("A later report put the toll at 40.", "later report"),
        ("Three more deaths raised the toll to 57.", None),
    ],
)
def test_who_puts_a_toll_at_a_number_says_so_and_a_death_says_nothing(text: str, name: str | None) -> None:
    toll = max((c for c in claims_of(text) if c.measure == "killed" and c.quantity), key=lambda c: c.quantity.low or 0 if c.quantity else 0)
    assert (toll.speaker.name if toll.speaker else None) == name


def test_a_siege_of_months_is_not_one_of_as_many_hours() -> None:
    book = book_of(("Troops shelled Sarmin on Friday after an 18-month siege, killing two.", "2023-05-14T12:00:00"))
    lasted = next(t for t in book.tallies if t.measure == "duration")
    assert (lasted.low, lasted.high) == (18 * 28 * 24, 18 * 31 * 24)


def test_a_press_conference_is_no_event_and_takes_no_toll() -> None:
    text = "A fire early on Sunday in a club in Lahore killed 51 people, the interior minister told a press conference."
    book = book_of((text, "2023-05-14T12:00:00"))
    assert [e.kind for e in book.events] == ["fire"]
    assert main_of(book)[1].low == 51


def test_a_crush_of_another_year_in_a_list_is_no_count_of_this_one() -> None:
    text = (
        "A crush at a shrine in Patna killed 35 people on Thursday, officials said.\n\n"
        "2006: 64 pilgrims die in a crush at a bridge in Patna\n\n"
        "1997: 40 pilgrims are killed when a fire sweeps through tents in Patna"
    )
    book = book_of((text, "2023-05-14T12:00:00"))
    told = {(e.kind, (e.window.start or "")[:4] if e.window else ""): t.low for e in book.events for t in book.tallies if t.event == e.id}
    assert told == {("stampede", "2023"): 35, ("stampede", "2006"): 64, ("fire", "1997"): 40}


def test_a_boat_that_sinks_is_a_shipwreck() -> None:
    text = "A boat with 40 people on board capsized off Tripoli on Friday, and five bodies were recovered, the coast guard said."
    event, killed = main_of(book_of((text, "2023-05-14T12:00:00")))
    assert (event.kind, killed.low) == ("shipwreck", 5)


def test_a_quake_told_days_after_is_of_its_own_day() -> None:
    early = "A strong earthquake struck Nepal on Monday, killing 40 people, officials said."
    late = (
        "Crews sifted through rubble on Saturday as the search turned to bodies five days after a huge earthquake struck Nepal, "
        "with 98 people now confirmed killed."
    )
    book = book_of((early, "2023-05-08T20:00:00"), (late, "2023-05-13T12:00:00"))
    (event,) = [e for e in book.events if e.kind == "earthquake"]
    assert len(event.documents) == 2
    assert event.window is not None and (event.window.start or "")[:10] == "2023-05-08"


def test_a_toll_moved_far_behind_its_words_gives_no_day_of_the_event() -> None:
    text = (
        "The death toll from the series of strong earthquakes that struck the hills in the west of the country of Nepal earlier this week "
        "increased to 92 on Friday."
    )
    event, _ = main_of(book_of((text, "2023-05-12T12:00:00")))
    assert event.window is None or (event.window.start or "")[:10] != "2023-05-12"


def test_a_part_of_a_town_named_after_a_people_is_no_side_and_a_speakers_morning_is_no_day() -> None:
    one = (
        "Truck Attack on French Quarter Crowd in New Orleans Leaves 15 Dead\n\n"
        "Officials told of a horrible incident in New Orleans early on New Year's Day, where a truck drove into a crowd, "
        "killing at least 15 people.\n\n"
        "The bureau’s statement read, “This morning, a man drove a car into a crowd of people in New Orleans, injuring dozens of others.”\n\n"
        "The attack left 15 dead and about 30 injured."
    )
    book = book_of((one, "2025-01-02T12:00:00"))
    assert len([e for e in book.events if any(t.event == e.id for t in book.tallies)]) == 1


def test_the_day_somebody_acted_upon_an_event_is_not_its_day() -> None:
    text = (
        "The president on Friday sent troops to free more than 250 pupils kidnapped by gunmen from a school in Kaduna, officials said.\n\n"
        "At least one person was shot dead in the attack on Thursday, residents said."
    )
    book = book_of((text, "2024-03-08T12:00:00"))
    (killed,) = [t for t in book.tallies if t.measure == "killed"]
    event = next(e for e in book.events if e.id == killed.event)
    assert killed.low == 1
    assert event.window is not None and (event.window.start or "")[:10] == "2024-03-07"


def test_a_search_that_ends_days_after_a_boat_sank_is_of_that_boat() -> None:
    text = (
        "The coast guard said it would halt its search on Thursday after recovering four bodies in waters off Tripoli, five days after a boat "
        "carrying migrants capsized.\n\nAs of Thursday, 34 people remain missing."
    )
    book = book_of((text, "2022-01-27T12:00:00"))
    told = {t.measure: t.event for t in book.tallies}
    assert told["killed"] == told["missing"]


def test_the_hour_of_a_statement_is_not_the_hour_of_what_it_tells() -> None:
    text = (
        "At least 129 people died in a stampede at a prison in Kinshasa early on Monday, the authorities said.\n\n"
        "In a statement posted on a network early on Tuesday, the interior minister said 24 inmates were shot dead."
    )
    book = book_of((text, "2024-09-03T12:00:00"))
    event, _ = main_of(book)
    assert event.window is not None and (event.window.start or "")[:10] == "2024-09-02"
    assert not [e for e in book.events if e.window and (e.window.start or "")[:10] == "2024-09-03"]


def test_a_toll_revised_down_takes_the_place_of_a_higher_one_given_before() -> None:
    first = "A bombing in Herat killed 103 people on Wednesday, the governor said."
    down = "The death toll of Wednesday's bombing in Herat has been revised down to 84, officials said on Thursday."
    assert _killed((first, "2024-01-03T20:00:00"), (down, "2024-01-04T12:00:00")) == (84, 84)
    told = down.replace("has been revised down to", "stands at")
    assert _killed((first, "2024-01-03T20:00:00"), (told, "2024-01-04T12:00:00")) == (84, 103)
