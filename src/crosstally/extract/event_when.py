"""Which moments of a sentence are an event's own, and which figures are running totals."""

from __future__ import annotations

from collections.abc import Sequence

from crosstally.extract.event_tables import Reader, Tense, phrase_at
from crosstally.extract.event_triggers import Hit
from crosstally.values import Window


def is_speech_time(words: Sequence[str], i: int, last: int, tense: Tense) -> bool:
    """Whether a moment at tokens ``i`` .. ``last`` says when something was said: "said on Friday", "in a post late Thursday"."""
    if "'s" in words[last : last + 2]:
        return False
    back = i - 1
    while back >= 0 and words[back] in tense.lists["moment_leads"]:
        back -= 1
    return back >= 0 and words[back] in tense.lists["reporting"]


def is_aside(words: Sequence[str], i: int, hits: Sequence[Hit], tense: Tense) -> bool:
    """Whether a moment hangs on what came after the event ("was charged Thursday with murder"): such a word nearer than any trigger."""
    heads = {h.head for h in hits if not h.trigger.hint}
    for back in range(i - 1, max(-1, i - 6), -1):
        if back in heads or words[back] in (",", ";"):
            return False
        if words[back] in tense.lists["aside"]:
            return True
    return False


def total_period(words: Sequence[str], timed: Sequence[tuple[int, int, Window]], hits: Sequence[Hit], tables: Reader) -> str | None:
    """The period of a running total told in the sentence ("since the start of the war": "war"), or None. A superlative before the words
    makes a record of them, no total."""
    tense = tables.tense
    for i in range(len(words)):
        if has_rate := phrase_at(words, i, tense.phrases["totals.rate"]):
            after, before = words[i + has_rate : i + has_rate + 1], words[i - 1] if i else "in"
            odd = bool(after and after[0] in tense.lists["totals.not_rate"]) or before in tense.lists["totals.in_rate"]
            if not odd and not any(w in tense.lists["totals.record"] for w in words[max(0, i - 8) : i]):
                return "per_" + words[i + has_rate - 1].removesuffix("ly").replace("dai", "day")
            continue
        n = phrase_at(words, i, tense.phrases["totals.since"])
        if not n or any(w in tense.lists["totals.record"] for w in words[max(0, i - 10) : i]):
            continue
        tail = words[i : i + n + 7]
        for name in ("day", "war", "year", "month", "week"):
            if any(phrase_at(tail, k, tense.phrases[f"totals.{name}"]) for k in range(len(tail))):
                return name
        near = next((window for first, _, window in timed if i <= first <= i + n + 3), None)
        if near is not None and near.precision in ("day", "days", "month", "year", "years"):
            return "days" if near.precision in ("day", "days") else near.precision.removesuffix("s")
    if any(h.trigger.kind == "campaign" and any(w in tense.lists["perfect"] for w in words[h.last + 1 : h.last + 5]) for h in hits):
        return "war"
    return None
