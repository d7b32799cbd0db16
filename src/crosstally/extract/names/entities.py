"""Mentions of one document joined to people and bodies, each join with its reason."""

from __future__ import annotations

from crosstally.domain.gazetteer import Gazetteer
from crosstally.domain.personal_names import parts, same_name, same_surname
from crosstally.extract.names.bodies import Body
from crosstally.extract.names.people import Person
from crosstally.values import Entity, Role


def join_people(document: str, people: list[Person]) -> tuple[list[str], list[Entity]]:
    """(entity id of each mention, entities). Full names first, then bare surnames to the nearest bearer before them, else after."""
    groups: list[list[int]] = []
    reasons: list[list[str]] = []
    home: dict[int, int] = {}
    for index, person in enumerate(people):
        if not person.full:
            continue
        for number, group in enumerate(groups):
            alike, why = same_name(people[group[0]].name, person.name)
            if alike:
                if why != "same name" and why not in reasons[number]:
                    reasons[number].append(why)
                group.append(index)
                home[index] = number
                break
        else:
            home[index] = len(groups)
            groups.append([index])
            reasons.append([])
    for index, person in enumerate(people):
        if person.full:
            continue
        bearer, why = _bearer(index, people, home, groups)
        number = len(groups) if bearer is None else bearer
        if bearer is None:
            why = ""
            groups.append([])
            reasons.append([])
        groups[number].append(index)
        home[index] = number
        if why and why not in reasons[number]:
            reasons[number].append(why)
    order = sorted(range(len(groups)), key=lambda g: min(people[i].start for i in groups[g]))
    ids = {g: f"{document}#p{n}" for n, g in enumerate(order, 1)}
    entities = []
    for g in order:
        members = sorted(groups[g], key=lambda i: people[i].start)
        names = [people[i].name for i in members]
        name = max(names, key=lambda n: (len(parts(n)), names.count(n), -names.index(n)))
        roles = dict.fromkeys(r for i in members if (r := people[i].role))
        entities.append(
            Entity(
                ids[g], "person", name, tuple(dict.fromkeys(names)), tuple(Role(r, (document,)) for r in roles), reasons=tuple(reasons[g])
            )
        )
    return [ids[home[i]] for i in range(len(people))], entities


def _bearer(index: int, people: list[Person], home: dict[int, int], groups: list[list[int]]) -> tuple[int | None, str]:
    """The group a short name belongs to."""
    name = people[index].name
    short = parts(name)
    if not short:
        return None, ""
    best: tuple[int, int] | None = None
    reason = ""
    for number, group in enumerate(groups):
        full = parts(people[group[0]].name)
        if not full:
            continue
        alike, why = same_surname(short[-1], full[-1])
        if not alike and len(full) > 2 and short[0] == full[-2]:
            alike, why = True, "first of two surnames"
        given = False
        if not alike and len(full) > 1 and len(short) == 1 and short[0] == full[0]:
            alike, given, why = True, True, "given name alone"
        if alike:
            before = [i for i in group if people[i].start < people[index].start]
            distance = people[index].start - max((people[i].start for i in before), default=10**9)
            rank = (int(given), distance if before else 10**8 + min(people[i].start for i in group))
            if best is None or rank < best:
                best = rank
                chosen = number
                if len(full) == 1:
                    reason = "" if why == "same surname" else why
                else:
                    reason = f"{'given name' if given else 'surname'} of {people[group[0]].name}"
    return (chosen, reason) if best is not None else (None, "")


def join_bodies(document: str, bodies: list[Body], gazetteer: Gazetteer) -> tuple[list[str], list[Entity]]:
    """(entity id of each mention, entities). One institution per core and country; a bare name joins the only country's one."""
    keys: list[tuple[str, str | None]] = [(_core(b.core), b.party) for b in bodies]
    countries: dict[str, list[str]] = {}
    for core, party in keys:
        if party and party not in countries.setdefault(core, []):
            countries[core].append(party)
    joined: list[tuple[str, str | None]] = []
    reasons: dict[tuple[str, str | None], list[str]] = {}
    for (core, party), body in zip(keys, bodies, strict=True):
        if party is None and len(countries.get(core, ())) == 1 and not body.vague:
            party = countries[core][0]
            reasons.setdefault((core, party), []).append(f'the document names one {core}: "{body.name}" is its')
        joined.append((core, party))
    order = list(dict.fromkeys(joined))
    ids = {key: f"{document}#b{n}" for n, key in enumerate(order, 1)}
    entities = []
    for key in order:
        names = [b.name for b, k in zip(bodies, joined, strict=True) if k == key]
        core, party = key
        place = gazetteer.get(party.upper()) if party else None
        known = next((b.core for b, k in zip(bodies, joined, strict=True) if k == key and b.rule == "name"), None)
        institution = known if known else f"{core} ({place.name})" if place else core
        entities.append(
            Entity(
                ids[key],
                "body",
                max(names, key=len),
                tuple(dict.fromkeys(names)),
                (),
                party,
                institution,
                tuple(dict.fromkeys(reasons.get(key, ()))),
            )
        )
    return [ids[k] for k in joined], entities


def _core(core: str) -> str:
    """ "air defenses" and "air defence" are one; "emergency services" and "emergency service" too."""
    if " of " in core and not core[:1].isupper():
        head, _, place = core.partition(" of ")
        return f"{_core(head)} of {place}"
    words = core.replace("defence", "defense").replace("’", "'").split()
    if words and words[-1].endswith("s") and not words[-1].endswith(("ss", "us")) and words[-1] not in ("forces", "troops"):
        words[-1] = words[-1][:-1] if not words[-1].endswith("ies") else words[-1][:-3] + "y"
    return " ".join(w if w.isupper() else w.lower() for w in words)
