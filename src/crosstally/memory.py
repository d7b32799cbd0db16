"""What an open ledger keeps from account to account, so that what is as it was is not worked out again."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from crosstally.domain import Domain
from crosstally.link import Growing
from crosstally.reconcile import Balanced, EventInput, balance
from crosstally.values import Document, DocumentReading, Source


class Memory:
    """What a ledger knows from its last account: how reports join, and events as balanced. What is as it was is not worked out again.

    Holds for one domain and one set of settings. Joining is remembered from the second account on, as the first takes all reports at once;
    or from the first, for a ledger that ``stays`` open.
    """

    def __init__(self, stays: bool = False) -> None:
        self.balanced: dict[str, tuple[EventInput, str | None, Balanced]] = {}
        self.growing: Growing | None = None
        self._again = stays

    def grown(
        self, readings: tuple[DocumentReading, ...], documents: tuple[Document, ...], sources: tuple[Source, ...], domain: Domain
    ) -> Growing | None:
        """Takes in what is new of these reports; None the first time, unless the ledger stays. What is no longer as it was
        taken in is taken in anew, with all others."""
        if not self._again:
            self._again = True
            return None
        papers = {d.id: d for d in documents}
        read = {r.document: r for r in readings}
        if self.growing is None or not self._holds(self.growing, read, papers, sources):
            self.growing = Growing(domain)
        self.growing.copies.sources.update((s.id, s) for s in sources)
        for id, reading in read.items():
            self.growing.add(reading, papers[id])
        return self.growing

    @staticmethod
    def _holds(
        growing: Growing, readings: Mapping[str, DocumentReading], documents: Mapping[str, Document], sources: tuple[Source, ...]
    ) -> bool:
        """Whether everything taken in is still so; which version of another a document is does not matter to joining."""
        known = growing.copies.sources
        return all(known.get(s.id, s) == s for s in sources) and all(
            id in readings
            and readings[id] == growing.readings[id]
            and msgspec.structs.replace(documents[id], version_of=None) == msgspec.structs.replace(growing.documents[id], version_of=None)
            for id in growing.documents
        )

    def balance(self, given: EventInput, domain: Domain, deadline: float | None, as_of: str | None) -> Balanced:
        known = self.balanced.get(given.event.id)
        if known is not None and known[0] == given and known[1] == as_of:
            return known[2]
        found = balance(given, domain, deadline=deadline, as_of=as_of)
        if found.proved:  # what the deadline cut short may be found another time
            self.balanced[given.event.id] = (given, as_of, found)
        return found
