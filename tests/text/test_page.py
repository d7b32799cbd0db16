"""Pages to text, with every character traced back to the page."""

from __future__ import annotations

import html as entities
import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crosstally.text.page import Page, looks_like_page, origin_of, origin_span, read_page
from crosstally.values import Document, Span

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Night raid on port city | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2024-03-02T07:15:00+02:00">
<link rel="canonical" href="https://post.example/raid">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Night raid on port city",
"datePublished":"2024-03-03","publisher":{"name":"HP"}}]}</script>
<script>document.write("<p>99 people were killed</p>")</script><style>p { content: "77 drones" }</style></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Night raid on port city</h1>
<p>Drones struck the port of Odesa overnight &mdash; at least&nbsp;12 people were hurt, the governor&rsquo;s office said.
<p>Of the 38 drones launched, 29 were shot down &amp; 4 lost, the air force said in a statement <b>on
   Saturday</b> morning.</p>
<!-- 55 were killed -->
<p>Rescuers worked through the night in the rubble of a nine-storey block. Two of the wounded are in a serious condition, doctors said.
</article><footer>Copyright 2024</footer>"""


def document(page: Page) -> Document:
    return Document("d1", page.text, origin_map=page.origin_map)


def check_map(page: Page, html: str) -> int:
    """Every mapped character equals what stands there, entities decoded; returns how many letters and digits are not mapped."""
    made, lost = document(page), 0
    for offset, char in enumerate(page.text):
        at = origin_of(made, offset)
        if at is None:
            lost += char.isalnum()
        elif char.isspace() and html[at].isspace():
            continue
        elif html[at] == "&" and char != "&":
            assert char in entities.unescape(html[at : at + 40])[:2], (offset, char, html[at : at + 10])
        else:
            assert html[at] == char, (offset, char, html[at : at + 10])
    return lost


def test_the_article_is_read_and_nothing_that_is_not_shown() -> None:
    page = read_page(PAGE)
    lines = [line for line in page.text.split("\n") if line]
    assert lines[0] == "Night raid on port city"
    assert lines[1] == "Drones struck the port of Odesa overnight — at least 12 people were hurt, the governor’s office said."
    assert "29 were shot down & 4 lost" in lines[2] and len(lines) == 4
    for hidden in ("99", "77", "55", "Copyright", "World"):
        assert hidden not in page.text
    assert check_map(page, PAGE) == 0


def test_what_the_page_says_of_itself() -> None:
    page = read_page(PAGE)
    assert (page.title, page.site, page.language, page.url) == (
        "Night raid on port city", "Harbour Post", "en-GB", "https://post.example/raid",
    )  # fmt: skip
    assert page.published == "2024-03-02T07:15:00+02:00" and page.other_dates == (("JSON-LD", "2024-03-03"),)


def test_a_span_leads_back_to_the_page_across_tags_and_entities() -> None:
    page = read_page(PAGE)
    start = page.text.index("at least")
    found = origin_span(document(page), Span(start, start + len("at least 12 people")))
    assert found is not None and found.of(PAGE) == "at least&nbsp;12 people"
    start = page.text.index("on Saturday")
    found = origin_span(document(page), Span(start, start + len("on Saturday")))
    assert found is not None and found.of(PAGE).split() == ["on", "Saturday"]


def test_plain_text_maps_to_itself() -> None:
    plain = Document("d1", "12 people")
    assert [origin_of(plain, 3), origin_span(plain, Span(0, 2))] == [3, Span(0, 2)]
    shifted = Document("d1", "12 people", origin_map=((0, 40),))
    assert origin_span(shifted, Span(3, 9)) == Span(43, 49)
    assert origin_span(Document("d1", "- x", origin_map=((0, -1), (2, 7))), Span(0, 2)) is None


@pytest.mark.parametrize(
    "broken",
    [
        "<p>Two people were hurt in the raid, <b>the mayor said",
        "<div><p>Two people were hurt in the raid, the mayor said</div></p></span>",
        '<p class="a>Two people were hurt in the raid, the mayor said</p>',
        "<p title='it's'>Two people were hurt in the raid, the mayor said</p>",
        "<!-- never closed <p>Two people were hurt in the raid, the mayor said</p>",
        "Two people were hurt in the raid, the mayor said",
        "<table><td>Two people were hurt in the raid, the mayor said<table>",
        "<p>Two people were hurt in the raid, the mayor said</p><script>while (true) {",
        "<noscript>Two people were hurt in the raid, the mayor said</noscript>",
        "<?xml version='1.0' encoding='utf-16'?><html><body><p>Two people were hurt in the raid, the mayor said</html>",
    ],
)
def test_broken_markup_is_still_read(broken: str) -> None:
    page = read_page(broken)
    assert "Two people were hurt in the raid, the mayor said" in page.text
    assert "while" not in page.text
    assert check_map(page, broken) == 0


def test_entities_are_decoded_as_browsers_do() -> None:
    html = "<p>&lt;10 hurt &#8212; &#x41;&ampB &notit; &unknown; 5 &gt 4 &copy2024 &nbsp;R&D; &#xD800; &#99999999;</p>"
    page = read_page(html)
    assert page.text.replace("\xa0", " ").startswith("<10 hurt — A&B ¬it; &unknown; 5 > 4 ©2024")
    check_map(page, html)


@pytest.mark.parametrize("empty", ["", " ", "<html></html>", "<script>x</script>", "<!---->", "<title>only a title</title>"])
def test_a_page_without_visible_words_gives_no_text(empty: str) -> None:
    assert read_page(empty).text == ""


def test_several_unmarked_times_give_no_date() -> None:
    body = "<p>Two people were hurt in the raid, the mayor said.</p>"
    one = '<time datetime="2024-03-02">2 March</time>'
    assert read_page(one + body).published == "2024-03-02"
    assert read_page(one + '<time datetime="2020-01-01">older</time>' + body).published is None
    assert read_page(one + '<time itemprop="datePublished" datetime="2024-03-03">x</time>' + body).published == "2024-03-03"


@pytest.mark.parametrize(
    "data",
    ["{", "[" * 5000, '{"@type": "NewsArticle", "headline": 7, "publisher": [], "datePublished": null}', '"x"', "null", '{"a":' * 900],
)
def test_bad_data_in_a_page_is_passed_over(data: str) -> None:
    page = read_page(f"<script type='application/ld+json'>{data}</script><p>Two people were hurt in the raid, the mayor said.</p>")
    assert page.text == "Two people were hurt in the raid, the mayor said." and page.published is None


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", '<a "', '(<a ">")', "<svg>", "<div>", "&", "&a", "</", "<!", "<!-- ", "<script>", "<title>", "<a b='>", "<p>x", "<a b=c"],
)
def test_hostile_pages_take_time_in_proportion_to_their_length(unit: str) -> None:
    started = time.monotonic()
    read_page(unit * (300_000 // len(unit)))
    assert time.monotonic() - started < 15  # a quadratic walk takes minutes


def test_a_tag_with_endless_attributes_never_reaches_the_foreign_parser() -> None:
    started = time.monotonic()
    page = read_page("<p " + " ".join(f"a{n}='x'" for n in range(100_000)) + ">Two people were hurt</p>")
    assert page.text == "Two people were hurt" and page.notes and time.monotonic() - started < 15


fragments = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<div class='a'>", "<br/>", "<b>", "</b>", "<script>", "</script>", "<!--", "-->", "&amp;", "&mdash;", "&#39;",
             "&",
             "<", ">", '"', "'", "<h1>", "</h1>", "<li>", "<td>", " ", "\n", "23 people were hurt", "the air force said.", "<article>",
             "<title>",
             "</title>", "<a href=x>", "\xa0", "\u200b", "]]>", "<![CDATA[", "<?php", "</", "<body>", "<template>"]
        ),
        st.text("ab<>&'\"/ !é7\n", max_size=6),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(fragments)
@example("<li>23 people were hurt</li><li>the air force said.</li>")
def test_any_page_is_read_and_its_map_holds(html: str) -> None:
    check_map(read_page(html), html)


def test_pages_are_told_by_their_first_bytes() -> None:
    assert looks_like_page(b"<!DOCTYPE html><p>") and looks_like_page(b"<HTML lang=en>")
    assert not looks_like_page(b"<3 to all") and not looks_like_page(b"Two people")


def test_importing_loads_no_page_library() -> None:
    script = (
        "import sys, crosstally.text.page, crosstally.intake; sys.exit(any(m in sys.modules for m in ('trafilatura', 'lxml', 'py3langid')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
