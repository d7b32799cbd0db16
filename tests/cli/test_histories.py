"""``crosstally history`` and ``crosstally diff``, as a stranger runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_ledger_command import as_json, run

CATALOGUE = "path,source,published\none.txt,Harbour Wire,2025-03-03T09:00\ntwo.txt,Harbour Wire,2025-03-04T09:00\n"
ONE = "A missile strike on Odesa on Monday killed 14 people, the mayor of Odesa said.\n"
TWO = "The death toll of the missile strike on Odesa on Monday rose to 17, the mayor of Odesa said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("sources.csv", CATALOGUE), ("one.txt", ONE), ("two.txt", TWO)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_history_is_printed_and_told_as_json(folder: Path) -> None:
    event = next(e["id"] for e in as_json(run(folder, "ledger", ".", "--format", "json"))["events"] if e["tallies"])
    plain = run(folder, "history", event, ".")
    assert plain.returncode == 0
    assert plain.stdout.index("the first count told") < plain.stdout.index("14 -> 17; an update") < plain.stdout.index("[2] Harbour Wire")
    entries = as_json(run(folder, "history", event[:5], ".", "--format", "json"))["entries"]
    assert [(e["kind"], e["before"], e["quantity"]["low"]) for e in entries] == [("first", None, 14), ("update", "14", 17)]
    assert entries[0]["evidence"][0]["sentence"] in ONE


def test_history_at_a_time_knows_no_later_figure(folder: Path) -> None:
    event = next(e["id"] for e in as_json(run(folder, "ledger", ".", "--format", "json"))["events"] if e["tallies"])
    assert "17" not in run(folder, "history", event, ".", "--as-of", "2025-03-03").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("history", "nothing", "."), "no event here has the id 'nothing'"),
        (("history", "nothing"), "say where to look"),
        (("history", "e", ".", "--measure", "noise"), "no pack declares 'noise'"),
        (("history", "e", ".", "--as-of", "soon"), "is no ISO 8601"),
        (("diff", "no.db", "other.db"), "there is no file 'no.db'"),
        (("diff", "now", "now", "--ledger", "no.db"), "there is no file 'no.db'"),
    ],
)
def test_wrong_usage_names_the_remedy(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (folder / "no.db").exists()


def test_two_ledgers_and_two_times_are_compared(folder: Path) -> None:
    run(folder, "ledger", "one.txt", "--ledger", "early.db")
    run(folder, "ledger", ".", "--ledger", "late.db")
    by_file = run(folder, "diff", "early.db", "late.db")
    by_time = run(folder, "diff", "2025-03-03", "now", "--ledger", "late.db")
    assert by_file.returncode == by_time.returncode == 0
    assert by_file.stdout == by_time.stdout
    assert "killed: 14 -> 17" in by_file.stdout
    assert run(folder, "diff", "late.db", "late.db").stdout == "Nothing changed.\n"
    lines = as_json(run(folder, "diff", "early.db", "late.db", "--format", "json"))["changes"]
    assert {"kind", "text", "event", "claims", "documents", "before", "after"} == set(lines[0])
    assert ("14", "17") in {(line["before"], line["after"]) for line in lines}
