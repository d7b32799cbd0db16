"""Counted nouns: a number with the noun it counts, the noun's class and facets, and what it is a part of.

"at least 40 apartment buildings", "476 out of a record 539 Russian drones", "14 of the injured", "cruise and ballistic missiles", "23 others".
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from crosstally.domain.model import Domain
from crosstally.extract.figures import syntax
from crosstally.extract.figures.nouns import MARKS, PERSON, Noun, Terms, lookup
from crosstally.extract.figures.syntax import Grammar, Parsed, singular
from crosstally.values import WHOLE, Facets, Mention, Quantity, Span

_AUXILIARIES = (syntax.BE, syntax.HAVE, syntax.MODAL)


class Counted(msgspec.Struct, frozen=True):
    """``first``..``last`` token indices of the whole phrase, hedge to head. ``number`` the quantity mention. ``whole``: index of the count it is
    a part of ("382 of the 415"). ``of_set``: "14 of the injured". ``bare``: no noun of its own. ``article``: "a warehouse"."""

    index: int
    number: Mention
    first: int
    last: int
    number_last: int
    noun: Noun | None
    whole: int | None = None
    is_whole: bool = False
    of_set: bool = False
    of_them: bool = False
    article: bool = False

    @property
    def quantity(self) -> Quantity:
        assert isinstance(self.number.value, Quantity)
        return self.number.value

    @property
    def bare(self) -> bool:
        return self.noun is None


def gives_way(count: Counted, parsed: Parsed) -> bool:
    """Whether "to" and another number stand right behind a count: "revised from 103 to 84"."""
    i = count.last + 1
    return parsed.tags[i : i + 1] == syntax.TO and syntax.NUM in parsed.tags[i + 1 : i + 4]


def read_counted(
    parsed: Parsed, numbers: tuple[Mention, ...], blocked: frozenset[int], terms: Terms, grammar: Grammar, domain: Domain
) -> tuple[Counted, ...]:
    """Every count of a sentence with its noun. ``numbers``: quantity mentions that count.

    ``blocked``: tokens of moments, that no noun phrase enters.
    """
    if not numbers:
        return ()
    starts = {t.start: i for i, t in enumerate(parsed.sentence.tokens)}
    out: list[Counted] = []
    pending: dict[int, int] = {}  # token where a whole's number starts -> index of its part
    for mention in numbers:
        cover = mention.cover or mention.span
        first = _token_at(parsed, cover.start, starts)
        last = _last_token(parsed, mention.span)
        if first is None or last is None:
            continue
        number_first = _token_at(parsed, mention.span.start, starts)
        reach = max(last, _last_token(parsed, cover) or last)
        if last + 1 < len(parsed.tags) and _age_follows("".join(t.lower for t in parsed.sentence.tokens[last + 1 : last + 3]), terms.ages):
            continue  # "a three -year-old girl": a number cut off from its age
        if isinstance(mention.value, Quantity) and mention.value.hedge == "share" and first > 0 and parsed.tags[first - 1] in _AUXILIARIES:
            continue  # "were all shot": it counts nothing
        first = _past_adjective(first, mention, parsed, grammar.words)
        counted = _phrase(len(out), mention, first, reach, last, parsed, numbers, blocked, terms, grammar, domain)
        whole_at = counted[1]
        entry = counted[0]
        for position, part in list(pending.items()):
            if first <= position <= reach or (number_first is not None and position == number_first):
                out[part] = msgspec.structs.replace(out[part], whole=len(out))
                entry = msgspec.structs.replace(entry, is_whole=True)
                del pending[position]
        nothing = entry.noun is not None and entry.quantity.low == entry.quantity.high == 0
        if nothing and entry.noun is not None and not grammar.words["counts_told"].isdisjoint(entry.noun.words):
            continue  # "no official figures": nobody has counted
        if entry.noun is None and not article_of(mention) and (kin := _kin_before(parsed, first, grammar.words)) is not None:
            noun = Noun(parsed.sentence.tokens[first - 2].lower, ((PERSON, WHOLE),), first - 2, first - 2, (parsed.sentence.tokens[first - 2].lower,))
            entry = msgspec.structs.replace(entry, first=kin, noun=noun)  # "a family of four"
        if entry.noun is None and first >= 3 and _of_those(parsed, first, grammar.words):
            entry = msgspec.structs.replace(entry, of_them=True)
        front = [i for i in _fronted(out, entry, parsed, grammar.words) if _same_kind(out[i], entry)]
        for i in front[:1]:  # "Of 100 drones, 64 were shot down"
            out[i] = msgspec.structs.replace(out[i], is_whole=True)
            entry = msgspec.structs.replace(entry, whole=i)
        out.append(entry)
        if whole_at is not None:
            pending[whole_at] = entry.index
    _pair(out, parsed, grammar)
    out = [_all_but(c, out, parsed, grammar.words) for c in out]
    out = [c if c.index == i else msgspec.structs.replace(c, index=i) for i, c in enumerate(out)]
    for one in out:  # A whole without a noun of its own takes its part's ("66 drones out of 100"), as a part its whole's.
        if one.whole is not None and one.noun is not None and one.whole > one.index and out[one.whole].noun is None:
            out[one.whole] = msgspec.structs.replace(out[one.whole], noun=one.noun)
    return tuple(msgspec.structs.replace(c, noun=out[c.whole].noun) if c.whole is not None and c.noun is None else c for c in out)


def _past_adjective(first: int, mention: Mention, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> int:
    """The first token of "a staggering 145": an article and one word before a number above one belong to it."""
    many = isinstance(mention.value, Quantity) and (mention.value.low or 0) > 1 and not mention.rule.endswith("article")
    if not many or first < 2 or parsed.sentence.tokens[first - 2].lower not in words["one_article"]:
        return first
    word = parsed.sentence.tokens[first - 1].text
    plain = word.isalpha() and word.islower() and parsed.tags[first - 1] not in (syntax.PREP, syntax.TO, syntax.COORD, syntax.SUB)
    return first - 2 if plain else first


def _pair(counts: list[Counted], parsed: Parsed, grammar: Grammar) -> None:
    """Bare numbers told of things one by one: "90 drones and 12 missiles, of which 70 and eight, respectively, were shot down", "20 missiles and
    40 drones out of 30 and 50". Each gets the noun at its own place of the list before; in the second wording it is that one's whole."""
    tokens = parsed.sentence.tokens
    for i in range(2, len(counts) - 1):
        first, second = counts[i], counts[i + 1]
        between = [t.lower for t in tokens[first.last + 1 : second.first]]
        if second.noun is not None or first.whole is not None or second.whole is not None or not between or between[-1] not in grammar.words["and"]:
            continue
        one, other = counts[i - 2], counts[i - 1]
        if one.noun is None or other.noun is None or one.article or other.article or one.is_whole or other.is_whole:
            continue
        each = any(t.lower in grammar.words["respectively"] for t in tokens[second.last + 1 : second.last + 4])
        if first.is_whole and other.whole == i and one.whole is None:
            counts[i - 2] = msgspec.structs.replace(one, whole=i)
            counts[i - 1] = msgspec.structs.replace(other, whole=i + 1)
            counts[i] = msgspec.structs.replace(first, noun=one.noun)
            counts[i + 1] = msgspec.structs.replace(second, noun=other.noun, is_whole=True)
        elif each and first.noun is None:
            counts[i] = msgspec.structs.replace(first, noun=one.noun, of_them=False)
            counts[i + 1] = msgspec.structs.replace(second, noun=other.noun, of_them=False)


def article_of(mention: Mention) -> bool:
    """Whether a count is no number word but "a", "an" or "another"."""
    return mention.rule.endswith("article") or mention.text.lower() == "another"


def _kin_before(parsed: Parsed, first: int, words: Mapping[str, frozenset[str]]) -> int | None:
    """Where "a family of" begins, if it stands right before the number at ``first``."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    if first < 2 or tokens[first - 1].lower not in words["of"] or tokens[first - 2].lower not in words["kin_groups"]:
        return None
    start = first - 2
    while start > 0 and tags[start - 1] in (syntax.DET, syntax.NOUN) and tokens[start - 1].text.islower():
        start -= 1
    return start


def _of_those(parsed: Parsed, first: int, words: Mapping[str, frozenset[str]]) -> bool:
    """ "Of those, 51 were intercepted": a set named first."""
    comma, which, of = parsed.sentence.tokens[first - 1], parsed.sentence.tokens[first - 2], parsed.sentence.tokens[first - 3]
    return comma.text == "," and which.lower in words["sets"] and of.lower in words["of"]


def _fronted(before: list[Counted], entry: Counted, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> list[int]:
    """Counts that open the sentence or clause as wholes: "Of the 100 drones and nine missiles launched, 64 drones ..."."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    first = next((c for c in before if not c.article), None)
    if first is None:
        return []
    i = first.first - 1
    while i >= 0 and (tags[i] == syntax.DET or tokens[i].lower in words["total"]):
        i -= 1
    if i < 0 or tokens[i].lower not in words["of"] or not (i == 0 or tags[i - 1] == syntax.PUNCT or tokens[i - 1].lower in words["before_whole"]):
        return []
    comma = next((j for j in range(first.last, entry.first) if tokens[j].text == ","), None)
    return [c.index for c in before if comma is not None and c.last < comma and not c.article]


def _same_kind(whole: Counted, part: Counted) -> bool:
    """A part without a noun, or with the whole's own facets or narrower ones of the same class."""
    if part.noun is None or whole.noun is None:
        return True
    mine = dict(part.noun.classes)
    return any(name in mine and mine[name] == facets for name, facets in whole.noun.classes)


def _all_but(count: Counted, counts: list[Counted], parsed: Parsed, words: Mapping[str, frozenset[str]]) -> Counted:
    """ "all of the 415" is 415, "all but two of the 415" is 413; without a whole it is words only."""
    tokens = parsed.sentence.tokens
    i = count.first
    if count.whole is not None and count.number.text.lower() in words["all"] and (counted := counts[count.whole].quantity).is_exact:
        value = msgspec.structs.replace(counted, raw=f"{count.number.text} {counted.raw}")  # "all of the 27 drones"
        return msgspec.structs.replace(count, number=msgspec.structs.replace(count.number, value=value))
    if i < 2 or tokens[i - 1].lower not in words["contrast"] or tokens[i - 2].lower not in words["all"]:
        return count
    quantity, whole = count.quantity, counts[count.whole].quantity if count.whole is not None else None
    raw = f"{tokens[i - 2].text} {tokens[i - 1].text} {quantity.raw}"
    if whole is not None and whole.is_exact and quantity.is_exact and whole.low is not None and quantity.low is not None:
        left = whole.low - quantity.low
        value = Quantity(left, left, "exact", quantity.unit, raw)
    else:
        value = Quantity(None, None, "share", quantity.unit, raw)
    return msgspec.structs.replace(count, first=i - 2, number=msgspec.structs.replace(count.number, value=value))


def _age_follows(word: str, ages: tuple[str, ...]) -> bool:
    return word[0] == "-" and any(age in word for age in ages)


def _token_at(parsed: Parsed, offset: int, starts: Mapping[int, int]) -> int | None:
    found = starts.get(offset)
    if found is not None:
        return found
    for i, token in enumerate(parsed.sentence.tokens):  # inside a hyphenated token
        if token.start <= offset < token.end:
            return i
    return None


def _last_token(parsed: Parsed, span: Span) -> int | None:
    last = None
    for i, token in enumerate(parsed.sentence.tokens):
        if token.start >= span.end:
            break
        if token.end > span.start:
            last = i
    return last


def _phrase(
    index: int, mention: Mention, first: int, last: int, number_last: int, parsed: Parsed, numbers: tuple[Mention, ...],
    blocked: frozenset[int], terms: Terms, grammar: Grammar, domain: Domain,
) -> tuple[Counted, int | None]:  # fmt: skip
    """The count at ``first..last`` extended over its noun, and the token where the number of its whole starts, if it is "n of m"."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    article = article_of(mention)
    i = last + 1
    words = grammar.words

    def counted(end: int, noun: Noun | None, *, of_set: bool = False, of_them: bool = False) -> Counted:
        return Counted(index, mention, first, end, number_last, noun, of_set=of_set, of_them=of_them, article=article)

    if i < len(tokens) and tokens[i].lower in words["part_prepositions"] and not article:
        j = i + 1
        if tokens[i].lower in words["out"]:
            j = i + 2 if j < len(tokens) and tokens[j].lower in words["of"] else j
        if tokens[i].lower in words["one_in"]:
            j = len(tokens)  # "one in three" is no whole here
        k = j
        while (
            k < len(tokens)
            and (tags[k] in (syntax.DET, syntax.ADV) or (tags[k] == syntax.NOUN and k - j < 4 and _to_number(tags, k)))
            and k not in blocked
        ):
            k += 1
        if k < len(tokens) and tags[k] == syntax.NUM and tokens[i].lower not in words["one_in"]:
            return counted(last, None), k
        if j < len(tokens) and tokens[j].lower in words["sets"] and (tags[j] == syntax.PRON or tags[j + 1 : j + 2] != syntax.NOUN):
            end = _whole_term(noun_run(j + 1, parsed, blocked), parsed, terms, grammar)  # "330 of them Shahed strike drones"
            if end > j and tags[j + 1] not in (syntax.PAST, syntax.PART):  # but "seven of them hit energy sites"
                noun = lookup(parsed, j + 1, end, terms, grammar)
                noun, end = _compound(noun, j + 1, end, parsed, blocked, terms, grammar, domain)
                return counted(end, noun, of_them=True), None
            return counted(j, None, of_them=True), None
        if j < len(tokens):
            vague = mention.value.hedge in ("vague", "share") if isinstance(mention.value, Quantity) else False
            end = noun_run(j, parsed, blocked, skip_determiners=True)
            if end >= j:
                start = j
                while start <= end and tags[start] == syntax.DET:
                    start += 1
                if start <= end:
                    noun = lookup(parsed, start, end, terms, grammar)
                    if vague:
                        noun, end = _compound(noun, start, end, parsed, blocked, terms, grammar, domain)
                    return counted(end, noun, of_set=not vague and start > j), None
    end = noun_run(i, parsed, blocked)
    if end < i or (tokens[i].lower in words["undergone"] and tags[i] != syntax.NOUN):
        return counted(last, None), None
    end = _of_term(i, end, parsed, blocked, terms, grammar)
    if all(t.lower in terms.ellipses for t in tokens[i : end + 1]):
        return counted(end, None), None
    noun = lookup(parsed, i, end, terms, grammar)
    whole_at = _out_of(end + 1, parsed, words)
    if whole_at is not None and noun.classes and not article:
        return counted(end, noun), whole_at  # "66 drones out of 100"
    alone = end
    noun, end = _compound(noun, i, end, parsed, blocked, terms, grammar, domain)
    pair_of = article and end > alone and noun.is_a(PERSON) and not _apposed(first, end, parsed)
    if pair_of and isinstance(mention.value, Quantity) and mention.value.is_exact:
        # "a man and woman": two people under one article
        whole = {name: tree.root for name, tree in domain.facets.items()}
        classes = tuple((c, Facets({f: m for f, m in facets.items() if m != whole.get(f)})) for c, facets in noun.classes)
        noun = msgspec.structs.replace(noun, classes=classes)
        pair = msgspec.structs.replace(mention, value=msgspec.structs.replace(mention.value, low=2, high=2))
        return Counted(index, pair, first, end, number_last, noun), None
    return counted(end, noun), None


def _apposed(first: int, end: int, parsed: Parsed) -> bool:
    """Whether a phrase between commas says who somebody named right before it is: "Rowe, a pupil and singer, died" is one."""
    tokens = parsed.sentence.tokens
    if first < 2 or tokens[first - 1].text != "," or end + 1 >= len(tokens) or tokens[end + 1].text != ",":
        return False
    return tokens[first - 2].text[:1].isupper() or tokens[first - 2].text.isdecimal()


def _out_of(i: int, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> int | None:
    """The token of the number behind "out of" (a total, a record) at token ``i``, or None."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    if i + 2 >= len(tokens) or tokens[i].lower not in words["out"] or tokens[i + 1].lower not in words["of"]:
        return None
    k = i + 2
    while k < len(tokens) and (tags[k] in (syntax.DET, syntax.ADV) or tokens[k].lower in words["total"] or tokens[k].lower in words["of"]):
        k += 1
    return k if k < len(tokens) and tags[k] == syntax.NUM else None


def _to_number(tags: str, k: int) -> bool:
    """A noun or adjective on the way to a number: "of Kyiv's 10 districts", "out of a record 539 drones"."""
    for tag in tags[k + 1 : k + 5]:
        if tag == syntax.NUM:
            return True
        if tag not in (syntax.DET, syntax.NOUN, syntax.ADV):
            return False
    return False


def noun_run(i: int, parsed: Parsed, blocked: frozenset[int], skip_determiners: bool = False) -> int:
    """The last token of the noun run that starts at ``i``; ``i - 1`` where none does. A run: nouns, adjectives, prenominal participles."""
    tags, tokens = parsed.tags, parsed.sentence.tokens
    j, last = i, i - 1
    while j < len(tags) and j not in blocked:
        tag = tags[j]
        if tag == syntax.NOUN:
            last = j
        elif (skip_determiners and tag == syntax.DET and tokens[j].lower != "'s" and last < i) or (tokens[j].lower == "'s" and last >= i):
            pass
        elif (
            tag in (syntax.PART, syntax.PAST, syntax.GERUND, syntax.VERB)
            and j + 1 < len(tags)
            and tags[j + 1] == syntax.NOUN
            and j + 1 not in blocked
            and last < i
        ):
            pass  # "23 injured people", "539 attacking drones": only before the head
        elif tag == syntax.PUNCT and tokens[j].text in MARKS and (last < i or (tokens[i].text in MARKS and tags[j + 1 : j + 2] == syntax.NOUN)):
            pass  # "six “Kinzhal” missiles"
        else:
            break
        j += 1
    return last


def _of_term(first: int, end: int, parsed: Parsed, blocked: frozenset[int], terms: Terms, grammar: Grammar) -> int:
    """The end of a run, past "of" and the run behind it where the packs list all of it as one term ("means of air attack")."""
    tokens = parsed.sentence.tokens
    if end + 2 >= len(tokens) or tokens[end + 1].lower not in grammar.words["of"]:
        return end
    last = noun_run(end + 2, parsed, blocked)
    words = tuple(t.lower for t in tokens[first:last])
    return last if last > end + 1 and (*words, singular(tokens[last].lower, grammar)) in terms.by_words else end


def _whole_term(end: int, parsed: Parsed, terms: Terms, grammar: Grammar) -> int:
    """The end of a run, past a word that looks like a verb where it is the first word of a term the packs list ("strike drone")."""
    tokens = parsed.sentence.tokens
    if end + 2 < len(tokens) and (tokens[end + 1].lower, singular(tokens[end + 2].lower, grammar)) in terms.by_words:
        return end + 2
    return end


def _compound(
    noun: Noun, first: int, end: int, parsed: Parsed, blocked: frozenset[int], terms: Terms, grammar: Grammar, domain: Domain
) -> tuple[Noun, int]:
    """ "drones and missiles", "cruise and ballistic missiles": one number over joined nouns of one class counts what is common to them."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    j = end + 1
    if j + 1 >= len(tags) or tokens[j].lower not in grammar.words["and"]:
        return noun, end
    second_end = noun_run(j + 1, parsed, blocked)
    kind = second_end > j + 1 and (tokens[j + 1].lower, singular(tokens[second_end].lower, grammar)) in terms.by_words
    if tags[j + 1] != syntax.NOUN and not (kind and tags[j + 1] in (syntax.GERUND, syntax.PART, syntax.PAST)):
        return noun, end  # "30 missiles and exploding drones" are of two kinds
    if second_end <= j:
        return noun, end
    after = tags[second_end + 1] if second_end + 1 < len(tags) else syntax.PUNCT
    second = lookup(parsed, j + 1, second_end, terms, grammar)
    if not second.classes:
        return noun, end
    if after in (syntax.PAST, syntax.VERB, syntax.MODAL, syntax.HAVE) and any(v.last < first for v in parsed.verbs):
        return noun, end  # a new clause: "killed two people and rescuers said"
    if not noun.classes:  # "cruise and ballistic missiles"
        words = tuple(t.lower for t in tokens[first : end + 1])
        for start in range(len(words)):
            found = terms.by_words.get((*words[start:], second.head))
            if found:
                noun = Noun(second.head, found, first, end, words)
                break
        else:
            return noun, end
    merged = []
    mixed = False
    for name, facets in noun.classes:
        if second.is_a(name):
            common = common_facets(facets, second.facets(name), domain)
            merged.append((name, common))
            mixed |= name == PERSON and not common and bool(facets) and bool(second.facets(name))
    if not merged:
        return noun, end
    return Noun(second.head, tuple(merged), first, second_end, (*noun.words, *second.words), mixed), second_end


def common_facets(a: Facets, b: Facets, domain: Domain) -> Facets:
    """Facets that hold of both nouns: the nearest common member, or none."""
    out = {}
    for facet, member in a.items():
        other = b.get(facet)
        tree = domain.facets.get(facet)
        if other is not None and tree is not None and (up := tree.common((member, other))) is not None:
            out[facet] = up
    return Facets(out)
