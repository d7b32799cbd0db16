"""Which events a report tells, and which figure counts in which."""

from __future__ import annotations

import pytest

from tests.extract.telling_text import figure, of_kind, read, tell

NIGHT = (
    "Russia fired 90 drones and six missiles at Ukraine overnight into Thursday, killing two people, officials said.\n\n"
    "Ukraine’s air force said it shot down 71 drones and jammed a dozen more.\n\n"
    "In Kharkiv, a man was killed and nine people were wounded when a drone hit a bakery. In Sumy, three people were hurt.\n\n"
    "Russia’s defence ministry said its air defences destroyed 38 Ukrainian drones overnight, most of them over the Bryansk region. "
    "One woman was wounded there, the governor said.\n\n"
    "On Monday, shelling of Nikopol killed four people.\n\n"
    "At least 10,500 civilians have been killed since the start of the full-scale invasion, according to the United Nations.\n\n"
    "Military intelligence warned that Moscow could launch 300 drones a night by summer."
)


def test_a_night_told_town_by_town_is_one_happening() -> None:
    telling = tell(NIGHT)
    (main,) = [h for h in telling.happenings if h.main]
    assert (main.kind, main.actors, main.targets, main.status) == ("air_attack", ("ru",), ("ua",), "happened")
    for number, measure in (("90", "launched"), ("71", "shot_down"), ("nine", "wounded"), ("three", "wounded")):
        assert figure(NIGHT, number, measure)[1].main, number


def test_the_other_sides_drones_are_another_happening() -> None:
    claim, happening = figure(NIGHT, "38", "shot_down")
    assert (happening.actors, happening.targets, happening.main) == (("ua",), ("ru",), False)
    assert figure(NIGHT, "One woman", "wounded")[1].id == happening.id
    assert claim.target == "ru"


def test_an_earlier_shelling_stands_alone() -> None:
    _, happening = figure(NIGHT, "four", "killed")
    assert happening.kind == "shelling" and not happening.main
    assert happening.window is not None and happening.window.start == "2024-03-11T00:00:00"


def test_a_running_total_is_no_part_of_the_night() -> None:
    claim, happening = figure(NIGHT, "10,500", "killed")
    assert (happening.kind, claim.scope.period, claim.scope.cumulative) == ("campaign", "war", True)


@pytest.mark.parametrize(
    "total",
    ["More than 190 people have been killed since, a spokesman said.", "Some 190 people have been killed in the two-year-old uprising.",
     "The army's crackdown on dissent in the wake of the coup has left more than 190 people dead."],
)
def test_a_total_of_what_goes_on_is_no_part_of_the_last_strike(total: str) -> None:
    text = f"A missile strike on the port of Odesa killed six people on Monday. {total}"
    strike, total_claim = figure(text, "six", "killed"), figure(text, "190", "killed")
    assert total_claim[1].id != strike[1].id
    assert (total_claim[1].kind, total_claim[0].scope.cumulative) == ("campaign", True)


@pytest.mark.parametrize(
    "when",
    ["The mission on Saturday said the toll of a bombing in Kabul rose to 43.", "On Saturday, officials gave an update on a bombing in Kabul."],
)
def test_the_day_of_a_statement_is_not_the_day_of_the_bombing(when: str) -> None:
    telling = tell(f"{when} The bombing took place on Wednesday.", "2024-03-16")
    (bombing,) = [h for h in telling.happenings if h.main]
    assert bombing.window is not None and bombing.window.start == "2024-03-13T00:00:00"


def test_a_country_that_strikes_its_own_village_tells_of_one_strike() -> None:
    text = "A Myanmar military air strike hit a hospital in Mandalay on Tuesday.\n\nThe strike in Myanmar killed 31. The ruling junta was silent."
    telling = tell(text)
    assert [(h.kind, h.actors, h.targets) for h in telling.happenings] == [("air_attack", (), ("mm",))]


def test_where_a_train_goes_is_not_where_the_bomb_was() -> None:
    text = "A bomb went off in Pakistan on Tuesday, as people waited for a train to travel to the city of Rawalpindi, killing 26."
    (bombing,) = [h for h in tell(text).happenings if h.main]
    assert not any(p.startswith("g") for p in bombing.places)


def test_no_strike_is_in_the_country_that_carried_it_out_nor_in_one_that_a_war_is_between() -> None:
    text = "Israel struck the port of Hodeida on Friday, killing 12. It came amid a war between Israel and Iran. Israel said it hit a depot."
    (strike,) = [h for h in tell(text).happenings if h.main]
    assert "il" not in strike.places and "ir" not in strike.places


def test_who_died_since_is_part_of_the_strike() -> None:
    text = "A missile strike on the port of Odesa wounded six people on Monday. Two have died since, doctors said."
    assert figure(text, "Two", "killed")[1].id == figure(text, "six", "wounded")[1].id


def test_a_forecast_is_its_own_happening() -> None:
    claim, happening = figure(NIGHT, "300", "launched")
    assert (happening.kind, happening.status, claim.status) == ("forecast", "forecast", "forecast")


def test_a_town_of_a_country_wide_night_is_a_part_and_the_country_is_not() -> None:
    assert figure(NIGHT, "nine", "wounded")[0].scope.place is not None
    assert figure(NIGHT, "90", "launched")[0].scope.place is None


def test_the_town_of_the_lede_is_no_part_of_an_event_told_there() -> None:
    text = "Drones battered Kharkiv overnight, wounding seven people. In Kharkiv, a school burned and 15 flats were damaged."
    assert figure(text, "15", "damaged")[0].scope.place is None


def test_without_a_publication_date_nothing_is_invented() -> None:
    telling = tell(NIGHT, None)
    (main,) = [h for h in telling.happenings if h.main]
    assert main.kind == "air_attack"
    assert main.window is not None and main.window.start is None and main.window.relative
    assert of_kind(telling, "shelling") and figure(NIGHT, "four", "killed", None)[1].kind == "shelling"


def test_same_text_same_ids() -> None:
    assert tell(NIGHT) == tell(NIGHT)
    assert len({h.id for h in tell(NIGHT).happenings}) == len(tell(NIGHT).happenings)


SHOOTING = (
    "Three people were killed and five wounded in a shooting at a bar in Dayton late Wednesday, police said.\n\n"
    "The gunman fled on foot. Two of the wounded were in critical condition.\n\n"
    "In a separate shooting on Tuesday in Columbus, a teenager was killed.\n\n"
    "A man was charged on Friday with four counts of murder in a different case."
)


@pytest.mark.parametrize(
    ("number", "measure", "main"),
    [("Three", "killed", True), ("five", "wounded", True), ("Two", "wounded", True), ("a teenager", "killed", False)],
)
def test_a_separate_shooting_in_another_town(number: str, measure: str, main: bool) -> None:
    _, happening = figure(SHOOTING, number, measure)
    assert happening.kind == "shooting" and happening.main is main


def test_later_deaths_belong_to_the_attack_that_wounded() -> None:
    text = (
        "A suicide bomber struck a market in Peshawar on Monday, killing at least 20 people, police said.\n\n"
        "The death toll rose to 24 on Wednesday after four of the wounded died in hospital.\n\n"
        "In January 2023, a bombing at a police mosque in the city killed more than 80 people."
    )
    assert figure(text, "24", "killed")[1].main and figure(text, "four", "killed")[1].main
    _, old = figure(text, "80", "killed")
    assert old.kind == "bombing" and not old.main


def test_days_after_sets_another_attack_apart() -> None:
    text = "Gunmen killed six people at a village in Mali on Sunday, two days after an ambush left nine soldiers dead."
    assert figure(text, "six", "killed")[1].id != figure(text, "nine", "killed")[1].id


def test_a_day_earlier_is_another_event() -> None:
    text = "A drone attack on Odesa killed two people overnight.\n\nA day earlier, a missile strike on the port killed seven people."
    assert figure(text, "two", "killed")[1].id != figure(text, "seven", "killed")[1].id


@pytest.mark.parametrize(
    "held_against",
    [
        "since June 2023, when at least 32 people died in a string of bombings in nearby Mardan",
        "since a bombing in Mardan killed 32 people in June 2023",
        "since 8 June 2023, when a bomber killed 32 people in Mardan",
    ],
)
def test_what_a_record_is_held_against_is_another_event(held_against: str) -> None:
    text = (
        "The death toll of a suicide attack on a market in Peshawar has risen to 17, officials said.\n\n"
        f"It was the deadliest attack in the city {held_against}."
    )
    _, main = figure(text, "17", "killed")
    assert main.main and main.window is None and main.places != ()
    _, old = figure(text, "32", "killed")
    assert not old.main and old.window is not None and (old.window.start or "")[:7] == "2023-06" and (old.window.end or "") <= "2023-07-01T00:00:00"


def test_an_unrelated_blast_does_not_join_the_raid() -> None:
    text = (
        "Russia attacked Ukraine with 200 drones overnight, wounding 12 people.\n\n"
        "Separately, an explosion in Lviv killed one person and injured 25. Police said the blast was unrelated to the air raid."
    )
    assert figure(text, "25", "wounded")[1].id != figure(text, "12", "wounded")[1].id


def test_a_planned_and_a_held_call_are_two() -> None:
    telling = tell(
        "President Joe Biden spoke with President Volodymyr Zelenskyy by phone on Wednesday, the White House said. "
        "The hour-long call was warm. Biden said he would call Chancellor Olaf Scholz on Friday."
    )
    calls = of_kind(telling, "call")
    assert sorted(h.status for h in calls) == ["happened", "planned"]
    assert all(len(h.participants) == 2 for h in calls)


def test_the_length_of_a_call_is_the_calls() -> None:
    text = "Drones pounded Kyiv overnight in a six-hour barrage, after Joe Biden held a 40-minute phone call with Vladimir Putin."
    assert figure(text, "six", "duration")[1].kind == "air_attack"
    assert figure(text, "40", "duration")[1].kind == "call"


def test_aid_arms_and_sanctions() -> None:
    telling = tell(
        "The United States has paused some deliveries of air defence missiles to Ukraine. Germany plans to buy two Patriot systems. "
        "The European Union imposed new sanctions on Iran on Monday."
    )
    (pause,) = of_kind(telling, "aid_pause")
    (purchase,) = of_kind(telling, "arms_purchase")
    (sanction,) = of_kind(telling, "sanction")
    assert pause.actors == ("us",) and pause.status == "happened"
    assert purchase.actors == ("de",) and purchase.status == "planned"
    assert sanction.actors == ("eu",)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor called for calm and called the budget a joke.",
        "The company launched a new phone and hit its sales target.",
        "He urged the court to strike down the law.",
        "Her new book is a hit.",
        "",
    ],
)
def test_no_event_is_read_into_other_talk(text: str) -> None:
    assert not [h for h in tell(text).happenings if h.kind in ("air_attack", "shooting", "bombing", "attack", "call")]


def test_an_earthquake_and_an_earlier_one() -> None:
    text = (
        "A strong earthquake struck eastern Japan on Wednesday, killing at least nine people and injuring 40.\n\n"
        "On Jan. 1, an earthquake in Ishikawa killed more than 240 people."
    )
    assert figure(text, "40", "wounded")[1].kind == "earthquake"
    assert figure(text, "240", "killed")[1].id != figure(text, "nine", "killed")[1].id


ROUND_UP = (
    "Russian attacks across Ukraine killed six people and wounded 30 overnight, officials said.\n\n"
    "Sumy regional governor Oleh Hryhorov said two people had died and eleven were hurt. “Four houses burned down,” he said.\n\n"
    "In Nikopol, a man was killed when a drone hit a bus stop. Seven others were injured.\n\n"
    "Russia’s defence ministry said it downed 51 Ukrainian drones overnight. Moscow Mayor Sergei Sobyanin said nine of them were "
    "shot down on their way to the capital."
)


def test_a_town_stays_the_topic_until_another_place_comes_up() -> None:
    seven = next(c for c in read(ROUND_UP).claims if c.measure == "wounded" and c.quantity is not None and c.quantity.low == 7)
    assert seven.place is not None and seven.place.name == "Nikopol" and seven.scope.place == seven.place.id


def test_an_office_tells_the_region_and_the_headline_stays_whole() -> None:
    claims = read(ROUND_UP).claims
    killed = {c.quantity.low: c for c in claims if c.measure == "killed" and c.quantity is not None and c.figure is not None}
    assert killed[6].scope.place is None
    assert killed[2].scope.place == "UA.21" and killed[2].place is not None and killed[2].place.kind == "region"


def test_the_only_toll_of_a_report_is_the_whole() -> None:
    text = (
        "Russia launched 90 drones and six missiles overnight into Thursday, the Ukrainian Air Force said.\n\n"
        "Tymur Tkachenko, the head of Kyiv’s military administration, said at least two people were killed."
    )
    (toll,) = [c for c in read(text).claims if c.measure == "killed"]
    assert toll.scope.place is None


def test_the_capital_is_that_of_the_side_told_of() -> None:
    raids = [h for h in read(ROUND_UP).happenings if h.targets == ("ru",)]
    assert len(raids) == 1 and "g703448" not in raids[0].places
    mayor = next(c for c in read(ROUND_UP).claims if c.measure == "shot_down" and c.quantity is not None and c.quantity.low == 9)
    assert mayor.happening == raids[0].id and mayor.place is not None and mayor.place.name == "Moscow"


def test_who_launches_is_no_place() -> None:
    telling = tell("Ukraine’s air force said Russia launched 84 drones overnight. It shot down 70 of the 84 drones that Russia sent.")
    (main,) = telling.happenings
    assert (main.actors, main.targets, main.places) == (("ru",), ("ua",), ("UA",))


@pytest.mark.parametrize(
    "text",
    [
        "The air force published its count of the night of 12–13 March on Telegram this morning. It said Russia launched 40 drones at Ukraine. "
        "As of 9 a.m., 31 drones had been shot down.",
        "Russia launched 40 drones at Ukraine overnight into Wednesday, the air force said on Thursday. By 7 p.m., 31 had been shot down.",
    ],
)
def test_an_hour_alone_and_a_statements_time_are_not_the_events(text: str) -> None:
    (main,) = [h for h in tell(text).happenings if h.main]
    assert main.window is not None and main.window.precision == "night" and (main.window.start or "").startswith("2024-03-12")


def test_an_as_of_dates_the_count() -> None:
    text = "Drones struck Kharkiv overnight. As of 9 a.m., four people had been killed."
    assert figure(text, "four", "killed", "2024-03-14T12:00")[0].as_of == "2024-03-14T09:00:00"


def test_a_window_is_taken_from_the_aftermath_where_none_stands_beside_the_attack() -> None:
    text = "When the sirens fell silent on Wednesday morning, smoke hung over Kharkiv.\n\nRussia fired 20 missiles at the city, officials said."
    (main,) = [h for h in tell(text).happenings if h.main]
    assert main.window is not None and (main.window.start or "").startswith("2024-03-13")


def test_an_attack_told_to_compare_with_has_the_same_sides() -> None:
    text = "Russia launched 300 drones at Ukraine overnight.\n\nThe raid came five days after the attack of March 9, when 210 drones were launched."
    claim, happening = figure(text, "210", "launched")
    assert not happening.main and (happening.actors, happening.targets) == (("ru",), ("ua",))
    assert claim.target == "ua"


def test_strikes_on_each_other_belong_to_neither_side() -> None:
    text = (
        "Russia and Ukraine trade drone strikes overnight\n\nIn Ukraine, two people were killed in a Russian missile attack on Dnipro overnight.\n\n"
        "Ukrainian drones killed a woman in Russia’s Rostov region, the governor said."
    )
    assert figure(text, "two", "killed")[1].targets == ("ua",) and figure(text, "a woman", "killed")[1].targets == ("ru",)


def test_a_local_shooting_is_placed_by_whose_police_tell_it() -> None:
    text = "A shooting in a Kansas nightclub early Sunday left seven people wounded.\n\nWichita Police said shots rang out just before 1 a.m."
    (main,) = [h for h in tell(text).happenings if h.main]
    assert main.places[0] == "US.KS" and len(main.places) == 2


def test_a_toll_during_the_war_is_no_toll_of_the_strike() -> None:
    text = "An air strike on Tyre killed seven people on Friday.\n\nAt least 2,900 people were killed in Lebanon during the 13 months of the war."
    claim, happening = figure(text, "2,900", "killed")
    assert (happening.kind, claim.scope.period) == ("campaign", "war") and figure(text, "seven", "killed")[1].main


def test_south_of_a_city_is_not_in_it() -> None:
    text = "Israeli strikes killed 33 people across Lebanon on Tuesday.\n\nA strike south of Beirut killed 15 people, the ministry said."
    claim, _ = figure(text, "15", "killed")
    assert claim.place is None or claim.place.name != "Beirut"


def test_one_raid_of_another_year_is_no_running_total() -> None:
    text = "Gunmen killed 12 people in Kaboro on Tuesday.\n\nNine people were killed in a similar night raid on Wuro about a year ago."
    _, happening = figure(text, "Nine", "killed")
    assert not happening.main and happening.kind != "campaign"


def test_a_separate_statement_tells_of_the_same_event() -> None:
    text = "Missiles hit homes in Lviv overnight, killing four people.\n\nIn a separate update, Ukraine’s air force said Russia launched 31 missiles."
    assert figure(text, "31", "launched")[1].main
    other = text.replace("In a separate update, Ukraine’s air force said", "In a separate attack on Monday,")
    assert not figure(other, "31", "launched")[1].main


def test_the_other_side_tells_of_the_night_that_is_told() -> None:
    text = (
        "Russia fired 90 drones at Ukraine overnight, killing two people.\n\n"
        "Russia’s defence ministry said it had downed 38 Ukrainian drones over the Bryansk region."
    )
    main, answer = figure(text, "90", "launched")[1], figure(text, "38", "shot_down")[1]
    assert main.id != answer.id
    assert answer.window == main.window


def test_who_claims_a_defence_is_no_attacker() -> None:
    text = "Russia fired 90 drones at Ukraine overnight.\n\nRussia claimed all four missiles fired at Voronezh were intercepted."
    assert figure(text, "four", "launched")[1].actors != ("ru",)


def test_harm_that_came_of_an_attack_is_counted_in_it() -> None:
    text = "Two people were hurt in a night attack by Russian drones near Odesa.\n\nAs a result of the attack, a 60-year-old woman was wounded."
    assert figure(text, "Two", "wounded")[1].id == figure(text, "a 60-year-old woman", "wounded")[1].id


WIDE = (
    "Russia launched 90 drones and six missiles at Ukraine overnight into Thursday, the air force said.\n\n"
    "More than 20 drones flew at Kyiv, the city’s mayor said. Air defences shot down four missiles over Kyiv and destroyed 71 drones across "
    "eastern, southern and central Ukraine.\n\n"
    "Drones hit six cities, including Odesa.\n\n"
    "On March 2, a raid on Lviv was the largest so far. On that occasion, 37 drones hit their targets."
)


def test_a_towns_share_of_a_night_is_its_own() -> None:
    parts = {c.quantity.raw: c.scope.place is not None for c in read(WIDE).claims if c.quantity is not None}
    assert {k: parts[k] for k in ("90", "six", "More than 20", "four", "71")} == {
        "90": False, "six": False, "More than 20": True, "four": True, "71": False,
    }  # fmt: skip


def test_that_occasion_is_the_event_told_before() -> None:
    _, happening = figure(WIDE, "37", "hit")
    assert not happening.main
    assert happening.window is not None and happening.window.start == "2024-03-02T00:00:00"


def test_where_weapons_come_from_and_what_a_border_is_with_are_no_targets() -> None:
    text = (
        "Russia attacked with six missiles from Crimea and 40 drones from the areas of Kursk and Oryol overnight. "
        "Blasts rocked Lviv, near the border with Poland."
    )
    (main,) = [h for h in tell(text).happenings if h.main]
    assert not {"ru", "pl"} & set(main.targets)
    assert not any(p.startswith(("PL", "RU")) for p in main.places)


def test_when_a_page_was_put_up_is_no_events_time() -> None:
    text = "Russia fires 90 drones at Odesa Thursday, March 14, 2024 12:03:00 PM\n\nRussia fired 90 drones at Odesa overnight, the navy said."
    _, happening = figure(text, "90 drones at Odesa overnight", "launched")
    assert happening.window is not None and happening.window.precision == "night"


def test_an_adverb_between_a_modal_and_its_verb() -> None:
    (happening,) = tell("Russia may soon launch 700 drones in a night, a commander warned on Monday.").happenings
    assert (happening.kind, happening.status) == ("forecast", "forecast")


def test_a_vote_told_with_its_numbers_is_an_event() -> None:
    text = "The General Assembly adopted a resolution on Monday with 93 votes in favour."
    assert [h.kind for h in tell(text).happenings] == ["resolution"]
    assert not tell("The General Assembly discussed a resolution on Monday.").happenings


def test_who_tells_of_an_attack_or_undergoes_it_does_not_make_it() -> None:
    for text in ("Ukraine’s foreign minister details heavy air strikes.", "Nearly all of Ukraine experienced enemy air attacks overnight."):
        assert "ua" not in tell(text).happenings[0].actors, text
    assert tell("Ukraine’s heavy air strikes on Belgorod went on overnight.").happenings[0].actors == ("ua",)


def test_a_long_list_of_adjectives_does_not_hide_a_country() -> None:
    text = "Air defences shot down four missiles over Kyiv and destroyed 71 drones across eastern, northern, southern, and central Ukraine overnight."
    claim, _ = figure(text, "71", "shot_down")
    assert claim.place is not None and claim.place.kind == "country"


def test_a_modal_of_another_clause_makes_no_forecast() -> None:
    text = "As rescuers searched for people who may be buried, officials said 3,700 people are confirmed dead after the earthquake."
    assert [c.status for c in read(text).claims if c.measure == "killed"] == ["happened"]


def test_a_sentence_that_opens_with_since_tells_a_total() -> None:
    claim, _ = figure("Russia hit Lviv with drones overnight. Since September, Russia has launched 8,060 drones at Ukraine.", "8,060", "launched")
    assert (claim.scope.period, claim.scope.cumulative) == ("month", True)


def test_what_somebody_was_able_to_do_happened() -> None:
    text = "Russia fired 18 missiles at Ukraine overnight. The air force said it was able to intercept 10 of the 18 missiles."
    assert {h.status for h in tell(text).happenings} == {"happened"}


def test_a_morning_update_is_a_channel_and_its_figures_go_on() -> None:
    text = "Russia launched 120 drones overnight, Ukraine’s air force said in its morning update. Of those, 80 were shot down and 30 were lost."
    told = [(c.quantity.raw, c.speaker.name if c.speaker else None) for c in read(text).claims if c.quantity is not None]
    assert told == [(n, "Ukraine’s air force") for n in ("120", "80", "30")]


def test_as_reported_by_somebody_opens_what_he_says() -> None:
    (claim,) = [c for c in read("As reported by the navy, 12 drones were shot down overnight.").claims if c.measure == "shot_down"]
    assert claim.speaker is not None and claim.speaker.name == "navy"


def test_more_are_of_what_was_counted_before() -> None:
    text = "The navy said it shot down 12 drones. It said three more were lost."
    told = [(c.measure, c.facets.get("weapon")) for c in read(text).claims if c.quantity is not None]
    assert told == [("shot_down", "drone"), ("suppressed", "drone")]


@pytest.mark.parametrize("by", ["by Israel and a U.S.-led coalition", "by Israel's air defences", "by Israeli forces"])
def test_who_brings_missiles_down_is_attacked(by: str) -> None:
    text = f"Iran fired at least 180 missiles at Israel on Tuesday night, the military said. Most of the missiles were intercepted {by}."
    (raid,) = tell(text).happenings
    assert (raid.actors, raid.targets) == (("ir",), ("il",))


def test_the_day_before_is_another_event_than_the_night() -> None:
    text = (
        "Pakistan downs 25 drones\n\nPakistan shot down 25 Indian drones overnight, the army said on Thursday.\n\n"
        "The raid follows Indian missile strikes that killed 31 civilians a day earlier.\n\n"
        "Pakistan says 40 people were wounded in Wednesday’s strikes."
    )
    night, day = figure(text, "25 Indian", "shot_down")[1], figure(text, "31", "killed")[1]
    assert night.main and not day.main
    assert figure(text, "40", "wounded")[1].id == day.id
    assert day.window is not None and (day.window.start or "").startswith("2024-03-13")


def test_since_last_night_is_the_nights_own() -> None:
    text = (
        "Pakistan has downed 12 Indian drones that entered its airspace since last night.\n\n"
        "Meanwhile, the toll of the Indian strikes overnight on March 12-13 rose to 31."
    )
    night, before = figure(text, "12 Indian", "shot_down")[1], figure(text, "31", "killed")[1]
    assert night.id != before.id
    assert night.window is not None and (night.window.start, night.window.end) == ("2024-03-13T18:00:00", "2024-03-14T09:00:00")


def test_off_whose_coast_and_by_whose_clock_are_no_sides() -> None:
    text = (
        "American forces off the coast of Yemen shot down four drones of the Houthis on Wednesday.\n\n"
        "Just before noon Sanaa time American ships engaged two Houthi missiles."
    )
    _, happening = figure(text, "four", "shot_down")
    assert (happening.actors, happening.targets) == (("houthis",), ("us",))
    assert figure(text, "two", "launched")[1].id == happening.id


def test_today_named_twice_is_when_it_was_said() -> None:
    text = "The command announced today, Thursday, that its ships engaged six Houthi drones.\n\nOn March 12, the Houthis launched four missiles."
    assert figure(text, "four", "launched")[1].id == figure(text, "six", "launched")[1].id


def test_downed_drones_that_somebody_only_hears_of() -> None:
    text = (
        "Pakistan shot down 25 Indian drones on Wednesday.\n\n"
        "The U.S. Consulate General told its staff to stay in amid reports of fires, downed drones and crowds."
    )
    assert not [h for h in tell(text).happenings if h.targets == ("us",)]


@pytest.mark.parametrize(
    "lede",
    ["US airstrikes on Yemen killed 53 people.", "The toll of the US attack on Yemen rose to 53 people killed."],
)
def test_us_is_no_pronoun(lede: str) -> None:
    (happening,) = [h for h in tell(lede).happenings if h.main]
    assert (happening.actors, happening.targets) == (("us",), ("ye",))


def test_whose_thing_is_hit_is_attacked() -> None:
    text = "US strikes on Yemen killed 53 people on Wednesday.\n\nA spokesman said his group targeted the US carrier with 18 missiles."
    _, answer = figure(text, "18", "launched")
    assert answer.targets == ("us",) and not answer.main


def test_who_reports_air_strikes_does_not_fly_them() -> None:
    text = "Ukraine reports air strikes\n\nRussian airstrikes hit cities across Ukraine on Thursday, killing two."
    (main,) = [h for h in tell(text).happenings if h.main]
    assert (main.actors, main.targets) == (("ru",), ("ua",))


def test_when_an_earlier_count_was_given_is_no_time_of_another_event() -> None:
    text = "Strikes on Yemen killed 53 people, the ministry said.\n\nEarlier in the day, the ministry reported 31 deaths from the attacks."
    claims = {(c.quantity.raw if c.quantity else ""): c for c in read(text).claims if c.measure == "killed"}
    assert claims["53"].happening == claims["31"].happening
    assert "early" in " ".join(claims["31"].trace).lower()


@pytest.mark.parametrize("text", ["Sanaa, March 11 (Agency) US strikes killed 53 people in Yemen.",
                                  "The toll of US strikes in Yemen was put at 53 dead and confirmed by a spokesman for the ministry on Monday."])
def test_when_a_report_was_filed_or_a_toll_confirmed_is_no_time_of_the_event(text: str) -> None:
    (main,) = [h for h in tell(text).happenings if h.main]
    assert main.window is None


def test_the_capital_named_beside_is_that_capital() -> None:
    text = "The US struck Yemen on Wednesday.\n\nThe US said on Thursday that its raids targeted the capital, Sanaa, killing five."
    assert {p.country for c in read(text).claims if (p := c.place) is not None and c.measure == "killed"} <= {"YE"}
    assert "us" not in {t for h in tell(text).happenings for t in h.targets}


def test_a_number_in_brackets_is_of_the_place_before_it() -> None:
    text = "On Wednesday air defences destroyed drones over Belgorod (four drones), Kursk (one drone) and Kaluga (six drones)."
    placed = {c.quantity.raw: c.place.name for c in read(text).claims if c.quantity is not None and c.place is not None}
    assert placed == {"four": "Belgorod", "one": "Kursk", "six": "Kaluga"}
