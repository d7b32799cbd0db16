"""Readings written by hand: the values that reading gives, without a reader."""

from __future__ import annotations

from collections.abc import Iterable

from crosstally.values import (
    BodyName,
    Claim,
    Document,
    DocumentReading,
    Entity,
    Facets,
    Happening,
    Mention,
    PersonName,
    Place,
    Quantity,
    QuoteValue,
    Role,
    Span,
    Speaker,
    Window,
)

UKRAINE = Place("ua", "Ukraine", "country", "ua", 49.0, 32.0)
KYIV = Place("ua-kyiv", "Kyiv", "city", "ua", 50.45, 30.52, ("ua",))
ODESA = Place("ua-odesa", "Odesa", "city", "ua", 46.48, 30.73, ("ua",))
RUSSIA = Place("ru", "Russia", "country", "ru", 60.0, 100.0)
DAYTON = Place("us-dayton", "Dayton", "city", "us", 39.76, -84.19, ("us-oh", "us"))
TOLEDO = Place("us-toledo", "Toledo", "city", "us", 41.66, -83.56, ("us-oh", "us"))
PLACES = {p.id: p for p in (UKRAINE, KYIV, ODESA, RUSSIA, DAYTON, TOLEDO)}


def night(day: str, after: str) -> Window:
    return Window(f"{day}T20:00", f"{after}T08:00", "night", "overnight")


def whole_day(day: str, after: str) -> Window:
    return Window(f"{day}T00:00", f"{after}T00:00", "day", "on the day")


class Paper:
    """Builds one document and its reading; every span is found in the text."""

    def __init__(self, id: str, text: str, *, published: str | None = "2025-07-04", source: str = "", title: str = "") -> None:
        self.document = Document(id=id, text=text, source=source or f"outlet-{id}", title=title, published=published)
        self.claims: list[Claim] = []
        self.happenings: list[Happening] = []
        self.mentions: list[Mention] = []
        self.entities: list[Entity] = []

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def place(self, *places: Place) -> Paper:
        for place in places:
            self.mentions.append(Mention(self.document.id, Span(0, 1), "place", place.name, place, "test"))
        return self

    def happening(self, kind: str, anchor: str, window: Window | None = None, places: Iterable[Place] = (), **more: object) -> str:
        identity = f"{self.document.id}:h{len(self.happenings)}"
        self.place(*places)
        found = Happening(identity, self.document.id, kind, self.span(anchor), window=window, places=tuple(p.id for p in places), **more)  # type: ignore[arg-type]
        self.happenings.append(found)
        return identity

    def claim(self, measure: str, number: int, words: str, happening: str | None, speaker: Speaker | None = None, **facets: str) -> str:
        identity = f"{self.document.id}:c{len(self.claims)}"
        self.claims.append(
            Claim(
                id=identity,
                document=self.document.id,
                span=self.span(words),
                sentence=self.span(words),
                text=words,
                measure=measure,
                facets=Facets(facets),
                quantity=Quantity(number, number, raw=str(number)),
                happening=happening,
                speaker=speaker,
            )
        )
        return identity

    def person(self, name: str, role: str | None = None, *, kind: str = "person", party: str | None = None) -> str:
        identity = f"{self.document.id}:{name}"
        self.entities.append(Entity(identity, kind, name, (name,), (Role(role, (self.document.id,)),) if role else (), party))  # type: ignore[arg-type]
        value = PersonName(name, role, "full" if " " in name else "short") if kind == "person" else BodyName(name)
        self.mentions.append(Mention(self.document.id, self.span(name), kind, name, value, "test", identity))  # type: ignore[arg-type]
        return identity

    def speaker(self, name: str, role: str | None = None, *, kind: str = "body", party: str | None = None) -> Speaker:
        return Speaker(name, role, self.person(name, role, kind=kind, party=party))

    def quote(self, words: str, speaker: str | None) -> None:
        self.mentions.append(Mention(self.document.id, self.span(words), "quote", words, QuoteValue(speaker), "test"))

    @property
    def reading(self) -> DocumentReading:
        return DocumentReading(self.document.id, tuple(self.claims), tuple(self.happenings), tuple(self.mentions), tuple(self.entities))

    def copy(self, id: str, *, published: str | None = None, source: str | None = None) -> Paper:
        """The same text, read the same way, in another publication."""
        import msgspec

        def again(value: str | None) -> str | None:
            return value.replace(f"{self.document.id}:", f"{id}:") if value else value

        twin = Paper(id, self.document.text, published=published or self.document.published, source=source or f"outlet-{id}")
        twin.entities = [msgspec.structs.replace(e, id=again(e.id)) for e in self.entities]
        twin.mentions = [msgspec.structs.replace(m, document=id, entity=again(m.entity)) for m in self.mentions]
        twin.happenings = [msgspec.structs.replace(h, id=again(h.id), document=id) for h in self.happenings]
        twin.claims = [
            msgspec.structs.replace(
                c,
                id=again(c.id),
                document=id,
                happening=again(c.happening),
                speaker=msgspec.structs.replace(c.speaker, entity=again(c.speaker.entity)) if c.speaker else None,
            )
            for c in self.claims
        ]
        return twin
