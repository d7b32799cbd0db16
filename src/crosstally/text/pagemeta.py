"""What a page says of itself: meta tags, JSON-LD, time elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from .markup import Visible

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "publishdate", "pubdate", "publish-date", "publication_date",
    "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "article.published", "published_time", "citation_publication_date",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")
_ARTICLE = ("article", "posting", "report")


class PageMeta(msgspec.Struct, frozen=True):
    """As given, unread: None where the page does not say. ``other_dates``: (place, date) beside the one in ``published``."""

    title: str | None = None
    published: str | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None
    other_dates: tuple[tuple[str, str], ...] = ()


def page_meta(visible: Visible) -> PageMeta:
    """Meta tags before JSON-LD before visible elements; a headline given as data before the page's title."""
    named = _named(visible)
    data = _article(visible.data)
    titles = dict(visible.titles)
    site = _first(*(named.get(key) for key in _SITE), _name(data.get("publisher")))
    dates = [("meta tags", found) for key in _PUBLISHED if (found := named.get(key))][:1]
    if found := _text(data.get("datePublished")):
        dates.append(("JSON-LD", found))
    if not dates:
        moments = [tag.attributes for tag in visible.kept if tag.name == "time" and tag.attributes.get("datetime")]
        times = {moment["datetime"] for moment in moments}
        marked = [moment["datetime"] for moment in moments if "pubdate" in moment or "publish" in moment.get("itemprop", "").lower()]
        if marked or len(times) == 1:  # several unmarked times may be those of other articles
            dates.append(("time element", marked[0] if marked else next(iter(times))))
    html = next((tag.attributes for tag in visible.kept if tag.name == "html"), {})
    links = (tag.attributes for tag in visible.kept if tag.name == "link")
    canonical = next((link.get("href") for link in links if "canonical" in link.get("rel", "").lower().split()), None)
    heading = _first(_text(data.get("headline")), named.get("og:title"), titles.get("h1"), named.get("twitter:title"), titles.get("title"))
    return PageMeta(
        title=_without_site(heading, site),
        published=dates[0][1] if dates else None,
        site=site,
        language=_first(html.get("lang"), html.get("xml:lang"), _text(data.get("inLanguage")), named.get("og:locale")),
        url=_first(_web(canonical), _web(named.get("og:url")), _web(_text(data.get("url")))),
        other_dates=tuple(dates[1:]),
    )


def _named(visible: Visible) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in visible.kept:
        if tag.name == "meta" and (content := " ".join(tag.attributes.get("content", "").split())):
            for key in ("property", "name", "itemprop"):
                if name := tag.attributes.get(key):
                    found.setdefault(name.lower(), content)
    return found


def _article(scripts: tuple[str, ...]) -> Mapping[str, object]:
    """The first object of an article's kind, else the first with a publication date, else {}."""
    dated: Mapping[str, object] = {}
    for script in scripts:
        for node in _nodes(script):
            kinds = node.get("@type")
            words = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
            if any(word in words.lower() for word in _ARTICLE):
                return node
            if not dated and "datePublished" in node:
                dated = node
    return dated


def _nodes(script: str) -> Iterator[Mapping[str, object]]:
    try:
        waiting: list[object] = [msgspec.json.decode(script.strip().removeprefix("<!--").removesuffix("-->").encode("utf-8", "replace"))]
    except (msgspec.DecodeError, RecursionError):
        return
    for _ in range(2000):  # breadth first, and no more of it than any article needs
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:200])
        elif isinstance(node, dict):
            yield node
            waiting.extend(value for value in list(node.values())[:100] if isinstance(value, dict | list))


def _text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _web(address: str | None) -> str | None:
    return address if address and address.startswith(("http://", "https://")) else None


def _first(*values: str | None) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)


def _without_site(title: str | None, site: str | None) -> str | None:
    if title and site:
        for mark in (" | ", " - ", " – ", " — ", " :: ", " • "):
            if title.endswith(mark + site):
                return title[: -len(mark + site)].strip() or title
    return title
