"""Hand-written claims in a small notation, so that a night fits on a screen."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import crosstally
from crosstally.domain.load import _merge_facets, _rows
from crosstally.domain.model import Domain, EventClass, FacetTree, Measure, Relation
from crosstally.reconcile import EventInput
from crosstally.values import Claim, Document, Event, Facets, Place, Quantity, Reading, Scope, Span, Speaker, Voice, Window

PACKS = Path(crosstally.__file__ or "").parent / "domains" if crosstally.__file__ else Path(crosstally.__path__[0]) / "domains"
PLACES = {
    "ukraine": Place("ukraine", "Ukraine", "country"),
    "kyiv": Place("kyiv", "Kyiv", "city", country="ukraine", parents=("kyiv-oblast", "ukraine")),
    "odesa": Place("odesa", "Odesa", "city", country="ukraine", parents=("ukraine",)),
    "podil": Place("podil", "Podil", "district", country="ukraine", parents=("kyiv", "ukraine")),
}


@lru_cache(maxsize=1)
def the_domain() -> Domain:
    """Measures, facets and relations of the shipped packs alone: these tests need no frames."""
    tables: dict[str, list] = {"measure": [], "facet": [], "relation": []}
    for folder in sorted(PACKS.iterdir(), key=lambda f: (f.name != "core", f.name)):
        for file, table, kind in (("measures", "measure", Measure), ("facets", "facet", FacetTree), ("relations", "relation", Relation)):
            path = folder / f"{file}.toml"
            if path.is_file():
                tables[table] += _rows(path, path.name, table, kind, folder.name)
    events = {n: EventClass(n, n, s) for n, s in (("air_attack", "raids"), ("call", "diplomacy"), ("shelling", "harm"), ("forecast", "forecasts"))}
    events["shooting"] = EventClass("shooting", "Shooting in {where}", "harm", violent=True, extent="local", scene="closed")
    return Domain(
        measures={m.name: m for _, m in tables["measure"]},
        facets=_merge_facets(tables["facet"]),
        relations=tuple(r for _, r in tables["relation"]),
        events=events,
        frames=(),
        nouns={},
    )


_LINE = re.compile(r"(?P<doc>\S+)\s+(?P<measure>\w+)(?:\[(?P<facets>[^\]]*)\])?\s+(?P<amount>\"[^\"]*\"|~?\d*(?:\.\.\d+|\+)?)(?P<rest>.*)")


def quantity(text: str, unit: str | None = None) -> Quantity:
    if text.startswith('"'):
        return Quantity(None, None, "vague", unit, text.strip('"'))
    if text.startswith("~"):
        n = int(text[1:])
        return Quantity(n - n // 20, n + n // 20, "around", unit, text)
    if text.endswith("+"):
        return Quantity(int(text[:-1]), None, "at_least", unit, text)
    if ".." in text:
        low, high = text.split("..")
        return Quantity(int(low or 0), int(high), "between" if low else "up_to", unit, text)
    return Quantity(int(text), int(text), "exact", unit, text)


def claims_of(notation: str) -> tuple[Claim, ...]:
    """One claim a line: ``DOC measure[facet=member] AMOUNT key=value ...``; ``or=measure[facets]`` adds a reading; ``by="Air Force"``."""
    out = []
    for number, line in enumerate(x.strip() for x in notation.strip().splitlines()):
        if not line or line.startswith("#"):
            continue
        found = _LINE.match(line)
        assert found, line
        options = dict(re.findall(r"(\w+)=(\"[^\"]*\"|[^\s\"]\S*)", found["rest"]))
        options = {k: v.strip('"') for k, v in options.items()}
        alternatives = re.findall(r"\bor=(\w+)(?:\[([^\]]*)\])?", found["rest"])
        measure, facets = found["measure"], _facets(found["facets"])
        readings = (Reading(measure, facets), *(Reading(m, _facets(f)) for m, f in alternatives)) if alternatives else ()
        speaker = Speaker(options["by"], vague="vague" in options) if "by" in options else None
        label = options.get("label")
        out.append(
            Claim(
                id=f"{found['doc']}-{number:02}",
                document=found["doc"],
                span=Span(number * 10, number * 10 + 9),
                sentence=Span(int(options.get("sentence", number)) * 10, int(options.get("sentence", number)) * 10 + 9),
                text=options.get("text", label or f"{found['amount']} {measure}"),
                measure=measure,
                facets=facets,
                quantity=None if label else quantity(found["amount"], options.get("unit")),
                label=label,
                readings=readings,
                status=options.get("status", "happened"),  # type: ignore[arg-type]
                scope=Scope(place=options.get("place"), period=options.get("period", "event")),
                place=PLACES.get(options.get("place") or options.get("at", "")),
                as_of=options.get("as_of"),
                said_at=options.get("said"),
                speaker=speaker,
                part_of=options.get("part_of"),
            )
        )
    return tuple(out)


def _facets(text: str | None) -> Facets:
    return Facets(dict(pair.split("=") for pair in text.split(","))) if text else Facets()


def event_of(
    notation: str,
    *,
    published: dict[str, str] | None = None,
    places: tuple[str, ...] = ("ukraine", "kyiv"),
    night: str = "2025-07-03T18:00",
    voices: tuple[Voice, ...] | None = None,
    kind: str = "air_attack",
    **more: object,
) -> EventInput:
    claims = claims_of(notation)
    names = sorted({c.document for c in claims})
    documents = tuple(Document(id=n, text=" " * 2000, source=f"outlet {n}", published=(published or {}).get(n, "2025-07-04")) for n in names)
    if voices is None:
        voices = default_voices(claims)
    event = Event("e1", kind, "The night", (), tuple(names), Window(night, "2025-07-04T08:00", "night"), places)
    return EventInput(event=event, claims=claims, voices=voices, documents=documents, **more)  # type: ignore[arg-type]


def default_voices(claims: tuple[Claim, ...]) -> tuple[Voice, ...]:
    """What ``link`` does, simply: a named speaker is one certain voice; a report that names nobody is an uncertain one of its own."""
    groups: dict[tuple[str, bool], list[Claim]] = {}
    for claim in claims:
        named = claim.speaker is not None and not claim.speaker.vague
        groups.setdefault((claim.speaker.name if named and claim.speaker else claim.document, named), []).append(claim)
    parties = {"Air Force": "ukraine", "Air defenses": "ukraine", "Mayor": "ukraine", "Defence Ministry": "russia"}
    return tuple(
        Voice(
            id=f"v-{key}",
            utterance=f"{key}, 4 July",
            institution=key if named else "",
            party=parties.get(key),
            documents=tuple(dict.fromkeys(c.document for c in rows)),
            claims=tuple(c.id for c in rows),
            certain=named,
        )
        for (key, named), rows in groups.items()
    )


NIGHT = """
# an agency's long read
002 launched[weapon=aerial_weapon] 550 by="Air Force" place=ukraine
002 launched[weapon=missile] 11 by="Air Force" place=ukraine
002 launched[weapon=drone] "a majority" by="Air Force" place=ukraine
002 shot_down 270 by="Air defenses"
002 shot_down[weapon=cruise_missile] 2 by="Air defenses"
002 suppressed 208 by="Air defenses"
002 hit[weapon=missile] 9
002 hit[weapon=drone] 63
002 hit_locations 8
002 debris_sites 33+
002 wounded 23+
002 hospitalised 14+ by="Mayor"
002 districts_affected 5+ by="Emergency services"
002 duration 7 unit=hour
002 record 0 label="the most intense aerial attack since the start of the war"
# a weekly's
003 launched[weapon=drone] 539 by="Ukrainian officials" vague=1 place=kyiv
003 launched[weapon=missile] 11 by="Ukrainian officials" vague=1 place=kyiv
003 killed 1+ by="Ukrainian officials" vague=1
003 wounded 23 by="Ukrainian officials" vague=1
003 neutralised[weapon=drone] 476 by="Air Force" or=shot_down[weapon=drone]
003 shot_down[weapon=drone,means=interceptor_drone] 60 by="Air Force"
003 districts_affected 6
003 damaged[object=residential] 40+
003 damaged[object=school] 5
003 hospitalised 14 by="Mayor"
003 launched[weapon=drone] ..1000 status=forecast period=per_day by="Drone commander"
003 record 0 label="its largest drone assault to date"
# an aggregator's
004 killed 1+
004 wounded 23
004 duration 13 unit=hour
004 neutralised[weapon=drone] 476 or=shot_down[weapon=drone]
004 launched[weapon=drone] 539
004 launched[weapon=missile] 11
004 damaged[object=ambulance] 5
004 sheltered "thousands"
004 launched[weapon=drone] 1001+ status=forecast period=per_day by="intelligence" vague=1
"""


def tally(balanced: object, measure: str, facets: str = "", **scope: object) -> object:
    rows = [
        t
        for t in balanced.tallies  # type: ignore[attr-defined]
        if t.measure == measure and t.facets == _facets(facets) and t.scope == Scope(**{"place": None, **scope})  # type: ignore[arg-type]
    ]
    assert len(rows) == 1, f"{measure} {facets}: {len(rows)} of {[(t.measure, t.facets.notation(), t.notation()) for t in balanced.tallies]}"  # type: ignore[attr-defined]
    return rows[0]


def kinds(balanced: object) -> list[str]:
    return [f.kind for f in balanced.findings]  # type: ignore[attr-defined]


def only(balanced: object, kind: str) -> object:
    rows = [f for f in balanced.findings if f.kind == kind]  # type: ignore[attr-defined]
    assert len(rows) == 1, f"{kind}: {[(f.kind, f.title) for f in balanced.findings]}"  # type: ignore[attr-defined]
    return rows[0]


__all__ = ["NIGHT", "PLACES", "claims_of", "event_of", "kinds", "only", "tally", "the_domain"]
