"""How likely two tellings are one event, with the reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

import msgspec

from crosstally.values import Place, Window

from . import names
from .tables import Kinds, Rules
from .telling import Figure, Telling
from .times import window_words


class Judgement(msgspec.Struct, frozen=True):
    """``score`` in log-odds; ``refusal`` the reason why they cannot be one, or empty."""

    score: float
    reasons: tuple[str, ...] = ()
    refusal: str = ""


class _Sheet:
    """Adds up evidence with its words."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.total, self.reasons, self.refusal = rules, 0.0, list[str](), ""

    def add(self, weight: str | float, words: str, factor: float = 1.0) -> None:
        self.total += (self.rules.weights[weight] if isinstance(weight, str) else weight) * factor
        if words:
            self.reasons.append(words)

    def refuse(self, words: str) -> None:
        self.refusal = self.refusal or words


def score(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds) -> Judgement | None:
    """None where the classes cannot be one event. Same for (a, b) and (b, a)."""
    cost = kinds.cost(a.kind, b.kind)
    if cost is None:
        return None
    if (a.document, a.start, a.id) > (b.document, b.start, b.id):
        a, b = b, a
    rules = kinds.rules
    sheet = _Sheet(rules)
    sheet.add(-cost, "")
    _status(a, b, sheet)
    _time(a, b, sheet)
    _place(a, b, places, kinds, sheet)
    _sides(a, b, sheet)
    if a.kind in rules.classes.meeting_of or b.kind in rules.classes.meeting_of:
        _participants(a, b, sheet)
    elif a.kind in rules.classes.words_of:
        _speakers(a, b, sheet)
    _figures(a, b, sheet)
    _people(a, b, sheet)
    _text(a, b, sheet)
    return Judgement(sheet.total, tuple(sheet.reasons), sheet.refusal)


def _status(a: Telling, b: Telling, sheet: _Sheet) -> None:
    both = {a.status, b.status}
    if "forecast" in both and len(both) > 1:
        sheet.refuse(f"one is forecast, the other {(both - {'forecast'}).pop()}")
    elif "planned" in both and len(both) > 1:
        if a.kind in sheet.rules.classes.meeting_of:
            sheet.add("planned_then_held", "planned in one report, held in the other")
        else:
            sheet.refuse("one is planned, the other happened")


def _time(a: Telling, b: Telling, sheet: _Sheet) -> None:
    rules = sheet.rules
    if a.hours is not None and b.hours is not None and a.window is not None and b.window is not None:
        gap = max(a.hours[0], b.hours[0]) - min(a.hours[1], b.hours[1])
        fine = a.window.precision in rules.time.fine, b.window.precision in rules.time.fine
        coarse = max(a.hours[1] - a.hours[0], b.hours[1] - b.hours[0]) > 72
        if gap < 0:
            shared = window_words(a.window if a.hours[1] - a.hours[0] <= b.hours[1] - b.hours[0] else b.window)
            sheet.add("coarse_window" if coarse else "same_window", f"same time ({shared})")
        elif gap <= (rules.time.precise_slack_hours if all(fine) else 0) and not (a.window.precision == b.window.precision == "night"):
            sheet.add("near_window", f"times that touch ({window_words(a.window)}; {window_words(b.window)})")
        elif (not any(fine) and gap <= 24) or (any(fine) and not all(fine) and gap <= 12):
            sheet.add(-0.8, "")
        else:
            sheet.refuse(f"different times: {window_words(a.window)}; {window_words(b.window)}")
        return
    if a.window is not None and b.window is not None and (same := _same_wording(a.window, b.window)):
        sheet.add("same_words_of_time", f"both say “{same}”")
    if a.published is not None and b.published is not None:
        apart = abs(a.published - b.published)
        known = a if a.hours is not None else b if b.hours is not None else None
        if known is not None and known.hours is not None:
            other = b if known is a else a
            since = (other.published or 0) - known.hours[0] // 24
            if -1 <= since <= rules.time.publication_days + 1:
                sheet.add("published_together", "reported within days of it, no time given")
            elif since < -1:
                sheet.refuse("reported before it")
            else:
                sheet.add(-0.6, "")
        elif apart == 0:
            sheet.add("published_together", "published the same day, no time given")
        elif apart <= rules.time.publication_days:
            sheet.add("published_near", "published within two days, no time given")
        else:
            sheet.add(-0.4 * min(apart, 10) / 2, "")


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


def _place(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds, sheet: _Sheet) -> None:
    if not a.places or not b.places:
        return
    shared = a.places & b.places
    narrow = [p for p in shared if p not in places or places[p].kind != "country"]

    def name(place: str) -> str:
        return places[place].name if place in places else place

    if narrow:
        sheet.add("same_place", f"both in {', '.join(sorted(map(name, narrow))[:2])}")
        return
    for inner, outer in ((a, b), (b, a)):
        for place in sorted(inner.places):
            above = places[place].parents if place in places else ()
            if hit := next((p for p in above if p in outer.places), None):
                sheet.add("place_within", f"{name(place)} lies in {name(hit)}")
                return
    if shared:
        sheet.add("place_within", f"both in {', '.join(sorted(map(name, shared))[:2])}")
        return
    km = min((_km(places.get(p), places.get(q)) for p in a.places for q in b.places), default=None)
    if km is not None and km <= sheet.rules.places.near_km:
        sheet.add("near_place", f"places {km:.0f} km apart")
        return
    countries = [{places[p].country for p in t.places if p in places and places[p].country} for t in (a, b)]
    if countries[0] and countries[1] and not countries[0] & countries[1]:
        sheet.refuse(f"different countries: {_list(map(name, a.places))}; {_list(map(name, b.places))}")
    elif a.kind in kinds.wide or b.kind in kinds.wide:
        sheet.add("same_country", "")
    elif all(p in places for p in a.places | b.places):
        sheet.refuse(f"different places: {_list(map(name, a.places))}; {_list(map(name, b.places))}")
    else:
        sheet.add(-0.8, "")


def _km(a: Place | None, b: Place | None) -> float:
    """Great-circle distance; far where either is not known to a city."""
    if (
        a is None
        or b is None
        or a.lat is None
        or b.lat is None
        or a.lon is None
        or b.lon is None
        or {a.kind, b.kind} & {"country", "region"}
    ):
        return 1e9
    p, q = radians(a.lat), radians(b.lat)
    return 12742 * asin(sqrt(sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2))


def _sides(a: Telling, b: Telling, sheet: _Sheet) -> None:
    if a.actors and b.actors and a.actors & b.targets and a.targets & b.actors and not a.actors & b.actors:
        sheet.refuse(f"opposite directions: {_list(a.actors)} against {_list(a.targets)}; {_list(b.actors)} against {_list(b.targets)}")
    for one, other, weight, words in (
        (a.actors, b.actors, "same_actor", "same attacker"),
        (a.targets, b.targets, "same_target", "same target"),
    ):
        if one & other:
            sheet.add(weight, f"{words} ({_list(one & other)})" if a.kind not in sheet.rules.classes.meeting_of else "")


def _participants(a: Telling, b: Telling, sheet: _Sheet) -> None:
    matched = [(p, q) for p in a.participants for q in b.participants if _same_or_short(p, q)]
    ones, others = {p for p, _ in matched}, {q for _, q in matched}
    fewer = min(len(a.participants), len(b.participants))
    if len(ones) >= 2:
        sheet.add("same_participants", f"same people ({_list(max(p, q, key=len) for p, q in matched)})")
    elif fewer >= 2 or (a.participants and b.participants and not matched):
        sheet.refuse(f"other people: {_list(a.participants)}; {_list(b.participants)}")
    elif ones and others:
        sheet.add("one_participant", f"{_list(max(p, q, key=len) for p, q in matched)} in both")


def _speakers(a: Telling, b: Telling, sheet: _Sheet) -> None:
    ones, others = a.participants or tuple(sorted(a.actors)), b.participants or tuple(sorted(b.actors))
    if not ones or not others:
        return
    if matched := [max(p, q, key=len) for p in ones for q in others if _same_or_short(p, q)]:
        sheet.add("same_speaker", f"both by {_list(matched)}")
    elif a.kind == "statement":
        sheet.refuse(f"other speakers: {_list(ones)}; {_list(others)}")


def _same_or_short(p: str, q: str) -> bool:
    return p == q or bool(names.same_person_name(p, q)) or names.shortens(p, q) or names.shortens(q, p)


def _figures(a: Telling, b: Telling, sheet: _Sheet) -> None:
    weights, numbers = sheet.rules.weights, sheet.rules.numbers
    gain, loss = 0.0, 0.0
    shared: list[str] = []
    clashes: list[str] = []
    others: dict[str, list[Figure]] = {}
    for figure in b.figures:
        others.setdefault(figure.key, []).append(figure)
    for key in sorted({f.key for f in a.figures} & set(others)):
        ones, twos = [f for f in a.figures if f.key == key], others[key]
        if equal := {f.value for f in ones} & {f.value for f in twos}:
            value = max(equal)
            gain += weights["figure_large" if value >= numbers.large else "figure_medium" if value >= numbers.medium else "figure_small"]
            shared.append(f"{value:,} {_measure(key)}")
            continue
        exact = [max((f.value for f in side if f.exact), default=None) for side in (ones, twos)]
        if exact[0] is not None and exact[1] is not None and abs(exact[0] - exact[1]) > numbers.tolerance * max(exact[0], exact[1]):
            loss += weights["figure_clash_large" if min(exact[0], exact[1]) >= numbers.large else "figure_clash_small"]
            clashes.append(f"{exact[0]:,} against {exact[1]:,} {_measure(key)}")
    if shared:
        sheet.add(min(gain, weights["figures_most"]), f"same figures ({', '.join(shared[:3])})")
    if clashes:
        sheet.add(max(loss, weights["clashes_most"]), f"though figures differ ({', '.join(clashes[:2])})")


def _measure(key: str) -> str:
    measure, _, facets = key.partition(" ")
    return measure.replace("_", " ") + (f" ({facets})" if facets else "")


def _people(a: Telling, b: Telling, sheet: _Sheet) -> None:
    shared = a.people & b.people
    if shared:
        weights = sheet.rules.weights
        sheet.add(min(weights["same_name"] * len(shared), weights["names_most"]), f"same people named ({len(shared)})")


def _text(a: Telling, b: Telling, sheet: _Sheet) -> None:
    if a.main and b.main:
        sheet.add("both_main", "")
    if not a.words or not b.words:
        return
    likeness = cosine(a.words, b.words)
    weights = sheet.rules.weights
    gain = min((likeness - weights["text_free"]) * weights["text"], weights["text_most"])
    if gain > 0.3:
        sheet.add(gain, f"like wording ({likeness:.2f})")
    else:
        sheet.add(max(gain, -0.6), "")


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two weighted bags of words."""
    if len(a) > len(b):
        a, b = b, a
    # Sorted, so that rounding does not hang on the order of words.
    dot = sum(a[w] * b[w] for w in sorted(a) if w in b)
    return dot / sqrt(sum(v * v for v in sorted(a.values())) * sum(v * v for v in sorted(b.values()))) if dot else 0.0


def _list(items: object) -> str:
    return ", ".join(sorted(set(items))[:3])  # type: ignore[call-overload]
