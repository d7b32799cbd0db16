"""Walks the table of strands: reads each entry's text, and says what of it is missing from the account and from its screen."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import crosstally
from crosstally.cli.terminal import render
from crosstally.domain import load_domain
from crosstally.values import Book, QuoteValue
from tests.golden.notation import figure

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "strands.toml"
SITUATION = "Situation"


@lru_cache(maxsize=1)
def table() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(TABLE.read_text("utf-8"))


@dataclass(frozen=True)
class Account:
    """One entry, read: the book, and what stands under each heading of the terminal and of the page."""

    book: Book
    terminal: dict[str, str]
    page: dict[str, str]


def account(entry: dict[str, Any]) -> Account:
    document = crosstally.Document.from_text(entry["text"], published=entry.get("published", "2025-07-15"), source="Harbour Wire")
    with crosstally.read(document) as ledger:
        return Account(ledger.book, terminal_parts(ledger.book), page_parts(ledger.to_html()))


def terminal_parts(book: Book) -> dict[str, str]:
    """Text under each heading of a part, all events together, lines joined. What stands before the first event's account is the situation."""
    from rich.console import Console

    out = io.StringIO()
    render(book, load_domain(), Console(file=out, width=100, no_color=True))
    parts: dict[str, str] = {}
    part = SITUATION
    for line in out.getvalue().splitlines():
        if re.fullmatch(r"[A-Z][A-Z ]+", line):
            part = line.capitalize()
        elif re.fullmatch(r"=+", line) and part != SITUATION:
            part = SITUATION
        parts[part] = parts.get(part, "") + " " + line.strip()
    return parts


def page_parts(html: str) -> dict[str, str]:
    """Text of every section of the page by its heading, all events together; titles of events are part of the situation."""
    from lxml import html as markup

    tree = markup.fromstring(html)
    parts: dict[str, str] = {}
    for section in tree.iter("section", "article"):
        heads = section.xpath("./div[@class='rail']/*[self::h2 or self::h3] | ./header/h2 | ./h2")
        name = heads[0].text_content().strip() if heads else SITUATION
        if section.tag == "article":
            if "small" in section.get("class", "").split():  # few figures: shown with their sentences, without headings
                for name in ("Figures", "Human cost", "Also told"):
                    parts[name] = parts.get(name, "") + " " + " ".join(section.text_content().split())
            continue
        parts[name] = parts.get(name, "") + " " + " ".join(section.text_content().split())
    parts[SITUATION] = parts.get(SITUATION, "") + " " + " ".join(" ".join(h.text_content().split()) for h in tree.iter("h1", "h2"))
    return parts


def missing(entry: dict[str, Any], read: Account) -> list[str]:
    """Everything the entry promises that the account does not hold, in words."""
    book = read.book
    chosen = {a.claim: a.reading for a in book.assignments}
    claims = [figure(c, chosen.get(c.id, 0)) for c in book.claims]
    people = {f"{e.name}: {r.role}" for e in book.entities if e.kind == "person" for r in e.roles}
    quotes = [f"{m.value.speaker}: {m.text}" for m in book.mentions if isinstance(m.value, QuoteValue)]
    places = {m.value.name for m in book.mentions if m.kind == "place" and hasattr(m.value, "name")}
    out = [f"claim {c!r}; there are {claims}" for c in entry.get("claims", ()) if c not in claims]
    events = [f"{e.kind} {e.status}" for e in book.events]
    out += [f"event {e!r}; there are {events}" for e in entry.get("events", ()) if e not in events]
    out += [f"person {p!r}; there are {sorted(people)}" for p in entry.get("people", ()) if p not in people]
    out += [f"place {p!r}; there are {sorted(places)}" for p in entry.get("places", ()) if p not in places]
    out += [f"quote {q!r}; there are {quotes}" for q in entry.get("quotes", ()) if not any(q in found for found in quotes)]
    for line in entry.get("furniture", ()):
        start = entry["text"].index(line)
        touched = [c.text for c in book.claims if start <= c.span.start < start + len(line)]
        out += [f"furniture {line!r} was read: {touched}"] if touched else []
    return out


def not_shown(entry: dict[str, Any], read: Account) -> list[str]:
    """Words that the entry's screen does not show, in the terminal or on the page."""
    out = []
    for where, parts in (("terminal", read.terminal), ("page", read.page)):
        text = parts.get(entry["screen"], "")
        out += [f"{where}: {word!r} under {entry['screen']!r}, which says {text!r}" for word in entry["shows"] if word.lower() not in text.lower()]
    return out
