"""Sets of figures that a relation forbids together: which finding each is, in words, with every cheapest repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from crosstally.domain.model import Domain
from crosstally.values import Document, Finding, FindingKind

from .cells import Cell, Figure
from .divergence import kind_of, one_statement
from .relate import Row
from .solve import Solution, Stand
from .support import Prover, refuting_rows
from .times import order
from .whose import fullest
from .words import amount, capital, evidence, interval, join, name, number, outlet, teller


def clusters(solution: Solution) -> list[list[frozenset[int]]]:
    """Minimal conflicts that share a stand have one cause: one cluster, smallest set first."""
    groups: list[list[frozenset[int]]] = []
    for conflict in solution.conflicts:
        touching = [g for g in groups if any(conflict & other for other in g)]
        merged = [c for g in touching for c in g] + [conflict]
        groups = [g for g in groups if g not in touching] + [merged]
    return [sorted(g, key=lambda c: (len(c), sorted(c))) for g in groups]


def same_cell(conflict: frozenset[int], solution: Solution) -> bool:
    """True if the set is two values of one cell, which ``divergence`` tells."""
    return len({solution.stands[i].options[solution.choices[i]] for i in conflict}) == 1


def told_conflicts(
    prover: Prover, solution: Solution, domain: Domain, documents: Mapping[str, Document], event: str
) -> list[tuple[Finding, frozenset[str]]]:
    """One finding a cluster whose conflicts need a relation; with the claim ids the cluster covers."""
    out = []
    for cluster in clusters(solution):
        relational = [c for c in cluster if not same_cell(c, solution)]
        if not relational:
            continue
        if any(_contradicts(c, solution, domain) for c in cluster if same_cell(c, solution)):
            continue  # told as a contradiction of the two
        ranked = [(_kind([solution.stands[i] for i in sorted(c)]), c) for c in relational]
        kind, conflict = next((r for r in ranked if r[0][0] == "imbalance"), ranked[0])
        plain = len(relational) < len(cluster)
        if kind[0] != "imbalance" and plain:
            continue  # the plain disagreement of two values is the cause, and is told as such
        covered = frozenset(f.id for i in conflict for f in solution.stands[i].figures) if plain else _claims(cluster, solution)
        others = [f for (k, f), _ in ranked if k == kind[0] and {x.id for x in f} != {x.id for x in kind[1]}]
        out.append((_finding(kind, conflict, others, prover, solution, domain, documents, event), covered))
    return out


def _contradicts(conflict: frozenset[int], solution: Solution, domain: Domain) -> bool:
    one, two = (solution.stands[i] for i in sorted(conflict))
    cell = one.options[solution.choices[min(conflict)]]
    measure = domain.measures.get(cell.measure)
    floor = bool(measure and measure.floor)
    return any(kind_of(a, b, cell, floor) == "contradiction" for a in one.figures for b in two.figures)


def _claims(cluster: Sequence[frozenset[int]], solution: Solution) -> frozenset[str]:
    return frozenset(f.id for c in cluster for i in c for f in solution.stands[i].figures)


def _kind(stands: Sequence[Stand]) -> tuple[FindingKind, tuple[Figure, ...]]:
    """An imbalance is one account that does not add up: one report of at most one named speaker, or one statement that reports quote.

    One speaker's figures in several reports, of no stated time, may be of two statements or be told wrongly by one report.
    """
    own = Counter(f.claim.document for s in stands for f in s.figures)
    for document in sorted({d for f in stands[0].figures for d in f.printed}, key=lambda d: (-own[d], d)):  # before its copies
        chosen = [next((here for f in s.figures if (here := f.printed_in(document)) is not None), None) for s in stands]
        found = [f for f in chosen if f]
        named = {f.origin.key for f in found if f.origin.key}
        if len(found) == len(stands) and len(named) <= 1 and _one_time(found):
            return "imbalance", tuple(found)
    speakers = {f.origin.key: f.origin for s in stands for f in s.figures if f.origin.named}
    for key in sorted(speakers):
        chosen = [next((f for f in s.figures if f.origin.named and f.origin.key == key), None) for s in stands]
        found = [f for f in chosen if f]
        if len(found) == len(stands) and _one_time(found):
            if all(one_statement(a, b) for i, a in enumerate(found) for b in found[i + 1 :]):
                return "imbalance", tuple(found)
            return "relay_divergence", tuple(found)
    return "divergence", tuple(s.figures[0] for s in stands)


def _one_time(figures: Sequence[Figure]) -> bool:
    """No two figures are of stated, different times; unverified, guessed and ambiguous ones never make an imbalance."""
    if any(f.soft or (f.claim.quantity is not None and f.claim.quantity.hedge == "around") for f in figures):
        return False
    return all(
        order(a.claim.as_of, b.claim.as_of) in (0, None) and order(a.claim.said_at, b.claim.said_at) in (0, None)
        for i, a in enumerate(figures)
        for b in figures[i + 1 :]
    )


def _finding(
    kind: tuple[FindingKind, tuple[Figure, ...]],
    conflict: frozenset[int],
    others: Sequence[tuple[Figure, ...]],
    prover: Prover,
    solution: Solution,
    domain: Domain,
    documents: Mapping[str, Document],
    event: str,
) -> Finding:
    which, figures = kind
    cells = [solution.stands[i].options[solution.choices[i]] for i in sorted(conflict)]
    rows = refuting_rows(prover, sorted(conflict))
    said = dict(zip(cells, figures, strict=True))
    line, plainly = _sum(said, rows, domain)
    by = told_by(figures, documents)
    if plainly:
        text = f"{capital(plainly)}. These figures {_VERB[which]}; they are from {by}."
    else:
        parts = "; ".join(f"{name(cell, domain)}: {amount(f)}" for cell, f in said.items())
        why = "; ".join(dict.fromkeys(r.explanation for r in rows if r.explanation))
        text = f"These figures {_VERB[which]}: {parts} (from {by})." + (f" {capital(why)}." if why else "")
    text += _AFTER[which]
    told_amounts = {amount(f) for f in figures}
    for other in others[:2]:
        fresh = [f for f in other if f not in figures]
        if fresh and not {amount(f) for f in fresh} <= told_amounts:
            text += f" It holds as well with {join([f'{amount(f)} ({teller(f, documents)}, in {outlet(f.claim, documents)})' for f in fresh])}."
    repairs = tuple(tuple(sorted(f.id for i in r for f in solution.stands[i].figures)) for r in solution.repairs)
    if len(repairs) > 1 and all(len(r) == 1 for r in solution.repairs):
        text += f" Any one of {len(repairs)} figures, set aside, would mend it; the arithmetic does not say which."
    if not (solution.complete and solution.proved):
        text += " Not yet proved: the search was cut short, and there may be further sets."
    claims = tuple(dict.fromkeys(f.claim for f in figures))
    return Finding(
        kind=which,
        explanation=text,
        claims=tuple(c.id for c in claims),
        spans=evidence(claims),
        event=event,
        title=capital(" / ".join(dict.fromkeys(f"{name(cell, domain)} {amount(f)}" for cell, f in said.items()))),
        sum=line or "; ".join(row_sum(r, solution, conflict) for r in rows if r.eq),
        causes=() if which == "imbalance" else _CAUSES[which],
        repairs=repairs,
        measure=rows[0].whole.measure if rows else None,
    )


_VERB: Mapping[str, str] = {
    "imbalance": "cannot all be true",
    "relay_divergence": "do not fit together",
    "divergence": "do not fit together",
}
_AFTER: Mapping[str, str] = {
    "imbalance": " They are one account.",
    "relay_divergence": " They are one speaker's, told by several reports: one of those may have it wrong, or they are of two statements.",
    "divergence": " They are not of one stated speaker and time, so the difference may be one of time, scope or definition.",
}
_CAUSES: Mapping[str, tuple[str, ...]] = {
    "relay_divergence": (
        "relay: one report may have told its origin wrongly",
        "time: the figures may be of two statements",
        "definition: the reports may not count the same things",
    ),
    "divergence": (
        "time: the figures may be of different hours",
        "definition: the reports may not count the same things",
        "scope: the figures may be for different places or periods",
    ),
}


def told_by(figures: Sequence[Figure], documents: Mapping[str, Document]) -> str:
    """ "Ukraine's air force, in Field Notes": whose figures, in which reports, each named once."""
    by: dict[str, dict[str, None]] = {}
    for figure in figures:
        by.setdefault(outlet(figure.claim, documents), {}).setdefault(figure.origin.name)
    return join([f"{join(fullest(n for n in names if n))}, in {place}" if any(names) else place for place, names in by.items()])


def _sum(said: Mapping[Cell, Figure], rows: Sequence[Row], domain: Domain) -> tuple[str, str]:
    """The conflict as one sum, in a line and in words, where its figures are one whole and parts of it that come to more or, where the
    parts are all there are, to less; both empty elsewhere."""
    whole = next((c for c in said if all(c == o or _under(o, c, rows) for o in said)), None)
    if whole is None:
        return "", ""
    total = said[whole]
    parts = [(c, f) for c, f in said.items() if c != whole]
    if total.low is None or total.low != total.high or any(f.low is None for _, f in parts) or not parts:
        return "", ""
    summed = sum(f.low or 0 for _, f in parts)
    if summed == total.low or (summed < total.low and not (all(f.exact for _, f in parts) and all(r.eq for r in rows))):
        return "", ""
    least = "" if all(f.exact for _, f in parts) else " at least"
    terms = " + ".join(number(f.low) for _, f in parts)
    names = join([f"{amount(f)} {name(c, domain)}" for c, f in parts])
    come = f"{names} come to{least} {number(summed)}" if len(parts) > 1 else f"there are {names}"
    line = (
        f"{terms} = {number(summed)}, not {number(total.low)}"
        if len(parts) > 1
        else f"{terms} {'>' if summed > total.low else '<'} {number(total.low)}"
    )
    return line, f"{come}, {'more' if summed > total.low else 'fewer'} than the {number(total.low)} {name(whole, domain)}"


def _under(cell: Cell, whole: Cell, rows: Sequence[Row]) -> bool:
    seen, stack = {whole}, [whole]
    while stack:
        at = stack.pop()
        for row in rows:
            if row.whole == at:
                fresh = [p for p in row.parts if p not in seen]
                seen.update(fresh)
                stack += fresh
    return cell in seen


def row_sum(row: Row, solution: Solution, conflict: frozenset[int]) -> str:
    """The relation with the conflict's own figures filled in, a question mark for the rest."""
    said = {solution.stands[i].options[solution.choices[i]]: (solution.stands[i].low, solution.stands[i].high) for i in conflict}
    parts = " + ".join(interval(*said[p]) if p in said else "?" for p in row.parts)
    return f"{parts} = {interval(*said[row.whole]) if row.whole in said else '?'}"
