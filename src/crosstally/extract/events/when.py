"""Which moments of a sentence are an event's own, and which figures are running totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from crosstally.extract.events.tables import Reader, Tense, phrase_at
from crosstally.extract.events.times import instant
from crosstally.extract.events.triggers import Hit
from crosstally.values import Document, Window

_OPENS, _GIVES = 2, 5  # words before a moment that opens a sentence; and from its comma to the verb, at most
_SUBJECT = 10  # words of what may stand between a subject and its verb
_CHANNEL_REACH = 16  # words of an opening that tells where somebody spoke, at most
_TOLL_REACH = 32  # words between a toll and the moment at which it moved, at most


_DATELINE = 8  # words that a report's first words may have before their date


def is_dateline(words: Sequence[str], i: int, last: int) -> bool:
    """Whether a date says from where and when a report was filed: "Sanaa, March 17 (Agency)"."""
    dated = any(w.isdecimal() for w in words[i : last + 1])
    return dated and 0 < i < _DATELINE and words[i - 1] == "," and words[last + 1 : last + 2] in (("(",), ("—",), ("–",), ("-",), ("--",))


_TOLD_BY = 14  # words from "by" to the moment, at most


def is_speech_time(words: Sequence[str], i: int, last: int, tense: Tense) -> bool:
    """Whether a moment at tokens ``i`` .. ``last`` says when something was said: "said on Friday", "told AFP late Thursday"."""
    if "'s" in words[last : last + 2]:
        return False
    if i == 0 and words[0] in tense.lists["before"] and any(w in tense.lists["reporting"] for w in words[last + 1 : last + 8]):
        return True  # "Earlier in the day, the ministry reported 31 deaths"
    after = [w for w in words[last + 1 : last + 3] if w not in tense.lists["also"]]
    if after and after[0] in tense.lists["told_by"] and words[i - 1 : i] != (",",):
        return True  # "the mission on Monday said the toll of the blast had risen"
    if i <= _OPENS and words[last + 1 : last + 2] == (",",) and any(w in tense.lists["giving"] for w in words[last + 2 : last + 2 + _GIVES]):
        return True  # "On Thursday, officials gave an update on the bombing"
    back = i - 1
    while back >= 0 and words[back] in tense.lists["moment_leads"]:
        back -= 1
    if back > 0 and words[back] == "," and words[back - 1] in tense.lists["beside_day"]:
        back -= 2  # "announced today, Sunday, that"
    if back >= 0 and words[back] in tense.lists["reporting"]:
        return True
    if _in_a_channel(words, i, last, tense):
        return True
    return any(words[k] in tense.lists["telling"] for k in range(max(0, back - 2), back))


def _in_a_channel(words: Sequence[str], i: int, last: int, tense: Tense) -> bool:
    """ "In a statement posted early on Tuesday, the minister said ...": the moment is the statement's."""
    opened = bool(words) and words[0] in tense.lists["channel_opens"] and words[last + 1 : last + 2] == (",",)
    return opened and i < _CHANNEL_REACH and any(w in tense.lists["channels"] for w in words[1:i])


def is_as_of(words: Sequence[str], i: int, tense: Tense) -> bool:
    """Whether a moment at token ``i`` dates a count: "as of 9 a.m.", "by Friday evening"."""
    return i > 0 and any(tuple(words[max(0, i - len(phrase)) : i]) == phrase for phrases in tense.phrases["as_of"].values() for phrase in phrases)


def is_toll_time(words: Sequence[str], i: int, tense: Tense) -> bool:
    """Whether a moment at token ``i`` says when a count changed: "the death toll rose to 158 on Thursday" is no day of the flood."""
    near = words[max(0, i - 8) : i]
    if any(w in tense.lists["up"] and words[k + 1 : k + 2] == ("from",) for k, w in enumerate(words[:i]) if k >= i - 5):
        return True  # "up from 95 a day earlier"
    at = next((k for k, w in enumerate(near) if w in tense.lists["toll_moves"]), None)
    return at is not None and any(w in tense.lists["tolls"] for w in words[max(0, i - _TOLL_REACH) : i - len(near) + at])


def as_of_time(window: Window, document: Document, tense: Tense) -> str | None:
    """The ISO time a count is of: the end of a known moment's hour, or an hour alone on the day of publication (the day before, where the
    report came out earlier in the day than that)."""
    published = instant(document.published) if document.published else None
    known = _counted_until(window)
    if known is not None:
        # "by evening", told that evening: the evening had not ended yet; an hour told is left as it is
        late = published is not None and len(document.published or "") > 10 and known > published and window.precision not in ("hour", "minute")
        return published.isoformat() if late and published is not None else known.isoformat()
    words = window.raw.lower().replace("\u00a0", " ").replace(":", " ").split()
    if published is None or not is_clock(window) or not words or not words[0].isdecimal():
        return None
    late = any(w in tense.lists["afternoon_hours"] for w in words)
    hour = int(words[0]) % 12 + 12 if late else int(words[0]) % 24
    minute = int(words[1]) % 60 if len(words) > 1 and words[1].isdecimal() else 0
    moment = published.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if len(document.published or "") > 10 and moment > published:
        moment -= timedelta(days=1)
    return moment.isoformat()


def _counted_until(window: Window) -> datetime | None:
    """The last moment a known window counts: an hour itself, the end of anything longer. "By noon" has an end alone."""
    start, end = (instant(t) if t else None for t in (window.start, window.end))
    if window.precision in ("hour", "minute"):
        length = timedelta(hours=1) if window.precision == "hour" else timedelta(minutes=1)
        return start or (end - length if end is not None else None)
    return end or start


def is_clock(window: Window) -> bool:
    """An hour of no known day."""
    return not window.known and window.precision in ("hour", "minute")


def better(window: Window, held: Window | None) -> bool:
    """Whether an event's window gives way to another: any to nothing, a day to an hour alone, a date to words without one."""
    if held is None or is_clock(held) != is_clock(window):
        return held is None or is_clock(held)
    return window.known and not held.known


def is_aside(words: Sequence[str], i: int, last: int, hits: Sequence[Hit], tense: Tense) -> bool:
    """Whether a moment at tokens ``i`` .. ``last`` hangs on what came after the event ("was charged Thursday with murder", "on Friday sent
    troops"): such a word nearer than any trigger."""
    heads = {h.head for h in hits if not h.trigger.hint}
    for back in range(i - 1, max(0, i - _TOLD_BY), -1):  # "was confirmed by a spokesman for the ministry on Sunday"
        if back in heads or words[back] in (",", ";"):
            break
        if words[back] in tense.lists["by"] and words[back - 1] in tense.lists["reporting"]:
            return True
    if last + 1 < len(words) and last + 1 not in heads and words[last + 1] in tense.lists["responds"]:
        return True
    for back in range(i - 1, max(-1, i - 6), -1):
        if back in heads or words[back] in (",", ";"):
            return False
        if words[back] in tense.lists["aside"]:
            return back + phrase_at(words, back, tense.phrases["because"]) != i
    return False


def is_found(words: Sequence[str], i: int, tense: Tense) -> bool:
    """Whether a moment at token ``i`` is when one more was found: "found another casualty on 1 December", "recovered two more bodies Monday"."""
    at = next((k for k in range(i - 1, max(-1, i - 8), -1) if words[k] in tense.lists["finding"]), None)
    return at is not None and any(w in tense.lists["one_more"] for w in words[at:i])


def yardstick(words: Sequence[str], timed: Sequence[tuple[int, int, Window]], tense: Tense) -> range:
    """The tokens that tell what a record is held against: "since July 2023, when 33 people died". Empty where none does.

    Another event stands there, or its date alone: neither is of the event called the deadliest.
    """
    opens = tense.lists["yardstick.opens"]
    if opens.isdisjoint(words):
        return range(0)
    for first in range(2, len(words)):
        ranked = words[first] in opens and any(w in tense.lists["totals.record"] for w in words[max(0, first - 12) : first])
        if not ranked:
            continue
        last = first + 1
        while last < len(words) and words[last] not in tense.lists["yardstick.ends"]:
            dated = any(i <= last <= j for i, j, _ in timed)  # "July 8, 2023" has a comma of its own
            if words[last] == "," and not dated and not phrase_at(words, last + 1, tense.phrases["yardstick.goes_on"]):
                break
            last += 1
        return range(first, last)
    return range(0)


def total_period(words: Sequence[str], timed: Sequence[tuple[int, int, Window]], hits: Sequence[Hit], tables: Reader) -> str | None:
    """The period of a running total told in the sentence ("since the start of the war": "war"), or None. A superlative before the words
    makes a record of them, no total."""
    tense = tables.tense
    rates, since = tense.phrases["totals.rate"], tense.phrases["totals.since"]
    for i, word in enumerate(words):
        if word not in rates and word not in since:
            continue
        if has_rate := phrase_at(words, i, rates):
            after, before = words[i + has_rate : i + has_rate + 1], words[i - 1] if i else "in"
            odd = bool(after and after[0] in tense.lists["totals.not_rate"]) or before in tense.lists["totals.in_rate"]
            if not odd and not any(w in tense.lists["totals.record"] for w in words[max(0, i - 8) : i]):
                return "per_" + words[i + has_rate - 1].removesuffix("ly").replace("dai", "day")
            continue
        n = phrase_at(words, i, since)
        if not n or any(w in tense.lists["totals.record"] for w in words[max(0, i - 10) : i]):
            continue
        if (i and words[i - 1] in tense.lists["totals.point"]) or words[i + n : i + n + 1] == ("'s",):
            continue  # "earlier this month" is a day of it, "this week's shipwreck" one event
        tail = words[i : i + n + 7]
        for name in ("day", "war", "year", "month", "week", "period"):
            if any(phrase_at(tail, k, tense.phrases[f"totals.{name}"]) for k in range(len(tail))):
                return name
        near = next((window for first, _, window in timed if i <= first <= i + n + 3), None)
        bare = list(words[i + n : i + n + 1]) in ([], [","], ["."])
        if near is None and bare and _runs_on(words[max(0, i - 9) : i], tense):
            return "period"  # "190 people have been killed since"
        if near is not None and near.precision in ("day", "days", "month", "year", "years"):
            return "days" if near.precision in ("day", "days") else near.precision.removesuffix("s")
    if _in_war(words, tables):
        return "war"
    if any(h.trigger.kind == "campaign" and has_done(words, h.last + 1, tense) for h in hits):
        return "war"
    return None


def has_done(words: Sequence[str], start: int, tense: Tense) -> bool:
    """Whether a perfect follows a noun that ends before token ``start``, before any point or relative clause: "the war has killed", "the
    crackdown on dissent in the wake of the coup has left"."""
    for word in words[start : start + _SUBJECT]:
        if word in tense.lists["perfect"]:
            return True
        if word in (",", ";") or word in tense.lists["relative"]:
            return False
    return False


def _runs_on(words: Sequence[str], tense: Tense) -> bool:
    """ "have been killed in Gaza", before a "since" that ends its clause; "two more have been killed since" adds to what was told."""
    perfect, running = tense.lists["perfect"], tense.lists["totals.running"]
    pairs = tuple(pairwise(words))
    told = any(b in running and (a in perfect or a in tense.lists["passive"]) for a, b in pairs)
    return told and any(w in perfect for w in words) and not any(a in tense.lists["one_more"] and b not in tense.lists["than"] for a, b in pairs)


def _in_war(words: Sequence[str], tables: Reader) -> bool:
    """ "thousands have been killed in its 29-month-old invasion": a perfect, then the war as the time it happened in."""
    lists = tables.tense.lists
    if lists["totals.war_words"].isdisjoint(words):
        return False
    at = next((i for i, w in enumerate(words) if w in lists["totals.war_words"]), None)
    if at is None or any(w in lists["totals.record"] for w in words[:at]):
        return False
    lead = next((k for k in range(at - 1, max(-1, at - 9), -1) if words[k] in lists["totals.in_war"]), None)
    if lead is None:
        return False
    return words[lead] in lists["totals.through_war"] or any(w in lists["perfect"] for w in words[max(0, lead - 8) : lead])
