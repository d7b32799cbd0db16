"""The subject of a verb of saying: before it, behind it, shared with another verb, or that of a relative clause, participle or infinitive."""

from __future__ import annotations

from typing import NamedTuple

from crosstally.extract.speakers.cue import Cue
from crosstally.extract.speakers.items import Item, looks_plural
from crosstally.extract.speakers.lexicon import Form, Lexicon
from crosstally.extract.speakers.phrases import Phrase, closes, phrase_left, phrase_right, verb_group_start, with_apposition_left
from crosstally.extract.speakers.plain import can_speak

_CLAUSE_EDGE = frozenset({",", ";", ":", ".", "-", "(", "Q", "sub", "rel", "conj"})


_AHEAD = 18  # items from "describing" to "as “x”", at most


class Subject(NamedTuple):
    """``source`` the phrase; ``rule`` the construction, "" for none; ``shared`` index of the cue whose source it is; ``relative`` what a
    relative pronoun stands for; ``manner`` of sharing ("and", "to", "ing")."""

    source: Phrase | None
    rule: str
    shared: int | None = None
    relative: Phrase | None = None
    manner: str = ""


NOBODY = Subject(None, "")


def subject(
    items: list[Item], at: int, before: int, after: int, floor: int, limit: int, form: Form, lex: Lexicon, earlier: list[Cue]
) -> Subject:
    """The subject of the verb of saying at item ``at``, whose group begins behind item ``before`` and ends at ``after``."""
    left = items[before] if before >= floor else None
    if form.kind == "ing" and not (left is not None and left.tag in ("n", "pron") and before < at - 1):
        return _participle(items, at, before, floor, limit, lex, earlier)
    if left is not None and left.tag == "to":
        return _infinitive(items, before, floor, lex, earlier)
    if form.cls.invert and form.kind in ("past", "s") and before == at - 1 and left is not None and left.tag in (",", "Q", "-", ":"):
        phrase = _after_verb(items, before, after, floor, limit, lex)
        if phrase is not None:
            return Subject(phrase, "X after verb")
    if left is None:
        opened = phrase_right(items, after, limit, lex) if form.cls.invert and form.kind == "past" else None
        if opened is not None and opened.end + 1 < limit and [i.tag for i in items[opened.end : opened.end + 2]] in ([",", "Q"], [":", "Q"]):
            return Subject(opened, "X after verb")  # "Said the mayor: “...”"
        return NOBODY
    if (left.tag == "rel" and left.lower != "that") or (left.tag == "rel" and before > floor and items[before - 1].tag == "n"):
        stop = before - 1
        if stop >= floor and items[stop].tag == ",":
            stop -= 1
        antecedent = phrase_left(items, stop, floor, lex) if stop >= floor else None
        if antecedent is None:
            return NOBODY
        return Subject(Phrase(before, before + 1, before + 1), "X who", relative=antecedent)
    if left.tag in (",", "-") or (left.tag == "Q" and closes(left, ",") and before == at - 1):
        phrase = with_apposition_left(items, before, floor, lex)
        if phrase is not None:
            return Subject(phrase, "X before verb")
        if left.tag == "," and before - 1 > floor and items[before - 1].tag == ")":  # "The Agency (TAG), says": one comma too many
            stray = phrase_left(items, before - 1, floor, lex)
            if stray is not None and stray.start == floor:
                return Subject(stray, "X before verb")
        return _shared(items, at, floor, lex, earlier, "and") if form.kind in ("past", "s") and left.tag != "Q" else NOBODY
    if left.tag == "conj" or (left.tag == "sub" and left.lower in ("then",)):
        return _shared(items, at, floor, lex, earlier, "and")
    if left.tag in ("n", "pron", ")", "obj", "num", "det", "Q"):
        phrase = phrase_left(items, before, floor, lex)
        if phrase is None:
            return NOBODY
        if items[phrase.start].tag == "obj":
            return NOBODY
        if form.noun_like and phrase.start > floor and items[phrase.start - 1].tag == "prep" and phrase.head_end - phrase.start == 1:
            return NOBODY  # "in separate comments that"
        if (
            form.cls.invert
            and (items[phrase.head_end - 1].lower,) in lex.channels
            and after < limit
            and items[after].tag in ("temp", "prep")
        ):
            return NOBODY  # "a post published on Friday"
        if form.kind == "base" and not _many(items, phrase, lex) and before == at - 1 and not _helped(items, before, at):
            return NOBODY
        return Subject(_with_name(items, phrase, floor, lex), "X before verb")
    return NOBODY


def _with_name(items: list[Item], phrase: Phrase, floor: int, lex: Lexicon) -> Phrase:
    """``Berg, an aide in the office| said``: who a phrase explains whose closing comma the writer left out."""
    comma = phrase.start - 1
    if comma <= floor or items[comma].tag != "," or items[phrase.start].tag != "det":
        return phrase
    named = items[comma - 1].name
    head = phrase_left(items, comma - 1, floor, lex) if named is not None and named.kind == "person" else None
    if head is None or not (head.start == floor or items[head.start - 1].tag in ("Q", "sub", "-", ":")):
        return phrase
    return Phrase(head.start, phrase.end, head.end)


def _after_verb(items: list[Item], before: int, after: int, floor: int, limit: int, lex: Lexicon) -> Phrase | None:
    """``..., said the mayor``: the phrase after the verb, unless a subject set off by commas stands before it."""
    phrase = phrase_right(items, after, limit, lex)
    if phrase is None or items[phrase.start].tag not in ("n", "det", "pron", "num") or not _ends_well(items, phrase.end, limit, lex):
        return None
    closed = phrase.end >= limit or items[phrase.end].tag in (",", "-")
    head = with_apposition_left(items, before, floor, lex) if items[before].tag == "," else None
    if head is not None:  # "the mayor, at the scene, denied the claim": nobody who could speak comes after the verb
        plain = phrase_right(items, after, limit, lex, apposition=False)
        ends = plain is not None and (plain.end >= limit or items[plain.end].tag in (",", "-"))
        if not ends or not can_speak(items, phrase, lex) or can_speak(items, head, lex):
            return None
    return phrase if items[phrase.start].tag != "pron" or items[before].tag == "Q" or closed else None


def _helped(items: list[Item], before: int, at: int) -> bool:
    return any(i.tag == "aux" for i in items[before + 1 : at])


def _many(items: list[Item], phrase: Phrase, lex: Lexicon) -> bool:
    first = items[phrase.start]
    if first.lower in ("they", "we", "i", "you", "who", "some", "many", "others", "most", "few", "both", "those", "these", "several"):
        return True
    return any(i.tag == "conj" for i in items[phrase.start : phrase.head_end]) or any(
        (i.tag == "n" and looks_plural(i, lex)) or i.tag == "num" for i in items[phrase.start : phrase.head_end]
    )


def _ends_well(items: list[Item], end: int, limit: int, lex: Lexicon) -> bool:
    if end >= limit:
        return True
    item = items[end]
    return item.tag in (",", "-", "Q", "temp", "prep", ":", "sub", "ing", "adv", "rel", "to", "conj", "(") and item.lower != "'s"


def _participle(
    items: list[Item], at: int, before: int, floor: int, limit: int, lex: Lexicon, earlier: list[Cue]
) -> Subject:
    left = items[before] if before >= floor else None
    if before < at - 1 and left is not None and left.tag in ("n", "pron", ")"):
        phrase = phrase_left(items, before, floor, lex)
        return Subject(phrase, "X before verb") if phrase else NOBODY
    if left is not None and left.tag == "n" and (left.lower,) not in lex.channels:
        phrase = phrase_left(items, before, floor, lex)
        if phrase is not None:
            return Subject(phrase, "X saying")
    if left is not None and left.tag == "," and (opener := _opener(items, before, at, limit, lex, earlier)) is not None:
        return Subject(opener, "X saying")
    if left is None:  # "Citing intelligence, the ministry said": the subject comes after
        comma = next((j for j in range(at + 1, limit) if items[j].tag == ","), None)
        if comma is not None and comma + 1 < limit:
            phrase = phrase_right(items, comma + 1, limit, lex)
            if phrase is not None and items[phrase.start].tag in ("n", "det", "pron"):
                return Subject(phrase, "saying, X", manner="ing")
        return NOBODY
    if left.lower in lex.than:
        return NOBODY
    if left.tag not in (",", "-", "conj", "sub", "Q", "adv", "n") and not (left.tag == "prep" and left.lower in ("in", "by")):
        return NOBODY
    return _shared(items, at, floor, lex, earlier, "ing")


def _opener(items: list[Item], comma: int, at: int, limit: int, lex: Lexicon, earlier: list[Cue]) -> Phrase | None:
    """Whoever the sentence opens with, where nobody in it has said anything before the comma: "The paper, describing the raid as ...",
    "The president defended the raids as ..., warning that ..."."""
    start = next((i + 1 for i in range(comma, -1, -1) if items[i].tag == "."), 0)
    ahead = items[at + 1 : min(limit, at + _AHEAD)]
    told = any(i.tag == "Q" or (i.tag == "rel" and i.lower == "that") for i in ahead[:5])
    told = told or any(b.tag == "Q" and "as" in (i.lower for i in ahead[max(0, k - 2) : k]) for k, b in enumerate(ahead))
    if not told or any(start <= c.at < comma for c in earlier):
        return None
    phrase = phrase_right(items, start, limit, lex, apposition=False)
    if phrase is None or phrase.start != start or phrase.end > comma:
        return None
    named = any(i.name is not None and i.name.kind in ("person", "body") for i in items[phrase.start : phrase.head_end])
    acts = phrase.end == comma or items[phrase.end].tag in ("verb", "aux", "say", "adv", "ing")
    return phrase if acts and (named or (phrase.end == comma and can_speak(items, phrase, lex))) else None


def _infinitive(
    items: list[Item], to: int, floor: int, lex: Lexicon, earlier: list[Cue]
) -> Subject:
    i = to - 1
    if i < floor:
        return NOBODY
    if items[i].lower in lex.light:
        return _shared(items, to, floor, lex, earlier, "to")
    phrase = phrase_left(items, i, floor, lex)
    if phrase is not None and phrase.start > floor and items[phrase.start - 1].lower in lex.causes:
        return Subject(phrase, "caused X to")
    return NOBODY


def _shared(
    items: list[Item], at: int, floor: int, lex: Lexicon, earlier: list[Cue], how: str
) -> Subject:
    """The subject of the verb before in the same sentence: another cue's source, or the nearest clause's own subject."""
    clause: tuple[int, Phrase] | None = None
    for j in range(at - 1, floor, -1):
        if items[j].tag in ("verb", "aux", "say") and items[j - 1].tag in ("n", "pron", "adv", ")", ",", "temp", "rel", "aux"):
            start, _, _ = verb_group_start(items, j, floor, lex)
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
        return Subject(cue.source, f"{cue.rule} {how}", n, cue.relative, how)
    if clause is not None:
        return Subject(clause[1], f"X {how} verb", manner=how)
    return NOBODY


def _within(cue: Cue, at: int) -> bool:
    return any(s <= at < e for s, e in cue.contents)
