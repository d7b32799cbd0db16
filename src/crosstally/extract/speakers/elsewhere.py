"""Words whose speaker another sentence names: quotes without a cue, figures that go on, "this was reported by X", words signed at the end."""

from __future__ import annotations

import msgspec

from crosstally.extract.speakers.coreference import People
from crosstally.extract.speakers.lexicon import Lexicon
from crosstally.extract.speakers.told import Attribution, Told
from crosstally.values import Mention, Sentence, Span

_MONOLOGUE = 1  # paragraphs of quotes alone go on with the speaker this many paragraphs back
_BACK = 2  # paragraphs that "this was reported by" reaches back over
_SIGNED = 14  # words behind a dash that may name who wrote what stands before
_SCARE = 5  # words of a quote that is no more than a wording: "lost", "a record"
_OPENING = 40  # characters that hold the first of the words that stand for what was told before
_DASHES = frozenset({"-", "–", "—", "--"})
_FEW = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozens", "dozen"})


def orphans(told: list[list[Told]]) -> list[Attribution]:
    """Quotes without a cue, given to the speaker whose words they go on with."""
    out: list[Attribution] = []
    last: Attribution | None = None  # who was last quoted, in the paragraph before
    last_at, runs = -9, False
    for number, block in enumerate(told):
        here: Attribution | None = None
        for n, t in enumerate(block):
            covered = [q for q in t.quotes if any(a.content.covers(q.span) for a in t.found)]
            loose = [q for q in t.quotes if q not in covered]
            if loose and not any(a.speech for a in t.found):
                source, rule = None, ""
                if here is not None and (t.first or t.bare or len(loose[0].text.split()) > 4):
                    source, rule = here, "quote goes on"
                elif n == 0 and last is not None and number - last_at <= _MONOLOGUE and (runs or t.bare):
                    source, rule = last, "quote goes on in the next paragraph"
                elif t.first and n + 1 < len(block) and block[n + 1].last is not None and block[n + 1].quotes:
                    source, rule = block[n + 1].last, "quote before its speaker"
                if source is not None and not (source.speaker.vague and source.reason.startswith("left open")):
                    made = [msgspec.structs.replace(source, content=(q.cover or q.span), rule=rule, speech=True) for q in loose]
                    out.extend(made)
                    here = made[-1]
            elif loose:
                lead = next((a for a in reversed(t.found) if a.speech), None)
                if lead is not None and any(q.rule != "quote" or len(q.text.split()) > 3 for q in loose) and t.found:
                    for q in loose:
                        near = min((a for a in t.found if a.speech), key=lambda a: abs(a.content.start - q.span.start))
                        if near.content.end <= q.span.start and "quote" not in near.rule:
                            continue
                        out.append(msgspec.structs.replace(near, content=(q.cover or q.span), rule="quote beside its speaker"))
            if (t.last is not None and (t.opens or any(q.span.start >= 0 for q in t.quotes))) or t.last is not None:
                here = t.last
        if here is not None:
            last, last_at = here, number
            runs = any(q.rule == "quote, runs on" for t in block for q in t.quotes) or (bool(block) and block[-1].opens)
        else:
            runs = False
    return out


def carried(told: list[list[Told]], text: str, lex: Lexicon) -> list[Attribution]:
    """Sentences after a said one that go on with its figures: in the same paragraph, or at the head of the next one where it opens with words
    that go on ("Another 44 drones", "About ten of the drones")."""
    out: list[Attribution] = []
    lead: Attribution | None = None
    nouns: frozenset[str] = frozenset()
    thin = False
    for block in told:
        if lead is not None and not (_goes_on(block[0].sentences[0], lex) and counted(block[0].sentences, lex) & nouns):
            lead = None
        for t in block:
            if t.found or any(len(q.text.split()) > _SCARE for q in t.quotes):
                speech = [a for a in t.found if a.speech and a.status not in ("asked", "urged", "not said") and "claim" not in a.rule]
                whole = t.sentences[0].span.join(t.sentences[-1].span)
                lead = next((a for a in reversed(speech) if 3 * _told_by(a, speech) >= len(whole)), None)
                thin = lead is not None and 2 * _told_by(lead, speech) < len(whole)  # the rest of the sentence names the speaker, or tells more
                if any(len(q.text.split()) > _SCARE for q in t.quotes):
                    lead = None
                if lead is not None and lead.speaker.vague and lead.reason.startswith("left open"):
                    lead = None
                nouns = counted(t.sentences, lex) if lead is not None else nouns
                continue
            if lead is None or t.sentences[0].title:
                continue
            here = counted(t.sentences, lex)
            if here and (_goes_on(t.sentences[0], lex) or (here & nouns and not thin)):
                span = t.sentences[0].span.join(t.sentences[-1].span)
                out.append(
                    msgspec.structs.replace(
                        lead, content=span, rule="carried", reason=f"goes on with the figures of the sentence before; {lead.reason}"
                    )
                )
                nouns = nouns | here
            else:
                lead = None
    return out


def _goes_on(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a sentence opens with words that go on with those before: one of the table's, or a number "of the" things told."""
    words = [t.lower for t in sentence.tokens[:5]]
    if any(tuple(words[: len(p)]) == p for p in lex.carry):
        return True
    number = next((i for i, w in enumerate(words[:3]) if w[:1].isdigit() or w in _FEW), None)
    return number is not None and words[number + 1 : number + 3] in (["of", "the"], ["of", "those"], ["of", "these"], ["of", "them"])


def _told_by(attribution: Attribution, others: list[Attribution]) -> int:
    """How many characters of a stretch its speaker tells, over all cues."""
    total = reached = 0
    for start, end in sorted((a.content.start, a.content.end) for a in others if a.speaker == attribution.speaker):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def counted(sentences: list[Sentence], lex: Lexicon) -> frozenset[str]:
    """The nouns that numbers count, roughly: small-letter words within three of a number."""
    words: set[str] = set()
    for sentence in sentences:
        tokens = sentence.tokens
        for n, token in enumerate(tokens):
            if token.text[:1].isdigit() or token.lower in _FEW:
                words.update(t.lower for t in tokens[n + 1 : n + 4] if t.text.isalpha() and t.lower not in lex.tags and t.lower not in lex.forms)
                words.add("")
    kin = {lex.kin.get(w, w) for w in words}
    return frozenset(kin) - {""} if len(kin) > 1 else frozenset(kin)


def passed_on(found: list[Attribution], lex: Lexicon) -> list[Attribution]:
    """Without those of a report or of data that somebody passes on: "the mayor said that, by first reports, two were hurt" is the mayor's."""
    bare = [a for a in found if a.speaker.entity is None and a.speaker.name.split()[-1:] and a.speaker.name.split()[-1].lower() in lex.tidings]
    gone = {
        id(a) for a in bare if any(b.speech and b not in bare and b.content.overlaps(a.content) and not a.content.covers(b.content) for b in found)
    }
    return [a for a in found if id(a) not in gone]


def back(told: list[list[Told]], text: str, lex: Lexicon) -> list[Attribution]:
    """ "This was reported by X": who told the sentences before, back to where somebody else speaks, over two paragraphs at most."""
    out: list[Attribution] = []
    for number, block in enumerate(told):
        for n, t in enumerate(block):
            lead = next((a for a in t.found if a.speech and is_back(text, a, lex)), None)
            if lead is None or (lead.speaker.vague and lead.reason.startswith("left open")):
                continue
            before = block[:n]
            for earlier in reversed(told[max(0, number - _BACK) : number]):
                if before and (any(a.speech for s in before for a in s.found) or before[0].sentences[0].title):
                    break
                before = [*earlier, *before]
            for s in reversed(before):
                if s.sentences[0].title or s.quotes or any(a.speech for a in s.found):
                    break
                span = s.sentences[0].span.join(s.sentences[-1].span)
                out.append(
                    msgspec.structs.replace(
                        lead, content=span, rule="told back", reason=f"“{text[lead.content.start : lead.content.end]}”; {lead.reason}"
                    )
                )
    return out


def is_back(text: str, attribution: Attribution, lex: Lexicon) -> bool:
    """Whether all that is said stands for what was told before: "this", "the strike", "it was"."""
    opening = text[attribution.content.start : min(attribution.content.end, attribution.content.start + _OPENING)].lower().replace(",", "").split()
    if opening and opening[0].rstrip(".") not in lex.back_opens:
        return False
    words = text[attribution.content.start : attribution.content.end].lower().replace(",", "").rstrip(".").split()
    while words and (words[-1] in lex.be or words[-1] in ("has", "have", "had", "also", "earlier", "later")):
        words.pop()
    at = next((i for i, w in enumerate(words) if i and w in lex.prepositions and w not in ("about", "of")), len(words))
    return attribution.status not in ("denied", "not said") and " ".join(words[:at]) in lex.back


def signed(told: list[list[Told]], text: str, starts: dict[int, Mention], people: People, lex: Lexicon) -> list[Attribution]:
    """Paragraphs that end in a dash and who said so ("Two are in hospital. – Mayor X wrote."), without quotation marks: all of it is said."""
    out: list[Attribution] = []
    for block in told:
        last = block[-1]
        tokens = last.sentences[-1].tokens
        dash = next((i for i in range(len(tokens) - 1, max(-1, len(tokens) - _SIGNED), -1) if tokens[i].text in _DASHES), -1)
        tail = tokens[dash + 1 :]
        if dash < 0 or any(t.quotes for t in block) or not any(f.cls.speech for t in tail for f in lex.forms.get(t.lower, ())):
            continue
        who = next((m for t in tail if (m := starts.get(t.start)) is not None and m.kind in ("person", "body")), None)
        if who is None or (tail[0].lower not in lex.forms and not any(starts.get(t.start) is who for t in tail[: _SIGNED // 2])):
            continue
        speaker = people.of_mention(who).speaker
        for t in block:
            if any(a.speech for a in t.found) and t is not last:
                continue
            span = t.sentences[0].span.join(t.sentences[-1].span)
            if t is last and dash == 0:
                continue
            end = tokens[dash].start if t is last else span.end
            out.append(
                Attribution(
                    Span(span.start, end), speaker, None, who.span, None, "said", None, "words – X wrote", "named", person=who.kind == "person"
                )
            )
    return out
