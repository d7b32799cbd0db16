"""Institutions in a document: names known as such, and head nouns with what stands before ("Ukraine's air force", "local officials")."""

from __future__ import annotations

import msgspec

from crosstally.domain.gazetteer import Gazetteer
from crosstally.extract.names.line import Line
from crosstally.extract.names.words import NameWords


class Body(msgspec.Struct, frozen=True):
    """A body at tokens ``[a, b)``. ``core``: its name without nationality and place; ``party``: country code in lower case where told."""

    line: int
    a: int
    b: int
    start: int
    end: int
    name: str
    kind: str
    vague: bool
    core: str
    party: str | None
    rule: str


def read_known_bodies(lines: list[Line], words: NameWords) -> list[Body]:
    """Bodies known by name; marks their tokens, so that nobody reads a person there."""
    found: list[Body] = []
    for number, line in enumerate(lines):
        if words.body_name_first.isdisjoint([t.text for t in line.tokens]):
            continue
        i, n = 0, len(line)
        while i < n:
            if line.tokens[i].text in words.body_name_first:
                for end in range(min(i + 9, n), i, -1):
                    name = line.words(i, end)
                    if (
                        name in words.body_names
                        and all(line.touches(k) or "-" in name for k in range(i + 1, end))
                        and not (end - i == 1 and _longer(line, i, name, words))
                    ):
                        kind, party, institution = (*words.body_names[name].split("|"), "", "")[:3]
                        a = i
                        found.append(
                            Body(
                                number,
                                a,
                                end,
                                line.tokens[a].start,
                                line.tokens[end - 1].end,
                                name,
                                kind,
                                False,
                                institution or name,
                                party or None,
                                "name",
                            )
                        )
                        line.mark(i, end, "body")
                        i = end - 1
                        break
            i += 1
    return found


def _longer(line: Line, i: int, name: str, words: NameWords) -> bool:
    """A short name inside a longer one in capitals, or a word in a headline or at the start of a sentence: "IS" of "This IS"."""
    return len(name) <= 2 and (line.title or (line.opens(i) and name == "IS"))


def read_bodies(lines: list[Line], words: NameWords, gazetteer: Gazetteer, places: dict[tuple[int, int], str]) -> list[Body]:
    """Bodies by head noun. ``places``: (line, token) to the country code of a place mention there, with "=" before it where the place is
    the country itself."""
    found: list[Body] = []
    for number, line in enumerate(lines):
        if line.sentence.lacks(words.body_first):
            continue
        i, n = 0, len(line)
        while i < n:
            if line.lower[i] in words.body_first and line.label[i] in (None, "role"):
                body, end = _at(line, number, i, words, places)
                if body is not None:
                    found.append(body)
                    i = end
                    continue
            i += 1
    return found


def _at(line: Line, number: int, i: int, words: NameWords, places: dict[tuple[int, int], str]) -> tuple[Body | None, int]:
    head_end, kind, vague = 0, "", False
    for end in range(min(i + 4, len(line)), i, -1):
        phrase = " ".join(line.lower[i:end])
        if phrase in words.body_heads or phrase in words.vague_heads:
            head_end, kind, vague = end, words.body_heads.get(phrase, "officials"), phrase in words.vague_heads
            break
    if not head_end:
        return None, i + 1
    # "police officer", "army base": the head is a modifier of something else
    nxt = line.low(head_end)
    if (
        nxt
        and line.touches(head_end)
        and (nxt in words.body_modifiers or nxt in words.body_heads or (nxt in words.heads and nxt not in words.plural_heads))
        and not line.title
    ):
        chain = _chain(line, head_end, words)
        if chain is not None and chain > head_end:
            phrase_end, kind2, vague2 = chain, *_kind_at(line, chain, words)
            if kind2:
                head_end, kind, vague = phrase_end, kind2, vague2
    a, party = i, None
    k = i - 1
    while k >= 0:
        word = line.lower[k]
        if word in words.demonyms:
            party, a = words.demonyms[word].lower() or None, k
        elif (number, k) in places:
            party, a = places[number, k].lower().lstrip("=") or None, k
        elif line.possessive(k) and k >= 1 and ((number, k - 1) in places or line.cap[k - 1]):
            pass
        elif (word in words.body_modifiers and line.touches(k + 1)) or (
            line.cap[k] and line.cap[i] and line.touches(k + 1) and word not in words.stop and line.label[k] is None and not line.title
        ):
            a = k
        else:
            break
        k -= 1
    core_start = a
    while core_start < i and (
        line.lower[core_start] in words.demonyms
        or (number, core_start) in places
        or line.possessive(core_start)
        or line.lower[core_start] in ("senior", "top", "unnamed", "anonymous")
    ):
        core_start += 1
    end = head_end
    if line.low(end) == "of" and line.cap[i]:
        k = end + 1
        if line.low(k) == "the":
            k += 1
        while (
            k < len(line)
            and line.cap[k]
            and (k == end + 1 or line.touches(k))
            and line.lower[k] not in words.stop
            and line.label[k] in (None, "place")
            and line.lower[k] not in words.heads
        ):
            if (number, k) in places:
                party = places[number, k].lower().lstrip("=") or party
            k += 1
            if line.low(k) == "of" and k + 1 < len(line) and line.cap[k + 1]:
                k += 1
        if k > end + 1 and line.cap[k - 1]:
            end = k
    phrase = " ".join(line.lower[i:head_end])
    bare = a == i and end == head_end
    if bare and phrase in words.body_plain and not line.cap[i]:
        return None, head_end
    if bare and line.low(i - 1) in ("a", "an") and not vague:
        return None, head_end
    if (
        bare
        and not vague
        and not line.cap[i]
        and phrase in words.body_adjectival
        and line.low(i - 1) not in ("the", "this", "that", "his", "their", "its", "our", "by")
    ):
        return None, head_end  # "military aid", "air defense missiles"
    follower = line.low(head_end)
    if bare and head_end - i == 1 and line.cap[i] and line.touches(head_end) and line.cap[head_end] and follower in words.heads:
        return None, head_end  # "Police Commissioner" is a role
    if (
        phrase in words.body_adjectival
        and (not line.cap[i] or line.opens(i))
        and follower.isalpha()
        and line.touches(head_end)
        and follower in words.body_things
    ):
        return None, head_end
    core = " ".join(
        w for j, w in enumerate(line.lower[core_start:head_end], core_start) if (number, j) not in places and not line.possessive(j)
    )
    local = " ".join(line.tokens[j].text for j in range(a, core_start) if not places.get((number, j), "=").startswith("="))
    if head_end - i == 1 and end > head_end and phrase in ("ministry", "department") and line.low(head_end) == "of":
        rest = " ".join(
            w
            for j, w in enumerate(line.lower[head_end + 1 : end], head_end + 1)
            if (number, j) not in places and w not in ("of", "the", "and")
        )
        core = f"{rest} {core}".strip()  # "Ministry of Energy" is the energy ministry
    if line.free(i, head_end):
        line.mark(i, head_end, "body")
    name = line.words(a, end)
    return Body(
        number,
        a,
        end,
        line.tokens[a].start,
        line.tokens[end - 1].end,
        name,
        kind,
        vague,
        core + (f" of {local}" if local and kind in ("police", "government", "health", "justice", "emergency") else ""),
        party,
        "head noun",
    ), end


def _chain(line: Line, k: int, words: NameWords) -> int | None:
    """Where a chain of modifiers and heads ends: "police department", "defense ministry officials"."""
    end = None
    while k < len(line) and line.touches(k):
        word = line.lower[k]
        if word in words.body_heads or word in words.vague_heads:
            end = k + 1
        elif word not in words.body_modifiers:
            break
        k += 1
    return end


def _kind_at(line: Line, end: int, words: NameWords) -> tuple[str, bool]:
    word = line.lower[end - 1]
    return words.body_heads.get(word, "officials" if word in words.vague_heads else ""), word in words.vague_heads


def read_acronyms(lines: list[Line], bodies: list[Body]) -> list[Body]:
    """An acronym that a body's first telling gives in brackets ("the Ukrainian Air Force (UAF)") names it from there on."""
    known: dict[str, Body] = {}
    found: list[Body] = []
    for body in bodies:
        line = lines[body.line]
        if line.low(body.b) == "(" and line.low(body.b + 2) == ")":
            short = line.tokens[body.b + 1].text
            if 2 <= len(short) <= 6 and short.isupper() and short.isalpha() and short[0] in {w[0].upper() for w in body.name.split()}:
                known.setdefault(short, body)
    if known:
        for number, line in enumerate(lines):
            for i, token in enumerate(line.tokens):
                body_of = known.get(token.text)
                if body_of is not None and not line.label[i]:
                    line.label[i] = "body"
                    found.append(
                        Body(
                            number,
                            i,
                            i + 1,
                            token.start,
                            token.end,
                            token.text,
                            body_of.kind,
                            body_of.vague,
                            body_of.core,
                            body_of.party,
                            "acronym",
                        )
                    )
    return found
