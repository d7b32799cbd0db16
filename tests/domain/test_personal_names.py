"""Which names may be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstally.domain.personal_names import parts, same_given, same_name, same_surname

ONE = [
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Volodymyr Zelenskiy", "Vladimir Zelensky"),
    ("Zelensky", "Volodymyr Zelenskyy"),
    ("Vitali Klitschko", "Vitaliy Klitschko"),
    ("Andrii Sybiha", "Andriy Sybiha"),
    ("Serhii Lysak", "Sergiy Lysak"),
    ("Oleh Syniehubov", "Oleh Synyehubov"),
    ("Donald J. Trump", "Donald Trump"),
    ("Joe Biden", "Joseph R. Biden Jr."),
    ("Bashar al-Assad", "Bashar Assad"),
    ("Mohammed Salama", "Muhammad Salama"),
    ("Benjamin Netanyahu", "Binyamin Netanyahu"),
    ("António Guterres", "Antonio Guterres"),
    ("J. Smith", "John Smith"),
    ("Radosław Sikorski", "Radoslaw Sikorski"),
    ("López", "Andrés López Obrador"),
    ("Muhammad Tarek", "Muhammad Tarek Khan"),
    ("John Fitzgerald Doe", "John F. Doe"),
]
TWO = [
    ("Vitali Klitschko", "Wladimir Klitschko"),
    ("Putin", "Rutin"),
    ("Hunter Biden", "Joe Biden"),
    ("Donald Trump", "Melania Trump"),
    ("Zafar Khan", "Ijaz Khan"),
    ("Muhammad Tarek Khan", "Muhammad Basim Khan"),
    ("Oleh Kiper", "Oleh Ivanov"),
    ("J. Smith", "Peter Smith"),
    ("", "Putin"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_person(a: str, b: str) -> None:
    alike, why = same_name(a, b)
    assert alike, why
    assert why
    assert same_name(b, a)[0]


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_people(a: str, b: str) -> None:
    alike, why = same_name(a, b)
    assert not alike, why
    assert why
    assert not same_name(b, a)[0]


NAMES = st.lists(st.text(alphabet="abdehiklmnorstuvyz'-", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


@given(NAMES, NAMES)
def test_the_order_does_not_matter(a: str, b: str) -> None:
    assert same_name(a, b)[0] == same_name(b, a)[0]


@given(NAMES)
def test_a_name_is_itself(name: str) -> None:
    if parts(name):
        assert same_name(name, name)[0]


def test_parts_drop_particles_and_suffixes() -> None:
    assert parts("Chris L. Palmer Jr.") == ("chris", "l", "palmer")
    assert parts("Ursula von der Leyen") == ("ursula", "leyen")
    assert parts("Hussam Al-Masri") == ("hussam", "masri")


def test_reasons_say_what_was_compared() -> None:
    assert "two forms" in same_given("Andrii", "Andrew")[1]
    assert "spelt two ways" in same_surname("Zelensky", "Zelenskyy")[1]
    assert "different" in same_surname("Putin", "Trump")[1]
