"""What an event made of several tellings is called, when and where it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from crosstally.domain import Domain
from crosstally.values import Happening, Place, Window

from .tables import Kinds
from .times import day_words, hours, window_words

_WIDE = {"country": 0, "region": 1, "area": 2, "city": 3, "district": 4, "site": 5, "unknown": 6}
_FINENESS = {
    "minute": 0,
    "hour": 1,
    "part_of_day": 2,
    "night": 3,
    "day": 4,
    "days": 5,
    "week": 6,
    "month": 7,
    "year": 8,
    "years": 9,
    "unknown": 10,
}
_SLOT = re.compile(r"(?P<lead>[,:]?\s*(?:\b(?:on|in|at|of|by|between|near|against)\b)?\s*)\{(?P<name>\w+)\}")


def kind_of(happenings: Iterable[Happening], kinds: Kinds) -> str:
    """The class that most tellings give, chief tellings first, a generic one last."""
    counted = Counter[str]()
    for happening in happenings:
        counted[happening.kind] += 2 if happening.main else 1
    return min(counted, key=lambda k: (kinds.generic(k), -counted[k], k))


def status_of(happenings: Iterable[Happening]) -> str:
    """What is most settled: happened over denied, unverified, planned, forecast."""
    found = {h.status for h in happenings}
    return next(s for s in ("happened", "denied", "unverified", "planned", "forecast") if s in found)


def window_of(happenings: Sequence[Happening]) -> Window | None:
    """The tightest sensible window: windows of a night or finer are united where they meet; days count only without them. Words of
    time where no date is known; nothing is invented."""
    windows = sorted(
        {h.window for h in happenings if h.window is not None},
        key=lambda w: (w.start or "", w.end or "", w.precision, w.raw, w.relative or ""),
    )
    known = [w for w in windows if hours(w) is not None]
    if not known:
        # The wording that most tellings share.
        return min(windows, key=lambda w: (w.start is None and w.end is None, -len(w.raw), w.raw), default=None)
    finest = [w for w in known if _FINENESS[w.precision] <= _FINENESS["night"]]
    pool = finest or [w for w in known if _FINENESS[w.precision] == min(_FINENESS[x.precision] for x in known)]
    nights = [w for w in pool if w.precision == "night"]
    base = max(nights or pool, key=lambda w: (sum(h.window == w for h in happenings), _span(w), w.start or "", w.raw))
    start, end = base.start or "", base.end or ""
    if base not in nights:
        # Parts of one night or day: from the first to the last, as far as they touch.
        for window in sorted(pool, key=lambda w: (w.start or "", w.end or "")):
            if window.start is not None and window.end is not None and window.start <= end and start <= window.end:
                start, end = min(start, window.start), max(end, window.end)
    if (start, end) == (base.start, base.end):
        return base
    precision = max((w.precision for w in pool if w.start is not None and start <= w.start <= end), key=lambda p: _FINENESS[p])
    return Window(start, end, precision, base.raw, base.relative)


def _span(window: Window) -> int:
    found = hours(window)
    return 0 if found is None else found[1] - found[0]


def places_of(happenings: Iterable[Happening], places: Mapping[str, Place], local: bool) -> tuple[str, ...]:
    """All places, widest first; of one width the most told first. ``local``: an event of one place, which lies in the region told beside it."""
    counted = Counter(p for h in happenings for p in dict.fromkeys(h.places))
    if local:
        held = {above for p in counted if p in places for above in places[p].parents}
        counted = Counter({p: n for p, n in counted.items() if p not in held})
    return tuple(sorted(counted, key=lambda p: (_WIDE[places[p].kind] if p in places else 6, -counted[p], p)))


def together(named: Iterable[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    found = list(named)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""


def title_of(
    kind: str,
    happenings: Sequence[Happening],
    window: Window | None,
    place_ids: Sequence[str],
    places: Mapping[str, Place],
    domain: Domain,
    name: Callable[[str], str],
    published: Sequence[str],
) -> str:
    """The class's template filled with what is known; a slot that nothing fills goes, with the word before it."""
    event = domain.events.get(kind)
    template = event.title if event else kind.replace("_", " ").capitalize() + " in {where}, {when}"
    actors = _often(h.actors for h in happenings)
    targets = _often(h.targets for h in happenings)
    people = _often(h.participants for h in happenings)
    placed = [places[p].name if p in places else p for p in place_ids]
    if event is not None and event.extent == "wide" and len(targets) == 1 and _scattered([places[p] for p in place_ids if p in places]):
        placed = [name(targets[0]), *placed]  # told of many regions and of no country: an attack on the side attacked
    told = Counter(p for h in happenings for p in h.places)
    towns = [p for p in place_ids if p in places and places[p].kind in ("city", "district", "area", "site", "unknown", "region")]
    where = max(towns, key=lambda p: (told[p], -place_ids.index(p)), default=None)
    wide = event is None or event.extent == "wide"
    when = window_words(window)
    if not when and published:
        first, last = (datetime.fromisoformat(p).date() for p in (published[0], published[-1]))
        when = f"reported {day_words(first)}" if first == last else f"reported from {day_words(first)}"
    fills = {
        "target": (placed[0] if wide or where is None else places[where].name) if placed else together(name(t) for t in targets[:2]),
        "where": places[where].name if where else placed[0] if placed else "",
        "place": places[where].name if where else placed[0] if placed else "",
        "who": together(name(p) for p in (people or actors)[:4]),
        "actor": together(name(a) for a in actors[:2]),
        "what": min((_bare(h.title, template) for h in happenings if h.title), key=lambda t: (-len(t), t), default=""),
        "when": when,
    }
    text = _SLOT.sub(lambda m: m["lead"] + fills[m["name"]] if fills.get(m["name"]) else "", template)
    return text.strip(" ,:") or kind.replace("_", " ").capitalize()


def _scattered(found: Sequence[Place]) -> bool:
    """Whether places are told of which none holds the others, and no country is."""
    held = [p for p in found if not any(q is not p and (p.within(q.id) or (p.kind == "city" and p.name == q.name)) for q in found)]
    return len(held) > 1 and not any(p.kind == "country" for p in found)


def _bare(title: str, template: str) -> str:
    """A telling's title without the words that the template begins with."""
    return title.removeprefix(template.partition("{")[0])


def _often(groups: Iterable[Sequence[str]]) -> list[str]:
    """Most told first, then as the earliest telling has them."""
    counted = Counter(x for group in groups for x in dict.fromkeys(group))
    return [x for x, _ in counted.most_common()]
