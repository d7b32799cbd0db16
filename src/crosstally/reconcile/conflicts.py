"""Sets of figures that a relation forbids together: which finding each is, in words, with every cheapest repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crosstally.domain.model import Domain
from crosstally.values import Document, Finding, FindingKind

from .cells import Figure
from .divergence import kind_of
from .relate import Component, Row
from .solve import Solution, Stand
from .support import refuting_rows
from .times import order
from .words import amount, capital, evidence, interval, name, outlet, teller


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
    component: Component, solution: Solution, domain: Domain, documents: Mapping[str, Document], event: str
) -> list[tuple[Finding, frozenset[str]]]:
    """One finding a cluster whose conflicts need a relation; with the claim ids the cluster covers."""
    out = []
    for cluster in clusters(solution):
        relational = [c for c in cluster if not same_cell(c, solution)]
        if not relational:
            continue
        ranked = [(_kind([solution.stands[i] for i in sorted(c)]), c) for c in relational]
        kind, conflict = next((r for r in ranked if r[0][0] == "imbalance"), ranked[0])
        if any(_contradicts(c, solution, domain) for c in cluster if same_cell(c, solution)):
            continue  # told as a contradiction of the two
        if kind[0] != "imbalance" and len(relational) < len(cluster):
            continue  # the plain disagreement of two values is the cause, and is told as such
        out.append((_finding(kind, conflict, cluster, component, solution, domain, documents, event), _claims(cluster, solution)))
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
    """An imbalance is one account that does not add up: one named speaker, or one report naming at most one; times not at odds."""
    speakers = {f.origin.key: f.origin for s in stands for f in s.figures if f.origin.named}
    for key in sorted(speakers):
        chosen = [next((f for f in s.figures if f.origin.named and f.origin.key == key), None) for s in stands]
        if all(chosen) and _one_time([f for f in chosen if f]):
            return "imbalance", tuple(f for f in chosen if f)
    for document in sorted({f.claim.document for f in stands[0].figures}):
        chosen = [next((f for f in s.figures if f.claim.document == document), None) for s in stands]
        found = [f for f in chosen if f]
        named = {f.origin.key for f in found if f.origin.key}
        if len(found) == len(stands) and len(named) <= 1 and _one_time(found):
            return "imbalance", tuple(found)
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
    cluster: Sequence[frozenset[int]],
    component: Component,
    solution: Solution,
    domain: Domain,
    documents: Mapping[str, Document],
    event: str,
) -> Finding:
    which, figures = kind
    cells = [solution.stands[i].options[solution.choices[i]] for i in sorted(conflict)]
    parts = [
        f"{name(cell, domain)}: {amount(f)} ({teller(f, documents)}, in {outlet(f.claim, documents)})" for cell, f in zip(cells, figures, strict=True)
    ]
    rows = refuting_rows(component, solution, sorted(conflict))
    why = "; ".join(dict.fromkeys(r.explanation for r in rows if r.explanation))
    text = f"These figures cannot all be true: {'; '.join(parts)}."
    if why:
        text += f" {capital(why)}."
    text += (
        " They are one account."
        if which == "imbalance"
        else " They are not of one stated speaker and time, so the difference may be one of time, scope or definition."
    )
    repairs = tuple(tuple(sorted(f.id for i in r for f in solution.stands[i].figures)) for r in solution.repairs)
    if len(repairs) > 1:
        text += (
            f" Setting aside any one of {len(repairs)} would mend it; the arithmetic does not say which."
            if all(len(r) == 1 for r in solution.repairs)
            else ""
        )
    if not (solution.complete and solution.proved):
        text += " Not yet proved: the search was cut short, and there may be further sets."
    claims = tuple(dict.fromkeys(f.claim for f in figures))
    return Finding(
        kind=which,
        explanation=text,
        claims=tuple(c.id for c in claims),
        spans=evidence(claims),
        event=event,
        title=capital(
            " / ".join(
                dict.fromkeys(
                    f"{name(solution.stands[i].options[solution.choices[i]], domain)} {amount(f)}"
                    for i, f in zip(sorted(conflict), figures, strict=True)
                )
            )
        ),
        sum="; ".join(row_sum(r, solution, conflict) for r in rows if r.eq),
        causes=()
        if which == "imbalance"
        else (
            "time: the figures may be of different hours",
            "definition: the reports may not count the same things",
            "scope: the figures may be for different places or periods",
        ),
        repairs=repairs,
        measure=rows[0].whole.measure if rows else None,
    )


def row_sum(row: Row, solution: Solution, conflict: frozenset[int]) -> str:
    """The relation with the conflict's own figures filled in, a question mark for the rest."""
    said = {solution.stands[i].options[solution.choices[i]]: (solution.stands[i].low, solution.stands[i].high) for i in conflict}
    parts = " + ".join(interval(*said[p]) if p in said else "?" for p in row.parts)
    return f"{parts} = {interval(*said[row.whole]) if row.whole in said else '?'}"
