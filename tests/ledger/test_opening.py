"""Files that are ledgers, files that are not, and what is left of them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from crosstally.errors import LedgerError
from crosstally.ledger import open_ledger
from crosstally.ledger.tables import APPLICATION_ID, SCHEMA_VERSION, metadata
from crosstally.values import Document
from tests import unprivileged


def refused(path: Path, match: str) -> None:
    before = path.read_bytes()
    listing = sorted(os.listdir(path.parent))
    with pytest.raises(LedgerError, match=match) as caught:
        open_ledger(path)
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == listing
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path) -> None:
    for name, data in {"a.txt": b"Two people were hurt.", "b.db": b"SQLite format 3\x00 and no more", "c.db": b"\x00" * 5000}.items():
        (tmp_path / name).write_bytes(data)
        refused(tmp_path / name, "is no ledger")


def test_a_broken_database_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    open_ledger(file).close()
    data = file.read_bytes()
    file.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    refused(file, "is no ledger that can be read")


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    for mode in ("delete", "wal"):
        file = tmp_path / f"{mode}.db"
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("CREATE TABLE claim (id)")
        connection.commit()
        connection.close()
        refused(file, "another program")


def test_a_ledger_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    open_ledger(file).close()
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    refused(file, "newer crosstally .*update crosstally")


def test_a_folder_and_a_path_without_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(tmp_path)
    with pytest.raises(LedgerError, match="folder does not exist"):
        open_ledger(tmp_path / "no" / "l.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("start", ["missing", "empty file", "empty database"])
def test_a_fresh_ledger_comes_from_the_migrations_and_equals_the_tables(tmp_path: Path, start: str) -> None:
    file = tmp_path / "l.db"
    if start == "empty file":
        file.touch()
    elif start == "empty database":
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
    open_ledger(file).close()
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    migrated = inspect(create_engine(f"sqlite:///{file}"))
    assert set(metadata.tables) <= set(migrated.get_table_names())
    for name, table in metadata.tables.items():
        columns = [(c["name"], str(c["type"]), c["nullable"], bool(c["primary_key"])) for c in migrated.get_columns(name)]
        wanted = [(c.name, str(c.type), bool(c.nullable), c.primary_key) for c in table.columns]
        assert columns == wanted, name
        assert {i["name"] for i in migrated.get_indexes(name)} == {i.name for i in table.indexes}, name
        assert len(migrated.get_foreign_keys(name)) == len(table.foreign_keys), name


def test_every_migration_counts_the_schema_version_up() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import crosstally.ledger

    config = Config()
    config.set_main_option("script_location", str(Path(crosstally.ledger.__file__).parent / "migrations"))
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    assert len(steps) == SCHEMA_VERSION
    assert steps[0].revision == f"{SCHEMA_VERSION:04}"


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import command

    real = command.upgrade

    def half(config: object, revision: str) -> None:
        real(config, revision)  # type: ignore[arg-type]
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(command, "upgrade", half)
    file = tmp_path / "l.db"
    with pytest.raises(LedgerError, match="cannot be made ready"):
        open_ledger(file)
    monkeypatch.undo()
    with open_ledger(file) as store:
        assert store.documents() == ()


def test_opening_again_loads_no_migration_library(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    open_ledger(file).close()
    script = "import sys; from crosstally.ledger import open_ledger; open_ledger(sys.argv[1]).close(); sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script, str(file)], check=False).returncode == 0


def test_importing_the_ledger_loads_no_database_library() -> None:
    script = "import sys, crosstally.ledger; sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'alembic', 'sqlite3')))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_ledger_in_use_is_waited_for_and_then_said_to_be_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSTALLY_BUSY_SECONDS", "0.2")
    file = tmp_path / "l.db"
    with open_ledger(file) as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match=r"locked; nothing was changed .*another process"):
            store.put([Document.from_text("Two people were hurt.")], [], [])
        assert store.documents() == ()  # reading goes on meanwhile
        other.execute("ROLLBACK")
        store.put([Document.from_text("Two people were hurt.")], [], [])
        assert len(store.documents()) == 1
        other.close()


def test_a_ledger_that_may_not_be_written_says_so() -> None:
    with unprivileged.folder() as path:
        file = path / "l.db"
        open_ledger(file).close()
        file.chmod(0o444)
        with unprivileged.nobody(), open_ledger(file) as store, pytest.raises(LedgerError, match="readonly"):
            store.note("hello")
