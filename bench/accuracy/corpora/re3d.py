"""Quantities and weapons in reports on Syria and Iraq.

Format: one folder a publisher, each with ``documents.json`` and ``entities.json`` of one JSON object a line (``{"_id", "title", "text",
...}``; ``{"documentId", "begin", "end", "type", "value", "confidence"}``), offsets into ``text``.

Metric: F1 of entity spans, exact (both ends; CoNLL-2003, Tjong Kim Sang and De Meulder) and overlapping (one to one; the "partial" row of
MUC-5's scorer with full credit). An entity on which the annotators' agreement ("confidence") is under one half counts neither when found
nor when missed. Our quantities are the number words alone, so ``quantity`` is scored on overlap and ``quantity_exact`` beside it. Weapons
are the terms the packs know.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bench.accuracy.reading import document, read, weapons
from bench.accuracy.scores import Range, match_exact, match_overlapping, rates
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

_AGREED = 0.5
# Dates, durations, money, ordinals and names have kinds of their own in the corpus.
_ROLES = frozenset({"count", "age", "distance", "measure", "percent", "calibre", "storeys", "rate"})
_ARTICLES = frozenset({"a", "an", "no", "both"})
_KINDS = {"Quantity": "quantity", "Weapon": "weapon"}


@dataclass(frozen=True)
class Report:
    """A document with its entities of the kinds measured: kind to spans that must be found, and spans that may be."""

    name: str
    title: str
    text: str
    must: dict[str, list[Range]]
    may: dict[str, list[Range]]


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, "re3d", ".", sign="*/entities.json")


def reports(path: Path) -> list[Report]:
    """All documents of all publishers, in order of publisher, then file."""
    out: dict[str, Report] = {}
    for folder in sorted(p.parent for p in path.glob("*/documents.json")):
        for line in _lines(folder / "documents.json"):
            d = json.loads(line)
            out[d["_id"]] = Report(
                d["_id"], d.get("title") or "", d["text"], {k: [] for k in _KINDS.values()}, {k: [] for k in _KINDS.values()}
            )
        for line in _lines(folder / "entities.json"):
            e = json.loads(line)
            kind, report = _KINDS.get(e["type"]), out.get(e["documentId"])
            if kind is not None and report is not None:
                (report.must if e.get("confidence", 1) >= _AGREED else report.may)[kind].append((e["begin"], e["end"]))
    return list(out.values())


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def found_in(report: Report) -> dict[str, list[Range]]:
    """Numbers (the roles the corpus calls a quantity; not articles, nor words without a number) and weapons crosstally reads."""
    from crosstally.values import Quantity

    doc = document(report.text, id=report.name)
    quantities = [
        (m.span.start, m.span.end)
        for m in read(doc).mentions
        if m.kind == "quantity"
        and m.number in _ROLES
        and m.text.lower() not in _ARTICLES
        and isinstance(m.value, Quantity)
        and m.value.is_number
    ]
    return {"quantity": quantities, "weapon": list(weapons(doc))}


def measure(path: Path, limit: int | None) -> Outcome:
    verdicts: dict[str, bool] = {}
    n = {f"{k}_{what}": 0 for k in _KINDS.values() for what in ("gold", "found", "overlap", "exact")}
    items = words = 0
    for report in reports(path)[:limit]:
        words += len(report.text.split())
        for kind, found in found_in(report).items():
            must, may = report.must[kind], report.may[kind]
            free = set(match_overlapping([*must, *may], found).items())
            ignored = {j for i, j in free if i >= len(must)}
            kept = [f for j, f in enumerate(found) if j not in ignored]
            pairs = match_overlapping(must, kept)
            n[f"{kind}_gold"] += len(must)
            n[f"{kind}_found"] += len(kept)
            n[f"{kind}_overlap"] += len(pairs)
            n[f"{kind}_exact"] += len(match_exact(must, kept))
            items += len(must)
            for i, span in enumerate(must):
                verdicts[item_id("re3d", report.name, kind, span)] = i in pairs
            for j, span in enumerate(kept):
                if j not in pairs.values():
                    verdicts[item_id("re3d", report.name, kind, "false", span)] = False
    values: dict[str, float] = {}
    for kind in _KINDS.values():
        values[kind] = rates(n[f"{kind}_overlap"], n[f"{kind}_found"], n[f"{kind}_gold"]).f1
        values[f"{kind}_exact"] = rates(n[f"{kind}_exact"], n[f"{kind}_found"], n[f"{kind}_gold"]).f1
        values[f"{kind}_recall"] = rates(n[f"{kind}_overlap"], n[f"{kind}_found"], n[f"{kind}_gold"]).recall
    return Outcome(values, verdicts, items, words)


CORPUS = Corpus(
    name="re3d",
    title="re3d: entities in reports on Syria and Iraq",
    licence="by folder: OGL, public domain, CC BY-NC for BBC",
    obtain="<https://github.com/dstl/re3d>: the folders of the publishers, as `re3d/`.",
    parts=("all",),
    metrics=(
        Metric("quantity", "numbers that overlap, F1"),
        Metric("quantity_exact", "numbers, exact span, F1"),
        Metric("quantity_recall", "numbers, recall"),
        Metric("weapon", "weapons that overlap, F1"),
        Metric("weapon_exact", "weapons, exact span, F1"),
        Metric("weapon_recall", "weapons, recall"),
    ),
    find=find,
    measure=measure,
)
