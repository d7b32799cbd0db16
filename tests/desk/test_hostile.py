"""Hostile text in a report, its source, its headline or its address shows as text everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from crosstally.desk.ports import Offer
from tests.desk.client import Desk, books_with

SCRIPT = "<script>alert(1)</script>"
TEXT = f"""{SCRIPT} "><img src=x onerror=alert(2)> strikes

Five people were killed in Odesa on Friday, Mayor <b onclick=alert(3)>Ivan Hrytsenko said. "{SCRIPT} we mourn them all tonight," he said.

The town of \u202eedoc live\u202c was hit by 12 drones overnight, the air force said. {{{{ 7 * 7 }}}} {{% include "x" %}} javascript:alert(4)

Three people were wounded in Odesa on Friday, '"--></title></textarea></style>{SCRIPT} officials said.
"""


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def hostile() -> Iterator[Desk]:
    long = "Four people were killed in Odesa on Friday, officials said. " + "x" * 1_000_000 + "\n"
    books = books_with(
        [
            Offer("a.txt", TEXT.encode(), "javascript:alert(5)", f"Wire {SCRIPT}", "2025-07-04T10:00:00+03:00", f'" onload="alert(6) {SCRIPT}'),
            Offer("long.txt", long.encode(), "https://b.example/?q=%22><script>", '=cmd|" /C calc"!A0', "2025-07-04", "=1+1"),
        ]
    )
    yield Desk(books)
    books.close()


def addresses(desk: Desk) -> list[str]:
    events = [e["address"] for e in desk.json("/api/events")["events"]]
    documents = [d["address"] for d in desk.json("/api/documents")["documents"]]
    people = [e["address"] for e in desk.json("/api/entities?names=1")["entities"]]
    claims = [c["address"] for c in desk.json("/api/claims")["claims"]]
    ids = [d.rpartition("/")[2] for d in documents]
    beside = [f"/documents/{ids[0]}?beside={ids[1]}"]
    odd = [f"/?q={SCRIPT}&place={SCRIPT}&kind={SCRIPT}&since={SCRIPT}&state={SCRIPT}", f"/people?q={SCRIPT}", f"/documents?q={SCRIPT}"]
    odd += [f"/events/{SCRIPT}"]
    return ["/", "/documents", "/people?kind=&names=1", "/decide", "/add", *events, *documents, *people, *claims, *beside, *odd]


def test_hostile_text_shows_as_text_on_every_page(hostile: Desk) -> None:
    pages = addresses(hostile)
    assert len(pages) > 15
    for address in pages:
        page = hostile.client.get(address).text
        found = Tags()
        found.feed(page)
        scripts = [a for tag, a in found.seen if tag == "script"]
        assert [a.get("src") for a in scripts] == ["/static/page.js", "/static/desk.js"], address
        for tag, attributes in found.seen:
            assert tag not in ("img", "iframe", "object", "embed", "style", "base"), (address, tag)
            assert not [n for n in attributes if n.startswith("on") or n == "style"], (address, tag, attributes)
            for name in ("href", "src", "action"):
                where = attributes.get(name)
                assert where is None or re.match(r"(/(?!/)|#|data:,$|https?://)", where), (address, tag, where)
    assert "49" not in hostile.page("/documents")


def test_the_words_are_there_to_be_read(hostile: Desk) -> None:
    first = hostile.json("/api/documents")["documents"]
    (mine,) = [d for d in first if d["outlet"].startswith("Wire")]
    page = hostile.page(mine["address"])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert hostile.json(f"/api{mine['address']}?names=1")["text"] == TEXT


def test_a_word_of_a_megabyte_stays_one_text(hostile: Desk) -> None:
    (mine,) = [d for d in hostile.json("/api/documents")["documents"] if not d["outlet"].startswith("Wire")]
    assert "x" * 1_000_000 in hostile.page(mine["address"])
    assert len(hostile.page("/")) < 100_000


def test_a_right_to_left_override_cannot_reach_beyond_its_text(hostile: Desk) -> None:
    css = hostile.page("/static/desk.css")
    assert "unicode-bidi:isolate" in css
    (mine,) = [d for d in hostile.json("/api/documents")["documents"] if d["outlet"].startswith("Wire")]
    assert 'dir="auto"' in hostile.page(mine["address"])


def test_tables_run_no_formula(hostile: Desk) -> None:
    for table in ("documents", "claims"):
        for line in hostile.page(f"/tables/{table}.csv").splitlines():
            assert not re.search(r'(^|,)"?[=+@]', line), line[:200]
    import io
    import zipfile

    book = zipfile.ZipFile(io.BytesIO(hostile.client.get("/tables/documents.xlsx").content))
    sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"hyperlink" not in sheet
