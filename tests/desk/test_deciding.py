"""Decisions and additions through the web: what a person hands in or judges changes the account, and can be undone."""

from __future__ import annotations

import re
from typing import Any

from crosstally.judge.correct import FIELDS
from tests.desk.client import Desk

THIRD = "Odesa counts its wounded\n\nEighteen people were wounded in the overnight attack on Odesa into Friday, Mayor Ivan Hrytsenko said.\n"


def raid(desk: Desk) -> Any:
    return max(desk.json("/api/events")["events"], key=lambda e: e["claims"])


def cost(desk: Desk) -> dict[str, str]:
    return {c["of"]: c["figure"] for c in raid(desk)["cost"]}


def claim_of(desk: Desk, measure: str, low: int) -> str:
    return next(c["id"] for c in desk.json(f"/api/claims?measure={measure}")["claims"] if c["quantity"]["low"] == low)


def test_correct_then_undo(own: Desk) -> None:
    assert cost(own)["killed"] == "2+"
    claim = claim_of(own, "killed", 2)
    form = {"kind": "correct", "subject": claim, "field": "value", "value": "3", "who": "T. Ester", "why": "misread"}
    form |= {"token": own.token, "back": "/decide"}
    assert own.client.post("/decide", data=form).status_code == 303
    assert cost(own)["killed"] == "3+"
    (decision,) = own.books.decisions()
    page = own.page("/decide")
    assert "misread" in page and "corrected to value 3" in page and "in force" in page
    own.client.post("/decide", data={"kind": "undo", "subject": decision.id, "who": "T. Ester", "token": own.token})
    assert cost(own)["killed"] == "2+"
    assert [d["kind"] for d in own.json("/api/decisions")["decisions"]] == ["correct", "undo"]


def test_the_next_page_tells_what_a_decision_changed_once(own: Desk) -> None:
    claim = claim_of(own, "killed", 2)
    form = {"kind": "correct", "subject": claim, "field": "value", "value": "3", "who": "T. Ester", "token": own.token, "back": "/documents?q=a#b"}
    where = own.client.post("/decide", data=form).headers["location"]
    assert where.startswith("/documents?q=a&decided=")
    page = own.page(where)
    assert "Your decision" in page and "killed: 2 → 3" in page
    assert "decided=" not in page  # no link of the page carries it on
    assert "Your decision" not in own.page("/documents?q=a&decided=unknown")
    nothing = {"kind": "accept", "subject": claim_of(own, "wounded", 9), "who": "T. Ester", "token": own.token}
    assert "No figure changed." in own.page(own.client.post("/decide", data=nothing).headers["location"])


def test_the_source_of_a_page_is_read_as_a_page(own: Desk) -> None:
    text = "<!doctype html>\n<html><head><title>Three hurt</title></head><body><article><p>Three people were wounded in Lviv, the mayor said.</p>"
    form = {"text": text + "</article></body></html>", "source": "Paper", "published": "2025-07-06", "token": own.token}
    answer = own.client.post("/add", data=form)
    state = own.wait(answer.headers["location"].rpartition("/")[2])
    (document,) = state["items"][0]["documents"]
    assert "<p>" not in next(d for d in own.books.book().documents if d.id == document).text


def test_reject_takes_the_figure_out(own: Desk) -> None:
    claim = claim_of(own, "killed", 2)
    own.client.post("/decide", data={"kind": "reject", "subject": claim, "who": "T. Ester", "token": own.token})
    assert "killed" not in cost(own)
    assert "rejected, no figure rests on it" in own.page(own.json(f"/api/claims/{claim}")["address"])


def test_a_decision_that_cannot_be_meant_is_said_and_changes_nothing(own: Desk) -> None:
    claim = claim_of(own, "killed", 2)
    answer = own.client.post("/decide", data={"kind": "correct", "subject": claim, "value": "many", "who": "T. Ester", "token": own.token})
    assert answer.status_code == 409
    assert "is no figure" in answer.text
    assert own.client.post("/decide", data={"kind": "accept", "subject": claim, "who": " ", "token": own.token}).status_code == 409
    assert own.books.decisions() == ()


def test_the_next_report_tells_only_what_changed(own: Desk) -> None:
    form = {"text": THIRD, "source": "Lighthouse", "published": "2025-07-04T20:00:00+03:00", "token": own.token}
    answer = own.client.post("/add", data=form)
    assert answer.status_code == 303
    state = own.wait(answer.headers["location"].rpartition("/")[2])
    assert [i["state"] for i in state["items"]] == ["read"]
    told = [c["text"] for c in state["changes"]]
    assert any("wounded" in line and "18" in line for line in told)
    assert not any("killed" in line or "launched" in line for line in told)
    assert "What changed" in own.page(answer.headers["location"])
    again = own.client.post("/add", data=form)
    state = own.wait(again.headers["location"].rpartition("/")[2])
    assert [i["state"] for i in state["items"]] == ["known"]
    assert state["changes"] == []


def test_files_are_read_one_by_one_and_what_cannot_be_is_said(own: Desk) -> None:
    files = [
        ("files", ("third.txt", THIRD.encode(), "text/plain")),
        ("files", ("../../photo.txt", b"\xff\xd8\xff\xe0" + bytes(400), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
    ]
    answer = own.client.post("/add", data={"token": own.token, "source": "Lighthouse"}, files=files)
    state = own.wait(answer.headers["location"].rpartition("/")[2])
    assert [(i["name"], i["state"]) for i in state["items"]] == [("third.txt", "read"), ("photo.txt", "not read"), ("empty.txt", "not read")]
    assert all(i["problems"] for i in state["items"][1:])
    assert len(state["items"][0]["sha256"]) == 64


def test_a_table_of_sources_among_the_files_says_whose_they_are(own: Desk) -> None:
    listed = b"path,source,published,group\nthird.txt,Lighthouse,2025-07-04T20:00:00+03:00,Coast Press\n"
    files = [("files", ("reports/third.txt", THIRD.encode(), "text/plain")), ("files", ("reports/sources.csv", listed, "text/csv"))]
    answer = own.client.post("/add", data={"token": own.token}, files=files)
    state = own.wait(answer.headers["location"].rpartition("/")[2])
    (item,) = state["items"]
    assert (item["name"], item["state"]) == ("third.txt", "read")
    document = own.json(f"/api/documents/{item['documents'][0]}")["document"]
    assert (document["source"], document["published"][:16]) == ("lighthouse", "2025-07-04T20:00")
    assert next(s.group for s in own.books.book().sources if s.id == "lighthouse") == "Coast Press"


def test_several_texts_are_pasted_at_once_each_with_its_own_source(own: Desk) -> None:
    other = "Odesa buries its dead\n\nTwo people were killed in the overnight attack on Odesa into Friday, police said.\n"
    form = {"token": own.token, "text": [THIRD, " ", other], "text_source": ["Lighthouse", "", "Pier Post"]}
    form |= {"text_published": ["2025-07-04T20:00:00+03:00", "", "2025-07-05"], "text_title": ["", "", "Odesa buries its dead"]}
    answer = own.client.post("/add", data=form)
    state = own.wait(answer.headers["location"].rpartition("/")[2])
    assert [i["name"] for i in state["items"]] == ["pasted: Odesa counts its wounded", "pasted: Odesa buries its dead"]
    assert [i["state"] for i in state["items"]] == ["read", "read"]
    documents = [own.json(f"/api/documents/{i['documents'][0]}")["document"] for i in state["items"]]
    assert [d["source"] for d in documents] == ["lighthouse", "pier-post"]
    assert own.page("/add?texts=10").count('name="text"') == 10
    assert own.client.get("/add?texts=41").status_code == 422


def test_addresses_of_this_machine_are_not_fetched(own: Desk) -> None:
    form = {"addresses": "http://127.0.0.1:1/x\nfile:///etc/passwd\nhttp://[::1]/ ftp://a.example/", "token": own.token}
    answer = own.client.post("/add", data=form)
    state = own.wait(answer.headers["location"].rpartition("/")[2])
    assert [i["state"] for i in state["items"]] == ["not read"] * 4
    assert "private network" in state["items"][0]["problems"][0]
    assert "no http or https" in state["items"][1]["problems"][0]


def test_the_api_decides_and_adds(own: Desk) -> None:
    head = {"x-crosstally-token": own.json("/api")["token"]}
    made = own.client.post("/api/decisions", json={"kind": "accept", "subject": [claim_of(own, "killed", 2)], "who": "T. Ester"}, headers=head)
    assert made.status_code == 201
    added = own.client.post("/api/reports", json={"text": THIRD, "source": "Lighthouse", "published": "2025-07-04"}, headers=head)
    assert added.status_code == 202
    assert own.wait(added.json()["id"])["items"][0]["state"] == "read"


def mayor(desk: Desk) -> list[Any]:
    return [e for e in desk.json("/api/entities?kind=person")["entities"] if "Hrytsenko" in e["name"]]


def options(page: str, name: str) -> list[str]:
    """What the last choice of that name on the page offers, blanks left out."""
    chosen = re.findall(rf'<select name="{name}"[^>]*>(.*?)</select>', page, re.S)
    return re.findall(r'<option value="([^"]+)"', chosen[-1])


def test_a_person_is_split_and_made_one_again(own: Desk) -> None:
    (before,) = mayor(own)
    page = own.page(f"/people/{before['id']}")
    form = {"kind": "different_person", "subject": options(page, "subject")[0], "other": options(page, "other")[0], "who": "T. Ester"}
    assert "A report means another person" in page
    assert form["subject"] != form["other"]
    form["token"] = own.token
    assert own.client.post("/decide", data=form).status_code == 303
    split = mayor(own)
    assert len(split) == 2
    (decision,) = own.books.decisions()
    page = own.page(f"/people/{split[0]['id']}")
    assert "not the same: decided by T. Ester" in page
    assert f'value="{decision.id}"' in page
    own.client.post("/decide", data={"kind": "undo", "subject": decision.id, "who": "T. Ester", "token": own.token})
    assert [e["id"] for e in mayor(own)] == [before["id"]]


def test_a_speaker_is_preferred_for_one_event_and_figure_and_no_more(own: Desk) -> None:
    claim, event = claim_of(own, "wounded", 15), raid(own)["id"]
    address = own.json(f"/api/claims/{claim}")["address"]
    page = own.page(address)
    assert "Prefer Ivan Hrytsenko" in page
    assert (options(page, "other"), options(page, "value")) == ([event], ["wounded"])
    form = {"kind": "prefer_speaker", "subject": claim, "other": event, "value": "wounded", "who": "T. Ester", "token": own.token}
    assert own.client.post("/decide", data=form).status_code == 303
    (decision,) = own.books.decisions()
    assert (decision.subject, decision.change) == ((claim, event), (("measure", "wounded"),))
    tally = next(t for t in own.books.book().tallies if t.measure == "wounded" and t.event == event)
    assert (tally.latest, tally.best) == (15, 15)
    for where in (address, f"/events/{event}"):
        page = own.page(where)
        assert "preferred for" in page
        assert f'name="subject" value="{decision.id}"' in page
    own.client.post("/decide", data={"kind": "undo", "subject": decision.id, "who": "T. Ester", "token": own.token})
    assert "preferred for" not in own.page(f"/events/{event}")


def test_every_field_that_can_be_corrected_is_offered(own: Desk) -> None:
    page = own.page(own.json(f"/api/claims/{claim_of(own, 'killed', 2)}")["address"])
    assert options(page, "field") == list(FIELDS)
