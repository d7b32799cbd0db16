"""What a report says of an event beside figures and records: motive, scope, alarm, evidence, damage without
a number, acts planned or held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from crosstally.domain.model import Domain, Language
from crosstally.extract.events.anchors import Anchor, Scene
from crosstally.extract.events.tables import content_hash
from crosstally.extract.events.telling import Telling
from crosstally.extract.events.triggers import inflect
from crosstally.values import WHOLE, Claim, Document, Facets, Mention, Quantity, Span, Status

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
_SECTIONS = ("motive", "scope", "alarm", "evidence", "uncertainty")
_ENDS = frozenset({",", ".", ";", "”", '"', "—", "–", ":", "!", "?"})


class LabelTable(msgspec.Struct, frozen=True):
    """``sections``: first word -> (words, measure). ``objects``: first word -> (words, object). ``harm``: words and phrases of damage."""

    sections: Phrases
    objects: Phrases
    harm: Phrases
    degree: Mapping[str, str]
    barred: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()


_CACHE: dict[int, tuple[Language, LabelTable]] = {}


def label_table(language: Language) -> LabelTable:
    held = _CACHE.get(id(language))
    if held is None or held[0] is not language:
        table = language.tables["labels"]
        irregular = cast("Mapping[str, list[str]]", language.tables["tense"]["irregular"])
        sections: list[tuple[str, str]] = []
        for name in _SECTIONS:
            for row in cast("list[dict[str, object]]", table[name]):
                kinds = cast("Mapping[str, str]", row.get("kinds", {}))
                sections += [(w, kinds.get(w, name)) for w in cast("list[str]", row["words"])]
        damage = cast("Mapping[str, object]", table["damage"])
        objects = [(w, member) for member, words in cast("Mapping[str, list[str]]", damage["objects"]).items() for w in words]
        harm = [
            (form, verb)
            for verb in cast("list[str]", damage["verbs"])
            for form in inflect(verb, "v", irregular, {})
            if form.endswith(("d", "ing")) or (form in irregular.get(verb, ()) and not form.endswith("s"))
        ]
        harm += [(w, w) for w in cast("list[str]", damage["phrases"])]
        held = _CACHE[id(language)] = (
            language,
            LabelTable(
                _by_first(sections),
                _by_first(objects),
                _by_first(harm),
                cast("Mapping[str, str]", damage["degree"]),
                frozenset(cast("list[str]", damage["not_before"])),
                frozenset(cast("list[str]", damage["articles"])),
            ),
        )
    return held[1]


def _by_first(rows: Sequence[tuple[str, str]]) -> Phrases:
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in rows:
        split = tuple(phrase.split())
        out.setdefault(split[0], []).append((split, value))
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in out.items()}


def _find(words: Sequence[str], table: Phrases) -> list[tuple[int, int, str]]:
    """(first, last, value) of every phrase, longest first, none overlapping."""
    found: list[tuple[int, int, str]] = []
    if table.keys().isdisjoint(words):
        return found
    i = 0
    while i < len(words):
        if words[i] not in table:
            i += 1
            continue
        hit = next(((p, v) for p, v in table[words[i]] if len(p) == 1 or tuple(words[i : i + len(p)]) == p), None)
        if hit is not None:
            found.append((i, i + len(hit[0]) - 1, hit[1]))
            i += len(hit[0]) - 1
        i += 1
    return found


def read_labels(document: Document, scenes: Sequence[Scene], telling: Telling, domain: Domain, language: Language) -> tuple[Claim, ...]:
    """Label claims of a document, in order. Objects with a count before them are figures and left to the frames."""
    table = label_table(language)
    anchors: dict[int, list[Anchor]] = {}
    for anchor in telling.anchors:
        anchors.setdefault(anchor.sentence, []).append(anchor)
    focus = dict(telling.focus)
    claims: list[Claim] = []

    def add(
        scene: Scene,
        first: int,
        last: int,
        measure: str,
        label: str,
        facets: Facets,
        happening: str | None,
        rule: str,
        status: Status = "happened",
    ) -> None:
        if happening is None:
            return
        tokens = scene.sentence.tokens
        span = Span(tokens[first].start, tokens[last].end)
        claims.append(
            Claim(
                id=content_hash("c", document.id, span.start, span.end, measure, label),
                document=document.id,
                span=span,
                sentence=scene.sentence.span,
                text=span.of(document.text),
                measure=measure,
                facets=facets,
                label=label,
                happening=happening,
                status=status,
                rule=rule,
                trace=(rule,),
            )
        )

    told: set[str] = set()
    for scene in scenes:
        index = scene.sentence.index
        local = anchors.get(index, [])
        about = focus.get(index) or (local[0].happening if local else None)
        for first, last, measure in _find(scene.words, table.sections):
            nearest = min(local, key=lambda a, at=first: abs(a.token - at), default=None)  # type: ignore[misc]
            owner = nearest.happening if nearest is not None else about
            add(
                scene, first, _clause_end(scene.words, last), measure, " ".join(scene.words[first : last + 1]), WHOLE, owner, f"<{measure}>"
            )
        for first, last, kind, degree in damage(scene, table):
            add(
                scene,
                first,
                last,
                "destroyed" if degree == "destroyed" else "damaged",
                degree,
                Facets(object=kind),
                about,
                "<thing> <damaged>",
            )
        for anchor in local:
            event = domain.events[anchor.kind]
            if anchor.happening is None or anchor.happening in told or event.violent or "killed" in event.measures:
                continue
            told.add(anchor.happening)
            at = anchor.token
            add(
                scene,
                at,
                at,
                "planned" if anchor.status == "planned" else "held",
                anchor.kind,
                WHOLE,
                anchor.happening,
                "<act>",
                anchor.status,
            )
    return tuple(claims)


def _clause_end(words: Sequence[str], last: int) -> int:
    for k in range(last + 1, len(words)):
        if words[k] in _ENDS:
            return k - 1
    return len(words) - 1


def damage(scene: Scene, table: LabelTable) -> list[tuple[int, int, str, str]]:
    """(first, last, object, degree) of every thing said to be damaged without a count: from the thing to the word of damage, or back."""
    harm = _find(scene.words, table.harm)
    if not harm:
        return []
    counted = {
        i
        for m in scene.mentions
        if isinstance(m.value, Quantity) and m.number in (None, "count") and m.text.lower() not in table.articles
        for i in _tokens_after(scene, m)
    }
    found = []
    for first, last, kind in _find(scene.words, table.objects):
        if last + 1 < len(scene.words) and scene.words[last + 1] in table.barred:
            continue
        if any(i in counted for i in range(max(0, first - 4), first + 1)):
            continue
        near = [
            (abs(first - h[0]), h)
            for h in harm
            if not first <= h[0] <= last and abs(first - h[0]) <= 14 and not _parted(scene.words, last, h[0])
        ]
        if not near:
            continue
        _, (at, to, value) = min(near)
        phrase = " ".join(scene.words[max(0, at - 1) : to + 1])
        degree = next((d for words, d in table.degree.items() if words in phrase or words == value), "damaged")
        start = min(first, at)
        while (
            start == first
            and start
            and scene.words[start - 1].replace("-", "").isalnum()
            and first - start < 4
            and scene.words[start - 1] not in ("and", "at", "in", "of")
        ):
            start -= 1
        found.append((start, max(last, to), kind, degree))
    return found


def _tokens_after(scene: Scene, mention: Mention) -> list[int]:
    """The token of a count; what stands within four words after it is counted."""
    return [i for i, t in enumerate(scene.sentence.tokens) if mention.span.start <= t.start < mention.span.end]


def _parted(words: Sequence[str], a: int, b: int) -> bool:
    low, high = min(a, b), max(a, b)
    return any(w in (";", ".", "”", '"', "—") for w in words[low + 1 : high])
