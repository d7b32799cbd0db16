"""Sentences, paragraphs, headline and furniture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain.language import load_language
from crosstally.text.segment import segment

ENGLISH = load_language("en")


def sentences(text: str, title: str = "") -> list[str]:
    return [s.span.of(text) for s in segment(text, title, ENGLISH) if s.furniture is None]


def kinds(text: str, title: str = "") -> list[str]:
    return [s.furniture or ("title" if s.title else "-") for s in segment(text, title, ENGLISH)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Mr. Koval spoke. He left.", "Mr. Koval spoke.|He left."),
        ("The U.S. Senate voted. It passed.", "The U.S. Senate voted.|It passed."),
        ("He flew to the U.S. The talks went on.", "He flew to the U.S.|The talks went on."),
        ("It began at 9 p.m. Police came.", "It began at 9 p.m.|Police came."),
        ("It began at 9 p.m. Tuesday in Lviv.", "It began at 9 p.m. Tuesday in Lviv."),
        ("It began at 9 p.m. Kyiv time.", "It began at 9 p.m. Kyiv time."),
        ("“We ran. We hid,” she said.", "“We ran.|We hid,” she said."),
        ("He said: “It is over.” Then he left.", "He said: “It is over.”|Then he left."),
        ('He said "No." He left.', 'He said "No."|He left.'),
        ('"Why?" Petrenko asked. Nobody knew.', '"Why?" Petrenko asked.|Nobody knew.'),
        ("''Why?'' Petrenko asked. Nobody knew.", "''Why?'' Petrenko asked.|Nobody knew."),
        ("Drones hit Sumy.Two people died.", "Drones hit Sumy.|Two people died."),
        ("About 3.5 million rose by 1,000 to St. Helens.", "About 3.5 million rose by 1,000 to St. Helens."),
        ("No. 7 was hit. No. Nobody fled.", "No. 7 was hit.|No.|Nobody fled."),
        ("Someone waited ... and then ran.", "Someone waited ... and then ran."),
        ("Is it safe? No one knows!", "Is it safe?|No one knows!"),
        ("She posted it on X. Others followed.", "She posted it on X.|Others followed."),
        ("Gen. J. R. Brown and Lt. Gov. Lee met.", "Gen. J. R. Brown and Lt. Gov. Lee met."),
        ("He fled.“I ran,” he said.", "He fled.|“I ran,” he said."),
    ],
)
def test_sentence_ends(text: str, cut: str) -> None:
    assert sentences(text) == cut.split("|")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Rescuers worked through the night in the northern suburbs, where a\n"
        "warehouse collapsed after the second blast. Officials said that four\n"
        "workers were pulled out alive.\n"
        "The search went on at dawn with dogs and cranes, and the mayor asked\n"
        "people to stay away from the river bank until the fire was out.\n"
    )
    found = segment(text, "", ENGLISH)
    assert [s.paragraph for s in found] == [0, 0, 1]
    assert found[0].span.of(text).endswith("blast.")


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Three people died in the blast, the governor said on Monday.\nShops in the centre were closed.\nSchools will open on Tuesday."
    assert [s.paragraph for s in segment(text, "", ENGLISH)] == [0, 1, 2]


def test_bullets_and_headings() -> None:
    text = "# Attack on the port\n\nWhat is known:\n\n• Odesa: 3 injured\n• Izmail: 2 injured\n1. Sirens sounded"
    found = segment(text, "", ENGLISH)
    assert [s.span.of(text) for s in found] == [
        "Attack on the port",
        "What is known:",
        "Odesa: 3 injured",
        "Izmail: 2 injured",
        "Sirens sounded",
    ]
    assert [s.title for s in found] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Be First to Comment", "counter"),
        ("14 Comments", "counter"),
        ("Photo: Maria Holub / AFP", "caption"),
        ("FILE PHOTO: A rescuer stands by a burnt bus.", "caption"),
        ("A bus burns after the blast. (AP Photo/Ivan Koval)", "caption"),
        ("Image from Channel 5", "caption"),
        ("By Olena Bondar and John Smith", "byline"),
        ("Updated 3:40 p.m.", "byline"),
        ("July 9, 2025 8:15 AM", "byline"),
        ("Read more: Sirens across the south", "link"),
        ("Read in Ukrainian", "link"),
        ("阅读中文版 (Read Chinese Version)", "link"),
        ("Читайте також: новини дня", "link"),
        ("All rights reserved.", "disclaimer"),
        ("This content is aggregated from public sources.", "disclaimer"),
        ("Share this article", "navigation"),
        ("Facebook | Twitter | Telegram", "navigation"),
    ],
)
def test_furniture(line: str, kind: str) -> None:
    text = f"Two people died in Sumy on Monday, the mayor said.\n\n{line}\n\nSchools were closed on Tuesday after the strike."
    assert set(kinds(text)[1:-1]) == {kind}
    assert kinds(text)[0] == kinds(text)[-1] == "-"


@pytest.mark.parametrize(
    "line",
    [
        "By noon, five more people had died in hospital.",
        "Share prices fell after the strike.",
        "Photos from the site showed a burnt bus and a crater.",
        "Read aloud in court, the letter named two officers.",
        "The home was destroyed.",
        "Related attacks killed nine people in May.",
        "Updated figures put the toll at 31.",
        "Video from the scene showed flames above the depot.",
        "More from the north arrived on buses.",
        "Credit lines to farmers were frozen.",
        "Watch towers along the border were hit.",
    ],
)
def test_sentences_that_look_like_furniture_are_content(line: str) -> None:
    text = f"Two people died in Sumy on Monday, the mayor said.\n\n{line}\n\nSchools were closed on Tuesday."
    assert kinds(text) == ["-", "-", "-"]


def test_a_repeated_headline_is_read_once() -> None:
    head = "Night of strikes leaves port city without power"
    text = f"{head}\n\n{head}\n\n{head.upper()}\n\nThe port was hit at dawn. Nobody was hurt."
    assert kinds(text) == ["title", "repeated", "repeated", "-", "-"]


def test_the_given_title_marks_the_headline() -> None:
    text = "Region news\nPort hit by ‘swarm’ of drones\nThe port was hit at dawn."
    assert kinds(text, "Port hit by 'swarm' of drones")[1] == "title"


@pytest.mark.parametrize("line", ["ODESA, Ukraine (AP) — ", "Odesa, Ukraine – ", "ODESA — ", "MOSCOW, July 9 (Reuters) - ", "IZMAIL (UPI) -- "])
def test_a_dateline_is_set_apart(line: str) -> None:
    text = f"{line}Drones hit the port. Nobody was hurt."
    found = segment(text, "", ENGLISH)
    assert [s.furniture for s in found] == ["dateline", None, None]
    assert found[1].span.of(text) == "Drones hit the port."


def test_no_dateline_inside_a_sentence() -> None:
    assert kinds("Odesa, the largest port – hit twice this week – was dark.") == ["-"]


def test_a_caption_does_not_swallow_a_long_paragraph() -> None:
    text = "Three people died. Four were hurt. Sirens sounded at dawn. Crews worked all night. (AP Photo/Ivan Koval)"
    assert kinds(text)[:3] == ["-", "-", "-"]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("Ab .!?\n\r\t“”\"'’()-—•*#1٣½\u2028é中"), max_size=120))
def test_sentences_keep_offsets_and_lose_nothing_but_marks(text: str) -> None:
    found = segment(text, "", ENGLISH)
    last = 0
    for number, sentence in enumerate(found):
        assert sentence.index == number
        assert last <= sentence.span.start < sentence.span.end <= len(text)
        assert sentence.tokens[0].start == sentence.span.start
        assert sentence.tokens[-1].end == sentence.span.end
        assert all(t.text == text[t.start : t.end] for t in sentence.tokens)
        last = sentence.span.end


def test_a_list_of_other_reports_is_links() -> None:
    text = "Drones hit Sumy. Two people died.\n\nRelated:\n- Mayor opens new bridge\n- Frost kills 12 in the north\n\nThe city is quiet now."
    assert sentences(text) == ["Drones hit Sumy.", "Two people died.", "The city is quiet now."]


def test_a_heading_like_a_list_opens_none_before_sentences() -> None:
    assert sentences("Drones hit Sumy.\n\nLatest news\n\nTwo people died there, the mayor said.")[-1] == "Two people died there, the mayor said."


@pytest.mark.parametrize(
    "line",
    [
        "In this photo provided by the rescue service, a house burns in Sumy after a strike on Saturday. (Rescue Service via AP)",
        "In this image taken from video, people carry a man out of a house.",
    ],
)
def test_photo_lines_are_captions(line: str) -> None:
    assert set(kinds("Drones hit Sumy overnight, police said.\n\n" + line)[1:]) == {"caption"}


def test_a_list_of_clips_with_their_lengths_is_no_report() -> None:
    clips = ["1:05 Man shot at a fair Pause", '0:48 "He was killed," a friend says.', "2:10 Two hurt in a crash"]
    text = "\n\n".join(["Shooting downtown", *clips, "A man was shot on Monday, police said.", "Rowe lived."])
    found = segment(text, "Shooting downtown", load_language("en"))
    assert [s.span.of(text) for s in found if s.furniture is None][-2:] == ["A man was shot on Monday, police said.", "Rowe lived."]
    assert {s.furniture for s in found if s.span.of(text) in clips} <= {"link", "byline"}
