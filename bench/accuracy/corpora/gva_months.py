"""Shooting incidents poured in by month without their labels: whether the reports come apart again into incidents.

Format: as ``gva``. Reports are taken in month by month of publication into one ledger, as they would arrive; beside it, each month into
a ledger of its own. A report belongs to the event of its chief telling; one without a telling stands alone. A report that the corpus
files under two incidents is left out: it has no one right group.

Metric: B-cubed precision, recall and F1 over reports (Bagga and Baldwin 1998, "Entity-based cross-document coreferencing using the vector
space model"; Amigó, Gonzalo, Artiles and Verdejo 2009, "A comparison of extrinsic clustering evaluation metrics").

Baseline: plain TF-IDF grouping of the same reports: cosine of (1 + log count) x log((1 + reports) / (1 + reports with the word)) over
lower-case words, pairs joined best first while the mean pair of two groups stays above a threshold (average link). The threshold is the
best of .15, .20, .25, .30, .35, .40 on the train part. The weights of joining (``linking.toml``) were learnt on the train part too.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.accuracy.corpora.gva import find, outlet
from bench.accuracy.reading import document, events_of, read
from bench.accuracy.scores import b_cubed
from bench.accuracy.values import Corpus, Metric, Outcome, item_id

if TYPE_CHECKING:
    from crosstally.values import Document, DocumentReading

_ALL, _MONTH = 0.25, 0.20  # thresholds of the baseline, best on train: of all reports, and of each month's
_WORD = re.compile(r"[^\W_]+")
_SLIGHT = 0.05  # likeness that is taken for none


def measure(path: Path, limit: int | None) -> Outcome:
    """``limit``: incidents."""
    incident_of: dict[str, set[str]] = {}
    months: dict[str, list[tuple[DocumentReading, Document]]] = {}
    words = 0
    for line in path.read_text(encoding="utf-8").splitlines()[:limit]:
        incident = json.loads(line)
        for d in incident["docs"]:
            incident_of.setdefault(d["id"], set()).add(str(incident["incident"]))
            if len(incident_of[d["id"]]) > 1:
                continue
            text = (d["title"] or "") + ".\n\n" + d["text"]
            words += len(text.split())
            made = document(text, id=d["id"], title=d["title"] or "", published=d["dct"], source=outlet(d["uri"]))
            months.setdefault((d["dct"] or "")[:7], []).append((read(made), made))
    gold = {id: next(iter(labels)) for id, labels in incident_of.items() if len(labels) == 1}
    piles = [[(reading, told) for reading, told in months[month] if told.id in gold] for month in sorted(months)]
    every = [one for pile in piles for one in pile]
    found = events_of(every)
    parts = {told.id: f"{at} " for at, pile in enumerate(piles) for _, told in pile}
    gold_by_month = {id: parts[id] + label for id, label in gold.items()}
    found_by_month = {id: parts[id] + event for pile in piles for id, event in events_of(pile).items()}
    plain = alike([told for _, told in every], _ALL)
    plain_by_month = {id: parts[id] + group for pile in piles for id, group in alike([told for _, told in pile], _MONTH).items()}
    rates = b_cubed(gold, found)
    return Outcome(
        {
            "f1": rates.f1,
            "precision": rates.precision,
            "recall": rates.recall,
            "tfidf": b_cubed(gold, plain).f1,
            "month": b_cubed(gold_by_month, found_by_month).f1,
            "month_tfidf": b_cubed(gold_by_month, plain_by_month).f1,
        },
        {item_id("gva_months", id): right for id, right in together(gold, found).items()},
        len(gold),
        words,
    )


def together(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, bool]:
    """For each item, whether it stands with those it belongs with and no other."""
    right: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for item, label in gold.items():
        right.setdefault(label, set()).add(item)
        made.setdefault(found[item], set()).add(item)
    return {item: right[label] == made[found[item]] for item, label in gold.items()}


def alike(documents: Sequence[Document], threshold: float) -> dict[str, str]:
    """The baseline: document to the name of its group."""
    likeness = _likeness(_weighted(documents))
    group = {d.id: d.id for d in documents}
    members = {d.id: [d.id] for d in documents}
    for (a, b), value in sorted(likeness.items(), key=lambda x: (-x[1], x[0])):
        one, other = group[a], group[b]
        if value < threshold or one == other:
            continue
        total = sum(likeness.get((min(x, y), max(x, y)), 0.0) for x in members[one] for y in members[other])
        if total >= threshold * len(members[one]) * len(members[other]):
            group.update((x, one) for x in members[other])
            members[one] += members.pop(other)
    return group


def _weighted(documents: Sequence[Document]) -> dict[str, dict[str, float]]:
    counts = {d.id: Counter(_WORD.findall(d.text.lower())) for d in documents}
    having = Counter(word for words in counts.values() for word in words)
    out: dict[str, dict[str, float]] = {}
    for id, words in counts.items():
        weight = {w: (1 + math.log(n)) * math.log((1 + len(documents)) / (1 + having[w])) for w, n in words.items()}
        length = math.sqrt(sum(v * v for v in weight.values())) or 1.0
        out[id] = {w: v / length for w, v in weight.items()}
    return out


def _likeness(weighted: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    """Cosine of each pair that has more than a slight one, smaller id first."""
    index: dict[str, list[tuple[str, float]]] = {}
    out: dict[tuple[str, str], float] = {}
    for id in sorted(weighted):
        dots: dict[str, float] = {}
        for word, value in weighted[id].items():
            for other, theirs in index.setdefault(word, []):
                dots[other] = dots.get(other, 0.0) + value * theirs
            index[word].append((id, value))
        out.update(((other, id), dot) for other, dot in dots.items() if dot > _SLIGHT)
    return out


CORPUS = Corpus(
    name="gva_months",
    title="Shooting incidents poured in by month, without their labels",
    licence="news texts, no licence: research use only",
    obtain="The files of `gva`.",
    parts=("dev", "train"),
    metrics=(
        Metric("f1", "B-cubed F1 of reports, one ledger that grows by month", bar=0.92, peer="TF-IDF, average link: `tfidf`"),
        Metric("precision", "B-cubed precision"),
        Metric("recall", "B-cubed recall"),
        Metric("tfidf", "B-cubed F1 of the baseline, all months", gated=False),
        Metric("month", "B-cubed F1, each month in a ledger of its own", peer="TF-IDF, average link: `month_tfidf`"),
        Metric("month_tfidf", "B-cubed F1 of the baseline, each month", gated=False),
    ),
    find=find,
    measure=measure,
)
