"""Reports marked by hand: every figure, person, place and quote.

Format: a folder of reports (``NAME.txt``, with ``sources.csv`` for outlet and time) and a JSON-lines file of gold records. Its first line
is about the file; every other is a record with ``doc`` (file name), ``start``, ``end`` (code points of the raw file, half-open),
``kind``. Figures have ``num_start``, ``num_end``, ``attribute``, ``low``, ``high``, ``value``, ``qualifier``, ``event_id``,
``attribution``; persons ``entity``; quotes ``speaker``. ``optional``: counts neither when found nor when missed; ``accept``: further
right [low, high] pairs; ``speaker_optional``: the text leaves the speaker open.

Metric: F1, each figure held to more: ``number`` a figure claim on the number; ``measure`` with measure and facets right (the reading
chosen); ``figure`` with both ends of the interval right; ``tuple`` with the right event (a ledger event stands for the gold event most of
its figures are of) and the right speaker. A context figure (an age, a distance) given a core measure is a false find. ``person``,
``place``: mentions, exact span; ``entity``: B-cubed over persons found; ``quote``: at least .8 of the words' span both ways, and the
right speaker. Slot scoring as in MUC (Chinchor 1992), without partial credit.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bench.accuracy.corpora.seeds_gold import CORE, GENERIC, TREE, Wanted, wanted
from bench.accuracy.scores import b_cubed, overlap, rates
from bench.accuracy.values import Corpus, Metric, Outcome, item_id

Record = Mapping[str, Any]
_LEVELS = ("number", "measure", "figure", "tuple")
_HOURS = {"hour": 1.0, "h": 1.0, "minute": 1 / 60, "day": 24.0, "second": 1 / 3600}
_ALIKE = 0.8  # two spellings of one name (Ratcliff and Obershelp's ratio)
_QUOTE = 0.8


def find(folder: Path, part: str) -> Path | None:
    """The folder that holds ``seeds/`` and ``gold/``: the user's own, or the one it lies in."""
    for base in (folder, folder / "..", folder / "seeds"):
        if (base / "seeds").is_dir() and next(iter((base / "gold").glob("*.jsonl")), None) is not None:
            return base
    return None


def gold_records(base: Path) -> list[Record]:
    """Records of every gold file, the first line of each aside."""
    out: list[Record] = []
    for file in sorted((base / "gold").glob("*.jsonl")):
        out += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    return out


def value_right(record: Record, quantity: Record) -> bool:
    """Whether low and high are what the record says. Words ("a majority", "dozens") ask only that something was kept."""
    low, high = quantity.get("low"), quantity.get("high")
    if record.get("value") == "MAJORITY" or record.get("qualifier") in ("vague_plural", "around"):
        return low is not None or bool(quantity.get("raw"))
    if "duration" in record["attribute"]:
        hours = _HOURS.get((quantity.get("unit") or "hour").rstrip("s"), 1.0)
        return low is not None and abs(low * hours - record["low"]) < 1e-6
    return [low, high] in [[record["low"], record["high"]], *record.get("accept", [])]


def facets_right(asked: Wanted, facets: Record) -> bool:
    """A weapon may be more exact than asked, any other facet must be equal; the whole is no facet or the root."""
    for name, member in asked.facets.items():
        got = facets.get(name)
        if member == "aerial_weapon":
            if got not in (None, "aerial_weapon"):
                return False
        elif got is None or (not _under(got, member) if name == "weapon" else got != member):
            return False
    return True


def _under(member: str | None, ancestor: str) -> bool:
    while member is not None and member != ancestor:
        member = TREE.get(member)
    return member == ancestor


def same_speaker(gold: str | None, got: str | None) -> bool:
    """The last telling word of the gold name (a surname, "force") stands in what was found, spelling variants allowed; a name of generic
    words only ("Ukrainian officials") is matched by any generic body.
    """
    content = [w for w in _words(gold) if w not in GENERIC]
    if not content:
        return bool({"officials", "official", "authorities"} & set(_words(got)))
    return any(_alike(content[-1], w) for w in _words(got))


def _words(name: str | None) -> list[str]:
    raw = (name or "").lower().replace("’s", "").replace("'s", "")
    return [w.strip(".,") for w in raw.translate(str.maketrans("-()", "   ")).split()]


def _alike(a: str, b: str) -> bool:
    return a == b or (len(a) > 4 and len(b) > 4 and SequenceMatcher(None, a, b).ratio() >= _ALIKE)


def _spoken_by(value: Any) -> str:
    return f"{value.get('name') or ''} {value.get('role') or ''}" if isinstance(value, Mapping) else value or ""


class _Figures:
    """Figures of a ledger held against those of the gold."""

    def __init__(self, gold: list[Record], claims: list[Record], names: Mapping[str, str]) -> None:
        self.right: Counter[str] = Counter()
        self.verdicts: dict[str, bool] = {}
        self.found = self.wanted = 0
        self.valued: list[tuple[Record, Record]] = []
        self._claims, self._names, self._used = claims, names, set[int]()
        for record in (r for r in gold if r["kind"] == "figure"):
            self._one(record)
        objects = [r for r in gold if r["kind"] == "claim" and r.get("attribute", "").startswith("damaged")]
        for i, claim in enumerate(claims):
            if i not in self._used and claim["measure"] in CORE and not self._told_object(claim, objects):
                self.found += 1
                self.verdicts[item_id("seeds", names[claim["document"]], "false", claim["figure"])] = False
        self._tuples()

    def _told_object(self, claim: Record, objects: list[Record]) -> bool:
        """ "A warehouse" read as one damaged object costs nothing."""
        return claim["measure"] in ("damaged", "destroyed") and any(
            self._names[claim["document"]] == o["doc"] and overlap(tuple(claim["span"]), (o["start"], o["end"])) for o in objects
        )

    def _one(self, record: Record) -> None:
        asked = wanted(record["attribute"])
        span = (record.get("num_start", record["start"]), record.get("num_end", record["end"]))
        near = [
            (i, c)
            for i, c in enumerate(self._claims)
            if i not in self._used and self._names[c["document"]] == record["doc"] and overlap(tuple(c["figure"]), span)
        ]
        key = item_id("seeds", record["id"])
        if asked is None:
            self._used.update(i for i, _ in near)
            wrong = sum(c["measure"] in CORE for _, c in near)
            self.found += wrong
            self.verdicts[key] = not wrong
        elif record.get("optional"):
            self._used.update(i for i, _ in near)
        else:
            self.wanted += 1
            self.verdicts[key] = False
            if near:
                self._hold(record, asked, near)

    def _hold(self, record: Record, asked: Wanted, near: list[tuple[int, Record]]) -> None:
        good = [(i, c) for i, c in near if c["measure"] in asked.measures and facets_right(asked, c.get("facets") or {})]
        i, claim = (good or near)[0]
        self._used.add(i)
        self.found += 1
        self.right["number"] += 1
        if good:
            self.right["measure"] += 1
            if value_right(record, claim.get("quantity") or {}):
                self.right["figure"] += 1
                self.valued.append((record, claim))

    def _tuples(self) -> None:
        """Events: each ledger event stands for the gold event most of its figures are of; a gold event split in two keeps its larger
        part.
        """
        shares: dict[Any, Counter[str]] = defaultdict(Counter)
        for record, claim in self.valued:
            shares[claim.get("event")][record["event_id"]] += 1
        stands: dict[str, Any] = {}
        for event, counts in shares.items():
            target, n = counts.most_common(1)[0]
            if event is not None and (target not in stands or n > shares[stands[target]].get(target, 0)):
                stands[target] = event
        for record, claim in self.valued:
            event = stands.get(record["event_id"])
            speaker = (
                bool(record.get("speaker_optional"))
                or not record.get("attribution")
                or same_speaker(record["attribution"], _spoken_by(claim.get("speaker")))
            )
            right = event is not None and claim.get("event") == event and speaker
            self.right["tuple"] += right
            self.verdicts[item_id("seeds", record["id"])] = right


def score(gold: list[Record], ledger: Record) -> Outcome:
    """All metrics of a ledger in the interchange format. Documents are matched by file name."""
    names = {d["id"]: Path(d.get("path") or d["id"]).name for d in ledger["documents"]}
    docs = {r["doc"] for r in gold}
    figures = _Figures(gold, [c for c in ledger["claims"] if names.get(c["document"]) in docs and c.get("figure")], names)
    values = {level: rates(figures.right[level], figures.found, figures.wanted).f1 for level in _LEVELS}
    verdicts = dict(figures.verdicts)
    mentions = [m for m in ledger.get("mentions", []) if names.get(m["document"]) in docs]
    for kind in ("person", "place"):
        marked = {(r["doc"], r["start"], r["end"]): r for r in gold if r["kind"] == kind}
        found = {(names[m["document"]], *m["span"]): m for m in mentions if m["kind"] == kind}
        must = {k for k, r in marked.items() if not r.get("optional")}
        hit = must & found.keys()
        values[kind] = rates(len(hit), len(found.keys() - (marked.keys() - must)), len(must)).f1
        verdicts |= {item_id("seeds", kind, *k): k in hit for k in must}
        verdicts |= {item_id("seeds", kind, "false", *k): False for k in found.keys() - marked.keys()}
        if kind == "person":
            values["entity"] = b_cubed({k: marked[k]["entity"] for k in hit}, {k: found[k].get("entity") for k in hit}).f1
    values["quote"], quoted = _quotes([r for r in gold if r["kind"] == "quote"], [m for m in mentions if m["kind"] == "quote"], names)
    return Outcome(values, verdicts | quoted, sum(not r.get("optional") for r in gold))


def _quotes(gold: list[Record], found: list[Record], names: Mapping[str, str]) -> tuple[float, dict[str, bool]]:
    taken: set[int] = set()
    verdicts: dict[str, bool] = {}
    right = skipped = 0
    for record in gold:
        own = (record["start"], record["end"])
        match = next(
            (
                j
                for j, m in enumerate(found)
                if j not in taken
                and names[m["document"]] == record["doc"]
                and (shared := overlap(tuple(m["span"]), own)) >= _QUOTE * (own[1] - own[0])
                and shared >= _QUOTE * (m["span"][1] - m["span"][0])
                and shared
            ),
            None,
        )
        if match is not None:
            taken.add(match)
        if record.get("optional"):
            skipped += match is not None
            continue
        ok = match is not None and same_speaker(record.get("speaker"), _spoken_by((found[match].get("value") or {}).get("speaker")))
        right += ok
        verdicts[item_id("seeds", "quote", record["doc"], *own)] = ok
    return rates(right, len(found) - skipped, sum(not r.get("optional") for r in gold)).f1, verdicts


def measure(path: Path, limit: int | None) -> Outcome:
    import crosstally

    gold = gold_records(path)
    docs = sorted({r["doc"] for r in gold})[:limit]
    paths = [path / "seeds" / d for d in docs]
    words = sum(len(p.read_text(encoding="utf-8").split()) for p in paths)
    whole = [path / "seeds"] if limit is None else paths
    made = score([r for r in gold if r["doc"] in docs], crosstally.read(whole).as_dict())
    return Outcome(made.values, made.verdicts, made.items, words)


CORPUS = Corpus(
    name="seeds",
    title="Three reports of the night of 4 July 2025, marked by hand",
    licence="news texts, no licence: not passed on",
    obtain="Mark reports of your own in the format of the module's docstring: a folder `seeds/` of texts with `sources.csv`, "
    "a folder `gold/` of JSON lines. The three "
    "reports measured here are their outlets' and are not passed on.",
    parts=("open",),
    metrics=(
        Metric("number", "figures found, F1", bar=0.97),
        Metric("measure", "... with measure and facets", bar=0.95),
        Metric("figure", "... and value", bar=0.93),
        Metric("tuple", "... and event and speaker", bar=0.85),
        Metric("person", "persons, exact span, F1", bar=0.93),
        Metric("entity", "persons joined, B-cubed F1", bar=0.95),
        Metric("place", "places, exact span, F1", bar=0.90),
        Metric("quote", "quotes with speaker, F1", bar=0.85),
    ),
    find=find,
    measure=measure,
)
