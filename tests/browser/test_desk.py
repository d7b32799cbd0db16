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


def more_addresses(base: str) -> dict[str, str]:
    """What the list of pages leaves out: searches, the other lists, what is refused, what is empty."""
    event = raid(base)["address"]
    return addresses(base) | {
        "found": "/?q=Kyiv",
        "nothing found": "/?q=zzzz&place=nowhere",
        "bodies": "/people?kind=body",
        "places": "/people?kind=place",
        "nobody": "/people?q=zzzz",
        "several texts": "/add?texts=9",
        "as of": f"{event}?as_of=2025-07-05T12:00",
        "another convention": f"{event}?convention=ibc",
        "no such event": "/events/nothing",
        "no such page": "/?page=none",
    }


# What is wider than its place and cannot be scrolled to: the tail of a mark, a word of a drawing, a number of a table.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, nav *, footer *')].filter((node) => {
  if (node.closest('.vh, [hidden], .map, .skip, thead, title, .parts, .legend') || !node.getClientRects().length) return false;
  for (let up = node; up; up = up.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return false;
  const box = node.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((node) => node.outerHTML.slice(0, 120))"""


def test_nothing_sticks_out(visit: Any, examples: str) -> None:
    page = visit(examples)
    for name, address in more_addresses(examples).items():
        for width in (1280, 760, 400):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(examples + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.evaluate(CUT_OFF) == [], (name, width)


# A word that its column broke in two: a cell of one word that takes several lines.
BROKEN = """() => [...document.querySelectorAll('td, th')].filter((cell) => {
  if (!/^[A-Za-z]{3,}$/.test(cell.innerText.trim()) || !cell.getClientRects().length) return false;
  const range = document.createRange();
  range.selectNodeContents(cell);
  const tops = [...range.getClientRects()].map((box) => box.top);
  return Math.max(...tops) - Math.min(...tops) > 10;
}).map((cell) => cell.innerText)"""


def test_no_word_is_broken_by_a_narrow_column(visit: Any, examples: str) -> None:
    page = visit(examples, 400)
    for name, address in addresses(examples).items():
        page.goto(examples + address)
        assert page.evaluate(BROKEN) == [], name
    page.goto(examples + raid(examples)["address"])
    cell = page.locator(".past td", has_text="Wounded").first
    assert cell.bounding_box()["height"] < 30


def test_the_human_cost_comes_first(visit: Any, examples: str) -> None:
    """Above the account of the weapons, and on the first screen also of a phone."""
    for width in (1280, 400):
        page = visit(examples + raid(examples)["address"], width)
        cost = page.locator(".lead .asof-head").first.bounding_box()
        assert cost["y"] + cost["height"] < 640, width
        assert cost["y"] < page.locator(".state").bounding_box()["y"]
        page.goto(examples)
        assert page.locator(".entry .cost").first.bounding_box()["y"] < 640, width


def test_the_balance_says_who_told_each_strand(visit: Any, examples: str) -> None:
    """By pointer, by keyboard, and in the light of the page's own table; then the strand opens its sentence."""
    page = visit(examples + raid(examples)["address"])
    flow, tip = page.locator(".flow"), page.locator("#tip")
    strand = flow.locator("a.strand", has=page.locator(".band:not(.thin):not(.hollow)")).first
    strand.scroll_into_view_if_needed()
    box = strand.locator(".band").bounding_box()
    page.mouse.move(box["x"] + 6, box["y"] + box["height"] - 12)
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + 12)
    assert "on" in (tip.get_attribute("class") or "").split()
    who, words = strand.get_attribute("data-who"), strand.get_attribute("data-words")
    assert tip.inner_text() == f"{who}\n{words}"
    assert "268 drones shot down · air force, Field Notes" in who and "268" in words
    page.mouse.move(5, 5)
    assert "on" not in (tip.get_attribute("class") or "").split()

    marks = flow.locator("a[data-words]")
    assert flow.locator("a[tabindex='0']").count() == 1
    named = [m.get_attribute("aria-label") for m in marks.all()]
    assert len(named) > 8 and all(name and name.strip() for name in named)
    told = set()
    flow.locator("a[tabindex='0']").focus()
    for _ in range(marks.count()):
        assert page.evaluate("document.activeElement.closest('.flow') !== null")
        shown = tip.bounding_box()
        assert shown["x"] >= 0 and shown["y"] >= 0 and shown["x"] + shown["width"] <= 1280 and shown["y"] + shown["height"] <= 900
        told.add(tip.locator("b").inner_text())
        page.keyboard.press("ArrowRight")
    assert any("550" in t for t in told) and any("63 drones" in t for t in told) and any("Worked out" in t for t in told)
    page.keyboard.press("Escape")
    assert "on" not in (tip.get_attribute("class") or "").split()
    strand.focus()
    assert strand.locator(".band").evaluate("node => getComputedStyle(node).stroke") == "rgb(26, 90, 160)"
    page.keyboard.press("Enter")
    page.locator(":target").wait_for()
    assert page.locator(":target").inner_text() == "268"
    heard_nothing_else(page, examples)


def test_on_a_phone_what_is_touched_is_large_enough(visit: Any, examples: str) -> None:
    """Buttons, fields, folds and the ways between pages are 40 px high or more; marks of a row have the row's figure as their large target."""
    page = visit(examples, 400)
    small = """() => [...document.querySelectorAll('button, input:not([type=hidden]):not([type=radio]), select, summary, .bar nav a, .pager a')]
      .filter((node) => node.getClientRects().length && node.getBoundingClientRect().height < 36).map((node) => node.outerHTML.slice(0, 100))"""
    for name, address in addresses(examples).items():
        page.goto(examples + address)
        assert page.evaluate(small) == [], name


def test_filters_are_folded_away_on_a_phone_until_they_are_used(visit: Any, examples: str) -> None:
    page = visit(examples, 400)
    assert page.get_by_label("Class").is_hidden()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Class").select_option("air_attack")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_label("Class").is_visible()
    page = visit(examples, 400, script=False)
    assert page.get_by_label("Class").is_visible()


def test_a_figure_on_a_phone_is_one_step_from_deciding(visit: Any, examples: str) -> None:
    page = visit(examples + raid(examples)["address"], 400)
    page.locator("tr:has(th:text-is('Shot down')) td.v a").first.click()
    link = page.locator(".topanel")
    assert link.is_visible() and "270" in link.inner_text()
    link.click()
    assert page.locator(".decideform").is_visible()
    assert page.evaluate("document.activeElement.id") == "panel"


def test_prints_what_a_reader_of_paper_can_use(visit: Any, examples: str) -> None:
    page = visit(examples + raid(examples)["address"])
    page.emulate_media(media="print")
    for hidden in (".bar", ".switch", "form.asof", ".parts", ".this", ".decide", ".act"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".printed").inner_text().endswith(raid(examples)["address"])
    for shown in ("svg.toll", ".flow", ".figs", ".cards"):
        assert page.locator(shown).first.is_visible(), shown


def test_each_text_pasted_makes_room_for_the_next(visit: Any, empty: str) -> None:
    page = visit(empty + "/add")
    for n, text in enumerate((NIGHT, LATER), 1):
        page.locator("textarea[name=text]").last.fill(text)
        assert page.locator("textarea[name=text]").count() == n + 1
    assert page.locator("textarea[name=text]").last.input_value() == ""
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="What changed").wait_for()
    assert page.locator(".items li.was-read").count() == 2
    assert "pasted:" not in "".join(page.locator(".items .note").all_inner_texts())
