"""Which parties a report names at all: "the air force" is Ukraine's only where the report speaks of Ukraine."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crosstally.values import Document

_WORD = re.compile(r"[A-Z][A-Za-z.]+")


class Named:
    """Parties by document, found at first use. ``parties``: lower-case word of a party to its id."""

    def __init__(self, documents: Mapping[str, Document], parties: Mapping[str, str]) -> None:
        self.parties = parties
        self._documents = documents
        self._found: dict[str, frozenset[str]] = {}

    def holds(self, document: str, party: str) -> bool:
        """Whether the document has a word of the party, in capitals as names are."""
        found = self._found.get(document)
        if found is None:
            held = self._documents.get(document)
            words = set(_WORD.findall(f"{held.title} {held.text}")) if held is not None else set()
            found = self._found[document] = frozenset(p for w in words if (p := self.parties.get(w.lower().rstrip("."))) is not None)
        return party in found
