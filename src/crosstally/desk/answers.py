"""Answers in the interchange format, each with its receipts: the sentence, the report and its address. For the API and for agents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crosstally.export import decided
from crosstally.export.interchange import as_dict
from crosstally.export.shelf import Shelf
from crosstally.values import Book, Coded, Decision, Document, Standing, plain

from . import beside as aligned
from . import pages, situation
from .account import Account, Desk
from .addresses import path, to_claim
from .rows import EventRow

Record = dict[str, Any]


def _brief(account: Account, row: EventRow, title: str) -> Record:
    window = row.event.window
    return {
        "id": row.event.id, "class": row.event.kind, "title": title, "start": window.start if window else None, "end": window.end if window else None,
        "when": row.when, "places": row.places, "status": row.event.status, "reports": row.reports, "claims": row.figures, "voices": row.voices,
        "cost": [{"figure": value, "of": measure} for value, measure in account.cost(row.event)], "findings": row.findings, "open_findings": row.open,
        "points": [{"name": p.name, "lat": p.lat, "lon": p.lon, "precision": p.kind} for p in row.points], "address": path("events", row.event.id),
    }  # fmt: skip


def events(
    account: Account, filters: situation.Filters, offset: int, limit: int, *, names: bool, found: frozenset[str] | None = None
) -> Record:
    """``found``: events that a search of the texts gave for ``filters.q``."""
    rows = situation.chosen(account, filters, found)
    shown = rows[offset : offset + limit]
    titles = situation.titles(account, shown, names=names)
    return {"total": len(rows), "offset": offset, "events": [_brief(account, r, titles[r.event.id]) for r in shown]}


def event(account: Account, id: str, *, names: bool) -> Record:
    """One event with its tallies, findings, claims (each with its sentence), reports, voices. LookupError."""
    found = account.event(id)

    def make() -> Record:
        book = account.event_book(found, names=names)
        whole = as_dict(book)
        return {
            "version": 1,
            "as_of": book.as_of,
            "event": next(e for e in whole["events"] if e["id"] == found.id),
            "claims": receipts(account, book, (c for c in whole["claims"] if c["event"] == found.id)),
            "documents": whole["documents"], "sources": whole["sources"], "voices": whole["voices"],
            "lineage": whole["lineage"], "entities": whole["entities"],
        }  # fmt: skip

    return account.kept(("answer", found.id, names), make)


def receipts(account: Account, book: Book, claims: Iterable[Record]) -> list[Record]:
    """Claims of a book with the words of their sentences, who printed them and where to see them."""
    documents = {d.id: d for d in book.documents}
    return [_receipt(account, documents[c["document"]], c) for c in claims]


def _receipt(account: Account, document: Document, claim: Record) -> Record:
    start, end = claim["sentence"]
    return {
        **claim,
        "sentence_text": document.text[start:end],
        "outlet": account.shelf.outlet(document.id),
        "url": document.url,
        "address": to_claim(account.shelf, claim["id"]),
    }


def findings(account: Account, event: str, kind: str, offset: int, limit: int, *, names: bool) -> Record:
    wanted = [account.event(event)] if event else [e for e in account.book.events if account.shelf.event_findings(e.id)]
    plainly = [(e.id, n) for e in wanted for n, f in enumerate(account.shelf.event_findings(e.id)) if not kind or f.kind == kind]
    loose = [("", n) for n, f in enumerate(account.shelf.event_findings(None)) if not event and (not kind or f.kind == kind)]
    every = plainly + loose
    made = []
    for id, at in every[offset : offset + limit]:
        found = account.shelf.event_findings(id or None)[at]
        documents = tuple(
            account.shelf.in_order(
                {account.shelf.claims[c].document for c in found.claims if c in account.shelf.claims} | {e.document for e in found.spans}
            )
        )
        book = account.event_book(account.event(id), names=names) if id else account.documents_book(documents, names=names)
        shown = next((f for f in book.findings if (f.kind, f.claims, f.spans) == (found.kind, found.claims, found.spans)), None)
        texts = {d.id: d.text for d in book.documents}
        claims = {c.id: c for c in book.claims}
        words = shown or found
        safe = names or shown is not None or not account.hidden_in(documents)
        made.append({
            "event": id or None, "kind": found.kind, "change": found.change, "title": words.title if safe else "",
            "explanation": words.explanation if safe else "",
            "sum": found.sum, "causes": list(found.causes), "measure": found.measure, "claims": list(found.claims),
            "sentences": [
                {"claim": c, "document": claims[c].document, "outlet": account.shelf.outlet(claims[c].document),
                 "text": claims[c].sentence.of(texts[claims[c].document])}
                for c in found.claims if c in claims
            ],
        })  # fmt: skip
    return {"total": len(every), "offset": offset, "findings": made}


def claims(account: Account, event: str, document: str, measure: str, q: str, offset: int, limit: int, *, names: bool) -> Record:
    """Claims of an event or report, or those whose words hold ``q``. LookupError for an event or report that is not here."""
    shelf = account.shelf
    of_event = account.event(event).id if event else None
    if document:
        shelf.documents[document]
        found = account.stock.claims_in.get(document, ())
    elif of_event is not None:
        found = shelf.event_claims(of_event)
    else:
        found = shelf.book.claims
    words = q.casefold().split()
    ids = [
        c for c in found
        if (not measure or shelf.reading(c).measure == measure) and (of_event is None or shelf.event_of(c) == of_event)
        and (not words or all(w in c.sentence.of(shelf.documents[c.document].text).casefold() for w in words))
    ]  # fmt: skip
    shown = ids[offset : offset + limit]
    return {"total": len(ids), "offset": offset, "claims": [claim(account, c.id, names=names) for c in shown]}


def claim(account: Account, id: str, *, names: bool) -> Record:
    """One claim, with how it was read. LookupError."""
    found = account.shelf.claims[id]
    book = account.documents_book((found.document,), names=names)

    def by_id() -> dict[str, Record]:
        return {c["id"]: c for c in receipts(account, book, as_dict(book)["claims"])}

    return account.kept(("claims", found.document, names), by_id)[id]


def documents(account: Account, q: str, offset: int, limit: int, *, names: bool) -> Record:
    ids = pages.reports(account, q)
    made = []
    for id in ids[offset : offset + limit]:
        d = account.shelf.documents[id]
        covered = not names and account.hidden_in((id,))
        title = account.documents_book((id,), names=False).documents[0].title if covered else d.title
        made.append({
            "id": id, "source": d.source, "outlet": account.shelf.outlet(id), "title": title, "published": d.published, "url": d.url,
            "language": d.language, "claims": account.shelf.figures_in.get(id, 0), "unread": len(account.stock.unread_in.get(id, ())),
            "address": path("documents", id),
        })  # fmt: skip
    return {"total": len(ids), "offset": offset, "documents": made}


def document(account: Account, id: str, *, names: bool) -> Record:
    """A report's text with all that was read in it. LookupError."""
    account.shelf.documents[id]
    book = account.documents_book((id,), names=names)
    whole = as_dict(book)
    return {
        "version": 1,
        "document": whole["documents"][0],
        "text": book.documents[0].text,
        "claims": whole["claims"],
        "mentions": whole["mentions"],
        "unread": whole["unread"],
    }


def entities(account: Account, kind: str, q: str, offset: int, limit: int, *, names: bool) -> Record:
    found = pages.entities(account, kind, q, names=names)
    return {
        "total": len(found),
        "offset": offset,
        "entities": [
            {"id": e.id, "kind": e.kind, "name": e.name, "variants": list(e.variants),
             "roles": [r.role for r in e.roles], "reports": n, "address": pages.entity_address(e)}
            for e, n in found[offset : offset + limit]
        ],
    }


def place(account: Account, id: str, *, names: bool) -> Record:
    """A place with its spellings, its events and the figures told of it alone. LookupError."""
    shown = account.gazette.page(account, id, names=names)
    found = shown["place"]
    return {
        "id": id, "kind": "place", "precision": found.kind, "name": found.name, "country": found.country, "lat": found.lat, "lon": found.lon,
        "variants": list(shown["entity"].variants),
        "events": [{"id": r.event.id, "title": title, "address": path("events", r.event.id)} for r, title, _ in shown["events"]],
        "figures": [{"figure": figure, "value": value, "state": state, "address": where} for figure, value, state, _, where in shown["told"]],
        "documents": [d for d, _, _, _, _ in shown["seen"]],
    }  # fmt: skip


def entity(account: Account, id: str, *, names: bool) -> Record:
    shown = pages.entity_page(account, id, names=names)
    found = shown["entity"]
    return {
        "id": id, "kind": found.kind, "name": found.name, "variants": list(found.variants), "reasons": list(found.reasons),
        "roles": [{"role": role, "given_by": outlets} for role, outlets in shown["roles"]],
        "clashes": [{"kind": c.finding.kind, "title": c.title, "explanation": c.finding.explanation} for c in shown["cards"]],
        "quotes": [{"text": s.text, "documents": [d for d, _ in s.places]} for p in shown["people"] for s in p.sayings],
        "documents": [d for d, _, _, _ in shown["seen"]],
    }  # fmt: skip


def decisions(desk: Desk, *, names: bool) -> Record:
    """Every decision, oldest first, in words; whether it is in force, and why it changes nothing where it does not."""
    account = desk.account()
    force = {s.decision.id: s for s in account.book.decisions}
    return {
        "decisions": [
            {**plain(d), "words": decision_words(account, d, names), "in_force": d.id in force, "idle": force[d.id].idle if d.id in force else ""}
            for d in desk.books.decisions()
        ]
    }


def decision_words(account: Account, decision: Decision, names: bool) -> str:
    """What was decided, in words; also of one that is undone by now."""
    force = {s.decision.id: s for s in account.book.decisions}
    standing = force.get(decision.id) or Standing(decision, tuple(_now(account, s) for s in decision.subject))
    return account.covered(decided.told(account.shelf, standing, account.domain), names)


def _now(account: Account, id: str) -> str:
    """What an event is called now that had this id once."""
    event = account.stock.event_named.get(id)
    return event.id if event else account.shelf.entity_id(id) or id


def recoded(desk: Desk, event: str, convention: str, as_of: str | None = None) -> tuple[Coded, str]:
    """An event under a convention, and its id now. LookupError for either that is not here."""
    if convention not in dict(desk.books.conventions()):
        raise LookupError(convention)
    account = desk.account_of(event, as_of)
    found = account.event(event)
    return account.kept(("coded", found.id, convention), lambda: desk.books.recode(convention, account.event_book(found, names=False))), found.id


def beside(account: Account, here: str, there: str, *, names: bool) -> Record:
    """Figures that two reports both tell, and the passages that stand in both. LookupError."""
    for id in (here, there):
        account.shelf.documents[id]
    shelf = Shelf(account.documents_book((here, there), names=names))
    return {
        "here": here, "there": there,
        "shared": [
            {"figure": s.title, "here": [c.text for c in s.here], "there": [c.text for c in s.there], "agrees": s.same,
             "claims": [c.id for c in (*s.here, *s.there)]}
            for s in aligned.shared(shelf, account, here, there)
        ],
        "copied": [
            {"here": [c.here.start, c.here.end], "there": [c.there.start, c.there.end], "kind": c.kind, "reason": c.reason}
            for c in aligned.copied(shelf, here, there)
        ],
    }  # fmt: skip


def search(desk: Desk, q: str, limit: int, *, names: bool) -> Record:
    """Claims and reports that hold all the words, and events and people named by them."""
    account = desk.account()
    hits: list[Record] = []
    for hit in desk.books.search(q, limit):
        if hit.claim in account.shelf.claims:
            hits.append({"claim": claim(account, hit.claim or "", names=names)})
        elif hit.document in account.shelf.documents:
            covered = not names and bool(account.hidden_in((hit.document,)))
            hits.append(
                {
                    "document": hit.document,
                    "outlet": account.shelf.outlet(hit.document),
                    "excerpt": "" if covered else hit.excerpt,
                    "address": path("documents", hit.document),
                }
            )
    found = events(account, situation.Filters(q=q), 0, 20, names=names)["events"] if q.strip() else []
    return {"hits": hits, "events": found, "entities": entities(account, "", q, 0, 20, names=names)["entities"] if q.strip() else []}
