"""People in a document: names with capitals, judged by what stands in them and beside them, then by the whole document.

Two passes. The first takes names that show themselves: a given name and a surname, a title or a role before, an age or an apposition
after, a verb of saying beside. The second takes the bare surnames, in text, headlines and compounds ("Trump-Putin"), of people the first
found.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from crosstally.domain.gazetteer import Gazetteer
from crosstally.domain.personal_names import same_surname
from crosstally.extract.names.line import Line
from crosstally.extract.names.roles import age_before, aged, apart, appositive, named, role_before, role_of, speaks
from crosstally.extract.names.words import NameWords


class Person(msgspec.Struct, frozen=True):
    """A name read at tokens ``[a, b)`` of a line, or inside one token at text offsets (``start``, ``end``)."""

    line: int
    a: int
    b: int
    start: int
    end: int
    name: str
    rule: str
    full: bool
    role: str | None = None
    role_start: int = -1


def read_people(lines: list[Line], words: NameWords, gazetteer: Gazetteer) -> list[Person]:
    """Every mention of a person by name, in order; marks the tokens taken."""
    found: list[Person] = []
    pieces: list[tuple[int, int, int, bool]] = []
    for number, line in enumerate(lines):
        for a, b, titled in _pieces(line, words, gazetteer):
            pieces.append((number, a, b, titled))
            if rule := _judge(line, a, b, titled, words, gazetteer):
                found.append(_person(line, number, a, b, rule, words))
    known = _known(found, words)
    for number, a, b, _ in pieces:
        line = lines[number]
        if line.free(a, b) and (taken := _by_document(line, a, b, known, words, gazetteer)) is not None:
            found.append(_person(line, number, *taken, "known in the document", words))
    for number, line in enumerate(lines):
        found.extend(_compounds(line, number, known, words))
    found.sort(key=lambda p: (p.start, p.end))
    return found


def _pieces(line: Line, words: NameWords, gazetteer: Gazetteer) -> Iterator[tuple[int, int, bool]]:
    """Stretches of tokens that could be a name, without role and title before it; ``titled`` where such stood before."""
    i, n = 0, len(line)
    while i < n:
        if not line.cap[i] or line.label[i] or (line.lower[i] in words.demonyms and not _bare_demonym(line, i, words)):
            i += 1
            continue
        end = i + 1
        while end < n and line.touches(end) and not line.label[end] and line.lower[i] not in words.demonyms:
            if line.cap[end] and line.lower[end] not in words.demonyms:
                end += 1
            elif line.cap[end] and line.lower[end] in words.surnames and _given(line.lower[end - 1], words) == "sure":
                end += 1  # "Dawn French"
                break
            elif (
                line.lower[end] in words.particles
                and end + 1 < n
                and line.touches(end + 1)
                and (line.cap[end + 1] or _two(line, end, words))
            ):
                end += 2 if line.cap[end + 1] else 3
            else:
                break
        end = min(end, n)
        a = i
        for k in range(i, end + 1):
            if k == end or (line.lower[k] in words.stop and not _name_after_all(line, k, i, end, words)):
                if k > a:
                    yield from _strip(line, a, k, words, gazetteer)
                a = k + 1
        i = end


def _bare_demonym(line: Line, i: int, words: NameWords) -> bool:
    """A word for somebody of a country that can be a surname, alone where no adjective stands: "French said", "French's agent"."""
    alone = not line.touches(i + 1) or line.low(i + 1) in words.speech or line.possessive(i + 1)
    return alone and line.lower[i] in words.surnames and not (i > 0 and line.cap[i - 1] and line.touches(i))


def _two(line: Line, i: int, words: NameWords) -> bool:
    """Two particles in a row before a capital: "van der Bellen"."""
    return line.low(i + 1) in words.particles and i + 2 < len(line) and line.cap[i + 2]


def _name_after_all(line: Line, k: int, start: int, end: int, words: NameWords) -> bool:
    """A word of the calendar or the grammar that is a name here: "Theresa May", "Will Smith", "April Jones"."""
    word = line.lower[k]
    if not line.cap[k]:
        return word in words.particles
    if word not in words.stop_names:
        return False
    before = k > start and line.lower[k - 1] in words.given and line.lower[k - 1] not in words.stop
    after = k + 1 < end and words.likely_surname(line.lower[k + 1]) and line.lower[k + 1] not in words.stop
    if before and word in words.surnames and not line.low(k + 1)[:1].isdigit() and k + 1 == end:
        return True
    return after and word in words.given and not line.opens(k) and k == start


def _strip(line: Line, a: int, b: int, words: NameWords, gazetteer: Gazetteer) -> Iterator[tuple[int, int, bool]]:
    """Cut role, title and place before the name."""
    titled = False
    for k in range(b - 2, a - 1, -1):
        word = line.lower[k]
        if (word in words.honorifics and not (word in ("don",) and k == a)) or (
            word in words.heads and not _surname_role(line, k, a, b, words)
        ):
            titled, a = True, k + 1
            break
    if (not titled and a + 1 < b and line.low(a - 1) in ("of", "for", "in")) or (not titled and b - a >= 3):
        for size in (2, 1):
            rest = a + size
            if (
                b - rest >= 2
                and line.lower[rest] in words.given
                and gazetteer.has(line.words(a, rest))
                and line.lower[a] not in words.given
            ):
                a = rest
                break
    if not titled and b - a >= 3:
        for k in (b - 3, b - 2):
            inside = k > a and (line.lower[k - 1] in words.things or line.lower[k - 1] in words.modifiers)
            if (
                inside
                and _given(line.lower[k], words) == "sure"
                and (k == b - 2 or line.initial(k + 1))
                and line.lower[b - 1] not in words.things
            ):
                titled, a = True, k
                break
    while (
        b - a >= 3
        and titled
        and line.cap[a]
        and not _given(line.lower[a], words)
        and line.lower[a] not in words.surnames
        and _given(line.lower[a + 1], words) == "sure"
    ):
        a += 1  # "Miss Universe Alicia Machado"
    if (
        titled
        and b - a >= 3
        and line.lower[a] not in words.surnames
        and not _given(line.lower[a], words)
        and _given(line.lower[a + 1], words)
        and _big_place(line.tokens[a].text, gazetteer)
    ):
        a += 1  # "Commissioner Lahore Imran Malik"
    while b - a >= 2 and len(line.tokens[b - 1].text) == 1:
        b -= 1  # "Robert C" of "Robert C. "Bobby" Scott"
    rest = a
    while (
        b - rest > 2 and (line.lower[rest] in words.modifiers or line.lower[rest] in words.things) and line.lower[rest] not in words.given
    ):
        rest += 1
    if (
        rest == b - 2
        and line.low(a - 1) == "of"
        and a >= 2
        and line.lower[a - 2] in words.heads
        and (line.lower[rest] in words.things or line.lower[rest] in words.modifiers)
    ):
        rest += 1  # "Secretary of State Kerry"
        if line.lower[rest] in words.surnames or line.lower[rest] in words.figures or line.lower[rest].endswith(words.strong_endings):
            titled, a = True, rest
    elif rest > a and line.lower[rest] in words.given:
        titled, a = titled or line.low(a - 1) == "of", rest
    if a < b:
        yield a, b, titled


def _surname_role(line: Line, k: int, a: int, b: int, words: NameWords) -> bool:
    """ "Dean", "Bishop" or "King" between a given name and the end of the name: a part of it ("Martin Luther King Jr.")."""
    return k > a and k == b - 2 and line.lower[b - 1] in words.suffixes


def _judge(line: Line, a: int, b: int, titled: bool, words: NameWords, gazetteer: Gazetteer) -> str | None:
    """The rule by which tokens ``[a, b)`` are a person, or None."""
    core = [i for i in range(a, b) if line.cap[i] and not line.initial(i) and line.lower[i] not in words.suffixes]
    if not core or len(core) > 5:
        return None
    first, last = line.lower[core[0]], line.lower[core[-1]]
    if any(_shouts(line.tokens[i].text) for i in core) and not titled:
        return None
    beside = titled or role_before(line, a, words)
    old = aged(line, b)
    if len(core) == 1:
        return _judge_single(line, a, b, core[0], titled, beside, old, words, gazetteer)
    things = [i for i in core if line.lower[i] in words.things and not (i == core[0] and line.lower[i] in words.given)]
    if things and not (
        things == [core[-1]]
        and len(core) == 2
        and last in words.surnames
        and _given(first, words)
        and (beside or old or appositive(line, b, words) or speaks(line, a, b, words))
    ):
        return None
    if any(line.lower[i] in words.honorifics and i not in (core[0], core[-1]) for i in core):
        return None
    whole_place = gazetteer.has(line.words(a, b)) and not gazetteer.is_word(line.words(a, b))
    beside = beside or (not line.title and not whole_place and (named(line, a, words) or apart(line, a, b, words)))
    old = old or age_before(line, a, words)
    strong = beside or old or any(line.initial(i) for i in range(a, b))
    given = _given(first, words) or ("word" if last.startswith(words.prefixes) and not first.startswith(words.prefixes) else "")
    if line.title:
        return "given name and surname" if given == "sure" and words.likely_surname(last) and not whole_place and len(core) == 2 else None
    if not line.title and len(core) >= 2 and _listed(line, a) and not whole_place and not gazetteer.has(line.words(core[0], core[0] + 1)):
        return "beside a person"
    if whole_place and not strong and not (speaks(line, a, b, words) and given):
        return None
    if strong:
        weak = titled and line.low(a - 1) in words.weak_heads
        maker = beside and line.low(a - 1) in words.makers
        if maker and given != "sure":
            return None  # "the railway operator Zorvo Train"
        if not weak or given or words.likely_surname(last):
            return "role or title" if beside else "age" if old else "initial"
    if given == "sure":
        placed = gazetteer.has(first) and any(
            gazetteer.population(p.id) > 100_000 or p.kind in ("country", "region") for p in gazetteer.find(first)[:1]
        )
        if not placed or words.likely_surname(last) or speaks(line, a, b, words):
            return "given name and surname"
    surname = words.likely_surname(last)
    if given and surname and not line.opens(a):
        return "given name and surname"
    if len(core) > 1 and not whole_place and line.low(b) == "," and line.low(b + 1) in words.person_after:
        return "apposition"  # "NAME, whose sister was there"
    if (given or surname or last.endswith(words.strong_endings)) and (
        speaks(line, a, b, words) or appositive(line, b, words) or line.low(b) in words.person_after
    ):
        return "beside a verb of saying" if speaks(line, a, b, words) else "apposition"
    if last.endswith(words.strong_endings) and not gazetteer.has(first) and not line.opens(a) and not gazetteer.has(line.words(a, b)):
        return "ending of the surname"
    placed = gazetteer.has(line.words(core[-1], core[-1] + 1)) or gazetteer.has(first)
    if appositive(line, b, words) and not placed:
        return "apposition"
    if not whole_place and (_does(line, a, words) and speaks(line, a, b, words)):
        return "told by what somebody does"
    town = gazetteer.has(line.words(core[-1], core[-1] + 1)) or _big_place(line.tokens[core[0]].text, gazetteer)
    if not whole_place and not town and _goes_on(line, b, words):
        return "shown by the words beside"
    return None


def _goes_on(line: Line, b: int, words: NameWords) -> bool:
    """ "Rana Telmo, who had hidden"."""
    return line.low(b) == "," and line.low(b + 1) in words.person_after


def _does(line: Line, a: int, words: NameWords) -> bool:
    """ "the dog trainer Rana Telmo": a noun for what somebody does, in small letters, that is no company's."""
    before = line.low(a - 1)
    return before.endswith(words.doers) and before not in words.makers and line.touches(a) and not line.cap[a - 1]


def _judge_single(
    line: Line, a: int, b: int, i: int, titled: bool, beside: bool, old: bool, words: NameWords, gazetteer: Gazetteer
) -> str | None:
    word = line.lower[i]
    if (
        word in words.things
        or word in words.demonyms
        or word in words.heads
        or word in words.body_first
        or word in words.modifiers
        or ("-" in word and not word.startswith(words.prefixes) and word not in words.given)
    ):
        return None
    named = word in words.given or word in words.surnames or word in words.figures or word.endswith(words.strong_endings)
    placed = gazetteer.has(line.tokens[i].text)
    if titled and line.low(a - 1) in words.honorifics:
        return "title"
    if beside and not line.title:
        weak = line.low(a - 1) in words.weak_heads or (placed and not (word in words.figures or (titled and named)))
        if not weak or (named and not placed):
            return "role or title"
    if word in words.figures and not _thing_after(line, b, words):
        return "widely known"
    if old and not placed and not line.opens(a):
        return "age"
    if speaks(line, a, b, words) and not placed and not line.title:
        if word.endswith(words.strong_endings) or (words.likely_surname(word) and word in words.surnames and not line.opens(a)):
            return "beside a verb of saying"
        if word in words.given and "w" not in words.given[word] and not line.opens(a):
            return "beside a verb of saying"
    return None


def _listed(line: Line, a: int) -> bool:
    """ "NAME and ..." : the name before "and" is a person's."""
    return a >= 2 and line.lower[a - 1] in ("and", "&") and line.label[a - 2] == "person"


def _thing_after(line: Line, b: int, words: NameWords) -> bool:
    """ "Trump Tower", "Lincoln Center": a capital word for a thing follows."""
    return b < len(line) and line.touches(b) and line.cap[b] and line.lower[b] in words.things and not line.title


def _given(word: str, words: NameWords) -> str:
    """ "sure" for a given name, "word" for one that is a common word as well, "" for none. Of a compound ("Jean-Luc") its first part."""
    letters = words.given.get(word)
    if letters is None and "-" in word:
        letters = words.given.get(word.split("-")[0])
    return "" if letters is None else "word" if "w" in letters else "sure"


def _shouts(word: str) -> bool:
    """An acronym: three capitals or more, and no roman number."""
    return len(word) >= 3 and word.isupper() and word.isalpha() and not set(word) <= set("IVX")


def _person(line: Line, number: int, a: int, b: int, rule: str, words: NameWords) -> Person:
    role, role_start = role_of(line, a, b, words)
    line.mark(a, b, "person")
    core = sum(1 for i in range(a, b) if line.cap[i] and line.lower[i] not in words.suffixes)
    return Person(number, a, b, line.tokens[a].start, line.tokens[b - 1].end, line.words(a, b), rule, core > 1, role, role_start)


def _known(found: list[Person], words: NameWords) -> dict[str, str]:
    """Surname in lower case to the fullest name, of all people found; given names too, of people found by full name, marked by "~"."""
    table: dict[str, str] = {}
    for person in found:
        tokens = [t for t in person.name.lower().split() if t not in words.suffixes]
        if person.full and len(tokens) > 1:
            table[tokens[-1]] = person.name
            bare = next((tokens[-1][len(p) :] for p in words.prefixes if tokens[-1].startswith(p) and len(tokens[-1]) > len(p) + 2), None)
            if bare is not None:
                table.setdefault(bare, person.name)  # "Al-Tarvo", then "Tarvo"
            if len(tokens) > 2 and tokens[-2] in words.particles:
                table[" ".join(tokens[-2:])] = person.name
            table.setdefault("~" + tokens[0], person.name)
        elif tokens:
            table.setdefault(tokens[-1], person.name)
    return table


def _by_document(line: Line, a: int, b: int, known: dict[str, str], words: NameWords, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The part of a stretch that names a person known in the document."""
    if b - a > 1 and gazetteer.has(line.words(a, b)):
        return None
    if b - a == 1 or line.title:
        for i in range(a, b):
            word = line.lower[i]
            if _is_known(word, known) and not _thing_after(line, i + 1, words):
                if (
                    gazetteer.has(line.tokens[i].text)
                    and line.low(i - 1) in words.sure
                    and not line.possessive(i + 1)
                    and word not in words.figures
                ):
                    continue
                start = i
                while start > a and (line.lower[start - 1] in words.given or line.initial(start - 1)) and line.touches(start):
                    start -= 1
                return start, i + 1
            given = known.get("~" + word)
            if (
                given
                and b - a == 1
                and ((word in words.given and "w" not in words.given[word]) or speaks(line, i, i + 1, words))
                and not gazetteer.has(line.tokens[i].text)
                and not line.title
            ):
                return i, i + 1
        return None
    last = b - 1
    while last > a and line.lower[last] in words.suffixes:
        last -= 1
    word = line.lower[last]
    if _is_known(word, known) and not any(line.lower[i] in words.things for i in range(a, b)):
        # other words in capitals before a known surname: all of it a name, unless they open the sentence
        if line.lower[a] in words.given or line.initial(a):
            return a, b
        return (
            (last, b)
            if (line.opens(a) and not speaks(line, a, b, words) and not appositive(line, b, words)) or line.lower[a] in words.modifiers
            else (a, b)
            if b - a == 2 and not _big_place(line.tokens[a].text, gazetteer)
            else (last, b)
        )
    if _is_known(line.lower[a], known) and line.lower[a + 1] in words.modifiers | words.things and not _thing_after(line, a + 1, words):
        return a, a + 1
    return None


def _big_place(name: str, gazetteer: Gazetteer) -> bool:
    found = gazetteer.find(name)
    return bool(found) and (found[0].kind in ("country", "region", "area") or gazetteer.population(found[0].id) >= 100_000)


def _is_known(word: str, known: dict[str, str]) -> bool:
    if word in known:
        return True
    if len(word) < 6:
        return False
    return any(len(s) > 5 and s[0] == word[0] and s[:4] == word[:4] and not s.startswith("~") and same_surname(s, word)[0] for s in known)


def _compounds(line: Line, number: int, known: dict[str, str], words: NameWords) -> Iterator[Person]:
    """Names inside a compound: "Trump-Putin call", "Trump-era"."""
    for i, token in enumerate(line.tokens):
        if line.label[i] or "-" not in token.lower or not line.cap[i]:
            continue
        offset, hits = token.start, []
        parts = token.lower.split("-")
        for part in parts:
            if len(part) > 2 and (part in known or part in words.figures) and token.text[offset - token.start].isupper():
                hits.append((offset, offset + len(part)))
            offset += len(part) + 1
        if hits and len("-".join(parts)) == len(token.text):
            line.label[i] = "person"
            for start, end in hits:
                yield Person(number, i, i + 1, start, end, line.text[start:end], "part of a compound", False)
