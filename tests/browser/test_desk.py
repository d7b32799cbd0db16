"""The desk on its real server in a real browser: the whole task, by pointer and by keyboard, quietly and accessibly."""

# ruff: noqa: E501 - scripts stay on one line

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.served import EXAMPLES, NEEDS_CHROMIUM, ask, raid, serve
from tests.desk.client import LATER, NIGHT

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk on the example reports, only looked at."""
    import crosstally

    path = tmp_path_factory.mktemp("desk") / "examples.db"
    with crosstally.read(EXAMPLES, ledger=path) as ledger:
        ledger.balance()
    process, base = serve(path)
    yield base
    process.terminate()
    process.wait(10)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """A desk on a new ledger."""
    process, base = serve(tmp_path / "new.db")
    yield base
    process.terminate()
    process.wait(10)


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    contexts = []

    def go(address: str, width: int = 1280, scheme: str = "light", script: bool = True) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.trouble, page.asked = [], []
        page.on("console", lambda message: page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()


def addresses(base: str) -> dict[str, str]:
    documents = ask(base, "/api/documents")["documents"]
    claim = ask(base, f"/api/claims?event={raid(base)['id']}&measure=shot_down")["claims"][0]
    return {
        "situation": "/",
        "event": raid(base)["address"],
        "coded": raid(base)["address"] + "?convention=ucdp",
        "documents": "/documents",
        "document": f"{claim['address']}#c-{claim['id']}",
        "beside": f"{documents[1]['address']}?beside={documents[2]['id']}",
        "people": "/people",
        "place": ask(base, "/api/entities?kind=place")["entities"][0]["address"],
        "person": ask(base, "/api/entities?kind=person")["entities"][0]["address"],
        "decide": "/decide",
        "add": "/add",
    }


def heard_nothing_else(page: Any, base: str) -> None:
    assert page.trouble == []
    assert [url for url in page.asked if not url.startswith((base, "data:"))] == []


def test_the_whole_task(visit: Any, empty: str) -> None:
    """Hand in ten reports; within a minute see what is known, what moved and what clashes, each figure one click from its sentence; correct
    one and undo it; add the next article and see only what changed; take the row away."""
    page = visit(empty)
    page.get_by_role("link", name="Add some").click()
    ten = sorted(f for f in EXAMPLES.iterdir() if f.name[:2] in {f"{n:02}" for n in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11)})
    page.get_by_label("Files").set_input_files([*ten, EXAMPLES / "sources.csv"])
    start = time.monotonic()
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="What changed").wait_for(timeout=60_000)
    assert page.locator(".items li.was-read").count() == 10
    page.get_by_role("link", name="Situation", exact=True).click()
    page.locator(".entry a").filter(has_text="night of 3–4 July").first.click()
    event = page.url
    assert page.locator(".lead .asof-head").all_inner_texts() == ["2+", "32+", "14+"]  # known
    assert page.locator(".card:has(.kind:text-is('revision'))").count() > 0  # moved
    assert page.locator(".card.open .pair blockquote").count() >= 2  # clashes, sentences side by side
    assert time.monotonic() - start < 60

    figures = page.locator("td.v a").evaluate_all("links => links.map((a) => [a.textContent.trim(), a.href])")
    assert len(figures) > 15
    for told, href in figures[::6]:
        page.goto(href)
        target = page.locator(":target")
        assert target.inner_text() and page.locator(".lit").count() > 0, (told, href)
        assert target.evaluate("node => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"), href
    page.goto(event)
    page.locator("tr:has(th:text-is('Shot down')) td.v a").first.click()
    assert page.locator(":target").inner_text() == "270"
    assert "shot down 270 targets" in "".join(page.locator(".lit").all_inner_texts())

    form = page.locator(".decideform")
    form.get_by_label("New value").fill("271")
    form.get_by_label("Your name").fill("T. Ester")
    form.get_by_label("Why").fill("heard on the recording")
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("corrected by a person").wait_for()
    page.goto(event)
    assert "T. Ester" in page.locator("section:has(h3:text-is('Decided by people'))").inner_text()
    page.goto(empty + "/decide")
    page.get_by_label("Your name").fill("T. Ester")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("an undoing").wait_for()
    page.goto(event)
    assert page.locator("section:has(h3:text-is('Decided by people'))").count() == 0

    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_role("link", name="Room for more texts").click()
    assert page.locator("textarea[name=text]").count() == 2
    page.get_by_label("Text 1").fill((EXAMPLES / "07-toll-8-july.txt").read_text("utf-8"))
    page.get_by_label("Source", exact=True).first.fill("Meridian Wire")
    page.get_by_label("Published", exact=True).first.fill("2025-07-08T10:05:00+03:00")
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="What changed").wait_for()
    changes = page.locator(".changes li").all_inner_texts()
    assert any("killed" in line.lower() and "3" in line for line in changes)
    assert not any("launched" in line or "duration" in line for line in changes)

    page.locator(".changes a").first.click()
    assert page.url.split("?")[0] == event
    assert page.locator(".lead .asof-head").first.inner_text() == "3+"
    with page.expect_download() as taken:
        page.get_by_role("link", name="figures as CSV").click()
    rows = list(csv.DictReader(Path(taken.value.path()).read_text("utf-8").splitlines()))
    assert "3" in [r["low"] for r in rows if r["measure"] == "killed" and not r["scope_place"]]
    heard_nothing_else(page, empty)


def test_a_figure_is_corrected_by_the_words_it_stands_in(visit: Any, empty: str, tmp_path: Path) -> None:
    page = visit(empty + "/add")
    for name, text, source, hour in (("night.txt", NIGHT, "Harbour Wire", "06:30"), ("later.txt", LATER, "Quay Daily", "15:00")):
        (tmp_path / name).write_text(text, "utf-8")
        page.get_by_label("Files").set_input_files(tmp_path / name)
        page.get_by_label("Source of all").fill(source)
        page.get_by_label("Published, all").fill(f"2025-07-04T{hour}:00+03:00")
        page.get_by_role("button", name="Read them").click()
        page.get_by_role("heading", name="What changed").wait_for()
    page.get_by_role("link", name="Situation", exact=True).click()
    page.locator(".entry a").filter(has_text="Air attack").first.click()
    event = page.url
    assert page.locator(".lead .asof-head").all_inner_texts() == ["2+", "15+"]
    page.locator("tr:has(th:text-is('Killed')) td.v a").click()
    assert page.locator(":target").inner_text() == "Two"
    assert page.locator("h1").inner_text().startswith("Quay Daily")
    assert "".join(page.locator(".lit").all_inner_texts()) == "Two people were killed, he said."
    page.get_by_label("New value").fill("3")
    page.locator(".decideform").get_by_label("Your name").fill("T. Ester")
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("corrected by a person").wait_for()
    page.goto(event)
    assert page.locator(".lead .asof-head").first.inner_text() == "3+"

    page.locator("tr:has(th:text-is('Wounded')) td.v a").first.click()
    page.get_by_text("Prefer Ivan Hrytsenko").click()
    form = page.locator(".prefer")
    form.get_by_label("Your name").fill("T. Ester")
    form.get_by_role("button", name="Prefer this speaker").click()
    page.get_by_text("preferred for").wait_for()
    page.goto(event)
    decided = page.locator("section:has(h3:text-is('Decided by people')) li", has_text="preferred for")
    decided.get_by_label("Your name").fill("T. Ester")
    decided.get_by_role("button", name="Undo").click()
    decided.wait_for(state="detached")

    page.get_by_role("link", name="People and places").click()
    page.get_by_role("link", name="Ivan Hrytsenko").click()
    page.get_by_text("A report means another person").click()
    form = page.locator(".decide form", has_text="Split them")
    form.get_by_label("Your name").fill("T. Ester")
    form.get_by_role("button", name="Split them").click()
    page.get_by_text("not the same").first.wait_for()
    page.get_by_role("link", name="People and places").click()
    assert page.get_by_role("link", name="Ivan Hrytsenko").count() == 2
    heard_nothing_else(page, empty)


def test_filters_and_search_narrow_the_run(visit: Any, examples: str) -> None:
    page = visit(examples)
    every = page.locator(".entry[data-key]").count()
    page.get_by_label("Class").select_option("air_attack")
    page.get_by_role("button", name="Show").click()
    few = page.locator(".entry[data-key]").count()
    assert 0 < few < every
    assert page.locator(".map .dot").count() > 0
    page.get_by_label("From").fill("2025-07-08")
    page.get_by_role("button", name="Show").click()
    assert 0 < page.locator(".entry[data-key]").count() < few
    page.get_by_role("link", name="Show all").first.click()
    assert page.locator(".entry[data-key]").count() == every
    page.get_by_label("Search").fill("Pokrovsk")
    page.keyboard.press("Enter")
    page.locator(".hits li").first.wait_for()
    assert page.locator(".entry[data-key]").count() < every
    heard_nothing_else(page, examples)


def test_the_map_follows_the_run(visit: Any, examples: str) -> None:
    page = visit(examples)
    key = page.locator(".map .dot").first.get_attribute("data-key")
    page.locator(f".entry[data-key='{key}'] a").first.focus()
    assert page.locator(f".map .dot.on[data-key='{key}']").count() > 0
    assert page.locator(".mapword").inner_text() != ""


def test_the_slider_replays_what_was_known(visit: Any, examples: str) -> None:
    page = visit(examples + raid(examples)["address"])
    heads = page.locator(".asof-head")
    now = heads.all_inner_texts()
    slider = page.locator("input[type=range]")
    slider.fill("0")
    assert heads.all_inner_texts() != now
    assert page.locator(".card.later").count() > 0
    slider.fill(slider.get_attribute("max"))
    assert heads.all_inner_texts() == now
    heard_nothing_else(page, examples)


def test_a_convention_marks_the_numbers_it_changes(visit: Any, examples: str) -> None:
    page = visit(examples + raid(examples)["address"])
    page.get_by_label("Convention").select_option("ucdp")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".codes .changed mark").count() > 0
    assert page.locator(".codes .changed .rule").count() > 0


def test_by_keyboard_alone(visit: Any, examples: str) -> None:
    """From the skip link to a figure's sentence without a pointer."""
    page = visit(examples + raid(examples)["address"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('td.v') !== null"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    figure = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.locator(":target").wait_for()
    assert "/documents/" in page.url and figure
    assert page.evaluate("document.activeElement === document.querySelector(':target')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")
    heard_nothing_else(page, examples)


def test_all_pages_work_without_script(visit: Any, examples: str) -> None:
    page = visit(examples + raid(examples)["address"], script=False)
    page.locator("tr:has(th:text-is('Killed')) td.v a").first.click()
    assert page.locator(".lit").count() > 0


def test_pages_are_quiet_and_axe_finds_nothing_serious(visit: Any, examples: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(examples)
    for name, address in addresses(examples).items():
        page.goto(examples + address)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1, name
        found = Axe().run(page).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        page.emulate_media(color_scheme="light")
        grave = [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:300]) for v in found if v["impact"] in ("serious", "critical")]
        assert grave == [], name
    heard_nothing_else(page, examples)


def test_nothing_sticks_out(visit: Any, examples: str) -> None:
    page = visit(examples)
    for name, address in addresses(examples).items():
        page.goto(examples + address)
        for width in (1280, 760, 400):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
