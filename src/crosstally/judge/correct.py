"""What a person may correct of a claim: a table of fields, each with how its new value is read and put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import get_args

import msgspec

from crosstally.domain.model import Domain
from crosstally.errors import DecisionError
from crosstally.values import Claim, Facets, Hedge, Quantity, Reading, Speaker, Status

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_VALUE = re.compile(rf"(?P<one>{_NUMBER})(?P<open>\+)?|(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})")
_NONE = ("", "none", "whole")


def corrected(claim: Claim, change: Iterable[tuple[str, str]], domain: Domain) -> Claim:
    """The claim with fields as a person gives them; its id, place in the text and words stay. Raises DecisionError, naming the field."""
    for field, text in change:
        if field not in FIELDS:
            raise DecisionError(f"{field}: no field that can be corrected; there are {', '.join(FIELDS)}")
        claim = FIELDS[field](claim, text.strip(), domain)
    return claim


def _value(claim: Claim, text: str, domain: Domain) -> Claim:
    found = _VALUE.fullmatch(text)
    if found is None:
        raise DecisionError(f"value: {text!r} is no figure; write 14, 14+ for at least 14, ..10 for up to 10, or 12..15")
    one, low, high = (None if found[g] is None else int(found[g].replace(",", "")) for g in ("one", "low", "high"))
    hedge: Hedge
    if one is not None:
        low, high, hedge = one, None if found["open"] else one, "at_least" if found["open"] else "exact"
    else:
        low, hedge = (0, "up_to") if low is None else (low, "between")
        if high is not None and low > high:
            raise DecisionError(f"value: {text!r} runs from more to less; write the lower number first")
    old = claim.quantity
    quantity = Quantity(low, high, hedge, old.unit if old else None, old.raw if old else "")
    return msgspec.structs.replace(claim, quantity=quantity)


def _measure(claim: Claim, text: str, domain: Domain) -> Claim:
    if text not in domain.measures:
        raise DecisionError(f"measure: no measure {text!r}; there are {', '.join(domain.measures)}")
    return _only(claim, text, claim.facets)


def _facets(claim: Claim, text: str, domain: Domain) -> Claim:
    members: dict[str, str] = {}
    for part in text.split(",") if text not in _NONE else ():
        name, sign, member = (x.strip() for x in part.partition("="))
        tree = domain.facets.get(name)
        if not sign or not member or tree is None:
            raise DecisionError(f"facets: {part.strip()!r} is no facet; write weapon=drone,age=child with facets from {', '.join(domain.facets)}")
        if tree.closed and member not in tree.parent:
            raise DecisionError(f"facets: {name} has no member {member!r}; there are {', '.join(tree.parent)}")
        members[name] = member
    return _only(claim, claim.measure, Facets(members))


def _only(claim: Claim, measure: str, facets: Facets) -> Claim:
    """One reading, where there were several: the person says how it is meant."""
    place = claim.readings[0].place if claim.readings else None
    return msgspec.structs.replace(claim, measure=measure, facets=facets, readings=(Reading(measure, facets, place),))


def _status(claim: Claim, text: str, domain: Domain) -> Claim:
    for status in get_args(Status):
        if text == status:
            return msgspec.structs.replace(claim, status=status)
    raise DecisionError(f"status: no status {text!r}; there are {', '.join(get_args(Status))}")


def _speaker(claim: Claim, text: str, domain: Domain) -> Claim:
    return msgspec.structs.replace(claim, speaker=None if text in _NONE else Speaker(text))


def _label(claim: Claim, text: str, domain: Domain) -> Claim:
    if not text:
        raise DecisionError("label: is empty; write the words, or reject the claim")
    return msgspec.structs.replace(claim, label=text)


def _period(claim: Claim, text: str, domain: Domain) -> Claim:
    if not re.fullmatch(r"[a-z][a-z_]*", text):
        raise DecisionError(f"period: {text!r} is no period; write event, day, month, year, war or per_day")
    return msgspec.structs.replace(claim, scope=msgspec.structs.replace(claim.scope, period=text))


def _cumulative(claim: Claim, text: str, domain: Domain) -> Claim:
    if text not in ("yes", "no"):
        raise DecisionError(f"cumulative: {text!r} is neither yes nor no")
    return msgspec.structs.replace(claim, scope=msgspec.structs.replace(claim.scope, cumulative=text == "yes"))


def _scope_place(claim: Claim, text: str, domain: Domain) -> Claim:
    return msgspec.structs.replace(claim, scope=msgspec.structs.replace(claim.scope, place=None if text in _NONE else text))


def _moment(field: str) -> Callable[[Claim, str, Domain], Claim]:
    def put(claim: Claim, text: str, domain: Domain) -> Claim:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise DecisionError(f"{field}: {text!r} is no ISO 8601 date or time; write 2025-07-05 or 2025-07-05T06:00") from None
        return msgspec.structs.replace(claim, **{field: text})

    return put


FIELDS: Mapping[str, Callable[[Claim, str, Domain], Claim]] = {
    "value": _value,
    "measure": _measure,
    "facets": _facets,
    "status": _status,
    "speaker": _speaker,
    "label": _label,
    "period": _period,
    "cumulative": _cumulative,
    "scope_place": _scope_place,
    "as_of": _moment("as_of"),
    "said_at": _moment("said_at"),
}
