"""Who said it: attributions of political news.

Format: PolNeAR 1.0 (Newell, Margolin and Ruths 2018, "An Attribution Relations Corpus for Political News"): ``text/NAME.txt`` and brat
stand-off ``attributions/NAME_ANNOTATOR.ann``. ``T`` lines are spans (``T1<tab>Source 0 4<tab>...``; parts of a broken span are separated
by ";"), ``E`` lines join them (``E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1``). A text marked by two annotators counts once for
each.

Metric: attribution extraction is scored span by span (Pareti 2015, "Attribution: A Computational Approach"). Here, on words:
``source`` F1 of sources (the attribution with the most common source words, at least half of either side, one to one); ``content`` F1 of
words inside any content, the token measure of annotators' agreement (alpha .754) turned into F1; ``linked`` F1 of attributions where
source and content both share at least half their words, each way. Attributions without a source are asked for their content only, ours
too. ``annotators`` is the same linked F1 between two people who marked the same text, over the texts that have two, where there are ten
or more: what a careful reader reaches against this key.

Scope: the corpus marks the outermost attributions only; none of it tells of another inside a content ("The mayor said that police
believe ..." is the mayor's). Of what crosstally reads, those whose cue stands inside the content of another are left out before scoring.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.accuracy.reading import attributions, document
from bench.accuracy.scores import Range, dice, rates, shared_both_ways, words_in
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

_HALF = 0.5
_TEXTS_TO_COMPARE = 10  # of fewer texts marked twice an agreement says little
Share = Callable[[frozenset[int], frozenset[int]], float]
_LINE = re.compile(r"[TE]\d+\t")
_DATE = re.compile(r"_(\d{4}-\d{2}-\d{2})_")


@dataclass(frozen=True)
class Said:
    """Words of a source and words of its content, as start offsets; ``source`` empty where nobody is named."""

    source: frozenset[int]
    content: frozenset[int]


@dataclass
class _Read:
    """The ranges of one attribution as read."""

    cue: Range | None
    source: list[Range]
    content: list[Range]


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, f"polnear/{part}", part, ".", sign="attributions/*.ann")


def read_brat(lines: list[str]) -> list[tuple[tuple[Range, ...], tuple[Range, ...]]]:
    """Source and content ranges of every attribution of a stand-off file."""
    spans: dict[str, tuple[Range, ...]] = {}
    events: list[str] = []
    for line in lines:
        fields = line.rstrip("\n").split("\t")
        if _LINE.match(line) is None:
            continue  # the words of a span that hold a line end go on here
        if line.startswith("T"):
            pieces = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = tuple((int(a), int(b)) for a, b in (p.split() for p in pieces))
        elif line.startswith("E"):
            events.append(fields[1])
    out = []
    for event in events:
        parts: dict[str, list[Range]] = {"Source": [], "Content": []}
        for argument in event.split():
            role, _, target = argument.partition(":")
            if (role := role.rstrip("0123456789")) in parts:
                parts[role] += spans.get(target, ())
        if parts["Content"]:
            out.append((tuple(parts["Source"]), tuple(parts["Content"])))
    return out


def linked(gold: list[Said], found: list[Said], share: Share = shared_both_ways) -> dict[int, int]:
    """Gold to found, one to one, best first: ``share`` of the words of the sources and of the contents is at least one half."""
    return _best(gold, found, lambda g, f: min(share(g.source, f.source), share(g.content, f.content)))


def sources(gold: list[Said], found: list[Said]) -> dict[int, int]:
    """Gold to found, one to one, by words of the source; of two with the same source the one with more common content."""
    return _best(gold, found, lambda g, f: shared_both_ways(g.source, f.source), tie=lambda g, f: len(g.content & f.content))


def _best(
    gold: list[Said], found: list[Said], score: Callable[[Said, Said], float], tie: Callable[[Said, Said], int] = lambda g, f: 0
) -> dict[int, int]:
    pairs = sorted(
        ((-s, -tie(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if (s := score(g, f)) >= _HALF),
    )
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in pairs:
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def found_in(text: str, name: str) -> list[Said]:
    """What crosstally reads in a text, outermost only; the pieces that one cue brings are one attribution."""
    date = _DATE.search(name)
    read = attributions(document(text, id=name, published=date.group(1) if date else None))
    joined: dict[object, _Read] = {}
    for a in read:
        key = (a.cue, a.source) if a.cue is not None else a.content
        one = joined.setdefault(key, _Read(None, [], []))
        if a.cue is not None:
            one.cue = (a.cue.start, a.cue.end)
        if a.source is not None:
            one.source[:] = [(a.source.start, a.source.end)]
        one.content.append((a.content.start, a.content.end))
    return [Said(words_in(text, one.source), words_in(text, one.content)) for one in outermost(list(joined.values()))]


def outermost(read: list[_Read]) -> list[_Read]:
    """Those that no other tells of: the cue is in nobody else's content. Where two hold each other's cue, the first to begin holds."""
    return [one for one in read if not any(other is not one and _tells_of(other, one) for other in read)]


def _tells_of(one: _Read, other: _Read) -> bool:
    if not _holds(one, other):
        return False
    return not _holds(other, one) or min(one.content) < min(other.content)


def _holds(one: _Read, other: _Read) -> bool:
    return other.cue is not None and any(start <= other.cue[0] and other.cue[1] <= end for start, end in one.content)


def measure(path: Path, limit: int | None) -> Outcome:
    verdicts: dict[str, bool] = {}
    n = {
        "source": 0,
        "source_gold": 0,
        "source_found": 0,
        "content": 0,
        "content_gold": 0,
        "content_found": 0,
        "linked": 0,
        "dice": 0,
        "words": 0,
    }
    files = sorted((path / "attributions").glob("*.ann"))[:limit]
    read: dict[str, list[Said]] = {}
    keys: dict[str, list[list[Said]]] = {}
    for file in files:
        name = file.stem.rpartition("_")[0]
        text = _text(path / "text" / f"{name}.txt")
        if name not in read:
            read[name] = found_in(text, name)
            n["words"] += len(text.split())
        spans = read_brat(file.read_text(encoding="utf-8").splitlines())
        gold = [Said(words_in(text, s), words_in(text, c)) for s, c in spans]
        found = read[name]
        named, said = [g for g in gold if g.source], [f for f in found if f.source]
        keys.setdefault(name, []).append(named)
        n["source"] += len(sources(named, said))
        n["source_gold"] += len(named)
        n["source_found"] += len(said)
        content = frozenset().union(*(g.content for g in gold))
        told = frozenset().union(*(f.content for f in found))
        n["content"] += len(content & told)
        n["content_gold"] += len(content)
        n["content_found"] += len(told)
        links = linked(named, said)
        n["linked"] += len(links)
        n["dice"] += len(linked(named, said, dice))
        for i, g in enumerate(named):
            verdicts[item_id("polnear", file.stem, min(g.content, default=-1), min(g.source))] = i in links
        for j, f in enumerate(said):
            if j not in links.values():
                verdicts[item_id("polnear", file.stem, "false", min(f.content, default=-1), min(f.source))] = False
    link = rates(n["linked"], n["source_found"], n["source_gold"])
    values = {
        "source": rates(n["source"], n["source_found"], n["source_gold"]).f1,
        "content": rates(n["content"], n["content_found"], n["content_gold"]).f1,
        "linked_precision": link.precision,
        "linked_recall": link.recall,
        "linked": link.f1,
        "linked_dice": rates(n["dice"], n["source_found"], n["source_gold"]).f1,
    }
    if (people := agreement(keys.values())) is not None:
        values["annotators"] = people
    return Outcome(values, verdicts, n["source_gold"], n["words"])


def agreement(keys: Iterable[list[list[Said]]]) -> float | None:
    """Linked F1 between the first two keys of each text that has two; None where fewer than ten have."""
    twice = [(key[0], key[1]) for key in keys if len(key) > 1]
    if len(twice) < _TEXTS_TO_COMPARE:
        return None
    same = sum(len(linked(one, other)) for one, other in twice)
    return rates(same, sum(len(other) for _, other in twice), sum(len(one) for one, _ in twice)).f1


def _text(path: Path) -> str:
    """Offsets count code points of the file as it is: line ends stay."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


CORPUS = Corpus(
    name="polnear",
    title="PolNeAR 1.0: attributions in political news",
    licence="CC BY-NC-SA 3.0",
    obtain="<https://github.com/networkdynamics/PolNeAR>: folders `data/train` and `data/dev` (`text`, `attributions`).",
    parts=("dev", "train"),
    metrics=(
        Metric("source", "source spans, F1"),
        Metric("content", "content words, F1", peer="annotators' token alpha .754"),
        Metric("linked", "source and content linked, F1", bar=0.70),
        Metric("linked_dice", "the same, overlap as F1 of words"),
        Metric("linked_precision", "linked, precision"),
        Metric("linked_recall", "linked, recall"),
        Metric("annotators", "linked F1 of two annotators of one text", gated=False),
    ),
    find=find,
    measure=measure,
)
