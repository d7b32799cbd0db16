"""Books written by hand: the night of 3-4 July 2025 with all it needs, and a shooting in an invented town (no weapons, other measures).

Every report text is written for these tests. ``Desk`` finds offsets by the words themselves, so the texts may be edited freely.
"""

# ruff: noqa: E501 - a report keeps its paragraphs on one line, as reports do

from __future__ import annotations

import msgspec

from crosstally.domain.model import Domain, EventClass, FacetTree, Measure, NounClass, Relation, Term
from crosstally.values import (
    Assignment,
    Book,
    Claim,
    Count,
    Decision,
    Document,
    Entity,
    Event,
    Evidence,
    Facets,
    Finding,
    Happening,
    Hedge,
    Join,
    Lineage,
    Link,
    Mention,
    PersonName,
    Place,
    Quantity,
    QuoteValue,
    Reading,
    Role,
    Scope,
    Situation,
    Source,
    Span,
    Speaker,
    Standing,
    Tally,
    Unread,
    Voice,
    Window,
)

KYIV = Place("ua-kyiv", "Kyiv", "city", "ua", 50.45, 30.523, ("ua",))
UKRAINE = Place("ua", "Ukraine", "country", "ua", 49.0, 32.0)
POKROVSK = Place("ua-pokrovsk", "Pokrovsk", "city", "ua", 48.282, 37.176, ("ua",))
NIGHT = Window("2025-07-03T18:00", "2025-07-04T09:00", "night", "overnight into Friday")

WIRE = """Drones and missiles pound Kyiv through the night

KYIV — Ukraine’s air force put the night’s total at 550 drones and missiles, eleven of them missiles. At least 23 people were hurt in the capital.

Gunners brought down 270 of them, two cruise missiles included; another 208 faded from the screens, jammed by the look of it. Eight places were struck, by nine missiles and 63 drones, and wreckage came down on no fewer than 33 sites.

Mayor Vitali Klitschko said that at least 14 people had been taken to hospital. The bombardment of the city went on for seven hours.

“Absolutely horrible and sleepless night in Kyiv,” Deputy Foreign Minister Andrii Sybiha wrote on X.
"""

POST = """Record raid follows Trump–Putin call

Just hours after a call between Donald Trump and Vladimir Putin, Russia sent 539 drones and 11 missiles across Ukraine, officials in Kyiv say. At least one person died and 23 were wounded.

The air force counts 476 drones as intercepted. Of the wounded, 14 are in hospital, according to Mayor Vitaliy Klitschko.

“Absolutely horrible and sleepless night in Kyiv,” said Foreign Minister Andrii Sybiha. President Volodymyr Zelensky called it “one of the most large-scale air attacks” of the war.

The commander of Ukraine’s unmanned forces expects as many as 1,000 drones a day. Washington has meanwhile paused some deliveries of air-defence missiles, a halt announced two days before the raid.

Late on Thursday shelling near Pokrovsk killed five civilians, regional authorities said.
"""

LATE = """Kyiv counts the damage after its longest night

Russia aimed 539 drones and 11 missiles at Kyiv, the largest number in one night so far. Of the 539 drones, 476 were stopped. It took thirteen hours before the all-clear.

At least one person was killed and 23 were wounded. More than 1,000 drones a day are to be expected, the commander of the unmanned forces has warned.

“Absolutely horrible and sleepless night in Kyiv”, Foreign Minister Andrii Sybiha said.
"""

EVENING = """The number of people wounded in the capital has risen to 26."""

SATURDAY = """A second person wounded in the raid has died in hospital, Mayor Vitali Klitschko said; two are now dead. The city military administration counts 32 wounded."""

TUESDAY = """A third person has died of wounds from the raid, the city military administration reports, which brings the dead to three."""


class Desk:
    """Collects claims, mentions and assignments while a fixture is told."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = {d.id: d for d in documents}
        self.claims: dict[str, Claim] = {}
        self.rows: list[Assignment] = []
        self.mentions: list[Mention] = []

    def at(self, document: str, words: str, within: str = "") -> Span:
        text = self.documents[document].text
        base = text.index(within) if within else 0
        start = text.index(words, base)
        return Span(start, start + len(words))

    def claim(
        self,
        id: str,
        document: str,
        words: str,
        figure: str | None,
        sentence: str,
        measure: str,
        low: int | None = None,
        high: int | None = None,
        hedge: Hedge = "exact",
        *,
        event: str | None,
        voice: str | None = None,
        facets: Facets | None = None,
        speaker: Speaker | None = None,
        readings: tuple[Reading, ...] = (),
        reading: int = 0,
        **more: object,
    ) -> None:
        text = self.documents[document].text
        start = text.index(sentence)
        stops = [i for i in (text.find(". ", start), text.find(".\n", start)) if i >= 0]
        whole = Span(start, (min(stops) if stops else len(text) - 1) + 1)
        span = self.at(document, words, sentence)
        number = self.at(document, figure, words) if figure else None
        kept = facets if facets is not None else Facets()
        quantity = Quantity(low, high, hedge, str(more.pop("unit", "")) or None, words) if low is not None or high is not None else None
        self.claims[id] = Claim(
            id,
            document,
            span,
            whole,
            span.of(text),
            measure,
            kept,
            number,
            quantity,
            speaker=speaker,
            readings=readings or (Reading(measure, kept),),
            said_at=self.documents[document].published,
            rule=f"<count> <noun> {measure}",
            trace=("number: digits or words", f"frame: {measure}", "speaker: nearest saying verb"),
            **more,  # type: ignore[arg-type]
        )
        self.rows.append(Assignment(id, event, voice, reading))

    def quote(self, document: str, words: str, speaker: str, entity: str, role: str | None = None, channel: str | None = None) -> None:
        span = self.at(document, words)
        self.mentions.append(Mention(document, span, "quote", words, QuoteValue(speaker, role, channel), "quoted words", entity))

    def person(self, document: str, words: str, name: str, entity: str, role: str | None = None) -> None:
        self.mentions.append(Mention(document, self.at(document, words), "person", words, PersonName(name, role), "title and name", entity))


def _measures() -> dict[str, Measure]:
    rows = (
        Measure("killed", "Killed", "human_cost", "people", floor=True),
        Measure("wounded", "Wounded", "human_cost", "people", floor=True),
        Measure("hospitalised", "Taken to hospital", "human_cost", "people", floor=True),
        Measure("missing", "Missing", "human_cost", "people", floor=True),
        Measure("arrested", "Arrested", "relief", "people"),
        Measure("launched", "Launched", "balance", "weapons", dimension="weapon"),
        Measure("shot_down", "Shot down", "balance", "weapons", dimension="weapon"),
        Measure("suppressed", "Suppressed", "balance", "weapons", dimension="weapon"),
        Measure("neutralised", "Intercepted", "balance", "weapons", dimension="weapon"),
        Measure("hit", "Hit", "balance", "weapons", dimension="weapon"),
        Measure("unaccounted", "Unaccounted", "balance", "weapons", dimension="weapon"),
        Measure("hit_locations", "Places hit", "places", "places"),
        Measure("debris_sites", "Debris sites", "places", "places"),
        Measure("duration", "Duration", "time", "hours"),
        Measure("record", "Record", "time"),
    )
    return {m.name: m for m in rows}


def domain() -> Domain:
    """A pack in miniature, of the shapes that real packs have."""
    weapon = FacetTree(
        "weapon",
        {
            "aerial_weapon": None,
            "drone": "aerial_weapon",
            "missile": "aerial_weapon",
            "cruise_missile": "missile",
            "ballistic_missile": "missile",
        },
        partitions={"aerial_weapon": ("drone", "missile")},
        titles={"aerial_weapon": ("weapon", "weapons"), "drone": ("drone", "drones"), "missile": ("missile", "missiles")},
        root="aerial_weapon",
    )
    fate = Relation(
        "fate",
        Term("launched"),
        (Term("neutralised"), Term("hit"), Term("unaccounted")),
        per_member=True,
        explanation="what was launched was neutralised, hit something, or is unaccounted for",
    )
    stopped = Relation("stopped", Term("neutralised"), (Term("shot_down"), Term("suppressed")), per_member=True)
    events = {
        "air_attack": EventClass("air_attack", "Air attack on {target}, {when}", "raids", violent=True),
        "shelling": EventClass("shelling", "Shelling", "harm", violent=True),
        "shooting": EventClass("shooting", "Shooting", "harm", violent=True),
        "call": EventClass("call", "Call", "diplomacy", speech=True),
        "aid_pause": EventClass("aid_pause", "Pause of aid", "aid"),
        "forecast": EventClass("forecast", "Forecast", "forecasts", speech=True),
    }
    return Domain(_measures(), {"weapon": weapon}, (stopped, fate), events, (), {"person": NounClass("person", {})}, packs=("core", "toy"))


def _night_claims(desk: Desk) -> None:
    force = Speaker("Ukraine’s air force", entity="e-airforce")
    mayor = Speaker("Vitali Klitschko", "Mayor", "e-klitschko")
    officials = Speaker("officials", vague=True)
    command = Speaker("commander of the unmanned forces", entity="e-commander")
    city = Speaker("city military administration", entity="e-kmva")
    drone, missile, cruise = Facets(weapon="drone"), Facets(weapon="missile"), Facets(weapon="cruise_missile")
    raid, s1, s2 = "ev-raid", "KYIV — Ukraine’s air force", "Gunners brought"
    eight, toll = "Eight places", "At least 23"
    c = desk.claim
    c(
        "w1",
        "wire",
        "550 drones and missiles",
        "550",
        s1,
        "launched",
        550,
        550,
        event=raid,
        voice="v-force",
        speaker=force,
        place=UKRAINE,
        window=NIGHT,
    )
    c(
        "w2",
        "wire",
        "eleven of them missiles",
        "eleven",
        s1,
        "launched",
        11,
        11,
        event=raid,
        voice="v-force",
        speaker=force,
        facets=missile,
        part_of="w1",
    )
    c("w3", "wire", "At least 23 people", "23", toll, "wounded", 23, None, "at_least", event=raid, voice="v-wire", place=KYIV)
    c("w4", "wire", "brought down 270", "270", s2, "shot_down", 270, 270, event=raid, voice="v-wire")
    c("w5", "wire", "two cruise missiles", "two", s2, "shot_down", 2, 2, event=raid, voice="v-wire", facets=cruise, part_of="w4")
    c("w6", "wire", "another 208", "208", s2, "suppressed", 208, 208, event=raid, voice="v-wire")
    c("w7", "wire", "Eight places", "Eight", eight, "hit_locations", 8, 8, event=raid, voice="v-wire")
    c("w8", "wire", "nine missiles", "nine", eight, "hit", 9, 9, event=raid, voice="v-wire", facets=missile)
    c("w9", "wire", "63 drones", "63", eight, "hit", 63, 63, event=raid, voice="v-wire", facets=drone)
    c("w10", "wire", "no fewer than 33 sites", "33", eight, "debris_sites", 33, None, "at_least", event=raid, voice="v-wire")
    c(
        "w11",
        "wire",
        "at least 14 people",
        "14",
        "Mayor Vitali",
        "hospitalised",
        14,
        None,
        "at_least",
        event=raid,
        voice="v-mayor",
        speaker=mayor,
    )
    c("w12", "wire", "seven hours", "seven", "The bombardment", "duration", 7, 7, event=raid, voice="v-wire", unit="hour")
    c(
        "p1",
        "post",
        "539 drones",
        "539",
        "Just hours",
        "launched",
        539,
        539,
        event=raid,
        voice="v-officials",
        speaker=officials,
        facets=drone,
    )
    c(
        "p2",
        "post",
        "11 missiles",
        "11",
        "Just hours",
        "launched",
        11,
        11,
        event=raid,
        voice="v-officials",
        speaker=officials,
        facets=missile,
    )
    c("p3", "post", "At least one person died", "one", "At least one", "killed", 1, None, "at_least", event=raid, voice="v-post")
    c("p4", "post", "23 were wounded", "23", "At least one", "wounded", 23, 23, event=raid, voice="v-post")
    c(
        "p5",
        "post",
        "476 drones as intercepted",
        "476",
        "The air force counts",
        "shot_down",
        476,
        476,
        event=raid,
        voice="v-force",
        speaker=force,
        facets=drone,
        reading=1,
        readings=(Reading("shot_down", drone), Reading("neutralised", drone, why="to intercept may mean to shoot down or to suppress")),
    )
    c("p6", "post", "14 are in hospital", "14", "Of the wounded", "hospitalised", 14, 14, event=raid, voice="v-mayor", speaker=mayor)
    c(
        "p7",
        "post",
        "as many as 1,000 drones a day",
        "1,000",
        "The commander of",
        "launched",
        0,
        1000,
        "up_to",
        event="ev-forecast",
        voice="v-command",
        speaker=command,
        facets=drone,
        status="forecast",
        scope=Scope(None, "per_day"),
    )
    c(
        "p8",
        "post",
        "killed five civilians",
        "five",
        "Late on Thursday",
        "killed",
        5,
        5,
        event="ev-pokrovsk",
        voice="v-donetsk",
        speaker=Speaker("regional authorities", vague=True),
        place=POKROVSK,
    )
    c("l1", "late", "539 drones", "539", "Russia aimed", "launched", 539, 539, event=raid, voice="v-late", facets=drone)
    c("l2", "late", "11 missiles", "11", "Russia aimed", "launched", 11, 11, event=raid, voice="v-late", facets=missile)
    c("l3", "late", "the largest number in one night so far", None, "Russia aimed", "record", event=raid, voice="v-late", label="largest")
    c("l4", "late", "476 were stopped", "476", "Of the 539", "neutralised", 476, 476, event=raid, voice="v-late", facets=drone)
    c("l5", "late", "thirteen hours", "thirteen", "It took", "duration", 13, 13, event=raid, voice="v-late", unit="hour")
    c("l6", "late", "At least one person was killed", "one", "At least one", "killed", 1, None, "at_least", event=raid, voice="v-late")
    c("l7", "late", "23 were wounded", "23", "At least one", "wounded", 23, 23, event=raid, voice="v-late")
    c(
        "l8",
        "late",
        "More than 1,000 drones a day",
        "1,000",
        "More than 1,000",
        "launched",
        1001,
        None,
        "more_than",
        event="ev-forecast",
        voice="v-command",
        speaker=command,
        facets=drone,
        status="forecast",
        scope=Scope(None, "per_day"),
    )
    c("e1", "evening", "risen to 26", "26", "The number", "wounded", 26, 26, event=raid, voice="v-evening")
    c("s1", "saturday", "two are now dead", "two", "A second", "killed", 2, 2, event=raid, voice="v-mayor", speaker=mayor)
    c("s2", "saturday", "32 wounded", "32", "The city military", "wounded", 32, 32, event=raid, voice="v-city", speaker=city)
    c("t1", "tuesday", "brings the dead to three", "three", "A third", "killed", 3, 3, event=raid, voice="v-city", speaker=city)


def _night_tallies() -> tuple[Tally, ...]:
    drone, missile, cruise = Facets(weapon="drone"), Facets(weapon="missile"), Facets(weapon="cruise_missile")
    own = "self-consistent, one party’s figures"

    def t(
        measure: str, facets: Facets, low: int | None, high: int | None, state: str, claims: str, voices: tuple[int, int], **more: object
    ) -> Tally:
        ids = tuple(claims.split())
        best = low if low == high and state in ("agreed", "derived") else None
        made = Tally("ev-raid", measure, facets, low=low, high=high, best=best, state=state, claims=ids, voices=Count(*voices))  # type: ignore[arg-type]
        return msgspec.structs.replace(made, **more)

    whole = Facets()
    return (
        t("killed", whole, 3, None, "range", "p3 l6 s1 t1", (2, 4), latest=3, reported_low=1, reported_high=None),
        t("wounded", whole, 32, None, "range", "w3 p4 l7 e1 s2", (1, 5), latest=32, reported_low=23, reported_high=None),
        t("hospitalised", whole, 14, None, "single", "w11 p6", (1, 1), latest=14),
        t("launched", whole, 550, 550, "agreed", "w1", (1, 2), account=own),
        t("launched", drone, 539, 539, "agreed", "p1 l1", (1, 2)),
        t("launched", missile, 11, 11, "agreed", "w2 p2 l2", (1, 3)),
        t("shot_down", whole, 270, 270, "single", "w4", (0, 1), account=own),
        t("shot_down", drone, 268, 268, "derived", "", (0, 1), derived_from=("w4", "w5"), relation="270 − 2 = 268"),
        t("shot_down", missile, 2, 2, "derived", "", (0, 1), derived_from=("w5", "w8", "w2"), relation="11 − 9 = 2"),
        t("shot_down", cruise, 2, 2, "single", "w5", (0, 1)),
        t("suppressed", whole, 208, 208, "single", "w6", (0, 1)),
        t("suppressed", drone, 208, 208, "derived", "", (0, 1), derived_from=("p5", "w4", "w5"), relation="476 − 268 = 208"),
        t("suppressed", missile, 0, 0, "derived", "", (0, 1), derived_from=("w2", "w5", "w8"), relation="11 − 2 − 9 = 0"),
        t("neutralised", drone, 476, 476, "agreed", "p5 l4", (1, 2)),
        t("hit", whole, 72, 72, "derived", "", (0, 1), derived_from=("w8", "w9"), relation="63 + 9 = 72"),
        t("hit", drone, 63, 63, "single", "w9", (0, 1)),
        t("hit", missile, 9, 9, "single", "w8", (0, 1)),
        t(
            "unaccounted",
            whole,
            0,
            0,
            "derived",
            "",
            (1, 2),
            derived_from=("w1", "w4", "w6", "w8", "w9"),
            relation="550 − 270 − 208 − 72 = 0",
            account=own,
        ),
        t("unaccounted", drone, 0, 0, "derived", "", (1, 2), derived_from=("p1", "p5", "w9"), relation="539 − 476 − 63 = 0"),
        t("unaccounted", missile, 0, 0, "derived", "", (1, 2), derived_from=("w2", "w5", "w8"), relation="11 − 2 − 9 = 0"),
        t("hit_locations", whole, 8, 8, "single", "w7", (0, 1)),
        t("debris_sites", whole, 33, None, "single", "w10", (0, 1)),
        t("duration", whole, 7, 13, "disputed", "w12 l5", (0, 2)),
        Tally("ev-pokrovsk", "killed", low=5, high=None, latest=5, state="single", claims=("p8",), voices=Count(0, 1)),
        Tally("ev-forecast", "launched", drone, Scope(None, "per_day"), 0, None, state="range", claims=("p7", "l8"), voices=Count(1, 1)),
    )


def _night_findings(desk: Desk) -> tuple[Finding, ...]:
    deputy = Evidence("wire", desk.at("wire", "Deputy Foreign Minister"))
    minister = Evidence("post", desk.at("post", "Foreign Minister"))
    raid = "ev-raid"
    return (
        Finding(
            "agreement",
            "One report gives the whole and one of its parts, the other both parts. They are the same count.",
            ("w1", "w2", "p1", "p2"),
            event=raid,
            title="One count, told as a whole and as its parts",
            sum="539 + 11 = 550",
            measure="launched",
        ),
        Finding(
            "definition_difference",
            "To shoot down leaves the jammed out; to intercept counts them in. Both figures hold.",
            ("w4", "w6", "p5"),
            event=raid,
            title="“Brought down” leaves the jammed out, “intercepted” counts them in",
            sum="270 − 2 + 208 = 476",
            measure="neutralised",
        ),
        Finding(
            "divergence",
            "The texts do not say what they time.",
            ("w12", "l5"),
            event=raid,
            title="Seven hours or thirteen",
            measure="duration",
            causes=(
                "definition: time under fire, or from the first alarm to the all-clear",
                "scope: the capital, or the country",
                "relay: one report names no origin",
            ),
        ),
        Finding(
            "scope_mismatch",
            "The same number is told of Kyiv alone and of the whole country. The air force counted the country.",
            ("p1", "l1"),
            event=raid,
            title="539 drones: at Kyiv, or across Ukraine",
        ),
        Finding(
            "relay_divergence",
            "One commander, told as at most a thousand and as more than a thousand.",
            ("p7", "l8"),
            event="ev-forecast",
            title="Up to, or over, a thousand a day",
        ),
        Finding(
            "revision",
            "A person counted among the wounded died in hospital and is counted once.",
            ("p3", "s1"),
            event=raid,
            change="transition",
            title="Killed 1 → 2: died in hospital",
            measure="killed",
        ),
        Finding(
            "revision",
            "A third person died of wounds.",
            ("s1", "t1"),
            event=raid,
            change="transition",
            title="Killed 2 → 3: died in hospital",
            measure="killed",
        ),
        Finding(
            "revision",
            "Later counts of the same wounded, each higher.",
            ("w3", "e1", "s2"),
            event=raid,
            change="update",
            title="Wounded 23 → 26 → 32",
            measure="wounded",
        ),
        Finding(
            "record_upheld",
            "No earlier night in these reports has more.",
            ("l3",),
            event=raid,
            title="The largest number in one night: upheld within these reports",
        ),
        Finding(
            "role_clash",
            "Same name, same message, same day. Both titles stand, each with its report, until a person decides.",
            (),
            (deputy, minister),
            event=raid,
            title="One person, two titles: Andrii Sybiha",
            entity="e-sybiha",
        ),
    )


def night() -> Book:
    """The night of 3-4 July 2025 as six reports tell it."""
    documents = (
        Document(
            "wire",
            WIRE,
            "ridge-wire",
            "Drones and missiles pound Kyiv through the night",
            "2025-07-04T08:10",
            "en",
            "https://wire.example/1",
            "wire.txt",
        ),
        Document(
            "post",
            POST,
            "harbour-post",
            "Record raid follows Trump–Putin call",
            "2025-07-04T10:40",
            "en",
            "https://post.example/2",
            "post.txt",
        ),
        Document(
            "late",
            LATE,
            "late-edition",
            "Kyiv counts the damage after its longest night",
            "2025-07-04T13:00",
            "en",
            "https://late.example/3",
            "late.txt",
        ),
        Document("evening", EVENING, "city-desk", "", "2025-07-04T20:30", "en", None, "evening.txt"),
        Document("saturday", SATURDAY, "city-desk", "", "2025-07-05", "en", None, "saturday.txt"),
        Document("tuesday", TUESDAY, "city-desk", "", "2025-07-08", "en", None, "tuesday.txt"),
    )
    desk = Desk(documents)
    _night_claims(desk)
    words = "Absolutely horrible and sleepless night in Kyiv"
    desk.quote("wire", words, "Andrii Sybiha", "wire/sybiha", "Deputy Foreign Minister", "X")
    desk.quote("post", words, "Andrii Sybiha", "post/sybiha", "Foreign Minister")
    desk.quote("late", words, "Andrii Sybiha", "late/sybiha", "Foreign Minister")
    desk.quote("post", "one of the most large-scale air attacks", "Volodymyr Zelensky", "post/zelensky", "President")
    desk.person("wire", "Vitali Klitschko", "Vitali Klitschko", "wire/klitschko", "Mayor")
    desk.person("post", "Vitaliy Klitschko", "Vitaliy Klitschko", "post/klitschko", "Mayor")
    desk.mentions.append(Mention("wire", desk.at("wire", "Kyiv"), "place", "Kyiv", KYIV, "gazetteer", "wire/kyiv"))
    desk.mentions.append(Mention("wire", desk.at("wire", "550"), "quantity", "550", Quantity(550, 550, raw="550"), "digits"))
    ties = {"sybiha": "wire post late", "klitschko": "wire post", "zelensky": "post", "kyiv": "wire"}
    joins = tuple((f"{d}/{who}", f"e-{who}") for who, where in ties.items() for d in where.split())
    entities = (
        Entity(
            "e-sybiha",
            "person",
            "Andrii Sybiha",
            ("Andrii Sybiha",),
            (Role("Deputy Foreign Minister", ("wire",)), Role("Foreign Minister", ("post", "late"))),
        ),
        Entity(
            "e-klitschko",
            "person",
            "Vitali Klitschko",
            ("Vitali Klitschko", "Vitaliy Klitschko"),
            (Role("Mayor", ("wire", "post", "saturday")),),
            reasons=("the given names differ by one letter, the surname and the role are the same",),
        ),
        Entity("e-zelensky", "person", "Volodymyr Zelensky", ("Volodymyr Zelensky",), (Role("President", ("post",)),)),
        Entity("e-airforce", "body", "Ukrainian air force", ("Ukraine’s air force", "the air force"), party="ua"),
        Entity("e-kyiv", "place", "Kyiv", ("Kyiv", "the capital")),
        Entity("e-commander", "body", "commander of the unmanned forces"),
        Entity("e-kmva", "body", "city military administration", party="ua"),
    )
    ids = lambda *names: tuple(names)  # noqa: E731 - a row of names reads better than nested tuples
    voices = (
        Voice(
            "v-force",
            "air force, 4 July",
            "Ukrainian air force",
            "Ukraine",
            ids("wire", "post"),
            ids("w1", "w2", "p5"),
            reason="both reports name the air force, and their figures add up to one count",
        ),
        Voice(
            "v-mayor",
            "mayor, 4 and 5 July",
            "Mayor of Kyiv",
            "Ukraine",
            ids("wire", "post", "saturday"),
            ids("w11", "p6", "s1"),
            reason="one person, spelt two ways, speaks in all three",
        ),
        Voice(
            "v-city",
            "city military administration",
            "Kyiv city military administration",
            "Ukraine",
            ids("saturday", "tuesday"),
            ids("s2", "t1"),
        ),
        Voice(
            "v-command",
            "commander, 4 July",
            "Unmanned forces",
            "Ukraine",
            ids("post", "late"),
            ids("p7", "l8"),
            reason="both name the commander of the unmanned forces",
        ),
        Voice(
            "v-officials",
            "officials",
            "officials, not named",
            "Ukraine",
            ids("post"),
            ids("p1", "p2"),
            certain=False,
            reason="a vague body beside a named one with the same figures",
        ),
        Voice(
            "v-wire",
            "Ridge Wire, nobody named",
            "",
            None,
            ids("wire"),
            ids("w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10", "w12"),
            certain=False,
        ),
        Voice("v-post", "Harbour Post, nobody named", "", None, ids("post"), ids("p3", "p4"), certain=False),
        Voice("v-late", "Late Edition, nobody named", "", None, ids("late"), ids("l1", "l2", "l3", "l4", "l5", "l6", "l7"), certain=False),
        Voice("v-evening", "City Desk, nobody named", "", None, ids("evening"), ids("e1"), certain=False),
        Voice("v-donetsk", "regional authorities", "regional authorities", "Ukraine", ids("post"), ids("p8"), certain=False),
    )
    hours = desk.at("post", "Just hours after a call between Donald Trump and Vladimir Putin")
    two_days = desk.at("post", "a halt announced two days before the raid")
    happenings = (
        Happening("h1", "wire", "air_attack", desk.at("wire", "550 drones and missiles"), "Raid", NIGHT, main=True),
        Happening("h2", "post", "air_attack", desk.at("post", "sent 539 drones"), "Raid", NIGHT, main=True),
        Happening("h3", "late", "air_attack", desk.at("late", "aimed 539 drones"), "Raid", NIGHT, main=True),
        Happening("h4", "post", "call", desk.at("post", "a call between"), "Call", participants=("post/trump", "post/putin")),
    )
    events = (
        Event(
            "ev-raid",
            "air_attack",
            "Air attack on Ukraine, night of 3–4 July 2025",
            ids("h1", "h2", "h3"),
            ids("wire", "post", "late", "evening", "saturday", "tuesday"),
            NIGHT,
            ids("ua", "ua-kyiv"),
            joins=(Join(ids("wire", "post", "late"), "same night, same target, and the counts add up to each other", 0.97),),
        ),
        Event(
            "ev-pokrovsk",
            "shelling",
            "Shelling near Pokrovsk, 3 July 2025",
            (),
            ids("post"),
            Window("2025-07-03T18:00", "2025-07-04T00:00", "part_of_day"),
            ids("ua-pokrovsk"),
        ),
        Event(
            "ev-forecast",
            "forecast",
            "Forecast of raids to come",
            (),
            ids("post", "late"),
            Window("2025-07-04", "2025-07-05", "day"),
            status="forecast",
        ),
        Event(
            "ev-call",
            "call",
            "Call between Donald Trump and Vladimir Putin, 3 July 2025",
            ids("h4"),
            ids("post"),
            Window("2025-07-03", "2025-07-04", "day"),
        ),
        Event(
            "ev-pause",
            "aid_pause",
            "Pause of deliveries to Ukraine, 1 July 2025",
            (),
            ids("post"),
            Window("2025-07-01", "2025-07-02", "day"),
        ),
    )
    situation = Situation(
        "sit-1",
        "Russia’s war on Ukraine, 1–8 July 2025",
        ids("ev-pause", "ev-call", "ev-pokrovsk", "ev-raid", "ev-forecast"),
        (
            Link(
                "ev-raid",
                "ev-call",
                "after",
                "Just hours after a call between Donald Trump and Vladimir Putin",
                (Evidence("post", hours),),
                ("p1",),
            ),
            Link("ev-pause", "ev-raid", "before", "a halt announced two days before the raid", (Evidence("post", two_days),)),
        ),
        (
            ("raids", ("ev-raid",)),
            ("harm", ("ev-pokrovsk",)),
            ("diplomacy", ("ev-call",)),
            ("aid", ("ev-pause",)),
            ("forecasts", ("ev-forecast",)),
        ),
    )
    shared = (desk.at("late", words), desk.at("post", words))
    return Book(
        sources=(
            Source("ridge-wire", "Ridge Wire", None, "https://wire.example"),
            Source("harbour-post", "Harbour Post", "Harbour Media", "https://post.example"),
            Source("late-edition", "Late Edition", "Harbour Media", "https://late.example"),
            Source("city-desk", "City Desk"),
        ),
        documents=documents,
        claims=tuple(desk.claims.values()),
        mentions=tuple(desk.mentions),
        entities=entities,
        happenings=happenings,
        voices=voices,
        lineage=(Lineage("late", "post", "copies", "46 characters in a row are the same, and both belong to one group", (shared,)),),
        events=events,
        event_voices=(("ev-raid", Count(3, 7)), ("ev-pokrovsk", Count(0, 1)), ("ev-forecast", Count(1, 1))),
        tallies=_night_tallies(),
        findings=_night_findings(desk),
        situations=(situation,),
        unread=(Unread("post", desk.at("post", "two days"), "a span of time, not a count"),),
        assignments=tuple(desk.rows),
        mention_entities=joins,
        decisions=(Standing(Decision("j1", "accept", ("c0",), "J. Moss", "2025-07-05", "as printed"), ("c0",), "the claim is not in this account"),),
    )


SHOOTING_ONE = """Police in the invented town of Alder Falls say four people were killed and nine wounded when a man opened fire at a market on Sunday. One person was arrested.

Mara Ellison, 34, a baker, was among the dead. “We ask everyone to stay indoors,” police chief Tom Reyes told reporters.
"""
SHOOTING_TWO = """Five people were killed in the Alder Falls shooting, the county said on Monday. Dozens were treated for shock."""


def shooting() -> Book:
    """An invented shooting: no weapons to balance, an arrest, a named victim, and a contradiction."""
    documents = (
        Document("one", SHOOTING_ONE, "valley-radio", "Four killed at market", "2025-03-02T18:00", "en", "javascript:alert(1)", "one.txt"),
        Document("two", SHOOTING_TWO, "county-paper", "<script>alert('x')</script>", "2025-03-03", "en", None, "two.txt"),
    )
    desk = Desk(documents)
    police, county = Speaker("police"), Speaker("the county")
    c, ev = desk.claim, "ev-shooting"
    c("a1", "one", "four people were killed", "four", "Police in", "killed", 4, 4, event=ev, voice="v1", speaker=police)
    c("a2", "one", "nine wounded", "nine", "Police in", "wounded", 9, 9, event=ev, voice="v1", speaker=police)
    c("a3", "one", "One person was arrested", "One", "One person", "arrested", 1, 1, event=ev, voice="v1")
    c(
        "a4",
        "one",
        "Mara Ellison, 34, a baker, was among the dead",
        None,
        "Mara Ellison",
        "killed",
        1,
        None,
        "at_least",
        event=ev,
        voice="v1",
    )
    c("b1", "two", "Five people were killed", "Five", "Five people", "killed", 5, 5, event=ev, voice="v2", speaker=county)
    desk.person("one", "Mara Ellison", "Mara Ellison", "one/mara")
    desk.person("one", "Tom Reyes", "Tom Reyes", "one/reyes", "police chief")
    desk.quote("one", "We ask everyone to stay indoors,", "Tom Reyes", "one/reyes", "police chief")
    return Book(
        sources=(Source("valley-radio", "Valley Radio"), Source("county-paper", "County <b>Paper</b>")),
        documents=documents,
        claims=tuple(desk.claims.values()),
        mentions=tuple(desk.mentions),
        entities=(
            Entity("e-mara", "person", "Mara Ellison", ("Mara Ellison",)),
            Entity("e-reyes", "person", "Tom Reyes", ("Tom Reyes",), (Role("police chief", ("one",)),)),
        ),
        voices=(
            Voice("v1", "police, 2 March", "police", None, ("one",), ("a1", "a2", "a3", "a4")),
            Voice("v2", "county, 3 March", "the county", None, ("two",), ("b1",)),
        ),
        events=(
            Event(ev, "shooting", "Shooting at Alder Falls, 2 March 2025", (), ("one", "two"), Window("2025-03-02", "2025-03-03", "day")),
        ),
        event_voices=((ev, Count(2, 2)),),
        tallies=(
            Tally(
                ev,
                "killed",
                low=4,
                high=None,
                latest=5,
                state="disputed",
                claims=("a1", "a4", "b1"),
                voices=Count(2, 2),
                reported_low=4,
                reported_high=5,
            ),
            Tally(ev, "wounded", low=9, high=None, latest=9, state="single", claims=("a2",), voices=Count(1, 1)),
            Tally(ev, "arrested", low=1, high=1, latest=1, state="single", claims=("a3",), voices=Count(1, 1)),
        ),
        findings=(
            Finding(
                "contradiction",
                "The police and the county count the same dead at the same hour and differ.",
                ("a1", "b1"),
                event=ev,
                title="Four dead or five",
                repairs=(("a1",), ("b1",)),
                measure="killed",
            ),
        ),
        assignments=tuple(desk.rows),
        mention_entities=(("one/mara", "e-mara"), ("one/reyes", "e-reyes")),
    )
