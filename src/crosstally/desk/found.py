"""What a search of the texts found, as the situation lists it: words as printed, cut between words, with those that were asked for marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crosstally.export import wording
from crosstally.values import Hit

from .account import Account
from .addresses import path, to_claim

_LISTED = 12
_LONG = 220  # characters of an excerpt
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Found:
    """``pieces``: stretches of the words, each with whether it was asked for; none where the report names a victim."""

    pieces: tuple[tuple[str, bool], ...]
    outlet: str
    dated: str
    href: str


def listed(account: Account, hits: Iterable[Hit], words: str, *, names: bool) -> list[Found]:
    """The first of what was found in the reports of this account."""
    made = []
    for hit in hits:
        if hit.document not in account.shelf.documents:
            continue
        hides = not names and account.hidden_in((hit.document,))
        text = _words(account, hit, names) if hides else hit.excerpt
        href = to_claim(account.shelf, hit.claim, "claim") if hit.claim else path("documents", hit.document)
        dated = wording.when((account.shelf.documents[hit.document].published or "")[:10])
        made.append(Found(marked(_cut(text), words), account.shelf.outlet(hit.document), dated, href))
        if len(made) == _LISTED:
            break
    return made


def _words(account: Account, hit: Hit, names: bool) -> str:
    """The claim's own words with names covered; a whole report that names a victim is not quoted from."""
    if hit.claim is None:
        return ""
    document = account.shelf.claims[hit.claim].document
    return next((c.text for c in account.documents_book((document,), names=names).claims if c.id == hit.claim), "")


def _cut(text: str) -> str:
    """No longer than an excerpt may be, and ending with a whole word."""
    cut = len(text) > _LONG or text.endswith(_CUT)
    text = text[:_LONG].rstrip(_CUT)
    return f"{text.rpartition(' ')[0] or text} {_CUT}" if cut else text


def marked(text: str, words: str) -> tuple[tuple[str, bool], ...]:
    """The text in stretches; those that are words of the search, or begin with one, say so."""
    wanted = [re.escape(w) for w in re.findall(r"\w+", words)]
    if not text:
        return ()
    if not wanted:
        return ((text, False),)
    parts = re.split(rf"\b((?:{'|'.join(wanted)})\w*)", text, flags=re.IGNORECASE)
    return tuple((part, n % 2 == 1) for n, part in enumerate(parts) if part)
