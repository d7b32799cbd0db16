"""The agent server, spoken to by the official client over standard input and output: every answer carries its receipts."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.desk.client import books_with, offers


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agents") / "books.db"
    books_with(offers(), path).close()
    return path


def talk(ledger: Path, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers to some calls, made in one session; a call that failed gives its words."""

    async def go() -> list[Any]:
        parameters = StdioServerParameters(command=sys.executable, args=["-m", "crosstally", "mcp", "--ledger", str(ledger)], env=dict(os.environ))
        async with stdio_client(parameters) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            made: list[Any] = [sorted(t.name for t in (await session.list_tools()).tools)]
            for name, given in calls:
                answer = await session.call_tool(name, given)
                words = answer.content[0].text  # type: ignore[union-attr]
                made.append(words if answer.is_error else json.loads(words))
            return made

    return asyncio.run(go())


def test_the_official_client_is_answered_with_receipts(ledger: Path) -> None:
    tools, listed = talk(ledger, ("list_events", {"place": "Odesa"}))
    assert tools == ["explain_figure", "get_event", "get_findings", "list_events", "search_claims"]
    event = max(listed["events"], key=lambda e: e["claims"])["id"]
    _, whole, early, killed, shot, findings, hits = talk(
        ledger,
        ("get_event", {"event": event}),
        ("get_event", {"event": event, "as_of": "2025-07-04T12:00:00+03:00"}),
        ("explain_figure", {"event": event, "measure": "killed"}),
        ("explain_figure", {"event": event, "measure": "shot_down", "facets": "weapon=drone"}),
        ("get_findings", {"event": event}),
        ("search_claims", {"query": "wounded Odesa"}),
    )
    assert all(c["sentence_text"] and c["outlet"] and c["address"].startswith("/documents/") for c in whole["claims"])
    assert {d["source"] for d in early["documents"]} == {"harbour-wire"}
    (figure,) = killed["figures"]
    assert (figure["low"], [c["sentence_text"] for c in figure["claims"]]) == (2, ["Two people were killed, he said."])
    assert shot["figures"][0]["low"] == 80
    assert all(f["sentences"] or not f["claims"] for f in findings["findings"]) and findings["total"] > 0
    assert hits["hits"]


def test_what_is_not_there_is_said_in_words(ledger: Path) -> None:
    _, missing, measure = talk(ledger, ("get_event", {"event": "nowhere"}), ("get_event", {"event": "nowhere", "as_of": "soon"}))[:3]
    assert "list_events gives the ids" in missing
    assert "Traceback" not in missing + measure


def test_an_agent_cannot_change_the_ledger(ledger: Path) -> None:
    before = ledger.read_bytes()
    talk(ledger, ("list_events", {}), ("search_claims", {"query": "'; DROP TABLE claim; --"}))
    assert ledger.read_bytes() == before
