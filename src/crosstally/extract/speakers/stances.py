"""Stands that people take without putting them into words: "the union backs the plan", "voters worried about prices", "her support for".

They come after the cues of ``attribution``, beside them: they change none of those cues, share no subject with them and bring nobody into
focus, so whose words a figure is in does not depend on them. What they take is a table of the language (``saying.toml``, ``stance``); the
construction is told from the items beside the word, as for verbs of saying. Their words end with the clause, earlier than words said: what
a stand is about is a thing or an act, seldom a whole sentence.
"""

from __future__ import annotations

from crosstally.extract.speakers.cue import Cue, bounds
from crosstally.extract.speakers.items import Item, looks_plural
from crosstally.extract.speakers.lexicon import Lexicon
from crosstally.extract.speakers.phrases import Phrase, phrase_left, phrase_right, verb_group_start, with_apposition_left

_EDGE = frozenset({",", ";", ":", ".", "-", "(", "Q", "sub", "rel", "conj", "adv", "temp"})
_FINITE = frozenset({"verb", "say", "aux", "pron", "ing"})


def stances_of(items: list[Item], cues: list[Cue], lex: Lexicon) -> list[Cue]:
    """Stands taken outside the words that ``cues`` tell, in order of text."""
    taken = {c.at for c in cues}
    told = [run for c in cues if c.source is not None for run in c.contents]
    out: list[Cue] = []
    for at, item in enumerate(items):
        kinds = lex.stances.get(item.lower)
        if kinds is None or at in taken or (item.cap and item.name is not None) or any(s <= at < e for s, e in told):
            continue
        cue: Cue | None = None
        if "noun" in kinds:
            cue = _noun(items, at, lex)
        if cue is None and "adjective" in kinds:
            cue = _adjective(items, at, lex)
        if cue is None and kinds - {"noun", "adjective"}:
            cue = _verb(items, at, kinds, lex)
        if cue is not None and not any(s <= cue.at < e for c in out for s, e in c.contents):
            out.append(cue)
    return out


def _verb(items: list[Item], at: int, kinds: frozenset[str], lex: Lexicon) -> Cue | None:
    floor, limit = bounds(items, at)
    before, passive, _ = verb_group_start(items, at, floor, lex)
    if before < floor:
        return None
    if passive and kinds & {"past", "part"}:
        return _passive(items, at, floor, limit, before, lex)
    left, bare = items[before], before == at - 1
    if bare and "part" in kinds and "past" not in kinds:
        return None
    if bare and not kinds & {"past", "part", "ing"} and not _agrees(left, kinds, lex):
        return None
    if left.tag == "to" or (left.tag == "prep" and left.lower in lex.acts):
        source = _subject(items, before, floor, lex)
    elif left.tag in ("conj", ",", "-"):
        set_off = with_apposition_left(items, before, floor, lex) if left.tag != "conj" else None
        source = set_off or _subject(items, before, floor, lex)
    elif "ing" in kinds and bare and left.tag not in ("n", "pron"):
        return None
    else:
        source = _left(items, before, floor, lex)
    if source is None or items[source.start].tag == "obj" or items[source.start].lower == "you":
        return None
    beside = items[source.start].tag == "rel" or ("ing" in kinds and bare and left.tag == "n")
    run = _about(items, at + 1, limit, lex, beside)
    return None if run is None else Cue(at, at + 1, "X takes a stand", "believed", False, source, [run])


def _agrees(left: Item, kinds: frozenset[str], lex: Lexicon) -> bool:
    """Whether the word before can be the subject of a form that is a noun as often: "unions back", "the union backs", not "tax plans"."""
    if left.tag in ("pron", "rel", "to", "conj"):
        return True
    return left.tag in ("n", ")") and looks_plural(left, lex) == ("base" in kinds)


def _left(items: list[Item], at: int, floor: int, lex: Lexicon) -> Phrase | None:
    left = items[at]
    if left.tag == "rel" and at > floor:
        return Phrase(at, at + 1, at + 1)
    if left.tag in (",", "-"):
        return with_apposition_left(items, at, floor, lex)
    if left.tag in ("n", "pron", ")", "num", "det", "temp"):
        return phrase_left(items, at, floor, lex)
    return None


def _subject(items: list[Item], at: int, floor: int, lex: Lexicon) -> Phrase | None:
    """The subject of the nearest verb before."""
    for j in range(at - 1, floor, -1):
        if items[j].tag in ("verb", "aux", "say") and items[j - 1].tag in ("n", "pron", "adv", ")", ",", "temp", "rel", "aux"):
            start, _, _ = verb_group_start(items, j, floor, lex)
            if start < floor:
                continue
            phrase = _left(items, start, floor, lex)
            if phrase is None:
                continue
            if items[phrase.start].tag == "rel" or phrase.start == floor or items[phrase.start - 1].tag in _EDGE:
                return phrase
    return None


def _passive(items: list[Item], at: int, floor: int, limit: int, before: int, lex: Lexicon) -> Cue | None:
    by = next((j for j in range(at + 1, min(limit, at + 8)) if items[j].lower == "by" or items[j].tag in (",", "Q", ":", "sub", "rel")), None)
    if by is None or items[by].lower != "by" or by + 1 >= limit:
        return None
    source = phrase_right(items, by + 1, limit, lex, apposition=False)
    subject = _left(items, before, floor, lex)
    if source is None or subject is None or items[source.start].tag in ("num", "ing"):
        return None
    return Cue(at, by + 1, "stand taken by X", "believed", False, source, [(subject.start, subject.end)])


def _noun(items: list[Item], at: int, lex: Lexicon) -> Cue | None:
    """``the union's |support for| the strike``, ``his |plan to| retire``."""
    floor, limit = bounds(items, at)
    nxt = at + 1
    if nxt + 1 >= limit or not (items[nxt].tag in ("prep", "to") or items[nxt].lower == "that"):
        return None
    j = at - 1
    while j > floor and items[j].tag in ("n", "adv", "ing", "verb", "num") and items[j].name is None:
        j -= 1
    if j < floor:
        return None
    if items[j].tag == "poss" and j > floor:
        source = _owner(items, phrase_left(items, j - 1, floor, lex))
    elif items[j].lower in lex.own:
        source = Phrase(j, j + 1, j + 1)
    else:
        return None
    run = _about(items, nxt, limit, lex, beside=True)
    return None if source is None or run is None else Cue(at, nxt, "X's stand", "believed", False, source, [run])


def _owner(items: list[Item], phrase: Phrase | None) -> Phrase | None:
    """Whoever owns the noun, without what leads to them: "the heart of |Berg|'s critique"."""
    if phrase is None:
        return None
    start = next((k + 1 for k in range(phrase.end - 1, phrase.start, -1) if items[k].tag in ("prep", "to")), phrase.start)
    return Phrase(start, phrase.end, phrase.end)


def _adjective(items: list[Item], at: int, lex: Lexicon) -> Cue | None:
    """``voters are |worried| that ...``, ``the board, wary of debt``."""
    floor, limit = bounds(items, at)
    nxt = at + 1
    if nxt + 1 >= limit or not (items[nxt].tag in ("prep", "to", "pron", "rel") or items[nxt].lower in ("that", "the")):
        return None
    before, _, _ = verb_group_start(items, at, floor, lex)
    if before < floor:
        return None
    if before < at - 1:
        source = _left(items, before, floor, lex)
    else:
        source = phrase_left(items, before - 1, floor, lex) if items[before].tag == "," and before > floor else None
    run = _about(items, nxt, limit, lex)
    return None if source is None or run is None else Cue(at, nxt, "X is of a mind", "believed", False, source, [run])


def _about(items: list[Item], at: int, limit: int, lex: Lexicon, beside: bool = False) -> tuple[int, int] | None:
    """What the stand is about: from ``at``, past small words, to the end of its clause. ``beside``: that clause stands in a
    longer one ("voters backing the plan said"), whose verb ends it."""
    while at < limit and (items[at].tag in ("adv", "temp") or (items[at].tag == "prep" and items[at].lower not in ("by",))):
        at += 1
    if at >= limit or items[at].tag in (",", ".", "-", ")", ";", "conj") or items[at].lower == "by":
        return None
    whole = items[at].tag in ("rel", "sub", "Q", "pron") or items[at].lower == "that"
    acts = items[at].tag == "to"
    end = at + 1
    while end < limit and not _ends(items, end, limit, whole, acts, beside, lex):
        end += 1
    while end > at and items[end - 1].tag in ("prep", "conj", "adv", "det"):
        end -= 1
    return (at, end) if end > at else None


def _ends(items: list[Item], j: int, limit: int, whole: bool, acts: bool, beside: bool, lex: Lexicon) -> bool:
    """Whether what the stand is about ends before ``j``. ``whole``: it is a clause of its own; ``acts``: it is an infinitive."""
    item = items[j]
    nxt = items[j + 1].tag if j + 1 < limit else ""
    if item.tag in (",", "-", ":", ";", ")"):
        return not whole or item.tag != "," or nxt in ("conj", "rel", "ing", "sub", "say")
    if whole:
        return False
    if beside and item.tag in ("aux", "say"):
        return True
    if item.tag == "sub":
        if item.lower == "as" and nxt not in ("pron", "n"):
            return False  # "framed the vote as a choice"
        return item.lower in lex.closes
    return item.tag == "conj" and nxt in _FINITE and not (acts and nxt in ("verb", "say"))
