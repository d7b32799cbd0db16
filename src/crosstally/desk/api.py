"""The JSON API: the interchange format, cut to what is asked. Described by OpenAPI at ``/api/openapi.json``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Body, FastAPI, Header, HTTPException, Path, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from crosstally.export.interchange import as_dict
from crosstally.values import iso, plain

from . import answers, situation
from .account import Desk
from .adding import Job, Jobs
from .guard import Guard
from .missing import or_404
from .ports import Offer

Id = Annotated[str, Path(max_length=300)]
Words = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Moment = Annotated[str | None, Query(max_length=40, description="ISO 8601: only what was out by then")]
Names = Annotated[bool, Query(description="show the names of the dead and wounded")]
Token = Annotated[str, Header(alias="X-Crosstally-Token", max_length=100, description="the token of GET /api")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewDecision(Strict):
    kind: Literal["accept", "reject", "correct", "same_event", "different_event", "same_person", "different_person", "prefer_speaker", "undo"]
    subject: list[Annotated[str, Field(max_length=300)]] = Field(min_length=1, max_length=100)
    who: str = Field(min_length=1, max_length=200)
    why: str = Field("", max_length=2000)
    change: dict[str, Annotated[str, Field(max_length=500)]] = Field(default_factory=dict, max_length=10)


class NewReport(Strict):
    """``text``, or ``url`` alone to have it fetched."""

    text: str = Field("", max_length=5_000_000)
    url: str = Field("", max_length=2000)
    source: str = Field("", max_length=300)
    published: str = Field("", max_length=40)
    title: str = Field("", max_length=500)


class Trouble(BaseModel):
    detail: str


class ItemState(BaseModel):
    name: str
    state: Literal["waiting", "reading", "read", "known", "not read"]
    documents: list[str]
    problems: list[str]
    notes: list[str]
    bytes: int
    sha256: str


class ChangeLine(BaseModel):
    text: str
    event: str | None


class JobState(BaseModel):
    id: str
    settled: bool
    trouble: str
    items: list[ItemState]
    changes: list[ChangeLine]


_TROUBLE: dict[int | str, dict[str, Any]] = {
    403: {"model": Trouble}, 404: {"model": Trouble}, 409: {"model": Trouble}, 413: {"model": Trouble}, 422: {"model": Trouble},
    400: {"model": Trouble},
}  # fmt: skip


_NO_EVENT_YET = "no event of this ledger, or none yet at that time, has this id"


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def job_state(job: Job, told: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": job.id,
        "settled": job.settled,
        "trouble": job.trouble,
        "items": [
            {"name": i.name, "state": i.state, "documents": list(i.outcome.documents), "problems": list(i.outcome.problems),
             "notes": list(i.outcome.notes), "bytes": i.outcome.bytes, "sha256": i.outcome.sha256}
            for i in job.items
        ],
        "changes": [{"text": told(c.text), "event": c.event} for c in job.changes],
    }  # fmt: skip


class Api:
    """The routes under ``/api``. Reads are answers of ``answers``; what changes the ledger asks for the token."""

    def __init__(self, app: FastAPI, desk: Desk, jobs: Jobs, guard: Guard) -> None:
        self.desk, self.jobs, self.guard = desk, jobs, guard
        record: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}
        for where, handler in (
            ("/api", self.root), ("/api/ledger", self.ledger), ("/api/events", self.events), ("/api/events/{id}", self.event),
            ("/api/events/{id}/history", self.history), ("/api/events/{id}/coded/{convention}", self.coded), ("/api/findings", self.findings),
            ("/api/claims", self.claims), ("/api/claims/{id}", self.claim), ("/api/documents", self.documents),
            ("/api/documents/{id}", self.document), ("/api/documents/{id}/beside/{other}", self.beside),
            ("/api/entities", self.entities), ("/api/entities/{id}", self.entity), ("/api/places/{id}", self.place),
            ("/api/search", self.search), ("/api/decisions", self.decisions),
        ):  # fmt: skip
            app.get(where, tags=["read"], responses={**_TROUBLE, **record}, response_class=Response)(handler)
        app.get("/api/jobs/{id}", tags=["read"], responses=_TROUBLE, response_model=JobState)(self.job)
        app.post("/api/decisions", tags=["change"], status_code=201, responses={**_TROUBLE, 201: record[200]}, response_class=Response)(self.decide)
        app.post("/api/reports", tags=["change"], status_code=202, responses=_TROUBLE, response_model=JobState)(self.add)

    def root(self) -> Response:
        account = self.desk.account()
        book = account.book
        return _json({
            "version": 1, "ledger": self.desk.books.name, "token": self.guard.token, "description": "/api/openapi.json",
            "counts": {"documents": len(book.documents), "events": len(book.events), "claims": len(book.claims), "findings": len(book.findings)},
        })  # fmt: skip

    def ledger(self, names: Names = False) -> Response:
        return _json(as_dict(self.desk.account().whole(names=names)))

    def events(
        self, q: Words = "", kind: Words = "", place: Words = "", since: Words = "", until: Words = "", state: Words = "",
        offset: Offset = 0, limit: Limit = 50, names: Names = False,
    ) -> Response:  # fmt: skip
        account, filters = self.desk.account(), situation.Filters(q, kind, place, since, until, state)
        found = situation.searched(account, self.desk.books, q)
        return _json(answers.events(account, filters, offset, limit, names=names, found=found))

    def event(self, id: Id, as_of: Moment = None, names: Names = False) -> Response:
        with or_404(_NO_EVENT_YET):
            return _json(answers.event(self.desk.account_of(id, _iso(as_of)), id, names=names))

    def history(self, id: Id, as_of: Moment = None, names: Names = False) -> Response:
        with or_404(_NO_EVENT_YET):
            account = self.desk.account_of(id, _iso(as_of))
            event = account.event(id)
        return _json({"event": event.id, "entries": [plain(e) for e in self.desk.books.history(event.id, account.event_book(event, names=names))]})

    def coded(self, id: Id, convention: Id, as_of: Moment = None) -> Response:
        with or_404("no such event, or no such convention"):
            coded, event = answers.recoded(self.desk, id, convention, _iso(as_of))
        return _json({
            "convention": coded.convention, "title": coded.title, "statement": coded.statement,
            "rows": [plain(r) for r in coded.of(event)], "rules": [plain(r) for r in coded.rules],
        })  # fmt: skip

    def beside(self, id: Id, other: Id, names: Names = False) -> Response:
        with or_404("no report of this ledger has this id"):
            return _json(answers.beside(self.desk.account(), id, other, names=names))

    def findings(self, event: Words = "", kind: Words = "", offset: Offset = 0, limit: Limit = 100, names: Names = False) -> Response:
        with or_404("no event of this ledger has this id"):
            return _json(answers.findings(self.desk.account(), event, kind, offset, limit, names=names))

    def claims(
        self,
        event: Words = "",
        document: Words = "",
        measure: Words = "",
        q: Words = "",
        offset: Offset = 0,
        limit: Limit = 100,
        names: Names = False,
    ) -> Response:
        with or_404("not in this ledger"):
            return _json(answers.claims(self.desk.account(), event, document, measure, q, offset, limit, names=names))

    def claim(self, id: Id, names: Names = False) -> Response:
        with or_404("no claim of this ledger has this id"):
            return _json(answers.claim(self.desk.account(), id, names=names))

    def documents(self, q: Words = "", offset: Offset = 0, limit: Limit = 100, names: Names = False) -> Response:
        return _json(answers.documents(self.desk.account(), q, offset, limit, names=names))

    def document(self, id: Id, names: Names = False) -> Response:
        with or_404("no report of this ledger has this id"):
            return _json(answers.document(self.desk.account(), id, names=names))

    def entities(self, kind: Words = "", q: Words = "", offset: Offset = 0, limit: Limit = 100, names: Names = False) -> Response:
        return _json(answers.entities(self.desk.account(), kind, q, offset, limit, names=names))

    def entity(self, id: Id, names: Names = False) -> Response:
        with or_404("nobody and nothing of this ledger has this id"):
            return _json(answers.entity(self.desk.account(), id, names=names))

    def place(self, id: Id, names: Names = False) -> Response:
        with or_404("no place of this ledger has this id"):
            return _json(answers.place(self.desk.account(), id, names=names))

    def search(self, q: Words, limit: Limit = 50, names: Names = False) -> Response:
        return _json(answers.search(self.desk, q, limit, names=names))

    def decisions(self, names: Names = False) -> Response:
        return _json(answers.decisions(self.desk, names=names))

    def job(self, id: Id) -> Any:
        job = self.jobs.get(id)
        if job is None:
            raise HTTPException(404, "no such job since the desk opened")
        return JSONResponse(job_state(job, self._told))

    def decide(self, token: Token, body: Annotated[NewDecision, Body()]) -> Response:
        self._check(token)
        made = self.desk.books.decide(body.kind, body.subject, who=body.who, why=body.why, change=list(body.change.items()))
        changes = self.desk.books.settle()
        return _json({"decision": plain(made), "changes": [{"text": self._told(c.text), "event": c.event} for c in changes]}, 201)

    def add(self, token: Token, body: Annotated[NewReport, Body()]) -> Any:
        self._check(token)
        text = body.text.encode("utf-8", "replace")
        if not text.strip() and not body.url:
            raise HTTPException(422, "give a text, or an address to fetch")
        name = body.title or body.url or "pasted"
        offer = Offer(name, text if text.strip() else None, body.url, body.source, body.published, body.title)
        return JSONResponse(job_state(self.jobs.start([offer]), self._told), 202)

    def _told(self, text: str) -> str:
        """A line of what changed, names of victims covered."""
        return self.desk.account().covered(text)

    def _check(self, token: str) -> None:
        if not self.guard.holds(token):
            raise HTTPException(403, "send this desk's token in X-Crosstally-Token; GET /api gives it")


def _iso(text: str | None) -> str | None:
    try:
        return iso(text)
    except ValueError:
        raise HTTPException(422, "as_of: no ISO 8601 date or time") from None
