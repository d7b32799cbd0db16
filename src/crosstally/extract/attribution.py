"""Who says what in one stretch of text: cues, the phrase that names the source, and the words said.

Each cue is a verb of saying (or thinking, or wanting) in one of a few constructions: subject before it, subject after it, "according to", passive with
"by", participle, infinitive, a noun ("the minister's claim that"), a colon. No sentence-shaped patterns: the construction is told from the
items beside the verb. Method: rules over closed-class words and verb classes, sources as an open class of noun phrases
(the annotation scheme of source, cue and content follows Newell, Margolin and Ruths, PolNeAR, LREC 2018).
"""

from __future__ import annotations

import msgspec

from .attribution_items import Item
from .attribution_lexicon import Form, Lexicon
from .attribution_phrases import Phrase, channel_at, phrase_left, phrase_right, with_apposition_left

_STOP = frozenset({".", ";"})
_CLAUSE_EDGE = frozenset({",", ";", ":", ".", "-", "(", "Q", "sub", "rel", "conj"})


class Cue(msgspec.Struct):
    """A cue found: item indexes. ``contents`` are runs of items ``[start, end)``; ``source`` None where it is inherited from ``like`` (another cue)."""

    at: int
    end: int
    rule: str
    status: str
    speech: bool
    source: Phrase | None
    contents: list[tuple[int, int]]
    channel: str | None = None
    like: int | None = None
    relative: Phrase | None = None
    shows: bool = False  # evidence shows it; a person who shows something has not said it
    inherits: str = ""  # how the subject was shared: "and", "ing", ""


def cues_of(items: list[Item], lex: Lexicon, title: bool = False) -> list[Cue]:
    """All cues of a stretch in order of text, with their sources and contents."""
    found: list[Cue] = []
    for at, item in enumerate(items):
        if item.tag == "say":
            cue = _according(items, at, lex) if item.lower in ("citing", "quoting") else None
            cue = cue or _verb(items, at, lex, found)
            if cue is not None:
                found.append(cue)
        elif item.lower in ("according", "as", "per", "in", "citing", "quoting"):
            cue = _according(items, at, lex)
            if cue is not None:
                found.append(cue)
        elif item.tag == "n" and item.lower in lex.saying:
            cue = _noun(items, at, lex)
            if cue is not None:
                found.append(cue)
    _clip(items, found)
    found.extend(_around_quotes(items, found, lex))
    colon = _colon(items, found, lex, title)
    if colon is not None:
        found.append(colon)
    return sorted(found, key=lambda c: c.at)


# --- the verb ---


def _verb(items: list[Item], at: int, lex: Lexicon, earlier: list[Cue]) -> Cue | None:
    floor, limit = _bounds(items, at)
    form = _form(items, at, limit, lex)
    if form is None:
        return None
    after = at + 1 + len(form.particle)
    before, passive, negated = _group_start(items, at, floor, lex)
    if form.kind in ("past", "part") and (passive or _reduced(items, at, after, before)):
        if form.cls.name not in ("say", "describe"):
            return None
        return _passive(items, at, after, floor, limit, form, lex, passive, before)
    source, rule, like, relative, inherits = _subject(items, at, before, after, floor, limit, form, lex, earlier)
    if not rule or (rule == "X who" and not form.cls.speech) or (rule == "X saying" and form.cls.object == "noun"):
        return None
    inverted = rule == "X after verb"
    cue = Cue(at, after, rule, form.status, form.cls.speech, source, [], None, like, relative, form.cls.name == "show", inherits)
    if negated and cue.status in ("said", "confirmed", "claimed"):
        cue.status = "not said"
    edge = source.end if inverted and source is not None else after
    start, channel, done = _after_cue(items, edge, limit, form, lex, inverted)
    cue.channel = channel
    left = _left_content(items, cue, before, floor, source, inverted) if form.cls.invert or form.cls.object == "person" else None
    quoted = left is not None and items[left[1] - 1].tag == "Q"
    if quoted and start < limit and not done and items[start].tag not in ("Q", "rel"):
        done = True
    if start < limit and not done and not _enough(items, start, limit, form, rule):
        if not quoted:
            return None
        done = True
    if start < limit and not done:
        if left is not None and any(items[j].tag == "Q" for j in range(*left)) and items[left[1] - 1].tag in ("Q", ","):
            cue.contents.append(left)
        cue.contents.append((start, _right_end(items, start, limit)))
    else:
        if left is not None:
            cue.contents.append(left)
            if start < limit and items[start].tag in (",", "-", ":") and start + 1 < limit and _goes_on(items, start + 1, limit, left):
                cue.contents.append((start + 1, _right_end(items, start + 1, limit)))
    if not cue.contents:
        # "He wrote:" with the words in the next paragraph
        return cue if items[-1].tag == ":" and form.cls.speech else None
    if not form.cls.invert and form.cls.object == "clause" and form.kind in ("base",) and form.noun_like and items[cue.contents[0][0]].tag in ("verb", "aux"):
        return None
    return cue


def _enough(items: list[Item], start: int, limit: int, form: Form, rule: str) -> bool:
    """Whether what follows can be words said, as far as this verb asks for it: "added that", not "added 12 seats"."""
    needs = form.needs
    if rule == "X saying" or (form.noun_like and not needs):
        needs = "clausal"
    if not needs:
        return True
    first = items[start]
    if first.tag in ("rel", "Q") or items[start - 1].tag == ":" or (first.tag == "sub" and first.lower not in ("as", "than", "since", "until")):
        return True
    if needs == "strict":
        return first.tag == "pron"
    return any(
        i.tag in ("aux", "verb", "Q", "pron") or (i.tag == "say" and not i.lower.endswith("ing")) for i in items[start : min(limit, start + 14)]
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


def _bounds(items: list[Item], at: int) -> tuple[int, int]:
    floor = next((j + 1 for j in range(at - 1, -1, -1) if items[j].tag in _STOP), 0)
    limit = next((j for j in range(at + 1, len(items)) if items[j].tag in _STOP), len(items))
    return floor, limit


def _group_start(items: list[Item], at: int, floor: int, lex: Lexicon) -> tuple[int, bool, bool]:
    """The item before the verb group, whether the group is passive, whether it is negated."""
    i, passive, negated, near = at - 1, False, False, True
    while i >= floor:
        item = items[i]
        if item.tag == "aux":
            if near and item.lower in lex.be:
                passive = True
            near = False
            negated = negated or item.lower in lex.negations
        elif item.tag == "adv":
            pass
        elif item.tag == "poss" and near and items[at].forms and i > floor and items[i - 1].tag == "n" and not (i >= floor and items[at].tag == "n"):
            near = False  # "Trump's said": has
        elif item.tag == "temp" and i > floor:
            j = i
            while j > floor and items[j].tag in ("temp", "num"):
                j -= 1
            if items[j].tag == "det" and j > floor and items[j].lower in ("this", "the", "that"):
                j -= 1
            if items[j].tag == "prep" and items[j].lower in ("on", "in", "at", "by"):
                j -= 1
            if items[j].tag in ("n", "pron", ",", "aux", ")"):
                i = j
                continue
            break
        else:
            break
        i -= 1
    return i, passive, negated


def _reduced(items: list[Item], at: int, after: int, before: int) -> bool:
    """``drones reported by ...``: a participle without its auxiliary, an agent after it."""
    return after < len(items) and items[after].lower == "by" and (before < 0 or items[before].tag not in ("pron", "rel"))


def _passive(
    items: list[Item], at: int, after: int, floor: int, limit: int, form: Form, lex: Lexicon, full: bool, before: int
) -> Cue | None:
    if after < limit and channel_at(items, after, limit, lex)[1] is not None:
        return None
    by = next((j for j in range(after, min(limit, after + 12)) if items[j].lower == "by" or items[j].tag in (",", "Q", ":")), None)
    subject = phrase_left(items, before, floor, lex) if before >= floor else None
    if by is None or items[by].lower != "by" or by + 1 >= limit:
        nxt = next((j for j in range(after, min(limit, after + 2)) if items[j].lower == "as"), None)
        if full and nxt is not None and form.lemma in ("quote", "cite") and subject is not None and nxt + 1 < limit:
            start = nxt + 2 if items[nxt + 1].tag in ("say", "ing") else nxt + 1
            if start < limit:
                return Cue(at, start, "X was quoted as", form.status, form.cls.speech, subject, [(start, _right_end(items, start, limit))])
        return None
    source = phrase_right(items, by + 1, limit, lex)
    if source is None or items[source.start].tag == "num" or items[source.start].tag == "ing":
        return None
    cue = Cue(at, by + 1, "verb by X", form.status, form.cls.speech, source, [])
    nxt = source.end
    if (nxt < limit and items[nxt].tag in ("rel", "to", "Q")) or (nxt < limit and items[nxt].lower == "as"):
        stop = next((j for j in range(nxt, limit) if items[j].tag == ","), limit)
        cue.contents.append((nxt, stop))
    elif nxt - 1 > by and by - after > 1:
        cue.contents.append((after, by))
    elif full and subject is not None:
        cue.contents.append((subject.start, at))
    elif before >= floor:
        start = before if items[before].tag != "," else before - 1
        if items[before].lower == "as":  # "..., as reported by X"
            left = before - 1
            if left > floor:
                cue.contents.append((floor, left if items[left].tag == "," else left + 1))
        else:
            noun = phrase_left(items, start, floor, lex)
            if noun is not None:
                cue.contents.append((noun.start, noun.end))
    return cue if cue.contents else None


# --- the subject ---


def _subject(
    items: list[Item], at: int, before: int, after: int, floor: int, limit: int, form: Form, lex: Lexicon, earlier: list[Cue]
) -> tuple[Phrase | None, str, int | None, Phrase | None, str]:
    """Source phrase, rule name ("" for none), index of the cue whose source is shared, antecedent of a relative, manner of sharing."""
    none = (None, "", None, None, "")
    left = items[before] if before >= floor else None
    if form.kind == "ing" and not (left is not None and left.tag in ("n", "pron") and before < at - 1):
        return _participle(items, at, before, floor, limit, lex, earlier)
    if left is not None and left.tag == "to":
        return _infinitive(items, before, floor, lex, earlier)
    can_invert = form.cls.invert and form.kind in ("past", "s") and before == at - 1
    if can_invert and (left is None or left.tag in (",", "Q", "-", ":")):
        phrase = phrase_right(items, after, limit, lex)
        closed = phrase is not None and (phrase.end >= limit or items[phrase.end].tag in (",", "-"))
        if phrase is not None and items[phrase.start].tag in ("n", "det", "pron", "num") and _ends_well(items, phrase.end, limit, lex) and (
            left is not None and (closed or left.tag != "," or not _is_apposition(items, before, floor, lex))
        ):
            if items[phrase.start].tag != "pron" or left.tag == "Q" or closed:
                return phrase, "X after verb", None, None, ""
    if left is None:
        return none
    if (left.tag == "rel" and left.lower != "that") or (left.tag == "rel" and before > floor and items[before - 1].tag == "n"):
        stop = before - 1
        if stop >= floor and items[stop].tag == ",":
            stop -= 1
        antecedent = phrase_left(items, stop, floor, lex) if stop >= floor else None
        if antecedent is None:
            return none
        return Phrase(before, before + 1, before + 1), "X who", None, antecedent, ""
    if left.tag in (",", "-"):
        phrase = with_apposition_left(items, before, floor, lex)
        if phrase is not None:
            return phrase, "X before verb", None, None, ""
        return _shared(items, at, floor, lex, earlier, "and") if form.kind in ("past", "s") else none
    if left.tag == "conj" or (left.tag == "sub" and left.lower in ("then",)):
        return _shared(items, at, floor, lex, earlier, "and")
    if left.tag in ("n", "pron", ")", "obj", "num", "det", "Q"):
        phrase = phrase_left(items, before, floor, lex)
        if phrase is None:
            return none
        if items[phrase.start].tag == "obj":
            return none
        if form.kind == "base" and not _many(items, phrase, lex) and before == at - 1 and not _helped(items, before, at):
            return none
        return phrase, "X before verb", None, None, ""
    return none


def _helped(items: list[Item], before: int, at: int) -> bool:
    return any(i.tag == "aux" for i in items[before + 1 : at])


def _many(items: list[Item], phrase: Phrase, lex: Lexicon) -> bool:
    from .attribution_items import looks_plural

    first = items[phrase.start]
    if first.lower in ("they", "we", "i", "you", "who", "some", "many", "others", "most", "few", "both", "those", "these", "several"):
        return True
    return any(i.tag == "conj" for i in items[phrase.start : phrase.head_end]) or any(
        i.tag == "n" and looks_plural(i, lex) for i in items[phrase.start : phrase.head_end]
    )


def _ends_well(items: list[Item], end: int, limit: int, lex: Lexicon) -> bool:
    if end >= limit:
        return True
    item = items[end]
    return item.tag in (",", "-", "Q", "temp", "prep", ":", "sub", "ing", "adv", "rel", "to", "conj", "(") and item.lower != "'s"


def _is_apposition(items: list[Item], comma: int, floor: int, lex: Lexicon) -> bool:
    return with_apposition_left(items, comma, floor, lex) is not None


def _participle(
    items: list[Item], at: int, before: int, floor: int, limit: int, lex: Lexicon, earlier: list[Cue]
) -> tuple[Phrase | None, str, int | None, Phrase | None, str]:
    left = items[before] if before >= floor else None
    if before < at - 1 and left is not None and left.tag in ("n", "pron", ")"):
        phrase = phrase_left(items, before, floor, lex)
        return (phrase, "X before verb", None, None, "") if phrase else (None, "", None, None, "")
    if left is not None and left.tag == "n" and not any(tuple([left.lower]) == c for c in lex.channels):
        phrase = phrase_left(items, before, floor, lex)
        if phrase is not None:
            return phrase, "X saying", None, None, ""
    if left is None:  # "Citing intelligence, the ministry said": the subject comes after
        comma = next((j for j in range(at + 1, limit) if items[j].tag == ","), None)
        if comma is not None and comma + 1 < limit:
            phrase = phrase_right(items, comma + 1, limit, lex)
            if phrase is not None and items[phrase.start].tag in ("n", "det", "pron"):
                return phrase, "saying, X", None, None, "ing"
        return None, "", None, None, ""
    if left.tag not in (",", "-", "conj", "sub", "Q", "adv", "n") and not (left.tag == "prep" and left.lower in ("in", "by")):
        return None, "", None, None, ""
    return _shared(items, at, floor, lex, earlier, "ing")


def _infinitive(
    items: list[Item], to: int, floor: int, lex: Lexicon, earlier: list[Cue]
) -> tuple[Phrase | None, str, int | None, Phrase | None, str]:
    i = to - 1
    if i < floor:
        return None, "", None, None, ""
    if items[i].lower in lex.light:
        return _shared(items, to, floor, lex, earlier, "to")
    phrase = phrase_left(items, i, floor, lex)
    if phrase is not None and phrase.start > floor and items[phrase.start - 1].lower in lex.causes:
        return phrase, "caused X to", None, None, ""
    return None, "", None, None, ""


def _shared(
    items: list[Item], at: int, floor: int, lex: Lexicon, earlier: list[Cue], how: str
) -> tuple[Phrase | None, str, int | None, Phrase | None, str]:
    """The subject of the verb before in the same sentence: another cue's source, or the nearest clause's own subject."""
    clause: tuple[int, Phrase] | None = None
    for j in range(at - 1, floor, -1):
        if items[j].tag in ("verb", "aux", "say") and items[j - 1].tag in ("n", "pron", "adv", ")", ",", "temp", "rel", "aux"):
            start, _, _ = _group_start(items, j, floor, lex)
            if start < floor:
                continue
            if items[start].tag == "rel" and start > floor:
                continue
            phrase = with_apposition_left(items, start, floor, lex) if items[start].tag == "," else phrase_left(items, start, floor, lex)
            if phrase is not None and (phrase.start == floor or items[phrase.start - 1].tag in _CLAUSE_EDGE):
                clause = (j, phrase)
                break
    for n in range(len(earlier) - 1, -1, -1):
        cue = earlier[n]
        if cue.at < floor:
            break
        if clause is not None and clause[0] > cue.at and not _within(cue, clause[1].start):
            break
        if not cue.rule.startswith("X"):
            continue
        return cue.source, f"{cue.rule} {how}", n, cue.relative, how
    if clause is not None:
        return clause[1], f"X {how} verb", None, None, how
    return None, "", None, None, ""


def _within(cue: Cue, at: int) -> bool:
    return any(s <= at < e for s, e in cue.contents)


# --- the words said ---


def _after_cue(items: list[Item], at: int, limit: int, form: Form, lex: Lexicon, inverted: bool) -> tuple[int, str | None, bool]:
    """Past hearers, times and channels: where the words said begin, the channel, and whether nothing was said to the right."""
    channel: str | None = None
    i = at
    if form.cls.object == "noun":
        if i < limit and items[i].tag == ",":
            return i, channel, True
        return i, channel, i >= limit
    if form.cls.object == "person" and not inverted:
        i = _hearer(items, i, limit, lex)
    moved = True
    while moved and i < limit:
        moved = False
        item = items[i]
        if (item.tag == "adv" and i + 1 < limit and items[i + 1].tag in ("rel", "prep", "Q", ":", ",", "temp", "to")) or item.tag == "temp":
            i, moved = i + 1, True
        elif item.tag == "det" and i + 1 < limit and items[i + 1].tag == "temp":
            i, moved = i + 2, True
        elif item.tag == "prep":
            j = i + 1
            while j < limit and items[j].tag in ("temp", "num", "det", "adv") and j < i + 6:
                j += 1
            if j > i + 1 and items[j - 1].tag in ("temp", "num") and any(x.tag == "temp" for x in items[i + 1 : j]):
                i, moved = j, True
                continue
            end, name = channel_at(items, i, limit, lex)
            if name is not None:
                channel = channel or name
                i, moved = end, True
                continue
            end = _place_or_topic(items, i, limit, lex)
            if end > i:
                i, moved = end, True
        elif item.tag == "to" and i + 1 < limit and items[i + 1].tag in ("n", "det", "obj", "num") and items[i + 1].lower not in lex.forms:
            phrase = phrase_right(items, i + 1, limit, lex, apposition=False)
            if phrase is not None:
                i, moved = phrase.end, True
        elif item.tag == "(":
            closing = next((j for j in range(i + 1, min(limit, i + 12)) if items[j].tag == ")"), None)
            if closing is not None:
                i, moved = closing + 1, True
    if i < limit and items[i].tag in (",", ":", "-") and i + 1 < limit and (items[i + 1].tag in ("Q",) or items[i].tag == ":"):
        return i + 1, channel, False
    if i == at and i + 1 < limit and items[i].tag == "," and items[i + 1].cap and items[i + 1].tag in ("pron", "det"):
        return i + 1, channel, False  # "He added, The ...": a comma for a colon
    done = i >= limit or items[i].tag in (",", "-", ")", ";")
    if not done and items[i].tag in ("sub", "conj", "ing") and items[i].lower not in ("that", "what", "how", "why", "whether", "if", "where", "when", "who"):
        done = True
    return i, channel, done


def _hearer(items: list[Item], at: int, limit: int, lex: Lexicon) -> int:
    if at >= limit:
        return at
    if items[at].tag in ("obj", "pron", "det") and items[at].lower in ("him", "her", "them", "us", "me", "it", "you"):
        return at + 1
    phrase = phrase_right(items, at, limit, lex, apposition=False)
    if phrase is None:
        return at
    # A hearer in small letters ends before a capital: "told reporters Russia had".
    for j in range(phrase.start + 1, phrase.end):
        if items[j - 1].lower in lex.hearers and items[j].tag == "n":
            return j
    return phrase.end


def _place_or_topic(items: list[Item], at: int, limit: int, lex: Lexicon) -> int:
    """``said in Kyiv that``, ``said of the plan:``, ``said after the meeting, ...``: skipped only where the words said plainly follow."""
    phrase = phrase_right(items, at + 1, limit, lex, apposition=False)
    if phrase is None:
        return at
    end = phrase.end
    if end >= limit or items[end].tag in ("rel", "Q", ":", ",", "-") or (items[end].tag in ("temp", "prep")):
        return end
    return at


def _left_content(items: list[Item], cue: Cue, before: int, floor: int, source: Phrase | None, inverted: bool) -> tuple[int, int] | None:
    if cue.like is not None or cue.inherits or cue.relative is not None:
        return None
    edge = cue.at if inverted else (source.start if source is not None else before + 1)
    last = edge - 1
    if last < 0:
        return None
    if items[last].tag == "conj" and last - 1 >= floor and items[last - 1].tag in (",", "Q"):
        last -= 1
    if items[last].tag == "sub" and items[last].lower == "as" and last - 1 >= floor and items[last - 1].tag in (",", "-"):
        last -= 1
    if items[last].tag in (",", "-"):
        end = last
    elif items[last].tag == "Q":
        end = last + 1
        dash = next((j for j in range(last - 1, floor, -1) if items[j].tag in ("-", ":")), None)
        if dash is not None and items[dash + 1].tag == "Q":
            floor = dash + 1
    elif items[last].tag == "." and last > 0 and items[last - 1].tag == "Q":
        end, floor = last, next((j + 1 for j in range(last - 2, -1, -1) if items[j].tag in _STOP), 0)
    else:
        return None
    start = floor
    while start < end and items[start].tag in ("conj", ",", "-"):
        start += 1
    # A parenthesis of dashes or a clause before: only what belongs to the words said.
    return (start, end) if start < end else None


def _goes_on(items: list[Item], at: int, limit: int, left: tuple[int, int]) -> bool:
    """``A, X said, B``: B is said too unless it is a participle or a clause of the outlet's own."""
    first = items[at]
    if first.tag == "Q":
        return True
    if first.tag in ("ing", "rel") or (first.tag == "say" and any(f.kind == "ing" for f in first.forms)):
        return False
    if first.tag == "sub" and first.lower in ("as", "while", "when", "after", "before", "though", "although"):
        return False
    if first.tag == "conj":
        return not any(items[j].tag == "Q" for j in range(*left))
    if any(items[j].tag == "Q" for j in range(*left)):
        return any(items[j].tag == "Q" for j in range(at, min(limit, at + 3)))
    return True


def _right_end(items: list[Item], start: int, limit: int) -> int:
    """To the end of the sentence; a quote ends what is said where a dash or a clause of the outlet's own follows it."""
    if items[start].tag == "Q":
        for j in range(start + 1, limit):
            if items[j].tag == "-" or (items[j - 1].tag == "Q" and items[j].tag == "sub" and items[j].lower in ("as", "when", "while", "after", "before")):
                return j if not any(i.tag == "Q" for i in items[j:limit]) else limit
    return limit


def _clip(items: list[Item], cues: list[Cue]) -> None:
    """What one says ends where the sentence turns to the next cue beside it: "X said A, but Y denied B"; "X said A, adding B"."""
    for n, cue in enumerate(cues):
        for later in cues[n + 1 :]:
            cut = _turn(items, later)
            if cut is None:
                continue
            cue.contents = [(s, min(e, cut)) if s < cut < e and later.at < e else (s, e) for s, e in cue.contents]
        cue.contents = [(s, e) for s, e in ((s, _strip(items, s, e)) for s, e in cue.contents) if s < e]


def _strip(items: list[Item], start: int, end: int) -> int:
    while end > start and items[end - 1].tag in (",", "-", "conj", ";", ":"):
        end -= 1
    return end


def _turn(items: list[Item], later: Cue) -> int | None:
    if later.inherits:
        i = later.at
        while i > 0 and items[i - 1].tag in ("aux", "adv"):
            i -= 1
        return i - 1 if i > 0 and items[i - 1].tag in (",", "conj", "-", "prep", "sub") else i
    if later.source is None or later.rule not in ("X before verb", "X saying"):
        return None
    i = later.source.start - 1
    turned = False
    while i > 0 and (items[i].tag == "conj" or (items[i].tag == "sub" and items[i].lower in ("while", "as", "although", "though", "whereas", "but"))):
        turned = True
        i -= 1
    if i > 0 and turned and items[i].tag in (",", "-", "Q"):
        return i if items[i].tag != "Q" else i + 1
    return None


# --- without a verb ---


def _according(items: list[Item], at: int, lex: Lexicon) -> Cue | None:
    words = next((p for p in lex.according if tuple(i.lower for i in items[at : at + len(p)]) == p), None)
    if words is None or (len(words) == 1 and at > 0 and items[at - 1].tag not in (",", "-", "(", "n")):
        return None
    floor, limit = _bounds(items, at)
    first = at + len(words)
    source = phrase_right(items, first, limit, lex)
    if source is None or (len(words) == 1 and words[0] == "per" and not items[first].cap and items[first].tag != "det"):
        return None
    if len(words) == 1 and words[0] != "per" and not _can_speak(items, source, lex):
        return None
    cue = Cue(at, first, "according to X", "said", True, source, [])
    nxt = source.end
    _, cue.channel = channel_at(items, nxt, limit, lex)
    if cue.channel is None:
        for j in range(source.start, source.head_end):
            cue.channel = cue.channel or lex.channels.get((items[j].lower,)) if items[j].tag == "n" and items[j].lower != "x" else cue.channel
    if at == floor or items[at - 1].tag in ("conj", "sub", "rel") or (at - 1 == floor and items[floor].tag in ("adv", "conj")):
        comma = next((j for j in range(nxt, limit) if items[j].tag in (",", ":", "Q")), None)
        start = nxt if comma is None else comma + (items[comma].tag != "Q")
        if start < limit:
            cue.contents.append((start, limit))
        return cue if cue.contents else None
    end = at
    while end > floor and items[end - 1].tag in (",", "-", "(", "adv"):
        end -= 1
    if end > floor:
        cue.contents.append((floor, end))
    comma = next((j for j in range(nxt, min(limit, nxt + 8)) if items[j].tag in (",", "-")), None)
    if items[at - 1].tag in (",", "-") and comma is not None and comma + 1 < limit and items[comma + 1].tag not in ("ing", "rel", "conj", "sub", "say"):
        cue.contents.append((comma + 1, limit))
    return cue if cue.contents else None


def _can_speak(items: list[Item], phrase: Phrase, lex: Lexicon) -> bool:
    """Somebody, not something: a person or body by name, or a noun for people, bodies, offices or reports."""
    return any(
        (i.name is not None and i.name.kind in ("person", "body")) or i.lower in lex.vague or i.lower in lex.bodies or i.lower in lex.offices
        for i in items[phrase.start : phrase.head_end]
    )


def _noun(items: list[Item], at: int, lex: Lexicon) -> Cue | None:
    """``the minister's claim that ...``, ``in a statement by the ministry``, ``reports by residents of ...``."""
    floor, limit = _bounds(items, at)
    nxt = at + 1
    if nxt >= limit:
        return None
    status = "claimed" if items[at].lower in ("claim", "claims", "allegation", "allegations") else "said"
    if items[nxt].tag in ("rel", ":") and items[nxt].lower in ("that", ":") and nxt + 1 < limit:
        source: Phrase | None = None
        j = at - 1
        while j > floor and items[j].tag == "n" and items[j - 1].tag in ("n", "poss", "det"):
            j -= 1
        if j > floor and items[j].tag == "n":
            j -= 1
        if j >= floor and items[j].tag == "poss" and j > floor:
            source = phrase_left(items, j - 1, floor, lex)
        elif j >= floor and items[j].lower in ("his", "her", "their", "its", "my", "our"):
            source = Phrase(j, j + 1, j + 1)
        if source is not None:
            return Cue(at, at + 1, "X's claim that", status, True, source, [(nxt, limit)])
        return None
    if items[nxt].lower in ("by", "from") and nxt + 1 < limit:
        source = phrase_right(items, nxt + 1, limit, lex, apposition=False)
        if source is not None and source.end < limit and items[source.end].lower == "that":
            return Cue(at, nxt + 1, "claim by X that", status, True, source, [(source.end, limit)])
    return None


def _around_quotes(items: list[Item], cues: list[Cue], lex: Lexicon) -> list[Cue]:
    """A quote nobody's verb took, beside a name and any verb: ``“...,” the mayor thundered``; or after a colon: ``Her verdict was blunt: “...”``."""
    out: list[Cue] = []
    taken = [r for c in cues for r in c.contents]
    for at, item in enumerate(items):
        if item.tag != "Q" or any(s <= at < e for s, e in taken) or item.quote is None:
            continue
        text = item.quote.text
        ends = text[-1:] in ",?!.—…"
        nxt = at + 1
        if ends and nxt < len(items) and items[nxt].tag in ("n", "pron", "det") and (items[nxt].cap or items[nxt].tag != "n"):
            floor, limit = _bounds(items, nxt)
            phrase = phrase_right(items, nxt, limit, lex)
            if phrase is not None and phrase.end < limit and (items[phrase.end].tag in ("verb", "say", "aux", "adv")) and text[-1:] != ".":
                out.append(Cue(phrase.end, phrase.end + 1, "quote, X verb", "said", True, phrase, [(at, at + 1)]))
                continue
        if at >= 2 and items[at - 1].tag in (":", ","):
            floor, _ = _bounds(items, at)
            verb = next((j for j in range(floor, at) if items[j].tag in ("verb", "aux", "say")), None)
            if verb is not None and verb > floor:
                start, _, _ = _group_start(items, verb, floor, lex)
                phrase = phrase_left(items, start, floor, lex) if start >= floor else None
                if phrase is not None and (items[phrase.start].tag == "pron" or any((i.name is not None and i.name.kind == "person") or i.cap for i in items[phrase.start : phrase.end])):
                    out.append(Cue(verb, at, "X verb: quote", "said", True, phrase, [(at, at + 1)]))
    return out


def _colon(items: list[Item], cues: list[Cue], lex: Lexicon, title: bool) -> Cue | None:
    """``Zelensky: “...”``, ``Attack kills three: mayor``, ``Three killed – police``."""
    colon = next((j for j, i in enumerate(items[:14]) if i.tag == ":"), None)
    if colon is not None and colon > 0 and colon + 1 < len(items):
        if not any(i.tag in ("verb", "aux", "say", "ing", "Q") for i in items[:colon]):
            phrase = phrase_left(items, colon - 1, 0, lex)
            quoted = items[colon + 1].tag == "Q"
            if phrase is not None and phrase.start == 0 and colon <= 6:
                who = any((i.name is not None and i.name.kind in ("person", "body")) or i.lower in lex.vague or i.lower in lex.bodies or i.lower in lex.offices for i in items[:colon])
                if (who or (quoted and items[0].cap)) and (title or quoted or colon <= 3):
                    return Cue(colon, colon + 1, "X: words", "said", True, phrase, [(colon + 1, len(items))])
    if title:
        for j in range(len(items) - 1, max(1, len(items) - 8), -1):
            if items[j].tag in (":", "-", "."):
                if items[j].tag == "." and j == len(items) - 1:
                    continue
                phrase = phrase_right(items, j + 1, len(items), lex, apposition=False) if j + 1 < len(items) else None
                if phrase is None or any(i.tag != "." for i in items[phrase.end :]) or items[j].tag == ".":
                    return None
                words = items[phrase.start : phrase.end]
                if any((i.name is not None and i.name.kind in ("person", "body")) or i.lower in lex.vague or i.lower in lex.bodies or i.lower in lex.offices for i in words):
                    return Cue(j, j + 1, "words: X", "said", True, phrase, [(0, j)])
                return None
    return None
