"""Why a figure is what it is: a claim rule by rule, a tally claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosstally.domain.model import Domain
from crosstally.export import decided, excerpts, wording
from crosstally.export.shelf import Shelf
from crosstally.export.withhold import withhold
from crosstally.values import Book, Claim, Tally

from .printing import TerminalPage

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 100


def explain(
    book: Book, subject: str, domain: Domain | None = None, *, width: int = _WIDTH, show_victims: bool = False
) -> list[str] | None:
    """The lines that explain a claim, by its id, or tallies, by ``EVENT``, ``EVENT/measure`` or ``EVENT/measure/weapon=drone``.

    None where there is no such thing. Names of the dead and wounded are covered unless ``show_victims``.
    ``domain`` defaults to the packs that ship; ``width`` in columns.
    """
    import io

    from rich.console import Console

    if domain is None:
        from crosstally.domain import load_domain

        domain = load_domain()
    book = book if show_victims else withhold(book, domain)
    out = io.StringIO()
    console = Console(file=out, width=width, no_color=True)
    if not explain_claim(book, subject, domain, console):
        tallies = find_tallies(book, subject)
        if not tallies:
            return None
        for tally in tallies:
            explain_tally(book, tally, domain, console)
    return out.getvalue().strip("\n").split("\n")


def explain_claim(book: Book, id: str, domain: Domain | None, console: Console) -> bool:
    """Prints how a claim was read, rule by rule. False where the book has no such claim."""
    shelf = Shelf(book)
    claim = shelf.claims.get(id)
    if claim is None:
        return False
    page = TerminalPage(shelf, domain, console)
    reading = shelf.reading(claim)
    value = wording.quantity(claim.quantity) if claim.quantity else claim.label or ""
    page.head(f"{id}: {wording.figure(domain, reading.measure, reading.facets)} {value}", "-")
    page.say(f"{page.cite(claim.document)} “{excerpts.of_claim(shelf, claim).text}”", hang=4)
    for name, value in _about(shelf, claim, domain):
        page.say(f"{name}: {value}", 2, hang=4)
    if len(claim.readings) > 1:
        page.say("readings:", 2)
        for option in claim.readings:
            chosen = "stands" if option == reading else "set aside"
            why = f"; {option.why}" if option.why else ""
            page.say(f"{wording.figure(domain, option.measure, option.facets)} ({chosen}{why})", 4, hang=2)
    for standing in decided.on_claim(shelf, id):
        page.say(f"{standing.decision.id}: {decided.words(shelf, standing, domain)}", 2, hang=4)
    page.say("read by:", 2)
    steps = (*claim.trace, f"frame: {claim.rule}") if claim.rule and claim.rule not in claim.trace else claim.trace
    for n, rule in enumerate(steps or ("no rule recorded",), 1):
        page.say(f"{n}. {rule}", 4, hang=3)
    for finding in book.findings:
        if id in finding.claims:
            page.finding(finding)
    return True


def _about(shelf: Shelf, claim: Claim, domain: Domain | None) -> list[tuple[str, str]]:
    document = shelf.documents.get(claim.document)
    voice, event = shelf.voice_of(claim), shelf.events.get(shelf.event_of(claim) or "")
    quantity = claim.quantity
    scope = [
        claim.scope.period,
        *(["running total"] if claim.scope.cumulative else []),
        *([claim.scope.place] if claim.scope.place else []),
    ]
    rows = [
        (
            "report",
            f"{shelf.outlet(claim.document)}, {wording.when(document.published, True) or 'date unknown'}" if document else claim.document,
        ),
        ("words", f"“{claim.text}” at {claim.span.start}–{claim.span.end}"),
        (
            "figure",
            f"{wording.aloud(quantity.low, quantity.high)} ({quantity.hedge.replace('_', ' ')}), from “{quantity.raw}”" if quantity else "",
        ),
        ("label", claim.label or ""),
        ("speaker", excerpts.speaker(claim) + (f", {claim.channel}" if claim.channel else "")),
        ("voice", f"{voice.institution or voice.utterance}{'; ' + voice.reason if voice.reason else ''}" if voice else ""),
        ("status", claim.status),
        ("scope", ", ".join(scope)),
        ("place", claim.place.name if claim.place else ""),
        ("window", wording.window(claim.window)),
        ("as of", wording.when(claim.as_of, True)),
        ("said", wording.when(claim.said_at, True)),
        ("event", event.title if event else "none"),
        ("part of", f"{claim.part_of} “{shelf.claims[claim.part_of].text}”" if claim.part_of in shelf.claims and claim.part_of else ""),
        ("tier", claim.tier),
    ]
    return [(name, value) for name, value in rows if value]


def explain_tally(book: Book, tally: Tally, domain: Domain | None, console: Console) -> None:
    """Prints how a tally was reached: the claims it stands on or was worked out from, the relation, voices and state."""
    shelf = Shelf(book)
    page = TerminalPage(shelf, domain, console)
    claims = shelf.tally_claims(tally)
    event = shelf.events.get(tally.event)
    title = wording.figure(domain, tally.measure, tally.facets)
    page.head(f"{title} {wording.tally_value(tally, claims, domain)}", "-")
    page.say(f"{event.title if event else tally.event}", 2)
    page.say(f"state: {tally.state}, {wording.STATE[tally.state]}; {wording.voices_aloud(tally.voices)}", 2, hang=4)
    page.say(f"known: {wording.aloud(tally.low, tally.high)}", 2)
    if tally.reported_low is not None or tally.reported_high is not None:
        page.say(f"reported alone: {wording.aloud(tally.reported_low, tally.reported_high)}", 2)
    for name, value in (("latest", tally.latest), ("best", tally.best)):
        page.say(f"{name}: {wording.number(value) if value is not None else 'not chosen'}", 2)
    if rests := decided.rests_on(shelf, tally):
        page.say(f"{rests} ({', '.join(tally.decisions)})", 2, hang=4)
    if tally.relation:
        page.say(f"relation: {wording.arithmetic(tally.relation)}", 2, hang=4)
    if tally.account:
        page.say(f"account: {tally.account}", 2, hang=4)
    for heading, ids in (("claims", tally.claims), ("worked out from", tally.derived_from)):
        told = [shelf.claims[c] for c in ids if c in shelf.claims]
        if told:
            page.say(f"{heading}:", 2)
        for claim in told:
            figure = wording.quantity(claim.quantity) if claim.quantity else claim.label or ""
            page.say(
                f"{claim.id} {figure} {excerpts.speaker(claim)} {page.cite(claim.document)}: “{excerpts.of_claim(shelf, claim).text}”",
                4,
                hang=2,
            )


def find_tallies(book: Book, id: str) -> tuple[Tally, ...]:
    """Tallies named by ``event``, ``event/measure`` or ``event/measure/weapon=drone``: what ``explain`` accepts beside a claim's id."""
    event, _, rest = id.partition("/")
    measure, _, facets = rest.partition("/")
    return tuple(
        t
        for t in book.tallies
        if t.event == event and (not measure or t.measure == measure) and (not facets or t.facets.notation() == facets)
    )
