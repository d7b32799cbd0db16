"""What a hand-in changed, as its page tells it: by event, each line with what kind of change it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .account import Account
from .ports import Change

# A line's first words where they name a finding: "new divergence: ...".
_FINDING = re.compile(r"(new|changed|no longer) ([a-z]+(?: [a-z]+)?): (.+)", re.DOTALL)
_RANGE, _BELOW = re.compile(r"(?<![\w.])(\d+)\.\.(\d+)(?![\w.])"), re.compile(r"(?<![\w.])\.\.(\d+)(?![\w.])")


_ADDRESS = re.compile(r"\Ahttps?://\S+: ")


@dataclass(slots=True)
class Told:
    """Lines of one event, or of none. ``lines``: (kind of change or "", words)."""

    event: str | None
    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def grouped(account: Account, changes: Iterable[Change], *, names: bool) -> list[Told]:
    """Changes of an event together, in the order in which they came. Names of the dead and wounded are covered unless ``names``."""
    made: dict[str | None, Told] = {}
    for change in changes:
        event = account.stock.event_named.get(change.event or "")
        id = event.id if event else None
        title = event.title if event else ""
        told = made.setdefault(id, Told(id, account.covered(title, names)))
        words = change.text.removeprefix(f"{title}: ") if title else change.text
        found = _FINDING.fullmatch(words)
        kind, words = (f"{found[1]} {found[2]}", found[3]) if found else ("", words)
        if kind == "new event" and title:  # its title stands above: what is left is who tells it, and what
            words = words.removeprefix(title).strip(" ()")
        told.lines.append((kind, spelled(account.covered(words, names))))
    return list(made.values())


def spelled(text: str) -> str:
    """A line of the log or of changes with its bounds as they are printed: "3 → 1–4" for "3 -> 1..4"."""
    text = _RANGE.sub(r"\1–\2", text.replace(" -> ", " → "))
    return _BELOW.sub(r"up to \1", text)


_REMEDIES = {
    "(give it in sources.csv, column source)": "(name its source above the button that reads it, or in a sources.csv)",
    "(give it in sources.csv, column published)": "(say when it was published, in the form or in a sources.csv)",
}


def said_of(name: str, text: str) -> str:
    """What is said of an item, without its name, which stands above it, and with what can be done on this page."""
    text = _ADDRESS.sub("", text.removeprefix(f"{name}: "), count=1)  # the item's own, or its site's robots.txt: it is named above
    for there, here in _REMEDIES.items():
        text = text.replace(there, here)
    return text[:1].upper() + text[1:]
