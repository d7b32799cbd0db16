"""Who was hit, and what became of them: counts that hold the dead too, and people told hurt first and dead later.

"Four people were shot" counts everybody hit. Where the reports tell of dead, such a figure is read as all that were hit, and the hurt are what is
left. Somebody told hurt by an early report and dead by a later one is one person: a transition, counted once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Document, Facets, Finding, Tally

from .cells import Cell, Figure
from .lexicon import Lexicon, plain, says
from .whose import count_voices
from .words import capital, evidence, name, number, teller

_WHOSE = ("side", "role")  # told of somebody wherever it holds
_NO = Facets()


class Fate(msgspec.Struct, frozen=True):
    """Measures that hang together: all that were hit, the dead among them, the hurt among them."""

    everybody: str
    dead: str
    hurt: str


def fates(domain: Domain) -> tuple[Fate, ...]:
    """From the packs: a soft sum of two parts, of which one overtakes the other (the wounded who die)."""
    out = []
    for relation in domain.relations:
        if relation.soft and relation.sense == "eq" and len(relation.parts) == 2:
            for dead, hurt in (relation.parts, relation.parts[::-1]):
                measure = domain.measures.get(hurt.measure)
                if measure is not None and measure.overtaken_by == dead.measure and not (dead.facets or hurt.facets):
                    out.append(Fate(relation.whole.measure, dead.measure, hurt.measure))
    return tuple(out)


def everybody(figures: Sequence[Figure], domain: Domain, lexicon: Lexicon) -> dict[str, int]:
    """Ids of figures of the hurt whose words may count the dead too, where dead are told: to the reading as all that were hit.

    Not where the words speak of the living ("injured", "others"), nor of a person whom the same report tells apart from the dead.
    """
    out: dict[str, int] = {}
    for fate in fates(domain):
        dead = [f for f in figures if f.options[0].measure == fate.dead and _happened(f) and (f.low or 0) > 0]
        for figure in figures if dead else ():
            if figure.options[0].measure != fate.hurt or not _happened(figure) or not figure.exact or not figure.low:
                continue
            index = next((i for i, cell in enumerate(figure.options) if cell.measure == fate.everybody), None)
            if index is None or says(plain(figure.claim.text), lexicon.only):
                continue
            fitting = [d for d in dead if _compatible(d.options[0], figure.options[0], domain)]
            if single(figure):
                fitting = [d for d in fitting if d.claim.document != figure.claim.document or not single(d)]
            if fitting:
                out[figure.id] = index
    return out


def moved(figures: Sequence[Figure], aside: frozenset[str], domain: Domain) -> dict[str, str]:
    """Ids of people told hurt, one in a report, whom reports not older tell as dead without telling of any hurt: to the ids of the deaths."""
    out: dict[str, str] = {}
    for fate in fates(domain):
        hurt = [f for f in figures if f.options[0].measure == fate.hurt and _happened(f) and f.id not in aside and (f.low or 0) > 0]
        dead = [f for f in figures if f.options[0].measure == fate.dead and _happened(f) and (f.low or 0) > 0]
        before = {f.claim.document for f in hurt}
        if not hurt or not dead or before & {d.claim.document for d in dead} or any((f.high or 2) > 1 for f in hurt):
            continue
        found = {}
        for figure in hurt:
            died = next(
                (d for d in dead if figure.order(d) in (-1, 0, None) and _compatible(d.options[0], figure.options[0], domain)), None
            )
            if died is not None:
                found[figure.id] = died.id
        if len(found) == len(hurt):
            out.update(found)
    return out


def transitions(gone: Mapping[str, str], figures: Sequence[Figure], documents: Mapping[str, Document], domain: Domain, event: str) -> list[Finding]:
    """One finding for each death that people told hurt are taken for."""
    by_id = {f.id: f for f in figures}
    out = []
    for death in dict.fromkeys(gone.values()):
        died = by_id[death]
        hurt = [by_id[h] for h, d in gone.items() if d == death]
        before, after = name(Cell(hurt[0].options[0].measure, _NO), domain), name(Cell(died.options[0].measure, _NO), domain)
        claims = [*(f.claim for f in hurt), died.claim]
        out.append(
            Finding(
                kind="revision",
                change="transition",
                explanation=f"One person is told among {before} ({teller(hurt[0], documents)}), and among {after} by a report no older "
                f"({teller(died, documents)}): nothing sets the two apart, and the later report tells of nobody hurt. This is a transition: "
                "people who die later move from one column to the other, and are counted once.",
                claims=tuple(c.id for c in claims),
                spans=evidence(claims),
                event=event,
                title=f"{capital(before)}: 1, then {after}: 1",
                measure=died.options[0].measure,
            )
        )
    return out


def after_moves(gone: Mapping[str, str], figures: Sequence[Figure], domain: Domain, event: str) -> list[Tally]:
    """The tally of the hurt where all who were told hurt are told dead later."""
    by_id = {f.id: f for f in figures}
    hurt = [by_id[h] for h in gone]
    if not hurt:
        return []
    return [
        Tally(
            event=event,
            measure=hurt[0].options[0].measure,
            low=0,
            high=0,
            reported_low=1,
            reported_high=1,
            latest=0,
            state="derived",
            claims=tuple(f.id for f in hurt),
            derived_from=tuple(dict.fromkeys((*gone, *gone.values()))),
            voices=count_voices((f.claim, f.origin) for f in hurt),
            relation="who was told hurt is told dead later: counted once, among the dead",
        )
    ]


def _happened(figure: Figure) -> bool:
    cell = figure.options[0]
    return cell.mode == "happened" and cell.period == "event" and not figure.soft


def single(figure: Figure) -> bool:
    """Whether one person is told without a number, or with an article."""
    how = figure.claim.trace[0] if figure.claim.trace else ""
    return how.startswith("individual.") or how.endswith("article")


def _compatible(a: Cell, b: Cell, domain: Domain) -> bool:
    """Whether people of two cells can be the same: no facet against it, one side, one trade."""
    if any(a.facets.get(facet) != b.facets.get(facet) for facet in _WHOSE):
        return False
    for facet, member in a.facets.items():
        other = b.facets.get(facet)
        tree = domain.facets.get(facet)
        if other is None or other == member or tree is None:
            continue
        if not tree.partitions or tree.under(member, other) or tree.under(other, member):
            continue
        return False
    return True


def survivors(tallies: Mapping[Cell, Tally], cells: Mapping[Cell, Sequence[Figure]], domain: Domain, event: str) -> list[Tally]:
    """The hurt as all that were hit less the dead, where the reports tell of those two, and of the hurt nowhere else or only in part."""
    out = []
    for fate in fates(domain):
        hit, dead = tallies.get(Cell(fate.everybody, _NO)), tallies.get(Cell(fate.dead, _NO))
        hurt = tallies.get(Cell(fate.hurt, _NO))
        told = cells.get(Cell(fate.hurt, _NO), ())
        if hit is None or dead is None or (hurt is not None and hurt.state != "derived" and not all(_of_a_set(f) for f in told)):
            continue
        all_, gone = _value(hit), _value(dead)
        if all_ is None or gone is None or hit.low != hit.high:
            continue
        left = all_ - gone
        if left <= (hurt.low or 0 if hurt is not None else 0):
            continue
        out.append(
            Tally(
                event=event,
                measure=fate.hurt,
                low=left,
                high=left,
                latest=left,
                state="derived",
                derived_from=(*hit.claims, *dead.claims, *dead.derived_from),
                voices=hit.voices,
                relation=f"{capital(name(Cell(fate.everybody, _NO), domain))} {number(all_)}, the dead among them: "
                f"{number(all_)} - {number(gone)} = {number(left)}",
            )
        )
    return out


def _of_a_set(figure: Figure) -> bool:
    """ "One of the wounded": how many there were it does not say."""
    return any(t.startswith(("attach: set", "attach: of them")) for t in figure.claim.trace)


def _value(tally: Tally) -> int | None:
    return next((v for v in (tally.best, tally.latest, tally.low) if v is not None), None)
