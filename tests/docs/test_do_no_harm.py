"""What docs/do-no-harm.md promises: names of the dead and wounded are on no screen, and those who speak keep theirs."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import crosstally
from crosstally.cli.terminal import render
from crosstally.domain import load_domain

COUNTED = "A missile strike on Odesa killed two people and wounded nine on Monday, Governor Oleh Kiper said. Five schools were damaged. "
TOLD = {
    "killed-as-object": COUNTED + "The strike killed a teacher, Halyna Bondar.",
    "died-as-subject": COUNTED + "Olena Marchenko, 34, and her son Danylo Marchenko, 6, died in their flat.",
    "injured-with-a-trade": COUNTED + "Ihor Petrenko, a local driver, was injured by glass.",
    "named-as-the-dead": COUNTED + "The dead were named as Halyna Bondar and Olena Marchenko.",
    "mourned": COUNTED + "Halyna Bondar, who died at the scene, was a teacher at the school.",
    "buried": COUNTED + "On Thursday the town buried Ihor Petrenko. Petrenko had worked at the port.",
    "in-hospital": COUNTED + "In the hospital lies Olena Marchenko, whose leg was amputated.",
}
VICTIMS = ("Marchenko", "Petrenko", "Bondar")


def screens(text: str, *, show_victims: bool = False) -> dict[str, str]:
    with crosstally.read(crosstally.Document.from_text(text, published="2025-07-15", source="Harbour Wire")) as ledger:
        from rich.console import Console

        out = io.StringIO()
        render(ledger.book, load_domain(), Console(file=out, width=100), show_victims=show_victims)
        return {"terminal": out.getvalue(), "page": ledger.to_html(show_victims=show_victims)}


@pytest.mark.parametrize("how", TOLD)
def test_names_of_victims_are_on_no_screen(how: str) -> None:
    shown = {where: [name for name in VICTIMS if name in text] for where, text in screens(TOLD[how]).items()}
    assert not any(shown.values()), shown


def test_names_are_shown_when_asked_for() -> None:
    assert "Bondar" in screens(TOLD["killed-as-object"], show_victims=True)["page"]


def test_explain_withholds_as_well() -> None:
    from crosstally.cli.terminal import explain

    text = TOLD["killed-as-object"]
    with crosstally.read(crosstally.Document.from_text(text, published="2025-07-15")) as ledger:
        told = [line for claim in ledger.claims() for line in explain(ledger.book, claim.id) or []]
    assert told and not any("Bondar" in line for line in told)


def test_public_figures_in_a_report_of_harm_keep_their_names() -> None:
    text = COUNTED + "The raid followed a call between Trump and Putin. Foreign Minister Andrii Sybiha was not hurt."
    assert all(name in screens(text)["page"] for name in ("Trump", "Putin", "Sybiha"))


def test_who_speaks_keeps_the_name() -> None:
    assert all("Oleh Kiper" in text for text in screens(COUNTED).values())


def test_every_screen_says_that_counts_undercount() -> None:
    assert all("undercount" in text for text in screens(COUNTED).values())


def test_the_manual_says_how_many_ways_are_recognised() -> None:
    told = re.search(r"(\d+) of (\d+) ordinary ways", (Path(__file__).parents[2] / "docs" / "do-no-harm.md").read_text("utf-8"))
    assert told and (int(told[1]), int(told[2])) == (len(TOLD), len(TOLD))
