"""Events over a ledger that grows: a new report meets the tellings it shares a key with, and only what it touches is grouped anew.

At every moment the groups are those that ``events.group`` makes of all reports so far, in whatever order they came: every statistic that a
score uses is of the two tellings alone, and only pairs that could join connect, so what is not connected to a change cannot change by it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping

from crosstally.domain import Domain
from crosstally.values import Document, DocumentReading, Place, Source

from . import blocking, cluster
from .copies import CopyIndex
from .decided import pair
from .events import SAME_ROW, Known, Margin, label, margin_of, told_twice, twins_of
from .lineage import Carried, agency_of, words_of
from .tables import kinds_of
from .telling import Telling, place_directory, tellings

_NOBODY: frozenset[str] = frozenset()


class Growing:
    """Tellings, the keys they are found by, the pairs compared, and the groups. Not for use by several threads at once.

    ``compared``: how many pairs were scored so far. People's decisions are no part of it.
    """

    def __init__(self, domain: Domain, sources: Iterable[Source] = ()) -> None:
        self.domain, self.kinds = domain, kinds_of(domain)
        self.copies = CopyIndex({s.id: s for s in sources})
        self.readings: dict[str, DocumentReading] = {}
        self.documents: dict[str, Document] = {}
        self.tellings: dict[str, Telling] = {}
        self.places: dict[str, Place] = {}
        self.compared = 0
        self._apart: dict[str, str] = {}
        self._keys = blocking.Index()
        self._at: dict[str, set[str]] = {}  # place to the tellings that name it
        self._judged: dict[tuple[str, str], Margin] = {}
        self._near: dict[str, set[str]] = {}
        self._twin: dict[str, str] = {}  # of a copied text: its telling to the one it repeats
        self._copied: dict[str, set[str]] = {}  # the other way round
        self._rows: dict[tuple[str, str], list[str]] = {}
        self._group: dict[str, tuple[str, ...]] = {}
        self._part: dict[str, frozenset[str]] = {}
        self._carried: dict[str, tuple[Source | None, Carried | None]] = {}

    def add(self, reading: DocumentReading, document: Document) -> frozenset[tuple[str, ...]]:
        """Takes one report in; returns the groups that are new or changed, as tuples of happening ids. A report that is here stays as it is."""
        if document.id in self.documents:
            return frozenset()
        self.readings[document.id], self.documents[document.id] = reading, document
        touched = self._new_places(reading)
        told = tellings(reading, document, self.domain)
        for telling in told:
            self.tellings[telling.id] = telling
            self._apart[telling.id] = label(document)
            for place in telling.places:
                self._at.setdefault(place, set()).add(telling.id)
            if document.row is not None:
                insort(self._rows.setdefault((document.row.table, document.row.key), []), telling.id)
        touched |= {t.id for t in told}
        for id in sorted(touched):
            self._meet(id)
        for changed in sorted(self.copies.add(words_of(document, reading))):
            touched |= self._copies_of(changed)
        return self._regroup(touched)

    def groups(self) -> list[tuple[str, ...]]:
        """Every group so far, as sorted happening ids, in order of their first."""
        return sorted(set(self._group.values()))

    def twins(self) -> dict[str, str]:
        """Telling of a copied text to the telling of its first origin that it repeats."""
        return {id: self._origin(id) for id in self._twin}

    def known(self) -> Known:
        """All that ``events.group`` needs, in place of comparing and grouping anew."""
        bonds = {}
        for id in self.tellings:
            if id not in self._twin:
                for other in self._bonds(id):
                    two = pair(id, other)
                    reason = told_twice(self.tellings[id], self.tellings[other], self.places, self.kinds)
                    bonds[two] = SAME_ROW if self._apart[id].startswith("table:") and not reason else reason
        judged = {two: (found.judged, found.margin) for two, found in self._judged.items()}
        return Known(self.tellings, judged, self.twins(), bonds, tuple(self.groups()))

    def agency_of(self, document: Document, source: Source | None) -> Carried | None:
        """The agency whose copy a report of these prints, looked for once."""
        known = self._carried.get(document.id)
        if known is None or known[0] != source:
            known = self._carried[document.id] = (source, agency_of(document, source))
        return known[1]

    def _new_places(self, reading: DocumentReading) -> set[str]:
        """Learns the places of a report; returns the tellings that name one known better now, which are compared afresh."""
        learnt = {id: place for id, place in place_directory((reading,), self.places).items() if self.places.get(id) != place}
        touched = {t for place in learnt for t in self._at.get(place, ())}
        for id in touched:
            self._keys.remove(id, self._keys_of(id))
            for other in self._near.pop(id, ()):
                self._near.get(other, set()).discard(id)
                self._judged.pop(pair(id, other), None)
        self.places.update(learnt)
        return touched

    def _keys_of(self, id: str) -> frozenset[str]:
        return blocking.keys(self.tellings[id], self.places, self.kinds)

    def _meet(self, id: str) -> None:
        """Compares a telling with those that share a key with it."""
        one = self.tellings[id]
        for other_id in sorted(self._keys.add(id, self._keys_of(id), self._apart[id])):
            found = margin_of(one, self.tellings[other_id], self.places, self.kinds)
            self.compared += 1
            if found is not None:
                self._judged[pair(id, other_id)] = found
                self._near.setdefault(id, set()).add(other_id)
                self._near.setdefault(other_id, set()).add(id)

    def _copies_of(self, document: str) -> set[str]:
        """Sets anew what the tellings of a copied text repeat; returns all tellings whose origin may be another than before."""
        own = [h.id for h in self.readings[document].happenings]
        fresh = twins_of(document, self.copies.of(document), self.readings, self.documents, self.tellings, self.kinds)
        touched: set[str] = set()
        for id in own:
            old, new = self._twin.get(id), fresh.get(id)
            if old == new:
                continue
            touched |= {id, *self._family(id), self._origin(id)}
            if old is not None:
                self._copied[old].discard(id)
                del self._twin[id]
            if new is not None:
                self._twin[id] = new
                self._copied.setdefault(new, set()).add(id)
            touched.add(self._origin(id))
        return touched

    def _family(self, id: str) -> set[str]:
        """A telling and all that repeat it, at any remove."""
        found, rest = {id}, [id]
        while rest:
            for copy in self._copied.get(rest.pop(), ()):
                if copy not in found:
                    found.add(copy)
                    rest.append(copy)
        return found

    def _origin(self, id: str) -> str:
        seen = {id}
        while (above := self._twin.get(id)) is not None and above not in seen:
            id = above
            seen.add(id)
        return id

    def _edges(self, id: str) -> dict[tuple[str, str], list[cluster.Edge]]:
        """Edges of a telling that is no copy: the best pair of its publications and another's, and what bonds it."""
        out: dict[tuple[str, str], list[cluster.Edge]] = {}
        for member in self._family(id):
            for near in self._near.get(member, ()):
                other = self._origin(near)
                if other == id:
                    continue
                margin = self._judged[pair(member, near)]
                edge = cluster.Edge(*pair(id, other), round(margin.margin, 6), bool(margin.judged.refusal))
                known = out.setdefault(pair(id, other), [edge])[0]
                if (not edge.refused, edge.margin) > (not known.refused, known.margin):
                    out[pair(id, other)] = [edge]
        for other in self._bonds(id):
            out.setdefault(pair(id, other), []).append(cluster.Edge(*pair(id, other), margin=0.0, bond=True))
        return out

    def _bonds(self, id: str) -> set[str]:
        telling = self.tellings[id]
        document = self.documents[telling.document]
        found = {
            h.id
            for h in self.readings[document.id].happenings
            if h.id != id and h.id not in self._twin and told_twice(telling, self.tellings[h.id], self.places, self.kinds)
        }
        if document.row is not None:
            first, *others = self._rows[document.row.table, document.row.key]
            found.update(others if id == first else (first,))
        return found

    def _regroup(self, touched: set[str]) -> frozenset[tuple[str, ...]]:
        """Groups anew every connected part that holds, or held, a touched telling."""
        affected = {self._origin(id) for id in touched} | touched
        affected |= {x for id in tuple(affected) for x in self._part.get(id, _NOBODY)}
        before = {group for id in affected if (group := self._group.get(id)) is not None}
        done: set[str] = set()
        made: set[tuple[str, ...]] = set()
        for start in sorted(id for id in affected if id not in self._twin):
            if start in done:
                continue
            nodes, edges = self._connected(start)
            done |= nodes
            before |= {group for id in nodes if (group := self._group.get(id)) is not None}
            made |= self._cluster(nodes, edges)
        return frozenset(made - before)

    def _connected(self, start: str) -> tuple[set[str], dict[tuple[str, str], list[cluster.Edge]]]:
        nodes, edges, rest = {start}, {}, [start]
        while rest:
            found = self._edges(node := rest.pop())
            edges.update(found)
            for two, ways in found.items():
                if any(e.bond or (e.margin >= 0 and not e.refused) for e in ways):
                    other = two[0] if two[1] == node else two[1]
                    if other not in nodes:
                        nodes.add(other)
                        rest.append(other)
        return nodes, edges

    def _cluster(self, nodes: set[str], edges: Mapping[tuple[str, str], list[cluster.Edge]]) -> set[tuple[str, ...]]:
        inside = [e for (a, b), ways in sorted(edges.items()) if a in nodes and b in nodes for e in ways]
        grouped = cluster.cluster(nodes, inside, self.kinds.rules.thresholds["mean_margin"], {n: self._apart[n] for n in nodes})
        part = frozenset(x for n in nodes for x in self._family(n))
        made = set()
        for group in grouped:
            full = tuple(sorted(x for n in group for x in self._family(n)))
            made.add(full)
            self._group.update((x, full) for x in full)
        self._part.update((x, part) for x in part)
        return made
