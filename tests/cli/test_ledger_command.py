"""The command as a stranger runs it: a new process in an empty folder. Bad input names the file and the remedy, and is never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOOD = "A missile strike on Odesa killed two people and wounded nine on Monday, the mayor said.\n"
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("CROSSTALLY_")} | {"COLUMNS": "100", "NO_COLOR": "1"}


def run(folder: Path, *arguments: str, given: str | bytes = b"", **more: str) -> subprocess.CompletedProcess[str]:
    """``python -m crosstally`` in ``folder``; whatever happens, no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "crosstally", *arguments],
        cwd=folder,
        input=given if isinstance(given, bytes) else given.encode(),
        capture_output=True,
        env=ENVIRONMENT | more,
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    return tmp_path


def as_json(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# what cannot be read


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x00\x01\x02\x7f" * 500, "is binary data"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "is a picture"),
        (b"%PDF-1.7 obj", "is a PDF"),
    ],
)
def test_a_file_without_text_is_named_and_the_others_are_read(folder: Path, content: bytes, problem: str) -> None:
    (folder / "bad.txt").write_bytes(content)
    done = run(folder, "ledger", ".", "--format", "json")
    assert done.returncode == 1
    assert "bad.txt" in done.stderr and problem in done.stderr and "(" in done.stderr, "file, problem and remedy"
    assert [d["path"] for d in as_json(done)["documents"]] == ["good.txt"]


def test_a_missing_path_is_named_and_the_others_are_read(folder: Path) -> None:
    done = run(folder, "ledger", "gone.txt", "good.txt")
    assert done.returncode == 1
    assert "gone.txt: is not there" in done.stderr
    assert "Killed 2+" in done.stdout


def test_a_malformed_line_is_named_by_its_number(folder: Path) -> None:
    lines = ['{"text": "The strike on Odesa killed two people.", "source": "Wire", "published": "2025-07-15"}', "{oops", '{"title": "no text"}']
    (folder / "feed.jsonl").write_text("\n".join(lines), "utf-8")
    done = run(folder, "ledger", "feed.jsonl", "--format", "json")
    assert done.returncode == 1
    assert "feed.jsonl:2: is no JSON" in done.stderr
    assert "feed.jsonl:3: holds no text" in done.stderr
    assert [d["path"] for d in as_json(done)["documents"]] == ["feed.jsonl:1"]


def test_an_empty_folder_says_what_it_wants(tmp_path: Path) -> None:
    done = run(tmp_path, "ledger", ".")
    assert done.returncode == 1
    assert "holds no report" in done.stderr and ".jsonl" in done.stderr


def test_too_large_a_report_names_the_setting_that_allows_it(folder: Path) -> None:
    done = run(folder, "ledger", "good.txt", CROSSTALLY_MAX_REPORT_BYTES="20")
    assert done.returncode == 1
    assert "CROSSTALLY_MAX_REPORT_BYTES" in done.stderr


# what is read, with a word about it


def test_a_wrong_encoding_is_read_and_said(folder: Path) -> None:
    (folder / "old.txt").write_bytes("The mayor of Orléans said two people were killed in the strike on Odesa – “a black day”.".encode("cp1252"))
    done = run(folder, "ledger", "old.txt", "--format", "json")
    assert done.returncode == 0
    assert "old.txt: is no UTF-8; read as Windows-1252" in done.stderr
    assert as_json(done)["claims"]


def test_contradictory_metadata_says_what_won(folder: Path) -> None:
    (folder / "sources.csv").write_text("path,source,published\npage.html,City Desk,2025-07-15\n", "utf-8")
    (folder / "page.html").write_text(
        '<html lang="en"><head><title>Strike</title><meta property="article:published_time" content="2025-07-12T08:00:00Z"></head>'
        f"<body><article><p>{GOOD}</p></article></body></html>",
        "utf-8",
    )
    done = run(folder, "ledger", "page.html", "--format", "json")
    assert done.returncode == 0
    assert "published is '2025-07-15' by sources.csv but '2025-07-12" in done.stderr and "sources.csv wins" in done.stderr
    assert as_json(done)["documents"][0]["published"] == "2025-07-15"


def test_an_unreadable_date_leaves_the_date_unknown(folder: Path) -> None:
    (folder / "sources.csv").write_text("path,source,published\ngood.txt,City Desk,some Tuesday\n", "utf-8")
    done = run(folder, "ledger", "good.txt", "--format", "json")
    assert done.returncode == 0
    assert "'some Tuesday'" in done.stderr and "2025-07-04" in done.stderr, "the date and how to write one"
    assert as_json(done)["documents"][0]["published"] is None


def test_a_file_that_the_catalogue_leaves_out_is_read_and_said(folder: Path) -> None:
    (folder / "sources.csv").write_text("path,source\nother.txt,City Desk\n", "utf-8")
    done = run(folder, "ledger", ".", "--format", "json")
    assert done.returncode == 0
    assert "good.txt: is not listed in sources.csv" in done.stderr
    assert as_json(done)["documents"][0]["source"] == "unknown"


def test_pasted_text_is_read(tmp_path: Path) -> None:
    done = run(tmp_path, "ledger", "-", given=GOOD)
    assert done.returncode == 0, done.stderr
    assert "Killed 2+" in done.stdout


# wrong usage


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ledger"], "name at least one report or folder"),
        (["ledger", "good.txt", "--as-of", "yesterday"], "2025-07-05"),
        (["ledger", "good.txt", "--format", "xml"], "'text', 'json', 'html'"),
        (["explain", "c1"], "say where to look"),
        (["explain", "c000000000000", "good.txt"], "nothing here has the id 'c000000000000'"),
        (["explain", "e0/killed", "good.txt"], "nothing here has the id 'e0/killed'"),
        (["nonsense"], "No such command"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_wrong_usage_ends_with_2_and_says_what_would_do(folder: Path, arguments: list[str], says: str) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert not done.stdout


def test_a_setting_that_is_no_number_names_the_variable(folder: Path) -> None:
    done = run(folder, "ledger", "good.txt", CROSSTALLY_DEADLINE_SECONDS="soon")
    assert done.returncode == 2
    assert "CROSSTALLY_DEADLINE_SECONDS: 'soon' is no number" in done.stderr


def test_output_that_cannot_be_written_is_said(folder: Path) -> None:
    for form in ("text", "json", "html"):
        done = run(folder, "ledger", "good.txt", "--format", form, "--output", "no/such/folder/out")
        assert done.returncode in (1, 2)
        assert "no/such/folder/out" in done.stderr


# the ledger kept in a file


@pytest.mark.parametrize("content", [b"not a database\n", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_ledger_is_refused_and_left_alone(folder: Path, content: bytes) -> None:
    (folder / "books.db").write_bytes(content)
    done = run(folder, "ledger", "good.txt", "--ledger", "books.db")
    assert done.returncode == 2
    assert "books.db: is no ledger" in done.stderr
    assert (folder / "books.db").read_bytes() == content


def test_a_kept_ledger_says_what_changed_and_takes_a_report_once(folder: Path) -> None:
    first = run(folder, "ledger", "good.txt", "--ledger", "books.db", "--format", "json")
    assert first.returncode == 0
    assert "1 report came in" in first.stderr and "new event" in first.stderr
    again = run(folder, "ledger", "good.txt", "--ledger", "books.db", "--format", "json")
    assert "Nothing changed." in again.stderr
    assert again.stdout == first.stdout
    kept = run(folder, "ledger", "--ledger", "books.db", "--format", "json")
    assert kept.stdout == first.stdout


def test_one_report_more_shows_the_events_it_tells_and_counts_the_others(folder: Path) -> None:
    (folder / "other.txt").write_text("A ferry capsized off Mombasa, Kenya, on Sunday, killing seven people, the coast guard said.\n", "utf-8")
    first = run(folder, "ledger", "good.txt", "--ledger", "books.db")
    assert "Odesa" in first.stdout and "other event" not in first.stderr
    more = run(folder, "ledger", "other.txt", "--ledger", "books.db")
    assert "Killed 7" in more.stdout and "Odesa" not in more.stdout
    assert "1 other event stands in this ledger: crosstally ledger --ledger books.db shows all." in more.stderr
    whole = run(folder, "ledger", "--ledger", "books.db")
    assert "Killed 7" in whole.stdout and "Odesa" in whole.stdout and "other event" not in whole.stderr


# explain


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "good.txt").write_text(GOOD, "utf-8")
    return folder, as_json(run(folder, "ledger", "good.txt", "--format", "json"))


def test_explain_tells_how_a_claim_was_read(read_once: tuple[Path, dict[str, Any]]) -> None:
    folder, ledger = read_once
    claim = next(c for c in ledger["claims"] if c["measure"] == "killed")
    done = run(folder, "explain", claim["id"], "good.txt")
    assert done.returncode == 0
    assert "killed two people" in done.stdout
    assert "mayor" in done.stdout
    assert all(step in done.stdout for step in claim["trace"])


def test_explain_names_the_frame_that_read_a_claim(read_once: tuple[Path, dict[str, Any]]) -> None:
    folder, ledger = read_once
    claim = next(c for c in ledger["claims"] if c["measure"] == "killed")
    assert claim["rule"] in run(folder, "explain", claim["id"], "good.txt").stdout


def test_explain_tells_how_a_tally_was_derived(read_once: tuple[Path, dict[str, Any]]) -> None:
    folder, ledger = read_once
    event = ledger["events"][0]["id"]
    done = run(folder, "explain", f"{event}/wounded", "good.txt")
    assert done.returncode == 0
    assert "state: single" in done.stdout and "9" in done.stdout
    every = run(folder, "explain", event, "good.txt")
    assert "Killed" in every.stdout and "Wounded" in every.stdout


# what comes out


def test_json_follows_the_schema(folder: Path) -> None:
    import jsonschema

    schema = json.loads((ROOT / "docs" / "schema" / "ledger-1.json").read_text("utf-8"))
    (folder / "empty.txt").write_text("", "utf-8")
    for arguments in (["good.txt"], ["empty.txt"], [str(ROOT / "examples" / "reports")]):
        ledger = as_json(run(folder, "ledger", *arguments, "--format", "json"))
        jsonschema.Draft202012Validator(schema).validate(ledger)


def test_the_page_goes_to_the_file_named(folder: Path) -> None:
    done = run(folder, "ledger", "good.txt", "--format", "html", "--output", "page.html")
    assert done.returncode == 0 and not done.stdout
    assert (folder / "page.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")


def test_as_of_leaves_out_what_came_later(folder: Path) -> None:
    rows = [("early", "2025-07-15T06:00", "two"), ("late", "2025-07-15T20:00", "three")]
    text = "A missile strike on Odesa on Monday killed {} people, the mayor said."
    lines = [json.dumps({"text": text.format(killed), "published": when, "source": source}) for source, when, killed in rows]
    (folder / "feed.jsonl").write_text("\n".join(lines), "utf-8")
    cut = as_json(run(folder, "ledger", "feed.jsonl", "--format", "json", "--as-of", "2025-07-15T12:00"))
    assert [d["source"] for d in cut["documents"]] == ["early"]
    assert [t["low"] for e in cut["events"] for t in e["tallies"] if t["measure"] == "killed"] == [2]


def test_the_same_reports_give_the_same_bytes(folder: Path) -> None:
    reports = str(ROOT / "examples" / "reports")
    one, other = (run(folder, "ledger", reports, "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert one and one == other
