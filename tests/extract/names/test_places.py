"""Which words are places, and which place."""

from __future__ import annotations

import pytest

from crosstally.values import Place
from tests.extract.names_help import read, texts, the


def place(sentence: str, name: str) -> Place:
    value = the(read(sentence), name, "place").value
    assert isinstance(value, Place)
    return value


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Drones struck Kyiv and the city of Odesa overnight.", ["Kyiv", "Odesa"]),
        ("Damage was seen in the Sumy, Kharkiv and Poltava regions.", ["Sumy", "Kharkiv", "Poltava"]),
        ("A house burned in the Holosiivskyi district.", ["Holosiivskyi"]),
        ("Donetsk Oblast was shelled.", ["Donetsk"]),
        ("Shelling hit eastern Ukraine.", ["Ukraine"]),
        ("Moscow has no intention of stopping.", ["Moscow"]),
        ("Ukraine’s air force counted them.", ["Ukraine"]),
        ("Kyiv Mayor Vitali Klitschko spoke.", ["Kyiv"]),
        ("A U.S.-led effort failed.", ["U.S."]),
        ("The London-based group counted the dead.", ["London"]),
        ("A man died in the village of Nyzhniovka.", ["Nyzhniovka"]),
        ("Troops left Snake Island.", ["Snake Island"]),
        ("US aid was paused.", ["US"]),
        ("The strike hit Nyzhniovka. The village of Nyzhniovka is small.", ["Nyzhniovka", "Nyzhniovka"]),
        ("It fell on the Christian-majority region of Zarkanova.", ["Zarkanova"]),
        ("Strikes hit the Ras Zarkan fuel port and Wadi Zarkan.", ["Ras Zarkan", "Wadi Zarkan"]),
        ("Jets bombed Nyaung Zarkan village at dawn.", ["Nyaung Zarkan"]),
        ("They fled a village called Zarkanova.", ["Zarkanova"]),
        ("Drones hit Odesa, wrote The Irrawaddy. Judges met at The Hague.", ["Odesa", "The Hague"]),
        ("The North-West spokesman was in Kaduna.", ["Kaduna"]),
    ],
)
def test_place_names(sentence: str, places: list[str]) -> None:
    assert texts(read(sentence), "place") == places


@pytest.mark.parametrize(
    "sentence",
    [
        "Ukrainian, Russian and Polish officials met.",
        "Iranian-made drones and Chinese parts were found.",
        "Western-led sanctions were not enough.",
        "Capital Under Fire As Toll Rises.",
        "They told us on Thursday, in March and in May.",
        "The Boston Globe and the Washington Post reported it.",
        "Nice work, said the commander.",
        "Reading the list took an hour.",
        "Shots were fired on Orchard Street.",
        "The capital and the country slept.",
        "Smith and Jackson were arrested.",
    ],
)
def test_no_places(sentence: str) -> None:
    assert texts(read(sentence), "place") == []


def test_the_feature_word_decides_between_city_and_region() -> None:
    assert place("Two died in the Kharkiv region.", "Kharkiv").kind == "region"
    assert place("Two died in Kharkiv.", "Kharkiv").kind == "city"
    assert place("Kharkiv Oblast Governor Oleh Syniehubov spoke.", "Kharkiv").kind == "region"


@pytest.mark.parametrize(
    ("sentence", "name", "inside"),
    [
        ("A truck burned in Columbus, Ohio, on Friday.", "Columbus", "US.OH"),
        ("Police in Columbus, Georgia, said so.", "Columbus", "US.GA"),
        ("Water failed in Jackson, Miss., again.", "Jackson", "US.MS"),
        ("A bridge fell in Paris, Texas.", "Paris", "US.TX"),
        ("Five died near Pokrovsk in eastern Ukraine.", "Pokrovsk", "UA"),
        ("Crowds left Nice, France.", "Nice", "FR"),
    ],
)
def test_containers_resolve(sentence: str, name: str, inside: str) -> None:
    assert place(sentence, name).within(inside)


def test_the_rest_of_the_document_resolves() -> None:
    names = read("Police in Texas said the man fled.", "He was seen in Tyler and in Longview.", "Athens lay on his way.")
    value = the(names, "Athens").value
    assert isinstance(value, Place) and value.within("US.TX")


def test_a_seat_is_a_body_and_a_site() -> None:
    names = read("The Kremlin said nothing.")
    assert texts(names, "body") == ["Kremlin"]
    value = the(names, "Kremlin", "place").value
    assert isinstance(value, Place) and value.kind == "site" and value.within("RU")


def test_an_unknown_place_keeps_its_name_and_has_no_coordinates() -> None:
    value = place("A man died in the village of Nyzhniovka.", "Nyzhniovka")
    assert (value.kind, value.lat, value.lon) == ("city", None, None)


@pytest.mark.parametrize(
    ("sentences", "words", "name"),
    [
        (("Drones struck Kyiv.", "Smoke covered the capital."), "the capital", "Kyiv"),
        (("The Ukrainian capital was quiet.",), "The Ukrainian capital", "Kyiv"),
        (("Drones struck Odesa.", "The mayor of the city spoke."), "the city", "Odesa"),
        (("Russia struck Ukraine.", "Ukraine’s army said the country held."), "the country", "Ukraine"),
    ],
)
def test_nominals_resolve_and_are_no_mentions(sentences: tuple[str, ...], words: str, name: str) -> None:
    names = read(*sentences)
    assert [(m.text, m.value.name) for m in names.nominals] == [(words, name)]  # type: ignore[union-attr]
    assert words not in texts(names, "place")


@pytest.mark.parametrize(
    "struck",
    [
        "the village of Zarkanova in northern Lebanon", "the village of Zarkanova in the north of Lebanon", "the village of Zarkanova in Lebanon",
        "the northern Lebanese village of Zarkanova", "Lebanon's Zarkanova district", "the village of Zarkanova and sites across Lebanon, in Lebanon",
    ],
)
def test_a_town_no_gazetteer_holds_lies_where_the_text_puts_it(struck: str) -> None:
    text = f"Israel struck {struck}. Israel and Israel's army said nothing. A mayor in Zarkanova counted the dead."
    found = [m.value for m in read(text).mentions if m.text == "Zarkanova"]
    assert [p.country for p in found if isinstance(p, Place)] == ["LB", "LB"]


def test_a_place_with_foreign_letters_is_called_what_the_report_first_calls_it() -> None:
    names = read("JENIN — Troops left Jenin.", "Kyiv was quiet.")
    assert {m.value.name for m in names.mentions if m.kind == "place"} == {"Jenin", "Kyiv"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Raiders burned Tarvo, a small farming village in the hills.", ["Tarvo"]),
        ("Tarvo is a border community. Four people died at Tarvo.", ["Tarvo", "Tarvo"]),
        ("Nine people died in Zark, Mexico, and Zark was calm again.", ["Zark", "Mexico", "Zark"]),
        ("Two communities in Brek Local Government Area were attacked.", ["Brek"]),
        ("Bodies lay on the streets of Torva-Zark after the raid.", ["Torva-Zark"]),
        ("The crowd surged in the Savek area on Saturday.", ["Savek"]),
        ("They came from nearby Savek in canoes.", ["Savek"]),
        ("Smith, a village elder, counted the dead.", []),
        ("Lumen, a town crier by trade, counted the dead.", []),
        ("Volterra is a company in the port.", []),
    ],
)
def test_a_place_no_gazetteer_holds_is_known_by_what_is_said_of_it(sentence: str, places: list[str]) -> None:
    assert texts(read(sentence), "place") == places


def test_mecca_is_the_city_of_the_pilgrims() -> None:
    assert place("Pilgrims walked to Mecca.", "Mecca").country == "SA"


def test_a_small_town_far_from_all_that_a_report_names_is_another_of_that_name() -> None:
    far = read("Gunmen attacked Lala near Djugu in Ituri province.", "Soldiers came from Bunia.")
    assert {m.value.country for m in far.mentions if m.kind == "place"} == {"CD"}  # type: ignore[union-attr]
    near = read("The bus left the town of Lala for Silchar in Assam, India.")
    assert {m.value.country for m in near.mentions if m.text == "Lala"} == {"IN"}  # type: ignore[union-attr]


def test_congo_is_the_country_whose_capital_stands_beside() -> None:
    assert place("Guards in Congo said the raid on Kinshasa was over.", "Congo").id == "CD"
    assert place("Guards in Congo said the raid on Brazzaville was over.", "Congo").id == "CG"
