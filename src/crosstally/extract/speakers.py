"""Who says what in a document: attributions with their words, speakers resolved, and quotes given to them.

Paragraph by paragraph: cues are found in each stretch (``attribution``), their sources resolved (``coreference``), quotes that stand
without a cue are given to the speaker whose words they continue, and plain sentences that go on with a speaker's figures are carried. What
nobody is
named for stays nobody's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from operator import attrgetter

import msgspec

from crosstally.domain.model import Language
from crosstally.values import Document, Entity, Mention, QuoteValue, Sentence, Span, Speaker, Token, Window

from .attribution import cues_of
from .attribution_cue import Cue
from .attribution_items import Item, items_of, stretches
from .attribution_lexicon import Lexicon, lexicon
from .coreference import Focus, People, Referent
from .cover import Cover

_MONOLOGUE = 1  # paragraphs of quotes alone go on with the speaker this many paragraphs back
_BACK = 2  # paragraphs that "this was reported by" reaches back over
_INNER_LEAST = 5  # words of a quote worth a look for who is quoted inside


class Attribution(msgspec.Struct, frozen=True):
    """Words and who stands behind them.

    ``content`` a run of text (a source with words in two places has two attributions, one cue). ``status``: said, confirmed, denied,
    warned,
    claimed, forecast, estimated, announced, promised, urged, asked, believed, intended, "not said", unverified. ``said_at`` holds the
    words of
    time only. ``speech`` is False for thoughts and wishes. ``person``: the source is one person. ``reason`` tells how the speaker was
    found.
    """

    content: Span
    speaker: Speaker
    cue: Span | None
    source: Span | None
    channel: str | None
    status: str
    said_at: Window | None
    rule: str
    reason: str
    speech: bool = True
    person: bool = False


class Voiced(msgspec.Struct, frozen=True):
    """Attributions in order of content, and the quotes with ``value.speaker`` filled where it is known."""

    attributions: tuple[Attribution, ...]
    quotes: tuple[Mention, ...]


class _Told(msgspec.Struct):
    """A stretch as read: its sentences, quotes, attributions, and who spoke last in it."""

    sentences: list[Sentence]
    quotes: list[Mention]
    found: list[Attribution]
    inner: list[Attribution] = []  # who is quoted inside its quotes
    last: Attribution | None = None
    opens: bool = False  # ends in a colon after a cue: the words follow
    bare: bool = False  # nothing but quotes
    first: bool = False  # begins with a quote


def attribute(
    document: Document,
    sentences: tuple[Sentence, ...],
    names: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    quotes: tuple[Mention, ...],
    language: Language,
) -> Voiced:
    """Attributions of a document and its quotes with their speakers.

    ``names``: person, body and place mentions; ``quotes`` as ``read_quotes`` gives them. Raises PackError where a language table is
    missing.
    """
    lex = lexicon(language)
    people = People(document.text, names, entities, lex)
    starts: dict[int, Mention] = {}
    for m in names:
        if m.kind in ("person", "body", "place") and (m.span.start not in starts or m.span.end > starts[m.span.start].span.end):
            starts[m.span.start] = m
    focus = Focus([])
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.furniture is None:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    told: list[list[_Told]] = []
    for number, block in enumerate(paragraphs.values()):
        told.append([_read(document, group, own, quotes, starts, people, focus, number, lex) for group, own in stretches(block, _of(block, quotes))])
    found = [a for block in told for t in block for a in (*t.found, *t.inner)]
    found.extend(_orphans(told))
    found = _passed_on(found, lex)
    found.extend(_back(told, document.text, lex))
    found.extend(_signed(told, document.text, starts, people, lex))
    found.extend(_carried(told, document.text, lex))
    found = _verified(found, told, document.text, lex)
    found.sort(key=lambda a: (a.content.start, -a.content.end))
    return Voiced(tuple(found), _with_speakers(quotes, found, lex))


def speaker_of(attributions: tuple[Attribution, ...], span: Span) -> Attribution | None:
    """The innermost attribution of speech whose content covers ``span``; None where nobody is named."""
    best: Attribution | None = None
    for a in attributions:
        if a.speech and a.content.covers(span) and (best is None or len(a.content) <= len(best.content)):
            best = a
    return best


def speakers_of(attributions: tuple[Attribution, ...]) -> Callable[[Span], Attribution | None]:
    """``speaker_of`` for many spans of one document. ``attributions`` in order of content, as ``attribute`` gives them."""
    speech = tuple(a for a in attributions if a.speech)
    cover = Cover([a.content for a in speech])
    return lambda span: speaker_of(tuple(speech[i] for i in cover.over(span)), span)


def _of(block: list[Sentence], quotes: tuple[Mention, ...]) -> list[Mention]:
    """The quotes, which are in order, that begin in the paragraph."""
    start, end = block[0].span.start, block[-1].span.end
    return list(quotes[bisect_left(quotes, start, key=_START) : bisect_left(quotes, end, key=_START)])


_START = attrgetter("span.start")


def _read(
    document: Document,
    group: list[Sentence],
    own: list[Mention],
    quotes: tuple[Mention, ...],
    starts: dict[int, Mention],
    people: People,
    focus: Focus,
    paragraph: int,
    lex: Lexicon,
) -> _Told:
    tokens = [t for s in group for t in s.tokens]
    told = _Told(group, own, [], [])
    title = group[0].title
    if own or title or any(t.lower in lex.forms or t.lower in lex.saying or t.lower == "according" for t in tokens):
        items = items_of(tokens, own, starts, lex, title)
        cues = cues_of(items, lex, title)
        cues = [c for c in cues if c.source is None or items[c.source.start].lower != "you"]
        _resolve(items, cues, told, people, focus, paragraph, None)
        told.bare = bool(items) and all(i.tag in ("Q", ".", ",") for i in items)
        told.first = bool(items) and items[0].tag == "Q"
        for quote in own:
            if len(quote.text) > 40:
                _inside(quote, tokens, quotes, told, people, focus, paragraph, lex, starts)
    if not any(a.speech for a in told.found):
        _subject_in_focus(tokens, starts, people, focus, paragraph, own)
    return told


def _resolve(items: list[Item], cues: list[Cue], told: _Told, people: People, focus: Focus, paragraph: int, me: Referent | None) -> None:
    resolved: dict[int, tuple[Referent, str]] = {}
    spoke: Referent | None = None
    for cue in cues:
        if cue.source is None:
            continue
        phrase = cue.relative or cue.source
        key = id(cue.source)
        if key not in resolved:
            if me is None:
                _earlier_in_sentence(items, phrase.start, people, focus, paragraph)
            resolved[key] = people.resolve(items, phrase, focus, paragraph, me)
        referent, why = resolved[key]
        if me is None:
            focus.put(paragraph, referent)
            if cue.speech and cue.rule != "X's claim that":
                spoke = referent
        when = None
        if cue.when is not None:  # the words only: what day they mean is for the reader of moments to say
            words = people.text[items[cue.when[0]].start : items[cue.when[1] - 1].end]
            when = Window(raw=words, relative="publication")
        for start, end in cue.contents:
            span = Span(items[start].start, items[end - 1].end)
            attribution = Attribution(
                span,
                referent.speaker,
                Span(items[cue.at].start, items[min(cue.end, len(items)) - 1].end),
                Span(items[cue.source.start].start, items[cue.source.end - 1].end),
                cue.channel,
                cue.status,
                when,
                cue.rule,
                why,
                cue.speech and not (cue.shows and referent.kind in ("person", "place")),
                referent.kind == "person",
            )
            (told.found if me is None else told.inner).append(attribution)
            if cue.speech and me is None:
                told.last = attribution
        if not cue.contents and me is None:
            told.opens = True
            told.last = Attribution(
                Span(items[-1].start, items[-1].end),
                referent.speaker,
                Span(items[cue.at].start, items[cue.at].end),
                None,
                cue.channel,
                cue.status,
                None,
                cue.rule,
                why,
            )
    if spoke is not None:
        focus.put(paragraph, spoke)


def _earlier_in_sentence(items: list[Item], at: int, people: People, focus: Focus, paragraph: int) -> None:
    """People who are the subject of an earlier clause of the sentence come into focus before its pronouns are resolved."""
    if items[at].tag != "pron":
        return
    for i in range(at):
        item = items[i]
        if item.name is not None and (i == 0 or items[i - 1].name is not item.name) and item.name.kind in ("person", "body"):
            before = items[i - 1] if i else None
            after = next((x for x in items[i + 1 :] if x.name is not item.name), None)
            if (before is None or before.tag not in ("prep", "to", "verb", "say", "ing")) and (after is None or after.tag != "poss"):
                focus.put(paragraph, people.of_mention(item.name))


def _subject_in_focus(tokens: list[Token], starts: dict[int, Mention], people: People, focus: Focus, paragraph: int, own: list[Mention]) -> None:
    """A sentence nobody says anything in: whoever it begins with comes into focus."""
    for token in tokens[:8]:
        mention = starts.get(token.start)
        if mention is None or mention.kind == "place":
            continue
        if any((q.cover or q.span).covers(mention.span) for q in own):
            return
        focus.put(paragraph, people.of_mention(mention))
        return


def _inside(
    quote: Mention,
    tokens: list[Token],
    quotes: tuple[Mention, ...],
    told: _Told,
    people: People,
    focus: Focus,
    paragraph: int,
    lex: Lexicon,
    starts: dict[int, Mention],
) -> None:
    """Who is quoted inside a quote: "the doctors told us that ...". "I" and "we" are the one who speaks."""
    inner = [t for t in tokens if quote.span.start <= t.start and t.end <= quote.span.end]
    if len(inner) < _INNER_LEAST or not any(t.lower in lex.forms or t.lower == "according" for t in inner):
        return
    nested = [q for q in quotes if q.rule == "quote within a quote" and quote.span.covers(q.span)]
    items = items_of(inner, nested, starts, lex, False)
    outer = speaker_of(tuple(told.found), quote.span)
    me = Referent(outer.speaker, "person") if outer is not None else None
    cues = [
        c
        for c in cues_of(items, lex)
        if c.speech and c.source is not None and "hearer" not in _pronoun(items, c, lex) and "self" not in _pronoun(items, c, lex)
    ]
    _resolve(items, cues, told, people, focus, paragraph, me or Referent(Speaker("", None, None, True), "thing", "", True))


def _pronoun(items: list[Item], cue: Cue, lex: Lexicon) -> Mapping[str, object]:
    return lex.pronouns.get(items[cue.source.start].lower, {}) if cue.source is not None else {}


def _orphans(told: list[list[_Told]]) -> list[Attribution]:
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


def _carried(told: list[list[_Told]], text: str, lex: Lexicon) -> list[Attribution]:
    """Sentences after a said one in the same paragraph that go on with its figures."""
    out: list[Attribution] = []
    for block in told:
        lead: Attribution | None = None
        nouns: frozenset[str] = frozenset()
        for t in block:
            if t.found or t.quotes:
                speech = [a for a in t.found if a.speech and a.status not in ("asked", "urged", "not said") and "claim" not in a.rule]
                whole = t.sentences[0].span.join(t.sentences[-1].span)
                lead = next((a for a in reversed(speech) if 2 * _told_by(a, speech) >= len(whole)), None) if not t.quotes else None
                if lead is not None and lead.speaker.vague and lead.reason.startswith("left open"):
                    lead = None
                nouns = _counted(t.sentences, lex)
                continue
            if lead is None or t.sentences[0].title:
                continue
            here = _counted(t.sentences, lex)
            tokens = t.sentences[0].tokens
            opens = any(tuple(x.lower for x in tokens[: len(p)]) == p for p in lex.carry)
            if here and (opens or here & nouns):
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


def _passed_on(found: list[Attribution], lex: Lexicon) -> list[Attribution]:
    """Without those of a report or of data that somebody passes on: "the mayor said that, by first reports, two were hurt" is the mayor's."""
    bare = [a for a in found if a.speaker.entity is None and a.speaker.name.split()[-1:] and a.speaker.name.split()[-1].lower() in lex.tidings]
    gone = {
        id(a) for a in bare if any(b.speech and b not in bare and b.content.overlaps(a.content) and not a.content.covers(b.content) for b in found)
    }
    return [a for a in found if id(a) not in gone]


def _back(told: list[list[_Told]], text: str, lex: Lexicon) -> list[Attribution]:
    """ "This was reported by X": who told the sentences before, back to where somebody else speaks, over two paragraphs at most."""
    out: list[Attribution] = []
    for number, block in enumerate(told):
        for n, t in enumerate(block):
            lead = next((a for a in t.found if a.speech and _is_back(text, a, lex)), None)
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


def _signed(told: list[list[_Told]], text: str, starts: dict[int, Mention], people: People, lex: Lexicon) -> list[Attribution]:
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
        if who is None or tail[0].lower not in lex.forms and not any(starts.get(t.start) is who for t in tail[: _SIGNED // 2]):
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


_SIGNED = 14
_DASHES = frozenset({"-", "–", "—", "--"})


def _is_back(text: str, attribution: Attribution, lex: Lexicon) -> bool:
    words = text[attribution.content.start : attribution.content.end].lower().replace(",", "").rstrip(".").split()
    while words and (words[-1] in lex.be or words[-1] in ("has", "have", "had", "also", "earlier", "later")):
        words.pop()
    at = next((i for i, w in enumerate(words) if i and w in lex.prepositions and w not in ("about", "of")), len(words))
    return attribution.status not in ("denied", "not said") and " ".join(words[:at]) in lex.back


def _told_by(attribution: Attribution, others: list[Attribution]) -> int:
    """How many characters of a stretch its speaker tells, over all cues."""
    covered = {i for a in others if a.speaker == attribution.speaker for i in range(a.content.start, a.content.end)}
    return len(covered)


def _counted(sentences: list[Sentence], lex: Lexicon) -> frozenset[str]:
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


_FEW = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozens", "dozen"})


def _verified(found: list[Attribution], told: list[list[_Told]], text: str, lex: Lexicon) -> list[Attribution]:
    """Where a sentence tells that something could not be verified, what was said just before it is unverified."""
    doubted: list[Span] = []
    last: Span | None = None
    for block in told:
        for n, t in enumerate(block):
            own = t.sentences[0].span.join(t.sentences[-1].span)
            if any(mark in text[own.start : own.end].lower() for mark in lex.unverified):
                doubted.append(own.join(last) if last is not None else own)
            if any(a.speech and a.status != "not said" for a in t.found):
                last = own
            elif n or len(block) > 1:
                last = None
    if not doubted:
        return found
    return [
        msgspec.structs.replace(a, status="unverified")
        if a.speech and a.status in ("said", "claimed") and any(s.covers(a.content) for s in doubted)
        else a
        for a in found
    ]


def _with_speakers(quotes: tuple[Mention, ...], found: list[Attribution], lex: Lexicon) -> tuple[Mention, ...]:
    out: list[Mention] = []
    cover = Cover([a.content for a in found])
    for quote in quotes:
        over = [a for i in cover.over(quote.span) if not (a := found[i]).reason.startswith("left open")]
        best = min(over, key=lambda a: len(a.content), default=None)
        for a in sorted(over, key=lambda a: len(a.content)):
            # "The adviser said the president called it “x”": the outlet quotes the adviser.
            # Told by a body ("Reuters reported that the mayor said “x”"): the mayor.
            if best is not None and a is not best and a.person and a.speech and not _opens(best, quote):
                best = a
        out.append(quote if best is None else _say(quote, best.speaker, best.channel, lex))
    return tuple(_same_words(out))


def _opens(attribution: Attribution, quote: Mention) -> bool:
    """The quote is all there is to the attribution: its words begin with the quote, right beside the cue."""
    return attribution.content.start >= (quote.cover or quote.span).start


def _say(quote: Mention, speaker: Speaker, channel: str | None, lex: Lexicon) -> Mention:
    value = quote.value
    if not isinstance(value, QuoteValue) or not speaker.name:
        return quote
    name = speaker.name
    if speaker.role and name.lower() in lex.given:  # a given name alone tells nobody apart
        name = f"{name} ({speaker.role})"
    return msgspec.structs.replace(quote, value=QuoteValue(name, speaker.role, channel, value.scare), entity=speaker.entity)


def _same_words(quotes: list[Mention]) -> list[Mention]:
    """A quote nobody is named for has the speaker that the same words have elsewhere in the document (a headline's, as a rule)."""
    known: dict[str, Mention] = {}
    for q in quotes:
        if isinstance(q.value, QuoteValue) and q.value.speaker and len(q.text.split()) > 1:
            known.setdefault(_plain(q.text), q)
    out: list[Mention] = []
    for q in quotes:
        twin = known.get(_plain(q.text))
        if twin is not None and isinstance(q.value, QuoteValue) and not q.value.speaker and isinstance(twin.value, QuoteValue):
            q = msgspec.structs.replace(
                q, value=msgspec.structs.replace(q.value, speaker=twin.value.speaker, role=twin.value.role), entity=twin.entity
            )
        out.append(q)
    return out


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
