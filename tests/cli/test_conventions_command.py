"""``--convention``, ``export`` and ``import`` as a stranger runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from crosstally.cli import exporting
from crosstally.settings import PRECISIONS
from tests.cli.test_ledger_command import run
from tests.intake.test_official import MAPPING, TABLE

STRIKE = "A missile strike on Odesa killed at least two people and wounded nine on Monday, the mayor said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(STRIKE, "utf-8")
    (tmp_path / "sources.csv").write_text("path,source,published\na.txt,Wire,2025-07-15\n", "utf-8")
    (tmp_path / "nights.csv").write_text(TABLE, "utf-8")
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")
    return tmp_path


def test_the_account_under_a_convention(folder: Path) -> None:
    shown = run(folder, "ledger", "a.txt", "--convention", "ibc")
    assert shown.returncode == 0
    assert "max_deaths: 2 * (ledger: none; by ibc.high, ibc.open_high, ibc.unstated)" in shown.stdout
    assert "not verified: a setting" in shown.stdout and "undercount" in shown.stdout
    coded = json.loads(run(folder, "ledger", "a.txt", "--convention", "ucdp", "--format", "json").stdout)["coded"]
    assert coded["convention"] == "ucdp" and len(coded["rows"]) == 1


def test_raw_is_the_default_and_the_same(folder: Path) -> None:
    assert run(folder, "ledger", "a.txt").stdout == run(folder, "ledger", "a.txt", "--convention", "raw").stdout


def test_explain_says_which_rule_made_which_number(folder: Path) -> None:
    event = json.loads(run(folder, "ledger", "a.txt", "--format", "json").stdout)["events"][0]["id"]
    told = run(folder, "explain", f"{event}/killed", "a.txt", "--convention", "ucdp").stdout
    assert "In the ledger: Killed 2+" in told
    assert "high 2; the ledger has none" in told and "ucdp.open_high:" in told and STRIKE.strip()[:40] in told
    assert "min_" not in told
    assert run(folder, "explain", "e0/killed", "a.txt", "--convention", "ucdp").returncode == 2
    claim = json.loads(run(folder, "ledger", "a.txt", "--format", "json").stdout)["claims"][0]["id"]
    assert run(folder, "explain", claim, "a.txt", "--convention", "ucdp").stdout == run(folder, "explain", claim, "a.txt").stdout


@pytest.mark.parametrize("command", [("ledger",), ("export",), ("explain", "e1")])
def test_an_unknown_convention_changes_nothing(folder: Path, command: tuple[str, ...]) -> None:
    done = run(folder, *command, "a.txt", "--ledger", "new.db", "--convention", "icrc")
    assert done.returncode == 2 and "'icrc'" in done.stderr and "raw, ibc, ucdp" in done.stderr
    assert not (folder / "new.db").exists()


def test_a_convention_with_a_missing_rule_names_file_and_key(folder: Path) -> None:
    from tests.domain.test_conventions import own

    path = own(folder, "[rule.open_high]", "[rule.open_top]")
    done = run(folder, "export", "a.txt", "--ledger", "new.db", "--convention", path.name)
    assert done.returncode == 2 and done.stderr.startswith("crosstally: mine.toml: rule.open_high: is missing")
    assert not (folder / "new.db").exists()


def test_export_in_each_format(folder: Path) -> None:
    table = run(folder, "export", "a.txt", "--convention", "ucdp")
    assert table.returncode == 0
    rows = list(csv.DictReader(io.StringIO(table.stdout)))
    assert [r["best"] for r in rows] == ["2"] and "sha256" in rows[0]["best_evidence"]
    whole = json.loads(run(folder, "export", "a.txt", "--convention", "ucdp", "--format", "json").stdout)
    assert whole["rows"][0]["cells"]["high"]["changed"] is True
    assert run(folder, "export", "a.txt", "--format", "parquet").returncode == 2
    assert run(folder, "export", "a.txt", "--format", "parquet", "-o", "t.parquet").returncode == 0
    assert (folder / "t.parquet").read_bytes()[:4] == b"PAR1"
    assert run(folder, "export", "--ledger", "gone.db").returncode == 2 and not (folder / "gone.db").exists()
    assert run(folder, "export").returncode == 2


def test_settings_of_sharing_are_checked(folder: Path) -> None:
    bad = run(folder, "export", "a.txt", CROSSTALLY_PLACE_PRECISION="street")
    assert bad.returncode == 2 and "CROSSTALLY_PLACE_PRECISION" in bad.stderr
    bad = run(folder, "export", "a.txt", CROSSTALLY_PUBLISH_DELAY="Ukraine=soon")
    assert bad.returncode == 2 and "CROSSTALLY_PUBLISH_DELAY" in bad.stderr
    held = run(folder, "export", "a.txt", "--format", "json", CROSSTALLY_PUBLISH_DELAY="UA=87600")
    assert held.returncode == 0 and json.loads(held.stdout)["rows"] == []
    wide = run(folder, "export", "a.txt", "--convention", "ucdp", CROSSTALLY_PLACE_PRECISION="region")
    assert next(csv.DictReader(io.StringIO(wide.stdout)))["where_prec"] == "4"


def test_the_precisions_of_the_command_are_those_of_the_settings() -> None:
    assert exporting.PRECISIONS == PRECISIONS


def test_import_takes_rows_once_and_says_what_does_not_add_up(folder: Path) -> None:
    (folder / "nights.csv").write_text(TABLE + "p4,2025-04-20 19:00,2025-04-21 08:00,50,40,15\n", "utf-8")
    first = run(folder, "import", "nights.csv", "--mapping", "map.toml", "--ledger", "books.db")
    assert first.returncode == 0 and "4 rows are new; the ledger holds 4 events." in first.stdout
    assert "imbalance: Air attack on Ukraine, 2025-04-20" in first.stdout and first.stdout.count("imbalance") == 1
    again = run(folder, "import", "nights.csv", "--mapping", "map.toml", "--ledger", "books.db")
    assert again.returncode == 0 and "0 rows are new" in again.stdout
    assert "4" in run(folder, "export", "--ledger", "books.db", "--format", "json").stdout


@pytest.mark.parametrize(
    ("table", "mapping", "named"),
    [
        (TABLE.replace("post,", "link,"), MAPPING, "has no column 'post'"),
        (TABLE, MAPPING.replace('column = "sent"', 'column = "sendt"'), "figure[0].column"),
        (TABLE, MAPPING.replace('measure = "launched"', 'measure = "launchd"'), "map.toml: figure[0].measure"),
        (TABLE, MAPPING.replace("[speaker]", "[speeker]"), "map.toml"),
        ("", MAPPING, "nights.csv: is empty"),
    ],
)
def test_a_wrong_table_or_mapping_changes_nothing(folder: Path, table: str, mapping: str, named: str) -> None:
    assert run(folder, "ledger", "a.txt", "--ledger", "old.db").returncode == 0
    before = (folder / "old.db").read_bytes()
    (folder / "nights.csv").write_text(table, "utf-8")
    (folder / "map.toml").write_text(mapping, "utf-8")
    for ledger in ("old.db", "new.db"):
        done = run(folder, "import", "nights.csv", "--mapping", "map.toml", "--ledger", ledger)
        assert done.returncode == 2 and named in done.stderr
    assert (folder / "old.db").read_bytes() == before and not (folder / "new.db").exists()


def test_a_cell_that_cannot_be_read_is_named_and_the_rest_is_taken(folder: Path) -> None:
    (folder / "nights.csv").write_text(TABLE.replace("60.0", "many"), "utf-8")
    done = run(folder, "import", "nights.csv", "--mapping", "map.toml")
    assert done.returncode == 1 and "nights.csv:2: column sent" in done.stderr and "3 rows are new" in done.stdout
