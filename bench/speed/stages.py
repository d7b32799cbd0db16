"""The stages timed, each over what the ones before gave, in CPU seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """CPU seconds of a stage over texts of so many words. ``ratio``: how many times the seconds of ``str.split`` on the same texts, same
    run.
    """

    stage: str
    seconds: float
    words: int
    ratio: float

    @property
    def words_per_second(self) -> float:
        return self.words / self.seconds if self.seconds else float("inf")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its CPU seconds."""
    started = time.process_time()
    made = work()
    return made, time.process_time() - started


def split_seconds(texts: list[str]) -> float:
    """CPU seconds of a plain ``str.split`` over the texts, the mean of enough rounds to be measurable."""
    rounds, used = 0, 0.0
    while used < 0.1:
        _, seconds = timed(lambda: [len(t.split()) for t in texts])
        rounds, used = rounds + 1, used + seconds
    return used / rounds


def _nobody(span: Any) -> tuple[None, None, None, str]:
    """Speakers are timed on their own."""
    return None, None, None, ""


def _each(sentences: Any, read: Callable[[Any], tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    """What is found in each sentence of content, by its index."""
    return {s.index: found for s in sentences if s.furniture is None and (found := read(s))}


def _by_sentence(mentions: Any, sentences: Any) -> dict[int, tuple[Any, ...]]:
    return _each(sentences, lambda s: tuple(m for m in mentions if s.span.start <= m.span.start < s.span.end))


def measure(texts: list[str]) -> list[Timing]:
    """Every stage of reading, then reading as a whole, then joining and balancing, then all of it from text to account."""
    from crosstally.domain import load_domain, load_language
    from crosstally.domain.gazetteer import load_gazetteer
    from crosstally.extract.events.read import attach, read_happenings
    from crosstally.extract.figures.read import compile_reader, read_figures
    from crosstally.extract.moments.read import read_moments
    from crosstally.extract.names.read import read_names
    from crosstally.extract.numbers.read import read_quantities
    from crosstally.extract.speakers.quotes import read_quotes
    from crosstally.extract.speakers.read import attribute
    from crosstally.flow import make_book, read_one
    from crosstally.link import link
    from crosstally.text.segment import segment
    from crosstally.values import Document, Sentence, Source

    language, domain, gazetteer = load_language("en"), load_domain(), load_gazetteer()
    documents = [Document.from_text(t, id=f"d{i}", published="2025-07-04T12:00:00", source=f"s{i % 7}") for i, t in enumerate(texts)]
    for d in documents[:12]:
        read_one(d)  # tables are compiled once
    words = sum(len(t.split()) for t in texts)
    plain = split_seconds(texts)
    out: list[Timing] = []

    def note(stage: str, work: Callable[[], Any]) -> Any:
        made, seconds = timed(work)
        out.append(Timing(stage, seconds, words, seconds / plain))
        return made

    def numbers_of(d: Document, s: Sentence) -> tuple[Any, ...]:
        return read_quantities(d.id, s, d.text, language)

    def moments_of(d: Document, s: Sentence) -> tuple[Any, ...]:
        return read_moments(d.id, s, d.text, language, d.published)

    cut = note("sentences", lambda: [segment(d.text, d.title, language) for d in documents])
    both = list(zip(documents, cut, strict=True))
    numbers = note("numbers", lambda: [_each(ss, partial(numbers_of, d)) for d, ss in both])
    moments = note("moments", lambda: [_each(ss, partial(moments_of, d)) for d, ss in both])
    names = note("names", lambda: [read_names(d, ss, language, domain, gazetteer) for d, ss in both])
    quotes = note("quotes", lambda: [read_quotes(d, ss, language) for d, ss in both])
    all_of = list(zip(both, names, quotes, strict=True))
    note("speakers", lambda: [attribute(d, ss, n.mentions, n.entities, q, language) for (d, ss), n, q in all_of])
    rows = [
        (d, ss, q, m, n, _by_sentence(n.mentions, ss), tuple(x for per in (q, m) for i in sorted(per) for x in per[i]) + n.mentions)
        for (d, ss), q, m, n in zip(both, numbers, moments, names, strict=True)
    ]
    reader = compile_reader(domain, language)
    figures = note("figures", lambda: [read_figures(d, ss, q, m, by, _nobody, reader) for d, ss, q, m, _, by, _ in rows])
    told = note("happenings", lambda: [read_happenings(d, ss, every, n.nominals, domain, language) for d, ss, _, _, n, _, every in rows])
    note(
        "claims to happenings",
        lambda: [attach((*f.claims, *t.claims), t, r[1], r[6], domain) for r, f, t in zip(rows, figures, told, strict=True)],
    )
    readings = note("reading, whole", lambda: [read_one(d) for d in documents])
    ledger = 60  # documents of one ledger: joining is not linear in a pile of copies, and a ledger is seldom larger for one night
    some, few = tuple(readings[:ledger]), tuple(documents[:ledger])
    sources = tuple(Source(id=f"s{i}") for i in range(7))
    few_words = sum(len(d.text.split()) for d in few)
    few_plain = plain * few_words / words
    for stage, work in (
        ("joining", lambda: link(some, few, sources, domain)),
        ("joining and balancing", lambda: make_book(few, some, sources, domain)),
        ("text to account", lambda: make_book(few, [read_one(d) for d in few], sources, domain)),
    ):
        _, seconds = timed(work)
        out.append(Timing(stage, seconds, few_words, seconds / few_plain))
    return out
