"""Who says what: constructions, speakers, channels, what is carried, and what stays nobody's."""

from __future__ import annotations

import pytest

from tests.extract.voices_help import behind, quoted, voiced, who

# text, words, speaker
SAID = {
    "X said that": ("The regional police said that 14 homes were damaged.", "14 homes", "regional police"),
    "X said, bare": ("Ukraine’s air force said Russia launched 90 drones.", "90 drones", "Ukraine’s air force"),
    "end, X said": ("At least 12 people were hurt in the blast, police said.", "12 people", "police"),
    "end, said X": ("Two bridges were closed, said Governor Oleh Synko.", "Two bridges", "Oleh Synko"),
    "according to, at the end": ("Nine people were pulled out alive, according to Mayor Ihor Terekh.", "Nine", "Ihor Terekh"),
    "according to, first": ("According to the fire service, 40 flats burned out.", "40 flats", "fire service"),
    "according to X, apposition": ("According to Ihor Terekh, the city’s mayor, 40 flats burned out.", "40 flats", "Ihor Terekh"),
    "told": ("Iryna Koval told reporters that six clinics had closed.", "six clinics", "Iryna Koval"),
    "told an outlet": ("Iryna Koval told The Guardian six clinics had closed.", "six clinics", "Iryna Koval"),
    "told, apposition": ("Iryna Koval, who runs the shelter, told Reuters that 300 people slept there.", "300", "Iryna Koval"),
    "passive with by": ("The strike, described by witnesses as the third in a week, hit a depot.", "the third", "witnesses"),
    "adding": ("The ministry said the line was cut, adding that 30 trains were late.", "30 trains", "ministry"),
    "but acknowledged": ("The army denied the loss but acknowledged that 5 vehicles were hit.", "5 vehicles", "army"),
    "prompting X to": ("The raid hit a clinic, prompting Minister Olha Bondar to urge allies to send 20 generators.", "20", "Olha Bondar"),
    "a claim that": ("The army’s claim that 60 soldiers surrendered drew laughter.", "60 soldiers", "army"),
    "cited X as saying": ("Agencies cited the defence ministry as saying that 33 drones fell.", "33 drones", "defence ministry"),
    "cited a statement of X": ("Local media cited a defence ministry statement on Tuesday that 33 drones fell.", "33 drones", "defence ministry"),
    "a statement of X said": ("A separate armed forces statement said 33 drones fell.", "33 drones", "separate armed forces"),
    "according to a post of X, as reported": (
        "Russia fired 33 drones, according to a Ukrainian Air Force post, as reported by Vestnik.",
        "33 drones",
        "Ukrainian Air Force",
    ),
    "described it as": ("Iryna Koval described it as “a night of fire” on Monday.", "a night of fire", "Iryna Koval"),
    "describing it as, before the verb": ("The newspaper Vestnik, describing the raid as “large”, told of 3 fires.", "large", "newspaper Vestnik"),
    "stated there was": ("Iryna Koval stated there was “great damage” in the port.", "great damage", "Iryna Koval"),
    "the 47-year-old": ("Iryna Koval runs a shelter. The 47-year-old wrote: “We are all tired of this.”", "We are all", "Iryna Koval"),
    "office with its body": (
        "The Director General of the Rail Safety Board (RSB), Lt. Gen. Anton Melnyk, spoke. The RSB Director General said 9 trains were late.",
        "9 trains",
        "Anton Melnyk",
    ),
    "warning, behind a verb of doing": (
        "President Ivan Petrov justified the raids as revenge, warning that 9 more might follow.",
        "9 more",
        "Ivan Petrov",
    ),
    "what she termed": ("Mayor Olena Kravets fled to escape what she termed “an attempt to break us all.”", "an attempt", "Olena Kravets"),
    "what a thing aims at": ("Spokesman Amir Saleh said that raids aim “to make people suffer more”.", "to make", "Amir Saleh"),
    "in separate comments that": ("The Houthis reiterated in separate comments that “the 9 ships will be stopped”.", "the 9 ships", "Houthis"),
    "claimed responsibility, according to": (
        "The Houthis claimed responsibility for a drone strike that hurt 9 people, according to local media.",
        "9 people",
        "local media",
    ),
    "nested": ("Reuters reported that police said nine people had died.", "nine people", "police"),
    "open class": (
        "A senior aide with knowledge of the talks said 12 planes were on offer.",
        "12 planes",
        "senior aide with knowledge of the talks",
    ),
    "vote of the mayor's office": ("Six people were hurt, the mayor’s office said in a statement.", "Six", "mayor’s office"),
    "citing": ("At least 10 people died, state media reported, citing local officials.", "10 people", "local officials"),
    "was quoted as saying": (
        "One gunman was shot dead at the gate, Colonel Amir Wardak was quoted as saying.",
        "One gunman",
        "Amir Wardak",
    ),
    "apposition behind a place's": (
        "A strike in Kent, Ohio, on Monday killed 14 people, the mayor, Ada Berg, said.", "14 people", "Ada Berg"),
    "apposition behind a count": (
        "The strike killed at least 14 people and wounded 40, the mayor, Ada Berg, told reporters at 10 a.m.", "40", "Ada Berg"),
    "apposition and said": ("The governor, Anton Melnyk, writing on Telegram, said 3 schools were hit.", "3 schools", "Anton Melnyk"),
    "a neighbour who": ("“I was asleep,” said a neighbour who gave her name as Nina.", "I was asleep", "neighbour"),
    "agreed": ("Both armies agreed that 40 prisoners would go home.", "40 prisoners", "Both armies"),
    "all said": ("The mayor and the governor have both said that 12 homes burned.", "12 homes", "mayor and the governor"),
    "a share of people": ("About 4 in 10 say they saw 3 drones.", "3 drones", "4 in 10"),
    "though": ("Ann Berg, though, said she saw 3 drones.", "3 drones", "Ann Berg"),
    "who calls it so": ("Ann Berg, who calls the count “thin,” said 12 homes burned.", "12 homes", "Ann Berg"),
    "said first": ("Said Ann Berg, “We counted 12 craters.”", "12 craters", "Ann Berg"),
    "has since said": ("Ann Berg has since said 12 homes burned.", "12 homes", "Ann Berg"),
    "asked by": ("The mayor was asked by Ann Berg whether 12 homes burned.", "12 homes", "Ann Berg"),
    "by telephone": ("“We counted 12 craters,” Ann Berg, now in Lviv, said by telephone.", "12 craters", "Ann Berg"),
    "after a meeting": ("Ann Berg said after a meeting on Tuesday that 30 trains were late.", "30 trains", "Ann Berg"),
    "an act as subject": ("In an interview on Monday, Ann Berg said closing 3 bridges was a mistake.", "3 bridges", "Ann Berg"),
    "short quote before a name": ("She was calm. “It held,” Berg said of 3 dams.", "It held", "Berg"),
    "quote in doubled marks": ("They met. ''Did 12 come?'' Mr. Berg asked.", "12", "Berg"),
    "put the toll at": ("The health ministry put the death toll at 31.", "31", "health ministry"),
    "gave a toll of": ("The mayor gave a toll of 20 dead.", "20", "mayor"),
    "released and put": ("On Monday, the council released a list and put the number of dead at 31.", "31", "council"),
    "a panel looking into": (
        "More than 50 people died, a city panel looking into the blast said on Monday.",
        "50 people",
        "city panel looking into the blast",
    ),
    "an aide in the office said": ("Ann Berg, an aide working for the group Nova in Lviv said 3 trucks came.", "3 trucks", "Ann Berg"),
    "visiting a base": ("Ann Berg, visiting a base where four men were killed, said 3 dams held.", "3 dams", "Ann Berg"),
    "one comma too many": ("The National Relief Agency (NRA), says 85 homes burned.", "85 homes", "National Relief Agency"),
    "at a briefing, that": ("Ann Berg told reporters at a briefing, that 66 homes burned.", "66 homes", "Ann Berg"),
    "of the clinic, where": ("Ann Berg from the Nova clinic, where some were treated, reported that 3 had left.", "3 had", "Ann Berg"),
    "with officials stating": ("The first report had more, with officials stating 103 deaths.", "103 deaths", "officials"),
    "the incident, which": ("Residents said the incident, which took place at nine, left 60 hurt.", "60 hurt", "Residents"),
    "quote that acts": ("Ann Berg “strongly condemned the 12 raids”.", "12 raids", "Ann Berg"),
    "adding a number": ("Ann Berg said 14 had died, adding 11 homes had burned.", "11 homes", "Ann Berg"),
    "initial reports": ("Initial reports on Monday had indicated a toll of 12.", "12", "Initial reports"),
    "two counts by": ("At least 50 deaths and 12 injuries were reported by local outlets.", "50 deaths", "local outlets"),
    "said, with what came of it": ("A bus fell into a river, police said, killing 12 people.", "12 people", "police"),
    "upgraded the toll": ("Police upgraded the death toll to 12.", "12", "Police"),
    "an official, told in full before": (
        "More dead were expected, a fire brigade official said. At least 12 were hurt, the official said.",
        "12",
        "fire brigade official",
    ),
    "an official toll": ("The official confirmed toll has risen to 57, the fire service said.", "57", "fire service"),
    "an official who confirms": ("The official confirmed that 57 had died.", "57", "official"),
    "operator, by its name": ("The country’s grid operator, Volterra, said 70 towns had no power.", "70 towns", "Volterra"),
}


@pytest.mark.parametrize("name", SAID)
def test_names_the_speaker(name: str) -> None:
    text, words, speaker = SAID[name]
    assert who(text, words) == speaker


NOBODY = {
    "narrative": ("Russian drones hit 12 towns overnight. Fires broke out in six districts.", "12 towns"),
    "behind a clause that leads in": ("While Ann Berg said 3 dams broke, 12 homes were dry.", "12 homes"),
    "behind a thing condemned": ("Ann Berg condemned the plan, which cost 12 jobs.", "12 jobs"),
    "behind a clause about the speaker": ("Ann Berg, who said 3 dams broke, opened 12 homes.", "12 homes"),
    "passive without by": ("Damage was reported at 14 sites across the city.", "14 sites"),
    "a noun, not a verb": ("The claims of 40 families wait in court.", "40 families"),
    "claimed lives": ("The flood claimed 12 lives in the valley.", "12 lives"),
    "responded to a call": ("Crews responded to a fire that burned 12 flats.", "12 flats"),
    "added seats": ("The club added 300 seats last year.", "300 seats"),
    "the outlet goes on": ("Police said the road was closed. The storm had cut power to 900 homes by noon.", "900 homes"),
    "next paragraph": ("Nine were hurt, the mayor said.\n\nDrones also struck 4 depots in the south.", "4 depots"),
    "no group is nobody": ("No group claimed the attack, which killed 9 people.", "9 people"),
    "a plan is not a statement": ("The ministry plans to buy 40 radars.", "40 radars"),
}


@pytest.mark.parametrize("name", NOBODY)
def test_nobody_named_stays_nobody(name: str) -> None:
    text, words = NOBODY[name]
    assert who(text, words) is None


@pytest.mark.parametrize(
    ("text", "title", "words", "speaker"),
    [
        (
            "Market blast kills nine: police\n\nA blast tore through a market on Sunday.",
            "Market blast kills nine: police",
            "nine",
            "police",
        ),
        ("Nine killed in market blast, police say\n\nA blast tore.", "Nine killed in market blast, police say", "Nine", "police"),
    ],
)
def test_headlines_name_their_source_at_the_end(text: str, title: str, words: str, speaker: str) -> None:
    assert who(text, words, title) == speaker


def test_channel_and_time_are_not_what_is_said() -> None:
    found = behind("Mayor Ihor Terekh wrote on Telegram on Friday that 7 people were hurt.", "7 people")
    assert found is not None
    assert found.channel == "Telegram"
    text = "The ministry said in a statement late Thursday that 7 people were hurt."
    found = behind(text, "7 people")
    assert found is not None
    assert found.channel == "statement"
    assert found.said_at is not None
    assert found.said_at.raw == "late Thursday"
    assert found.said_at.start is None
    assert found.content.of(text).startswith("that 7 people")


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        ("confirmed", "confirmed"),
        ("denied", "denied"),
        ("warned", "warned"),
        ("claimed", "claimed"),
        ("announced", "announced"),
        ("predicted", "forecast"),
    ],
)
def test_the_verb_tells_the_status(verb: str, status: str) -> None:
    found = behind(f"The defence ministry {verb} that 30 ships had left.", "30 ships")
    assert found is not None
    assert found.status == status


def test_what_could_not_be_verified_is_unverified() -> None:
    text = "The army said it had downed 40 drones. The figure could not be independently verified."
    found = behind(text, "40 drones")
    assert found is not None
    assert found.status == "unverified"


def test_a_list_of_figures_is_carried_within_its_paragraph() -> None:
    text = "The air force said 270 drones were shot down. Another 208 drones were lost from radar."
    found = behind(text, "208")
    assert found is not None
    assert (found.speaker.name, found.rule) == ("air force", "carried")


def test_vague_and_named_speakers() -> None:
    vague = behind("Officials said 9 people were hurt.", "9 people")
    named = behind("Mayor Ihor Terekh said 9 people were hurt.", "9 people")
    office = behind("The port’s commander said 9 people were hurt.", "9 people")
    assert vague is not None and vague.speaker.vague
    assert named is not None and not named.speaker.vague and named.speaker.role == "Mayor"
    assert office is not None and not office.speaker.vague


def test_quotes_have_their_speakers() -> None:
    text = "“The roof fell,” Taras Hnatiuk said. “We waited for hours.”\n\n“Nobody came,” he added."
    assert quoted(text) == [
        ("The roof fell,", "Taras Hnatiuk"),
        ("We waited for hours.", "Taras Hnatiuk"),
        ("Nobody came,", "Taras Hnatiuk"),
    ]


def test_the_one_who_tells_is_quoted_and_not_the_one_told_of() -> None:
    text = "Adviser Yuri Malkov said the president would pursue his aims “by all peaceful means.”"
    assert quoted(text) == [("by all peaceful means.", "Yuri Malkov")]


def test_a_name_inside_a_quote_is_not_its_speaker() -> None:
    text = "“Petro Savchuk saved my son,” said Olena Marchuk."
    assert quoted(text) == [("Petro Savchuk saved my son,", "Olena Marchuk")]


def test_a_quote_nobody_is_named_for_has_no_speaker() -> None:
    assert quoted("The so-called “buffer zone” runs along the river.") == [("buffer zone", None)]


def test_the_same_words_elsewhere_lend_their_speaker() -> None:
    text = "Talks bring ‘no progress at all’\n\nMinister Olha Bondar said there was “no progress at all” in the talks."
    assert [speaker for _, speaker in quoted(text)] == ["Olha Bondar", "Olha Bondar"]


def test_attributions_come_in_order_and_lie_in_the_text() -> None:
    text = "Police said 3 died. “Go home,” Ihor Terekh said, adding that 4 roads were shut. According to medics, 5 were hurt."
    found = voiced(text).attributions
    assert [a.content.start for a in found] == sorted(a.content.start for a in found)
    assert len({a.speaker.name for a in found}) == 3
    assert all(0 <= a.content.start < a.content.end <= len(text) for a in found)


# A report that says afterwards, or at the end of a paragraph, who told what stands before.
AFTERWARDS = {
    "this was reported by": (
        "Drones hit two depots in the port. Six dockers were hurt.\n\nThis was reported by Governor Oleh Synko on Telegram.",
        "Six dockers",
        "Oleh Synko",
    ),
    "the same paragraph": ("Four flats burned out. Mayor Ihor Terekh reported this on Facebook.", "Four flats", "Ihor Terekh"),
    "wrote about it": ("Two barges sank at the pier. Iryna Koval wrote about it on Facebook.", "Two barges", "Iryna Koval"),
    "words, a dash and who wrote them": (
        "Nine garages burned down. Two of the wounded are in surgery – wrote Oleh Synko.",
        "Nine garages",
        "Oleh Synko",
    ),
    "updates from": ("Updates from the rescue service reported that the toll had risen to 11.", "11", "rescue service"),
    "data passed on": ("Mayor Ihor Terekh said that, by early reports, 3 people were hurt.", "3 people", "Ihor Terekh"),
    "reports within a quote": (
        "“The market is on fire. First reports indicate that 3 people were hurt,” Ihor Terekh confirmed.",
        "3 people",
        "Ihor Terekh",
    ),
    "an agency passes on": (
        "The air force said, meanwhile, that it had downed 31 drones, according to the Reuters news agency.",
        "31 drones",
        "air force",
    ),
    "according to X, a clause": ("According to Ihor Terekh, a drone fell on a market, killing 2 people.", "2 people", "Ihor Terekh"),
    "according to X, a country": ("According to the air force, Russia sent 31 drones.", "31 drones", "air force"),
    "according to X, a list": ("According to Ihor Terekh, homes, shops and 12 cars were damaged.", "12 cars", "Ihor Terekh"),
    "a statement of who was named": (
        "Six dockers were hurt, Governor Oleh Synko said.\n\n“The fire spread to 3 cranes,” the statement reads.",
        "3 cranes",
        "Oleh Synko",
    ),
    "source and quote": (
        "Drones hit the port.\n\nSource: Oleh Synko, head of the region, on Telegram\n\nQuote: “The fire spread to 3 cranes.”",
        "3 cranes",
        "Oleh Synko",
    ),
    "head of a body, by name": (
        "Six dockers were hurt. This was reported by the head of the Sumy Regional Military Administration Oleh Synko on Telegram.",
        "Six dockers",
        "Oleh Synko",
    ),
    "officials in that area": ("Three of the dead were children, officials in that area confirmed.", "Three", "officials"),
    "victims after victims": (
        "Rescuers said the blast left at least 26 dead. More than 93 people were injured in the strike.",
        "93 people",
        "Rescuers",
    ),
}

AFTERWARDS |= {
    "and what stands behind": (
        "Drones hit the port.\n\nThis was reported by Governor Oleh Synko on Telegram.\n\nRescuers carried 14 people out of the flames.",
        "14 people",
        "Oleh Synko",
    ),
    "a line names the source": (
        "Drones hit the port and burned 6 barges.\n\nSource: Oleh Synko, head of the region, on Telegram\n\nDetails: The fire spread to 3 cranes.",
        "3 cranes",
        "Oleh Synko",
    ),
    "a line behind the lead": ("Drones burned 6 barges.\n\nSource: Oleh Synko, head of the region, on Telegram", "6 barges", "Oleh Synko"),
    "this follows from": (
        "Crews downed 9 drones.\n\nThis follows from a statement by the air force posted on Telegram.",
        "9 drones",
        "air force",
    ),
    "the next paragraph goes on": (
        "The air force said it downed 31 drones.\n\nAnother 12 drones went off radar.",
        "12 drones",
        "air force",
    ),
    "a number of those told before": (
        "The air force said the enemy sent 60 drones.\n\nAbout ten of the drones were shot down.",
        "ten of",
        "air force",
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        "Drones burned 6 barges.\n\nSource: Oleh Synko on Telegram\n\nBackground: Last week drones burned 3 cranes.",
        "Drones burned 6 barges.\n\nThis was reported by Oleh Synko.\n\nPolice said a man fled.\n\nRescuers carried out 14 people near 3 cranes.",
        "The air force said it downed 31 drones.\n\nThe fire spread to 3 cranes.",
    ],
)
def test_a_speaker_is_not_carried_past_an_aside_or_another_voice(text: str) -> None:
    assert who(text, "3 cranes") is None


@pytest.mark.parametrize("name", AFTERWARDS)
def test_names_who_told_what_stands_before(name: str) -> None:
    text, words, speaker = AFTERWARDS[name]
    assert who(text, words) == speaker


def test_what_somebody_else_said_before_stays_theirs() -> None:
    text = "Police said 12 cars burned. This was reported by Governor Oleh Synko."
    assert who(text, "12 cars") == "Police"


def test_a_paragraph_told_by_somebody_else_is_not_reached() -> None:
    text = "Six dockers were hurt.\n\nPolice said 12 cars burned.\n\nThis was reported by Governor Oleh Synko."
    assert who(text, "Six dockers") is None


def test_that_as_a_joint_points_nowhere() -> None:
    text = "Two barges sank. Mayor Ihor Terekh said that, by noon, 3 people were hurt."
    assert who(text, "Two barges") is None


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The mayor, Ann Berg, called it a “raid,” and the bureau said it was looking into “an act of terror.”", "an act of terror.", "bureau"),
        ("The bureau has sent a team and is treating the blast as “an act of terror.”", "an act of terror.", "bureau"),
        ("The operator issued an announcement expressing “deep sorrow for the loss.”", "deep sorrow for the loss.", "operator"),
        ("No one was hurt, a union said, while the ministry expressed, “sincere regret for the delay.”", "sincere regret for the delay.", "ministry"),
        ("Ann Berg quoted a guard, Ivo Stone, who said the man was “driving around and shooting.”", "driving around and shooting.", "Ivo Stone"),
        (
            "“It began at dusk,” said a senior clerk, adding he had been warned by the police. “Some are missing to this day.”",
            "Some are missing to this day.",
            "senior clerk",
        ),
    ],
)
def test_quotes_inside_sentences_are_their_speakers(text: str, words: str, speaker: str) -> None:
    assert dict(quoted(text)).get(words) == speaker
