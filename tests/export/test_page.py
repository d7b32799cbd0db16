"""The page: complete, self-contained, and deaf to what hostile text asks of it."""



from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from html.parser import HTMLParser

import msgspec
import pytest

from crosstally.export.page import as_html
from crosstally.export.page.reader import Spot, render_text
from crosstally.values import Book, Claim, Document, Event, Quantity, Span, Tally
from tests.export.book_fixture import domain, night, shooting


class Reader(HTMLParser):
    """Tags, ids, links and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> ends nothing"
        assert self.open[-1] == tag, f"</{tag}> ends <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "script", "title"} & set(self.open):
            self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [v for _, attrs in self.tags if (v := attrs.get(attribute)) is not None]


@lru_cache
def night_page() -> str:
    return as_html(night(), domain())


@lru_cache
def shooting_page() -> str:
    return as_html(shooting(), domain())


def without_domain() -> str:
    return as_html(night())


PAGES = [night_page, shooting_page, without_domain, lambda: as_html(Book(), domain())]


@pytest.mark.parametrize("page", PAGES, ids=["night", "shooting", "no pack", "empty"])
def test_elements_nest_ids_are_unique_and_every_link_arrives(page) -> None:  # type: ignore[no-untyped-def]
    read = Reader(page())
    assert read.open == []
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    inner = {h[1:] for h in read.values("href") if h.startswith("#")}
    assert inner <= set(ids)
    labels = {i for value in read.values("aria-labelledby") for i in value.split()}
    assert labels <= set(ids)


@pytest.mark.parametrize("page", PAGES, ids=["night", "shooting", "no pack", "empty"])
def test_nothing_runs_or_styles_but_what_the_policy_names(page) -> None:  # type: ignore[no-untyped-def]
    text = page()
    read = Reader(text)
    assert not any("style" in attrs for _, attrs in read.tags)
    assert not any(name.startswith("on") for _, attrs in read.tags for name in attrs)
    assert sum(tag == "script" for tag, _ in read.tags) == sum(tag == "style" for tag, _ in read.tags) == 1
    policy = next(attrs["content"] for tag, attrs in read.tags if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "unsafe" not in policy
    for element in ("script", "style"):
        found = re.search(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert found is not None
        digest = base64.b64encode(hashlib.sha256(found.group(1).encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy


def test_nothing_outside_the_file_is_asked_for() -> None:
    read = Reader(night_page())
    assert read.values("src") == []
    assert [attrs.get("href") for tag, attrs in read.tags if tag == "link"] == ["data:,"]
    outward = [h for h in read.values("href") if not h.startswith(("#", "data:"))]
    assert set(outward) == {"https://wire.example/1", "https://post.example/2", "https://late.example/3"}


def test_hostile_text_is_shown_as_text() -> None:
    page = shooting_page()
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "<b>Paper</b>" not in page
    assert "County <b>Paper</b>" in "".join(Reader(page).text)


EVIL = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>*{display:none}",
    "{{ 7*7 }}",
    "' onclick='x",
    "]]><!--",
]


@pytest.mark.parametrize("words", EVIL)
def test_hostile_text_everywhere(words: str) -> None:
    book = shooting()
    text = f"{words} Four people died in the fire."
    start = text.index("Four")
    claim = Claim(
        "c", "d", Span(0, len(text)), Span(0, len(text)), text, "killed", figure=Span(start, start + 4), quantity=Quantity(4, 4, raw=words)
    )
    evil = msgspec.structs.replace(
        book,
        documents=(Document("d", text, words, words, "2025-03-02", None, words, words),),
        claims=(claim, msgspec.structs.replace(claim, id=words, label=words)),
        sources=(msgspec.structs.replace(book.sources[0], id=words, name=words),),
        events=(Event("ev-shooting", words, words, (), ("d",), None, (words,)),),
        tallies=(Tally("ev-shooting", "killed", low=4, state="single", claims=("c",), words=(words,)),),
        findings=tuple(
            msgspec.structs.replace(f, title=words, explanation=words, causes=(words,), sum=words, claims=("c", words))
            for f in book.findings
        ),
        assignments=tuple(
            msgspec.structs.replace(a, claim=c, event="ev-shooting", voice="v1")
            for a, c in zip(book.assignments, ("c", words), strict=False)
        ),
        voices=tuple(msgspec.structs.replace(v, institution=words, party=words, reason=words, documents=("d",)) for v in book.voices),
        mentions=(),
    )
    page = as_html(evil, domain())
    read = Reader(page)
    assert {tag for tag, _ in read.tags} & {"img", "iframe", "object"} == set()
    assert sum(tag == "script" for tag, _ in read.tags) == 1
    assert not any(name.startswith("on") for _, attrs in read.tags for name in attrs)
    assert words in "".join(read.text)


def test_victims_are_withheld_unless_asked_for() -> None:
    assert "Ellison" not in shooting_page()
    assert "[name withheld]" in shooting_page()
    assert "█" not in shooting_page()
    shown = as_html(shooting(), domain(), show_victims=True)
    assert "Mara Ellison" in shown
    assert "Names of the dead and wounded are withheld" not in shown


def test_every_claim_is_anchored_in_its_document() -> None:
    ids = set(Reader(night_page()).values("id"))
    assert {f"c-{c.id}" for c in night().claims} <= ids


def test_the_account_and_its_equivalents_in_words() -> None:
    words = " ".join("".join(Reader(night_page()).text).split())
    for expected in (
        "550 = 270 + 208 + 72 + 0",
        "self-consistent, one party’s figures",
        "476 drones intercepted",
        "Why several count as one",
        "spelt two ways",
        "Reported counts undercount.",
        "possible causes, likeliest first",
        "Transition: counted once, moved from one column to another",
        "7 or 13",
    ):
        assert expected.lower() in words.lower(), expected


def test_texts_of_the_reports_are_whole() -> None:
    words = "".join(Reader(night_page()).text)
    for document in night().documents:
        for line in document.text.splitlines():
            assert line in words


def test_the_same_book_gives_the_same_page() -> None:
    assert as_html(night(), domain()) == night_page()


def test_many_events_stay_compact() -> None:
    book = night()
    quiet = tuple(Event(f"q{n}", "call", f"Call number {n}", (), ("post",)) for n in range(300))
    page = as_html(msgspec.structs.replace(book, events=(*book.events, *quiet), situations=()), domain())
    assert "Call number 299" in page
    assert len(page) < len(night_page()) + 300 * 400


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "<p>Two died. Nine hurt.</p>"),
        (
            [(0, 3)],
            '<p><span class="s"><span id="a0" tabindex="-1"><a href="#r" class="fig" title="back to row">Two</a></span> died.</span> Nine hurt.</p>',
        ),
        (
            [(0, 3), (0, 8)],
            '<p><span class="s"><span id="a1" tabindex="-1"><span id="a0" tabindex="-1"><a href="#r" class="fig" title="back to row">Two</a>'
            '</span></span><a href="#r" class="fig" title="back to row"> died</a>.</span> Nine hurt.</p>',
        ),
    ],
)
def test_spots_in_a_text(spans: list[tuple[int, int]], expected: str) -> None:
    spots = [Spot(Span(*s), Span(0, 9), f"a{n}", "r", "row") for n, s in enumerate(spans)]
    assert render_text("Two died. Nine hurt.", spots) == expected
