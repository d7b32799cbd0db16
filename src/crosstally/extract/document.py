"""One document read: every reader run in order, each over what the ones before gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from crosstally.domain.gazetteer import Gazetteer
from crosstally.domain.model import Domain, Language
from crosstally.extract.events.read import attach, read_happenings
from crosstally.extract.figures.read import Voice, compile_reader, read_figures
from crosstally.extract.figures.victims import by_happening, release
from crosstally.extract.moments.read import read_moments
from crosstally.extract.names.read import read_names
from crosstally.extract.numbers.read import read_quantities
from crosstally.extract.speakers.quotes import read_quotes
from crosstally.extract.speakers.read import attribute, speakers_of
from crosstally.extract.speakers.speech_time import speech_time
from crosstally.values import Claim, Document, DocumentReading, Mention, Sentence, Span, Speaker


def read_document(
    document: Document, sentences: tuple[Sentence, ...], domain: Domain, language: Language, gazetteer: Gazetteer
) -> DocumentReading:
    """All mentions, claims and happenings of a document. ``sentences`` as cut by ``text.segment``. Never raises on any text."""
    content = tuple(s for s in sentences if s.furniture is None)
    quantities = _by_sentence(content, lambda s: read_quantities(document.id, s, document.text, language))
    moments = _by_sentence(content, lambda s: read_moments(document.id, s, document.text, language, document.published))
    names = read_names(document, sentences, language, domain, gazetteer)
    quotes = read_quotes(document, sentences, language)
    voiced = attribute(document, sentences, names.mentions, names.entities, quotes, language)
    by_sentence = _group(names.mentions, content)

    speaking = speakers_of(voiced.attributions)
    flat_moments = tuple(m for i in sorted(moments) for m in moments[i])

    def voice(span: Span) -> tuple[Speaker | None, str | None, str | None, str]:
        found = speaking(span)
        if found is None:
            return None, None, None, "speaker: nobody named"
        said_at = speech_time(found.when, flat_moments, document.published) if found.when is not None else None
        return found.speaker, found.channel, said_at, f"speaker: {found.rule}"

    figures = read_figures(document, sentences, quantities, moments, by_sentence, voice, compile_reader(domain, language))
    flat_quantities = tuple(m for i in sorted(quantities) for m in quantities[i])
    mentions = (*flat_quantities, *flat_moments, *names.mentions)
    back = tuple(h.claim for h in figures.held if not h.written)
    harmed = _harmed((*figures.claims, *back), sentences, domain)
    telling = read_happenings(document, sentences, mentions, names.nominals, domain, language, harmed)
    told = attach((*figures.claims, *telling.claims, *back), telling, sentences, mentions, domain)
    claims = release(by_happening(told), figures.held)
    return DocumentReading(
        document=document.id,
        claims=tuple(_voiced(claim, voice) for claim in claims),
        happenings=telling.happenings,
        mentions=tuple(sorted((*mentions, *voiced.quotes), key=lambda m: (m.span, m.kind))),
        entities=names.entities,
        links=telling.links,
        unread=figures.unread,
        sentences=sentences,
    )


def _harmed(claims: tuple[Claim, ...], sentences: tuple[Sentence, ...], domain: Domain) -> frozenset[int]:
    """The sentences with figures of people who came to harm."""
    people = {c.sentence for c in claims if c.status == "happened" and domain.measures[c.measure].strand == "human_cost"}
    return frozenset(s.index for s in sentences if s.span in people)


def _voiced(claim: Claim, voice: Voice) -> Claim:
    """A claim without a figure gets its speaker here; figures got theirs as they were read."""
    if claim.speaker is not None or claim.figure is not None:
        return claim
    speaker, channel, said_at, how = voice(claim.span)
    return msgspec.structs.replace(claim, speaker=speaker, channel=channel, said_at=said_at, trace=(*claim.trace, how))


def _by_sentence(sentences: tuple[Sentence, ...], read: Callable[[Sentence], tuple[Mention, ...]]) -> Mapping[int, tuple[Mention, ...]]:
    return {sentence.index: found for sentence in sentences if (found := read(sentence))}


def _group(mentions: tuple[Mention, ...], sentences: tuple[Sentence, ...]) -> Mapping[int, tuple[Mention, ...]]:
    """Mentions by the sentence they start in."""
    out: dict[int, list[Mention]] = {}
    ordered = sorted(mentions, key=lambda m: m.span)
    position = 0
    for sentence in sentences:
        while position < len(ordered) and ordered[position].span.start < sentence.span.start:
            position += 1
        while position < len(ordered) and ordered[position].span.start < sentence.span.end:
            out.setdefault(sentence.index, []).append(ordered[position])
            position += 1
    return {k: tuple(v) for k, v in out.items()}
