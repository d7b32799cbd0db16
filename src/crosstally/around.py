"""What the books hand to the balance of one event, out of what they hold of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from crosstally.link import Linked
from crosstally.reconcile import EventInput
from crosstally.values import Claim, Document, Entity, Event, Lineage, Source, Voice


class Around:
    """What stands around events, by what an event asks for: so that an event costs what it holds, not what the ledger holds."""

    def __init__(
        self, linked: Linked, documents: Mapping[str, Document], sources: tuple[Source, ...], named: Mapping[str, frozenset[str]]
    ) -> None:
        self.documents = documents
        self.sources = {s.id: s for s in sources}
        self.entities = linked.entities
        self.voices = linked.voices
        self.lineage = linked.lineage
        self._voice_of = {claim: at for at, voice in enumerate(linked.voices) for claim in voice.claims}
        ledger, at_of = dict(linked.mention_entities), {e.id: at for at, e in enumerate(linked.entities)}
        self._named = {d: {at_of[ledger[x]] for x in local if ledger.get(x) in at_of} for d, local in named.items()}
        self._lines: dict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(linked.lineage):
            self._lines[line.source].append(at)

    def voices_of(self, claims: Iterable[str]) -> tuple[Voice, ...]:
        return tuple(self.voices[at] for at in sorted({self._voice_of[c] for c in claims if c in self._voice_of}))

    def entities_of(self, documents: Iterable[str]) -> tuple[Entity, ...]:
        return tuple(self.entities[at] for at in sorted({at for d in documents for at in self._named.get(d, ())}))

    def sources_of(self, documents: Iterable[str]) -> tuple[Source, ...]:
        wanted = {self.documents[d].source for d in documents if d in self.documents}
        return tuple(self.sources[s] for s in sorted(wanted) if s in self.sources)

    def lineage_of(self, documents: Iterable[str]) -> tuple[Lineage, ...]:
        wanted = frozenset(documents)
        return tuple(self.lineage[at] for at in sorted(at for d in wanted for at in self._lines.get(d, ())) if self.lineage[at].target in wanted)


def input_of(event: Event, claims: tuple[Claim, ...], copies: Mapping[str, list[Claim]], around: Around) -> EventInput:
    """All that was said of one event."""
    ids = {c.id for c in claims}
    return EventInput(
        event=event,
        claims=claims,
        voices=tuple(msgspec.structs.replace(v, claims=tuple(c for c in v.claims if c in ids)) for v in around.voices_of(ids)),
        documents=tuple(around.documents[d] for d in event.documents if d in around.documents),
        entities=around.entities_of(event.documents),
        sources=around.sources_of(event.documents),
        lineage=around.lineage_of(event.documents),
        retold=tuple((c.id, tuple(copies[c.id])) for c in claims if c.id in copies),
    )
