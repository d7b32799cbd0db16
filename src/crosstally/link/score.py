"""How likely two tellings are one event, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import asin, cos, log10, radians, sin, sqrt

import msgspec

from crosstally.values import Place, Window

from . import names
from .tables import Kinds, Rules
from .telling import Figure, Telling
from .times import window_words


class Judgement(msgspec.Struct, frozen=True):
    """``score`` in log-odds; ``reasons`` for and ``against`` in words; ``refusal`` the reason why they cannot be one, or empty."""

    score: float
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    refusal: str = ""


class Sheet:
    """Evidence of one pair by name of its weight, with its words. ``local``: the class has one place and many events a day."""

    def __init__(self, rules: Rules, local: bool) -> None:
        self.rules, self.local = rules, local
        self.evidence: list[tuple[str, float]] = []
        self.reasons: list[str] = []
        self.against: list[str] = []
        self.refusal = ""

    def add(self, name: str, words: str, amount: float = 1.0) -> None:
        """Evidence of a weight, ``amount`` times; words for it, or against where the weight is below nothing."""
        self.evidence.append((name, amount))
        if words:
            (self.reasons if self.rules.weight(name, self.local) * amount >= 0 else self.against).append(words)

    def refuse(self, words: str) -> None:
        self.refusal = self.refusal or words

    @property
    def total(self) -> float:
        return sum(self.rules.weight(name, self.local) * amount for name, amount in self.evidence)


def score(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds) -> Judgement | None:
    """None where the classes cannot be one event. Same for (a, b) and (b, a)."""
    sheet = weigh(a, b, places, kinds)
    if sheet is None:
        return None
    return Judgement(sheet.total, tuple(sheet.reasons), tuple(sheet.against), sheet.refusal)


def weigh(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds) -> Sheet | None:
    """All evidence of a pair, or None where the classes cannot be one event."""
    cost = kinds.cost(a.kind, b.kind)
    if cost is None:
        return None
    if (a.document, a.start, a.id) > (b.document, b.start, b.id):
        a, b = b, a
    rules = kinds.rules
    sheet = Sheet(rules, kinds.local(a.kind) and kinds.local(b.kind))
    if cost:
        sheet.add("class_differs", "", cost)
    _status(a, b, sheet)
    _time(a, b, sheet)
    _place(a, b, places, kinds, sheet)
    _sides(a, b, kinds, sheet)
    if a.kind in rules.classes.meeting_of or b.kind in rules.classes.meeting_of:
        _participants(a, b, sheet)
    elif a.kind in rules.classes.words_of:
        _speakers(a, b, sheet)
    _figures(a, b, kinds, sheet)
    _people(a, b, sheet)
    _text(a, b, sheet)
    return sheet


def _status(a: Telling, b: Telling, sheet: Sheet) -> None:
    both = {a.status, b.status}
    if "forecast" in both and len(both) > 1:
        sheet.refuse(f"one is forecast, the other {(both - {'forecast'}).pop()}")
    elif "planned" in both and len(both) > 1:
        if a.kind in sheet.rules.classes.meeting_of:
            sheet.add("planned_then_held", "")
            sheet.reasons.append("planned in one report, held in the other")
        else:
            sheet.refuse("one is planned, the other happened")


def _time(a: Telling, b: Telling, sheet: Sheet) -> None:
    if a.hours is not None and b.hours is not None and a.window is not None and b.window is not None:
        _windows(a, b, a.window, b.window, a.hours, b.hours, sheet)
        return
    days = sheet.rules.time.publication_days
    if a.window is not None and b.window is not None and (same := _same_wording(a.window, b.window)):
        sheet.add("same_words_of_time", f"both say “{same}”")
    if a.published is None or b.published is None:
        return
    apart = abs(a.published - b.published)
    known, other = (a, b) if a.hours is not None else (b, a)
    if known.hours is not None:
        since = (other.published or 0) - known.hours[0] // 24
        if -1 <= since <= days + 1:
            sheet.add("published_together", "reported within days of it, no time given")
        elif since >= -1:
            sheet.add("published_late", "", min(since, 30) / 10)
        elif sheet.local:
            sheet.add("published_before", "reported before it")
        else:
            sheet.refuse("reported before it")
    elif apart == 0:
        sheet.add("published_together", "published the same day, no time given")
    elif apart <= days:
        sheet.add("published_near", "published within two days, no time given")
    else:
        sheet.add("published_late", "", min(apart, 30) / 10)


def _windows(a: Telling, b: Telling, one: Window, other: Window, first: tuple[int, int], second: tuple[int, int], sheet: Sheet) -> None:
    time = sheet.rules.time
    gap = max(first[0], second[0]) - min(first[1], second[1])
    fine = one.precision in time.fine, other.precision in time.fine
    long = max(first[1] - first[0], second[1] - second[0]) > 72
    if gap < 0:
        shared = window_words(one if first[1] - first[0] <= second[1] - second[0] else other)
        sheet.add("coarse_window" if long else "same_window", f"same time ({shared})")
    elif gap <= (time.precise_slack_hours if all(fine) else 0) and not (one.precision == other.precision == "night"):
        sheet.add("near_window", f"times that touch ({window_words(one)}; {window_words(other)})")
    elif (not any(fine) and gap <= 24) or (any(fine) and not all(fine) and gap <= 12):
        sheet.add("next_window", "")
    else:
        words = f"different times: {window_words(one)}; {window_words(other)}"
        # A report of one crime dates arrests and hearings too, and may be read by one of them: there it speaks against, no more.
        if sheet.local:
            sheet.add("other_window", words)
        else:
            sheet.refuse(words)


def _same_wording(a: Window, b: Window) -> str:
    """The day or words that two windows share where no date is known."""
    if a.start and b.start:
        return ""
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    one, other = ((w.raw or w.relative or "").lower() for w in (a, b))
    for weekday in weekdays:
        if weekday in one and weekday in other:
            return weekday.capitalize()
    return one if one and one == other else ""


def _place(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds, sheet: Sheet) -> None:
    if not a.places or not b.places:
        sheet.add("no_place", "")
        return

    def name(place: str) -> str:
        return places[place].name if place in places else place

    def kind(place: str) -> str:
        return places[place].kind if place in places else "unknown"

    shared = sorted(a.places & b.places)
    towns = [p for p in shared if kind(p) not in ("country", "region")]
    if towns:
        sheet.add("same_place", f"both in {_list(map(name, towns))}")
        if sheet.local and (people := min((n for p in towns if (n := kinds.population(p))), default=0)):
            # Tenfold people, tenfold crimes a day.
            sheet.add("big_place", "", min(max(log10(people / 100_000), -1.5), 2.0))
        return
    if regions := [p for p in shared if kind(p) == "region"]:
        sheet.add("same_region", f"both in {_list(map(name, regions))}")
        return
    for inner, outer in ((a, b), (b, a)):
        for place in sorted(inner.places):
            above = places[place].parents if place in places else ()
            if hit := next((p for p in above if p in outer.places and (kind(p) != "country" or not sheet.local)), None):
                sheet.add("place_within", f"{name(place)} lies in {name(hit)}")
                return
    km = min((_km(places.get(p), places.get(q)) for p in a.places for q in b.places), default=1e9)
    if km <= sheet.rules.places.near_km:
        sheet.add("near_place", f"places {km:.0f} km apart")
        return
    if shared:
        sheet.add("same_country", f"both in {_list(map(name, shared))}")
        return
    countries = [{places[p].country for p in t.places if p in places and places[p].country} for t in (a, b)]
    words = f"{_list(map(name, a.places))}; {_list(map(name, b.places))}"
    if countries[0] and countries[1] and not countries[0] & countries[1]:
        # A report of one crime names other places too; who attacks whom is a matter of countries.
        if sheet.local:
            sheet.add("other_country", f"different countries: {words}")
        else:
            sheet.refuse(f"different countries: {words}")
    elif sheet.local:
        sheet.add("other_place", f"different places: {words}")
    else:
        sheet.add("other_towns", "")


def _km(a: Place | None, b: Place | None) -> float:
    """Great-circle distance; far where either is not known to a city."""
    if a is None or b is None or a.lat is None or b.lat is None or a.lon is None or b.lon is None or {a.kind, b.kind} & {"country", "region"}:
        return 1e9
    p, q = radians(a.lat), radians(b.lat)
    return 12742 * asin(sqrt(sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2))


def _sides(a: Telling, b: Telling, kinds: Kinds, sheet: Sheet) -> None:
    def names(parties: Iterable[str]) -> str:
        return _list(map(kinds.side, parties))

    if a.actors and b.actors and a.actors & b.targets and a.targets & b.actors and not a.actors & b.actors:
        sheet.refuse(f"opposite directions: {names(a.actors)} against {names(a.targets)}; {names(b.actors)} against {names(b.targets)}")
    for one, other, weight, words in (
        (a.actors, b.actors, "same_actor", "same attacker"),
        (a.targets, b.targets, "same_target", "same target"),
    ):
        if one & other:
            sheet.add(weight, f"{words} ({names(one & other)})" if a.kind not in sheet.rules.classes.meeting_of else "")


def _participants(a: Telling, b: Telling, sheet: Sheet) -> None:
    matched = [(p, q) for p in a.participants for q in b.participants if _same_or_short(p, q)]
    ones, others = {p for p, _ in matched}, {q for _, q in matched}
    fewer = min(len(a.participants), len(b.participants))
    if len(ones) >= 2:
        sheet.add("same_participants", f"same people ({_list(max(p, q, key=len) for p, q in matched)})")
    elif fewer >= 2 or (a.participants and b.participants and not matched):
        sheet.refuse(f"other people: {_list(a.participants)}; {_list(b.participants)}")
    elif ones and others:
        sheet.add("one_participant", f"{_list(max(p, q, key=len) for p, q in matched)} in both")


def _speakers(a: Telling, b: Telling, sheet: Sheet) -> None:
    ones, others = a.participants or tuple(sorted(a.actors)), b.participants or tuple(sorted(b.actors))
    if not ones or not others:
        return
    if matched := [max(p, q, key=len) for p in ones for q in others if _same_or_short(p, q)]:
        sheet.add("same_speaker", f"both by {_list(matched)}")
    elif a.kind == "statement":
        sheet.refuse(f"other speakers: {_list(ones)}; {_list(others)}")


def _same_or_short(p: str, q: str) -> bool:
    return p == q or bool(names.same_person_name(p, q)) or names.shortens(p, q) or names.shortens(q, p)


def _figures(a: Telling, b: Telling, kinds: Kinds, sheet: Sheet) -> None:
    numbers = sheet.rules.numbers
    shared: list[tuple[str, str]] = []
    clashes: list[tuple[str, str]] = []
    others: dict[str, list[Figure]] = {}
    for figure in b.figures:
        others.setdefault(figure.key, []).append(figure)
    for key in sorted({f.key for f in a.figures} & set(others)):
        ones, twos = [f for f in a.figures if f.key == key], others[key]
        if equal := {f.value for f in ones} & {f.value for f in twos}:
            value = max(equal)
            size = "large" if value >= numbers.large else "medium" if value >= numbers.medium else "small"
            shared.append((f"figure_{size}", f"{value:,} {_measure(key)}"))
            continue
        one, two = (max((f.value for f in side if f.exact), default=None) for side in (ones, twos))
        if one is None or two is None or (key.partition(" ")[0] in kinds.tolls and _rises(a, one, b, two)):
            continue
        if abs(one - two) > numbers.tolerance * max(one, two):
            size = "large" if min(one, two) >= numbers.large else "small"
            clashes.append((f"figure_clash_{size}", f"{one:,} against {two:,} {_measure(key)}"))
    for found, lead in ((shared, "same figures"), (clashes, "figures differ")):
        # More than four figures say no more than four: they come from one post.
        strongest = sorted(found, key=lambda f: (-abs(sheet.rules.weight(f[0], sheet.local)), f[1]))[:4]
        for i, (weight, _) in enumerate(strongest):
            sheet.add(weight, f"{lead} ({', '.join(w for _, w in strongest[:3])})" if i == 0 else "")


def _rises(a: Telling, one: int, b: Telling, two: int) -> bool:
    """Whether the later of two reports tells more: a toll that rose is no difference."""
    if a.published is None or b.published is None or a.published == b.published:
        return False
    return (two > one) == (b.published > a.published)


def _measure(key: str) -> str:
    measure, _, facets = key.partition(" ")
    return measure.replace("_", " ") + (f" ({facets})" if facets else "")


def _people(a: Telling, b: Telling, sheet: Sheet) -> None:
    if shared := a.people & b.people:
        sheet.add("same_name", f"same people named ({len(shared)})", min(len(shared), 3))


def _text(a: Telling, b: Telling, sheet: Sheet) -> None:
    if a.main and b.main:
        sheet.add("both_main", "")
    elif a.main or b.main:
        sheet.add("one_main", "")
    if not a.words or not b.words:
        return
    likeness = cosine(a.words, b.words)
    wording = sheet.rules.wording
    # Up to `alike` likeness speaks steeply, from there on it says little more.
    sheet.add(
        "text",
        f"like wording ({likeness:.2f})" if likeness >= wording.telling else "",
        (min(likeness, wording.alike) - wording.unlike) * 10,
    )
    if likeness > wording.alike:
        sheet.add("text_more", "", (likeness - wording.alike) * 10)


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two weighted bags of words."""
    if len(a) > len(b):
        a, b = b, a
    # Sorted, so that rounding does not hang on the order of words.
    dot = sum(a[w] * b[w] for w in sorted(a) if w in b)
    return dot / sqrt(sum(v * v for v in sorted(a.values())) * sum(v * v for v in sorted(b.values()))) if dot else 0.0


def _list(items: object) -> str:
    return ", ".join(sorted(set(items))[:3])  # type: ignore[call-overload]
