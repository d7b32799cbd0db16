"""Pages and answers: each shows what the ledger says, at its own address, and in its other forms."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest

from tests.desk.client import Desk


@pytest.fixture(scope="module")
def raid(desk: Desk) -> Any:
    return max(desk.json("/api/events")["events"], key=lambda e: e["claims"])


def claim_of(desk: Desk, event: str, measure: str, low: int) -> Any:
    return next(c for c in desk.json(f"/api/claims?event={event}&measure={measure}")["claims"] if c["quantity"]["low"] == low)


def test_the_situation_lists_every_event_with_its_dead_and_wounded(desk: Desk, raid: Any) -> None:
    page = desk.page("/")
    for event in desk.json("/api/events")["events"]:
        assert event["title"].replace("'", "&#39;") in page
    assert raid["cost"] == [{"figure": "2+", "of": "killed"}, {"figure": "15+", "of": "wounded"}]
    assert "<b>15+</b> wounded" in page
    assert '<svg viewBox="0 0 420' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("kind=air_attack", True), ("kind=shooting", False), ("place=odesa", True), ("place=Lviv", False), ("since=2025-07-03&until=2025-07-04", True),
     ("since=2025-07-05", False), ("until=2025-07-02", False), ("q=odesa", True), ("q=zzzz", False), ("state=planned", False)],
)  # fmt: skip
def test_filters(desk: Desk, raid: Any, query: str, found: bool) -> None:
    assert (raid["id"] in {e["id"] for e in desk.json(f"/api/events?{query}")["events"]}) == found
    assert (f"/events/{raid['id']}" in desk.page(f"/?{query}")) == found


def test_a_figure_of_the_event_leads_to_its_sentence_in_its_report(desk: Desk, raid: Any) -> None:
    page = desk.page(raid["address"])
    claim = claim_of(desk, raid["id"], "killed", 2)
    links = set(re.findall(r'href="(/documents/[^"#]+\?claim=' + claim["id"] + r'#[^"]+)"', page))
    assert len(links) == 1
    address, fragment = links.pop().split("#")
    text = desk.page(address)
    assert re.search(rf'<span[^>]* id="{fragment}"[^>]*>', text)
    assert re.search(r'<span class="lit">[^<]*(?:<(?!p).*?)?killed', text)
    assert claim["sentence_text"] == "Two people were killed, he said."


def test_every_claim_is_marked_where_it_stands(desk: Desk) -> None:
    for document in desk.json("/api/documents")["documents"]:
        page = desk.page(document["address"])
        claims = desk.json(f"/api/claims?document={document['id']}")["claims"]
        assert len(claims) == document["claims"] > 2
        assert all(f'id="c-{c["id"]}"' in page for c in claims)


def test_two_reports_side_by_side_are_aligned_by_what_both_tell(desk: Desk) -> None:
    first, second = (d["id"] for d in desk.json("/api/documents")["documents"])
    page = desk.page(f"/documents/{first}?beside={second}")
    assert page.count('<article class="text"') == 2
    keys = re.findall(r'<li data-pair="(\d+)">', page)
    assert keys
    assert all(len(re.findall(rf'<a [^>]*data-pair="{key}"', page)) >= 2 for key in keys)
    assert "also in the other report" in page  # the sentence that both print


def test_as_of_leaves_out_what_was_not_yet_out(desk: Desk, raid: Any) -> None:
    early = desk.json(f"/api/events/{raid['id']}?as_of=2025-07-04T12:00:00%2B03:00")
    assert {d["source"] for d in early["documents"]} == {"harbour-wire"}
    assert not [t for t in early["event"]["tallies"] if t["measure"] == "killed"]
    assert "killed" not in [t["measure"] for t in early["event"]["tallies"]]
    page = desk.page(f"{raid['address']}?as_of=2025-07-04T12:00:00%2B03:00")
    assert "Quay Daily" not in page.split("Join or split")[0]
    assert desk.client.get(f"{raid['address']}?as_of=yesterday").status_code == 422


def test_a_convention_marks_what_it_changes(desk: Desk, raid: Any) -> None:
    plain = desk.page(raid["address"])
    coded = desk.page(f"{raid['address']}?convention=ucdp")
    assert 'class="changed' not in plain
    assert re.search(r'<th scope="row">best</th><td>(<mark>)?2', coded)
    answer = desk.json(f"/api/events/{raid['id']}/coded/ucdp")
    assert any(c["column"] == "best" and c["value"] == 2 for row in answer["rows"] for c in row["cells"])
    assert desk.client.get(f"{raid['address']}?convention=none-such").status_code == 404


def test_every_view_has_its_json_its_csv_and_its_xlsx(desk: Desk, raid: Any) -> None:
    document = desk.json("/api/documents")["documents"][0]["address"]
    person = desk.json("/api/entities?kind=person")["entities"][0]["address"]
    place = desk.json("/api/entities?kind=place")["entities"][0]["address"]
    ids = [d["id"] for d in desk.json("/api/documents")["documents"]]
    coded, beside = f"{raid['address']}?convention=ucdp", f"/documents/{ids[0]}?beside={ids[1]}"
    for page in ("/", raid["address"], coded, "/documents", document, beside, "/people", "/people?kind=place", person, place):
        links = {form: href.replace("&amp;", "&") for href, form in re.findall(r'<a href="([^"]+)">(JSON|CSV|XLSX)</a>', desk.page(page))}
        assert set(links) == {"JSON", "CSV", "XLSX"}, page
        assert isinstance(desk.json(links["JSON"]), dict)
        rows = list(csv.reader(io.StringIO(desk.page(links["CSV"]))))
        assert len(rows) > 1 and {len(r) for r in rows} == {len(rows[0])}
        book = zipfile.ZipFile(io.BytesIO(desk.client.get(links["XLSX"]).content))
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(rows)


def test_what_is_taken_away_is_what_the_view_shows(desk: Desk, raid: Any) -> None:
    """A filter, a time or a search narrows the table and the JSON as it narrows the page."""

    def taken(page: str) -> tuple[list[list[str]], Any]:
        links = {form: href.replace("&amp;", "&") for href, form in re.findall(r'<a href="([^"]+)">(JSON|CSV)</a>', desk.page(page))}
        return list(csv.reader(io.StringIO(desk.page(links["CSV"]))))[1:], desk.json(links["JSON"])

    assert taken("/?kind=shooting") == ([], {"total": 0, "offset": 0, "events": []})
    rows, told = taken("/?kind=air_attack&since=2025-07-03")
    assert [r[0] for r in rows] == [e["id"] for e in told["events"]]
    assert [r[7] for r in rows if r[0] == raid["id"]] == ["2+ killed; 15+ wounded"]
    rows, told = taken("/?q=thirteen")
    assert [r[0] for r in rows] == [e["id"] for e in told["events"]] == [raid["id"]]
    rows, told = taken(f"{raid['address']}?as_of=2025-07-04T12:00:00%2B03:00")
    assert {r[0] for r in rows} >= {c["id"] for c in told["claims"]} and not [r for r in rows if r[8] == "killed"]
    rows, told = taken("/documents?q=quay")
    assert [r[2] for r in rows] == [d["outlet"] for d in told["documents"]] == ["Quay Daily"]
    rows, told = taken("/people?kind=place&q=ode")
    assert [r[2] for r in rows] == [e["name"] for e in told["entities"]] == ["Odesa"]


def test_a_place_has_its_spellings_its_events_and_what_is_told_of_it_alone(desk: Desk, raid: Any) -> None:
    (odesa,) = [e for e in desk.json("/api/entities?kind=place")["entities"] if e["name"] == "Odesa"]
    page = desk.page(odesa["address"])
    told = desk.json(f"/api{odesa['address']}")
    assert raid["id"] in {e["id"] for e in told["events"]} and f"/events/{raid['id']}" in page
    assert "<b>15+</b> wounded" in page and 'class="map"' in page
    assert len(told["documents"]) == 2 and "Harbour Wire" in page
    document = desk.json("/api/documents")["documents"][0]["address"]
    assert f'href="{odesa["address"]}"' in desk.page(document)


def test_people_have_their_roles_and_quotes(desk: Desk) -> None:
    (mayor,) = [e for e in desk.json("/api/entities?kind=person")["entities"] if "Hrytsenko" in e["name"]]
    page = desk.page(mayor["address"])
    assert "Ivan Hrytsenko" in page and "Harbour Wire" in page and "Quay Daily" in page


@pytest.mark.parametrize(
    "where",
    ["/events/x", "/documents/x", "/people/x", "/places/x", "/claims/x", "/add/x", "/tables/x.csv", "/tables/claims.pdf", "/static/../web.py",
     "/tables/items.csv?job=x", "/tables/coded.csv?event=x&convention=ucdp", "/tables/claims.csv?document=x", "/api/events/x", "/api/claims/x",
     "/api/documents/x", "/api/jobs/x", "/api/entities/x", "/api/places/x", "/api/nowhere"],
)  # fmt: skip
def test_what_is_not_here_is_said(desk: Desk, where: str) -> None:
    answer = desk.client.get(where)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert ("detail" in answer.text) == where.startswith("/api")


def test_an_empty_ledger_says_how_to_begin() -> None:
    from crosstally.serving import LedgerBooks

    page = Desk(LedgerBooks()).page("/")
    assert "no report yet" in page and 'href="/add"' in page


def test_names_of_victims_are_withheld_until_asked_for() -> None:
    from crosstally.desk.ports import Offer
    from tests.desk.client import books_with

    name = "Oksana Merezhko"
    text = f"Raid on Odesa kills teacher {name}\n\nA Russian drone killed {name}, 41, a teacher, in Odesa overnight into Friday, police said.\n"
    third = f"Odesa mourns\n\n{name}, 41, was killed by a drone in Odesa overnight into Friday, police said. Another two people were wounded.\n"
    given = [Offer("a.txt", text.encode(), source="Wire", published="2025-07-04")]
    given += [Offer("b.txt", third.encode(), source="Quay", published="2025-07-05")]
    books = books_with(given)
    desk = Desk(books)
    (event,) = [e for e in desk.json("/api/events?names=1")["events"] if e["claims"]][:1]
    documents = [d["address"] for d in desk.json("/api/documents")["documents"]]
    views = ["/", f"/?q={name.split()[1]}", event["address"], "/documents", *documents, "/people", "/people?kind=", "/decide", "/add"]
    views += [f"/api{a}" for a in (event["address"], *documents)]
    views += ["/api/events", "/api/documents", "/api/claims", "/api/findings", "/api/entities", "/api/ledger"]
    views += [f"/api/search?q={name.split()[1]}", "/tables/claims.csv", "/tables/documents.csv", "/tables/entities.csv", "/tables/mentions.csv"]
    for view in views:
        assert name not in desk.page(view), view
    shown = [view for view in (event["address"], *documents, "/people", "/api/ledger", "/tables/claims.csv") if name in desk.page(f"{view}?names=1")]
    assert len(shown) >= 5
