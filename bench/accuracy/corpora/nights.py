"""Nights of Ukraine's air force as numbers: does the balance say of a row what arithmetic says?

Format: CSV, one post a row: ``source,start,end,drones,drones_down,drones_lost,missiles,missiles_down,hit_loc,debris_loc,models``;
``models`` is ``name:launched/down`` joined with "; ". Numbers may be written "5.0"; empty is silence.

Metric: arithmetic. A row *fails* when drones shot down and lost are more than drones launched, or missiles shot down more than launched.
The row's figures are given to the balance as one speaker's claims; ``agreement`` is the share of rows where it names an imbalance or a
contradiction exactly when arithmetic does, ``caught`` the share of failing rows it names, ``false_alarms`` the share of sound rows it
accuses. ``rows_failing`` and ``models_failing`` (the sum over models is not the sum over drones and missiles) are properties of the
table, told so that a reader knows it. Since nearly all rows are sound, each is *bent* as well: one more drone (or missile, where there
are no drones) shot down than the rest allows; ``bent_caught`` is the share of bent rows named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

_FIGURES = (("drones", "launched", "drone"), ("drones_down", "shot_down", "drone"), ("drones_lost", "suppressed", "drone"),
            ("missiles", "launched", "missile"), ("missiles_down", "shot_down", "missile"))  # fmt: skip
_ACCUSING = ("imbalance", "contradiction")


@dataclass(frozen=True)
class Night:
    """A row. ``figures`` holds only what is told and is not zero: a zero of the table is silence as often as none."""

    name: str
    start: str
    figures: dict[str, int]
    models: tuple[tuple[int, int], ...]

    def fails(self) -> bool:
        get = self.figures.get
        drones = get("drones_down", 0) + get("drones_lost", 0) > get("drones", 0)
        return drones or get("missiles_down", 0) > get("missiles", 0)

    def models_fail(self) -> bool:
        get = self.figures.get
        sums = (sum(a for a, _ in self.models), sum(b for _, b in self.models))
        return bool(self.models) and sums != (get("drones", 0) + get("missiles", 0), get("drones_down", 0) + get("missiles_down", 0))


def bent(night: Night) -> Night | None:
    """The row with one more shot down than launched and lost leave room for; None where nothing was launched."""
    for launched, down, lost in (("drones", "drones_down", "drones_lost"), ("missiles", "missiles_down", None)):
        if launched in night.figures:
            room = max(0, night.figures[launched] - (night.figures.get(lost, 0) if lost else 0))
            return replace(night, figures={**night.figures, down: room + 1})
    return None


def find(folder: Path, part: str) -> Path | None:
    found = first_that_exists(folder, "nights", ".", sign="nights*.csv")
    return found if found is None or found.is_file() else next(iter(sorted(found.glob("nights*.csv"))))


def nights(path: Path) -> Iterator[Night]:
    """Rows in order of the file. Raises ValueError for a number that is none."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            figures = {k: n for k, _, _ in _FIGURES if row[k] and (n := int(float(row[k])))}
            models = []
            for model in (row["models"] or "").split(";"):
                if ":" in model:
                    launched, down = model.rpartition(":")[2].split("/")
                    models.append((int(float(launched or 0)), int(float(down or 0))))
            yield Night(row["source"], row["start"], figures, tuple(models))


def accused(night: Night) -> bool:
    """Whether the balance, given the row's figures as claims of one speaker in one event, says that they cannot hold."""
    from crosstally.domain import load_domain
    from crosstally.reconcile import EventInput, balance
    from crosstally.values import Claim, Document, Event, Facets, Quantity, Reading, Source, Span, Speaker, Voice

    text = "; ".join(f"{k} {night.figures[k]}" for k, _, _ in _FIGURES if k in night.figures) + "."
    claims, at = [], 0
    for key, measure, weapon in _FIGURES:
        if (n := night.figures.get(key)) is None:
            continue
        start = text.index(f"{key} {n}", at)
        at = start + len(f"{key} {n}")
        facets = Facets(weapon=weapon)
        claims.append(
            Claim(
                id=f"c-{key}", document="row", span=Span(start, at), sentence=Span(0, len(text)), text=text[start:at], measure=measure,
                facets=facets, figure=Span(at - len(str(n)), at), quantity=Quantity(n, n, raw=str(n)), readings=(Reading(measure, facets),),
                speaker=Speaker("air force"),
            )
        )  # fmt: skip
    if not claims:
        return False
    ids = tuple(c.id for c in claims)
    given = EventInput(
        event=Event(id="e", kind="air_attack", title="night", happenings=(), documents=("row",)),
        claims=tuple(claims),
        voices=(Voice(id="v", utterance="row", institution="air force", party=None, documents=("row",), claims=ids),),
        documents=(Document(id="row", text=text, source="post"),),
        sources=(Source(id="post"),),
    )
    return any(f.kind in _ACCUSING for f in balance(given, load_domain()).findings)


def measure(path: Path, limit: int | None) -> Outcome:
    rows = list(nights(path))[:limit]
    verdicts: dict[str, bool] = {}
    failing = caught = false = all_bent = bent_caught = 0
    for k, night in enumerate(rows):
        fails, says = night.fails(), accused(night)
        failing += fails
        caught += fails and says
        false += says and not fails
        verdicts[item_id("nights", night.name, night.start, k)] = fails == says
        if (worse := bent(night)) is not None:
            named = accused(worse)
            all_bent += 1
            bent_caught += named
            verdicts[item_id("nights", "bent", night.name, night.start, k)] = named
    sound = len(rows) - failing
    values = {
        "agreement": (len(rows) - false - (failing - caught)) / len(rows) if rows else 0.0,
        "caught": caught / failing if failing else 1.0,
        "false_alarms": false / sound if sound else 0.0,
        "bent_caught": bent_caught / all_bent if all_bent else 1.0,
        "rows_failing": float(failing),
        "models_failing": float(sum(n.models_fail() for n in rows)),
    }
    return Outcome(values, verdicts, len(rows), 0)


CORPUS = Corpus(
    name="nights",
    title="Posts of Ukraine's air force as numbers, September 2022 to May 2025",
    licence="compiled table, non-commercial; the posts are public statements",
    obtain="Compile it from <https://www.kaggle.com/datasets/piterfm/massive-missile-attacks-on-ukraine>: "
    "one row a post, columns as in the docstring of the module, "
    "as `nights/nights*.csv`.",
    parts=("all",),
    metrics=(
        Metric("agreement", "balance and arithmetic agree", bar=1.0),
        Metric("caught", "rows that cannot add up, named", bar=1.0),
        Metric("false_alarms", "sound rows accused", higher=False, bar=0.0),
        Metric("bent_caught", "bent rows, named", bar=1.0),
        Metric("rows_failing", "rows that cannot add up (count)", gated=False),
        Metric("models_failing", "rows whose models do not sum up (count)", gated=False),
    ),
    find=find,
    measure=measure,
)
