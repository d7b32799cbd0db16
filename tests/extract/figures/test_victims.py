"""People told one at a time: first tellings count, once; the dead are not among the wounded; attackers stand apart."""

from __future__ import annotations

import msgspec
import pytest

from crosstally.extract.figures.victims import Held, by_happening, release
from tests.extract.figures_help import figures, read

TOLD = [
    # without a number
    ("Girl dies in shooting at a farm\n\nPolice were called to a barn where shots had been fired.", ["killed age=child,sex=female 1"]),
    ("A gunman opened fire on the bus. The driver was killed.", ["killed 1"]),
    ("Rowe was shot on his porch, officers said. He was pronounced dead at the scene.", ["killed sex=male 1"]),
    # told twice, counted once: hurt, then dead
    ("A man was shot near the pier. The man later died.", ["affected sex=male 1", "killed sex=male 1"]),
    ("A clerk was shot and killed behind the counter.", ["killed 1"]),
    ("A woman was shot in the neck and later died.", ["killed sex=female 1"]),
    ("A boy shot on a hunting trip has died.", ["killed age=child,sex=male 1"]),
    ("Two men were fatally shot in a car park.", ["killed sex=male 2"]),
    # within a number of the report, single people add nothing
    ("Four people were killed. The driver was killed at once.", ["killed 4"]),
    # who attacked
    ("The gunman was shot dead by police.", ["killed side=attacker 1"]),
    ("He wounded two clerks before turning the gun on himself.", ["killed sex=male,side=attacker 1", "wounded 2"]),
    ("A hunter shot himself in the hand.", ["wounded sex=male 1"]),
    ("Police called it a triple homicide.", ["killed 3"]),
    # how it was done says nothing of who did it
    ("A deputy fatally shot a teenage boy by the road.", ["killed age=child,sex=male 1"]),
    ("A 17-year-old boy was charged with fatally shooting a woman.", ["killed sex=female 1"]),
    ("One man was fatally wounded in the brawl.", ["killed sex=male 1"]),
    # a verb without an object is no participle
    ("Rowe, a teacher, died after being shot.", ["killed 1"]),
    ("Rowe from Springfield died after he was shot.", ["killed 1"]),
    ("Rowe was shot. He passed away at the hospital.", ["killed sex=male 1"]),
    # told again: ages in words, "another" of the headline
    ("A 2-year-old was killed at home\n\nThe two-year-old was shot. A two-year-old boy is dead, officers said.", ["killed age=child 1"]),
    ("Girl killed another teen, police say\n\nThe girl killed another teen on a farm.", ["killed age=child 1"]),
    # told again by age, with somebody else between
    ("A 5-year-old girl was shot at home. Her uncle fled when they shot him. Officers said a 5-year-old was shot.",
     ["wounded age=child,sex=female 1", "wounded sex=male 1"]),
    # another than who did it, and nobody new
    ("A boy was killed on a farm on Monday. Police say a teenager killed another boy.", ["killed age=child,sex=male 1"]),
    # two fates are two people
    ("A man was killed at the fair. A man was wounded in the arm by glass.", ["killed sex=male 1", "wounded sex=male 1"]),
    ("A baby was killed on a bus. The other victim, a male in his teens, suffered gunshot wounds.", ["killed age=child 1", "wounded sex=male 1"]),
    ("A 14 year old boy was killed and a 17 year old was wounded.", ["killed age=child,sex=male 1", "wounded age=child 1"]),
    ("A fourth victim was injured at the fair.", ["wounded 1"]),
    # where a bullet went
    ("A bullet struck two children in the yard.", ["wounded age=child 2"]),
    ("He fired at the car, hitting an officer in the elbow.", ["wounded role=police 1"]),
    # an aside is no predicate of its own
    ("The student, who has not been named, died after the shooting.", ["killed age=child 1"]),
    ("A man killed his neighbour's two young daughters.", ["killed age=child,sex=female 2"]),
    # kin may be somebody new
    ("A man and his daughter were found dead.", ["killed 2"]),
    ("A boy was killed. The gunman shot his brother dead, officers said.", ["killed age=child,sex=male 1"]),
    # whoever stands nearer
    ("The father of a girl shot in a park spoke on Monday.", ["wounded age=child,sex=female 1"]),
    ("Medics took a woman to a clinic where the boy died. He had been shot in a yard.", ["killed age=child,sex=male 1"]),
    ("Police told of the death of a girl at the hands of her brother. She had been shot.", ["killed age=child,sex=female 1"]),
    ("The grandson of Rowe was shot and killed. Police spoke of the murder of the grandson of Rowe.", ["killed sex=male 1"]),
    ("Police are looking into the fatal shooting of a woman and the wounding of three men.", ["killed sex=female 1", "wounded sex=male 3"]),
    ("A gunman killed a girl. Rowe admitted shooting the girl.", ["killed age=child,sex=female 1"]),
    # who killed himself is the one who died, unless others were killed
    ("A boy, 9, killed himself with a gun he found. The boy died at home, officers said.", ["killed sex=male 1"]),
    ("A boy killed his mother and then killed himself. The mother died at home.", ["killed sex=female 1", "killed sex=male,side=attacker 1"]),
    # whose death it was
    ("Boy charged in girlfriend's shooting death\n\nHe came to court on Monday.", ["killed sex=female 1"]),
    ("Man held over 16-year-old boy's death\n\nShots were fired at noon.", ["killed age=child,sex=male 1"]),
    ("His mother's death changed him\n\nA man was shot in the leg.", ["wounded sex=male 1"]),
    # a verb in -s behind one person
    ("A boy remains hospitalized after he was shot.", ["hospitalised age=child,sex=male 1", "wounded sex=male 1"]),
    # lists of kin, and who of them is a child
    ("Man kills girlfriend and her daughter\n\nShots were fired at noon.", ["killed 2"]),
    ("Father kills wife, son, daughter\n\nShots were fired at noon.", ["killed 3"]),
    # headlines that a particle or a noun closes
    ("Pupil shot to death; girl in custody\n\nOfficers came to the yard.", ["killed age=child 1"]),
    ("Man dead from gunshot wound\n\nOfficers came to the yard.", ["killed sex=male 1"]),
    ("Man dies from accidental gunshot wound\n\nOfficers came to the yard.", ["killed sex=male 1"]),
    # one of a row who died
    ("Third victim dies after shooting\n\nOfficers said so on Monday.", ["killed 3+"]),
    ("Four men were shot. The fourth man died at noon.", ["killed sex=male 1", "wounded sex=male 4"]),
    ("A boy was shot and killed. He is the third pupil to have died this year.", ["killed age=child,sex=male 1"]),
    # numbers that are ages, children or a channel's, and two words for one person
    ("Rowe, 29 and pregnant, was shot dead at home.", ["killed 1"]),
    ("A boy, who officers first said was 16, died after the shooting.", ["killed age=child,sex=male 1"]),
    ("Father of 4 killed in shooting\n\nOfficers came.", ["killed sex=male 1"]),
    ("She told Channel 5 that her son was shot and killed.", ["killed age=child,sex=male 1"]),
    ("Rowe, a pupil and singer, died in the shooting.", ["killed 1"]),
    # what may be seen has happened, what must be kept from happening has not
    ("They look for anyone who may have witnessed the fatal shooting of a boy.", ["killed age=child,sex=male 1"]),
    ("More must be done before another pupil is killed. A boy was shot and killed on Sunday.", ["killed age=child,sex=male 1"]),
    # it is not told to have come to that
    ("She shot him, and he should be dead, she told police.", ["wounded sex=male 1"]),
    ("They did not know if the son they held was dead or alive. Shots were fired.", []),
    # the ages of babies, kin told again, a wound that may kill
    ("A 13-month-old girl was shot dead at a fair. The one-year-old girl died at noon.", ["killed age=child,sex=female 1"]),
    ("A man killed his sister in a shooting. His sister was shot at noon. He was accused of killing his sister.", ["killed sex=female 1"]),
    ("A man suffering from a gunshot wound was found in a yard. A man found dead there was named.", ["affected sex=male 1", "killed sex=male 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_tells_people(text: str, expected: list[str]) -> None:
    people = [name for name in ("Rowe",) if name in text]
    told = [n for c, n in zip(read(text, None, *people).claims, figures(text, None, *people), strict=True) if c.part_of is None]
    assert sorted(told) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "The poet died in 1870, and she was mourned for years.",  # no violence told
        "Shots were fired at her, and she almost died.",  # it did not come to that
        "The bullet missed. He could've been dead.",
        "They planned to kill him during the shooting.",
        "At least one shot was fired at the house.",
        "Rowe turned 46, was shot at and lived.",  # one is not said of 46
        "They killed 90 deer.",
        "Man Hit 10 Times After Argument With Neighbours Downtown",
        "Neighbours heard two shots, and one shot hit the wall.",
        "His mother died when he was nine.",
        "The shooter has been identified as a former clerk.",
        "A judge gave the man 14 years for fraud.",
        "The striker shot wide and the keeper saved twice.",
        "Shares fell 20 points after the firm cut 300 jobs.",
        "The motion passed by 61 votes to 40.",
        "The company said it would release millions of shares.",
        "The magnitude 6 quake was felt in the capital.",
    ],
)
def test_tells_nobody(text: str) -> None:
    assert figures(text) == []


def test_another_person_is_another() -> None:
    assert "wounded 2" in figures("A 19-year-old was wounded on Elm Street. Another was wounded on Oak Street.") or [
        n for n in figures("A 19-year-old man was wounded. A 54-year-old man was wounded, too.") if n == "wounded 2"
    ]


def test_a_named_person_has_no_figure_and_is_weak() -> None:
    (claim,) = read("Mara Rowe, 27, was killed in the blast.", None, "Mara Rowe").claims
    assert claim.figure is None
    assert claim.tier == "weak"


def test_the_names_of_a_person_add_up() -> None:
    text = "Mara Rowe was shot dead. Rowe was killed on a porch. Mara was killed by a neighbour."
    assert figures(text, None, "Mara Rowe", "Rowe", "Mara") == ["killed 1"]


def test_an_apostrophe_alone_makes_an_owner() -> None:
    assert figures("Cass Davis' grandson was shot and killed on a bus.", None, "Cass Davis") == ["killed sex=male 1"]


def test_a_number_of_another_event_holds_nobody_of_this_one() -> None:
    found = read("Girl killed on a porch\n\nOfficers said the shooting was at noon. Two others died in a fire years ago.")
    (held,) = found.held
    (theirs,) = found.claims
    assert (held.claim.measure, theirs.text) == ("killed", "Two others died")
    one, two = (msgspec.structs.replace(c, happening="h1") for c in (held.claim, theirs))
    assert release((one, two), found.held) == (two,)  # two are told: who is told without number is one of them
    apart = (one, msgspec.structs.replace(two, happening="h2"))
    assert release(apart, found.held) == apart


def test_people_held_back_of_one_happening_are_summed() -> None:
    a, b = (c for c in read("A man was killed in the bank. A woman was killed in a bar.").claims if c.figure is not None)
    one, two = (msgspec.structs.replace(c, happening="h1", part_of=None) for c in (a, b))
    claims = release((one, two), (Held(one, True, True), Held(two, True, True)))
    (total,) = (c for c in claims if c.figure is None)
    assert total.quantity is not None
    assert (total.quantity.low, total.quantity.high) == (2, 2)
    assert {c.part_of for c in claims if c is not total} == {total.id}


def test_a_sum_holds_people_of_one_happening() -> None:
    claims = read("A man was killed in the bank. A woman was killed in a bar.").claims
    (total,) = (c for c in claims if c.figure is None)
    first, second = (c for c in claims if c.part_of == total.id)
    apart = [msgspec.structs.replace(first, happening="h1"), msgspec.structs.replace(second, happening="h2")]
    assert [c.part_of for c in by_happening([total, *apart])] == [None, None]
    together = (total, *(msgspec.structs.replace(c, happening="h1") for c in (first, second)))
    assert by_happening(together) == together
