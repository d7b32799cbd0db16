"""Places: the Local Global Lexicon, toponyms in local news.

Format: ``lgl.xml``, ``<article docid>`` with ``<title>``, ``<dltime>``, ``<text>`` and ``<toponym>`` (``<start>``, ``<end>``, and
``<gaztag>`` with ``<lat>``, ``<lon>`` where it was resolved); Lieberman, Samet and Sankaranarayanan 2010, "Geotagging with Local
Lexicons".

Metric: A Pragmatic Guide to Geoparsing Evaluation (Gritta, Pilehvar and Collier 2020): precision, recall and F1 of toponyms,
here with both ends right (``f1``) and overlapping (``relaxed``); ``within_161km`` is the share of toponyms found exactly, resolved by
both, that lie at most 161 km (100 miles) apart; ``resolved`` the share of the found ones with gold coordinates that got coordinates at
all.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.accuracy.reading import document, read
from bench.accuracy.scores import Range, match_overlapping, rates
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

_NEAR_KM = 161.0
_EARTH_KM = 6371.0088
Point = tuple[float, float]


@dataclass(frozen=True)
class Article:
    """An article with its toponyms: span to coordinates, None where the annotators gave none."""

    name: str
    title: str
    published: str
    source: str
    text: str
    toponyms: dict[Range, Point | None]


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, f"places/{part}.xml", f"{part}.xml")


def articles(path: Path) -> Iterator[Article]:
    """Articles in order of the file. Raises ElementTree.ParseError for broken markup."""
    for node in ET.parse(path).getroot().iter("article"):
        toponyms: dict[Range, Point | None] = {}
        for t in node.iter("toponym"):
            lat, lon = t.findtext("gaztag/lat"), t.findtext("gaztag/lon")
            toponyms[int(t.findtext("start", "0")), int(t.findtext("end", "0"))] = (float(lat), float(lon)) if lat and lon else None
        field = {k: node.findtext(k) or "" for k in ("title", "dltime", "domain", "text")}
        yield Article(node.get("docid", ""), field["title"], field["dltime"], field["domain"], field["text"], toponyms)


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance of two (latitude, longitude) pairs in degrees: the haversine formula on a sphere of mean radius."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(h))


def found_in(article: Article) -> dict[Range, Point | None]:
    """Places crosstally reads, with coordinates where it knows them."""
    from crosstally.values import Place

    doc = document(article.text, id=article.name, published=article.published, source=article.source, title=article.title)
    out: dict[Range, Point | None] = {}
    for m in read(doc).mentions:
        if m.kind == "place" and isinstance(m.value, Place):
            lat, lon = m.value.lat, m.value.lon
            out[m.span.start, m.span.end] = (lat, lon) if lat is not None and lon is not None else None
    return out


def measure(path: Path, limit: int | None) -> Outcome:
    verdicts: dict[str, bool] = {}
    n = {"gold": 0, "found": 0, "exact": 0, "overlapping": 0, "placed": 0, "resolved": 0, "near": 0, "words": 0}
    for count, article in enumerate(articles(path)):
        if limit is not None and count >= limit:
            break
        n["words"] += len(article.text.split())
        gold, found = article.toponyms, found_in(article)
        exact = gold.keys() & found.keys()
        pairs = match_overlapping(list(gold), list(found))
        n["gold"] += len(gold)
        n["found"] += len(found)
        n["exact"] += len(exact)
        n["overlapping"] += len(pairs)
        near = {s for s in exact if _within(gold[s], found[s])}
        n["placed"] += sum(gold[s] is not None for s in exact)
        n["resolved"] += sum(gold[s] is not None and found[s] is not None for s in exact)
        n["near"] += len(near)
        for span, point in gold.items():
            verdicts[item_id("places", article.name, span)] = span in exact and (point is None or span in near)
        for j, span in enumerate(found):
            if j not in pairs.values():
                verdicts[item_id("places", article.name, "false", span)] = False
    toponym = rates(n["exact"], n["found"], n["gold"])
    values = {
        "f1": toponym.f1,
        "precision": toponym.precision,
        "recall": toponym.recall,
        "relaxed": rates(n["overlapping"], n["found"], n["gold"]).f1,
        "within_161km": n["near"] / n["resolved"] if n["resolved"] else 0.0,
        "resolved": n["resolved"] / n["placed"] if n["placed"] else 0.0,
    }
    return Outcome(values, verdicts, n["gold"], n["words"])


def _within(a: Point | None, b: Point | None) -> bool:
    return a is not None and b is not None and kilometres(a, b) <= _NEAR_KM


CORPUS = Corpus(
    name="places",
    title="Local Global Lexicon: toponyms in local news",
    licence="news texts, their outlets'; the collection as its repository says",
    obtain="<https://github.com/milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation>: `data/lgl.xml`, as `places/lgl.xml`.",
    parts=("lgl",),
    metrics=(
        Metric("f1", "toponyms, exact span, F1", peer="best of nine geoparsers .720"),
        Metric("precision", "toponyms, precision", peer=".865"),
        Metric("recall", "toponyms, recall", peer=".624"),
        Metric("relaxed", "toponyms that overlap, F1"),
        Metric("within_161km", "resolved within 161 km", peer="best of nine .817, that with the best F1 .584"),
        Metric("resolved", "share with coordinates"),
    ),
    find=find,
    measure=measure,
)
