"""A stretch of text as items: words with a rough class, quotes as one item each, so that a clause is read across what it quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from crosstally.extract.speakers.lexicon import Form, Lexicon
from crosstally.values import Mention, Sentence, Span, Token

_POINTS = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
    "...": ".",
    "–": "-",
    "—": "-",
    "-": "-",
    "--": "-",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
}


class Item(msgspec.Struct, eq=False):
    """A word, a point or a quote.

    ``tag``: n num det poss pron obj prep to conj sub rel aux adv temp verb ing say sign, Q for a quote, or the point itself.
    """

    start: int
    end: int
    lower: str
    tag: str
    cap: bool = False
    name: Mention | None = None
    quote: Mention | None = None
    forms: tuple[Form, ...] = ()

    def __repr__(self) -> str:
        return f"{self.lower}/{self.tag}"


def stretches(sentences: Sequence[Sentence], quotes: Sequence[Mention]) -> Iterator[tuple[list[Sentence], list[Mention]]]:
    """Sentences of one paragraph joined where a quote crosses from one into the next, each with its top-level quotes."""
    top = [q for q in quotes if q.rule != "quote within a quote"]
    n, at = 0, 0
    while n < len(sentences):
        group = [sentences[n]]
        inside: list[Mention] = []
        end = sentences[n].span.end
        while True:
            while at < len(top) and _cover(top[at]).start < end:
                if _cover(top[at]).start >= group[0].span.start:
                    inside.append(top[at])
                at += 1
            reach = max((_cover(q).end for q in inside), default=0)
            if (
                reach > end
                and n + 1 < len(sentences)
                and sentences[n + 1].paragraph == group[0].paragraph
                and sentences[n + 1].span.start < reach
            ):
                n += 1
                group.append(sentences[n])
                end = sentences[n].span.end
            else:
                break
        n += 1
        yield group, inside


def _cover(quote: Mention) -> Span:
    return quote.cover or quote.span


def items_of(tokens: Sequence[Token], quotes: Sequence[Mention], names: dict[int, Mention], lex: Lexicon, title: bool) -> list[Item]:
    """Items of a stretch. ``names`` maps a start offset to the person, body or place mention there."""
    out: list[Item] = []
    waiting = list(reversed(quotes))
    first = True
    inside: Mention | None = None
    for token in tokens:
        while waiting and _cover(waiting[-1]).end <= token.start:
            out.append(_quote(waiting.pop()))
        if waiting and _cover(waiting[-1]).start <= token.start < _cover(waiting[-1]).end:
            continue
        if inside is not None and token.start >= inside.span.end:
            inside = None
        if inside is None:  # a name inside a longer name is a part of it
            inside = names.get(token.start)
        item = _item(token, lex, first or title, inside, out[-1] if out else None)
        if (
            "'" in token.lower
            and item.tag == "n"
            and (cut := token.lower.index("'")) > 0
            and lex.tags.get(token.lower[:cut]) in ("pron", "rel")
        ):
            # "they've": a pronoun and an auxiliary
            out.append(Item(token.start, token.start + cut, token.lower[:cut], lex.tags[token.lower[:cut]], item.cap))
            item = Item(token.start + cut, token.end, token.lower[cut:], "aux")
        first = item.tag == "." or (first and item.tag in "-(:")
        out.append(item)
    while waiting:
        out.append(_quote(waiting.pop()))
    _settle(out, lex)
    return out


def _quote(mention: Mention) -> Item:
    cover = _cover(mention)
    item = Item(cover.start, cover.end, "“”", "Q")
    item.quote = mention
    return item


def _item(token: Token, lex: Lexicon, first: bool, name: Mention | None, before: Item | None) -> Item:
    lower = token.lower
    if name is not None:
        return Item(token.start, token.end, lower, "n", token.text[:1].isupper(), name)
    if lower == "'s":
        return Item(token.start, token.end, lower, "aux" if before is not None and before.tag in ("pron", "rel") else "poss")
    key = (token.text, first)
    kept = lex.met.get(key)
    if kept is None:
        kept = _alone(token, lex, first)
        if len(lex.met) < _MOST_KEPT:
            lex.met[key] = kept
    tag, cap, forms = kept
    return Item(token.start, token.end, lower, tag, cap, None, None, forms)


def _alone(token: Token, lex: Lexicon, first: bool) -> tuple[str, bool, tuple[Form, ...]]:
    """What a word is by itself: its tag, whether it has a capital, and the verbs of saying that it is a form of."""
    text, lower = token.text, token.lower
    cap = text[:1].isupper()
    if lower in _POINTS:
        return _POINTS[lower], cap, ()
    if lower == "'":
        return "poss", cap, ()
    if text[:1].isdigit():
        return "num", cap, ()
    forms = lex.forms.get(lower, ())
    tag = lex.tags.get(lower)
    if lower == "us" and text == "US":
        tag = None
    if cap and not first and (tag in ("verb", "aux", "adv", "prep") or forms) and lower not in ("i",):
        return "temp" if lower == "may" else "n", cap, ()
    if forms and tag in (None, "verb"):
        return "say", cap, forms
    if tag is not None:
        return "ing" if tag == "verb" and lower.endswith("ing") else tag, cap, ()
    if not text[:1].isalpha() and text[:1] not in "@#%":
        return "sign", cap, ()
    if lower.endswith(("ed", "ing")) and len(lower) > 3 and lower not in lex.not_verbs and not (cap and not first) and "-" not in lower:
        return "ing" if lower.endswith("ing") else "verb", cap, ()
    if lower.endswith("ly") and lower not in lex.not_adverbs and not (cap and not first):
        return "adv", cap, ()
    return "n", cap, ()


_MOST_KEPT = 200_000  # words; a long run over many texts must not grow without bound


def _settle(items: list[Item], lex: Lexicon) -> None:
    """A form that is noun as often as verb is a noun after a determiner, where subject and number disagree, or before another verb."""
    opened = -1
    for n, item in enumerate(items):
        if item.tag == "(":
            opened = n
        elif item.tag == ")":
            opened = -1
        elif item.tag == "." and opened >= 0 and n - opened < 8 and any(x.tag == ")" for x in items[n + 1 : n + 4]):
            item.tag = "sign"  # "(D-Va.)"
        elif item.tag == "." and n + 1 < len(items) and items[n + 1].tag == ",":
            item.tag = "sign"  # "R-Ky.,"
        if item.lower == "that" and 0 < n < len(items) - 1 and items[n - 1].tag == "prep" and items[n + 1].tag == "n":
            item.tag = "det"  # "officials in that area"
        if item.tag not in ("say", "verb", "ing"):
            continue
        left = items[n - 1] if n else None
        right = items[n + 1] if n + 1 < len(items) else None
        lt = left.tag if left else ""
        rt = right.tag if right else ""
        if item.tag == "say" and not any(not f.particle or (right is not None and f.particle[0] == right.lower) for f in item.forms):
            # A verb of saying only with its particle: "went on", not "went"; "the talks" is a noun.
            plain = any(f.kind in ("base", "s") for f in item.forms) and lt not in ("pron", "rel", "to", "aux")
            item.tag, item.forms = ("n" if plain else "verb"), ()
            continue
        if item.tag == "say":
            if all(f.noun_like for f in item.forms):
                if lt in ("det", "poss", "num", "prep") or (rt in ("say", "aux", "verb") and lt != "to"):
                    item.tag = "n"
                elif left is not None and left.lower in lex.qualities:
                    item.tag = "n"  # "initial reports on Monday had it"
                elif lt == "n" and left is not None:
                    plural = looks_plural(left, lex)
                    third = all(f.kind == "s" for f in item.forms)
                    if plural == third:
                        item.tag = "n"
                elif lt in ("", ",", "conj", "verb", "say", "ing", "sub", "-", ".", ":", "(", "sign", "Q"):
                    item.tag = "n"
            elif (
                (lt in ("det", "poss") and rt in ("n", "num"))
                or (lt in ("det", "poss") and all(f.kind == "ing" for f in item.forms))
                or (lt == "prep" and rt == "n" and all(f.kind in ("past", "part") for f in item.forms))
            ):
                item.tag = "n"
        elif (
            (item.tag == "verb" and lt in ("det", "poss", "num") and rt in ("n", "prep", "say", "aux"))
            or (item.tag == "verb" and lt in ("prep",) and rt == "n")
            or (item.tag == "ing" and (lt in ("det", "poss") or (lt == "n" and rt in ("say", "aux"))))
        ):
            item.tag = "n"


def looks_plural(item: Item, lex: Lexicon) -> bool:
    word = item.lower
    if item.cap and item.name is not None and item.name.kind == "person":
        return False
    return (
        (word.endswith("s") and not word.endswith(("ss", "us", "is")))
        or word in ("police", "people", "men", "women", "media", "children")
        or word in ("some", "many", "others", "both")
    )
