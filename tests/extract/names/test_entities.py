"""Joining within a document, with reasons."""

from __future__ import annotations

from tests.extract.names_help import read


def people(*sentences: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.name, e.variants) for e in read(*sentences).entities if e.kind == "person"]


def test_spellings_of_one_person_join() -> None:
    found = people("President Volodymyr Zelensky spoke.", "“We hold,” Zelenskyy said.", "Volodymyr Zelenskyy thanked the crews.")
    assert found == [("Volodymyr Zelensky", ("Volodymyr Zelensky", "Zelenskyy", "Volodymyr Zelenskyy"))]


def test_given_names_in_two_forms_join() -> None:
    assert len(people("Mayor Vitali Klitschko spoke.", "Mayor Vitaliy Klitschko left.")) == 1


def test_brothers_stay_apart_and_a_surname_goes_to_the_nearer() -> None:
    names = read("Kyiv Mayor Vitali Klitschko spoke.", "Boxer Wladimir Klitschko listened.", "Klitschko then left.")
    first, second, third = (m.entity for m in names.mentions if m.kind == "person")
    assert first != second and third == second


def test_roles_are_collected() -> None:
    names = read("Deputy Foreign Minister Andrii Sybiha wrote.", "Foreign Minister Andrii Sybiha added more.")
    (person,) = (e for e in names.entities if e.kind == "person")
    assert [r.role for r in person.roles] == ["Deputy Foreign Minister", "Foreign Minister"]
    assert all(r.claimed_by == ("d",) for r in person.roles)


def test_joins_have_reasons_and_ids_are_local() -> None:
    names = read("Andrii Sybiha, a minister, wrote.", "Andriy Sybiha, the minister, added more.", id="doc7")
    (person,) = (e for e in names.entities if e.kind == "person")
    assert person.id == "doc7#p1"
    assert any("Andrii" in reason and "Andriy" in reason for reason in person.reasons)
