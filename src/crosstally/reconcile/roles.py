"""People over documents: one person with two offices, or two people with one office that only one can hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from crosstally.values import Document, Entity, Evidence, Finding, Span

from .lexicon import Lexicon
from .whose import plain_name
from .words import join, publisher

_WORD = re.compile(r"[\w.-]+")


class Title(msgspec.Struct, frozen=True):
    """A role as worded, taken apart: ``office`` head words, ``rank`` words before it, ``portfolio``, ``of`` the rest (country, city)."""

    office: frozenset[str]
    rank: frozenset[str]
    portfolio: frozenset[str]
    of: frozenset[str]


def title(role: str, lexicon: Lexicon) -> Title:
    """ "Ukrainian Deputy Foreign Minister": office minister, rank deputy, portfolio foreign, of Ukrainian."""
    text = " " + role.casefold().replace("’", "'").replace("'s", "") + " "
    for was, now in lexicon.same:
        text = re.sub(rf"(?<![\w]){re.escape(was)}(?![\w])" if was.isalpha() else re.escape(was), now, text)
    words = [w.strip(".-") for w in _WORD.findall(text)]
    words = [w for w in words if w and w not in lexicon.wording]
    office = frozenset(w for w in words if w in lexicon.office)
    rank = frozenset(w for w in words if w in lexicon.rank)
    portfolio = frozenset(w for w in words if w in lexicon.portfolio)
    return Title(office, rank, portfolio, frozenset(words) - office - rank - portfolio)


def clash(a: Title, b: Title) -> bool:
    """Two offices, not two wordings: the same office of another rank, or of another portfolio."""
    if not a.office or not b.office or not (a.office & b.office):
        return False
    if a.portfolio and b.portfolio and not (a.portfolio & b.portfolio):
        return True
    return a.rank != b.rank


def people(
    entities: Iterable[Entity], documents: Mapping[str, Document], lexicon: Lexicon, event: str, within: frozenset[str] | None = None
) -> list[Finding]:
    """``role_clash`` and ``name_clash`` of the people named in an event. ``within``: documents to look at (default: all)."""
    persons = [e for e in entities if e.kind == "person"]
    out = []
    for person in persons:
        roles = [(r, title(r.role, lexicon), [d for d in r.claimed_by if within is None or d in within]) for r in person.roles]
        roles = [r for r in roles if r[2] or not r[0].claimed_by]
        pairs = [(a, b) for i, a in enumerate(roles) for b in roles[i + 1 :] if clash(a[1], b[1])]
        if not pairs:
            continue
        # "Ukraine's Foreign Minister" and "Ukrainian Foreign Minister" are one office, told in one wording
        offices: dict[tuple[frozenset[str], ...], str] = {}
        telling: dict[str, list[str]] = defaultdict(list)
        for role, parts, documents_of in (r for pair in pairs for r in pair):
            wording = offices.setdefault((parts.office, parts.rank, parts.portfolio), role.role)
            telling[wording] += [d for d in documents_of if d not in telling[wording]]
        involved = list(offices.values())
        said = "; ".join(f'"{role}" in {join(list(dict.fromkeys(_name(d, documents) for d in telling[role]))) or "a report"}' for role in involved)
        spans = tuple(e for role in involved for d in telling[role] if (e := _where(role, person, documents.get(d))) is not None)
        out.append(
            Finding(
                kind="role_clash",
                explanation=f"{person.name} is given different offices: {said}. Both cannot be the office held at the time.",
                spans=spans,
                event=event,
                title=f"{person.name}: {join(involved, 'or')}",
                entity=person.id,
            )
        )
    return out + _names(persons, documents, lexicon, event, within)


def _names(
    persons: Iterable[Entity], documents: Mapping[str, Document], lexicon: Lexicon, event: str, within: frozenset[str] | None
) -> list[Finding]:
    """Two people under one office of one place ("Kyiv's mayor"), of the same rank."""
    holders: dict[tuple[frozenset[str], frozenset[str], frozenset[str]], dict[str, tuple[Entity, str, list[str]]]] = defaultdict(dict)
    for person in persons:
        for role in person.roles:
            told = [d for d in role.claimed_by if within is None or d in within]
            parts = title(role.role, lexicon)
            if told and parts.of and not parts.rank and parts.office & lexicon.unique and not ("minister" in parts.office and not parts.portfolio):
                holders[(parts.office, parts.portfolio, parts.of)].setdefault(person.id, (person, role.role, told))
    out = []
    for found in holders.values():
        if len(found) < 2:
            continue
        rows = _apart(list(found.values()))
        if len(rows) < 2:
            continue
        said = "; ".join(f"{p.name} in {join([_name(d, documents) for d in told])}" for p, _, told in rows)
        spans = tuple(e for p, role, told in rows for d in told if (e := _where(role, p, documents.get(d))) is not None)
        out.append(
            Finding(
                kind="name_clash",
                explanation=f'"{rows[0][1]}" is given to {len(rows)} people: {said}. One person holds that office at a time.',
                spans=spans,
                event=event,
                title=f"{rows[0][1]}: {join([p.name for p, _, _ in rows], 'or')}",
                entity=rows[0][0].id,
            )
        )
    return out


def _apart(rows: list[tuple[Entity, str, list[str]]]) -> list[tuple[Entity, str, list[str]]]:
    """Without people whose name is a part of another's: "Vladimir" beside "Vladimir Putin" is no second holder."""
    words = [frozenset(plain_name(p.name).replace("-", " ").split()) for p, _, _ in rows]
    return [
        row for i, row in enumerate(rows) if not any(words[i] < other or (words[i] == other and j < i) for j, other in enumerate(words) if j != i)
    ]


def _name(document: str, documents: Mapping[str, Document]) -> str:
    return publisher(documents[document]) if document in documents else document


def _where(role: str, person: Entity, document: Document | None) -> Evidence | None:
    """The words that give the role: where the role stands nearest to a variant of the name."""
    if document is None:
        return None
    text, start = document.text, 0
    best: tuple[int, Span] | None = None
    variants = [v for v in (person.name, *person.variants, person.name.split()[-1] if person.name else "") if v]
    folded = plain_name(role) and role
    while folded and (at := text.find(folded, start)) >= 0:
        start = at + 1
        near = text[max(0, at - 80) : at + len(role) + 80]
        hit = next((v for v in variants if v in near), None)
        if hit is not None:
            distance = abs(text.find(hit, max(0, at - 80)) - at)
            if best is None or distance < best[0]:
                best = (distance, Span(at, at + len(role)))
    return Evidence(document.id, best[1]) if best else None
