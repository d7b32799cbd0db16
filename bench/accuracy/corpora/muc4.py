"""Victims in reports of attacks: the numbers of MUC-3 and MUC-4.

Format: files of upper-case reports, each begun by its name alone on a line (``TST2-MUC4-0001``), and keys with numbered slots (``21. HUM
TGT: NUMBER 5: "PEASANTS"``; further fills on lines of their own; "/" between alternatives; "?" before an optional fill; "*" does not
apply; "-" empty).

Metric: the 1992 slot scores (Chinchor 1992, "MUC-4 Evaluation Metrics") need whole templates, which crosstally does not fill. What is
measured is the part that is a count of victims: each human target of a template whose effect is DEATH or INJURY and whose number is
digits, as (killed or wounded, number), held one to one against the report's claims of killed and wounded with an exact figure. Optional
fills count neither when found nor when missed. Not comparable with the systems of 1992, and a report in capitals is not what the reader
is made for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.accuracy.reading import document, read
from bench.accuracy.scores import rates
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

_NAME = re.compile(r"^((?:TST\d|DEV)-MUC\d-\d{4})\b[^\n]*$", re.MULTILINE)
_SLOT = re.compile(r"^(\d+)\.\s+([A-Z: ]+?)\s{2,}(.*)$")
_FILL = re.compile(r"^(\?\s*)?([^\":]*):\s*(.*)$")
_QUOTED = re.compile(r'"([^"]*)"')
_EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}
Victims = Counter[tuple[str, int]]


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, f"muc4/{part}", part, ".", sign="key-*")


def reports(path: Path) -> dict[str, str]:
    """Texts by name, in order of file."""
    out: dict[str, str] = {}
    for file in sorted(p for p in path.iterdir() if "-muc" in p.name and not p.name.startswith("key")):
        pieces = _NAME.split(file.read_text(encoding="latin-1"))
        out |= {name: text.strip() for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    return out


def keys(path: Path) -> dict[str, tuple[Victims, Victims]]:
    """Victims that must, and those that may be found, by name of the report. All templates of a report together."""
    out: dict[str, tuple[Victims, Victims]] = {}
    for file in sorted(path.glob("key-*")):
        for template in _templates(file.read_text(encoding="latin-1")):
            name = template.get("MESSAGE: ID", [""])[0].split()[0] if template.get("MESSAGE: ID") else ""
            must, may = out.setdefault(name, (Counter(), Counter()))
            optional = "OPTIONAL" in " ".join(template.get("MESSAGE: TEMPLATE", []))
            for effect, number, unsure in _victims(template):
                (may if optional or unsure else must)[effect, number] += 1
    return out


def _templates(text: str) -> Iterator[dict[str, list[str]]]:
    """Slots of each template: name to the lines of its fill."""
    slots: dict[str, list[str]] = {}
    last: list[str] = []
    for line in text.splitlines():
        if (m := _SLOT.match(line)) is not None:
            if m.group(1) == "0" and slots:
                yield slots
                slots = {}
            last = slots[m.group(2).strip()] = [m.group(3).strip()]
        elif line.startswith(" ") and line.strip() and slots:
            last.append(line.strip())
    if slots:
        yield slots


def _fills(lines: list[str]) -> Iterator[tuple[bool, str, frozenset[str]]]:
    """Optional or not, the fill, and the targets it is of."""
    for line in lines:
        if (m := _FILL.match(line)) is not None:
            yield bool(m.group(1)), m.group(2).strip(), frozenset(_QUOTED.findall(m.group(3)))


def _victims(template: dict[str, list[str]]) -> Iterator[tuple[str, int, bool]]:
    effects = list(_fills(template.get("HUM TGT: EFFECT OF INCIDENT", [])))
    for unsure, number, targets in _fills(template.get("HUM TGT: NUMBER", [])):
        if not number.isdigit():
            continue
        for maybe, effect, of in effects:
            if of & targets and effect in _EFFECTS:
                yield _EFFECTS[effect], int(number), unsure or maybe


def found_in(name: str, text: str) -> Victims:
    """Claims of killed and wounded with an exact figure that happened; a figure told twice is one."""
    claims = read(document(text, id=name)).claims
    distinct = {
        (c.measure, c.quantity.low, tuple(c.facets.items()))
        for c in claims
        if c.measure in ("killed", "wounded") and c.status == "happened" and c.quantity is not None and c.quantity.is_exact
    }
    return Counter((measure, low) for measure, low, _ in distinct if low)


def measure(path: Path, limit: int | None) -> Outcome:
    texts, gold = reports(path), keys(path)
    verdicts: dict[str, bool] = {}
    right = asked = told = words = 0
    for name in list(texts)[:limit]:
        words += len(texts[name].split())
        must, may = gold.get(name, (Counter(), Counter()))
        found = found_in(name, texts[name])
        hit = must & found
        extra = (found - hit) - may
        right += hit.total()
        asked += must.total()
        told += hit.total() + extra.total()
        for item, n in must.items():
            verdicts |= {item_id("muc4", name, *item, k): k < hit[item] for k in range(n)}
        verdicts |= {item_id("muc4", name, "false", *item): False for item in extra}
    made = rates(right, told, asked)
    return Outcome({"victims": made.f1, "precision": made.precision, "recall": made.recall}, verdicts, asked, words)


CORPUS = Corpus(
    name="muc4",
    title="MUC-3 and MUC-4: victims in reports of attacks, in capitals",
    licence="US government texts",
    obtain="<https://www-nlpir.nist.gov/related_projects/muc/muc_data/muc_data_index.html>: "
    "test sets `tst1`, `tst2` and `dev`, each with its keys, as `muc4/tst1` and so on.",
    parts=("tst2", "tst1"),
    metrics=(
        Metric("victims", "killed and wounded with their number, F1", peer="the slot hum-tgt-num, another task: 60.3"),
        Metric("precision", "precision"),
        Metric("recall", "recall"),
    ),
    find=find,
    measure=measure,
)
