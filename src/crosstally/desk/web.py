"""The desk as a web application: pages drawn on the server, small scripts on top, and the JSON API beside them."""

from __future__ import annotations

from importlib import resources
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Form, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as Refused

from crosstally.domain import load_domain
from crosstally.errors import CrosstallyError
from crosstally.export import wording
from crosstally.export.page import asset, environment
from crosstally.settings import settings
from crosstally.values import Span, iso

from . import answers, changed, found, handed, pages, refusal, situation, taken
from .account import Desk
from .adding import Jobs
from .addresses import address, anchors, path, to_claim
from .api import Api
from .guard import TOKEN_HEADER, Guard, hosts_of
from .missing import or_404
from .paging import page_of
from .ports import Books
from .sheets import FORMS, written

_STATIC = {"page.css": "text/css", "page.js": "text/javascript", "desk.css": "text/css", "desk.js": "text/javascript"}
_DECIDED = "decided"  # in a page's query: what a decision just changed
_LISTED = 100  # reports, or people and places, a page lists


def create(books: Books, port: int, *, token: str | None = None) -> Guard:
    """The application in its guard, which knows the token."""
    desk = Desk(books, load_domain())
    app = FastAPI(
        title="crosstally desk", version="1", description="The ledger in the interchange format, with receipts.",
        docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
    )  # fmt: skip
    guard = Guard(app, hosts=hosts_of(port), most=settings().max_report_bytes * 12, token=token)
    _Pages(app, desk, guard)
    return guard


class _Pages:
    """The routes. State is the desk, the jobs and the guard's token."""

    def __init__(self, app: FastAPI, desk: Desk, guard: Guard) -> None:
        self.desk, self.guard = desk, guard
        self.jobs = Jobs(desk.books, desk.account)
        self.templates = environment("crosstally.desk")
        self.templates.filters["spelled"] = changed.spelled
        self.templates.filters["combine"] = lambda first, then: {**first, **then}
        for name in self.templates.list_templates(extensions=["html"]):
            self.templates.get_template(name)  # compiled now, so that no page waits for it
        Api(app, desk, self.jobs, guard)
        for where, handler in (
            ("/", self.situation), ("/events/{id}", self.event), ("/documents", self.documents), ("/documents/{id}", self.document),
            ("/claims/{id}", self.claim), ("/people", self.people), ("/people/{id}", self.entity), ("/places/{id}", self.place),
            ("/decide", self.decisions),
            ("/add", self.add), ("/add/{job}", self.job), ("/static/{name}", self.static), ("/tables/{file}", self.table),
        ):  # fmt: skip
            app.get(where, include_in_schema=False)(handler)
        app.post("/decide", include_in_schema=False)(self.decide)
        app.post("/add", include_in_schema=False)(self.take)
        app.exception_handler(Refused)(self.refused)
        app.exception_handler(RequestValidationError)(self.invalid)
        app.exception_handler(CrosstallyError)(self.trouble)

    # -- drawing ---------------------------------------------------------------------------------------------------------------------

    def _page(self, request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
        names, turn = bool(request.query_params.get("names")), _turn(request)
        decided = self.jobs.changed(request.query_params.get(_DECIDED, ""))
        effect = None if decided is None else changed.grouped(self.desk.account(), decided, names=names)
        query = {"names": None, **{k: v for k, v in request.query_params.items() if k != _DECIDED}}
        text = self.templates.get_template(template).render(
            token=self.guard.token, names=names, ledger=self.desk.books.name, here=request.url.path, path=path, address=address, turn=turn,
            to_claim=to_claim, wording=wording, query=query, effect=effect, **given,
        )  # fmt: skip
        return HTMLResponse(text, status)

    def refused(self, request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 500)
        words = str(getattr(error, "detail", "")) or "not done"
        return self._refusal(request, status, words)

    def invalid(self, request: Request, error: Exception) -> Response:
        return self._refusal(request, 422, refusal.told(error.errors()))  # type: ignore[attr-defined]

    def trouble(self, request: Request, error: Exception) -> Response:
        return self._refusal(request, 409, str(error))

    def _refusal(self, request: Request, status: int, words: str) -> Response:
        if request.url.path.startswith("/api"):
            return JSONResponse({"detail": words}, status)
        return self._page(request, "refused.html", status, words=words, title=refusal.TITLES.get(status, "Not done"))

    # -- pages -----------------------------------------------------------------------------------------------------------------------

    def situation(
        self, request: Request, q: str = "", kind: str = "", place: str = "", since: str = "", until: str = "", state: str = "",
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1, names: str = "",
    ) -> Response:  # fmt: skip
        account = self.desk.account()
        filters = situation.Filters(q[:200], kind, place[:100], since[:10], until[:10], state)
        hits = self.desk.books.search(q[:200], situation.SEARCHED) if q.strip() else ()
        shown = situation.view(account, filters, page, names=bool(names), found=situation.told_of(account, hits))
        told = found.listed(account, hits, q[:200], names=bool(names))
        return self._page(request, "situation_page.html", s=shown, account=account, found=told, states=situation.STATES, title="Situation")

    def event(self, request: Request, id: str, as_of: str = "", convention: str = "", names: str = "") -> Response:
        with or_404("No event of this ledger, or none yet at that time, has this id."):
            account = self.desk.account_of(id, _moment(as_of))
            shown = pages.event_page(account, id, names=bool(names))
        coded = None
        if convention and convention != "raw":
            with or_404(f"There is no convention {convention!r}."):
                coded, _ = answers.recoded(self.desk, id, convention, _moment(as_of))
        entries = self.desk.books.history(shown["event"].id, shown["shelf"].book)
        others = [r for r in self.desk.account().rows if r.event.id != shown["event"].id][:200]
        return self._page(
            request, "event_page.html", **shown, alone=True, title=shown["event"].title, account=account, coded=coded, entries=entries, as_of=as_of,
            conventions=self.desk.books.conventions(), convention=convention, others=others,
        )  # fmt: skip

    def documents(self, request: Request, q: str = "", page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
        account = self.desk.account()
        found = pages.reports(account, q)
        shown, page, count = page_of(found, page, _LISTED)
        rows = [
            (account.shelf.documents[d], account.shelf.outlet(d), account.shelf.figures_in.get(d, 0), len(account.stock.unread_in.get(d, ())))
            for d in shown
        ]
        return self._page(request, "documents_page.html", account=account, rows=rows, total=len(found), page=page, pages=count, q=q, title="Reports")

    def document(self, request: Request, id: str, beside: str = "", claim: str = "", at: str = "", names: str = "") -> Response:
        account = self.desk.account()
        with or_404("No report of this ledger has this id."):
            shown = pages.document_page(account, id, beside or None, claim or None, _span(at), names=bool(names))
        return self._page(request, "document_page.html", **shown, measures=self.desk.domain.measures, title=shown["texts"][0].outlet)

    def claim(self, id: str) -> Response:
        account = self.desk.account()
        if id not in account.shelf.claims:
            raise HTTPException(404, "No claim of this ledger has this id.")
        return RedirectResponse(to_claim(account.shelf, id, anchors(account.shelf).claim(id)), 303)

    def people(
        self, request: Request, q: str = "", kind: str = "person", page: Annotated[int, Query(ge=1, le=1_000_000)] = 1, names: str = ""
    ) -> Response:
        account = self.desk.account()
        found = pages.entities(account, kind, q, names=bool(names))
        shown, page, count = page_of(found, page, _LISTED)
        return self._page(
            request, "people_page.html", rows=shown, total=len(found), page=page, pages=count, q=q, kind=kind, withheld=len(account.hidden),
            clashes={f.entity for f in pages.clashes_of(account)}, to=pages.entity_address, kind_of=account.gazette.kind_of,
            title="People and places",
        )  # fmt: skip

    def entity(self, request: Request, id: str, names: str = "") -> Response:
        account = self.desk.account()
        with or_404("Nobody and nothing of this ledger has this id."):
            shown = pages.entity_page(account, id, names=bool(names))
        alike = pages.alike(account, shown["entity"], names=bool(names))
        return self._page(request, "entity_page.html", **shown, alike=alike, title=shown["entity"].name)

    def place(self, request: Request, id: str, names: str = "") -> Response:
        account = self.desk.account()
        with or_404("No place of this ledger has this id."):
            shown = account.gazette.page(account, id, names=bool(names))
        return self._page(request, "place_page.html", **shown, title=shown["entity"].name)

    def decisions(self, request: Request, names: str = "") -> Response:
        account = self.desk.account()
        told = answers.decisions(self.desk, names=bool(names))["decisions"]
        log = tuple(reversed(self.desk.books.log()))[:200]
        return self._page(request, "decide_page.html", taken=tuple(reversed(told)), account=account, log=log, title="Decide")

    def add(self, request: Request, texts: Annotated[int, Query(ge=1, le=handed.TEXTS)] = 1) -> Response:
        return self._page(request, "add_page.html", job=None, texts=texts, title="Add")

    def job(self, request: Request, job: str) -> Response:
        done = self.jobs.get(job)
        if done is None:
            raise HTTPException(404, "Nothing was handed in under this address since the desk opened.")
        account, names = self.desk.account(), bool(request.query_params.get("names"))
        told = changed.grouped(account, done.changes, names=names)
        return self._page(request, "add_page.html", job=done, texts=1, told=told, said=changed.said_of, title="Add")

    def static(self, name: str) -> Response:
        if name not in _STATIC:
            raise HTTPException(404, "no such file")
        text = asset(name) if name.startswith("page.") else resources.files(__package__).joinpath("static", name).read_text("utf-8")
        return Response(text, media_type=_STATIC[name], headers={"Cache-Control": "max-age=600"})

    def table(self, request: Request, file: str, as_of: str = "", names: str = "") -> Response:
        """What a view shows, narrowed by the view's own query, or a table of the whole ledger, as CSV or XLSX."""
        name, _, form = file.rpartition(".")
        if form not in FORMS:
            raise HTTPException(404, "Tables are .csv or .xlsx.")
        moment = _moment(as_of)
        query = {k: v[:2000] for k, v in request.query_params.items()} | {"as_of": moment or ""}
        try:
            sheet = taken.sheet_of(taken.Asked(self.desk, self.jobs, query, bool(names)), name)
            data = written(sheet.names, sheet.rows, form, name)
        except (LookupError, CrosstallyError) as error:
            raise HTTPException(404, str(error) if isinstance(error, CrosstallyError) else "Not in this ledger.") from None
        return Response(data, media_type=FORMS[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'})

    # -- what changes the ledger -----------------------------------------------------------------------------------------------------

    def _check(self, request: Request, token: str) -> None:
        if not self.guard.holds(token or request.headers.get(TOKEN_HEADER)):
            raise HTTPException(403, "This form is of another desk, or of one that was closed. Open the page again.")

    def decide(
        self, request: Request, kind: Annotated[str, Form()], subject: Annotated[str, Form()], token: Annotated[str, Form()] = "",
        who: Annotated[str, Form()] = "", why: Annotated[str, Form()] = "", field: Annotated[str, Form()] = "", value: Annotated[str, Form()] = "",
        other: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/decide",
    ) -> Response:  # fmt: skip
        self._check(request, token)
        change = [(field or "value", value)] if kind == "correct" else [("measure", value)] if kind == "prefer_speaker" and value else []
        ids = [subject, other] if other else subject.split()
        self.desk.books.decide(kind, ids, who=who, why=why[:2000], change=change)
        told = self.jobs.decided(self.desk.books.settle())
        where, _, asked = _local(back).partition("#")[0].partition("?")
        return RedirectResponse(address(where, {**dict(parse_qsl(asked)), _DECIDED: told}), 303)

    async def take(self, request: Request) -> Response:
        form = await request.form(max_files=handed.FILES + 1, max_fields=handed.FIELDS)
        self._check(request, str(form.get("token", "")))
        offers = await handed.offers(form)
        if not offers:
            raise HTTPException(422, "Nothing was handed in: drop files, paste a text, or name addresses.")
        if len(offers) > handed.FILES:
            raise HTTPException(413, f"Hand in at most {handed.FILES} at once.")
        return RedirectResponse(path("add", self.jobs.start(offers).id), 303)


def _moment(text: str) -> str | None:
    try:
        return iso(text.replace(" ", "+"))
    except ValueError:
        raise HTTPException(422, f"{text[:60]!r} is no ISO 8601 date or time; write 2025-07-05 or 2025-07-05T06:00.") from None


def _span(text: str) -> Span | None:
    start, _, end = text.partition("-")
    if start.isdecimal() and end.isdecimal() and len(text) < 24 and int(start) < int(end):
        return Span(int(start), int(end))
    return None


def _local(back: str) -> str:
    """A path of this desk: nothing else may be redirected to."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and "\n" not in back and "\r" not in back else "/decide"


def _turn(request: Request) -> Any:
    """This page's address with some of its query changed: for pagers and switches."""

    def turned(**changed: str | int | None) -> str:
        query: dict[str, str | int | None] = dict(parse_qsl(urlencode(list(request.query_params.multi_items()))))
        query.pop(_DECIDED, None)
        return address(request.url.path, query | changed)

    return turned


__all__ = ["create"]
