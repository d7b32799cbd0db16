"""The visible characters of a page, each with its place in the source. Linear in the length of the page, whatever it holds."""

from __future__ import annotations

import html as entities
import re
from array import array
from html.entities import html5

import msgspec


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Elements whose content is not shown as text.
_HIDDEN = _words("script style template svg iframe object title textarea select noframes math canvas audio video")
# Of these, the ones whose content is raw: only their own end tag ends them.
_RAW = _words("script style title textarea iframe noframes")
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_BLOCK = _words(
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 head header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul"
)
_KEPT_TAGS = _words("html meta link time")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,40})")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9A-Fa-f]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_ATTRIBUTE = re.compile(r"""([^\s=/>"'<]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_MARKUP = re.compile(r"<(?=[A-Za-z!?]|/[A-Za-z]|/[^<>]{0,40}>)")  # any other "<" is text
_MOST_QUOTES = 200
_MOST_WASTED = 50_000  # steps spent in a page on quotation marks that did not pair, before they are looked at no more
_MOST_KEPT = 4000


class Tag(msgspec.Struct, frozen=True):
    """A start tag of interest, names in lower case, values decoded."""

    name: str
    attributes: dict[str, str]


class Visible(msgspec.Struct, frozen=True):
    """``text``: visible characters, blocks on own lines. ``origin[i]``: where ``text[i]`` stands in ``html``, -1 for a line end added.

    ``tags``: how many; ``depth``: of the deepest; ``crowded``: a tag has more attributes than any honest one; ``kept``: html, meta,
    link and time tags; ``data``: contents of JSON-LD scripts; ``titles``: of ``title`` and the first ``h1``.
    """

    html: str
    text: str
    origin: array[int]
    tags: int
    depth: int
    crowded: bool
    kept: tuple[Tag, ...]
    data: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]


def scan(html: str) -> Visible:
    """Walks a page once. Broken markup is taken as browsers take it, where that is simple; nothing raises."""
    return _Scanner(html).run()


class _Next:
    """The next place of a character at or behind a position, asked in rising order: each stretch of the page is searched once."""

    def __init__(self, text: str, char: str) -> None:
        self.text, self.char, self.low, self.found = text, char, 0, -2

    def __call__(self, position: int) -> int:
        if self.found == -2 or position < self.low or 0 <= self.found < position:
            self.low, self.found = position, self.text.find(self.char, position)
        return self.found


class _Scanner:
    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.origin: array[int] = array("q")
        self.tags = self.depth = self.deepest = 0
        self.kept: list[Tag] = []
        self.data: list[str] = []
        self.titles: list[tuple[str, str]] = []
        self.heading: tuple[int, int] | None = None  # where the first h1 began: in parts, in the page
        self.close = _Next(html, ">")
        self.double = _Next(html, '"')
        self.single = _Next(html, "'")
        self.wasted = 0
        self.crowded = False
        self.endless: set[str] = set()  # raw elements known to have no further end tag

    def run(self) -> Visible:
        html, at = self.html, 0
        while at < len(html):
            found = _MARKUP.search(html, at)
            self._text(at, found.start() if found else len(html))
            if found is None:
                break
            at = self._markup(found.start())
        return Visible(
            html,
            "".join(self.parts),
            self.origin,
            self.tags,
            self.deepest,
            self.crowded,
            tuple(self.kept),
            tuple(self.data),
            tuple(self.titles),
        )

    def _markup(self, at: int) -> int:
        """Reads what begins with the ``<`` at ``at``; returns where text goes on."""
        html = self.html
        if html.startswith("<!--", at):
            end = html.find("-->", at + 4) if "-->" not in self.endless else -1
            if end < 0:
                self.endless.add("-->")
                return at + 4  # never closed: what follows is shown rather than lost
            return end + 3
        if html.startswith(("<!", "<?"), at):
            end = self.close(at)
            return end + 1 if end >= 0 else len(html)
        found = _TAG.match(html, at)
        if not found:
            return self.close(at) + 1  # "</ p>" and the like
        end = self._tag_end(found.end())
        self._tag(found.group(1).lower(), html[at + 1] == "/", found.end(), end)
        behind = min(end + 1, len(html))
        name = found.group(1).lower()
        if html[at + 1] != "/" and name in _HIDDEN and not html.endswith("/", found.end(), end):
            return self._skip(name, found.end(), end, behind)
        return behind

    def _tag_end(self, at: int) -> int:
        """The ``>`` that ends a tag, not one within quotation marks; the first one where those do not pair; the end where there is none."""
        first = self.close(at)
        if first < 0:
            return len(self.html)
        if self.wasted > _MOST_WASTED or (self.html.find('"', at, first) < 0 and self.html.find("'", at, first) < 0):
            return first
        position, end = at, first
        for step in range(_MOST_QUOTES):
            quotes = [q for q in (self._quote('"', position), self._quote("'", position)) if 0 <= q < end]
            if not quotes:
                return end
            mark = min(quotes)
            if self.html[mark - 1] not in "= \t\r\n":  # an apostrophe in a bare value
                position = mark + 1
                continue
            shut = self._quote(self.html[mark], mark + 1)
            if shut < 0:
                self.wasted += step + 1
                return first
            position = shut + 1
            if end < position:
                end = self.html.find(">", position, position + 20_000)
                if end < 0:
                    self.wasted += step + 1
                    return first
        self.wasted += _MOST_QUOTES
        return first

    def _quote(self, mark: str, at: int) -> int:
        return (self.double if mark == '"' else self.single)(at)

    def _tag(self, name: str, closing: bool, start: int, end: int) -> None:
        self.tags += 1
        if end - start > 5000 and not self.crowded:
            self.crowded = len(_ATTRIBUTE.findall(self.html, start, end)) > 500
        if name not in _VOID:
            self.depth = max(0, self.depth + (-1 if closing else 1))
            self.deepest = max(self.deepest, self.depth)
        if name in _BLOCK:
            self.parts.append("\n")
            self.origin.append(-1)
        if name == "h1" and not self.titles_of("h1"):
            if not closing:
                self.heading = (len(self.parts), start)
            elif self.heading:
                heading = " ".join("".join(self.parts[self.heading[0] :]).split())
                self.titles.append(("h1", heading[:500]))
        if not closing and name in _KEPT_TAGS and len(self.kept) < _MOST_KEPT:
            self.kept.append(Tag(name, _attributes(self.html[start : min(end, start + 5000)])))

    def titles_of(self, kind: str) -> bool:
        return any(name == kind for name, _ in self.titles)

    def _skip(self, name: str, start: int, end: int, behind: int) -> int:
        """Behind the end of a hidden element; behind its start tag where it never ends and is no raw one."""
        shut = None
        if name not in self.endless:
            shut = _end_of(name).search(self.html, behind)
        if shut is None:
            self.endless.add(name)
            return len(self.html) if name in ("script", "style") else behind
        content = self.html[behind : shut.start()]
        if name == "title" and not self.titles_of("title"):
            self.titles.append(("title", " ".join(entities.unescape(content[:2000]).split())[:500]))
        if name == "script" and "ld+json" in self.html[start : min(end, start + 500)].lower() and len(self.data) < 50:
            self.data.append(content)
        closed = self.close(shut.end())
        return closed + 1 if closed >= 0 else len(self.html)

    def _text(self, start: int, end: int) -> None:
        """Takes up text between tags, entities decoded; every character of an entity's meaning stands where the entity begins."""
        html, at = self.html, start
        while at < end:
            found = _ENTITY.search(html, at, end) if html.find("&", at, end) >= 0 else None
            plain = found.start() if found else end
            if plain > at:
                self.parts.append(html[at:plain])
                self.origin.extend(range(at, plain))
            if found is None:
                return
            meaning, length = decode_entity(found.group())
            self.parts.append(meaning)
            self.origin.extend([plain] * len(meaning))
            at = plain + length


def decode_entity(raw: str) -> tuple[str, int]:
    """The meaning of the entity that ``raw`` begins with, and how much of ``raw`` it is; ("&", 1) where it is none."""
    if raw.startswith("&#"):
        meaning = entities.unescape(raw)
        return (meaning, len(raw)) if meaning != raw and meaning else ("&", 1)
    name = raw[1:]
    for length in range(len(name), 1, -1):
        if (meaning := html5.get(name[:length], "")) and (length == len(name) or not name[:length].endswith(";")):
            return meaning, length + 1
    return "&", 1


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), entities.unescape(double or single or bare)[:2000])
    return found


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)  # re keeps its own cache of compiled patterns
