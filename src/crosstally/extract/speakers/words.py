"""The words said: where they begin after a cue, past hearers, times and channels, and where they end."""

from __future__ import annotations

from crosstally.extract.speakers.cue import STOP, Cue
from crosstally.extract.speakers.items import Item
from crosstally.extract.speakers.lexicon import Form, Lexicon
from crosstally.extract.speakers.phrases import Phrase, channel_at, closes, phrase_right

_OPENING = frozenset({"temp", "num", "prep", "det", "adv", ","})


def after_cue(items: list[Item], at: int, limit: int, form: Form, lex: Lexicon, inverted: bool) -> tuple[int, str | None, bool]:
    """Past hearers, times and channels: where the words said begin, the channel, and whether nothing was said to the right."""
    channel: str | None = None
    i = at
    if form.cls.object == "noun":
        if i + 1 < limit and items[i].tag == "," and items[i + 1].tag == "Q":
            return i + 1, channel, False  # "the ministry expressed, “deep sorrow”"
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
            end, name = channel_at(items, i, limit, lex)
            timed = j > i + 1 and items[j - 1].tag in ("temp", "num") and any(x.tag == "temp" for x in items[i + 1 : j])
            if timed and (name is None or end <= j):  # but "in its morning update" is a channel
                i, moved = j, True
                continue
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
        elif item.tag == "," and i + 1 < limit and (found := channel_at(items, i + 1, limit, lex))[1] is not None:
            channel = channel or found[1]
            i, moved = found[0], True
        elif item.tag == "," and i > at and channel is not None and i + 1 < limit and items[i + 1].lower == "that":
            i, moved = i + 1, False  # "said at a briefing, that"
            break
        elif item.tag == "," and [x.tag for x in items[i + 1 : i + 4]] == ["adv", ",", "rel"]:
            i, moved = i + 3, True  # "said, meanwhile, that"
        elif item.tag == "sub" and item.lower in ("after", "before") and (end := _circumstance(items, i, limit, lex)) > i:
            i, moved = end, True  # "said after the vote on Monday that"
        elif item.tag == "(":
            closing = next((j for j in range(i + 1, min(limit, i + 12)) if items[j].tag == ")"), None)
            if closing is not None:
                i, moved = closing + 1, True
    if i < limit and items[i].tag in (",", ":", "-") and i + 1 < limit and (items[i + 1].tag in ("Q",) or items[i].tag == ":"):
        return i + 1, channel, False
    if i == at and i + 1 < limit and items[i].tag == "," and items[i + 1].cap and items[i + 1].tag in ("pron", "det"):
        return i + 1, channel, False  # "He added, The ...": a comma for a colon
    done = i >= limit or items[i].tag in (",", "-", ")", ";")
    if (
        not done
        and items[i].tag in ("sub", "conj", "ing")
        and items[i].lower not in ("that", "what", "how", "why", "whether", "if", "where", "when", "who")
    ):
        done = True
    return i, channel, done


def when(items: list[Item], start: int, end: int) -> tuple[int, int] | None:
    """The run of time words between a cue and what is said."""
    first = next((j for j in range(start, end) if items[j].tag == "temp"), None)
    if first is None:
        return None
    stop = first
    while stop < end and items[stop].tag in ("temp", "num", "n") and not (items[stop].tag == "n" and items[stop].name is not None):
        stop += 1
    while first - 1 >= start and items[first - 1].tag in ("adv", "det", "num"):
        first -= 1
    return first, stop


def leading(items: list[Item], floor: int, start: int) -> tuple[int, int] | None:
    """Words of time alone that open a sentence before who speaks: "At 7 a.m. on Monday the mayor said"."""
    if floor < start and all(items[j].tag in _OPENING for j in range(floor, start)):
        return when(items, floor, start)
    return None


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


def _circumstance(items: list[Item], at: int, limit: int, lex: Lexicon) -> int:
    """``said after a vote on Monday |that``: past the phrase and its words of time where "that" or a quote follows; ``at`` where not."""
    phrase = phrase_right(items, at + 1, limit, lex, apposition=False)
    end = phrase.end if phrase is not None else at
    while at < end < limit and items[end].tag in ("temp", "prep", "num", "det"):
        end += 1
    return end if at < end < limit and (items[end].tag == "Q" or items[end].lower == "that") else at


def left_content(items: list[Item], cue: Cue, before: int, floor: int, source: Phrase | None, inverted: bool) -> tuple[int, int] | None:
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
        end, floor = last, next((j + 1 for j in range(last - 2, -1, -1) if items[j].tag in STOP), 0)
    else:
        return None
    start = floor
    while start < end and items[start].tag in ("conj", ",", "-"):
        start += 1
    # A parenthesis of dashes or a clause before: only what belongs to the words said.
    return (start, end) if start < end else None


def sets_scene(items: list[Item], start: int, end: int) -> bool:
    """``In an interview on Monday, |she said``: a preposition and a noun, nothing that is said."""
    return items[start].tag in ("prep", "temp") and not any(i.tag in ("aux", "verb", "say", "pron", "ing") for i in items[start:end])


def says_act(items: list[Item], at: int, limit: int) -> bool:
    """``said |closing the bridge was right``: an act that is the subject of what is said, not one beside the saying."""
    return at < limit and items[at].tag == "ing" and any(i.tag == "aux" for i in items[at : min(limit, at + 12)])


def goes_on(items: list[Item], at: int, limit: int, left: tuple[int, int], lex: Lexicon) -> bool:
    """``A, X said, B``: B is said too unless it is a participle, other than one of what came of A, or a clause of the outlet's own."""
    first = items[at]
    if first.tag == "Q":
        return True
    if first.lower in lex.results and items[left[1] - 1].tag != "Q":
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


def right_end(items: list[Item], start: int, limit: int) -> int:
    """To the end of the sentence; a quote ends what is said where a dash or a clause of the outlet's own follows it."""
    if items[start].tag == "Q":
        for j in range(start + 1, limit):
            if items[j].tag == "-" or (
                items[j - 1].tag == "Q" and items[j].tag == "sub" and items[j].lower in ("as", "when", "while", "after", "before")
            ):
                return j if not any(i.tag == "Q" for i in items[j:limit]) else limit
    return limit


def clause_end(items: list[Item], start: int, limit: int, source: Phrase | None, lex: Lexicon) -> int:
    """Where words said end that stand in a clause beside the main one: "While X said A|, B", "X, who said A|, denied B"."""
    if source is None:
        return limit
    beside = items[source.start].tag == "rel" and source.start > 0 and items[source.start - 1].tag in (",", "-")
    leads = _leads(items, source.start, lex)
    if not beside and not leads:
        return limit
    for j in range(start, limit - 1):
        nxt = items[j + 1].tag
        resumes = beside and nxt in ("say", "verb", "aux", "adv")
        if items[j].tag == "Q" and resumes and closes(items[j], ","):
            return j + 1
        if j > start and items[j].tag in (",", "-") and (resumes or (leads and (items[j].tag == "-" or nxt in ("n", "pron", "det", "num")))):
            return j
    return limit


def object_end(items: list[Item], start: int, limit: int, form: Form) -> int:
    """Where words said end that are a thing, not a clause ("condemned the raid|, which ..."): at a clause behind a comma; what is wanted or
    planned at any comma. A clause that begins with a pronoun ends at ", which" and ", but she"."""
    thing = form.cls.object == "noun"
    if not thing and items[start].tag != "pron":
        return limit
    if items[start].tag == "Q":
        return limit
    for j in range(start + 1, limit - 1):
        if items[j].tag != ",":
            continue
        nxt = items[j + 1].tag
        turns = nxt == "conj" and j + 2 < limit and items[j + 2].tag in (("pron", "verb", "say", "aux") if thing else ("pron",))
        if turns or (nxt == "rel" and items[j + 1].lower != "that") or (thing and (nxt in ("sub", "ing", "say") or not form.cls.speech)):
            return j
    return limit


def clip(items: list[Item], cues: list[Cue], lex: Lexicon) -> None:
    """What one says ends where the sentence turns to the next cue beside it: "X said A, but Y denied B"; "X said A, adding B"."""
    for n, cue in enumerate(cues):
        for later in cues[n + 1 :]:
            cut = _around(items, cue, later, lex)
            if cut is None:
                cut = _turn(items, later)
            if cut is None:
                continue
            cue.contents = [(s, min(e, cut)) if s < cut < e and later.at < e else (s, e) for s, e in cue.contents]
        cue.contents = [(s, e) for s, e in ((s, _strip(items, s, e)) for s, e in cue.contents) if s < e]


def _around(items: list[Item], cue: Cue, later: Cue, lex: Lexicon) -> int | None:
    """Where what ``cue`` tells ends for ``later`` to take the sentence up: behind the clause that belongs to its source ("X, who denied A,
    said B"), behind the words it closes ("They want A, X said"), before its source where the clause of ``cue`` only leads to it ("After X
    said A, Y denied B")."""
    if later.source is None or later.inherits:
        return None
    if later.source.start < cue.at < later.source.end < later.at:
        return later.source.end
    closed = max((e for s, e in later.contents if s < cue.at < e <= later.at), default=None)
    if closed is not None:
        return closed
    start = later.source.start
    if cue.source is not None and start - 1 > cue.at and items[start - 1].tag in (",", "-") and _leads(items, cue.source.start, lex):
        return start - 1
    return None


def _leads(items: list[Item], source: int, lex: Lexicon) -> bool:
    """Whether a subordinator that opens the sentence stands right before the source."""
    i = source - 1
    while i >= 0 and items[i].tag in ("adv", "temp", "num"):
        i -= 1
    if i < 0 or items[i].tag != "sub" or items[i].lower in lex.tells:
        return False
    return i == 0 or items[i - 1].tag in STOP or (items[i - 1].tag in ("conj", "adv") and (i == 1 or items[i - 2].tag in STOP))


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
    while i > 0 and (
        items[i].tag == "conj" or (items[i].tag == "sub" and items[i].lower in ("while", "as", "although", "though", "whereas", "but"))
    ):
        turned = True
        i -= 1
    if i > 0 and turned and items[i].tag in (",", "-", "Q"):
        return i if items[i].tag != "Q" else i + 1
    return None
