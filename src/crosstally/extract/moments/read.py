"""When: every moment a sentence tells, as a window of local time with the precision of its words.

Words relative to publication ("early Thursday", "overnight into Friday", "two days ago") are resolved against the publication date; a
weekday is the nearest one on or before it, or the next one where a word such as "will" governs it. Without a publication date such a
moment stays relative: ``relative`` holds its words, ``start`` and ``end`` are None. Words that hang on another happening ("hours after
the call", "the same day") stay relative too, unless the sentence names the day they hang on.

A night told with one day ("overnight Friday", "the night of July 9") ends on that day where that is the day of publication, and begins
on it otherwise, as agencies write.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from crosstally.domain.model import Language
from crosstally.extract.moments.lexicon import MomentTables, moment_tables
from crosstally.extract.moments.reader import Found, Reader
from crosstally.extract.moments.readings import read
from crosstally.extract.numbers.items import items_of
from crosstally.extract.numbers.lexicon import SHAPE, number_tables
from crosstally.extract.numbers.phrases import Item
from crosstally.values import Mention, Sentence, Span, Window

_UNDATED = frozenset({"overnight", "this_part"})
_RETOLD = timedelta(days=6)
_FIGURES = frozenset(SHAPE[s] for s in ("CLOCK", "DATE", "YEAR", "DECADE"))


class _Hit(NamedTuple):
    first: int
    last: int
    order: int
    read: str


def read_moments(document_id: str, sentence: Sentence, text: str, language: Language, published: str | None) -> tuple[Mention, ...]:
    """Mentions of kind "moment", in order of place; ``value`` is a Window. ``cover`` adds the preposition ("since February 2022").

    ``published``: ISO date or datetime of publication, or None. Raises PackError for wrong tables.
    """
    tables = moment_tables(language)
    if sentence.lacks(tables.triggers) and not any(t.text[0].isdigit() for t in sentence.tokens):
        return ()
    items = items_of(sentence.tokens, text, number_tables(language))
    codes = tables.classes.codes(items)
    hits = _hits(codes, tables)
    if not hits:
        return ()
    reader = Reader(items, text, tables, published)
    found = [f for hit in hits if (f := read(reader, hit.read, hit.first, hit.last)) is not None]
    found = _retold(found, items, reader)
    found = _bounded(_joined(found, items, reader), items, reader)
    found = _anchored(found, reader)
    return tuple(
        Mention(
            document=document_id,
            span=Span(items[f.first].start, items[f.last - 1].end),
            kind="moment",
            text=text[items[f.first].start : items[f.last - 1].end],
            value=f.window,
            rule=f"moment.{f.read}",
            cover=Span(items[f.cover].start, items[f.last - 1].end),
            sentence=sentence.index,
        )
        for f in found
    )


def _retold(found: list[Found], items: list[Item], reader: Reader) -> list[Found]:
    """A night or a part of a day without a day of its own is that of the day on which somebody is said to have told of it, where the
    sentence dates that ("struck overnight, officials said on Jan. 28"), not of a later publication."""
    if reader.today is None or not any(f.read in _UNDATED for f in found):
        return found
    words = reader.tables.words
    for f in found:
        at = f.first - 1 - (f.first > 0 and items[f.first - 1].lower in words["skip_on"])
        if f.window.precision != "day" or not f.window.start or f.read in _UNDATED or at < 0 or items[at].lower not in words["told"]:
            continue
        day = datetime.fromisoformat(f.window.start).date()
        if timedelta(0) < reader.today - day <= _RETOLD:
            then = Reader(items, reader.text, reader.tables, day.isoformat())
            return [read(then, g.read, g.first, g.last) or g if g.read in _UNDATED else g for g in found]
    return found


def _hits(codes: str, tables: MomentTables) -> list[_Hit]:
    """Fitting patterns that do not overlap: from the left the longest, then the first of the table."""
    hits: list[_Hit] = []
    for order, rule in enumerate(tables.rules.fitting(codes)):
        for groups in rule.cores(codes):
            first, last = groups[0]
            if last > first:
                hits.append(_Hit(first, last, order, rule.name))
    hits.sort(key=lambda h: (h.first, -h.last, h.order))
    kept: list[_Hit] = []
    for hit in hits:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


def _joined(found: list[Found], items: list[Item], reader: Reader) -> list[Found]:
    """ "from 20:00 to 05:00", "late Thursday into early Friday": two moments that bound one window."""
    words = reader.tables.words
    kept: list[Found] = []
    for item in found:
        before = kept[-1] if kept else None
        if before is not None and item.first - before.last == 1 and before.read not in ("recent", "ago", "last_n"):
            link = items[before.last].lower
            lead = items[before.first - 1].lower if before.first else ""
            opened = lead in words["from"] or lead in words["between"]
            if link in words["into"] and (opened or link not in words["and"]) and (merged := reader.span(before, item)) is not None:
                kept[-1] = merged._replace(cover=before.first - 1 if opened else before.first)
                continue
        kept.append(item)
    return kept


def _bounded(found: list[Found], items: list[Item], reader: Reader) -> list[Found]:
    """ "since", "until", "by", "before" in front of a moment open its window. "After Sunday's shooting" tells of the shooting, on Sunday."""
    words = reader.tables.words
    bounded: list[Found] = []
    for f in found:
        at = f.first - 1
        while at >= 0 and items[at].lower in reader.tables.words["skip"]:
            at -= 1
        lead = items[at].lower if at >= 0 else ""
        held = f.window
        owns = f.last < len(items) and items[f.last].lower in words["owning"] and lead in words["before"] | words["after"]
        if f.cover < f.first or not held.known or owns or f.read in ("anchored", "recent"):
            bounded.append(f)
        elif lead in words["since"]:
            bounded.append(f._replace(window=Window(held.start, None, held.precision, f"{lead} {held.raw}"), cover=at))
        elif lead in words["until"] or lead in words["by"]:
            bounded.append(f._replace(window=Window(None, held.end, held.precision, f"{lead} {held.raw}"), cover=at))
        elif lead in words["before"] and f.read != "ago":
            bounded.append(f._replace(window=Window(None, held.start, held.precision, f"{lead} {held.raw}"), cover=at))
        elif lead in words["after"] and f.read != "ago":
            bounded.append(
                f._replace(
                    window=Window(held.end if held.precision == "day" else held.start, None, held.precision, f"{lead} {held.raw}"), cover=at
                )
            )
        else:
            bounded.append(f)
    return bounded


def _anchored(found: list[Found], reader: Reader) -> list[Found]:
    """Clock times and "a day earlier" hang on the one day that the sentence names, where it names one."""
    days = [
        f
        for f in found
        if f.window.known and f.window.precision in ("day", "night", "part_of_day", "days") and f.read not in ("anchored", "clock")
    ]
    if not days:
        return found
    placed: list[Found] = []
    for f in found:
        if f.read == "clock" and not f.window.known:
            anchor = min(days, key=lambda d: abs(d.first - f.first))
            placed.append(f._replace(window=reader.clock_within(f, anchor.window)))
        elif f.read == "anchored" and not f.window.known and (before := [d for d in days if d.first < f.first]):
            placed.append(f._replace(window=reader.beside(f, before[-1].window)))
        else:
            placed.append(f)
    return placed
