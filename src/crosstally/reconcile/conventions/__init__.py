"""Conventions of the field: one ledger, coded as a recorder of casualties would code it. The data is in ``domains/conventions``."""

from __future__ import annotations

import os
from collections.abc import Mapping

from crosstally.domain.conventions import RAW, Convention, load_convention
from crosstally.domain.model import Domain
from crosstally.errors import PackError
from crosstally.values import Book, Coded, CodedColumn, CodedRow, LeftOut

from .amounts import Amounts
from .facts import Facts, Finest
from .raw import raw_table
from .steps import EXCLUDING, RULES, STEPS, Work
from .units import Row, rows_of

STATEMENT = (
    "Reported counts undercount: they are the people whom somebody counted and a report passed on. "
    "No figure here is a full toll, and silence is no zero."
)


def read_convention(name: str | os.PathLike[str], domain: Domain) -> Convention:
    """A convention by its name or the path of its file, checked. Raises ConfigError for an unknown name, PackError that names file and key."""
    found = load_convention(name, domain, RULES)
    if "excluded" in found.sides:
        for rule in sorted(EXCLUDING - set(found.rules)):
            raise PackError(found.file, f"rule.{rule}", "is missing, and sides.excluded needs it", f"word it in [rule.{rule}]")
    for at, column in enumerate(found.columns):
        _check_of(found, at, column.step, column.of, domain)
    return found


_OF = {
    "party": ("actor", "target"), "sources": ("count", "names", "dates", "titles"), "date": ("start", "end"),
    "place": ("name", "region", "country", "lat", "lon"),
}  # fmt: skip


def _check_of(found: Convention, at: int, step: str, of: str, domain: Domain) -> None:
    """That a column asks its step for something the step knows."""
    allowed: tuple[str, ...] | None = _OF.get(step)
    if step in ("low", "high", "best"):
        allowed = tuple(sorted(domain.measures))
    elif step == "side":
        allowed = tuple(found.sides)
    if allowed is not None and of not in allowed:
        raise PackError(found.file, f"column[{at}].of", f"{of!r} is nothing that {step!r} gives", f"one of {', '.join(allowed)}")


def recode(
    book: Book,
    convention: str | os.PathLike[str] | Convention,
    domain: Domain,
    *,
    finest: Finest = None,
    victims: Mapping[str, tuple[str, ...]] | None = None,
) -> Coded:
    """The book under a convention: ``raw``, one that ships, or the path of a convention's TOML file.

    A pure function of its arguments. Every cell says which rules made it and which claims it rests on; what makes no row is in ``left_out``,
    with the rule that says so. ``finest``: the finest kind of place that a row may give; a finer one is given by what holds it. Raises as
    ``read_convention``. ``victims``: event id to names of its dead and wounded, for a convention that lists them; None withholds them.
    """
    if not isinstance(convention, Convention) and os.fspath(convention) == RAW:
        return raw_table(book, domain, STATEMENT, finest)
    chosen = convention if isinstance(convention, Convention) else read_convention(convention, domain)
    facts = Facts(book, domain, finest)
    plan, left = rows_of(facts, chosen)
    amounts = Amounts(facts, chosen, plan)
    rows, dropped = [], []
    for row in plan:
        if not any((a := amounts.of(row, m)) is not None and (a.high or 0) > 0 for m in chosen.admit):
            dropped.append(_dropped(row, amounts, chosen))
            continue
        rows.append(_coded(row, facts, amounts, chosen, None if victims is None else victims.get(row.event.id, ())))
    columns = tuple(CodedColumn(c.name, c.kind, c.of if c.step in ("low", "high", "best") else "") for c in chosen.columns)
    starts = {p.key: (p.window.start if p.window else None) or "9999" for p in plan}
    ordered = tuple(sorted(rows, key=lambda r: (starts[r.id], r.id)))
    coded_by = f"Coded by the convention “{chosen.title}” as crosstally understands it; not by its authors."
    return Coded(chosen.name, chosen.title, columns, ordered, chosen.texts(), (*left, *dropped), f"{STATEMENT} {coded_by}")


def _coded(row: Row, facts: Facts, amounts: Amounts, convention: Convention, victims: tuple[str, ...] | None) -> CodedRow:
    ids = dict.fromkeys(c for m in convention.admit if (a := amounts.of(row, m)) is not None for c in a.claims)
    claims = tuple(facts.claims[c] for c in ids if c in facts.claims)
    work = Work(row, facts, amounts, convention, claims, victims)
    cells = tuple(STEPS[column.step](work, column) for column in convention.columns)
    behind = tuple(dict.fromkeys(c for cell in cells for c in cell.claims))
    return CodedRow(row.key, row.event.id, row.kind, cells, row.place, behind)


def _dropped(row: Row, amounts: Amounts, convention: Convention) -> LeftOut:
    notes = [a.note for m in convention.admit if (a := amounts.of(row, m)) is not None and a.note]
    if row.less or row.maybe:
        reason = "all that it counts is counted in other rows"
    else:
        reason = notes[0] if notes else "nobody who counts is told to have been harmed"
    return LeftOut(row.event.id, row.event.title, reason, convention.rule_id("period" if row.kind == "period" else "admission"))


__all__ = ["STATEMENT", "read_convention", "recode"]
