"""The words of saying, compiled from ``saying.toml`` and ``pronouns.toml``: forms of verbs, word classes, channels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import msgspec

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.extract.names.words import name_words


class VerbClass(msgspec.Struct, frozen=True):
    """What a class of verbs takes and makes; the fields are told in ``saying.toml``."""

    name: str
    status: str
    speech: bool
    invert: bool
    object: str
    somebody: bool = False


class Form(msgspec.Struct, frozen=True):
    """One reading of a verb form. ``kind``: "base", "s", "past", "part", "ing" ("past" also stands for an equal participle)."""

    lemma: str
    kind: str
    cls: VerbClass
    particle: tuple[str, ...]
    status: str
    noun_like: bool
    needs: str  # "strict", "clausal", "quoted" or ""


class Lexicon(msgspec.Struct, frozen=True):
    """All tables, ready to look up by lower-case word."""

    forms: Mapping[str, tuple[Form, ...]]
    stances: Mapping[str, frozenset[str]]  # form -> "base", "s", "past", "part", "ing", "noun", "adjective"
    acts: frozenset[str]  # before a form in "-ing" that the subject before them does: "by backing"
    own: frozenset[str]
    closes: frozenset[str]  # subordinators that end what a stand is about
    tells: frozenset[str]  # subordinators that open what is said
    tags: Mapping[str, str]  # word -> one of det prep conj sub aux adv temp rel pron verb
    prepositions: frozenset[str]
    inside: frozenset[str]
    be: frozenset[str]
    negations: frozenset[str]
    qualities: frozenset[str]  # before a noun alone: "initial reports"
    floating: frozenset[str]  # stand between a subject and its verb: "they all said"
    temporals: frozenset[str]
    not_adverbs: frozenset[str]
    not_verbs: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    channels: Mapping[tuple[str, ...], str]
    unverified: tuple[str, ...]
    carry: tuple[tuple[str, ...], ...]
    back: frozenset[str]  # all that a sentence tells which says who told the ones before it
    back_opens: frozenset[str]  # their first words
    kin: Mapping[str, str]  # noun -> the first of those that count the same things
    tidings: frozenset[str]
    citing: frozenset[str]
    ages: tuple[str, ...]
    not_to: frozenset[str]
    paths: frozenset[str]  # after "rip", "knock", "slam": a thing did it, and nobody spoke
    taking: frozenset[str]  # verbs of which "lives" are no words said
    taken: frozenset[str]
    also_adjectives: frozenset[str]
    results: frozenset[str]
    relaying: frozenset[str]
    than: frozenset[str]
    states: frozenset[str]  # after "confirmed", "reported": what somebody is found to be
    labels: frozenset[str]
    points: tuple[tuple[str, ...], ...]  # how a sentence opens that names who told those before it
    sources: frozenset[str]
    asides: tuple[tuple[str, ...], ...]
    elsewhen: tuple[tuple[str, ...], ...]
    causes: frozenset[str]
    nobody: frozenset[str]  # first words of a subject who says nothing
    light: frozenset[str]
    vague: frozenset[str]
    bodies: frozenset[str]
    saying: frozenset[str]
    offices: frozenset[str]
    hearers: frozenset[str]
    pronouns: Mapping[str, Mapping[str, Any]]
    men: frozenset[str]
    women: frozenset[str]
    given: Mapping[str, str]  # given name -> "m", "f" or "u", with "w" where it is a common word too
    ending_m: tuple[str, ...]
    ending_f: tuple[str, ...]
    opens: frozenset[str]  # one of these stands in every stretch in which somebody is said to say something, or takes a stand
    met: dict[tuple[str, bool], tuple[str, bool, tuple[Form, ...]]]  # what words are by themselves; filled while reading


_VOWELS = "aeiou"


def lexicon(language: Language) -> Lexicon:
    """The compiled view of a language; raises PackError where a table or key is missing."""
    key = id(language)
    kept = _KEPT.get(key)
    if kept is None or kept[0] is not language:
        _KEPT[key] = kept = (language, _compile(language))
    return kept[1]


_KEPT: dict[int, tuple[Language, Lexicon]] = {}


@lru_cache(maxsize=4096)
def inflect(lemma: str) -> tuple[str, str, str]:
    """Regular third person, past and gerund of an English verb."""
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith(("s", "x", "z", "ch", "sh")) or lemma == "go":
        return lemma + "es", lemma + "ed", lemma + "ing"
    return lemma + "s", lemma + "ed", lemma + "ing"


def _compile(language: Language) -> Lexicon:
    file = f"{language.folder}/saying.toml"
    saying = _table(language, "saying")
    pronouns = _table(language, "pronouns")
    words = cast("Mapping[str, list[str]]", _key(saying, "words", file))
    nouns = cast("Mapping[str, list[str]]", _key(saying, "nouns", file))
    phrases = cast("Mapping[str, list[str]]", _key(saying, "phrases", file))
    marks = cast("Mapping[str, list[str]]", _key(saying, "marks", file))
    try:
        forms, stances = _forms(saying, frozenset(words["noun_like"]), file), _stances(saying, file)
        return Lexicon(
            forms=forms,
            stances=stances,
            opens=frozenset((*forms, *stances, *nouns["saying"], "according")),
            met={},
            **{key: frozenset(cast("Mapping[str, list[str]]", saying["stance"])[key]) for key in ("acts", "own", "closes", "tells")},
            tags=_tags(words, pronouns),
            prepositions=frozenset(words["prepositions"]),
            inside=frozenset(words["inside"]),
            be=frozenset(words["be"]),
            negations=frozenset(words["negations"]),
            qualities=frozenset(words["qualities"]),
            floating=frozenset(words["floating"]),
            temporals=frozenset(words["temporals"]),
            not_adverbs=frozenset(words["not_adverbs"]),
            not_verbs=frozenset(words["not_verbs"]),
            according=tuple(tuple(p.split()) for p in phrases["according"]),
            channels={
                tuple(w.split()): name for name, ws in cast("Mapping[str, list[str]]", _key(saying, "channel", file)).items() for w in ws
            },
            unverified=tuple(marks["unverified"]),
            carry=tuple(tuple(p.split()) for p in marks["carry"]),
            back=frozenset(marks["back"]),
            back_opens=frozenset(w for row in marks["back"] for w in row.split()[:1]),
            points=tuple(tuple(p.split()) for p in marks["points"]),
            sources=frozenset(marks["sources"]),
            asides=tuple(tuple(p.split()) for p in marks["asides"]),
            elsewhen=tuple(tuple(p.split()) for p in marks["elsewhen"]),
            kin={word: row.split()[0] for row in marks["kin"] for word in row.split()},
            tidings=frozenset(nouns["tidings"]),
            citing=frozenset(words["citing"]),
            ages=tuple(cast("list[str]", _table(language, "nouns")["ages"])),
            not_to=frozenset(words["not_to"]),
            paths=frozenset(words["paths"]),
            taking=frozenset(words["taking"]),
            taken=frozenset(words["taken"]),
            also_adjectives=frozenset(words["also_adjectives"]),
            results=frozenset(words["results"]),
            relaying=frozenset(words["relaying"]),
            than=frozenset(words["than"]),
            states=frozenset(words["states"]),
            labels=frozenset(nouns["labels"]),
            causes=frozenset(marks["causes"]),
            nobody=frozenset(marks["nobody"]),
            light=frozenset(marks["light"]),
            vague=frozenset(nouns["vague"]),
            bodies=frozenset(nouns["bodies"]),
            saying=frozenset(nouns["saying"]),
            offices=frozenset(nouns["offices"]),
            hearers=frozenset(nouns["hearers"]),
            pronouns=cast("Mapping[str, Mapping[str, Any]]", pronouns["pronoun"]),
            men=frozenset(cast("Mapping[str, list[str]]", pronouns["gender"])["m"]),
            women=frozenset(cast("Mapping[str, list[str]]", pronouns["gender"])["f"]),
            given=name_words(language).given,
            ending_m=tuple(cast("Mapping[str, list[str]]", pronouns["ending"])["m"]),
            ending_f=tuple(cast("Mapping[str, list[str]]", pronouns["ending"])["f"]),
        )
    except KeyError as error:
        raise PackError(file, str(error.args[0]), "missing", "add the key; it may be empty") from error


def _table(language: Language, name: str) -> Mapping[str, object]:
    if name not in language.tables:
        raise PackError(f"{language.folder}/{name}.toml", "(file)", "missing", "add the table")
    return language.tables[name]


def _key(table: Mapping[str, object], key: str, file: str) -> object:
    if key not in table:
        raise PackError(file, key, "missing", "add the section")
    return table[key]


def _forms(saying: Mapping[str, object], noun_like: frozenset[str], file: str) -> dict[str, tuple[Form, ...]]:
    irregular = cast("Mapping[str, list[str]]", _key(saying, "irregular", file))
    status = cast("Mapping[str, str]", _key(saying, "status", file))
    needs = {lemma: name for name, lemmas in cast("Mapping[str, list[str]]", _key(saying, "needs", file)).items() for lemma in lemmas}
    forms: dict[str, list[Form]] = {}
    for name, row in cast("Mapping[str, Mapping[str, Any]]", _key(saying, "class", file)).items():
        try:
            cls = VerbClass(name, row["status"], row["speech"], row["invert"], row["object"], row.get("somebody", False))
            lemmas = row["verbs"]
        except KeyError as error:
            raise PackError(file, f"class.{name}.{error.args[0]}", "missing", "add the key") from error
        for lemma in lemmas:
            head, *particle = lemma.split()
            made = _made(head, irregular)
            for form, kind in made.items():
                noun = head in noun_like and kind in ("base", "s")
                row_form = Form(lemma, kind, cls, tuple(particle), status.get(lemma, cls.status), noun, needs.get(lemma, ""))
                forms.setdefault(form, []).append(row_form)
    # The longest particle first: "call for" before "call".
    return {form: tuple(sorted(rows, key=lambda f: -len(f.particle))) for form, rows in forms.items()}


def _made(lemma: str, irregular: Mapping[str, list[str]]) -> dict[str, str]:
    """Forms of a verb, each with its kind; an equal participle is a past."""
    third, past, gerund = inflect(lemma)
    part = past
    if lemma in irregular:
        past, part = irregular[lemma]
        if past.endswith("ed") and past[-3] == past[-4] != lemma[-2]:  # a doubled consonant doubles in the gerund too
            gerund = past[:-2] + "ing"
    return {lemma: "base", third: "s", gerund: "ing", part: "part"} | {past: "past"}


def _stances(saying: Mapping[str, object], file: str) -> dict[str, frozenset[str]]:
    stance = cast("Mapping[str, list[str]]", _key(saying, "stance", file))
    irregular = cast("Mapping[str, list[str]]", _key(saying, "irregular", file))
    forms: dict[str, set[str]] = {}
    for lemma in stance["verbs"]:
        for form, kind in _made(lemma, irregular).items():
            forms.setdefault(form, set()).add(kind)
    for kind in ("noun", "adjective"):
        for word in stance[f"{kind}s"]:
            forms.setdefault(word, set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in forms.items()}


def _tags(words: Mapping[str, list[str]], pronouns: Mapping[str, object]) -> dict[str, str]:
    tags: dict[str, str] = {}
    order = (
        ("verbs", "verb"), ("adverbs", "adv"), ("temporals", "temp"), ("determiners", "det"), ("prepositions", "prep"),
        ("subordinators", "sub"), ("conjunctions", "conj"), ("relatives", "rel"), ("auxiliaries", "aux"),
    )  # fmt: skip
    for key, tag in order:
        for word in words[key]:
            tags[word] = tag
    for word in ("he", "she", "they", "it", "i", "we", "you"):
        tags[word] = "pron"
    for word in ("him", "them", "me", "us"):
        tags[word] = "obj"
    for word in ("to",):
        tags[word] = "to"
    return tags
