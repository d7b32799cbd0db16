"""Pronouns, surnames, offices and bodies resolved to who they stand for."""

from __future__ import annotations

import pytest

from crosstally.domain.language import load_language
from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.extract.speakers.lexicon import inflect, lexicon
from tests.extract.voices_help import behind, who

CASES = {
    "he": ("Mayor Ihor Terekh said the fire was out. He added that 5 homes were lost.", "5 homes", "Ihor Terekh"),
    "she, past a man": (
        "Minister Olha Bondar said help was near. Governor Oleh Synko agreed. She said 9 trucks were on the road.",
        "9 trucks",
        "Olha Bondar",
    ),
    "surname": ("Mayor Ihor Terekh came to the site. Terekh said 5 homes were lost.", "5 homes", "Ihor Terekh"),
    "the mayor": ("Mayor Ihor Terekh came to the site.\n\nThe mayor said 5 homes were lost.", "5 homes", "Ihor Terekh"),
    "it is the body": ("The defence ministry said the port was hit. It said 5 ships were lost.", "5 ships", "defence ministry"),
    "he, of a hospital named after a lady": (
        "“It is 87,” Anwar Tarek, a spokesman at the Lady Mary Hospital, told reporters. “About 50 beds are full,” he added.",
        "50 beds",
        "Anwar Tarek",
    ),
    "another office than that of the one named": (
        "Nine people died, a hospital spokesman told reporters.\n\nIhor Terekh, a spokesman for the fire service, said it was out.",
        "Nine people",
        "hospital spokesman",
    ),
    "who": ("Ihor Terekh, who said 5 homes were lost, went to the site.", "5 homes", "Ihor Terekh"),
    "the second of two verbs": ("Ihor Terekh visited the site and said 5 homes were lost.", "5 homes", "Ihor Terekh"),
}


@pytest.mark.parametrize("name", CASES)
def test_resolves(name: str) -> None:
    text, words, speaker = CASES[name]
    assert who(text, words) == speaker


def test_a_pronoun_nobody_fits_is_left_open() -> None:
    found = behind("He said 5 homes were lost.", "5 homes")
    assert found is not None
    assert found.speaker.vague
    assert found.reason.startswith("left open")


def test_a_woman_is_not_he() -> None:
    found = behind("Minister Olha Bondar left. He said 5 homes were lost.", "5 homes")
    assert found is not None
    assert found.speaker.name != "Olha Bondar"


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [("note", ("notes", "noted", "noting")), ("deny", ("denies", "denied", "denying")), ("stress", ("stresses", "stressed", "stressing"))],
)
def test_inflects_regular_verbs(lemma: str, forms: tuple[str, str, str]) -> None:
    assert inflect(lemma) == forms


def test_irregular_and_doubled_forms() -> None:
    forms = lexicon(load_language("en")).forms
    assert {form.lemma for form in forms["said"]} == {"say"}
    assert {form.lemma for form in forms["admitting"]} == {"admit"}


def test_a_table_without_its_key_is_named() -> None:
    empty: dict[str, object] = {key: {} for key in ("nouns", "phrases", "marks", "irregular", "status", "needs")}
    tables = {**load_language("en").tables, "saying": {"words": {"noun_like": []}, **empty}}
    with pytest.raises(PackError, match=r"saying\.toml: class"):
        lexicon(Language("xx", tables, "languages/xx"))
