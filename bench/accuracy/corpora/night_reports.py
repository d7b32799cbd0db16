"""News reports of nights of Ukraine's air war, read one by one, against what each tells and against the air force's own post.

Format: a folder ``night_reports/`` with one text file a report, ``<report>.txt``, in a folder per part (``learning/``, ``held_out/``), and
beside the corpus the table of posts that ``nights`` reads. Which reports, by date and outlet only, and the figures each tells stand in this
repository (``bench/accuracy/night_reports/``): ``reports.csv`` (report, night, published, outlet, part; the night is the date of its
morning) and ``figures.csv``, the key, numbers only, one figure a row: ``measure``; ``weapon`` (drone, missile, bomb, any, or "-" where
nothing of the kind is counted); ``number``; ``hedge`` (exact; least: this many or more; about, or nearly, which ends one below; list:
behind a number with a hedge, so both readings are fair); ``place`` (ua: the whole country, ru: Russia, else the city or region);
``period`` (night: the night reported, other: another night, a week); ``speaker`` (air_force: it, its commander or its spokesman; other:
anybody else; nobody: not said). The key was made by hand from the texts by who also mended the reading; rows and metric were
corrected once for both parts after a first measurement, never by what was read of the held-out part. A report often gives an early figure,
or another body's, that differs from the final post; reading is judged by what the text says. Parts: reports in order of date and outlet,
every other one is held out: its totals were measured while the first part was mended, its misses not looked at.

Metric, over figures of ``launched``, ``shot_down``, ``suppressed``, ``neutralised``, ``hit``, ``hit_locations``, ``debris_sites`` and
``districts_affected`` (regions and districts told as hit) that are numbers:

- ``found``: share of the key's figures for which some claim has the measure (chosen, or among its readings), the weapon (a kind counts as
  its root: a cruise missile is a missile) and the number with its hedge;
- ``right``: share of claims that are such a figure of the key (a figure told twice, in the headline and below, counts as often as read);
- ``scope``: share of the figures found whose claim has the key's place (whole country, the other country, or the part named) *and* the key's
  period (of the night: told of the event, whose window touches the night);
- ``speaker``: share of the figures found whose claim has the key's class of speaker;
- ``<weapon>_found`` and ``<weapon>_right``: the same for drones, missiles and totals over both;
- ``official``: share of the official post's cells told with the post's own number by the report, for which a claim of the whole country's
  night has that number: drones and missiles launched and shot down, drones lost, places hit, places with debris;
- ``early``: figures of the whole country's night that differ from the post (count): a property of the reports;
- ``accused``: contradictions and imbalances that the balance names when all reports of the part are read together (count).

Origin of the definition: found and right are recall and precision of slots filled, as in MUC (Chinchor 1992).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from bench.accuracy.reading import document, guarded
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

LISTS = Path(__file__).resolve().parents[1] / "night_reports"
MEASURES = ("launched", "shot_down", "suppressed", "neutralised", "hit", "hit_locations", "debris_sites", "districts_affected")
_CELLS = (("launched", "drone", "drones"), ("shot_down", "drone", "drones_down"), ("suppressed", "drone", "drones_lost"),
          ("launched", "missile", "missiles"), ("shot_down", "missile", "missiles_down"),
          ("hit_locations", "-", "hit_loc"), ("debris_sites", "-", "debris_loc"))  # fmt: skip
_AIR_FORCE = ("air force", "airforce")
_ACCUSING = ("contradiction", "imbalance")
_LONGEST_NIGHT = 2  # days from start to end of a post; longer rows of the table are several posts in one
Row = Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """One figure of the key."""

    measure: str
    weapon: str
    number: int
    hedge: str
    place: str
    period: str
    speaker: str

    def holds(self, low: int | None, high: int | None) -> bool:
        """Whether a claim's range is this figure: its number, with its hedge."""
        n = self.number
        if self.hedge == "exact":
            return low == high == n
        if self.hedge == "least":
            return low == n and high is None
        return low is not None and low <= n and (high is None or high >= n - (self.hedge == "about"))


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, f"night_reports/{part}", part, sign="*.txt")


def reports(part: str) -> tuple[Row, ...]:
    """The reports of a part, as listed. Raises OSError where the list is gone."""
    with (LISTS / "reports.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["part"] == part)


@lru_cache(maxsize=1)
def key() -> Mapping[str, tuple[Figure, ...]]:
    """The figures of each report."""
    out: dict[str, list[Figure]] = {}
    with (LISTS / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row.pop("report")
            out.setdefault(name, []).append(Figure(**{**row, "number": int(row["number"])}))  # type: ignore[arg-type]
    return {name: tuple(figures) for name, figures in out.items()}


def posts(path: Path) -> Mapping[str, Mapping[tuple[str, str], int]]:
    """Night (date of its morning) to the cells that its longest post fills. Rows that pool several nights are left out."""
    out: dict[str, dict[tuple[str, str], int]] = {}
    if not path.is_file():
        return out
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, end = row["start"][:10], row["end"][:10]
            if date.fromisoformat(end) - date.fromisoformat(start) >= timedelta(days=_LONGEST_NIGHT):
                continue
            cells = {(m, w): int(float(row[k])) for m, w, k in _CELLS if row[k] and float(row[k])}
            if sum(cells.values()) > sum(out.get(end, {}).values()):
                out[end] = cells
    return out


@lru_cache(maxsize=1)
def _parents() -> Mapping[str, str]:
    from crosstally.domain import load_domain

    return load_domain().facets["weapon"].parent


def weapon(claim: Mapping[str, Any]) -> str:
    """The root of a claim's weapon in the key's words: drone, missile, bomb, any."""
    if claim["measure"] in ("hit_locations", "debris_sites", "districts_affected"):
        return "-"
    at = claim["facets"].get("weapon") or "any"
    parents = _parents()
    while parents.get(at) and parents[at] != "aerial_weapon":
        at = parents[at]
    return "any" if at == "aerial_weapon" else at


def is_figure(claim: Mapping[str, Any], figure: Figure) -> bool:
    """Whether a claim is a figure of the key: measure, weapon and number."""
    measures = {claim["measure"], *(r["measure"] for r in claim["readings"])}
    quantity = claim["quantity"]
    return figure.measure in measures and weapon(claim) == figure.weapon and figure.holds(quantity["low"], quantity["high"])


def speaker(claim: Mapping[str, Any], roles: Mapping[str, str]) -> str:
    """Class of a claim's speaker, by name and by the roles that the report gives him."""
    told = claim["speaker"]
    if told is None:
        return "nobody"
    words = " ".join((told["name"], told.get("role") or "", roles.get(told.get("entity") or "", ""))).lower()
    return "air_force" if any(w in words for w in _AIR_FORCE) else "other"


def place_right(claim: Mapping[str, Any], figure: Figure) -> bool:
    part = claim["scope"]["place"] is not None
    if figure.place in ("ua", "ru"):
        abroad = claim["target"] == "ru"
        return not part and abroad == (figure.place == "ru")
    return part and figure.place.lower() in ((claim["place"] or {}).get("name") or "").lower()


def period_right(claim: Mapping[str, Any], figure: Figure, night: str, windows: Mapping[str, tuple[str, str]], main: str | None) -> bool:
    """Whether a claim is told of the night, or of none, as the figure is. An event without a date is of the night if it is the report's
    ``main`` one; a claim without an event is of no night."""
    morning = date.fromisoformat(night)
    first, last = (morning - timedelta(days=1)).isoformat(), morning.isoformat()
    start, end = windows.get(claim["event"] or "", ("", ""))
    if not start and claim["event"] != main:
        return figure.period != "night"
    of_night = claim["scope"]["period"] == "event" and claim["status"] == "happened" and start[:10] <= last and (not end or end[:10] >= first)
    if start and end and date.fromisoformat(end[:10]) - date.fromisoformat(start[:10]) > timedelta(days=7):
        of_night = False
    return of_night == (figure.period == "night")


@dataclass(frozen=True)
class Score:
    """One report scored. ``found``: per figure of the key the verdicts (scope, speaker) of the best claim, or None."""

    name: str
    figures: tuple[Figure, ...]
    found: tuple[tuple[bool, bool] | None, ...]
    claims: tuple[tuple[str, bool], ...]
    official: tuple[bool, ...]
    early: int


def score(row: Row, ledger: Mapping[str, Any], told: tuple[Figure, ...], post: Mapping[tuple[str, str], int]) -> Score:
    claims = [
        c for c in ledger["claims"] if c["measure"] in MEASURES and c["quantity"] and c["quantity"]["low"] is not None and c["status"] != "planned"
    ]
    roles = {e["id"]: " ".join(r["role"] for r in e["roles"]) for e in ledger["entities"]}
    windows = {e["id"]: ((e["window"] or {}).get("start") or "", (e["window"] or {}).get("end") or "") for e in ledger["events"]}
    night = row["night"]
    counted = Counter(c["event"] for c in claims if c["event"])
    main = counted.most_common(1)[0][0] if counted else None

    def verdict(claim: Mapping[str, Any], figure: Figure) -> tuple[bool, bool]:
        scope = place_right(claim, figure) and period_right(claim, figure, night, windows, main)
        return scope, speaker(claim, roles) == figure.speaker

    found = tuple(max((verdict(c, f) for c in claims if is_figure(c, f)), key=sum, default=None) for f in told)
    official, early = [], 0
    for (measure, kind), number in post.items():
        here = [f for f in told if (f.measure, f.weapon, f.place, f.period) == (measure, kind, "ua", "night")]
        if any(f.number == number for f in here):
            wanted = Figure(measure, kind, number, "list", "ua", "night", "")
            official.append(any(is_figure(c, wanted) and place_right(c, wanted) and period_right(c, wanted, night, windows, main) for c in claims))
        early += bool(here) and not any(f.number == number for f in here)
    judged = tuple((weapon(c), any(is_figure(c, f) for f in told)) for c in claims)
    return Score(row["report"], told, found, judged, tuple(official), early)


def summary(scores: Iterable[Score]) -> dict[str, float]:
    """The numbers of a part from the scores of its reports, but for ``accused``."""
    scores = tuple(scores)
    pairs = [(f, v) for s in scores for f, v in zip(s.figures, s.found, strict=True)]
    claims = [c for s in scores for c in s.claims]
    found = [v for _, v in pairs if v is not None]
    out = {
        "found": _share([v is not None for _, v in pairs]),
        "right": _share([right for _, right in claims]),
        "scope": _share([v[0] for v in found]),
        "speaker": _share([v[1] for v in found]),
        "official": _share([v for s in scores for v in s.official]),
        "early": float(sum(s.early for s in scores)),
    }
    for kind in ("drone", "missile", "any"):
        out[f"{kind}_found"] = _share([v is not None for f, v in pairs if f.weapon == kind])
        out[f"{kind}_right"] = _share([right for w, right in claims if w == kind])
    return out


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _account(documents: list[Any]) -> Mapping[str, Any]:
    import crosstally

    return crosstally.read(documents).as_dict()


def measure(path: Path, limit: int | None) -> Outcome:
    told, post = key(), posts(next(iter(sorted((path.parents[1] / "nights").glob("nights*.csv"))), path / "no posts"))
    rows = [r for r in reports(path.name) if (path / f"{r['report']}.txt").is_file()][:limit]
    documents, scores, words = [], [], 0
    nothing: Mapping[str, Any] = {"claims": [], "events": [], "entities": [], "findings": []}
    for row in rows:
        text = (path / f"{row['report']}.txt").read_text(encoding="utf-8")
        words += len(text.split())
        documents.append(document(text, id=row["report"], published=row["published"], source=row["outlet"]))
        ledger = guarded(row["report"], partial(_account, documents[-1:]), nothing)
        scores.append(score(row, ledger, told.get(row["report"], ()), post.get(row["night"], {})))
    together = guarded("all reports", partial(_account, documents), nothing)
    kinds = Counter(f["kind"] for e in together["events"] for f in e["findings"])
    values = {**summary(scores), "accused": float(sum(kinds[k] for k in _ACCUSING))}
    verdicts = {
        item_id("night_reports", s.name, f.measure, f.weapon, f.number, i): v is not None
        for s in scores
        for i, (f, v) in enumerate(zip(s.figures, s.found, strict=True))
    }
    return Outcome(values, verdicts, len(rows), words)


CORPUS = Corpus(
    name="night_reports",
    title="News reports of nights of Ukraine's air war, December 2022 to May 2025",
    licence="news texts, no licence: each reader fetches them",
    obtain="Fetch the reports listed by date and outlet in `bench/accuracy/night_reports/reports.csv`, one text file each, "
    "as `night_reports/<part>/<report>.txt`, beside `nights/` (see above).",
    parts=("held_out", "learning"),
    metrics=(
        Metric("found", "figures told, found", bar=0.85),
        Metric("right", "claims that are a figure told", bar=0.90),
        Metric("scope", "place and period of the figures found", bar=0.85),
        Metric("speaker", "speaker of the figures found", bar=0.80),
        Metric("official", "the post's figures, as told, found for the country and the night", bar=0.90),
        Metric("accused", "contradictions and imbalances named, all read together (count)", higher=False, bar=0.0),
        Metric("drone_found", "drones: found"),
        Metric("drone_right", "drones: right"),
        Metric("missile_found", "missiles: found"),
        Metric("missile_right", "missiles: right"),
        Metric("any_found", "drones and missiles together: found"),
        Metric("any_right", "drones and missiles together: right"),
        Metric("early", "figures that differ from the post (count)", gated=False),
    ),
    find=find,
    measure=measure,
)
