"""The API against its own description: schemathesis makes up requests, and no answer may be other than described."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from crosstally.desk.web import create
from crosstally.serving import LedgerBooks
from tests.desk.client import BASE, PORT, Desk, books_with, offers

TOKEN = "a-token-of-this-test"
_books: LedgerBooks = books_with(offers())
_app = create(_books, PORT, token=TOKEN)
_described = Desk(_books).client.get("/api/openapi.json").json()
schema = schemathesis.openapi.from_dict(_described)
schema.app = _app
schema.location = None
HERE = {
    "events": [e.id for e in _books.book().events], "claims": [c.id for c in _books.book().claims],
    "documents": [d.id for d in _books.book().documents], "entities": [e.id for e in _books.book().entities],
    "places": [m.entity for m in _books.book().mentions if m.kind == "place"],
}  # fmt: skip
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@schema.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    headers = {"host": f"127.0.0.1:{PORT}"}
    if case.method == "POST":
        headers["x-crosstally-token"] = TOKEN
    case.call_and_validate(base_url=BASE, headers=headers, checks=CHECKS)


@schema.include(method="GET", path_regex=r"^/api/(events|claims|documents|entities|places)/\{id\}").parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_every_answer_about_what_is_here_is_as_described(case: schemathesis.Case) -> None:
    """The same with ids that the ledger has, so that what is found is held to its description too."""
    here = HERE[case.path.split("/")[2]]
    real = {"id": here[0], "other": here[-1], "convention": "ucdp"}
    case.path_parameters = {name: real[name] for name in case.path_parameters}
    answer = case.call_and_validate(base_url=BASE, headers={"host": f"127.0.0.1:{PORT}"}, checks=CHECKS)
    assert answer.status_code == 200 or case.query


def test_the_description_names_every_route_of_the_api() -> None:
    needed = {"/api/events", "/api/events/{id}", "/api/findings", "/api/claims", "/api/claims/{id}", "/api/documents/{id}", "/api/search"}
    assert needed <= set(_described["paths"])
    assert all(where.startswith("/api") for where in _described["paths"])


@pytest.mark.parametrize("where", ["/api/claims?limit=0", "/api/claims?limit=9999999", "/api/events?offset=-1", "/api/events/e?as_of=soon"])
def test_what_cannot_be_asked_is_said(where: str) -> None:
    answer = Desk(_books).client.get(where)
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)
