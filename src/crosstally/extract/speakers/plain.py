"""Cues without a verb of saying: "according to", nouns ("the claim that"), colons, and quotes beside a name with any verb."""

from __future__ import annotations

from crosstally.extract.speakers.cue import Cue, bounds
from crosstally.extract.speakers.items import Item
from crosstally.extract.speakers.lexicon import Lexicon
from crosstally.extract.speakers.phrases import Phrase, channel_at, phrase_left, phrase_right, verb_group_start


def according_to(items: list[Item], at: int, lex: Lexicon) -> Cue | None:
    opening = items[at].lower
    words = next((p for p in lex.according if p[0] == opening and tuple(i.lower for i in items[at : at + len(p)]) == p), None)
    if words is None or (len(words) == 1 and at > 0 and items[at - 1].tag not in (",", "-", "(", "n")):
        return None
    floor, limit = bounds(items, at)
    first = at + len(words)
    source = phrase_right(items, first, limit, lex)
    if source is None or (len(words) == 1 and words[0] == "per" and not items[first].cap and items[first].tag != "det"):
        return None
    if len(words) == 1 and words[0] != "per" and not can_speak(items, source, lex):
        return None
    opens = at == floor or items[at - 1].tag in ("conj", "sub", "rel") or (at - 1 == floor and items[floor].tag in ("adv", "conj"))
    if opens and _tells(items, source, lex):
        source = phrase_right(items, first, limit, lex, apposition=False) or source
    cue = Cue(at, first, "according to X", "said", True, source, [])
    nxt = source.end
    _, cue.channel = channel_at(items, nxt, limit, lex)
    if cue.channel is None:
        for j in range(source.start, source.head_end):
            cue.channel = cue.channel or lex.channels.get((items[j].lower,)) if items[j].tag == "n" and items[j].lower != "x" else cue.channel
    if opens:
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
    if (
        items[at - 1].tag in (",", "-")
        and comma is not None
        and comma + 1 < limit
        and items[comma + 1].tag not in ("ing", "rel", "conj", "sub", "say")
    ):
        cue.contents.append((comma + 1, limit))
    return cue if cue.contents else None


def _tells(items: list[Item], source: Phrase, lex: Lexicon) -> bool:
    """Whether what stands behind the comma of an opening "According to X, a drone hit ..." are the words said and no apposition: it has a
    verb, or is a noun in small letters that is nobody ("According to X, homes, shops and cars burned")."""
    behind = items[source.head_end + 1 : source.end]
    if not behind or behind[0].tag == "rel":
        return False
    if any(i.tag in ("verb", "aux", "say") for i in behind):
        return True
    known = any(i.cap or i.lower in lex.offices or i.lower in lex.vague or i.lower in lex.bodies for i in behind)
    return behind[0].tag == "n" and not known


def can_speak(items: list[Item], phrase: Phrase, lex: Lexicon) -> bool:
    """Somebody, not something: a person or body by name, or a noun for people, bodies, offices or reports."""
    return any(
        (i.name is not None and i.name.kind in ("person", "body")) or i.lower in lex.vague or i.lower in lex.bodies or i.lower in lex.offices
        for i in items[phrase.start : phrase.head_end]
    )


def saying_noun(items: list[Item], at: int, lex: Lexicon) -> Cue | None:
    """``the minister's claim that ...``, ``in a statement by the ministry``, ``reports by residents of ...``."""
    floor, limit = bounds(items, at)
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


def around_quotes(items: list[Item], cues: list[Cue], lex: Lexicon) -> list[Cue]:
    """A quote no cue took, beside a name and any verb (``“...,” the mayor thundered``), or after a colon (``Her verdict: “...”``)."""
    out: list[Cue] = []
    taken = [r for c in cues for r in c.contents]
    for at, item in enumerate(items):
        if item.tag != "Q" or any(s <= at < e for s, e in taken) or item.quote is None:
            continue
        text = item.quote.text
        ends = text[-1:] in ",?!.—…"
        nxt = at + 1
        doer = items[at - 1].name if at else None
        if doer is not None and doer.kind in ("person", "body") and _acts(text, lex):  # 'Berg "strongly condemned the raid"'
            first = next((j + 1 for j in range(at - 1, -1, -1) if items[j].name is not doer), 0)
            out.append(Cue(at - 1, at, "X: quote that acts", "said", True, Phrase(first, at, at), [(at, at + 1)]))
            continue
        if ends and nxt < len(items) and items[nxt].tag in ("n", "pron", "det") and (items[nxt].cap or items[nxt].tag != "n"):
            floor, limit = bounds(items, nxt)
            phrase = phrase_right(items, nxt, limit, lex)
            if phrase is not None and phrase.end < limit and (items[phrase.end].tag in ("verb", "say", "aux", "adv")) and text[-1:] != ".":
                out.append(Cue(phrase.end, phrase.end + 1, "quote, X verb", "said", True, phrase, [(at, at + 1)]))
                continue
            named = items[nxt].name
            if named is not None and named.kind == "person" and text[-1:] == ",":  # no verb that is known
                last = next((j for j in range(nxt, len(items)) if items[j].name is not named), len(items))
                out.append(Cue(last - 1, last, "quote, X", "said", True, Phrase(nxt, last, last), [(at, at + 1)]))
                continue
        if at >= 2 and items[at - 1].tag in (":", ","):
            floor, _ = bounds(items, at)
            verb = next((j for j in range(floor, at) if items[j].tag in ("verb", "aux", "say")), None)
            if verb is not None and verb > floor:
                start, _, _ = verb_group_start(items, verb, floor, lex)
                phrase = phrase_left(items, start, floor, lex) if start >= floor else None
                if phrase is not None and (
                    items[phrase.start].tag == "pron"
                    or any((i.name is not None and i.name.kind == "person") or i.cap for i in items[phrase.start : phrase.end])
                ):
                    out.append(Cue(verb, at, "X verb: quote", "said", True, phrase, [(at, at + 1)]))
    return out


def _acts(text: str, lex: Lexicon) -> bool:
    """Whether a quote begins with the verb of who says it, adverbs before it aside."""
    words = text.lower().split()
    while words and (words[0].endswith("ly") and words[0] not in lex.not_adverbs):
        words = words[1:]
    return bool(words) and any(f.kind in ("past", "s") and f.cls.speech for f in lex.forms.get(words[0], ()))


def colon_words(items: list[Item], cues: list[Cue], lex: Lexicon, title: bool) -> Cue | None:
    """``Zelensky: “...”``, ``Attack kills three: mayor``, ``Three killed – police``."""
    colon = next((j for j, i in enumerate(items[:7]) if i.tag == ":"), None)
    if colon and colon + 1 < len(items) and not any(i.tag in ("verb", "aux", "say", "ing", "Q") for i in items[:colon]):
        phrase = phrase_left(items, colon - 1, 0, lex)
        quoted = items[colon + 1].tag == "Q"
        if phrase is not None and phrase.start == 0 and (title or quoted or colon <= 3):
            known = Phrase(0, colon, colon)
            if can_speak(items, known, lex) or (quoted and items[0].cap):
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
                if any(
                    (i.name is not None and i.name.kind in ("person", "body"))
                    or i.lower in lex.vague
                    or i.lower in lex.bodies
                    or i.lower in lex.offices
                    for i in words
                ):
                    return Cue(j, j + 1, "words: X", "said", True, phrase, [(0, j)])
                return None
    return None
