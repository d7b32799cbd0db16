"""Who is named, and who is not a person."""

from __future__ import annotations

import pytest

from tests.extract.names_help import read, texts, the


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Ukrainian President Volodymyr Zelensky spoke in Kyiv.", ["Volodymyr Zelensky"]),
        ("The strike hit a depot, said Kharkiv Mayor Ihor Terekhov.", ["Ihor Terekhov"]),
        ("The region’s governor, Oleh Kiper, wrote that two people had died.", ["Oleh Kiper"]),
        ("“We heard it all,” said Kyiv resident Yuriy.", ["Yuriy"]),
        ("His Russian counterpart Vladimir Putin did not reply.", ["Vladimir Putin"]),
        ("Marta Osowska, 34, was found under the rubble.", ["Marta Osowska"]),
        ("Donald J. Trump met Ursula von der Leyen in Brussels.", ["Donald J. Trump", "Ursula von der Leyen"]),
        ("Syria’s Bashar al-Assad left the country.", ["Bashar al-Assad"]),
        ("Former Prime Minister Theresa May spoke on Friday.", ["Theresa May"]),
        ("U.S. Secretary of State Marco Rubio and Defense Secretary Pete Hegseth agreed.", ["Marco Rubio", "Pete Hegseth"]),
        ("Mr. Ivanenko and Ms. Bondar lost their flat.", ["Ivanenko", "Bondar"]),
        ("Lt. Gen. Mykola Oleshchuk thanked the crews.", ["Mykola Oleshchuk"]),
        ("Shafi Ullah, the deputy commissioner of Peshawar, confirmed the toll.", ["Shafi Ullah"]),
        ("Serhii Kovalenko and Dalerkhon Mirzozoda appeared in court.", ["Serhii Kovalenko", "Dalerkhon Mirzozoda"]),
        ("Polish PM Tusk said drones had crossed the border.", ["Tusk"]),
        ("Chief of Staff Andriy Yermak called it meaningful.", ["Andriy Yermak"]),
        ("The owner of the building, Samer Rahbani, said he was away.", ["Samer Rahbani"]),
        ("An aide to the envoy, Tolvar Wendt, denied it.", ["Tolvar Wendt"]),
        ("A witness named Malik Tarvo ran to the gate.", ["Malik Tarvo"]),
        ("Shavid Nawazani, who guards the station, denied it.", ["Shavid Nawazani"]),
        ("“We go on,” said Asyna Tarvosi, whose sister was there.", ["Asyna Tarvosi"]),
        ("Hamzu Shafqatu, a senior government official, confirmed it.", ["Hamzu Shafqatu"]),
        ("It rose, the agency wrote, citing the head of the emergency department, Amin Sabrivo.", ["Amin Sabrivo"]),
        ("A guard called Malik Tarvo ran. Alhaji Buba Modu prayed.", ["Malik Tarvo", "Buba Modu"]),
        ("Minister Hassan Al-Tarvo spoke. Tarvo left.", ["Hassan Al-Tarvo", "Tarvo"]),
        ("A trader who identified himself as Buba Modu saw two cars.", ["Buba Modu"]),
        ("Commissioner Lahore Imran Sethi met the families.", ["Imran Sethi"]),
        ("Rights chief Edward French spoke first. French warned of more raids.", ["Edward French", "French"]),
    ],
)
def test_people_without_title_or_possessive(sentence: str, people: list[str]) -> None:
    assert texts(read(sentence), "person") == people


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia fired Iskander missiles and Shahed drones on Thursday.",
        "The Associated Press could not verify it.",
        "He wrote on Telegram and on X in March.",
        "The Defense Department declined to comment.",
        "Patriot batteries arrived from Germany in May.",
        "Virginia Beach police closed Independence Boulevard.",
        "Officials met at Johns Hopkins University and at Lincoln Center.",
        "Two schools burned in San Antonio on Saturday Night.",
        "The Geneva Convention forbids it, the Red Cross said.",
        "Seven Dead After Strike On Market",
        "Turkish police and a Pole were at the gate.",
        "The leader of the group, Black Banner, was silent.",
        "The mayor of the town, Bakhmut, was away.",
    ],
)
def test_not_people(sentence: str) -> None:
    assert texts(read(sentence), "person") == []


def test_a_surname_is_a_person_where_a_full_name_was() -> None:
    names = read(
        "Talks Between Hrytsenko And Allies Stall",
        "Olena Hrytsenko, the head of the city council, spoke first.",
        "Hrytsenko’s deputy left, and Hrytsenko stayed.",
    )
    assert texts(names, "person") == ["Hrytsenko", "Olena Hrytsenko", "Hrytsenko", "Hrytsenko"]
    assert len({m.entity for m in names.mentions if m.kind == "person"}) == 1


def test_two_names_in_a_compound() -> None:
    names = read("The Trump-Putin call ended.", "President Donald Trump and Vladimir Putin had spoken.")
    assert texts(names, "person") == ["Trump", "Putin", "Donald Trump", "Vladimir Putin"]


def test_a_building_named_after_a_person_is_not_the_person() -> None:
    assert texts(read("Donald Trump spoke.", "Crowds stood before Trump Tower."), "person") == ["Donald Trump"]


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Ukrainian President Volodymyr Zelensky spoke.", "Volodymyr Zelensky", "Ukrainian President"),
        ("Kyiv’s mayor, Vitali Klitschko, said 14 were in hospital.", "Vitali Klitschko", "Kyiv’s mayor"),
        ("According to Yuri Ushakov, Putin’s foreign affairs adviser, nothing changed.", "Yuri Ushakov", "Putin’s foreign affairs adviser"),
        ("Serhii Bratchuk, a spokesman for the Southern Command, confirmed it.", "Serhii Bratchuk", "spokesman for the Southern Command"),
        (
            "Serhiy Popko, the head of the city’s military administration, said so.",
            "Serhiy Popko",
            "head of the city’s military administration",
        ),
        ("The head of the regional administration, Oleh Syniehubov, said so.", "Oleh Syniehubov", "head of the regional administration"),
        ("His Russian counterpart Vladimir Putin did not reply.", "Vladimir Putin", "Russian counterpart"),
        ("Donald Trump left.", "Donald Trump", None),
        ("The dead were a nurse and a 22-year-old police officer, Karl Weber said.", "Karl Weber", None),
        ("Asked whether the talks moved forward, Karl Weber nodded.", "Karl Weber", None),
    ],
)
def test_roles_as_worded(sentence: str, name: str, role: str | None) -> None:
    value = the(read(sentence), name).value
    assert value.role == role  # type: ignore[union-attr]


def test_form_tells_full_from_short() -> None:
    names = read("Iryna Vovk, a doctor, said so.", "Vovk left.")
    assert [m.value.form for m in names.mentions if m.kind == "person"] == ["full", "short"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Rana Telmo, who had hidden in a ditch, walked home.", ["Rana Telmo"]),
        ("“It fell,” said a neighbour, 60-year-old Rana Telmo.", ["Rana Telmo"]),
        ("The dog trainer Rana Telmo told reporters so.", ["Rana Telmo"]),
        ("More may be found, said Ali Haji, the minister for health.", ["Ali Haji"]),
        ("The railway operator Zorvo Train said it was sorry.", []),
        ("They met in Fort Worth, whose mayor was away.", []),
        ("The carmaker Acme Foods said so.", []),
    ],
)
def test_names_no_list_holds_are_shown_by_what_stands_beside(sentence: str, people: list[str]) -> None:
    assert texts(read(sentence), "person") == people


def test_the_first_part_of_a_name_is_its_bearer_where_it_speaks() -> None:
    names = read("Interior Minister Zorvani Luko said so.", "“It is over,” Zorvani said.")
    assert texts(names, "person") == ["Zorvani Luko", "Zorvani"]
