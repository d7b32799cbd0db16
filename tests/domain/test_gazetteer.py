"""The gazetteer: spellings, kinds, the tree of places, and what is no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstally.domain.gazetteer import Gazetteer, _Table, acronym, fold, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("spellings", "country", "kind"),
    [
        (("Kyiv", "Kiev", "KYIV"), "UA", "city"),
        (("Kharkiv", "Kharkov"), "UA", "city"),
        (("Odesa", "Odessa"), "UA", "city"),
        (("Lviv", "Lvov"), "UA", "city"),
        (("Dnipro", "Dnepr"), "UA", "city"),
        (("Zaporizhzhia", "Zaporizhzhya", "Zaporozhye"), "UA", "city"),
        (("Solomianskyi", "Solomyanskyi", "Solom'yans'kyi", "Solom’ianskyi"), "UA", "district"),
        (("Khmelnytskyi", "Khmelnytskiy", "Khmelnytsky"), "UA", "region"),
        (("Bryansk",), "RU", "region"),
        (("Khan Younis", "Khan Yunis"), "PS", "city"),
        (("Beit Lahia",), "PS", "city"),
    ],
)
def test_spellings_of_one_place(gazetteer: Gazetteer, spellings: tuple[str, ...], country: str, kind: str) -> None:
    found = [{p.id for p in gazetteer.find(s) if p.country == country and p.kind == kind} for s in spellings]
    assert set.intersection(*found), spellings


def test_a_district_lies_in_its_city_and_country(gazetteer: Gazetteer) -> None:
    kyiv = next(p for p in gazetteer.find("Kyiv") if p.kind == "city")
    for name in ("Holosiivskyi", "Sviatoshynskyi", "Darnytskyi", "Obolonskyi", "Pecherskyi"):
        district = next(p for p in gazetteer.find(name) if p.kind == "district" and p.within(kyiv.id))
        assert gazetteer.contains(kyiv.id, district.id)
        assert gazetteer.contains("UA", district.id)
        assert not gazetteer.contains(district.id, kyiv.id)
        assert district.lat == pytest.approx(50.4, abs=0.3)


def test_every_ukrainian_region_has_a_centre(gazetteer: Gazetteer) -> None:
    names = [
        "Donetsk",
        "Luhansk",
        "Dnipropetrovsk",
        "Kharkiv",
        "Kherson",
        "Zaporizhzhia",
        "Mykolaiv",
        "Odesa",
        "Kyiv",
        "Sumy",
        "Chernihiv",
        "Poltava",
        "Cherkasy",
        "Kirovohrad",
        "Vinnytsia",
    ]
    names += ["Zhytomyr", "Khmelnytskyi", "Rivne", "Volyn", "Lviv", "Ternopil", "Ivano-Frankivsk", "Zakarpattia", "Chernivtsi", "Crimea"]
    for name in names:
        region = [p for p in gazetteer.find(name) if p.kind == "region" and p.country == "UA"]
        assert len(region) == 1, name
        assert region[0].lat is not None and region[0].parents == ("UA",)


def test_countries_and_acronyms(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("U.S.")[0].id == gazetteer.find("US")[0].id == gazetteer.find("United States")[0].id == "US"
    assert gazetteer.find("us") == ()
    assert gazetteer.find("Britain")[0].id == "GB"
    assert gazetteer.capital("UA") == next(p.id for p in gazetteer.find("Kyiv") if p.kind == "city")
    assert gazetteer.capital("ZZ") is None


def test_common_words_are_marked(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_word("Reading") and gazetteer.is_word("Nice") and gazetteer.is_word("Mobile")
    assert not gazetteer.is_word("Kyiv") and not gazetteer.is_word("Turkey") and not gazetteer.is_word("Nowhere-at-all")


def test_what_is_not_there(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Shahed") == () and gazetteer.find("") == () and gazetteer.find("\t") == ()
    assert gazetteer.get("g0") is None and gazetteer.population("g0") == 0
    assert not gazetteer.contains("UA", "g0")


@given(st.text(max_size=30))
def test_any_text_can_be_asked(name: str) -> None:
    gazetteer = load_gazetteer()
    for place in gazetteer.find(name):
        assert gazetteer.get(place.id) == place
        assert all(gazetteer.get(up) is not None for up in place.parents)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) == once


def test_acronym() -> None:
    assert acronym("U.S.") == "US" and acronym("UAE") == "UAE"
    assert acronym("Us") == "" and acronym("A") == "" and acronym("UNICEF") == ""


def test_ties_go_to_the_more_important(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Paris")[0].country == "FR"
    assert {p.country for p in gazetteer.find("Paris")} >= {"FR", "US"}


KEYS = st.text(st.characters(codec="utf-8", exclude_characters="\t\n"), min_size=1, max_size=12)


@given(st.sets(KEYS, min_size=1, max_size=40), st.text(max_size=12))
def test_a_table_of_many_stretches_is_found_line_by_line(keys: set[str], other: str) -> None:
    lines = {key: [key, "w", "x" * 300] for key in keys}  # so long that a stretch holds a few lines only
    table = _Table("".join("\t".join(lines[k]) + "\n" for k in sorted(keys, key=lambda k: k.encode())).encode())
    assert {key: table.line(key) for key in keys} == lines
    assert (table.line(other) is not None) == (other in keys)
