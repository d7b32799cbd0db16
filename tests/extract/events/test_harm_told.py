"""Reports that tell of people who came to harm, with no word of their own for an event."""

from __future__ import annotations

import pytest

import crosstally


def told(title: str, text: str) -> list[tuple[str, int | None]]:
    """The class of each event and the newest value of its dead."""
    document = crosstally.Document.from_text(f"{title}.\n\n{text}", title=title, published="2016-05-02", source="a.example")
    ledger = crosstally.read([document]).as_dict()
    return [
        (event["class"], next((t["latest"] for t in event["tallies"] if t["measure"] == "killed" and not t["facets"]), None))
        for event in ledger["events"]
    ]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Pupil killed in hunting mishap", "Mara Rowe, 17, was killed with a rifle while hunting with her family on Monday.", [("shooting", 1)]),
        ("Boy dead from gunshot wound", "Officers were called to a home on Mill Road.", [("shooting", 1)]),
        ("Man dies from accidental gunshot wound", "The coroner was called to a home on Mill Road.", [("shooting", 1)]),
        ("Singer dies", "Mara Rowe has died. She sang all her life.", []),
    ],
)
def test_an_event_is_founded_by_who_came_to_harm(title: str, text: str, expected: list[tuple[str, int | None]]) -> None:
    assert told(title, text) == expected


def test_a_home_invasion_is_no_war() -> None:
    assert [kind for kind, _ in told("Man held over home invasion", "A boy was shot dead in the home invasion on Sunday.")] == ["shooting"]
