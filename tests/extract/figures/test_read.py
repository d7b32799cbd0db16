"""Figures in the field's own words: voices, lists, parts, wholes, ellipses, hedges, status."""

from __future__ import annotations

import pytest

import crosstally
from crosstally.values import EARLY, LOWERED
from tests.extract.figures_help import figures, read

READS = [
    # every member of a list behind "including" is a part of the same whole, and of the part in "n of m"
    ("The blast wounded 30 people, including 12 women, five children and three nurses.",
     ["wounded 30", "wounded sex=female 12", "wounded age=child 5", "wounded role=medic 3"]),
    ("They shot down 70 of 90 targets, including 50 drones, 13 cruise missiles and seven ballistic missiles.",
     ["launched weapon=aerial_weapon 90", "shot_down weapon=aerial_weapon 70", "shot_down weapon=drone 50", "shot_down weapon=cruise_missile 13",
      "shot_down weapon=ballistic_missile 7"]),
    ("Among the 64 wounded were 14 children.", ["wounded 64", "wounded age=child 14"]),
    ("A raid killed 40 people. Five children and two nurses were among the victims.",
     ["killed 40", "killed age=child 5", "killed role=medic 2"]),
    ("Fragments struck four multi-family homes and two private residences.", ["damaged object=residential 4", "damaged object=residential 2"]),
    ("Ninety drones targeted substations across nine regions.", ["launched weapon=drone 90", "districts_affected 9"]),
    ("Over 30 people are being treated in medical facilities.", ["hospitalised 31+"]),
    ("The boats sank two vessels.", ["destroyed object=transport 2"]),
    ("They want to destroy the town and show no interest in talks.", []),
    ("They shot down four missiles and about 60 drones launched by the army.", ["shot_down weapon=missile 4", "shot_down weapon=drone 54..66"]),
    ("Seventeen wounded are in serious condition (12 adults and five children).",
     ["wounded condition=serious 17", "wounded age=adult,condition=serious 12", "wounded age=child,condition=serious 5"]),
    ("Some 30 were hurt, he said: 12 women fled.", ["wounded 27..33"]),
    ("The missile caused one minor injury.", ["wounded 1"]),
    # makes are told apart
    ("They fired 24 Kh-101 cruise missiles and seven Kalibr missiles.",
     ["launched model=kh-101,weapon=cruise_missile 24", "launched model=kalibr,weapon=cruise_missile 7"]),
    # what the main verb says of those that a participle tells, and nothing of those it does not count
    ("All four missiles fired at the port were intercepted.", ["neutralised weapon=missile 4"]),
    ("Of the 40 drones fired at the port, 30 were shot down.", ["launched weapon=drone 40", "shot_down weapon=drone 30"]),
    # a weapon without a number before one with it; a word of wonder before a number
    ("The army attacked the port with ballistic missiles and 60 drones.", ["launched weapon=drone 60"]),
    ("They fired six missiles and a staggering 145 drones.", ["launched weapon=missile 6", "launched weapon=drone 145"]),
    ("He did not say what became of the remaining 13 drones.", ["unaccounted weapon=drone 13"]),
    ("Only one drone appeared to have reached the port.", ["hit weapon=drone 1"]),
    ("Shells hit two blocks of flats.", ["damaged object=residential 2"]),
    ("At least 31 people were martyred.", ["killed 31+"]),
    # active, passive, participle, nominal
    ("Gunners shot down 61 drones.", ["shot_down weapon=drone 61"]),
    ("A total of 61 drones were shot down over six hours.", ["shot_down weapon=drone 61"]),
    ("The blasts killed at least four people and wounded 19 others.", ["killed 4+", "wounded 19"]),
    ("Four dead, 19 hurt in the night's blasts.", ["killed 4", "wounded 19"]),
    ("The attack left nine people dead and dozens injured.", ["killed 9", "wounded dozens"]),
    ("Officials confirmed 12 deaths and 40 injuries.", ["killed 12", "wounded 40"]),
    ("The death toll has risen to 17, with 34 wounded.", ["killed 17", "wounded 34"]),
    ("At least six people were reported killed.", ["killed 6+"]),
    ("Two were pronounced dead at the scene.", ["killed 2"]),
    # parts and wholes
    ("They fired 90 drones and missiles, including seven cruise missiles.", ["launched weapon=aerial_weapon 90", "launched weapon=cruise_missile 7"]),
    ("Of the 90 drones launched, 74 were shot down.", ["launched weapon=drone 90", "shot_down weapon=drone 74"]),
    ("Crews intercepted 74 out of 90 drones, alongside six ballistic and cruise missiles.",
     ["neutralised weapon=drone 74", "launched weapon=drone 90", "launched weapon=missile 6"]),
    ("Medics said 11 of the wounded were hospitalised.", ["hospitalised 11"]),
    (
        "Air defence shoots down 41 out of 90 Russian drones, 22 go off radar.",
        ["launched weapon=drone 90", "shot_down weapon=drone 41", "suppressed weapon=drone 22"],
    ),
    ("Two die and nine remain in hospital after a blast.", ["hospitalised 9", "killed 2"]),
    ("Twelve people died. Three of the dead were children.", ["killed 12", "killed age=child 3"]),
    ("Two of the 40 wounded were children.", ["wounded age=child 2", "wounded 40"]),
    ("Three of the 10 people killed were police officers.", ["killed role=police 3", "killed 10"]),
    ("Some 74 drones were neutralised, among them 20 downed by interceptor drones.",
     ["neutralised weapon=drone 67..81", "shot_down means=interceptor_drone,weapon=drone 20"]),
    # lists and ellipsis
    ("The strike damaged at least 25 houses, two schools and a clinic.",
     ["damaged object=residential 25+", "damaged object=school 2", "damaged object=medical 1"]),
    ("Six houses were destroyed and another 20 damaged.", ["destroyed object=residential 6", "damaged object=residential 20"]),
    ("Two people were killed in Odesa and one in Izmail.", ["killed 2", "killed 1"]),
    ("Another 130 targets dropped off radar.", ["suppressed weapon=aerial_weapon 130"]),
    # what hangs on "that", quotation marks, sets named first or after, an auxiliary and a denial in one word
    ("A strike that killed at least 18 people shook the town.", ["killed 18+"]),
    ("Another 27 drones were “lost”.", ["suppressed weapon=drone 27"]),
    ("They sent 92 drones. Of those, 51 were jammed.", ["launched weapon=drone 92", "suppressed weapon=drone 51"]),
    ("Sixty people were hurt, with 12 children among the wounded.", ["wounded 60", "wounded age=child 12"]),
    ("Thirty drones didn't reach their targets.", ["suppressed weapon=drone 30"]),
    ("The number of injured in Izmail reached 14.", ["wounded 14"]),
    # a hedge behind a verb in -s, a number set off, the number before a rise, those in hospital, members of a set
    ("Raid kills at least 21 in a hill town", ["killed 21+"]),
    ("Blast kills more than 30 at a market", ["killed 31+"]),
    ("The death toll, currently over 320, continues to rise.", ["killed 321+"]),
    ("The panel found 500 deaths, raising the death toll from at least 358.", ["killed 500", "killed 358+"]),
    ("Some 57 injured people remain hospitalized.", ["hospitalised 52..62"]),
    ("The deceased included three police officers.", ["killed role=police 3"]),
    ("Those killed included five women and two boys.", ["killed sex=female 5", "killed age=child,sex=male 2"]),
    ("The blast killed 80 people. Of the dead, 52 were children. Fifty of the victims were pupils.",
     ["killed 80", "killed age=child 52", "killed age=child 50"]),
    ("The raid killed nine people. Two of the victims were rescued.", ["killed 9", "rescued 2"]),
    # a family as a count, what is reported as, a name that ends like a verb, a person's word before another head, no figures at all
    ("A separate strike killed a family of four in their house.", ["killed 4"]),
    ("The toll is 84, with an additional 30 people reported as injured.", ["killed 84", "wounded 30"]),
    ("Over 90 villagers of Kaduna State were killed on Sunday.", ["killed 91+"]),
    ("Drone kills dozens of celebrants in a village.", ["killed dozens"]),
    ("The number of victims of a terrorist attack in the city has risen to 103.", ["killed 103"]),
    ("There are no official figures for the number of people killed or injured.", []),
    ("Nine sailors remained missing.", ["missing 9"]),
    ("The rockets hit two apartment buildings.", ["damaged object=residential 2"]),
    # what is said of people in a relative clause, or behind one
    ("Medics looked after the 33 people who were injured.", ["wounded 33"]),
    ("The village mourned the six people who died.", ["killed 6"]),
    ("Three traders who were at the market were killed.", ["killed 3"]),
    ("Seven rebels who stormed the depot were shot dead.", ["killed role=soldier 7"]),
    ("Two miners who were hurt in the blast have died.", ["killed 2"]),
    # a second predicate of the same subject, after a place, an hour, a number of times
    ("A man was shot several times and died at a clinic.", ["killed sex=male 1"]),
    ("A miner was shot in the 300 block of Quarry Road about 9 p.m. and later died.", ["killed 1"]),
    ("A woman was shot in the chest, rushed to a clinic and died.", ["killed sex=female 1"]),
    ("A woman was shot and taken to a clinic, and later died.", ["killed sex=female 1"]),
    ("A man was shot twice and two women died.", ["wounded sex=male 1", "killed sex=female 2"]),
    ("Three miners sustained burns; the fourth one, Rowe, sustained burns and died.", ["wounded 3", "killed 1"]),
    ("Six died, with over 40 sustaining various degrees of injuries.", ["killed 6", "wounded 41+"]),
    # whoever is told behind another clause or "where" has a predicate of his own
    ("The girl who fled from a farm where three people were killed is safe.", ["killed 3"]),
    # anybody is nobody
    ("The law protects the owner of a gun that hurts a child who dies.", []),
    ("A guardian of a child who is injured or dies may be charged.", []),
    # a verb, not an adjective, right behind a number
    ("The blast hurt 20 people, while 16 suffered minor injuries.", ["wounded 20", "wounded 16"]),
    ("Doctors saw 12 injured people.", ["wounded 12"]),
    ("The raid took the lives of two women and a nurse.", ["killed 3", "killed sex=female 2", "killed role=medic 1"]),
    ("The morgue received 14 bodies.", ["killed 14"]),
    ("Four others were reported to be in moderate condition.", ["wounded 4"]),
    ("The shelling killed two medical personnel.", ["killed role=medic 2"]),
    ("The town buried 19 residents who were killed.", ["killed 19"]),
    ("Gunmen burned more than 60 houses and torched six shops.", ["destroyed object=residential 61+", "destroyed object=commercial 6"]),
    # hedges over joined nouns
    ("More than 300 drones and missiles were launched.", ["launched weapon=aerial_weapon 301+"]),
    # none is a claim of its own
    ("No one was hurt.", ["wounded 0"]),
    # durations belong to the attack, storeys and ages to nothing
    ("A nine-hour barrage hit a 12-storey tower where a 70-year-old lived.", ["duration 9"]),
    # a whole said last, a list spelled out behind dashes, numbers in quotation marks
    ("Gunners brought down 31 enemy drones out of 44.", ["shot_down weapon=drone 31", "launched weapon=drone 44"]),
    ("Crews destroyed 25 targets -- six missiles and 19 drones.",
     ["shot_down weapon=aerial_weapon 25", "shot_down weapon=missile 6", "shot_down weapon=drone 19"]),
    ("Gunners shot down “around 20” drones over the port.", ["shot_down weapon=drone 18..22"]),
    # a bare number of a part counts what the account counted last
    ("Of the downed drones, 12 were shot down by gunners while seven were jammed.", ["shot_down weapon=drone 12", "suppressed weapon=drone 7"]),
    ("They sent 30 drones.\n\nThe staff said 21 were shot down and eight, which were decoys, were lost.",
     ["launched weapon=drone 30", "shot_down weapon=drone 21", "suppressed weapon=drone 8"]),
    ("They sent 30 drones and four missiles. The staff said 21 were shot down.",
     ["launched weapon=drone 30", "launched weapon=missile 4", "shot_down weapon=aerial_weapon 21"]),
    ("Eleven drones were lost, two more flew on to the sea.", ["suppressed weapon=drone 11"]),
    ("Three drones were shot down over Sumy and five more over Lviv.", ["shot_down weapon=drone 3", "shot_down weapon=drone 5"]),
    # an adjective of a name, a verb that only brings the next, a model's number, a war's length
    ("The raid included 40 Shahed-type strike drones.", ["launched weapon=strike_drone 40"]),
    ("Nine drones managed to hit the depot.", ["hit weapon=drone 9"]),
    ("The army used Shahed 136 and Shahed 131 drones in the raid.", []),
    ("It was among the worst barrages of the 22-month war.", []),
    # lists with where the first came from, terms of several words, every one, a translated order
    ("They attacked with three ballistic missiles from Crimea and 31 strike drones.",
     ["launched weapon=ballistic_missile 3", "launched weapon=strike_drone 31"]),
    ("A total of 40 means of air attack were recorded.", ["launched weapon=aerial_weapon 40"]),
    ("Gunners destroyed both missiles and all nine drones.", ["shot_down weapon=missile 2", "shot_down weapon=drone 9"]),
    ("They fired 40 drones. Gunners downed all 36 of them.", ["launched weapon=drone 40", "shot_down weapon=drone 36"]),
    ("Were shot down 12 of 17 missiles.", ["shot_down weapon=missile 12", "launched weapon=missile 17"]),
    ("Among the weapons used were eight cruise missiles.", ["launched weapon=cruise_missile 8"]),
    ("Six ballistic missiles were among the weapons used.", ["launched weapon=ballistic_missile 6"]),
    ("They sent in 47 drones, 33 of which were brought down.", ["launched weapon=drone 47", "shot_down weapon=drone 33"]),
    ("Gunners repelled 41 of the 48 drones.", ["neutralised weapon=drone 41", "launched weapon=drone 48"]),
    ("The army shoots down 47 drones in overnight attack.", ["shot_down weapon=drone 47"]),
    ("Gunners destroyed six drones. Debris from one of them destroyed a barn.", ["shot_down weapon=drone 6"]),
    ("Some 20 drones were either lost or downed by electronic jamming.", ["suppressed means=electronic_warfare,weapon=drone 18..22"]),
    # an alert's length is the alert's, an attack's the attack's; votes told with a noun
    ("The air raid alert in the city lasted seven hours.", ["alarm 7"]),
    ("Sirens wailed for three hours while a five-hour barrage shook the port.", ["alarm 3", "duration 5"]),
    ("The night brought six hours of air alerts.", ["alarm 6"]),
    ("The bill passed with 51 votes in favour, 40 against and nine abstentions.", ["votes_for 51", "votes_against 40", "abstained 9"]),
    ("The team won five games against its rivals.", []),
    ("They fired 40 drones, including strike drones and decoys, and one ballistic missile.",
     ["launched weapon=drone 40", "launched weapon=ballistic_missile 1"]),
    ("Radar tracked 31 missiles and eight drones; 14 of the missiles were shot down.",
     ["launched weapon=missile 31", "launched weapon=drone 8", "shot_down weapon=missile 14"]),
    ("They fired 40 drones; seven of them hit energy plants.", ["launched weapon=drone 40", "hit weapon=drone 7"]),
    ("The assault — 40 drones and three missiles — was brief.", ["launched weapon=drone 40", "launched weapon=missile 3"]),
    ("The number of drones launched reached 40, with 31 downed.", ["launched weapon=drone 40", "shot_down weapon=drone 31"]),
    ("Gunners shot down 31 drones overnight, five lost.", ["shot_down weapon=drone 31", "suppressed weapon=drone 5"]),
    ("Three drones flew back to the border.", []),
    # raids in other words
    ("All but two of the 90 drones were downed.", ["shot_down weapon=drone 88", "launched weapon=drone 90"]),
    ("Crews shot down or suppressed 60 targets: 55 drones of two types; 5 cruise missiles.",
     ["neutralised weapon=aerial_weapon 60", "neutralised weapon=drone 55", "neutralised weapon=cruise_missile 5"]),
    ("The group fired a ballistic missile and two drones at the port.", ["launched weapon=ballistic_missile 1", "launched weapon=drone 2"]),
    ("Some 30 drones did not reach their targets.", ["suppressed weapon=drone 27..33"]),
    ("Jets struck more than 70 targets.", ["hit_locations 71+"]),
    ("The navy intercepted two drones fired from the coast.", ["neutralised weapon=drone 2"]),
    ("Direct hits by nine drones at four sites were confirmed.", ["hit weapon=drone 9", "hit_locations 4"]),
    ("A father of three was killed by a shell.", ["killed sex=male 1"]),
    # disasters and crashes in other words
    ("The toll from the quake has passed 2,000.", ["killed 2000"]),
    ("The crash injured 23 others, six of them critically.", ["wounded 23", "wounded 6"]),
    ("Seventeen bodies were pulled from the rubble and 40 people are believed to be trapped.", ["killed 17", "trapped 40"]),
    ("Eight people, among them two children, were injured.", ["wounded 8", "wounded age=child 2"]),
    ("Shelling killed a woman and her grandson.", ["killed sex=female 1", "killed 2"]),
    # drones that came and did something else, were lost, or are told of with others
    ("The command lost track of 31 drones.", ["suppressed weapon=drone 31"]),
    ("Another 21 drones went astray, two flew into Romania and six were still being tracked.", ["suppressed weapon=drone 21"]),
    ("Crews shot down ten drones in the evening while killing 21 others by dawn.", ["shot_down weapon=drone 10"]),
    ("Crews shot down two of the four missiles; nothing is known of the two missiles that were not destroyed.",
     ["shot_down weapon=missile 2", "launched weapon=missile 4"]),
    ("Of the drones, 61 were shot down and 40 lost en route, with 22 believed to have hit their targets.",
     ["shot_down weapon=drone 61", "suppressed weapon=drone 40", "hit weapon=drone 22"]),
    ("Twelve out of 15 cruise missiles, as well as two drones, were shot down.",
     ["shot_down weapon=cruise_missile 12", "launched weapon=cruise_missile 15", "launched weapon=drone 2"]),
    ("Gunners shot down all of the 27 drones launched at dawn.", ["shot_down weapon=drone 27", "launched weapon=drone 27"]),
    ("The army had launched in total four missiles.", ["launched weapon=missile 4"]),
    ("The army launched 900 drones, 700 glide bombs and 30 missiles.",
     ["launched weapon=drone 900", "launched weapon=guided_bomb 700", "launched weapon=missile 30"]),
    ("Radars tracked 42 aerial targets, including two guided missiles and 39 Shahed strike drones launched from Kursk.",
     ["launched weapon=aerial_weapon 42", "launched weapon=guided_missile 2", "launched weapon=strike_drone 39"]),
    ("They downed 30 drones: 17 UAVs over the Rostov region, eight - over the Bryansk region, and five over Kursk.",
     ["shot_down weapon=drone 30", "shot_down weapon=drone 17", "shot_down weapon=drone 8", "shot_down weapon=drone 5"]),
    ("They downed four drones over the Kursk region and another drone over the Tambov region.",
     ["shot_down weapon=drone 4", "shot_down weapon=drone 1"]),
    ("They shot down 29 of 30 missiles and exploding drones.",
     ["shot_down weapon=aerial_weapon 29", "launched weapon=aerial_weapon 30"]),
    ("They launched six “Kinzhal” missiles from MiG-31K aircraft, nine cruise missiles from ships at sea, and three ballistic missiles.",
     ["launched model=kinzhal,weapon=aeroballistic_missile 6", "launched weapon=cruise_missile 9", "launched weapon=ballistic_missile 3"]),
    ("They launched five ballistic missiles at areas in Sumy and Kharkiv, as well as two guided missiles in Chernihiv.",
     ["launched weapon=ballistic_missile 5", "launched weapon=guided_missile 2"]),
    # numbers told one by one, ellipsis, clauses between subject and verb
    ("Nine of the 20 missiles were shot down, as were 70 of the 150 drones.",
     ["shot_down weapon=missile 9", "launched weapon=missile 20", "shot_down weapon=drone 70", "launched weapon=drone 150"]),
    ("The enemy sent 90 drones and 12 missiles, of which 70 and eight, respectively, were shot down.",
     ["launched weapon=drone 90", "launched weapon=missile 12", "shot_down weapon=drone 70", "shot_down weapon=missile 8"]),
    ("Crews shot down 20 missiles and 40 drones out of 30 and 50 launched.",
     ["shot_down weapon=missile 20", "shot_down weapon=drone 40", "launched weapon=missile 30", "launched weapon=drone 50"]),
    ("Ukraine downs 40 of 80 drones, 25 go missing.", ["shot_down weapon=drone 40", "launched weapon=drone 80", "suppressed weapon=drone 25"]),
    ("After the flood, 25 people go missing.", ["missing 25"]),
    ("Nine out of ten cruise missiles that flew to Odesa were shot down.",
     ["shot_down weapon=cruise_missile 9", "launched weapon=cruise_missile 10"]),
    ("They said 30 of the 45 drones they tracked had been shot down.", ["shot_down weapon=drone 30", "launched weapon=drone 45"]),
    ("They downed 40 of 50 drones; ten missiles and eight drones hit homes.",
     ["shot_down weapon=drone 40", "launched weapon=drone 50", "hit weapon=missile 10", "hit weapon=drone 8"]),
    ("They brought down 64 of the drones and seven missiles, while another 21 failed to reach their targets.",
     ["shot_down weapon=drone 64", "shot_down weapon=missile 7", "suppressed weapon=drone 21"]),
    ("They downed 64 of 97 drones fired by the enemy, along with seven of nine missiles.",
     ["shot_down weapon=drone 64", "launched weapon=drone 97", "shot_down weapon=missile 7", "launched weapon=missile 9"]),
    ("Another 21 drones veered off course.", ["suppressed weapon=drone 21"]),
    ("Energy sites were struck in 13 regions.", ["districts_affected 13"]),
    ("They downed 30 drones: two each over the Tula and Samara regions, 26 over Kursk.",
     ["shot_down weapon=drone 30", "shot_down weapon=drone 2", "shot_down weapon=drone 26"]),
    ("Missiles struck nine locations, with falling debris hitting four additional sites.", ["hit_locations 9", "debris_sites 4"]),
    # a number of someone else's doing
    ("The shelter took in three dogs.", []),
    ("Two ministers arrived at 9 a.m. for a 40-minute talk about 500 million dollars.", ["duration 40"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READS, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_reads(text: str, expected: list[str]) -> None:
    assert sorted(figures(text)) == sorted(expected)


def test_an_ambiguous_predicate_keeps_its_other_sense() -> None:
    (claim,) = read("The army intercepted 40 missiles.").claims
    assert [r.measure for r in claim.readings] == ["neutralised", "shot_down"]
    assert all(r.why for r in claim.readings)


def test_a_low_join_keeps_the_high_reading() -> None:
    claim = read("Crews intercepted 74 out of 90 drones and six missiles.").claims[-1]
    assert {r.measure for r in claim.readings} >= {"neutralised", "launched"}


def test_one_by_one_is_a_count_once() -> None:
    claims = read("A 68-year-old woman and a 22-year-old officer were killed.").claims
    whole = next(c for c in claims if c.quantity is not None and c.quantity.low == 2)
    assert {c.part_of for c in claims if c is not whole} == {whole.id}
    named = read("Two people, a woman and a man, were killed.").claims
    assert [c.part_of is None for c in named] == [True, False, False]


def test_modal_figures_are_forecasts_and_negated_ones_denied() -> None:
    assert [c.status for c in read("The army may soon launch 500 drones per day.").claims] == ["forecast"]
    assert [c.scope.period for c in read("The army may soon launch 500 drones per day.").claims] == ["per_day"]
    assert [c.status for c in read("The army did not launch 40 missiles.").claims] == ["denied"]


def test_every_span_is_the_text_it_names() -> None:
    text = "“At least seven people — three of them children — were killed,” the mayor said; 20 were hurt."
    for claim in read(text).claims:
        assert claim.span.of(text) == claim.text
        assert claim.figure is None or claim.sentence.covers(claim.figure)
        assert claim.trace


def test_what_is_not_understood_is_said() -> None:
    unread = read("The club sold 40 tickets and a 12-storey tower opened.").unread
    assert any("is not counted here" in u.reason for u in unread)
    assert any("storeys" in u.reason for u in unread)


def test_ids_come_from_content() -> None:
    text = "Gunners shot down 61 drones."
    assert [c.id for c in read(text).claims] == [c.id for c in read(text).claims]


def test_what_may_have_been_is_unverified() -> None:
    assert _statuses("At least 12 drones might have reached their targets.") == ["unverified"]
    assert _statuses("Twelve drones could reach the city.") == ["forecast"]


def _statuses(text: str) -> list[str]:
    return [c.status for c in crosstally.read(crosstally.Document.from_text(text, published="2025-01-26")).claims()]


def test_a_list_of_regions_is_no_scope_of_what_was_shot_down() -> None:
    text = (
        "Russia launched 147 drones at Ukraine overnight, the air force said. "
        "It shot down 83 drones over the Kharkiv, Sumy, Poltava and Odesa regions."
    )
    claims = crosstally.read(crosstally.Document.from_text(text, published="2025-02-17")).claims(measure="shot_down")
    assert [(c.quantity.low, c.scope.place) for c in claims if c.quantity] == [(83, None)]


def _places(text: str) -> list[tuple[int | None, str | None]]:
    found = crosstally.read(crosstally.Document.from_text(text, published="2025-02-17")).claims()
    return [(c.quantity.low, c.scope.place) for c in sorted(found, key=lambda c: c.span) if c.quantity]


def test_one_of_several_places_and_a_list_behind_a_colon_make_no_scope() -> None:
    assert _places("Overnight the air force shot down 36 of 60 drones across oblasts including Poltava and Sumy.")[:2] == [(36, None), (60, None)]
    told = "Air defences shot down 30 Ukrainian drones overnight: 17 drones over the Rostov region and 13 over the Bryansk region."
    assert _places(told) == [(30, None), (17, "RU.61"), (13, "RU.10")]


def test_what_is_told_of_each_of_several_places_is_a_part() -> None:
    told = "Air defences shot down 30 drones over Russia overnight. One drone each was shot down over the Rostov and Kursk regions."
    assert _places(told) == [(30, None), (1, "RU.61")]


def test_a_town_s_drones_are_no_raid_on_a_country_that_no_words_name() -> None:
    text = (
        "The enemy launched 420 drones overnight at Ukraine's power grid. Air defence shot down 374 drones, the air force said.\n\n"
        "At least 14 people were hurt in the Kharkiv region, its governor said, adding that the city itself was attacked by 17 drones.\n\n"
        "In Zaporizhzhia at least ten people were hurt."
    )
    account = crosstally.read(crosstally.Document.from_text(text, published="2025-02-17"))
    launched = [t for t in account.tallies() if t.measure == "launched" and t.scope.place is None]
    assert [(t.low, t.high) for t in launched] == [(420, 420)]
    assert {f.kind for f in account.findings} <= {"unread", "record_open", "agreement"}


def _figures(text: str) -> list[str]:
    claims = sorted(crosstally.read(crosstally.Document.from_text(text, published="2025-01-02")).claims(), key=lambda c: c.span)
    return [f"{c.measure} {c.facets.notation()} {c.quantity.notation()}".replace("  ", " ") for c in claims if c.quantity is not None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Russia had fired 60 drones on Thursday night.", ["launched weapon=drone 60"]),
        ("Gunmen fired on a bus, killing three.", ["killed 3"]),
        ("The army launched dozens of missiles and drones.", ["launched weapon=aerial_weapon dozens"]),
        (
            "At least 31 civilians, including five women and two children, have been killed by strikes.",
            ["killed role=civilian 31+", "killed role=civilian,sex=female 5", "killed age=child,role=civilian 2"],
        ),
        (
            "The air force shot down 63 of 111 drones. Another 46 had been downed by electronic jamming.",
            ["shot_down weapon=drone 63", "launched weapon=drone 111", "suppressed means=electronic_warfare,weapon=drone 46"],
        ),
        ("Forty drones were shot down or otherwise suppressed.", ["neutralised weapon=drone 40"]),
        ("Updates put the figure at roughly 85 to 90 with dozens of drones intercepted.", ["neutralised weapon=drone dozens"]),
    ],
)
def test_particles_asides_lists_and_means(text: str, told: list[str]) -> None:
    assert _figures(text) == told


def test_members_of_one_family_are_a_part_of_the_toll() -> None:
    text = "Strikes on the city killed 38 people. Four members of the Nasser family were also killed."
    claims = crosstally.read(crosstally.Document.from_text(text, published="2025-01-02")).claims(measure="killed")
    assert [c.part_of is not None for c in sorted(claims, key=lambda c: c.span)] == [False, True]


def test_a_capital_s_military_speaks_for_the_country() -> None:
    text = "Russia attacked Ukraine overnight. Kyiv's military said it had shot down 63 drones. Kyiv's military administration said two were hurt."
    places = {c.measure: c.scope.place for c in crosstally.read(crosstally.Document.from_text(text, published="2025-01-02")).claims()}
    assert places["shot_down"] is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("There were at least 15 people confirmed dead and 28 wounded in the blast.", ["killed 15+", "wounded 28"]),
        ("Two miners are feared trapped after the blast.", ["trapped 2"]),
        ("One injured refinery worker was hospitalised after the blast.", ["hospitalised 1"]),
        ("More than 30 drones were detected and destroyed overnight.", ["shot_down weapon=drone 31+"]),
        ("Officials said the region repelled an attack by eight drones.", ["launched weapon=drone 8"]),
    ],
)
def test_states_after_participles_and_second_predicates(text: str, told: list[str]) -> None:
    assert _figures(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Interceptor drones shot down 12 drones over Odesa overnight.", ["shot_down means=interceptor_drone,weapon=drone 12"]),
        ("Electronic warfare downed 20 drones overnight.", ["suppressed means=electronic_warfare,weapon=drone 20"]),
        ("Ukraine's air force shot down 40 drones overnight.", ["shot_down weapon=drone 40"]),
    ],
)
def test_a_means_of_defence_as_the_subject(text: str, told: list[str]) -> None:
    assert _figures(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Russia fired four S-300 surface-to-air missiles at the region.", ["launched weapon=missile 4"]),
        ("Four people were hurt when two drones collided with a house.", ["wounded 4", "hit weapon=drone 2"]),
        ("He mourned the ten lives lost in a missile attack.", ["killed 10"]),
    ],
)
def test_missiles_of_other_use_collisions_and_lives_lost(text: str, told: list[str]) -> None:
    assert [f for f in _figures(text) if not f.startswith("damaged")] == told


def test_what_is_asked_is_not_told() -> None:
    (claim,) = read("The staff did not say whether the remaining five drones hit their targets.").claims
    assert claim.status == "unverified"
    (told,) = read("The staff said five drones hit their targets.").claims
    assert told.status == "happened"


@pytest.mark.parametrize(("text", "status"), [("On May 24, the army launched 60 drones at Sumy.", "happened"),
                                              ("In May the army may launch 60 drones at Sumy.", "forecast")])  # fmt: skip
def test_a_month_is_no_modal(text: str, status: str) -> None:
    ledger = crosstally.read([crosstally.Document.from_text(text, published="2025-05-30")]).as_dict()
    assert [c["status"] for c in ledger["claims"] if c["measure"] == "launched"] == [status]
    assert ("forecast" in {e["class"] for e in ledger["events"]}) == (status == "forecast")


def test_a_toll_told_as_lowered_is_marked() -> None:
    was, now = read("The service confirmed a revision of the death toll from 103 to 84.").claims
    assert [EARLY in was.trace, LOWERED in was.trace, EARLY in now.trace, LOWERED in now.trace] == [True, False, False, True]
    (down,) = read("The death toll has been revised down to 84.").claims
    (up,) = read("The death toll has been revised to 84.").claims
    assert LOWERED in down.trace and LOWERED not in up.trace


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("Initial reports had a higher toll, with officials stating 103 deaths.", True),
        ("The preliminary death toll stood at 20.", True),
        ("Initial reports had no toll, but officials now state 103 deaths.", False),
    ],
)
def test_a_count_of_a_first_report_is_an_early_one(text: str, early: bool) -> None:
    (claim,) = read(text).claims
    assert (EARLY in claim.trace) == early
