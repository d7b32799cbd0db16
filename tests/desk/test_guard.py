"""Who may talk to the desk, and what an answer lets run."""

from __future__ import annotations

import pytest

from crosstally.settings import settings
from tests.desk.client import BASE, PORT, Desk

FORM = {"kind": "accept", "subject": "c1", "who": "T. Ester"}


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", "127.0.0.1", ""])
def test_another_host_is_refused(desk: Desk, host: str) -> None:
    answer = desk.client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Situation" not in answer.text


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"127.0.0.1:{PORT}"])
def test_the_names_of_this_machine_are_answered(desk: Desk, host: str) -> None:
    assert desk.client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("where", ["/decide", "/add", "/api/decisions", "/api/reports"])
def test_a_post_from_another_site_is_refused_though_it_has_the_token(desk: Desk, where: str, headers: dict[str, str]) -> None:
    answer = desk.client.post(where, data={**FORM, "token": desk.token}, headers={**headers, "x-crosstally-token": desk.token})
    assert answer.status_code == 403
    assert desk.books.decisions() == ()


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_a_post_without_the_token_is_refused(desk: Desk, token: str) -> None:
    assert desk.client.post("/decide", data={**FORM, "token": token}, headers={"origin": BASE}).status_code == 403
    assert desk.client.post("/add", data={"text": "Five people were killed.", "token": token}).status_code == 403
    body = {"kind": "accept", "subject": ["c1"], "who": "T. Ester"}
    assert desk.client.post("/api/decisions", json=body, headers={"x-crosstally-token": token.encode()}).status_code == 403
    assert desk.books.decisions() == ()


def test_nothing_is_changed_by_get(desk: Desk) -> None:
    before = (desk.books.version(), desk.books.log())
    claim = desk.json("/api/claims")["claims"][0]["id"]
    for where in ("/decide", "/add"):
        desk.client.get(where, params={**FORM, "subject": claim, "token": desk.token, "text": "Five people were killed."})
    for where in ("/api/decisions", "/api/reports", "/decide", "/add"):
        assert desk.client.put(where).status_code == 405
    assert (desk.books.version(), desk.books.log()) == before


@pytest.mark.parametrize("where", ["/", "/documents", "/people", "/decide", "/add", "/nowhere", "/api", "/static/page.js"])
def test_no_inline_script_or_style_may_run(desk: Desk, where: str) -> None:
    answer = desk.client.get(where)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if "html" in answer.headers["content-type"]:
        assert " style=" not in answer.text and "<style" not in answer.text
        assert answer.text.count("<script") == answer.text.count("<script src=") == 2
        assert "http://" not in answer.text.replace("http://www.w3.org", "")


def test_bodies_are_bounded(desk: Desk) -> None:
    most = settings().max_report_bytes * 12
    answer = desk.client.post("/add", content=b"x", headers={"content-length": str(most + 1), "content-type": "text/plain"})
    assert answer.status_code == 413


def test_a_redirect_stays_on_this_desk(own: Desk) -> None:
    claim = own.json("/api/claims")["claims"][0]["id"]
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = own.client.post("/decide", data={"kind": "accept", "subject": claim, "who": "T. Ester", "token": own.token, "back": back})
        assert answer.status_code in (303, 409)
        if answer.status_code == 303:
            assert answer.headers["location"].partition("?")[0] == "/decide"
        for decision in own.books.decisions():
            if decision.kind == "accept":
                own.client.post("/decide", data={"kind": "undo", "subject": decision.id, "who": "T. Ester", "token": own.token})
