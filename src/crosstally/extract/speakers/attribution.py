"""Who says what in one stretch of text: cues, the phrase that names the source, and the words said.

Each cue is a verb of saying (or thinking, or wanting) in one of a few constructions: subject before it, subject after it, "according to",
passive with "by", participle, infinitive, a noun ("the minister's claim that"), a colon. No sentence-shaped patterns: the construction is
told from the items beside the verb. Method: rules over closed-class words and verb classes, sources as an open class of noun phrases (the
annotation scheme of source, cue and content follows Newell, Margolin and Ruths, PolNeAR, LREC 2018).
"""

from __future__ import annotations

from crosstally.extract.speakers.cue import Cue, bounds
from crosstally.extract.speakers.items import Item
from crosstally.extract.speakers.lexicon import Form, Lexicon
from crosstally.extract.speakers.phrases import Phrase, channel_at, phrase_left, phrase_right, verb_group_start
from crosstally.extract.speakers.plain import according_to, around_quotes, can_speak, colon_words, saying_noun
from crosstally.extract.speakers.subject import subject
from crosstally.extract.speakers.words import (
    after_cue,
    clause_end,
    clip,
    goes_on,
    leading,
    left_content,
    object_end,
    right_end,
    says_act,
    sets_scene,
    when,
)

_TAKEN = 6  # items behind "claimed" that may lead to "lives"


def cues_of(items: list[Item], lex: Lexicon, title: bool = False) -> list[Cue]:
    """All cues of a stretch in order of text, with their sources and contents."""
    found: list[Cue] = []
    for at, item in enumerate(items):
        if item.tag == "say":
            cue = according_to(items, at, lex) if item.lower in ("citing", "quoting") else None
            cue = cue or _verb(items, at, lex, found)
            if cue is not None:
                found.append(cue)
        elif item.lower in ("according", "as", "per", "in", "citing", "quoting"):
            cue = according_to(items, at, lex)
            if cue is not None:
                found.append(cue)
        elif item.tag == "n" and item.lower in lex.saying:
            cue = saying_noun(items, at, lex)
            if cue is not None:
                found.append(cue)
    clip(items, found, lex)
    for n, cue in enumerate(found):
        # "..., state media said, citing officials": the officials tell what the media tell
        if cue.rule == "according to X" and n and len(cue.contents) == 1 and cue.contents[0][0] <= found[n - 1].at < cue.contents[0][1]:
            told = found[n - 1].contents
            if len(told) == 1 and cue.contents[0][0] == told[0][0] and cue.at - found[n - 1].end <= 12:
                cue.contents = list(told)
    for n, cue in enumerate(found):
        # "the air force said that ..., according to an agency": the agency passes on, and is no part of the words
        if cue.rule == "according to X" and n and items[cue.at].lower != "citing":
            before = found[n - 1]
            if before.contents and before.at < cue.at and any(s <= before.at < e for s, e in cue.contents):
                stop = cue.at - (items[cue.at - 1].tag == ",")
                before.contents = [(s, min(e, stop)) if s < stop else (s, e) for s, e in before.contents]
    # "..., according to the air force, as reported by an agency": the same, the other way round
    passing = [c for c in found if c.rule == "verb by X" and c.at and items[c.at - 1].lower == "as"]
    starts = [(c.at, c.contents[0][0]) for c in found if c.rule == "according to X" and c.contents]
    found = [c for c in found if c not in passing or not c.contents or not any(at < c.at and s == c.contents[0][0] for at, s in starts)]
    found.extend(around_quotes(items, found, lex))
    colon = colon_words(items, found, lex, title)
    if colon is not None:
        found.append(colon)
    return sorted(found, key=lambda c: c.at)


def _is_adjective(items: list[Item], source: Phrase, after: int, limit: int, lex: Lexicon) -> bool:
    """ "the official confirmed toll has risen": what looks like who speaks tells what kind of toll it is."""
    words = [i for i in items[source.start : source.head_end] if i.tag != "det"]
    return len(words) == 1 and words[0].lower in lex.also_adjectives and after < limit and items[after].tag == "n" and not items[after].cap


def _verb(items: list[Item], at: int, lex: Lexicon, earlier: list[Cue]) -> Cue | None:
    floor, limit = bounds(items, at)
    form = _form(items, at, limit, lex)
    if form is None:
        return None
    after = at + 1 + len(form.particle)
    if form.lemma in lex.not_to and after < limit and items[after].tag == "to":
        return None
    if after < limit and form.cls.object == "noun" and items[after].lower in lex.paths:
        return None  # "a bomb ripped through the market"
    if form.lemma in lex.taking and any(i.lower in lex.taken for i in items[after : min(limit, after + _TAKEN)]):
        return None  # "the blaze claimed at least nine lives"
    before, passive, negated = verb_group_start(items, at, floor, lex)
    counted = before >= floor and items[before].tag == "n" and any(i.tag == "num" for i in items[max(floor, before - 3) : before])
    if counted and after < limit and form.kind in ("past", "part") and items[after].lower in lex.states:
        return None  # "15 people confirmed dead"
    if form.kind in ("past", "part") and (passive or _reduced(items, after, before, lex)):
        form = next((f for f in items[at].forms if f.cls.name == "ask"), form)
        if form.cls.name not in ("say", "describe", "ask"):
            return None
        return _passive(items, at, after, floor, limit, form, lex, passive, before)
    if form.lemma in lex.citing and (cited := _cited(items, at, after, limit, form, lex)) is not None:
        return cited
    source, rule, like, relative, inherits = subject(items, at, before, after, floor, limit, form, lex, earlier)
    if source is not None and source.head_end - source.start == 1 and items[source.start].lower in ("the", "a", "an"):
        return None  # "the newly found remains"
    if source is not None and source.head_end == before + 1 and _is_adjective(items, source, after, limit, lex):
        return None
    if not rule or (rule == "X who" and not form.cls.speech):
        return None
    if rule == "X saying" and form.cls.object == "noun" and not _describes(items, after, limit, form):
        return None
    if form.cls.somebody and source is not None and not _is_somebody(items, source, lex):
        return None  # "three more deaths raised the toll"
    inverted = rule == "X after verb"
    cue = Cue(at, after, rule, form.status, form.cls.speech, source, [], None, like, relative, form.cls.name == "show", None, inherits)
    if negated and cue.status in ("said", "confirmed", "claimed"):
        cue.status = "not said"
    edge = source.end if inverted and source is not None else after
    if not inverted:
        limit = clause_end(items, after, limit, source, lex)
    start, channel, done = after_cue(items, edge, limit, form, lex, inverted)
    cue.channel = channel
    cue.when = when(items, edge, min(start, limit))
    if cue.when is None and source is not None and not inverted:
        cue.when = leading(items, floor, source.start)
    pointed = _points_back(items, after, limit, lex) if form.cls.speech and not inverted else after
    if pointed > after:
        cue.contents.append((after, pointed))
        return cue
    left = left_content(items, cue, before, floor, source, inverted) if form.cls.invert or form.cls.object == "person" else None
    if left is not None and start < limit and items[start].tag not in (",", "-") and sets_scene(items, *left):
        left = None
    joined = source is not None and not inverted and source.start > floor and items[source.start - 1].tag == "conj"
    if left is not None and joined and start < limit and not done:
        left = None  # "the mayor called it “terror,” and the bureau said that ...": the words before "and" are another's
    quoted = left is not None and items[left[1] - 1].tag == "Q"
    if done and left is None and not inverted and says_act(items, start, limit):
        done = False
    if quoted and start < limit and not done and items[start].tag not in ("Q", "rel"):
        done = True
    if start < limit and not done and not _enough(items, start, limit, form, rule):
        if not quoted:
            return None
        done = True
    if start < limit and not done:
        if left is not None and any(items[j].tag == "Q" for j in range(*left)) and items[left[1] - 1].tag in ("Q", ","):
            cue.contents.append(left)
        cue.contents.append((start, min(right_end(items, start, limit), object_end(items, start, limit, form))))
    else:
        if left is not None:
            cue.contents.append(left)
            if start < limit and items[start].tag in (",", "-", ":") and start + 1 < limit and goes_on(items, start + 1, limit, left, lex):
                cue.contents.append((start + 1, right_end(items, start + 1, limit)))
    if not cue.contents:
        # "He wrote:" with the words in the next paragraph
        return cue if items[-1].tag == ":" and form.cls.speech else None
    if (
        not form.cls.invert
        and form.cls.object == "clause"
        and form.kind in ("base",)
        and form.noun_like
        and items[cue.contents[0][0]].tag in ("verb", "aux")
    ):
        return None
    return cue


def _describes(items: list[Item], at: int, limit: int, form: Form) -> bool:
    """``Name, describing the attack as “x”``: words in quotation marks that a participle gives to what it names."""
    quote = next((i for i in range(at, limit) if items[i].tag == "Q"), None)
    return form.cls.name == "describe" and quote is not None and any(i.lower == "as" for i in items[max(at, quote - 3) : quote])


def _cited(items: list[Item], at: int, after: int, limit: int, form: Form, lex: Lexicon) -> Cue | None:
    """``X cited Y as saying ...``, ``X quoted a statement by Y that ...``: the words are Y's, whoever passes them on."""
    source = phrase_right(items, after, limit, lex, apposition=False)
    if source is None or items[source.start].tag in ("pron", "obj", "Q"):
        return None
    nxt = source.end
    while nxt < limit and (items[nxt].tag == "temp" or (items[nxt].tag == "prep" and nxt + 1 < limit and items[nxt + 1].tag == "temp")):
        nxt += 1  # "cited a ministry statement on Tuesday that"
    if nxt + 2 < limit and items[nxt].lower == "as" and items[nxt + 1].tag == "say" and items[nxt + 1].lower.endswith("ing"):
        nxt += 2
    elif not (nxt + 1 < limit and items[nxt].tag == "rel" and items[nxt].lower == "that" and items[source.head_end - 1].lower in lex.saying):
        return None
    return Cue(at, nxt, "X cited Y as saying", form.status, form.cls.speech, source, [(nxt, right_end(items, nxt, limit))])


def _is_somebody(items: list[Item], source: Phrase, lex: Lexicon) -> bool:
    """Whether a subject can say how many: people, bodies, "they", or what they tell it with ("a statement", "state media")."""
    words = items[source.start : source.head_end]
    return can_speak(items, source, lex) or any(i.tag == "pron" or i.lower in lex.tidings or i.lower in lex.saying for i in words)


def _points_back(items: list[Item], at: int, limit: int, lex: Lexicon) -> int:
    """Where the words end that stand for what was told before ("reported this on Telegram", "wrote about it"); ``at`` for none."""
    for width in (3, 2, 1):
        stop = at + width
        words = " ".join(i.lower for i in items[at : min(stop, limit)])
        if [i.tag for i in items[stop : stop + 2]] == [",", "rel"]:
            continue  # "said the incident, which took place at nine, left four hurt"
        # "described it as “x”"
        onward = stop < limit and items[stop].lower == "as" and any(i.tag == "Q" for i in items[stop + 1 : min(limit, stop + 4)])
        ended = stop >= limit or items[stop].tag in ("prep", "temp", ",", ".", "sub") or items[stop].lower == "during"
        if words in lex.back and ended and not onward:
            return min(stop, limit)
    return at


def _enough(items: list[Item], start: int, limit: int, form: Form, rule: str) -> bool:
    """Whether what follows can be words said, as far as this verb asks for it: "added that", not "added 12 seats"."""
    needs = form.needs
    if rule == "X saying" or (form.noun_like and not needs):
        needs = "clausal"
    if not needs:
        return True
    if needs == "quoted":
        return any(i.tag == "Q" for i in items[start : min(limit, start + 14)])
    first = items[start]
    if (
        first.tag in ("rel", "Q")
        or items[start - 1].tag == ":"
        or (first.tag == "sub" and first.lower not in ("as", "than", "since", "until"))
    ):
        return True
    if first.lower.endswith("ing") and first.tag in ("ing", "verb"):
        return True  # "reported downing 29 drones"
    if needs == "strict" and form.kind == "ing" and first.tag == "num" and any(i.tag == "aux" for i in items[start : min(limit, start + 8)]):
        return True  # "adding 11 houses had burned"
    if needs == "strict":
        return first.tag == "pron" or first.lower == "there"
    if rule == "X saying" and form.cls.name == "say" and first.tag == "num":
        return True  # "with officials stating 40 deaths"
    return any(
        i.tag in ("aux", "verb", "Q", "pron") or (i.tag == "say" and not i.lower.endswith("ing"))
        for i in items[start : min(limit, start + 14)]
    )


def _form(items: list[Item], at: int, limit: int, lex: Lexicon) -> Form | None:
    best: Form | None = None
    for form in items[at].forms:
        n = len(form.particle)
        if n and tuple(i.lower for i in items[at + 1 : at + 1 + n]) != form.particle:
            continue
        if best is None:
            best = form
            continue
        if n < len(best.particle):
            break
        # A lemma in two classes: what follows tells ("asked why" against "asked the court to").
        if _fits(items, at + 1, limit, form) and not _fits(items, at + 1, limit, best):
            best = form
    return best


def _fits(items: list[Item], at: int, limit: int, form: Form) -> bool:
    if at >= limit:
        return form.cls.object == "clause"
    nxt = items[at].tag
    window = [i.tag for i in items[at : min(limit, at + 8)]]
    if form.cls.object == "clause":
        return nxt in ("rel", "sub", "Q", ",", ":", ".", "pron") or "rel" in window
    return nxt in ("n", "det", "num", "to", "prep")


def _reduced(items: list[Item], after: int, before: int, lex: Lexicon) -> bool:
    """``drones reported by ...``: a participle without its auxiliary, an agent after it."""
    return (
        after < len(items)
        and items[after].lower == "by"
        and (before < 0 or items[before].tag not in ("pron", "rel"))
        and channel_at(items, after, len(items), lex)[1] is None  # "the mayor said by telephone"
    )


def _passive(
    items: list[Item], at: int, after: int, floor: int, limit: int, form: Form, lex: Lexicon, full: bool, before: int
) -> Cue | None:
    if after < limit and channel_at(items, after, limit, lex)[1] is not None:
        return None
    by = next((j for j in range(after, min(limit, after + 12)) if items[j].lower == "by" or items[j].tag in (",", "Q", ":")), None)
    done_to = phrase_left(items, before, floor, lex) if before >= floor else None
    if by is None or items[by].lower != "by" or by + 1 >= limit:
        nxt = next((j for j in range(after, min(limit, after + 2)) if items[j].lower == "as"), None)
        if full and nxt is not None and form.lemma in ("quote", "cite") and done_to is not None and nxt + 1 < limit:
            start = nxt + 2 if items[nxt + 1].tag in ("say", "ing") else nxt + 1
            cue = Cue(at, start, "X was quoted as", form.status, form.cls.speech, done_to, [])
            left = left_content(items, cue, before, floor, done_to, False)
            cue.contents = [(start, right_end(items, start, limit))] if start < limit else [left] if left is not None else []
            return cue if cue.contents else None
        return None
    source = phrase_right(items, by + 1, limit, lex)
    if source is None or items[source.start].tag == "num" or items[source.start].tag == "ing":
        return None
    cue = Cue(at, by + 1, "verb by X", form.status, form.cls.speech, source, [])
    nxt = source.end
    if (nxt < limit and items[nxt].tag in ("rel", "to", "Q")) or (nxt < limit and items[nxt].lower == "as"):
        stop = next((j for j in range(nxt, limit) if items[j].tag == ","), limit)
        cue.contents.append((nxt, stop))
    elif form.cls.name == "ask":
        nxt += nxt + 1 < limit and items[nxt].tag == "," and items[nxt + 1].tag == "Q"
        if nxt < limit and items[nxt].tag in ("sub", "Q"):
            cue.contents.append((nxt, next((j for j in range(nxt + 1, limit) if items[j].tag == ","), limit)))
    elif nxt - 1 > by and by - after > 1:
        cue.contents.append((after, by))
    elif full and done_to is not None:
        cue.contents.append((done_to.start, at))
    elif before >= floor:
        start = before if items[before].tag != "," else before - 1
        if items[before].lower == "as":  # "..., as reported by X"
            edge = before - 1
            if edge > floor:
                cue.contents.append((floor, edge if items[edge].tag == "," else edge + 1))
            elif nxt + 1 < limit and items[nxt].tag == ",":  # "As reported by X, ..."
                cue.contents.append((nxt + 1, right_end(items, nxt + 1, limit)))
        else:
            noun = phrase_left(items, start, floor, lex)
            if noun is not None:
                cue.contents.append((noun.start, noun.end))
    return cue if cue.contents else None
