"""The exported page in a real browser: figures lead to sentences, nothing is asked of the network, both themes, keyboard, slider."""

# ruff: noqa: E501 - markup and scripts stay on one line

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "export"))
from crosstally.export.page import as_html
from tests.browser.served import NEEDS_CHROMIUM
from tests.export.book_fixture import domain, night, shooting

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, book in (("night", night()), ("shooting", shooting())):
        path = folder / f"{name}.html"
        path.write_text(as_html(book, domain()), "utf-8")
        made[name] = path.as_uri()
    return made


@pytest.fixture
def visit(browser: Any, pages: dict[str, str]) -> Iterator[Any]:
    contexts = []

    def go(name: str = "night", width: int = 1200, scheme: str = "light", script: bool = True) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.trouble = []
        page.asked = []
        page.on("console", lambda message: page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(pages[name])
        return page

    yield go
    for context in contexts:
        context.close()


LUMINANCE = """() => {
  const rgb = (value) => value.match(/[\\d.]+/g).slice(0, 3).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  const light = (value) => { const [r, g, b] = rgb(value); return .2126 * r + .7152 * g + .0722 * b; };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const ratio = (node) => { const ink = light(getComputedStyle(node).color); return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05); };
  return [...document.querySelectorAll('h1,h2,h3,p,small,.note,td,th,dt,dd,cite,.kind,.openf')].map(ratio).reduce((a, b) => Math.min(a, b));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["night", "shooting"])
def test_opens_quietly_and_readably(visit: Any, name: str, scheme: str) -> None:
    page = visit(name, scheme=scheme)
    assert page.trouble == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate(LUMINANCE) >= 4.5
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("width", [400, 700, 1200])
@pytest.mark.parametrize("name", ["night", "shooting"])
def test_nothing_sticks_out(visit: Any, name: str, width: int) -> None:
    page = visit(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_leads_to_its_sentence_and_back(visit: Any) -> None:
    page = visit()
    page.click("tr:has(th:text-is('Debris sites')) td.v a")
    target = page.locator(":target")
    assert target.inner_text() == "33"
    sentence = page.locator(".s:has(:target)")
    assert sentence.count() == 1
    assert sentence.inner_text().startswith("Eight places were struck")
    plain = page.evaluate("getComputedStyle(document.querySelector('.text .body p')).backgroundColor")
    assert sentence.evaluate("node => getComputedStyle(node).backgroundColor") != plain
    assert target.evaluate("node => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }")
    target.locator("a").click()
    assert page.locator("tr:target th").inner_text().startswith("Debris sites")


def test_a_mark_leads_to_its_own_claim(visit: Any) -> None:
    page = visit()
    page.locator("tr:has(th:text-is('Duration')) a.m").last.click(force=True)
    assert page.locator(":target").inner_text() == "thirteen"
    assert page.locator(".s:has(:target)").inner_text() == "It took thirteen hours before the all-clear."


def test_every_figure_of_the_table_leads_to_words_of_a_report(visit: Any) -> None:
    page = visit()
    links = page.evaluate("[...document.querySelectorAll('.figs td.v a')].map((a) => a.getAttribute('href'))")
    assert len(links) > 20
    assert page.evaluate("(links) => links.every((h) => document.querySelector('.text ' + h))", links)


def test_all_works_without_script(visit: Any) -> None:
    page = visit(script=False)
    assert page.locator("form.asof").first.is_hidden()
    page.click("tr:has(th:text-is('Places hit')) td.v a")
    assert page.locator(":target").inner_text() == "Eight"


def test_the_keyboard_walks_the_marks_of_a_row(visit: Any) -> None:
    page = visit()
    row = page.locator("tr:has(th:text-is('Duration')) a.m")
    row.first.focus()
    assert page.locator("#tip.on").inner_text().startswith("nobody named, Ridge Wire")
    page.keyboard.press("ArrowRight")
    assert "thirteen hours" in page.locator("#tip.on").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#tip.on").count() == 0
    assert row.evaluate_all("marks => marks.filter((m) => m.getAttribute('tabindex') === '0').length") == 1


def test_the_toll_and_the_books_say_who_and_in_what_words_by_pointer_and_by_key(visit: Any) -> None:
    page = visit()
    for where in ("svg.toll a", "table.books td a"):
        shown = page.locator(where)
        assert shown.count() > 2
        for n in range(shown.count()):
            page.mouse.move(0, 0)
            shown.nth(n).focus()
            by_key = page.locator("#tip.on").inner_text()
            shown.nth(n).blur()
            assert page.locator("#tip.on").count() == 0
            shown.nth(n).locator("text").first.hover() if where.startswith("svg") else shown.nth(n).hover()
            assert page.locator("#tip.on").inner_text() == by_key
            who, _, words = by_key.partition("\n")
            assert who and words


def test_as_of_takes_away_what_was_not_yet_said(visit: Any) -> None:
    page = visit()
    event = page.locator("article.event").first
    heads = event.locator(".asof-head")
    now = heads.all_inner_texts()
    assert now == ["3+", "32+", "14+"]
    slider = event.locator("input[type=range]")
    slider.fill("0")
    assert heads.all_inner_texts() == ["…", "23+", "14+"]
    assert event.locator("form.asof output").inner_text() == "4 July 2025, 08:10"
    assert event.locator(".card.later").count() > 5
    assert event.locator("tr:has(th:text-is('Duration')) td.v").inner_text() == "7"
    slider.fill("4")
    assert heads.all_inner_texts() == ["2+", "32+", "14+"]
    assert "transition" in event.locator("form.asof .note").inner_text()
    slider.fill("5")
    assert heads.all_inner_texts() == now
    assert event.locator(".later").count() == 0
    assert event.locator("tr:has(th:text-is('Duration')) td.v a").count() == 1
    assert page.trouble == []


def test_everything_that_can_be_pressed_has_a_name(visit: Any) -> None:
    for name in ("night", "shooting"):
        page = visit(name)
        unnamed = page.evaluate(
            "[...document.querySelectorAll('a[href],input,summary')].filter((n) => !(n.textContent.trim() || n.getAttribute('aria-label') || n.labels?.length)).length"
        )
        assert unnamed == 0
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])")
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_prints_without_what_only_moves(visit: Any) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert page.locator("form.asof").first.is_hidden()
    assert page.locator("svg.toll").first.is_visible()
