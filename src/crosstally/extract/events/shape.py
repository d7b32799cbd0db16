"""A group of anchors to a frozen happening: its id, window, places widest first, title, words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.model import Domain
from crosstally.extract.events.anchors import Scene, content_words
from crosstally.extract.events.group import Group
from crosstally.extract.events.sides import party_of
from crosstally.extract.events.tables import Reader
from crosstally.values import Document, Happening, PersonName, Place, Span, Status

_WIDTH = {"country": 0, "region": 1, "area": 2, "city": 3, "district": 4, "site": 5, "unknown": 6}
_MAX_WORDS = 60
_LEDE = 4
_LEADS = (" on ", " in ", " by ", " between ", " of ", " from ", ", ", ": ")  # a part with nothing to say takes its lead along


def widest_first(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda p: _WIDTH.get(p.kind, 6)))


def shape(group: Group, scenes: Sequence[Scene], people: Mapping[str, str], document: Document, domain: Domain, tables: Reader) -> Happening:
    """The happening of a group. ``targets`` holds parties; where none is worded, the one country of its places.

    ``people``: entity id to name.
    """
    if group.main and group.harm and not group.targets:
        _fill_from_lede(group, scenes, tables)
    if group.main and group.harm and domain.events[group.kind].extent == "local":
        _place_from_lede(group, scenes)
    if group.harm and not group.places:
        codes = [t.upper() for t in group.targets if t in tables.sides.countries]
        country = load_gazetteer().get(codes[0]) if len(codes) == 1 else None
        if country is not None:
            group.places[country.id] = country
    doers = [p for p in group.places.values() if p.kind == "country" and (q := party_of(p, tables.sides)) in group.actors and q not in group.targets]
    places = widest_first(tuple(p for p in group.places.values() if p not in doers or len(doers) == len(group.places)))
    anchor = group.anchors[0].span if group.anchors else Span(0, 0)
    told = {a.sentence for a in group.anchors}
    words = dict.fromkeys(w for s in scenes if s.sentence.index in told for w in content_words(s))
    status: Status = group.status
    return Happening(
        id=group.id,
        document=document.id,
        kind=group.kind,
        anchor=anchor,
        title=title_of(group, people, domain, tables),
        window=group.window,
        places=tuple(p.id for p in places),
        actors=tuple(group.actors),
        targets=tuple(group.targets),
        participants=tuple(group.people),
        status=status,
        main=group.main,
        words=tuple(words)[:_MAX_WORDS],
    )


def _fill_from_lede(group: Group, scenes: Sequence[Scene], tables: Reader) -> None:
    """A title or lede may tell the place as its subject ("Kyiv endures ..."): a place of none of the attackers is where it happened."""
    anchor = group.anchors[0] if group.anchors else None
    scene = next((s for s in scenes if anchor is not None and anchor.sentence == s.sentence.index), None)
    if anchor is not None and scene is not None:
        tokens = scene.sentence.tokens[anchor.clause.first : anchor.clause.last]
        for mention in scene.mentions:
            if isinstance(mention.value, Place) and tokens[0].start <= mention.span.start < tokens[-1].end:
                party = party_of(mention.value, tables.sides)
                if _comes_from(mention.span, scene, tables) or any(s.how == "from" and s.span == mention.span for s in scene.sites):
                    continue
                if party is not None and party not in group.actors:
                    group.targets.setdefault(party)
                    group.places.setdefault(mention.value.id, mention.value)


def _comes_from(span: Span, scene: Scene, tables: Reader) -> bool:
    """Whether a place is where weapons came from: "missiles from the Black Sea", "launched from the areas of Kursk and Oryol"."""
    at = next((i for i, t in enumerate(scene.sentence.tokens) if t.end > span.start), 0)
    lists = tables.tense.lists
    for i in range(at - 1, max(-1, at - 7), -1):
        if scene.words[i] in lists["from_place"]:
            return True
        if scene.words[i] in lists["locative"] and scene.words[i] not in lists["of"]:
            return False
    return False


def _place_from_lede(group: Group, scenes: Sequence[Scene]) -> None:
    """An event of one place that is told of no town takes the first town of its lede, or of whose police tell it ("Dayton police said"),
    within the state that is told."""
    held = [p for p in group.places.values() if p.kind in ("country", "region")]
    if any(p.kind not in ("country", "region") for p in group.places.values()) or len(group.actors) + len(group.targets) > 1:
        return
    told = {a.sentence for a in group.anchors}
    lede = [s for s in scenes[:_LEDE] if s.sentence.index in told or not s.anchors]
    for how in ("in", "whose", "on"):
        for scene in lede:
            for site in scene.sites:
                place = site.place
                if site.how == how and place.kind in ("city", "district") and (not held or any(place.within(p.id) for p in held)):
                    group.places.setdefault(place.id, place)
                    return
    for scene in lede if not held else ():
        for site in scene.sites:
            if site.how != "from" and site.place.kind == "region":
                group.places.setdefault(site.place.id, site.place)
                return


def names_of(scenes: Sequence[Scene]) -> dict[str, str]:
    """Entity id to the fullest name it is told by."""
    found: dict[str, str] = {}
    for scene in scenes:
        for mention in scene.mentions:
            if mention.entity is not None and isinstance(mention.value, PersonName) and len(mention.value.name) > len(found.get(mention.entity, "")):
                found[mention.entity] = mention.value.name
    return found


def title_of(group: Group, people: Mapping[str, str], domain: Domain, tables: Reader) -> str:
    """The class's template filled with what is known; a part with nothing to say falls away."""
    places = widest_first(tuple(group.places.values()))
    event = domain.events[group.kind]
    names = tables.sides.names
    where = next((p.name for p in group.places.values() if p.kind == "city"), places[0].name if places else "")
    country = next((names.get(t, t) for t in group.targets), where)
    target = (where or country) if event.extent == "local" else country
    parts = {
        "where": where or target,
        "target": target,
        "who": " and ".join(people.get(p, p) for p in list(group.people)[:2]) or " and ".join(names.get(a, a) for a in list(group.actors)[:2]),
        "when": group.window.raw if group.window is not None else "",
        "what": next((names.get(a, a) + " attack" for a in group.actors), "attack"),
    }
    title = event.title
    for key, value in parts.items():
        slot = "{" + key + "}"
        for lead in _LEADS:
            if lead + slot in title:
                title = title.replace(lead + slot, lead + value if value else "")
        title = title.replace(slot, value)
    return title
