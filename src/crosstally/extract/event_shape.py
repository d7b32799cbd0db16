"""A group of anchors to a frozen happening: its id, window, places widest first, title, words."""

from __future__ import annotations

from collections.abc import Sequence

from crosstally.domain.model import Domain
from crosstally.extract.event_anchors import Reader, Scene, content_words
from crosstally.extract.event_groups import Group
from crosstally.values import Document, Happening, Place, Span, Status

_WIDTH = {"country": 0, "region": 1, "area": 2, "city": 3, "district": 4, "site": 5, "unknown": 6}
_MAX_WORDS = 60


def widest_first(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda p: _WIDTH.get(p.kind, 6)))


def shape(group: Group, scenes: Sequence[Scene], document: Document, domain: Domain, tables: Reader) -> Happening:
    """The happening of a group. ``targets`` holds parties; where none is worded, the one country of its places."""
    places = widest_first(tuple(group.places.values()))
    anchor = group.anchors[0].span if group.anchors else Span(0, 0)
    told = {a.sentence for a in group.anchors}
    words = dict.fromkeys(w for s in scenes if s.sentence.index in told for w in content_words(s))
    status: Status = group.status
    return Happening(
        id=group.id,
        document=document.id,
        kind=group.kind,
        anchor=anchor,
        title=_title(group, places, domain, tables),
        window=group.window,
        places=tuple(p.id for p in places),
        actors=tuple(group.actors),
        targets=tuple(group.targets),
        participants=tuple(group.people),
        status=status,
        main=group.main,
        words=tuple(words)[:_MAX_WORDS],
    )


def _title(group: Group, places: Sequence[Place], domain: Domain, tables: Reader) -> str:
    """The class's template filled with what is known; a part with nothing to say falls away."""
    event = domain.events[group.kind]
    names = tables.sides.names
    where = next((p.name for p in reversed(places) if p.kind == "city"), places[-1].name if places else "")
    target = next((names.get(t, t) for t in group.targets), where)
    parts = {
        "where": where or target,
        "target": target,
        "who": " and ".join(list(group.people)[:2]) or " and ".join(names.get(a, a) for a in list(group.actors)[:2]),
        "when": group.window.raw if group.window is not None else "",
        "what": next((names.get(a, a) + " attack" for a in group.actors), "attack"),
    }
    title = event.title
    for key, value in parts.items():
        for lead in (" on {%s}", " in {%s}", " by {%s}", " between {%s}", " of {%s}", " from {%s}", ", {%s}", ": {%s}"):
            slot = lead % key
            if slot in title:
                title = title.replace(slot, slot.replace("{%s}" % key, value) if value else "")
        title = title.replace("{%s}" % key, value)
    return title
