"""What stands beside a person's name: a role before or after it, an age, a verb of saying."""

from __future__ import annotations

from crosstally.extract.names.line import Line
from crosstally.extract.names.words import NameWords

_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its", "one", "another", "also", "our", "my"})
_QUOTES = frozenset("“”\"‘’'«»")


def role_before(line: Line, a: int, words: NameWords) -> bool:
    """A role in lower case directly before the name, or before a comma and the name ("Kyiv's mayor, Vitali Klitschko")."""
    k = a - 1
    if k >= 0 and line.lower[k] == "," and k >= 1:
        k -= 1
        return line.lower[k] in words.heads and line.lower[k] not in words.plural_heads and not line.title
    return k >= 0 and line.touches(a) and line.lower[k] in words.heads and line.lower[k] not in words.plural_heads


def named(line: Line, a: int, words: NameWords) -> bool:
    """ "a witness named NAME", "a resident identified as NAME": somebody is said to be called so."""
    k = a - 1
    if line.low(k) in words.naming_as:
        k -= 1
    if k >= 0 and line.lower[k] in words.reflexive:
        k -= 1
    return k > 0 and line.lower[k] in words.naming and line.low(k - 1) in words.heads | words.person_after


def apart(line: Line, a: int, b: int, words: NameWords) -> bool:
    """ "the owner of the building, NAME, said": a role with its complement, then a name set off by commas."""
    if line.low(a - 1) != "," or line.low(b) not in (",", ")", "."):
        return False
    if line.low(a - 2) in words.bearers:
        return False  # "the leader of the group, NAME,": it may be the group's
    found = head_of(line, a, words)
    return found is not None and line.low(found[0] - 1) in _ARTICLES and line.lower[found[0]] not in words.plural_heads


def aged(line: Line, b: int) -> bool:
    """ ", 68," or "(68)" follows."""
    mark, age = line.low(b), line.low(b + 1)
    return (
        mark in (",", "(")
        and age.isdecimal()
        and 0 < int(age[:3]) < 120
        and len(age) < 4
        and line.low(b + 2) in (",", ")", ".", ";", "of", "and", "")
    )


def age_before(line: Line, a: int, words: NameWords) -> bool:
    """ "60-year-old" stands right before the name."""
    return line.touches(a) and line.low(a - 1).endswith(words.ages)


def speaks(line: Line, a: int, b: int, words: NameWords) -> bool:
    """A verb of saying beside the name: "X said", "said X", "according to X"."""
    if line.low(b) in words.speech or (line.low(b) in ("also", "has", "had", "later", "then") and line.low(b + 1) in words.speech):
        return True
    return line.low(a - 1) in words.speech or (line.low(a - 1) == "to" and line.low(a - 2) == "according")


def appositive(line: Line, b: int, words: NameWords) -> bool:
    """ ", a spokesman for ...," follows: a role within a few words after a comma."""
    return role_after(line, b, words) is not None


def role_after(line: Line, b: int, words: NameWords) -> tuple[int, int] | None:
    """Tokens of a role in apposition after the name."""
    if line.low(b) != "," and line.low(b) != "(":
        return None
    k, head = b + 1, -1
    if line.low(k) in ("who", "which", "whose", "and", "or", "but"):
        return None
    while (
        k < len(line)
        and k < b + 14
        and line.lower[k] not in (",", ".", ";", ":", ")", "—", "–", "-", "”", '"', "who", "said", "says", "told", "which", "that")
    ):
        if head < 0:
            word = line.lower[k]
            if word in words.apposed and word not in words.plural_heads:
                head = k
            elif word in words.speech or k > b + 8:
                return None
        k += 1
    if head < 0:
        return None
    start = b + 1
    while start < head and line.lower[start] in _ARTICLES:
        start += 1
    lead = line.lower[b + 1]
    opens = (
        lead in _ARTICLES
        or lead in words.modifiers
        or lead in words.heads
        or lead in words.demonyms
        or line.cap[b + 1]
        or lead in words.body_modifiers
    )
    return (start, k) if opens else None


def role_of(line: Line, a: int, b: int, words: NameWords) -> tuple[str | None, int]:
    """The role as worded before the name, or after it; and where a role before begins (text offset), -1."""
    k, head = a - 1, -1
    comma = k >= 1 and line.lower[k] == ","
    if comma:
        k -= 1
    end = k + 1
    start = end
    while k >= 0:
        word = line.lower[k]
        if (word in words.heads and word not in words.plural_heads) or (word in words.honorifics and not comma):
            head, start = (k, k) if word in words.heads else (head, k)
        elif (
            word in words.modifiers
            or word in words.demonyms
            or word in words.body_modifiers
            or line.possessive(k)
            or (line.cap[k] and head >= 0 and (word not in words.stop or line.tokens[k].text.isupper()) and line.touches(k + 1))
            or (line.cap[k] and line.possessive(k + 1))
        ):
            start = k
        else:
            break
        k -= 1
        if comma and head < 0:
            break
    if comma and start == head > 0 and line.low(head - 1) not in _ARTICLES:
        head = -1  # "moved the talks forward, Smith said": a word that opens no phrase is no office
    if comma and start > 1 and line.low(b) in words.speech:
        head = -1  # "the dead were a nurse and a police officer, Smith said": the comma ends what was said
    while start < end and (line.possessive(start) or line.lower[start] in _QUOTES):
        start += 1
    while end - 1 > start and line.lower[end - 1] in words.honorifics and not comma:
        end -= 1
    if head >= 0:
        far = start - 1 if line.low(start - 1) != "the" else start - 2
        if (
            line.low(far) in ("of", "for")
            and far >= 1
            and line.lower[far - 1] in words.heads
            and line.lower[far - 1] not in words.plural_heads
        ):
            start = far - 1  # "Chief of the General Staff", "Minister of Defence"
            while start > 0 and (
                line.lower[start - 1] in words.modifiers or line.lower[start - 1] in words.demonyms or line.tokens[start - 1].text.isupper()
            ):
                start -= 1
    if head >= 0 and start < end:
        return line.words(start, end), line.tokens[start].start
    if not line.title and (apart := head_of(line, a, words)) is not None:
        return line.words(*apart), line.tokens[apart[0]].start
    after = role_after(line, b, words)
    return (line.words(*after), -1) if after else (None, -1)


def head_of(line: Line, a: int, words: NameWords) -> tuple[int, int] | None:
    """ "the head of the Kharkiv regional administration, NAME", "Mayor of London NAME": a role with its complement before the name."""
    while a > 1 and line.lower[a - 1] in words.honorifics:
        a -= 1  # "the head of the board, Lt. Gen. NAME"
    comma = line.low(a - 1) == ","
    end = a - 1 if comma else a
    for k in range(end - 2, max(end - 12, -1), -1):
        word = line.lower[k]
        if word in (",", ".", ";", ":", "—", "–") or word in words.speech or word in _QUOTES:
            return None
        if (
            word in words.heads
            and line.lower[k + 1] in ("of", "for", "at", "to")
            and k + 2 < end
            and (comma or (line.cap[end - 1] and line.cap[k]))
        ):
            while k > 0 and (
                line.lower[k - 1] in words.modifiers
                or line.lower[k - 1] in words.demonyms
                or (line.cap[k - 1] and line.lower[k - 1] in words.heads)  # "Director General of the board"
            ):
                k -= 1
            return k, end
    return None
