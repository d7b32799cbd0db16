"""Links that the report words itself."""

from __future__ import annotations

import pytest

from tests.extract.telling_text import of_kind, tell


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "Russia attacked Kyiv with drones just hours after a phone call between Joe Biden and Vladimir Putin.",
            "after",
            "just hours after",
        ),
        (
            "The air raid on Odesa started the same day that a phone call between Joe Biden and Vladimir Putin ended.",
            "same_day",
            "the same day",
        ),
        ("The air raid on Odesa coincided with a phone call between Joe Biden and Vladimir Putin.", "during", "coincided with"),
        ("Drones struck Odesa ahead of a meeting between Joe Biden and Volodymyr Zelenskyy.", "before", "ahead of"),
    ],
)
def test_a_link_runs_from_the_attack_to_the_act(text: str, kind: str, words: str) -> None:
    telling = tell(text)
    (link,) = telling.links
    ids = {h.id: h.kind for h in telling.happenings}
    assert (link.kind, link.text) == (kind, words)
    assert ids[link.source] == "air_attack" and ids[link.target] in ("call", "meeting")


def test_a_consecutive_night_supposes_the_night_before() -> None:
    telling = tell("Russian drones attacked Kharkiv overnight for the second consecutive night.")
    (link,) = [k for k in telling.links if k.kind == "consecutive"]
    raids = of_kind(telling, "air_attack")
    assert len(raids) == 2 and link.source != link.target
    before = next(h for h in raids if h.id == link.target)
    main = next(h for h in raids if h.id == link.source)
    assert before.window is not None and main.window is not None
    assert before.window.start is not None and main.window.start is not None and before.window.start < main.window.start


def test_no_link_without_two_events() -> None:
    assert not tell("Two people were hurt after a drone hit a shop in Sumy.").links
    assert not tell("The mayor spoke to reporters hours after the attack.").links
