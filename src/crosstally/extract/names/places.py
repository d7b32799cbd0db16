"""Places in a document: names the gazetteer knows, judged by what stands beside them, resolved by what else the document names.

A name resolves by its container ("Columbus, Ohio"; "Pokrovsk in eastern Ukraine"), a feature word ("Kharkiv region"), the countries and
regions that the rest of the document names, and the number of people who live there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crosstally.domain.gazetteer import Gazetteer, fold
from crosstally.extract.names.line import Line
from crosstally.extract.names.owned import owners, personal
from crosstally.extract.names.resolution import PlaceHit, resolve
from crosstally.extract.names.unlisted import unlisted
from crosstally.extract.names.words import NameWords

COMPOUND = "part of a compound"  # the rule of "Moscow-backed"


def read_places(lines: list[Line], words: NameWords, gazetteer: Gazetteer) -> list[PlaceHit]:
    """Every mention of a place by name, resolved, in order; marks the tokens taken."""
    hits: list[PlaceHit] = []
    for number, line in enumerate(lines):
        hits.extend(_line_hits(line, number, words, gazetteer))
    hits.extend(unlisted(lines, hits, words, gazetteer, _container))
    accepted = {fold(h.name) for h in hits if h.sure}
    kept = [h for h in hits if h.sure or fold(h.name) in accepted]
    for hit in kept:
        lines[hit.line].mark(hit.a, hit.b, "place")
    kept.sort(key=lambda h: (h.start, h.end))
    resolve(kept, gazetteer, Counter(demonyms_in(lines, words)), owners(lines, kept, words, gazetteer))
    kept.sort(key=lambda h: (h.start, h.end))
    return kept


def _line_hits(line: Line, number: int, words: NameWords, gazetteer: Gazetteer) -> list[PlaceHit]:
    hits: list[PlaceHit] = []
    i, n = 0, len(line)
    while i < n:
        if not line.cap[i] or line.label[i] not in (None, "nest"):
            i += 1
            continue
        hit, end = _at(line, number, i, words, gazetteer)
        if hit is not None:
            hits.append(hit)
        i = max(end, i + 1)
    _spread_features(line, hits, words)
    return hits


def _at(line: Line, number: int, i: int, words: NameWords, gazetteer: Gazetteer) -> tuple[PlaceHit | None, int]:
    """The place name that begins at token ``i``, the longest that the gazetteer holds; and where to go on."""
    n = len(line)
    if line.lower[i] in words.states and "." in line.tokens[i].text:
        token = line.tokens[i]
        if line.low(i - 1) == "w." and line.tokens[i - 1].end == token.start and "w." + token.lower in words.states:
            return PlaceHit(
                number,
                i - 1,
                i + 1,
                line.tokens[i - 1].start,
                token.end,
                words.states["w." + token.lower],
                "abbreviation of a state",
                True,
                "region",
            ), i + 1
        return PlaceHit(
            number, i, i + 1, token.start, token.end, words.states[token.lower], "abbreviation of a state", True, "region"
        ), i + 1
    longest = i + 1
    while (
        longest < min(n, i + 5)
        and line.touches(longest)
        and line.label[longest] is None
        and (line.cap[longest] or (line.lower[longest] in words.links and longest + 1 < n and line.cap[longest + 1]))
    ):
        longest += 1
    if (natural := _natural(line, number, i, longest, words, gazetteer)) is not None:
        return natural, natural.b
    if longest < n and longest == i + 1 and line.lower[longest] == "," and line.low(longest + 1) in ("d.c", "d.c."):
        return PlaceHit(
            number,
            i,
            longest,
            line.tokens[i].start,
            line.tokens[longest - 1].end,
            line.words(i, longest),
            "gazetteer",
            True,
            None,
            "District of Columbia",
        ), longest
    for end in range(longest, i, -1):
        if line.lower[end - 1] in words.links or (end - i > 1 and words.features.get(line.lower[end - 1]) in ("region", "district")):
            continue
        name = line.words(i, end)
        if gazetteer.has(name) and _may_be(line, i, end, words):
            verdict = _judge(line, i, end, name, words, gazetteer)
            if verdict is None:
                longer = _unknown(line, number, i, longest, words, gazetteer) if end < longest else None
                return (longer, longer.b) if longer is not None and longer.feature else (None, end)  # "Tarvo Kone village", though a Tarvo is known
            sure, rule, container = verdict
            if not sure and end < longest and (longer := _unknown(line, number, i, longest, words, gazetteer)) is not None:
                return longer, longer.b  # "two in Castilla La Mancha"
            feature = _feature(line, i, end, words)
            return PlaceHit(number, i, end, line.tokens[i].start, line.tokens[end - 1].end, name, rule, sure, feature, container), end
    token = line.tokens[i]
    if "-" in token.text and (inner := _compound(line, number, i, words, gazetteer)) is not None:
        return inner, i + 1
    return _unknown(line, number, i, longest, words, gazetteer), i + 1


def _may_be(line: Line, a: int, b: int, words: NameWords) -> bool:
    if b - a > 1:
        return True
    word, text = line.lower[a], line.tokens[a].text
    bare = word.rstrip(".")
    if word.replace("-", "") in words.directions or word in words.nominals or (bare != word and bare in words.stop and "." not in bare):
        return False
    if word in words.demonyms or (word in words.stop and not (text.isupper() and len(text) > 1 and not line.title)):
        return False
    return not (word in words.heads or word in words.honorifics or (word in words.things and word not in words.own)) and not (
        len(text) == 2 and text.isupper() and text not in words.short
    )


def _judge(line: Line, a: int, b: int, name: str, words: NameWords, gazetteer: Gazetteer) -> tuple[bool, str, str | None] | None:
    """(sure, rule, container), or None where the name is part of another name. Unsure names wait for the rest of the document."""
    found = gazetteer.find(name)
    container = _container(line, b, words, gazetteer, name)
    if container and not any(p.within(outer.id) and p.id != outer.id for outer in gazetteer.find(container) for p in found):
        container = None
    top = found[0]
    people = gazetteer.population(top.id)
    big = top.kind in ("country",) or people >= 100_000 or (top.kind in ("region", "area") and gazetteer.main_name(name, top))
    if name.isupper() and len(name) == 4 and people < 100_000 and not container:
        return None
    if container and _alone(line, a, b, words, True, True):
        return True, "container follows", container
    if not _alone(line, a, b, words, big):
        inner = (
            big
            and b < len(line)
            and line.cap[b]
            and not personal(name, words)
            and _alone(line, a, b, words, big, True)
            and line.lower[b] not in words.streets
        )
        return (top.kind in ("country", "region") and not gazetteer.is_word(name), "inside another name", None) if inner else None
    before = line.low(a - 1)
    titled = before == "the" and line.cap[a - 1] and not (line.title or line.opens(a - 1) or container)
    if titled and top.kind != "country" and not _feature(line, a, b, words):
        return None  # "BBC Burmese, The Irrawaddy": a newspaper
    sure_before = before in words.sure or (before in words.directions and not line.cap[a - 1])
    feature = _feature(line, a, b, words)
    if feature and not line.title:
        return True, "feature word", None
    word = gazetteer.is_word(name)
    if line.title:
        return (True, "gazetteer", None) if big and not word and not personal(name, words) else (False, "headline", None)
    if word and not line.opens(a) and line.low(b) in words.civic_plain:
        return True, "civic word", None
    if word:
        return (True, "preposition", None) if sure_before and not line.opens(a) and not line.opens(a - 1) else (False, "common word", None)
    if personal(name, words) and top.kind != "country" and not (people >= 400_000 or top.kind == "region"):
        good = (
            sure_before or (line.low(b) in words.civic_plain and people >= 5_000) or (before in ("from", "to", "at") and people >= 20_000)
        )
        return (True, "preposition", None) if good else (False, "personal name", None)
    if top.kind == "country" or people >= 15_000 or top.kind in ("region", "area", "district"):
        return True, "gazetteer", None
    if sure_before or before in words.before or line.possessive(b):
        return True, "preposition", None
    return (not line.opens(a)), "gazetteer", None


def _alone(line: Line, a: int, b: int, words: NameWords, big: bool, left_only: bool = False) -> bool:
    """False where the name is part of a longer name of something else ("Boston Globe", "Washington Street")."""
    if not left_only and b < len(line) and line.touches(b) and not line.label[b]:
        word = line.lower[b]
        if line.cap[b]:
            if word in words.streets and word not in words.civic:
                return False
            fine = (
                word in words.civic
                or word in words.features
                or word in words.heads
                or word in words.modifiers
                or word in words.stop
                or word in words.demonyms
                or word in words.body_modifiers
                or (line.title and big)
                or word in words.honorifics
            )
            if not fine and not _name_follows(line, b, words):
                return False
        elif word in words.roads:
            return False
    if a > 0 and line.touches(a) and line.cap[a - 1] and not line.label[a - 1] and not line.title:
        word = line.lower[a - 1]
        return (
            word in words.stop
            or word in words.demonyms
            or word in words.directions
            or (word in words.honorifics and word not in ("st.", "fr", "don"))
            or word in words.before
            or line.opens(a - 1)
            or word in words.features
        )
    return True


def _name_follows(line: Line, b: int, words: NameWords) -> bool:
    return line.lower[b] in words.given


def _container(line: Line, b: int, words: NameWords, gazetteer: Gazetteer, name: str) -> str | None:
    """The region or country named right after: "Columbus, Ohio", "Jackson, Miss.", "Pokrovsk in eastern Ukraine", "Kyiv, Ukraine"."""
    k = b
    if line.low(k) in words.features and line.low(k) not in ("state",):
        k += 1
    if line.low(k) == ",":
        k += 1
        if line.low(k) == "in":
            k += 1
        while line.low(k) in words.directions:
            k += 1
        return _region_at(line, k, words, gazetteer)
    if line.low(k) == "(":
        return _region_at(line, k + 1, words, gazetteer)
    if line.low(k) in ("in", "of"):
        direct = line.low(k) == "in"
        k += 1
        if line.low(k) == "the":
            k += 1
        while line.low(k) in words.directions:
            direct, k = True, k + 1
        if direct and line.low(k) == "of":
            k += 1  # "in the north of Lebanon"
        return _region_at(line, k, words, gazetteer) if direct else None
    return None


def _region_at(line: Line, k: int, words: NameWords, gazetteer: Gazetteer) -> str | None:
    if k >= len(line) or not line.cap[k]:
        return None
    if line.lower[k] in words.states:
        return words.states[line.lower[k]]
    text = line.tokens[k].text
    if text in words.postal:
        return words.postal[text]
    for end in (k + 3, k + 2, k + 1):
        if end <= len(line) and all(line.touches(j) and line.cap[j] for j in range(k + 1, end)):
            found = gazetteer.find(line.words(k, end))
            if found and any(p.kind in ("country", "region", "area") for p in found):
                return line.words(k, end)
    return None


def _feature(line: Line, a: int, b: int, words: NameWords) -> str | None:
    """Kind by the feature word after the name ("Kharkiv region") or before it ("the city of Odesa", "the village of Hroza")."""
    word = line.low(b)
    if (
        line.cap[a]
        and b < len(line)
        and line.cap[b]
        and line.touches(b + 1)
        and line.cap[b + 1]
        and line.lower[b + 1] in words.things
        and line.lower[b + 1] not in words.heads
        and not line.title
    ):
        return None  # "Concord District Court"
    if word in words.features and line.touches(b) and not (word == "state" and not line.cap[b]) and word not in words.never_after:
        return words.features[word]
    if line.possessive(b) and line.low(b + 1) in words.features:
        return None
    k = a - 1
    if line.low(k) in words.naming and line.low(k - 1) in words.features and not line.cap[k - 1]:
        return words.features[line.low(k - 1)]  # "a village called Tarvo"
    if (
        line.low(k) == "of"
        and line.low(k - 1) in words.features
        and not (line.cap[k - 1] and line.low(k - 1) in ("state", "republic", "port", "community"))
    ):
        return words.features[line.low(k - 1)]
    if line.low(k) in words.features and line.touches(a) and not line.cap[k] and line.low(k) not in words.never_before:
        return words.features[line.low(k)]
    return None


def _spread_features(line: Line, hits: list[PlaceHit], words: NameWords) -> None:
    """ "Sumy, Kharkiv and Kyiv regions": the plural feature word holds for every name of the list."""
    for at in range(len(hits) - 1, 0, -1):
        last, before = hits[at], hits[at - 1]
        plural = line.low(last.b) in words.plural_features or (last.rule == "list of features")
        between = {line.lower[j] for j in range(before.b, last.a)}
        if last.feature and plural and between <= {",", "and", "or", "the"} and before.feature is None:
            before.feature, before.sure, before.rule = last.feature, True, "list of features"


def _compound(line: Line, number: int, i: int, words: NameWords, gazetteer: Gazetteer) -> PlaceHit | None:
    """ "U.S.-led", "Gaza-bound", "Moscow-Kyiv": a place in a compound."""
    token = line.tokens[i]
    first, _, rest = token.text.partition("-")
    if not first or not rest or first.lower() in words.demonyms or first.lower() in words.directions:
        return None
    others = rest.split("-")[-1]
    if (
        gazetteer.has(first)
        and not gazetteer.is_word(first)
        and (others.lower() in words.compounds or (gazetteer.has(others) and others[:1].isupper()))
    ):
        top = gazetteer.find(first)[0]
        if top.kind == "country" or gazetteer.population(top.id) > 50_000 or top.kind in ("region", "area"):
            return PlaceHit(number, i, i + 1, token.start, token.start + len(first), first, COMPOUND, True)
    return None


def _unknown(line: Line, number: int, i: int, longest: int, words: NameWords, gazetteer: Gazetteer) -> PlaceHit | None:
    """A name that no gazetteer holds, but a feature word shows: "the village of X", "X district"."""
    end = i
    while (
        end < longest
        and line.cap[end]
        and line.lower[end] not in words.stop
        and line.lower[end] not in words.heads
        and line.lower[end] not in words.features
        and line.lower[end] not in words.things
        and line.lower[end] not in words.demonyms
    ):
        end += 1
    if end == i or line.title or end - i > 3 or any(line.label[i:end]):
        return None
    if i > 0 and line.cap[i - 1] and line.touches(i):
        return None
    if any(line.lower[j].rsplit("-", 1)[-1] in words.compounds for j in range(i, end) if "-" in line.lower[j]):
        return None  # "the Russian-held city": no name
    word = line.lower[i]
    if word in words.modifiers or word in words.directions or word in words.given or word in words.body_modifiers:
        return None
    feature = _feature(line, i, end, words) if end - i < 3 else None
    if feature and not (line.opens(i) and line.low(end) not in words.features):
        if (
            line.low(end)
            in ("city", "state", "community", "camp", "port", "quarter", "island", "county", "valley", "states", "cities", "towns")
            and line.low(i - 1) != "of"
        ):
            return None
        start, stop, name = line.tokens[i].start, line.tokens[end - 1].end, line.words(i, end)
        return PlaceHit(number, i, end, start, stop, name, "feature word", True, feature, _container(line, end, words, gazetteer, name))
    if _counted_in(line, i, end, words):
        return PlaceHit(number, i, end, line.tokens[i].start, line.tokens[end - 1].end, line.words(i, end), "where something is counted", True, None)
    return None


def _counted_in(line: Line, i: int, end: int, words: NameWords) -> bool:
    """ "92 bodies in X and 40 in Y", "36 were killed in neighbouring X": a number shortly before the name, nothing but small words between."""
    k = i - 1
    while k >= 0 and line.tokens[k].text.islower() and line.lower[k] != "in" and i - k < 4:
        k -= 1
    if k < 1 or line.lower[k] != "in" or line.low(end) in ("'s", "’s") or (end < len(line) and line.cap[end] and line.touches(end)):
        return False
    for j in range(k - 1, max(-1, k - 6), -1):
        word = line.lower[j]
        if word in words.small_numbers or (word.isdecimal() and len(word) < 7 and not _yearlike(word)):
            return True
        if not line.tokens[j].text.islower():
            return False
    return False


def _yearlike(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20")


def _natural(line: Line, number: int, i: int, longest: int, words: NameWords, gazetteer: Gazetteer) -> PlaceHit | None:
    """ "Snake Island", "Neches River", "Lake Tharthar": a name with its own word for what it is, which no gazetteer need hold."""
    if line.title or longest - i < 2 or (i > 0 and line.touches(i) and line.cap[i - 1] and line.lower[i - 1] not in words.stop):
        return None
    for end in range(min(longest, i + 4), i + 1, -1):
        if line.lower[end - 1] in words.natural and line.label[end - 1] is None:
            inner = range(i, end - 1)
            if any(
                line.lower[j] in words.stop or line.lower[j] in words.demonyms or line.lower[j] in words.heads or not line.cap[j]
                for j in inner
            ):
                continue
            if (
                end < longest
                and line.cap[end]
                and line.lower[end] not in words.stop
                and line.lower[end] not in words.heads
                and line.lower[end] not in words.modifiers
            ):
                return None
            return PlaceHit(
                number, i, end, line.tokens[i].start, line.tokens[end - 1].end, line.words(i, end), "natural feature", True, "area"
            )
    if line.lower[i] in words.natural and line.low(i + 1) == "of" and i + 2 < longest and line.cap[i + 2] and not gazetteer.has(line.words(i, i + 3)):
        return PlaceHit(
            number, i, i + 3, line.tokens[i].start, line.tokens[i + 2].end, line.words(i, i + 3), "natural feature", True, "area"
        )
    if line.lower[i] in words.natural_before and line.cap[i + 1] and line.lower[i + 1] not in words.stop and not line.opens(i):
        end = i + 2
        if end < longest and line.cap[end] and line.lower[end] in words.things:
            return None
        name = line.words(i, end)
        kind = None if gazetteer.has(name) else "area"
        inside = _lies_in(line, end, words, gazetteer, name)
        return PlaceHit(number, i, end, line.tokens[i].start, line.tokens[end - 1].end, name, "natural feature", True, kind, inside)
    return None


def _lies_in(line: Line, b: int, words: NameWords, gazetteer: Gazetteer, name: str) -> str | None:
    """The country or region that a few words after a name put it in: "Cape Tarvo fuel port in Yemen"."""
    k = b
    while k < min(len(line), b + 4) and line.lower[k] != "in" and line.tokens[k].text.islower() and line.touches(k):
        k += 1
    return _container(line, k, words, gazetteer, name) if line.low(k) == "in" else None


def demonyms_in(lines: list[Line], words: NameWords) -> Iterator[str]:
    """The country of every adjective of nationality of a document, in order."""
    for line in lines:
        if not line.sentence.lacks(words.demonym_words):
            yield from (words.demonyms[w] for w in line.lower if words.demonyms.get(w))
