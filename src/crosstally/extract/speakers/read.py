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
from crosstally.extract.cover import Cover
from crosstally.extract.speakers.attribution import cues_of
from crosstally.extract.speakers.coreference import Focus, People, Referent
from crosstally.extract.speakers.cue import Cue
from crosstally.extract.speakers.elsewhere import back, carried, orphans, passed_on, signed
from crosstally.extract.speakers.items import Item, items_of, stretches
from crosstally.extract.speakers.lexicon import Lexicon, lexicon
from crosstally.extract.speakers.phrases import Phrase
from crosstally.extract.speakers.relayed import relayed
from crosstally.extract.speakers.stances import stances_of
from crosstally.extract.speakers.told import Attribution, Told, Voiced
from crosstally.values import Document, Entity, Mention, QuoteValue, Sentence, Span, Speaker, Token, Window

_INNER_LEAST = 5  # words of a quote worth a look for who is quoted inside


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
    told: list[list[Told]] = []
    for number, block in enumerate(paragraphs.values()):
        told.append([_read(document, group, own, quotes, starts, people, focus, number, lex) for group, own in stretches(block, _of(block, quotes))])
    found = [a for block in told for t in block for a in (*t.found, *t.inner)]
    found.extend(orphans(told))
    found = passed_on(found, lex)
    found.extend(back(told, document.text, lex))
    found.extend(signed(told, document.text, starts, people, lex))
    found.extend(carried(told, document.text, lex))
    named = {a.content for a in found if a.speech}
    found.extend(a for a in relayed(told, document.text, starts, people, lex) if a.content not in named)
    found = _verified(found, told, document.text, lex)
    found.sort(key=lambda a: (a.content.start, -a.content.end))
    given = _with_speakers(quotes, found, document.text, lex)
    found.extend(a for block in told for t in block for a in t.stances)
    found.sort(key=lambda a: (a.content.start, -a.content.end))
    return Voiced(tuple(found), given)


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
) -> Told:
    tokens = [t for s in group for t in s.tokens]
    told = Told(group, own, [], [])
    title = group[0].title
    if own or title or not all(s.lacks(lex.opens) for s in group):
        items = items_of(tokens, own, starts, lex, title)
        cues = cues_of(items, lex, title)
        cues = [c for c in cues if c.source is None or items[c.source.start].lower not in lex.nobody]
        _resolve(items, cues, told, people, focus, paragraph, None)
        told.stances.extend(_held(items, stances_of(items, cues, lex), people, focus, paragraph))
        told.bare = bool(items) and all(i.tag in ("Q", ".", ",") for i in items)
        told.first = bool(items) and items[0].tag == "Q"
        for quote in own:
            if len(quote.text) > 40:
                _inside(quote, tokens, quotes, told, people, focus, paragraph, lex, starts)
    if not any(a.speech for a in told.found) or all(a.rule == "verb by X" for a in told.found if a.speech):
        _subject_in_focus(tokens, starts, people, focus, paragraph, own)
    return told


def _resolve(items: list[Item], cues: list[Cue], told: Told, people: People, focus: Focus, paragraph: int, me: Referent | None) -> None:
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
        when, at = None, None
        if cue.when is not None:  # the words only: what day they mean is for the reader of moments to say
            at = Span(items[cue.when[0]].start, items[cue.when[1] - 1].end)
            when = Window(raw=people.text[at.start : at.end], relative="publication")
        for start, end in cue.contents:
            span = Span(items[start].start, items[end - 1].end)
            attribution = Attribution(
                span,
                referent.speaker,
                Span(items[cue.at].start, items[min(cue.end, len(items)) - 1].end),
                Span(items[cue.source.start].start, items[_source_end(items, cue, cue.source) - 1].end),
                cue.channel,
                cue.status,
                when,
                cue.rule,
                why,
                cue.speech and not (cue.shows and referent.kind in ("person", "place")),
                referent.kind == "person",
                at,
            )
            (told.found if me is None else told.inner).append(attribution)
            if cue.speech and me is None and not _within_another(cue, cues):
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


def _within_another(cue: Cue, cues: list[Cue]) -> bool:
    """Whether a cue stands in what another says: "the official said, adding he had been warned by the ministry"."""
    return any(start <= cue.at < end for other in cues if other is not cue and other.speech for start, end in other.contents)


def _source_end(items: list[Item], cue: Cue, source: Phrase) -> int:
    """Where the words of the source end: a circumstance between commas ("Berg, in her speech, said") is none of them, nor is a clause about
    a source that the verb shares with one before it ("Berg, who leads the board, came and said")."""
    at = source.head_end
    if at + 1 < source.end and items[at].tag in (",", "-"):
        nxt = items[at + 1].tag
        if nxt in ("prep", "ing", "say") or (cue.inherits and nxt == "rel"):
            return at
    return source.end


def _held(items: list[Item], cues: list[Cue], people: People, focus: Focus, paragraph: int) -> list[Attribution]:
    """Stands as attributions; who takes them does not come into focus."""
    out: list[Attribution] = []
    for cue in cues:
        if cue.source is None:
            continue
        referent, why = people.resolve(items, cue.source, focus, paragraph, None)
        source = Span(items[cue.source.start].start, items[cue.source.end - 1].end)
        at = Span(items[cue.at].start, items[cue.end - 1].end)
        for start, end in cue.contents:
            content = Span(items[start].start, items[end - 1].end)
            out.append(
                Attribution(content, referent.speaker, at, source, None, cue.status, None, cue.rule, why, False, referent.kind == "person")
            )
    return out


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
    labelled = len(tokens) > 1 and tokens[1].text == ":" and tokens[0].lower in people.lex.labels
    for token in tokens[2:10] if labelled else tokens[:8]:
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
    told: Told,
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


def _verified(found: list[Attribution], told: list[list[Told]], text: str, lex: Lexicon) -> list[Attribution]:
    """Where a sentence tells that something could not be verified, what was said just before it is unverified."""
    everything = text.lower()
    if not any(mark in everything for mark in lex.unverified):
        return found
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


def _with_speakers(quotes: tuple[Mention, ...], found: list[Attribution], text: str, lex: Lexicon) -> tuple[Mention, ...]:
    out: list[Mention] = []
    cover = Cover([a.content for a in found])
    for quote in quotes:
        over = [a for i in cover.over(quote.span) if not (a := found[i]).reason.startswith("left open")]
        if any(a.speech for a in over):  # "He said the raids aim “to ...”": a thing that aims says nothing
            over = [a for a in over if a.speech or a.person or a.speaker.entity is not None]
        best = min(over, key=lambda a: len(a.content), default=None)
        for a in sorted(over, key=lambda a: len(a.content)):
            # "The adviser said the president called it “x”": the outlet quotes the adviser.
            # Told by a body ("Reuters reported that the mayor said “x”"): the mayor.
            relays = a.cue is not None and a.cue.of(text).lower() in lex.relaying
            if best is not None and a is not best and a.person and a.speech and not relays and not _opens(best, quote):
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
