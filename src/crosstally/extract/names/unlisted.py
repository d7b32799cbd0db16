"""Places that no gazetteer holds, by what the document says of them: "Tarvo, a small town in the north", "Tarvo is a mining village", "in
Tarvo, Mexico", "Tarvo Local Government Area"; and every other mention of a name so shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crosstally.domain.gazetteer import Gazetteer, fold
from crosstally.extract.names.line import Line
from crosstally.extract.names.resolution import PlaceHit
from crosstally.extract.names.words import NameWords

_DESCRIBED = 5  # words between "a" and the feature word, at most
_LONGEST = 3  # words of a name
_ENDS_DESCRIPTION = frozenset({",", ".", ";", ")", "–", "—", ""})

Container = Callable[[Line, int, NameWords, Gazetteer, str], str | None]


def unlisted(lines: Sequence[Line], hits: Sequence[PlaceHit], words: NameWords, gazetteer: Gazetteer, container: Container) -> list[PlaceHit]:
    """Further hits, in order of lines. ``hits``: those read already; ``container``: the region named right behind a name."""
    taken = {(h.line, i) for h in hits for i in range(h.a, h.b)}
    runs = [(number, a, b) for number, line in enumerate(lines) if not line.title for a, b in _runs(line, number, taken, words)]
    found: list[PlaceHit] = []
    for number, a, b in runs:
        line = lines[number]
        name = line.words(a, b)
        if gazetteer.has(name) and not _phrase_feature(line, b, words):
            continue
        shown = _shown(line, a, b, name, words, gazetteer, container)
        if shown is not None:
            rule, feature, outer = shown
            found.append(_hit(lines, number, a, b, rule, feature, outer))
    known = {fold(h.name): h for h in (*found, *(h for h in hits if h.sure and not gazetteer.has(h.name)))}
    held = {(h.line, h.a) for h in found}
    for number, a, b in runs:
        line = lines[number]
        of = known.get(fold(line.words(a, b)))
        if of is not None and (number, a) not in held and not _in_longer(line, a, b, words):
            found.append(_hit(lines, number, a, b, "the place shown elsewhere", of.feature, None))
    return found


def _hit(lines: Sequence[Line], number: int, a: int, b: int, rule: str, feature: str | None, outer: str | None) -> PlaceHit:
    line = lines[number]
    return PlaceHit(number, a, b, line.tokens[a].start, line.tokens[b - 1].end, line.words(a, b), rule, True, feature, outer)


def _runs(line: Line, number: int, taken: set[tuple[int, int]], words: NameWords) -> list[tuple[int, int]]:
    """Runs of capitals that could be a place's name: nobody's, no title, nothing's kind."""
    out: list[tuple[int, int]] = []
    i, n = 0, len(line)
    while i < n:
        if not line.cap[i] or not _nameable(line, number, i, taken, words):
            i += 1
            continue
        end = i + 1
        while end < n and line.touches(end) and _nameable(line, number, end, taken, words) and not _phrase_feature(line, end, words):
            end += 1
        if end - i <= _LONGEST:
            out.append((i, end))
        i = end
    return out


def _nameable(line: Line, number: int, i: int, taken: set[tuple[int, int]], words: NameWords) -> bool:
    word = line.lower[i]
    return (
        line.cap[i]
        and line.label[i] is None
        and (number, i) not in taken
        and line.tokens[i].text[:1].isalpha()
        and word not in words.never_places
    )


def _shown(
    line: Line, a: int, b: int, name: str, words: NameWords, gazetteer: Gazetteer, container: Container
) -> tuple[str, str | None, str | None] | None:
    """(rule, feature, container) of a name that the words behind it show to be a place's; None where they do not."""
    if (feature := _phrase_feature(line, b, words)) is not None:
        return "feature word", feature, None
    if _in_longer(line, a, b, words):
        return None
    before = line.low(a - 1)
    at = b
    apposed = line.low(at) == ","
    if apposed or line.low(at) in words.copulas:
        feature = _described(line, at + 1, words)
        if feature is not None:
            return "described as a place", feature, None
    if line.low(b) in words.areas and before == "the" and line.low(a - 2) in words.before and not line.cap[b]:
        return "beside a word for an area", None, None
    if before in words.near_words or (before == "of" and line.low(a - 2) in words.parts and not line.cap[a - 2]):
        return "beside a word for a part", None, None
    if before in words.sure and not line.opens(a - 1) and (outer := container(line, b, words, gazetteer, name)) is not None:
        return "container follows", None, outer
    return None


def _described(line: Line, i: int, words: NameWords) -> str | None:
    """The kind of place in "a small mining town in ..." at token ``i``."""
    if line.low(i) not in ("a", "an"):
        return None
    for k in range(i + 1, min(len(line), i + 2 + _DESCRIBED)):
        word = line.lower[k]
        if word in words.features:
            behind = line.low(k + 1)
            return words.features[word] if behind in _ENDS_DESCRIPTION or behind in words.before or behind in words.relates else None
        if not word.replace("-", "").isalpha() or (line.cap[k] and word not in words.demonyms):
            return None
    return None


def _phrase_feature(line: Line, i: int, words: NameWords) -> str | None:
    """The kind of a feature of several words at token ``i``: "Local Government Area"."""
    word = line.low(i)
    phrases = ((phrase, kind) for phrase, kind in words.feature_phrases if phrase[0] == word)
    return next((kind for phrase, kind in phrases if tuple(line.low(i + k) for k in range(len(phrase))) == phrase), None)


def _in_longer(line: Line, a: int, b: int, words: NameWords) -> bool:
    """Whether a name is a part of a longer one, of something else."""
    plain = any(line.low(a - 1) in group for group in (words.stop, words.demonyms, words.directions))
    left = a > 0 and line.touches(a) and line.cap[a - 1] and not line.opens(a - 1) and not plain
    right = b < len(line) and line.touches(b) and line.cap[b] and line.lower[b] not in words.stop
    return left or right
