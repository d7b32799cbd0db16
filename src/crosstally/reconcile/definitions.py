"""What looked different and is the same, or is different and both right: agreements, definitions, scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crosstally.domain.model import Domain
from crosstally.values import WHOLE, Document, Event, Finding, Place

from .cells import Cell, Figure
from .lexicon import plain
from .readings import Fold
from .relate import Row
from .tallies import Solved
from .words import amount, capital, evidence, join, name, number, outlet, short, sum_line, told

_Books = Mapping[Cell, Sequence[Figure]]


def sums(found: Solved, cells: _Books, domain: Domain, documents: Mapping[str, Document], event: str) -> list[Finding]:
    """A whole told by one report and its parts by others, where the sum comes out: "550 = 539 + 11"."""
    if found.solution.conflicts:
        return []
    out = []
    for row in found.component.rows:
        if row.name != "parts" or not row.eq:
            continue
        told_by = [[f for f in cells.get(c, ()) if f.exact] for c in (row.whole, *row.parts)]
        if not all(told_by) or len(row.parts) < 2:
            continue
        wholes = {f.claim.document for f in told_by[0]}
        if all(wholes & {f.claim.document for f in fs} for fs in told_by[1:]) and len({f.claim.document for fs in told_by for f in fs}) == 1:
            continue  # one report that gives its own split does not look different
        values = [fs[0].low or 0 for fs in told_by]
        figures = [f for fs in told_by for f in fs]
        line = sum_line([(1, v) for v in values[1:]], values[0])
        out.append(
            _finding(
                "agreement",
                f"{number(values[0])} and {join([number(v) for v in values[1:]])} are the same account: {line}. "
                f"{capital(name(row.whole, domain))}: {told(told_by[0], documents)}. "
                f"Its parts: {told([f for fs in told_by[1:] for f in fs], documents)}.",
                f"{number(values[0])} {short(row.whole, domain)} is {' + '.join(number(v) for v in values[1:])}",
                figures,
                event,
                row.whole.measure,
                line,
            )
        )
    return out


def hedges(cells: _Books, taken: frozenset[str], domain: Domain, documents: Mapping[str, Document], event: str) -> list[Finding]:
    """Figures of one cell with different words that one number satisfies: "at least 14" and "14"."""
    out = []
    for cell, figures in cells.items():
        numeric = [f for f in figures if not f.words and not f.none]
        forms = {(f.low, f.high) for f in numeric}
        if len(forms) < 2 or cell.mode != "happened" or len({f.claim.document for f in numeric}) < 2:
            continue
        if any(f.id in taken for f in numeric) or not all(a.agrees(b) for a in numeric for b in numeric):
            continue
        values = list(dict.fromkeys(amount(f) for f in numeric))
        out.append(
            _finding(
                "agreement",
                f"{capital(name(cell, domain))}: {join(values)} agree; one number satisfies all. {told(numeric, documents)}.",
                f"{capital(name(cell, domain))}: {join(values)}",
                numeric,
                event,
                cell.measure,
            )
        )
    return out


def definitions(found: Solved, cells: _Books, domain: Domain, documents: Mapping[str, Document], event: str) -> list[Finding]:
    """A figure of a union beside a smaller one of its part: "476 intercepted" and "270 shot down" are both right.

    Told where two reports give the one and the other, or where the figure could have been read as the part and then would clash.
    """
    solution = found.solution
    if solution.conflicts:
        return []
    out = []
    unions = [
        r for r in found.component.rows if r.eq and r.name != "parts" and len({p.measure for p in r.parts} | {r.whole.measure}) == len(r.parts) + 1
    ]
    done: set[str] = set()
    for row in sorted(unions, key=lambda r: (not r.whole.facets, r.whole.facets.notation())):
        wholes = [f for f in cells.get(row.whole, ()) if f.exact]
        if not wholes or row.whole.measure in done or _has_rest(row, domain):
            continue
        part, figures = _looks_other(row, wholes, cells)
        if part is None:
            continue
        done.add(row.whole.measure)
        terms = [t for p in row.parts for t in _terms(p, found, cells)]
        total = wholes[0].low or 0
        line = sum_line(terms, total) if sum(s * v for s, v in terms) == total else ""
        others = [p for p in row.parts if p.measure != part.measure]
        supporting = [f for p in others for f in _near(p, cells)]
        out.append(
            _finding(
                "definition_difference",
                f"{amount(wholes[0])} and {amount(figures[0])} do not clash: {number(total)} counts {name(row.whole, domain)} "
                f"({join([short(p, domain) for p in row.parts])}), {amount(figures[0])} counts {name(part, domain)}"
                + (f". {line}" if line else "")
                + f". {told([*wholes, *figures], documents)}.",
                f"{amount(wholes[0])} {short(row.whole, domain)}, {amount(figures[0])} {short(part, domain)}: two definitions",
                [*wholes, *figures, *supporting],
                event,
                row.whole.measure,
                line,
            )
        )
    return out


def _has_rest(row: Row, domain: Domain) -> bool:
    return any(r.name == row.name and r.rest for r in domain.relations)


def _looks_other(row: Row, wholes: Sequence[Figure], cells: _Books) -> tuple[Cell | None, list[Figure]]:
    """The part whose reported figure looks like a rival of the union's, and those figures."""
    for part in row.parts:
        near = [(c, f) for c, fs in cells.items() for f in fs if _comparable(c, part) and f.exact and f.low != wholes[0].low]
        rivals = [(c, f) for c, f in near if any(f.claim.document != w.claim.document for w in wholes) or _could_be(wholes, part)]
        if rivals:
            widest = min((c for c, _ in rivals), key=lambda c: (len(c.facets), c.facets.notation()))
            return widest, [f for c, f in rivals if c == widest]
    return None, []


def _comparable(cell: Cell, part: Cell) -> bool:
    """The same measure and scope, for the same member or for the whole."""
    return cell.at(part.measure, part.facets) == part and cell.measure == part.measure and (cell.facets == part.facets or not cell.facets)


def _could_be(wholes: Sequence[Figure], part: Cell) -> bool:
    return any(option.measure == part.measure for w in wholes for option in w.options)


def _near(part: Cell, cells: _Books) -> list[Figure]:
    return [f for c, fs in cells.items() for f in fs if _comparable(c, part)]


def _terms(cell: Cell, found: Solved, cells: _Books) -> list[tuple[int, int]]:
    """The cell's number, as the whole less the other parts where only those are told ("270 - 2")."""
    bounds = found.solution.bounds
    low, high = bounds.get(cell, (0, None))
    if low != high or any(f.exact for f in cells.get(cell, ())):
        return [(1, low)]
    for row in found.component.rows:
        others = [p for p in row.parts if p != cell]
        if row.name == "parts" and row.eq and cell in row.parts and any(f.exact for f in cells.get(row.whole, ())):
            values = [bounds.get(p, (0, None)) for p in others]
            if all(least == most for least, most in values):
                return [(1, bounds[row.whole][0]), *((-1, least) for least, _ in values if least)]
    return [(1, low)]


def readings(found: Solved, domain: Domain, documents: Mapping[str, Document], event: str) -> list[Finding]:
    """Figures read otherwise than by default, because only so all stand together."""
    out = []
    for stand, choice in zip(found.solution.stands, found.solution.choices, strict=True):
        if choice == 0 or found.solution.conflicts:
            continue
        was, now = stand.options[0], stand.options[choice]
        text = (
            f"{amount(stand.figures[0])} is read as {name(now, domain)}, not as {name(was, domain)}: "
            "only so do the figures stand together. "
            f"{told(stand.figures, documents)}."
        )
        out.append(
            _finding("definition_difference", text, f"{amount(stand.figures[0])} read as {name(now, domain)}", stand.figures, event, now.measure)
        )
    return out


def whole(figure: Figure, own: Figure, rest: Figure, domain: Domain, event: str) -> Finding:
    """A count that holds both parts: "nine were shot" is seven wounded and two killed."""
    line = sum_line([(1, rest.low or 0), (1, own.low or 0)], figure.low or 0)
    cells = [rest.options[0], own.options[0]]
    return _finding(
        "definition_difference",
        f'{amount(figure)} ("{figure.claim.text}") counts {join([name(c, domain) for c in cells])} together: {line}.',
        f"{amount(figure)} is {' + '.join(amount(f) for f in (rest, own))}",
        [figure, own, rest],
        event,
        own.options[0].measure,
        line,
    )


def scopes(
    cells: _Books,
    folds: Iterable[Fold],
    event: Event,
    domain: Domain,
    documents: Mapping[str, Document],
    places: Mapping[str, Place],
) -> list[Finding]:
    """One account told of a whole country by one report and of one place by another: "550 nationwide" and "539 and 11 at Kyiv"."""
    main = event.places[0] if event.places else None
    if main is None or main not in places or places[main].kind != "country":
        return []
    folded = {f.claim: f.place for f in folds}
    smaller = [places[p] for p in event.places[1:] if p in places and places[p].kind != "country"]
    wide: dict[str, list[Figure]] = {}
    narrow: dict[str, list[tuple[Figure, str]]] = {}
    for cell, figures in cells.items():
        measure = domain.measures.get(cell.measure)
        if measure is None or cell.mode != "happened" or cell.period != "event" or cell.place is not None or measure.strand != "balance":
            continue
        for figure in figures:
            small = folded.get(figure.id) or _worded_place(figure, smaller)
            if small is not None:
                narrow.setdefault(cell.measure, []).append((figure, small))
            else:
                wide.setdefault(cell.measure, []).append(figure)
    out = []
    for told_measure in sorted(set(wide) & set(narrow)):
        small_ones = narrow[told_measure]
        reports = {f.claim.document for f, _ in small_ones}
        large_ones = [f for f in wide[told_measure] if f.claim.document not in reports]
        if not large_ones:
            continue
        area = places[main].name
        towns = join(list(dict.fromkeys(places[p].name if p in places else p for _, p in small_ones)), "or")
        said = "; ".join(
            [f"{outlet(f.claim, documents)}: {amount(f)}, no narrower place" for f in large_ones]
            + [f"{outlet(f.claim, documents)}: {amount(f)}, {places[p].name if p in places else p}" for f, p in small_ones]
        )
        out.append(
            _finding(
                "scope_mismatch",
                f"The same figures are told of different places: of {area} as a whole, and of {towns}. {said}. The values fit the wider scope.",
                f"{capital(short(Cell(told_measure, WHOLE), domain))}: {area} or {towns}",
                [*large_ones, *(f for f, _ in small_ones)],
                event.id,
                told_measure,
            )
        )
    return out


def _worded_place(figure: Figure, smaller: Sequence[Place]) -> str | None:
    """A place of the event, smaller than its own, that the claim's own words name."""
    words = plain(figure.claim.text)
    stated = figure.claim.scope.place
    return next((p.id for p in smaller if p.id == stated or plain(p.name) in words), None)


def _finding(kind: str, text: str, title: str, figures: Sequence[Figure], event: str, measure: str, line: str = "") -> Finding:
    claims = tuple(dict.fromkeys(f.claim for f in figures))
    return Finding(
        kind=kind,  # type: ignore[arg-type]
        explanation=text,
        claims=tuple(c.id for c in claims),
        spans=evidence(claims),
        event=event,
        title=title,
        sum=line,
        measure=measure,
    )
