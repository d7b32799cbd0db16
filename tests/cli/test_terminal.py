"""The terminal's account: its order, its width, its plainness, and how it explains itself."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[1] / "export"))
import crosstally
from crosstally.cli.terminal import explain, explain_claim, explain_tally, render
from crosstally.domain import Domain, load_domain
from crosstally.values import Book
from tests.export.book_fixture import domain, night, shooting


def told_with(pack: Domain, book: Book, width: int = 80, **more: bool) -> str:
    out = io.StringIO()
    render(book, pack, Console(file=out, width=width, no_color=True), **more)
    return out.getvalue()


def told(book: Book, width: int = 80, **more: bool) -> str:
    return told_with(domain(), book, width, **more)


def test_situation_then_human_cost_then_balance_then_findings() -> None:
    text = told(night())
    heads = ["Russia’s war on Ukraine", "HUMAN COST", "BALANCE", "FIGURES", "FINDINGS", "WHO WAS QUOTED", "SOURCES", "Reports\n"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_and_carry_no_escape(width: int) -> None:
    lines = told(night(), width).split("\n")
    assert max(len(line) for line in lines) <= max(width, 66)
    assert "\x1b" not in "".join(lines)
    if width >= 80:  # narrower, the headings of the books wrap, and a table pads its cells
        assert all(line == line.rstrip() for line in lines if "─" not in line)


def test_the_books_close_with_a_double_rule() -> None:
    text = told(night())
    assert "drones          539        ○268         ○208    63            ○0" in text
    assert "════" in text
    assert "The account closes: 550 = 270 + 208 + 72 + 0." in text
    assert "Self-consistent, one party’s figures" in text


def test_an_open_account_has_a_dashed_rule_and_its_gap() -> None:
    book = night()
    tallies = tuple(msgspec.structs.replace(t, low=17, high=17) if t.measure == "unaccounted" and not t.facets else t for t in book.tallies)
    text = told(msgspec.structs.replace(book, tallies=tallies))
    assert "════" not in text
    assert "╌╌" in text
    assert "The account is open: 17 unaccounted." in text


def test_findings_say_whether_they_are_open_and_quote_their_sentences() -> None:
    text = " ".join(told(night()).split())
    assert "divergence (open): Seven hours or thirteen" in text
    assert "[1] “The bombardment of the city went on for seven hours.” (nobody named)" in text
    assert "possible cause 1: definition" in text
    assert "definition difference (reconciled)" in text
    assert "270 − 2 + 208 = 476" in text


def test_a_sentence_that_opens_with_a_quote_gets_no_second_pair() -> None:
    assert "““" not in told(night())


def test_why_two_reports_are_one_voice() -> None:
    text = " ".join(told(night()).split())
    assert "one voice: Ukrainian air force [1][2], because both reports name the air force" in text
    assert "Late Edition copies Harbour Post" in text


def test_other_kinds_of_event_have_no_balance() -> None:
    text = told(shooting())
    assert "BALANCE" not in text
    assert "Killed 4 or 5+, disputed; 2 voices [1][2]" in text
    assert "Arrested 1, single, 1 voice: nobody named [1]" in text
    assert "the rest stands together without “four people were killed” [1]" in text


def test_victims_are_withheld_unless_asked_for() -> None:
    book = shooting()
    named = msgspec.structs.replace(
        book, findings=(msgspec.structs.replace(book.findings[0], explanation="Mara Ellison is counted once."),)
    )
    assert "[name withheld] is counted once." in told(named)
    assert "Mara Ellison" not in told(named)
    assert "Mara Ellison is counted once." in told(named, show_victims=True)


def test_markup_in_a_report_is_text() -> None:
    book = shooting()
    sources = (msgspec.structs.replace(book.sources[0], name="[bold red]Radio[/]"), *book.sources[1:])
    assert "[bold red]Radio[/]" in told(msgspec.structs.replace(book, sources=sources))


def test_an_empty_book_says_what_to_do() -> None:
    assert told(Book()) == "No reports. Name files or folders to read.\n"


def test_without_a_pack_names_stand_for_titles() -> None:
    out = io.StringIO()
    render(night(), None, Console(file=out, width=80))
    assert "Shot down" in out.getvalue()
    assert "BALANCE" not in out.getvalue()


def test_a_claim_explains_itself_rule_by_rule() -> None:
    lines = explain(night(), "p5", domain())
    assert lines is not None
    text = "\n".join(lines)
    assert "Shot down: drones (set aside)" in text
    assert "Intercepted: drones (stands; to intercept may mean to shoot down or to suppress)" in text
    assert "1. number: digits or words" in text
    assert "speaker: Ukraine’s air force" in text


def test_a_tally_explains_itself_claim_by_claim() -> None:
    lines = explain(night(), "ev-raid/shot_down/weapon=drone", domain())
    assert lines is not None
    text = "\n".join(lines)
    assert "state: derived, worked out from other figures" in text
    assert "relation: 270 − 2 = 268" in text
    assert "w4 270 nobody named [1]" in text


def test_a_whole_event_explains_every_tally_of_a_measure() -> None:
    lines = explain(night(), "ev-raid/hit", domain())
    assert lines is not None
    assert sum(line.startswith("---") for line in lines) == 3


def test_what_is_not_there_explains_nothing() -> None:
    assert explain(night(), "nowhere", domain()) is None
    assert explain(night(), "ev-raid/no_such_measure", domain()) is None
    out = io.StringIO()
    assert explain_claim(night(), "nowhere", domain(), Console(file=out)) is False
    assert out.getvalue() == ""


def test_tallies_print_with_reported_bounds() -> None:
    out = io.StringIO()
    killed = next(t for t in night().tallies if t.measure == "killed")
    explain_tally(night(), killed, domain(), Console(file=out, width=80))
    assert "known: 3 or more" in out.getvalue()
    assert "reported alone: 1 or more" in out.getvalue()


def test_a_part_is_named_with_its_whole_where_the_whole_stands_in_the_human_cost() -> None:
    books = crosstally.read(crosstally.Document.from_text("Shelling killed five civilians near Pokrovsk on Thursday.", published="2025-07-04"))
    assert "Killed: civilians 5+" in " ".join(told_with(load_domain(), books.book).split())


@pytest.mark.parametrize(("words", "shown"), [("seven-hour", "Duration 7 hours,"), ("one-hour", "Duration 1 hour,")])
def test_a_length_of_time_has_its_unit(words: str, shown: str) -> None:
    text = f"A {words} drone attack on Kyiv wounded two people on Thursday."
    books = crosstally.read(crosstally.Document.from_text(text, published="2025-07-04"))
    assert shown in " ".join(told_with(load_domain(), books.book).split())
