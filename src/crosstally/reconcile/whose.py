"""Who stands behind a claim: a key for the speaker, a name to print, independent voices, and whose account a set of figures is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from crosstally.domain.model import Party
from crosstally.values import Claim, Count, Entity, Lineage, Voice

_POSSESSIVE = re.compile(r"['’]s\b")


class Origin(msgspec.Struct, frozen=True):
    """``key`` is equal for claims of one named speaker; empty where nobody is named. ``vague``: a body that names nobody.

    ``copies``: documents whose text the claim's own document carries.
    """

    key: str = ""
    name: str = ""
    vague: bool = False
    voice: Voice | None = None
    party: str | None = None
    copies: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        return bool(self.key) and not self.vague


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """ "Ukraine’s Air Force" and "the Ukraine Air Force" share a key."""
    return " ".join(word for word in _POSSESSIVE.sub("", name).casefold().replace("’", "'").split() if word != "the")


def origins(claims: Iterable[Claim], voices: Iterable[Voice], entities: Iterable[Entity], lineage: Iterable[Lineage] = ()) -> dict[str, Origin]:
    """Claim id to its origin. A certain voice's institution names the speaker across spellings; else the entity; else the name itself."""
    copies: dict[str, tuple[str, ...]] = {}
    for edge in lineage:
        if edge.kind in ("copies", "agency"):
            copies[edge.source] = (*copies.get(edge.source, ()), edge.target)
    by_claim = {claim: voice for voice in voices for claim in voice.claims}
    by_name: dict[str, Entity] = {}
    by_id: dict[str, Entity] = {}
    for entity in entities:
        by_id[entity.id] = entity
        for variant in (entity.name, *entity.variants):
            by_name.setdefault(plain_name(variant), entity)
    out = {}
    for claim in claims:
        voice, speaker = by_claim.get(claim.id), claim.speaker
        found = (by_id.get(speaker.entity or "") or by_name.get(plain_name(speaker.name))) if speaker else None
        party = (voice.party if voice else None) or (found.party if found else None)
        if speaker is None:
            out[claim.id] = Origin(voice=voice, party=party, copies=copies.get(claim.document, ()))
            continue
        if speaker.vague:
            key = plain_name(speaker.name)
        elif voice is not None and voice.certain and voice.institution:
            key = plain_name(voice.institution)
        else:
            key = found.id if found else plain_name(speaker.name)
        out[claim.id] = Origin(key, speaker.name, speaker.vague, voice, party, copies.get(claim.document, ()))
    return out


def same_voice(a: Origin, b: Origin) -> bool:
    """One origin, told twice: the same voice, or the same named speaker."""
    if a.voice is not None and b.voice is not None and a.voice.certain and b.voice.certain:
        return a.voice.id == b.voice.id or a.voice.utterance == b.voice.utterance
    return a.named and a.key == b.key


def count_voices(found: Iterable[tuple[Claim, Origin]]) -> Count:
    """Independent voices behind claims. Certain ones count to ``low``; who names nobody may be one of them, so counts to ``high`` only.

    A vague body ("officials") adds none beside a named voice with the same figure. Any claim at all has at least one origin.
    """
    certain: dict[str, set[tuple[int | None, int | None]]] = {}
    open_: dict[str, list[tuple[bool, tuple[int | None, int | None]]]] = {}
    rows = list(found)
    told = {(claim.document, _figure(claim)) for claim, _ in rows}
    for claim, origin in rows:
        figure, voice = _figure(claim), origin.voice
        if voice is not None and voice.certain:
            certain.setdefault(plain_name(voice.institution) or voice.id, set()).add(figure)
        elif voice is None and origin.named:
            certain.setdefault(origin.key, set()).add(figure)
        elif not any((document, figure) in told for document in origin.copies if document != claim.document):
            open_.setdefault(voice.id if voice else f"document:{claim.document}", []).append((origin.vague, figure))
    said = {figure for figures in certain.values() for figure in figures}
    extra = sum(1 for those in open_.values() if not all(vague and figure in said for vague, figure in those))
    if not rows:
        return Count(0, 0)
    return Count(max(1, len(certain)), max(1, len(certain) + extra))


def _figure(claim: Claim) -> tuple[int | None, int | None]:
    return (claim.quantity.low, claim.quantity.high) if claim.quantity else (None, None)


def fullest(names: Iterable[str]) -> list[str]:
    """The names as written, without those that only shorten another: "air force" beside "Ukraine’s air force"."""
    rows = list(dict.fromkeys(names))
    words = [frozenset(plain_name(n).split()) for n in rows]
    return [n for i, n in enumerate(rows) if not any(words[i] < w or (words[i] == w and j < i) for j, w in enumerate(words) if j != i)]


def account(found: Iterable[Origin], parties: Mapping[str, Party] | None = None) -> str:
    """Whose figures these are, for a reader: "one party's figures: ...". Speakers of no known side are named, and counted to none."""
    names: dict[str, list[str]] = {}
    sides: dict[str, None] = {}
    unnamed = False
    for origin in found:
        if origin.party:
            sides.setdefault(origin.party)
        if origin.named:
            names.setdefault(origin.key, []).append(origin.name)
        elif not origin.party:
            unnamed = True
    known = [parties[s].name if parties and s in parties else s for s in sides]
    spoken = fullest(max(fullest(said), key=lambda n: (len(n.split()), n[:1].isupper(), len(n))) for said in names.values())
    who = ", ".join(spoken) or ", ".join(known)
    if len(sides) > 1:
        head = f"figures of {len(sides)} parties"
    elif sides or len(spoken) == 1:
        head = "one party's figures"
    elif names:
        head = f"figures of {len(spoken)} speakers"
    else:
        return "whose figures these are is not said"
    return f"{head}: {who}" + ("; some figures name nobody" if unnamed else "")
