"""A shallow grammar: word classes, verb groups and noun phrases of one sentence, from closed-class tables and verb forms.

Not a parser: it knows just enough to say which verb a counted noun is subject or object of, and through which preposition it hangs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import cast

import msgspec

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.values import Sentence, Token

# Word classes, one letter each: determiner, pronoun, coordinator, subordinator, preposition, adverb, modal, be, have, do, "to", base or present
# verb, past form, participle-only form, gerund, noun (the rest), number, punctuation.
DET, PRON, COORD, SUB, PREP, ADV, MODAL, BE, HAVE, DO, TO, VERB, PAST, PART, GERUND, NOUN, NUM, PUNCT = "DOCSPRMBHXTVENGWQ."


class VerbForm(msgspec.Struct, frozen=True):
    """``lemma`` and what the form can be: base "V", third person "V", past "E" (also participle unless irregular says not), participle "N", "G"."""

    lemma: str
    classes: str


class Grammar(msgspec.Struct, frozen=True):
    """Compiled closed-class tables. ``forms`` verb form -> readings; ``roles`` preposition -> role, ``joiners`` list joiners as words,
    ``plurals`` irregular nouns, ``words`` small words by what they do,
    ``agentive`` endings of nouns for who does something,
    ``acts`` gerunds that the packs know as nouns ("shooting"),
    ``classes`` any word -> its class by itself, ``singulars`` any word -> its singular as a noun: worked out as words are met."""

    closed: Mapping[str, str]
    forms: Mapping[str, VerbForm]
    roles: Mapping[str, str]
    copulas: frozenset[str]
    joiners: frozenset[tuple[str, ...]]
    plurals: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    agentive: tuple[str, ...] = ()
    acts: frozenset[str] = frozenset()
    classes: Mapping[str, str] = {}
    singulars: Mapping[str, str] = {}


class _Kept(dict[str, str]):
    """Words to what a function tells of them, asked once for each word met."""

    def __init__(self, tell: Callable[[str], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> str:
        told = self._tell(word)
        if len(self) < _KEPT_WORDS:  # a long run over many texts must not grow without bound
            self[word] = told
        return told


_KEPT_WORDS = 200_000
_CLOSED = (
    ("adverbs", ADV), ("prepositions", PREP), ("subordinators", SUB), ("coordinators", COORD), ("pronouns", PRON), ("determiners", DET),
    ("modals", MODAL), ("be", BE), ("have", HAVE), ("do", DO),
)  # fmt: skip
_AUXILIARY = frozenset((MODAL, BE, HAVE, DO))
_OF_A_VERB = _AUXILIARY | {TO, VERB, PAST, PART, GERUND}
_UNSETTLED = frozenset((DET, VERB, PAST, PART, GERUND))  # classes that the neighbours may change
_VOWELS = "aeiou"
_NOT = ("n't", "not")  # "didn't", "cannot": auxiliary and denial in one token
_ONE = frozenset({"1", "one"})
_QUOTES = frozenset("\"'“”‘’«»")


def compile_grammar(language: Language, verbs: Iterable[str], acts: frozenset[str] = frozenset()) -> Grammar:
    """The grammar of a language with the packs' ``verbs`` (lemmas, particles dropped). Raises PackError for a missing table."""
    try:
        syntax = language.tables["syntax"]
        closed: dict[str, str] = {}
        for key, letter in _CLOSED:
            for word in cast("list[str]", syntax[key]):
                closed[word] = letter
        for key, letter in (("modals", MODAL), ("be", BE), ("have", HAVE), ("do", DO)):
            for word in cast("list[str]", syntax[key]):
                closed.update({word + ending: letter for ending in _NOT})
        closed["to"] = TO
        irregular = cast("Mapping[str, list[str]]", syntax["irregular"])
        regular = cast("Mapping[str, list[str]]", syntax["verbs"])["regular"]
        roles = cast("Mapping[str, str]", syntax["roles"])
        copulas = frozenset(cast("list[str]", syntax["copulas"]))
        joiners = frozenset(tuple(j.split()) for j in cast("list[str]", syntax["list_joiners"]))
        plurals = cast("Mapping[str, str]", language.tables["nouns"]["irregular"])
        agentive = tuple(cast("list[str]", language.tables["nouns"].get("agentive", ())))
        words = {key: frozenset(row) for key, row in cast("Mapping[str, list[str]]", syntax["words"]).items()}
    except KeyError as error:
        raise PackError(f"{language.folder}/syntax.toml", str(error), "missing table", "see languages/en for the tables a language needs") from error
    forms: dict[str, VerbForm] = {}
    for lemma in sorted({*regular, *irregular, *(v.split()[0] for v in verbs)}):
        for form, letter in _forms(lemma, irregular.get(lemma)):
            old = forms.get(form)
            if old is None:
                forms[form] = VerbForm(lemma, letter)
            elif old.lemma == lemma:
                forms[form] = VerbForm(lemma, old.classes + letter)
            elif "V" not in old.classes and letter == "V":  # "found": past of find before base of found
                continue
    for word in closed:
        if closed[word] not in (ADV, PREP) or word in ("down", "up", "off", "out"):
            forms.pop(word, None) if closed[word] not in (PREP,) else None
    return Grammar(
        closed=closed, forms=forms, roles=roles, copulas=copulas, joiners=joiners, plurals=plurals, words=words, agentive=agentive, acts=acts,
        classes=_Kept(partial(_class_of, forms=forms, closed=closed, adjectives=words["not_adverbs"])),
        singulars=_Kept(partial(_singular, plurals=plurals)),
    )  # fmt: skip


def _forms(lemma: str, irregular: list[str] | None) -> Iterable[tuple[str, str]]:
    yield lemma, "V"
    row = list(irregular or [])
    past = row[0].split("|") if row else [_ed(lemma)]
    participle = row[1].split("|") if len(row) > 1 else past
    third = row[2].split("|") if len(row) > 2 else [_s(lemma)]
    gerund = row[3].split("|") if len(row) > 3 else [_ing(lemma)]
    for form in third:
        yield form, "V"
    for form in past:
        yield form, "E"
    for form in participle:
        yield form, "N"
    for form in gerund:
        yield form, "G"


def _double(lemma: str) -> bool:
    """Final consonant doubled: one-syllable consonant-vowel-consonant."""
    return len(lemma) == 3 and lemma[-1] not in "aeiouwxy" and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS


def _ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _double(lemma) else "") + "ed"


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _double(lemma) else "") + "ing"


def _s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def singular(word: str, grammar: Grammar) -> str:
    """The singular of a lower-case noun, by table, then by rule."""
    return grammar.singulars[word]


def _singular(word: str, plurals: Mapping[str, str]) -> str:
    if word in plurals:
        return plurals[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "buses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


class Verb(msgspec.Struct, frozen=True):
    """A verb group: token indices ``[first, last]``, head at ``head``. ``voice``: "active", "passive", "ambiguous" (a past form that may be a
    reduced participle), "participle" (only that), "gerund", "infinitive". ``modal``: the modal word or "" ; ``negated``."""

    first: int
    last: int
    head: int
    lemma: str
    particle: str
    voice: str
    modal: str = ""
    negated: bool = False
    finite: bool = True


class Parsed(msgspec.Struct, frozen=True):
    """``tags`` one letter a token; ``verbs`` in order; ``verb_at`` token index -> index into ``verbs``, -1 outside; ``moments``: tokens inside
    dates and times."""

    sentence: Sentence
    tags: str
    verbs: tuple[Verb, ...]
    verb_at: tuple[int, ...]
    moments: frozenset[int] = frozenset()


def parse(
    sentence: Sentence, numbers: frozenset[int], grammar: Grammar, names: frozenset[int] = frozenset(), moments: frozenset[int] = frozenset(),
    hedges: frozenset[int] = frozenset(),
) -> Parsed:  # fmt: skip
    """Word classes and verb groups. ``numbers``, ``names``, ``moments``, ``hedges``: indices of tokens inside number words, inside names (never
    verbs), inside dates and times (never modal: "on May 24"), and of words that belong to a number ("at least")."""
    tokens = sentence.tokens
    classes = grammar.classes
    tags = [classes[t.lower] for t in tokens]
    for i in names:
        if tags[i] != PUNCT and tokens[i].lower != "'s":
            tags[i] = NOUN
    for i in numbers:
        tags[i] = NUM
    for i in moments:
        if tags[i] == MODAL:
            tags[i] = NOUN
    _settle(tags, tokens, grammar, hedges)
    verbs = list(_groups(tags, tokens, grammar))
    at = [-1] * len(tokens)
    for number, verb in enumerate(verbs):
        at[verb.first : verb.last + 1] = [number] * (verb.last + 1 - verb.first)
    return Parsed(sentence=sentence, tags="".join(tags), verbs=tuple(verbs), verb_at=tuple(at), moments=moments)


def _class_of(lower: str, forms: Mapping[str, VerbForm], closed: Mapping[str, str], adjectives: frozenset[str]) -> str:
    """The class of a word by itself. ``adjectives``: words in -ly that are no adverbs."""
    if not lower[0].isalnum() and lower not in ("'s", "'re", "'ve", "'ll", "'m", "'d", "n't", "&"):
        return PUNCT
    if lower == "'s":
        return DET  # possessive; _settle makes it a verb where a participle follows
    form = forms.get(lower)
    small = closed.get(lower)
    if small is not None and (form is None or small in (SUB, COORD, PRON, DET, MODAL, BE, HAVE, DO, TO, PREP)):
        return small
    if form is not None:
        return "E" if "E" in form.classes else "N" if "N" in form.classes else "G" if "G" in form.classes else "V"
    if small is not None:
        return small
    if lower.endswith("ly") and lower.rsplit("-", 1)[-1] not in adjectives:
        return ADV
    return NOUN


def _settle(tags: list[str], tokens: tuple[Token, ...], grammar: Grammar, hedges: frozenset[int]) -> None:
    """Forms that can be noun or verb, by their left and right neighbours."""
    count = len(tags)
    for i in range(2, count):
        if tags[i] != VERB:
            continue
        after = tags[i + 1] if i + 1 < count else PUNCT
        bare = not tokens[i].lower.endswith("s") and after not in (DET, NUM, PRON)
        if bare and tags[i - 1] == ADV and tags[i - 2] in (DET, PREP):
            tags[i] = NOUN  # "in overnight attack", "a nearby strike"
    for i in range(count):
        tag = tags[i]
        if tag not in _UNSETTLED:
            continue
        left = tags[i - 1] if i else PUNCT
        right = NUM if i + 1 in hedges else tags[i + 1] if i + 1 < count else PUNCT  # "kills at least 21"
        if tag == DET and right in ("E", "N", BE, HAVE, MODAL) and tokens[i].lower in grammar.words["that"]:
            tags[i] = SUB  # "a strike that killed four", not "that strike"
            continue
        if tag in ("E", "N") and left == TO and "V" in grammar.forms[tokens[i].lower].classes:
            tags[i] = "V"  # "to hit": written like its past
            continue
        if tag == "V":  # base or -s form: "attacks", "hits", "strike"
            plural = tokens[i].lower.endswith("s")
            if tokens[i].lower in grammar.words["never_nouns"] or (plural and _after_one(tags, tokens, i, grammar)):
                continue  # "a man dies from a gunshot wound", "a boy remains hospitalized"
            named = i > 0 and tokens[i].text[:1].isupper() and tokens[i - 1].text[:1].isupper() and left == NOUN
            if named and not plural and right in (BE, HAVE, MODAL, "E"):
                tags[i] = NOUN  # "Kaduna State were"
                continue
            if left == NUM and tokens[i].lower in grammar.words["only_verbs"]:
                continue  # "36 go off radar"
            if plural and left == NOUN and _counted_thing(tags, tokens, i):
                tags[i] = NOUN  # "700 glide bombs"
                continue
            if not plural and i > 1 and left == right == NOUN and tags[i - 2] == NUM and _one_kind(tokens[i - 1], tokens[i + 1]):
                tags[i] = NOUN  # "81 Shahed strike drones"
                continue
            if (
                left in (DET, PREP, NUM, "A")
                or (left == "V" and not plural)
                or (left == NOUN and not plural and i and not _pronounish(tokens[i - 1], grammar))
            ):
                tags[i] = NOUN
            elif left in ("E", "N", "G") and not plural and right != TO:
                tags[i] = NOUN  # "caught fire", "took shelter"
            elif (
                (
                    left in (NOUN, "E", "N", "G")
                    and plural
                    and right in (PREP, TO, PUNCT, "V", "E", "N", BE, HAVE, MODAL, COORD, NOUN)
                    and not _verbal_s(tags, i)
                )
                or i == 0
                or (left == PUNCT and right not in (DET, PRON, NUM))
            ):
                tags[i] = NOUN
        elif tag == "G":
            if left == DET or (left == PREP and right == PREP and tokens[i].lower.endswith("ings")):
                tags[i] = NOUN
            elif left in (NOUN, NUM) and i > 1 and tags[i - 2] in (DET, NUM) and _nominal(right, i, tokens, grammar):
                tags[i] = NOUN  # "the nightclub shooting", "a triple shooting happened"
        elif tag == "N" or tag == "E":
            # A participle before a noun, after a determiner, number or preposition, is an adjective ("intercepted drones", "the injured").
            if left in (DET, PREP, NUM) and right == NOUN and not (left == NUM and tokens[i].lower in grammar.words["undergone"]):
                tags[i] = NOUN
            elif (left == DET or (left == PREP and tokens[i - 1].lower in grammar.words["of"])) and right in (
                PREP,
                PUNCT,
                COORD,
                BE,
                HAVE,
                MODAL,
                "E",
                ADV,
            ):
                tags[i] = NOUN  # "the injured were"


def _nominal(right: str, i: int, tokens: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether a gerund after a singular noun can be a noun itself, by what follows."""
    if tokens[i - 1].lower.endswith("s") or tokens[i].lower not in grammar.acts:
        return False
    return right in (PUNCT, BE, HAVE, MODAL, "E") or (right == PREP and tokens[i + 1].lower in grammar.words["after_act"])


def _after_one(tags: list[str], tokens: tuple[Token, ...], i: int, grammar: Grammar) -> bool:
    """Whether a form in -s stands behind "a" and its noun: no plural is the head of one."""
    j = i - 1
    while j >= 0 and tags[j] == NOUN:
        j -= 1
    return 0 <= j < i - 1 and tokens[j].lower in grammar.words["of_one"]


def _counted_thing(tags: list[str], tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a form in -s ends a noun phrase that a number opens: what stands between is singular, and no subject of many."""
    left = i - 1
    while left > 0 and tags[left] == NOUN and tokens[left].text.islower() and not tokens[left].lower.endswith("s"):
        left -= 1
    return left < i - 1 and tags[left] == NUM and tokens[left].lower not in _ONE


def _one_kind(name: Token, thing: Token) -> bool:
    """Whether a number's words, a name in the singular and things in the plural, are one noun phrase: many have no singular subject."""
    return not name.lower.endswith("s") and thing.text.islower() and thing.lower.endswith("s")


def _pronounish(token: Token, grammar: Grammar) -> bool:
    """Whether a noun can be the subject of a base form: a plural, or a name ("Shahed-type" is an adjective)."""
    if token.lower.endswith(tuple(grammar.words["kinds"])):
        return False
    return token.lower.endswith("s") or token.text[:1].isupper() or token.lower in grammar.plurals


def _verbal_s(tags: list[str], i: int) -> bool:
    """An -s form after a noun is a verb when its clause has no other finite verb ("Russia launches drones at Kyiv")."""
    for tag in reversed(tags[:i]):
        if tag in (PUNCT, SUB, COORD):
            break
        if tag in (BE, HAVE, MODAL, "E", "V"):
            return False
    for tag in tags[i + 1 : i + 12]:
        if tag in (BE, HAVE, MODAL, "E", "V"):
            return False
        if tag in (PUNCT, SUB):
            break
    return i + 1 < len(tags) and tags[i + 1] not in (PUNCT,)


def _groups(tags: list[str], tokens: tuple[Token, ...], grammar: Grammar) -> Iterable[Verb]:
    i, count = 0, len(tags)
    while i < count:
        if tags[i] not in _OF_A_VERB or (tags[i] == TO and not _verb_ahead(tags, i)):
            i += 1
            continue
        first, j, aux, negated, modal = i, i, [], False, ""
        while j < count:
            tag = tags[j]
            if tag in _AUXILIARY or (tag == TO and _verb_ahead(tags, j)):
                negated |= tokens[j].lower.endswith(_NOT)
                if tag == MODAL:
                    modal = tokens[j].lower
                aux.append(tag)
                j += 1
            elif tag == PUNCT and aux and aux[-1] == BE and tokens[j].text in _QUOTES and j + 1 < count and tags[j + 1] in "EN":
                j += 1  # "were “lost”"
            elif tag == ADV and aux:
                negated |= tokens[j].lower in grammar.words["not"]
                j += 1
            elif tag in "VENG":
                break
            else:
                break
        if j < count and tags[j] in "VENG" and not (j > first and tags[j - 1] == ADV and not aux):
            head = j
            while head + 1 < count and tags[head + 1] == "N" and tags[head] == "E" and grammar.forms[tokens[head].lower].lemma == "get":
                head += 1
            if BE in aux and head + 1 < count and tags[head] in "EN" and tags[head + 1] in "EN":
                head += 1  # "were reported killed", "was found shot": the second participle is what befell them
            lemma = grammar.forms[tokens[head].lower].lemma
            particle, last = "", head
            voice, finite = _voice(tags[head], aux, tokens, head, grammar)
            yield Verb(first, last, head, lemma, particle, voice, modal, negated, finite)
            i = last + 1
        else:
            if aux and aux[-1] == BE:
                last = j - 1
                while last > first and tags[last] == ADV:
                    last -= 1
                yield Verb(first, last, last, "be", "", "active", modal, negated, True)
            elif aux and aux[-1] == HAVE and aux != [TO, HAVE]:
                yield Verb(first, first + len(aux) - 1, first + len(aux) - 1, "have", "", "active", modal, negated, True)
            i = max(j, i + 1)


def _verb_ahead(tags: list[str], i: int) -> bool:
    j = i + 1
    while j < len(tags) and tags[j] == ADV:
        j += 1
    return j < len(tags) and tags[j] in ("V", BE, HAVE, DO)


def _voice(tag: str, aux: list[str], tokens: tuple[Token, ...], head: int, grammar: Grammar) -> tuple[str, bool]:
    """Voice of the head, and whether the group is finite."""
    if tag == "G":
        return ("active", True) if BE in aux else ("gerund", False)
    if BE in aux and aux[-1] == BE and tag in "EN":
        return "passive", True
    if HAVE in aux or MODAL in aux or DO in aux:
        return "active", True
    if TO in aux:
        return "infinitive", False
    if tag == "N":
        return "participle", False
    if tag == "E":
        form = grammar.forms[tokens[head].lower]
        participle = "N" in form.classes and form.lemma not in grammar.words["intransitive"]  # nobody is "died"
        return ("ambiguous", True) if participle else ("active", True)
    return "active", True
