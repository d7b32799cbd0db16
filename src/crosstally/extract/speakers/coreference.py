"""Who a phrase stands for: a full name, a surname, an office ("the mayor"), a body ("the ministry"), a pronoun.

The stage keeps who is in focus, newest last: speakers, and the people that sentences begin with. A pronoun takes the newest one whose
number and gender do not speak against it; where nobody fits it is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

import msgspec

from crosstally.extract.speakers.items import Item, looks_plural
from crosstally.extract.speakers.lexicon import Lexicon
from crosstally.extract.speakers.phrases import Phrase
from crosstally.values import BodyName, Entity, Mention, PersonName, Place, Speaker

_PARAGRAPHS_BACK = 4
_NEW = frozenset({"a", "an", "another"})


class Referent(msgspec.Struct, frozen=True):
    """Somebody in focus. ``kind``: person, body, place, many, thing. ``gender``: m, f, "" for not known."""

    speaker: Speaker
    kind: str
    gender: str = ""
    open: bool = False


def _surname(name: str) -> str:
    parts = name.split()
    return parts[-1].lower() if parts else ""


class Focus(msgspec.Struct):
    """Who is in focus, with the paragraph they were in."""

    entries: list[tuple[int, Referent]] = []

    def put(self, paragraph: int, referent: Referent) -> None:
        if not referent.open:
            self.entries.append((paragraph, referent))

    def newest(self, paragraph: int, kinds: Iterable[str], gender: str = "") -> Referent | None:
        allowed = frozenset(kinds)
        for at, referent in reversed(self.entries[-40:]):
            if paragraph - at > _PARAGRAPHS_BACK:
                return None
            if referent.kind in allowed and (not gender or referent.gender in ("", gender)):
                return referent
        return None

    def author(self, paragraph: int) -> Referent | None:
        """Whose statement is quoted: the person last in focus here or in the paragraph before, else the body."""
        near = [r for at, r in self.entries[-40:] if paragraph - at <= 1 and r.kind in ("person", "body")]
        return next((r for r in reversed(near) if r.kind == "person"), near[-1] if near else None)


class People:
    """The known people and bodies of a document, to resolve phrases by."""

    def __init__(self, text: str, names: tuple[Mention, ...], entities: tuple[Entity, ...], lex: Lexicon) -> None:
        self.text, self.lex = text, lex
        self.entities: Mapping[str, Entity] = {e.id: e for e in entities}
        self.names = names
        self.full: dict[str, str] = {}  # surname -> fullest name, for mentions that no entity joins
        self._people: dict[str, list[Mention]] = {}  # entity or surname -> its mentions
        self._known: dict[int, Referent] = {}
        self._genders: dict[str, str] = {}
        self._surnamed: dict[str, Mention] = {}  # surname -> its first mention
        self._offices: dict[str, list[tuple[Mention, frozenset[str]]]] = {}  # a word of a role -> who holds it, and the role's words
        self._bodies: dict[str, list[Mention]] = {}  # last word of a body's name -> its mentions
        for m in names:
            if isinstance(m.value, BodyName):
                self._bodies.setdefault(_surname(m.value.name), []).append(m)
            if isinstance(m.value, PersonName):
                self._surnamed.setdefault(_surname(m.value.name), m)
                role = frozenset(w.strip(".,()'’").removesuffix("'s").removesuffix("’s").lower() for w in (m.value.role or "").split())
                for word in role:
                    self._offices.setdefault(word, []).append((m, role))
                key = _surname(m.value.name)
                self._people.setdefault(m.entity or key, []).append(m)
                if len(m.value.name) > len(self.full.get(key, "")):
                    self.full[key] = m.value.name

    # --- names ---

    def of_mention(self, mention: Mention) -> Referent:
        """The referent behind a person, body or place mention."""
        kept = self._known.get(id(mention))
        if kept is None:
            kept = self._known[id(mention)] = self._of_mention(mention)
        return kept

    def _of_mention(self, mention: Mention) -> Referent:
        value = mention.value
        entity = self.entities.get(mention.entity or "")
        if isinstance(value, PersonName):
            key = _surname(value.name)
            name = entity.name if entity is not None else self.full.get(key, value.name)
            role = value.role or (entity.roles[0].role if entity is not None and entity.roles else None) or self._role_elsewhere(mention)
            return Referent(Speaker(name, role, mention.entity), "person", self._gender(mention.entity or key, name))
        if isinstance(value, BodyName):
            return Referent(Speaker(value.name, None, mention.entity, value.vague), "many" if value.vague else "body")
        name = value.name if isinstance(value, Place) else mention.text
        return Referent(Speaker(name, None, mention.entity), "place")

    def _gender(self, key: str, name: str) -> str:
        """As titles and roles tell it anywhere in the document, else as the name does."""
        if key not in self._genders:
            told = next((g for m in self._people.get(key, ()) if (g := self._told_gender(m))), "")
            self._genders[key] = told or self.gender_of_name(name)
        return self._genders[key]

    def _role_elsewhere(self, mention: Mention) -> str | None:
        if mention.entity is None:
            return None
        same = self._people.get(mention.entity, ())
        return next((m.value.role for m in same if isinstance(m.value, PersonName) and m.value.role), None)

    def _told_gender(self, mention: Mention) -> str:
        value = mention.value
        role = (value.role or "") if isinstance(value, PersonName) else ""
        # "a spokesman at Lady Mary Hospital" tells of no lady
        office = frozenset(takewhile(lambda w: w not in self.lex.prepositions, role.lower().split()))
        before = self.text[max(0, mention.span.start - 12) : mention.span.start]
        words = [w.strip(".,").lower() for w in (role + " " + before.split("\n")[-1]).split()]
        if any(w in self.lex.men for w in words[-3:]) or not self.lex.men.isdisjoint(office):
            return "m"
        if any(w in self.lex.women for w in words[-3:]) or not self.lex.women.isdisjoint(office):
            return "f"
        return ""

    def gender_of_name(self, name: str) -> str:
        """By given name, then by telling endings of the last name; "" where neither tells."""
        parts = [p.lower() for p in name.split()]
        if not parts:
            return ""
        for part in parts[:-1] or parts:
            letter = self.lex.given.get(part, "u")[:1]
            if letter != "u":
                return letter
        if len(parts) > 1:
            if parts[-1].endswith(self.lex.ending_f):
                return "f"
            if parts[-1].endswith(self.lex.ending_m):
                return "m"
        return ""

    # --- phrases ---

    def _label(self, items: list[Item], phrase: Phrase, focus: Focus, paragraph: int) -> Referent | None:
        """``Quote: "..."``: the words of the one named as the source."""
        if phrase.head_end - phrase.start != 1 or items[phrase.start].lower not in self.lex.labels:
            return None
        return focus.author(paragraph)

    def resolve(self, items: list[Item], phrase: Phrase, focus: Focus, paragraph: int, me: Referent | None = None) -> tuple[Referent, str]:
        """The referent of a noun phrase and the reason, in words. ``me``: whose words these are, for "I" and "we"."""
        first = items[phrase.start]
        if first.lower in self.lex.pronouns and phrase.head_end - phrase.start == 1:
            return self._pronoun(first, focus, paragraph, me)
        labelled = self._label(items, phrase, focus, paragraph)
        if labelled is not None:
            return labelled, "the source named before"
        core = self._core(items, phrase.start, phrase.head_end)
        mention = self._head_mention(items, phrase.start, core)
        if mention is None and core < phrase.head_end:  # a title of several words: "Chief of Staff Name"
            last = items[phrase.head_end - 1].name
            titled = last is not None and last.cover is not None and last.cover.start <= first.start
            held = items[core - 1].lower in self.lex.offices and not any(i.tag == "conj" for i in items[phrase.start : phrase.head_end])
            if last is not None and last.kind == "person" and (titled or held):
                mention, core = last, phrase.head_end
        if mention is not None and mention.kind != "place":
            named = self._named_beside(items, phrase, core) if mention.kind == "body" and not items[core - 1].cap else None
            return (named, "named beside") if named is not None else (self._worded(items, phrase.start, core, mention), "named")
        if phrase.end > phrase.head_end:
            start = phrase.head_end + 1
            inner = self._core(items, start, phrase.end)
            told = self._head_mention(items, start, inner)
            if told is not None and told.kind == "person":
                return self._worded(items, start, inner, told), "named beside"
            if told is not None and told.kind == "body" and not self._person_noun(items, phrase.start, core):
                return self._worded(items, start, inner, told), "named beside"
        if mention is not None:
            return self.of_mention(mention), "a place speaks"
        if items[core - 1].lower in self.lex.tidings and core + 1 < phrase.head_end and items[core].lower in ("from", "by"):
            whose = phrase._replace(start=core + 1)  # "updates from the service"
            return self.resolve(items, whose, focus, paragraph, me)[0], "whose report it is"
        if items[core - 1].lower in self.lex.tidings and core - 1 > phrase.start:
            whose_post = items[core - 2].name if items[core - 2].tag != "poss" else items[core - 3].name
            if whose_post is not None and whose_post.kind in ("body", "person"):
                return self.of_mention(whose_post), "whose report it is"  # "a separate armed forces statement"
        if items[core - 1].lower in self.lex.tidings and core - phrase.start == 2 and first.lower in ("the", "this") and core == phrase.head_end:
            whose_words = focus.author(paragraph)
            if whose_words is not None:
                return whose_words, "whose words they are"
        return self._described(items, phrase, core, focus, paragraph)

    def _named_beside(self, items: list[Item], phrase: Phrase, core: int) -> Referent | None:
        """``the country's railway operator, Name``: a body told by what it does, then by its name."""
        start, end = phrase.head_end + 1, phrase.end
        if start >= end or not all(i.cap or i.lower in ("of", "and", "for", "the") for i in items[start:end]):
            return None
        told = items[end - 1].name
        known = self.of_mention(told).speaker if told is not None and told.kind == "body" else None
        return Referent(Speaker(self._text(items, start, end), self._text(items, phrase.start, core), known.entity if known else None), "body")

    def _core(self, items: list[Item], start: int, end: int) -> int:
        """Up to the first preposition, comma or clause: the head noun is the last word of the core."""
        for i in range(start, end):
            tag = items[i].tag
            if i > start and tag in ("prep", "to", ",", "rel", "(", "ing", "-") and not (items[i].name is not None):
                if tag == "prep" and i + 1 < end and items[i - 1].lower in ("some", "many", "most", "one", "two", "several", "all"):
                    continue
                return i
        return end

    def _head_mention(self, items: list[Item], start: int, core: int) -> Mention | None:
        for i in range(core - 1, start - 1, -1):
            item = items[i]
            if item.tag in ("poss",):
                return None
            if item.name is not None:
                return item.name
            if item.tag not in ("num", "adv", "temp"):
                return None
        return None

    def _person_noun(self, items: list[Item], start: int, core: int) -> bool:
        return items[core - 1].lower in self.lex.offices or items[core - 1].lower in self.lex.vague

    def _worded(self, items: list[Item], start: int, core: int, mention: Mention) -> Referent:
        referent = self.of_mention(mention)
        if referent.kind in ("body", "many"):  # "Ukraine's Air Force", as worded
            words = self._text(items, start, core)
            if len(words) > len(referent.speaker.name):
                return Referent(msgspec.structs.replace(referent.speaker, name=words), referent.kind)
            return referent
        if referent.speaker.role is None:
            at = next((i for i in range(start, core) if items[i].name is mention), core)
            role = self._text(items, start, at)
            if role:
                gender = referent.gender or self._noun_gender(role.lower().split())
                return Referent(msgspec.structs.replace(referent.speaker, role=role), referent.kind, gender)
        return referent

    def _noun_gender(self, words: list[str]) -> str:
        for word in reversed(words):
            if word in self.lex.men:
                return "m"
            if word in self.lex.women:
                return "f"
        return ""

    def _text(self, items: list[Item], start: int, end: int) -> str:
        while start < end and items[start].lower in ("the", "a", "an"):
            start += 1
        while start < end and items[end - 1].tag in (",", "poss"):
            end -= 1
        return self.text[items[start].start : items[end - 1].end] if start < end else ""

    def _described(self, items: list[Item], phrase: Phrase, core: int, focus: Focus, paragraph: int) -> tuple[Referent, str]:
        head = items[core - 1] if core > phrase.start else items[phrase.start]
        words = self._text(items, phrase.start, phrase.head_end) or self.text[items[phrase.start].start : items[phrase.head_end - 1].end]
        definite = items[phrase.start].lower in ("the", "this", "that")
        if definite and head.lower.endswith(self.lex.ages) and core == phrase.head_end and (aged := focus.newest(paragraph, ("person",))) is not None:
            return aged, "the one last in focus, by age"  # "the 47-year-old"
        if head.cap and head.tag == "n":  # a name no reader knew
            known = self._by_surname(items, phrase.start, core, focus)
            if known is not None:
                return known, "surname of one named before"
            owner = next((i for i in range(core - 1, phrase.start, -1) if items[i].tag == "poss"), None)
            if owner is not None and all(i.cap for i in items[owner + 1 : core]) and head.lower not in self.lex.bodies:
                name, role = self._text(items, owner + 1, core), self._text(items, phrase.start, owner + 1)
                return Referent(Speaker(name, role), "person", self.gender_of_name(name)), "a name, and whose"
        if (definite and core == phrase.head_end) or head.lower in self.lex.offices:
            known = self._by_role(items, phrase.start, phrase.head_end, head)
            if known is not None:
                return known, "the one who has that office here"
            body = self._by_kind(head, focus, paragraph) if definite else None
            if body is not None:
                return body, "the body of that kind last named"
            again = self._told_in_full(head, focus, paragraph) if definite and core - phrase.start == 2 else None
            if again is not None:
                return again, "told in full before"
        lower = [i.lower for i in items[phrase.start : phrase.head_end]]
        plural = looks_plural(head, self.lex)
        indefinite = (
            items[phrase.start].lower in ("a", "an", "some", "many", "several", "one", "two", "three", "another", "most", "few", "other")
            or items[phrase.start].tag == "num"
        )
        vague = head.lower in self.lex.vague or indefinite or (plural and head.lower not in self.lex.bodies and not head.cap)
        office = head.lower in self.lex.offices and not indefinite
        if office:
            vague = False
        person = head.lower in self.lex.offices or self._noun_gender([head.lower]) != "" or (head.lower in self.lex.vague and not plural)
        kind = (
            "many"
            if plural or any(i.tag == "conj" for i in items[phrase.start : core])
            else "person"
            if person or (head.cap and head.lower not in self.lex.bodies and not definite)
            else "body"
        )
        gender = self._noun_gender(lower)
        if kind == "person" and head.cap and not gender:
            gender = self.gender_of_name(words)
        return Referent(Speaker(words, None, None, vague), kind, gender), "as worded"

    def _by_surname(self, items: list[Item], start: int, core: int, focus: Focus) -> Referent | None:
        last = items[core - 1].lower
        if last in self._surnamed:
            return self.of_mention(self._surnamed[last])
        for _, referent in reversed(focus.entries):
            if referent.kind == "person" and referent.speaker.name.split()[-1:] and referent.speaker.name.split()[-1].lower() == last:
                return referent
        return None

    def _by_role(self, items: list[Item], start: int, end: int, head: Item) -> Referent | None:
        """The newest person before here (else the first after) whose role has this noun.

        Names in the phrase must stand in the role; small-letter words ("regional") need not where one person alone has the office, unless the
        phrase tells of somebody new ("a hospital spokesman" is not the spokesman of the fire service).
        """
        if head.lower not in self.lex.offices:
            return None
        extra = {i.lower for i in items[start:end] if i.tag == "n" and i is not head}
        proper = {i.lower for i in items[start:end] if i.tag == "n" and i is not head and i.cap and i is not items[start]}
        here = items[start].start
        strict: Mention | None = None
        loose: dict[str, Mention] = {}
        for m, role in self._offices.get(head.lower, ()):
            if not proper <= role:
                continue
            loose.setdefault(m.entity or m.text, m)
            if extra <= role and (strict is None or m.span.start < here):
                strict = m
        if strict is None and len(loose) == 1 and not (extra and items[start].lower in _NEW):
            strict = next(iter(loose.values()))
        return self.of_mention(strict) if strict is not None else None

    def _told_in_full(self, head: Item, focus: Focus, paragraph: int) -> Referent | None:
        """ "the official", of the "fire brigade official" who spoke before."""
        for at, referent in reversed(focus.entries):
            words = referent.speaker.name.lower().split()
            full = len(words) > 1 and words[-1] == head.lower and referent.speaker.entity is None and referent.kind != "many"
            if paragraph - at <= _PARAGRAPHS_BACK and full:
                return referent
        return None

    def _by_kind(self, head: Item, focus: Focus, paragraph: int) -> Referent | None:
        if head.lower not in self.lex.bodies:
            return None
        here = head.start
        for m in reversed(self._bodies.get(head.lower, ())):
            if m.span.start < here:
                return self.of_mention(m)
        for at, referent in reversed(focus.entries):
            if paragraph - at <= _PARAGRAPHS_BACK and referent.kind == "body" and head.lower in referent.speaker.name.lower().split():
                return referent
        return None

    def _pronoun(self, item: Item, focus: Focus, paragraph: int, me: Referent | None) -> tuple[Referent, str]:
        told = self.lex.pronouns[item.lower]
        open_ = Referent(Speaker(item.lower, None, None, True), "thing", "", True)
        if told.get("self"):
            return (me, "speaks of himself or herself") if me is not None else (open_, "left open: whose words these are is not told")
        if told.get("hearer"):
            return open_, "left open: the hearer"
        gender = str(told.get("gender", ""))
        if told["number"] == "many":
            found = focus.newest(paragraph, ("many", "body", "place"))
        elif gender == "n":
            found = focus.newest(paragraph, ("body", "place", "many"))
        else:
            found = focus.newest(paragraph, ("person",), gender)
        if found is None:
            return open_, "left open: nobody before fits the pronoun"
        return found, f"“{item.lower}” is the one last in focus"
