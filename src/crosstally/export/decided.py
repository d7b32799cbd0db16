"""People's decisions in words: who, when, what, why; and which figures rest on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crosstally.domain.model import Domain
from crosstally.values import Decision, DecisionKind, Standing, Tally

from . import wording
from .shelf import Shelf


def words(shelf: Shelf, standing: Standing, domain: Domain | None = None) -> str:
    """One decision as a sentence without its stop, who decided and why, and whether it does anything in this account."""
    decision = standing.decision
    what = f"{told(shelf, standing, domain)}: decided by {decision.by()}"
    why = f", because {decision.why}" if decision.why else ""
    return f"{what}{why}" + (f" (changes nothing here: {standing.idle})" if standing.idle else "")


def told(shelf: Shelf, standing: Standing, domain: Domain | None = None) -> str:
    """What was decided, alone."""
    return _TOLD[standing.decision.kind](shelf, standing, domain)


def rests_on(shelf: Shelf, tally: Tally) -> str:
    """ "rests on a decision of J. Moss, 2025-07-05", or empty where a figure rests on none."""
    found = [shelf.decided[id] for id in tally.decisions if id in shelf.decided]
    if not found:
        return ""
    who = "; ".join(dict.fromkeys(d.by() for d in found))
    return f"rests on {'a decision' if len(found) == 1 else f'{len(found)} decisions'} of {who}"


def on_claim(shelf: Shelf, claim: str) -> tuple[Standing, ...]:
    """The decisions about one claim, and those that a person took by naming it."""
    row = shelf.assignments.get(claim)
    ids = frozenset(row.decisions) if row else frozenset()
    return tuple(s for s in shelf.book.decisions if s.decision.id in ids or claim in s.decision.subject)


def _claims(shelf: Shelf, decision: Decision) -> str:
    known = [shelf.claims[c] for c in decision.subject if c in shelf.claims]
    return ", ".join(f"“{c.text}” ({shelf.outlet(c.document)})" for c in known) or ", ".join(decision.subject)


def _accepted(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{_claims(shelf, standing.decision)} accepted as read"


def _rejected(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{_claims(shelf, standing.decision)} rejected, no figure rests on it"


def _mended(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    fields = ", ".join(f"{field.replace('_', ' ')} {value or 'none'}" for field, value in standing.decision.change)
    return f"{_claims(shelf, standing.decision)} corrected to {fields}"


def _events(shelf: Shelf, standing: Standing) -> str:
    titles = [shelf.events[e].title if e in shelf.events else e for e in dict.fromkeys(standing.now)]
    return " and ".join(f"“{t}”" for t in titles)


def _one_event(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{_events(shelf, standing)}: one event"


def _other_event(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{_events(shelf, standing)}: not one event"


def _people(shelf: Shelf, standing: Standing) -> str:
    return " and ".join(shelf.entities[e].name if e in shelf.entities else e for e in dict.fromkeys(standing.now))


def _one_person(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{_people(shelf, standing)}: one and the same"


def _other_person(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{_people(shelf, standing)}: not the same"


def _preferred(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    subject = standing.now[0] if standing.now else standing.decision.subject[0]
    claim, entity = shelf.claims.get(subject), shelf.entities.get(subject)
    voice = shelf.voice_of(claim) if claim else None
    name = entity.name if entity else voice.institution if voice else claim.speaker.name if claim and claim.speaker else subject
    event = shelf.events.get(standing.now[1]) if len(standing.now) > 1 else None
    where = f" for “{event.title}”" if event else ""
    measure = dict(standing.decision.change).get("measure")
    return f"{name} preferred{where}" + (f", {wording.title(domain, measure).lower()} alone" if measure else "")


def _undone(shelf: Shelf, standing: Standing, domain: Domain | None) -> str:
    return f"{', '.join(standing.decision.subject)} undone"


_TOLD: Mapping[DecisionKind, Callable[[Shelf, Standing, Domain | None], str]] = {
    "accept": _accepted,
    "reject": _rejected,
    "correct": _mended,
    "same_event": _one_event,
    "different_event": _other_event,
    "same_person": _one_person,
    "different_person": _other_person,
    "prefer_speaker": _preferred,
    "undo": _undone,
}
