"""Who told a whole report: named once, in a line "Source: X" or a sentence "X reported this", for figures that stand before and behind it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.extract.speakers.coreference import People
from crosstally.extract.speakers.elsewhere import counted, is_back
from crosstally.extract.speakers.lexicon import Lexicon
from crosstally.extract.speakers.told import Attribution, Told
from crosstally.values import Mention, Sentence, Span

_FORTH = 4  # paragraphs that a report goes on with who told it
_LINE = 12  # words within which a line "Source: ..." names somebody
_EARLY = 3  # stretches from the start within which a report names who told it


def relayed(told: list[list[Told]], text: str, starts: dict[int, Mention], people: People, lex: Lexicon) -> list[Attribution]:
    """Sentences that count something and that nobody is named for, in a report that names early who told it: of that speaker, forth until
    somebody else speaks, another time is told of, or a line opens an aside ("Background:"); before the line, back to the title."""
    out: list[Attribution] = []
    blocks = [[t for t in block if not t.sentences[0].title] for block in told]
    blocks = [block for block in blocks if block]
    seen = 0
    for number, block in enumerate(blocks):
        for n, t in enumerate(block):
            lead, labelled = _source(t, text, starts, people, lex)
            if lead is not None and (labelled or seen <= _EARLY) and not (lead.speaker.vague and lead.reason.startswith("left open")):
                before = [s for b in blocks[:number] for s in b] + block[:n] if labelled or lead.rule == _POINTS else []
                after = [*block[n + 1 :], *(s for b in blocks[number + 1 : number + 1 + _FORTH] for s in b)]
                out += [_said(s, lead) for s in _until_another(reversed(before), lex)]
                out += [_said(s, lead) for s in _until_another(after, lex) if counted(s.sentences, lex)]
                return out
            seen += 1
    return out


_POINTS = "told before by X"


def _said(t: Told, lead: Attribution) -> Attribution:
    span = t.sentences[0].span.join(t.sentences[-1].span)
    return msgspec.structs.replace(lead, content=span, rule="relayed", reason=f"the report names who told it; {lead.reason}")


def _until_another(told: Iterable[Told], lex: Lexicon) -> Iterable[Told]:
    for t in told:
        words = [x.lower for x in t.sentences[0].tokens]
        aside = any(tuple(words[: len(p)]) == p and words[len(p) : len(p) + 1] == [":"] for p in lex.asides)
        if aside or t.quotes or any(a.speech for a in t.found) or any(tuple(words[: len(p)]) == p for p in lex.elsewhen):
            return
        yield t


def _source(t: Told, text: str, starts: dict[int, Mention], people: People, lex: Lexicon) -> tuple[Attribution | None, bool]:
    """Who a stretch says told the others, and whether it is a line that says nothing else."""
    sentence = t.sentences[0]
    words = [x.lower for x in sentence.tokens]
    if len(words) > 2 and words[0] in lex.sources and words[1] == ":":
        return _named(sentence, 2, "source: X", starts, people), True
    points = next((p for p in lex.points if tuple(words[: len(p)]) == p), None)
    if points is not None:
        return _named(sentence, len(points), _POINTS, starts, people), False
    return next((a for a in t.found if a.speech and is_back(text, a, lex)), None), False


def _named(sentence: Sentence, first: int, rule: str, starts: dict[int, Mention], people: People) -> Attribution | None:
    tokens = sentence.tokens[first : first + _LINE]
    who = next((m for t in tokens if (m := starts.get(t.start)) is not None and m.kind in ("person", "body")), None)
    if who is None:
        return None
    end = sentence.tokens[first - 1].end
    return Attribution(
        Span(sentence.span.start, end), people.of_mention(who).speaker, None, who.span, None, "said", None, rule, "named", person=who.kind == "person"
    )
