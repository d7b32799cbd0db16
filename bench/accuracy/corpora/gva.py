"""Shooting incidents told by several local reports, against the archive's toll.

Format: JSON lines, one incident a line: ``{"incident", "num_killed", "num_injured", "docs": [{"id", "dct", "uri", "title", "text"}]}``,
the texts of the corpus joined with the archive's rows.

Metric: exact match of a numerical answer, as SemEval-2018 Task 5 (Postma, Ilievski and Vossen 2018, "Counting Events and Participants in
the Long Tail") asks of counts; here of killed, wounded, and both in one incident. The reports of an incident are read
together; the event told by most documents (then most claims) is taken, and its tally without facets that rests on most claims gives
``best``, else ``latest``, else ``low``; no tally is 0. Beside it, as for any interval estimate: how often the truth lies in a range
closed above, the share of open ranges, the mean width of closed ones. The archive counts dead gunmen among the killed, and its toll is
the final one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import urlsplit

from bench.accuracy.reading import document, guarded
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

_MEASURES = (("num_killed", "killed"), ("num_injured", "wounded"))
_MANY = 4  # casualties from which an incident counts as a large one
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/[^/]+/")
_NOTHING = {"low": 0, "high": 0, "best": 0}


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, f"gva/{part}.jsonl", f"{part}.jsonl")


def outlet(uri: str) -> str:
    """The host an article came from, an archive's prefix and "www." aside."""
    original = _ARCHIVED.sub("", uri)
    host = urlsplit(original if "//" in original else "//" + original).hostname or "unknown"
    return host.removeprefix("www.")


def headline(event: Mapping[str, Any], measure: str) -> Mapping[str, Any]:
    """The event's tally of a measure as a whole: no facet but "person", most claims. A zero where there is none."""
    rows = [
        t
        for t in event["tallies"]
        if t["measure"] == measure and not {k: v for k, v in (t.get("facets") or {}).items() if v not in (None, "person")}
    ]
    return max(rows, key=lambda t: len(t.get("claims") or ()), default=_NOTHING)


def main_event(ledger: Mapping[str, Any]) -> Mapping[str, Any]:
    """The event told by most documents, then with most claims."""
    return max(ledger["events"], key=lambda e: (len(e["documents"]), sum(len(t["claims"]) for t in e["tallies"])), default={"tallies": []})


def cells(incident: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, tuple[bool, bool, int | None]]:
    """For each measure: value right, truth inside a range closed above, width of that range (None if open)."""
    out: dict[str, tuple[bool, bool, int | None]] = {}
    for key, measure in _MEASURES:
        tally = headline(event, measure)
        value = next((tally[k] for k in ("best", "latest", "low") if tally.get(k) is not None), 0)
        low, high, truth = tally.get("low") or 0, tally.get("high"), incident[key]
        out[measure] = (value == truth, high is not None and low <= truth <= high, None if high is None else high - low)
    return out


def measure(path: Path, limit: int | None) -> Outcome:
    lines = path.read_text(encoding="utf-8").splitlines()[:limit]
    rows: list[tuple[dict[str, Any], dict[str, tuple[bool, bool, int | None]]]] = []
    verdicts: dict[str, bool] = {}
    words = 0
    for line in lines:
        incident = json.loads(line)
        documents = []
        for d in incident["docs"]:
            text = (d["title"] or "") + ".\n\n" + d["text"]
            words += len(text.split())
            documents.append(document(text, id=d["id"], title=d["title"] or "", published=d["dct"], source=outlet(d["uri"])))
        nothing: Mapping[str, Any] = {"events": []}
        ledger = guarded(f"incident {incident['incident']}", partial(_account, documents), nothing)
        got = cells(incident, main_event(ledger))
        rows.append((incident, got))
        for name, cell in got.items():
            verdicts[item_id("gva", incident["incident"], name)] = cell[0]
    return Outcome(summary(rows), verdicts, len(rows), words)


def _account(documents: list[Any]) -> Mapping[str, Any]:
    import crosstally

    return crosstally.read(documents).as_dict()


def summary(rows: list[tuple[dict[str, Any], dict[str, tuple[bool, bool, int | None]]]]) -> dict[str, float]:
    """The numbers of a corpus from ``(incident, cells)`` pairs."""
    many = [(i, c) for i, c in rows if i["num_killed"] + i["num_injured"] >= _MANY]
    every = [cell for _, c in rows for cell in c.values()]
    closed = [cell[2] for cell in every if cell[2] is not None]
    return {
        "killed": _share([c["killed"][0] for _, c in rows]),
        "wounded": _share([c["wounded"][0] for _, c in rows]),
        "both": _share([c["killed"][0] and c["wounded"][0] for _, c in rows]),
        "both_many": _share([c["killed"][0] and c["wounded"][0] for _, c in many]),
        "in_range": _share([cell[1] for cell in every]),
        "open": 1 - len(closed) / len(every) if every else 0.0,
        "width": float(mean(closed)) if closed else 0.0,
    }


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


CORPUS = Corpus(
    name="gva",
    title="Shooting incidents of the Gun Violence Archive, told by local reports",
    licence="news texts, no licence: research use only",
    obtain="SemEval-2018 Task 5, <https://github.com/cltl/LongTailQATask>: join its crawled reports with the archive's rows into one JSON line an "
    "incident (format: docstring of the module), as `gva/dev.jsonl` and `gva/train.jsonl`.",
    parts=("dev", "train"),
    metrics=(
        Metric("killed", "killed, exact", bar=0.93, peer="first number and a vote .83"),
        Metric("wounded", "wounded, exact", bar=0.78, peer="first number and a vote .54"),
        Metric("both", "both exact", bar=0.72, peer="first number and a vote .47"),
        Metric("both_many", f"both exact, {_MANY} or more casualties", bar=0.65, peer="first number and a vote .42"),
        Metric("in_range", "final toll inside the range, closed above", bar=0.90),
        Metric("open", "share of ranges open above", higher=False, bar=0.30),
        Metric("width", "mean width of closed ranges", higher=False, bar=1.5),
    ),
    find=find,
    measure=measure,
)
