"""Noun phrases beside a verb of saying: where the words that name a source begin and end, whatever they are.

Sources are an open class ("a senior aide with knowledge of the talks"), so the phrase is found by its edges: closed-class words, points,
verbs and quotes. Whether it is a person or body that is known is asked afterwards.
"""

from __future__ import annotations

from typing import NamedTuple

from crosstally.extract.speakers.items import Item
from crosstally.extract.speakers.lexicon import Lexicon

_EDGE = frozenset({",", ";", ":", ".", "-", "(", "Q", "sub", "rel", "conj", "sign"})
_JOINTS = frozenset({"/", "&", "%", "$"})
_FAR = 30  # items an apposition may span


class Phrase(NamedTuple):
    """Items ``[start, end)``; ``head_end`` closes the first noun phrase, before any apposition."""

    start: int
    end: int
    head_end: int


def phrase_left(items: list[Item], last: int, floor: int, lex: Lexicon) -> Phrase | None:
    """The noun phrase whose last item is ``last``, none of it before ``floor``."""
    i, start, joint = last, -1, -1
    while i >= floor:
        item = items[i]
        tag = item.tag
        if tag in ("n", "num", "det", "poss"):
            start = i
        elif tag in ("pron", "obj"):
            if start == -1:
                return Phrase(i, last + 1, last + 1)
            if tag == "pron" and i + 1 == joint:
                start = i
            break
        elif tag == "temp":
            owned = i + 1 <= last and items[i + 1].tag == "poss"
            if not owned and not (i > floor and items[i - 1].tag in ("det", "poss") and start != -1):
                break
            start = i
        elif tag in ("prep", "to"):
            if start == -1 or item.lower not in lex.inside or i - 1 < floor or items[i - 1].tag not in ("n", "num", ")", "det"):
                break
        elif tag == "conj" and item.lower in ("and", "&", "or"):
            if start == -1 or i - 1 < floor or items[i - 1].tag not in ("n", ")", "num", "pron"):
                break
            if joint == -1:
                joint = i
        elif tag == ")":
            opening = _opening(items, i, floor)
            if opening == -1:
                break
            i = opening - 1
            continue
        elif tag == "adv":
            if start == -1 or i - 1 < floor or items[i - 1].tag not in ("det",):
                break
        elif tag == "Q" and item.end - item.start < 40 and start != -1 and not closes(item):
            start = i
        elif tag == "sign" and item.lower in _JOINTS and start != -1 and i > floor and items[i - 1].tag == "n":
            pass
        else:
            break
        i -= 1
    if start == -1:
        return None
    start = _trim(items, start, last, floor)
    counts = any(i.tag == "num" for i in items[start : start + 2])
    hedged = counts and all(i.tag in ("prep", "adv", "det") for i in items[floor:start])  # "at least 50 dead and 30 hurt"
    if joint > start and start > floor and items[start - 1].tag not in _EDGE and not hedged:
        start = _trim(items, joint + 1, last, floor)
    if start > last:
        return None
    longer = _qualified(items, start, floor, lex)
    return Phrase(longer, last + 1, last + 1)


def closes(quote: Item, marks: str = ",.!?…") -> bool:
    """Whether a quote ends in one of the marks: words said, not a name in quotes (``“It held,” the mayor said``)."""
    return quote.quote is not None and quote.quote.text[-1:] in marks


def _qualified(items: list[Item], start: int, floor: int, lex: Lexicon) -> int:
    """``people |briefed on the move``, ``an official |who saw the list``: a noun with its participle or its clause is one phrase."""
    i = start - 1
    if i > floor and items[i].tag == "ing" and items[i - 1].tag == "n":
        return _plain_start(items, i - 1, floor, lex, start)
    if i > floor and items[i].tag == "say" and all(f.kind == "ing" for f in items[i].forms) and items[i - 1].tag == "n":
        return _plain_start(items, i - 1, floor, lex, start)
    if i > floor and items[i].tag in ("prep", "to"):
        i -= 1
        while i > floor and items[i].tag == "adv":
            i -= 1
        if i > floor and items[i].tag == "ing" and items[i - 1].tag == "n":
            return _plain_start(items, i - 1, floor, lex, start)  # "a panel |looking into the attack"
        if i > floor and items[i].tag == "ing" and items[i - 1].tag == "n":
            return _plain_start(items, i - 1, floor, lex, start)  # "crews arriving at the scene found"
        if i > floor and (
            items[i].tag == "verb"
            or (items[i].tag == "say" and any(f.kind in ("past", "part") and not f.cls.invert for f in items[i].forms))
        ):
            noun = i - 1
            if items[noun].tag == "n":
                return _plain_start(items, noun, floor, lex, start)
            if items[noun].tag in ("rel", "aux"):
                i = noun + 1
    if i > floor and items[i].tag in ("verb", "say", "aux"):
        j = i - 1
        while j > floor and items[j].tag in ("aux", "adv"):
            j -= 1
        if items[j].tag == "rel" and items[j].lower in ("who", "that", "which") and j > floor and items[j - 1].tag == "n":
            return _plain_start(items, j - 1, floor, lex, start)
    return start


def _plain_start(items: list[Item], last: int, floor: int, lex: Lexicon, otherwise: int) -> int:
    phrase = phrase_left(items, last, floor, lex)
    return phrase.start if phrase is not None and (phrase.start == floor or items[phrase.start - 1].tag in _EDGE) else otherwise


def _opening(items: list[Item], at: int, floor: int) -> int:
    for j in range(at - 1, max(floor, at - 12) - 1, -1):
        if items[j].tag == "(":
            return j
    return -1


def _trim(items: list[Item], start: int, last: int, floor: int) -> int:
    # A determiner that no preposition leads to opens a phrase of its own.
    for k in range(last, start, -1):
        if items[k].tag == "det" and items[k - 1].tag not in ("prep", "to", "conj", "det", "num", "poss", "adv"):
            start = k
            break
    while start < last and items[start].tag in ("prep", "to", "conj", "adv", "poss"):
        start += 1
    working = start - 3 > floor and items[start - 2].tag == "ing" and items[start - 3].tag == "n"  # "an aide |working for the group Nova said"
    if start > floor and items[start - 1].tag in ("prep", "to") and not working:
        # "In Kharkiv officials said": the preposition's own noun ends where a name ends, or where small letters turn to capitals.
        for k in range(start + 1, last + 1):
            a, b = items[k - 1], items[k]
            if b.tag in ("poss", "prep", "conj") or a.tag in ("prep", "conj", "poss", "det"):
                continue
            if (a.name is not None and b.name is not a.name) or (b.cap and not a.cap and a.tag == "n"):
                return k
    return start


def with_apposition_left(items: list[Item], comma: int, floor: int, lex: Lexicon) -> Phrase | None:
    """``Name, the mayor of the city, |said``: the phrase before the comma that opens what stands between, ``comma`` closing it."""
    far = max(floor, comma - _FAR)
    best: Phrase | None = None
    mark, end = (",", comma + 1) if items[comma].tag == "Q" else (items[comma].tag, comma)  # a quote may hold the comma: "who calls it “thin,” |said"
    j = comma - 1
    while j > far:
        if items[j].tag in (".", "Q") and not (items[j].tag == "Q" and items[j].end - items[j].start < 40):
            break
        if best is not None and items[j].tag in ("verb", "aux", "say"):
            break  # "in Kent, Ohio, on Monday killed two people, the mayor, Ada Berg, |said": beyond the verb is what was said
        if items[j].tag == mark and j + 1 < comma and _may_explain(items, j + 1, comma):
            head = phrase_left(items, j - 1, floor, lex)
            if head is not None and (head.start == floor or items[head.start - 1].tag in _EDGE):
                best = Phrase(head.start, end, head.end)
                # A comma inside the apposition itself ("of Kent, Ohio"): go on while the head is itself an apposition.
                opens = head.start == floor or items[head.start - 1].tag != ","
                if opens or (_person_like(items, head) and (items[head.start].cap or items[head.start].tag == "det")):
                    return best
                if items[head.start].tag == "det" and _person_like(items, Phrase(j + 1, comma, comma)):
                    return best  # "wounded 40, the mayor, Ada Berg, |said": who it is has been told
        j -= 1
    return best


def _person_like(items: list[Item], phrase: Phrase) -> bool:
    return any(i.name is not None and i.name.kind in ("person", "body") for i in items[phrase.start : phrase.end])


def _may_explain(items: list[Item], start: int, end: int) -> bool:
    first = items[start]
    if (start + 1 == end and first.tag in ("sub", "adv")) or first.lower == "where":
        return True  # "Berg, though, said"; "Berg of the clinic, where some were treated, said"
    if first.tag in ("rel", "num", "det", "ing", "verb", "prep", "conj") or first.lower == "whose":
        return first.tag != "conj" or items[end].tag == "-"
    if (first.tag == "say" and all(f.kind == "ing" for f in first.forms)) or (first.lower.endswith("ing") and items[start + 1].tag == "det"):
        return True  # "Berg, visiting the base, said"
    if first.tag == "n":  # no finite verb of its own: a noun phrase
        return not any(i.tag in ("aux", "verb", "say") for i in items[start:end])
    return first.tag == "adv"


def phrase_right(items: list[Item], first: int, limit: int, lex: Lexicon, apposition: bool = True) -> Phrase | None:
    """The noun phrase that begins at ``first``, and with it what explains it between commas."""
    i = first
    while i < limit:
        item = items[i]
        tag = item.tag
        before = items[i - 1].tag if i > first else ""
        if tag == "n":
            # one name ends, another begins: two phrases
            if (
                i > first
                and item.name is not None
                and (other := items[i - 1].name) is not None
                and item.name is not other
                and other.kind == item.name.kind == "person"
            ):
                break
        elif tag in ("pron", "obj"):
            if i == first:
                return Phrase(first, first + 1, first + 1)
            break
        elif tag == "det":
            if i > first and before not in ("prep", "conj", "det", "to", "num"):
                break
        elif tag in ("num", "poss"):
            pass
        elif tag == "temp":
            if not (i + 1 < limit and items[i + 1].tag == "poss"):
                break
        elif tag in ("prep", "to"):
            if i == first or item.lower not in lex.inside or i + 1 >= limit or items[i + 1].tag not in ("n", "det", "num"):
                break
            if items[i + 1].tag == "det" and i + 2 < limit and items[i + 2].tag == "temp":
                break
            if channel_at(items, i, limit, lex)[1] is not None:
                break
        elif tag == "conj":
            if i == first or item.lower not in ("and", "&") or i + 1 >= limit or items[i + 1].tag not in ("n", "det", "num"):
                break
        elif tag == "(":
            closing = next((j for j in range(i + 1, min(limit, i + 12)) if items[j].tag == ")"), -1)
            if closing == -1 or i == first:
                break
            i = closing
        elif tag in ("adv", "verb", "ing", "say") and before == "det":
            pass
        elif tag == "ing" and i + 1 < limit and items[i + 1].tag == "n" and i > first:
            pass  # "media buying sources"
        elif tag == "sign" and item.lower in _JOINTS and i + 1 < limit and items[i + 1].tag == "n":
            pass
        elif apposition and before == "n" and (longer := _qualified_right(items, first, i, limit, lex)) is not None:
            return longer
        else:
            break
        i += 1
    while i > first and items[i - 1].tag in ("prep", "to", "conj", "det", "adv"):
        i -= 1
    if i == first:
        return None
    end = i
    if apposition:
        end = _apposition_right(items, first, i, limit, lex)
    return Phrase(first, end, i)


def _qualified_right(items: list[Item], first: int, at: int, limit: int, lex: Lexicon) -> Phrase | None:
    """``a neighbour |who gave her name``, ``three people |briefed on the talks``: a clause or a participle that belongs to the noun."""
    item = items[at]
    if item.tag == "rel" and item.lower == "who":
        return Phrase(first, next((j for j in range(at + 1, limit) if items[j].tag in (",", ".", ";", "Q", "-")), limit), at)
    participle = item.tag == "verb" or (item.tag == "say" and any(f.kind in ("past", "part") for f in item.forms))
    if not participle or at + 2 >= limit or items[at + 1].lower == "by":
        return None
    if items[at + 1].tag == "temp":
        return Phrase(first, at + 2, at) if at + 2 >= limit or items[at + 2].tag in (",", ".", "Q") else None
    noun = phrase_right(items, at + 2, limit, lex, apposition=False) if items[at + 1].tag in ("prep", "to") else None
    if noun is None or (noun.end < limit and items[noun.end].tag not in (",", ".", ";", "-", "Q")):
        return None
    return Phrase(first, noun.end, at)


def _apposition_right(items: list[Item], first: int, at: int, limit: int, lex: Lexicon) -> int:
    end = at
    for _ in range(2):
        if end >= limit or items[end].tag != "," or end + 1 >= limit:
            return end
        nxt = items[end + 1]
        named = any(i.cap for i in items[first:at]) or (items[end + 1].name is not None and items[end + 1].cap)
        if nxt.tag == "num" and end + 2 < limit and items[end + 2].tag in (",", "."):
            end += 2
            continue
        if (nxt.tag == "rel" and nxt.lower in ("who", "which")) or nxt.lower == "whose":
            return next(
                (j for j in range(end + 2, min(limit, end + _FAR)) if items[j].tag in (",", ".", ";", "Q", "-")), min(limit, end + _FAR)
            )
        if not named or nxt.tag not in ("det", "n") or nxt.lower in ("this", "these", "those", "some", "many"):
            return end
        inner = phrase_right(items, end + 1, limit, lex, apposition=False)
        if inner is None:
            return end
        stop = inner.end
        if stop < limit and (items[stop].tag == "rel" or items[stop].tag in ("verb", "ing", "prep")):
            stop = next((j for j in range(stop, min(limit, end + _FAR)) if items[j].tag in (",", ".", ";", "Q", "-")), limit)
        if stop < limit and items[stop].tag not in (",", ".", ";", "-", "Q"):
            rest = next((j for j in range(stop, min(limit, end + _FAR)) if items[j].tag in (",", ".", ";", "-", "Q")), limit)
            if any(i.tag in ("aux", "verb", "say", "sub", "pron") for i in items[stop:rest]):
                return end
            stop = rest
        end = stop
        if not any(i.cap for i in items[first:at]):
            return end
    return end


def channel_at(items: list[Item], at: int, limit: int, lex: Lexicon) -> tuple[int, str | None]:
    """``in a statement``, ``on Telegram``: where the phrase that opens with the preposition ends, and its channel; ``at`` for none."""
    if at >= limit or items[at].tag != "prep":
        return at, None
    name: str | None = None
    i = at + 1
    while i < min(limit, at + 10) and items[i].tag in ("n", "det", "num", "poss", "temp", "adv", "say", "ing", "verb"):
        for width in (3, 2, 1):
            words = tuple(x.lower for x in items[i : i + width])
            # A bare "x" is the network only where it is written large.
            if len(words) == width and words in lex.channels and not (words == ("x",) and not items[i].cap):
                named = lex.channels[words]
                name = named if name is None or items[i].cap or name == "social media" else name
                break
        else:
            if name is not None and items[i].tag in ("say", "det", "verb", "ing"):
                break
        i += 1
    if name is not None and i + 1 < limit and items[i].tag in ("say", "verb") and items[i + 1].tag in ("temp", "prep"):
        i += 1  # "in a post published on Friday"
        while i < limit and items[i].tag in ("temp", "prep", "num", "det"):
            i += 1
    return (i, name) if name is not None else (at, None)


def verb_group_start(items: list[Item], at: int, floor: int, lex: Lexicon) -> tuple[int, bool, bool]:
    """The item before the verb group, whether the group is passive, whether it is negated."""
    i, passive, negated, near = at - 1, False, False, True
    while i >= floor:
        item = items[i]
        if item.tag == "aux":
            if near and item.lower in lex.be:
                passive = True
            near = False
            negated = negated or item.lower in lex.negations
        elif item.tag == "adv" or (item.lower in lex.floating and i > floor and items[i - 1].tag in ("aux", "n", "pron", ")")):
            pass
        elif (
            item.tag == "poss"
            and near
            and items[at].forms
            and i > floor
            and items[i - 1].tag == "n"
            and not (i >= floor and items[at].tag == "n")
        ):
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
