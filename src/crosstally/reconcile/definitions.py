"""What looked different and is the same, or is different and both right: agreements, definitions, scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crosstally.domain.model import Domain
from crosstally.values import WHOLE, Document, Event, Finding, Place

from .bounds import narrow
from .cells import Cell, Figure
from .lexicon import plain
from .readings import Fold
from .relate import Row
from .solve import Solution, Stand, start_of
from .support import Solved
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
        split = set.intersection(*({f.claim.document for f in fs} for fs in told_by[1:]))
        if not wholes - split or all({f.claim.document for f in fs} <= wholes for fs in told_by[1:]):
            continue  # where one report gives the whole and its split, nothing looks different
        values = [fs[0].low or 0 for fs in told_by]
        figures = [f for fs in told_by for f in fs]
        line = sum_line([(1, v) for v in values[1:]], values[0])
        out.append(
            _finding(
                "agreement",
                f"Some reports give {number(values[0])} {name(row.whole, domain)}, others "
                f"{join([f'{number(v)} {_noun(p, domain)}' for v, p in zip(values[1:], row.parts, strict=True)])}: "
                f"one account, {line}. {told(figures, documents)}.",
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
        forms = {f.low for f in numeric}  # "at least 14" beside 14 does not even look different
        if len(forms) < 2 or cell.mode != "happened" or len({f.claim.document for f in numeric}) < 2:
            continue
        if any(f.id in taken for f in numeric) or not all(a.agrees(b) for a in numeric for b in numeric):
            continue
        values = list(dict.fromkeys(amount(f) for f in numeric))
        out.append(
            _finding(
                "agreement",
                f"The figures for {name(cell, domain)} look different and agree, as one number satisfies all: {told(numeric, documents)}.",
                f"{capital(name(cell, domain))}: {join(values)}",
                numeric,
                event,
                cell.measure,
            )
        )
    return out


def definitions(found: Solved, cells: _Books, domain: Domain, documents: Mapping[str, Document], event: str) -> dict[frozenset[str], Finding]:
    """A figure of a union beside a smaller one of its part: "476 intercepted" and "270 shot down" are both right.

    Told where two reports give the one and the other, or where the figure could have been read as the part and then would clash. One
    finding a pair of measures, the pair as key.
    """
    if found.solution.conflicts:
        return {}
    candidates: dict[frozenset[str], list[tuple[tuple[object, ...], Row, Cell, list[Figure], list[Figure]]]] = {}
    for row in found.component.rows:
        if not row.eq or row.name == "parts" or row.rest or len({p.measure for p in row.parts} | {row.whole.measure}) != len(row.parts) + 1:
            continue
        wholes = [f for f in cells.get(row.whole, ()) if f.exact and f.low]
        part, figures = _looks_other(row, wholes, cells) if wholes else (None, [])
        if part is None:
            continue
        # the plainest pair: of one and the same thing, then the largest
        rank = (part.facets != row.whole.facets, -(wholes[0].low or 0), row.whole.facets.notation())
        candidates.setdefault(frozenset((row.whole.measure, part.measure)), []).append((rank, row, part, wholes, figures))
    out = {}
    for pair, rows in candidates.items():
        _, row, part, wholes, figures = min(rows, key=lambda r: r[0])
        terms = [t for p in row.parts for t in _terms(p, found, cells)]
        total = wholes[0].low or 0
        adds = sum(s * v for s, v in terms) == total and sum(v > 0 for _, v in terms) > 1
        line = sum_line(terms, total) if adds else ""
        supporting = [f for p in row.parts if p.measure != part.measure for f in _near(p, cells)]
        out[pair] = _finding(
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
    return out


def _noun(cell: Cell, domain: Domain) -> str:
    """What a part counts, without the measure: "drones"."""
    measure = domain.measures.get(cell.measure)
    tree = domain.facets.get(measure.dimension) if measure else None
    member = cell.facets.get(tree.name) if tree else None
    return tree.title(member) if tree and member else name(cell, domain)


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


def readings(found: Solved, told_pairs: frozenset[frozenset[str]], domain: Domain, documents: Mapping[str, Document], event: str) -> list[Finding]:
    """Figures read otherwise than by default, where the default would have clashed with what is reported: one finding a pair of senses.

    ``told_pairs``: pairs of measures whose difference is told already. A choice that mends nothing, that only follows a part of the same
    sentence, or between measures that no relation joins by meaning, is no news.
    """
    solution = found.solution
    if solution.conflicts:
        return []
    groups: dict[frozenset[str], list[tuple[Cell, Cell, Figure]]] = {}
    kin = {frozenset((r.whole.measure, p.measure)) for r in found.component.rows if not r.rest for p in r.parts}
    for i, (stand, choice) in enumerate(zip(solution.stands, solution.choices, strict=True)):
        was, now = stand.options[0], stand.options[choice]
        pair = frozenset((was.measure, now.measure))
        figures = [f for f in stand.figures if f.claim.part_of is None]
        if choice == 0 or pair not in kin or len(pair) < 2 or pair in told_pairs or not figures:
            continue
        turned = tuple(0 if j == i else k for j, k in enumerate(solution.choices))
        if (
            _one_sense(stand, solution)
            or narrow(start_of(solution.stands, turned, range(len(turned))), found.component.rows, found.component.cells) is not None
        ):
            continue
        groups.setdefault(pair, []).extend((was, now, f) for f in figures)
    out = []
    for rows in groups.values():
        was, now, first = rows[0]
        figures = [f for _, _, f in rows]
        out.append(
            _finding(
                "definition_difference",
                f"The words of {amount(first)} could mean {name(was, domain)} or {name(now, domain)}. Read as {short(was, domain)}, "
                f"it would clash with the figures beside it; read as {short(now, domain)}, all stand: {told(figures, documents)}.",
                f"{amount(first)} read as {name(now, domain)}",
                figures,
                event,
                now.measure,
            )
        )
    return out


def _one_sense(stand: Stand, solution: Solution) -> bool:
    """True if the figure only repeats one whose words have but one sense."""
    choice = solution.choices[solution.stands.index(stand)]
    return any(len(o.options) == 1 and o.options[0] == stand.options[choice] and (o.low, o.high) == (stand.low, stand.high) for o in solution.stands)


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
            [f"{who}: {what}, {area}" for who, what in _by_report(large_ones, documents)]
            + [f"{who}: {what}, {towns}" for who, what in _by_report([f for f, _ in small_ones], documents)]
        )
        out.append(
            _finding(
                "scope_mismatch",
                f"The same figures are told of {area} as a whole by some and of {towns} by others. {said}. The values fit the wider scope.",
                f"{capital(short(Cell(told_measure, WHOLE), domain))}: {area} or {towns}",
                [*large_ones, *(f for f, _ in small_ones)],
                event.id,
                told_measure,
            )
        )
    return out


def _by_report(figures: Sequence[Figure], documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    out: dict[str, dict[str, None]] = {}
    for figure in figures:
        out.setdefault(outlet(figure.claim, documents), {}).setdefault(amount(figure))
    return [(who, join(list(amounts))) for who, amounts in out.items()]


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
