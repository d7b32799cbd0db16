"""Opening a ledger file: is it ours, is it ours to read, and is it up to date. A file that is refused is not touched."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from crosstally.errors import LedgerError
from crosstally.settings import settings

from .tables import APPLICATION_ID, SCHEMA_VERSION

_MAGIC = b"SQLite format 3\x00"
_OTHER = "choose another path; a ledger is made where there is no file"


def open_engine(path: str | os.PathLike[str]) -> Engine:
    """An engine over a ledger with this version's schema. Raises LedgerError; see ``open_ledger``."""
    file = Path(path)
    patience = settings().busy_seconds
    version = _inspect(file)
    engine = _engine(file, patience)
    try:
        if version < SCHEMA_VERSION:
            _migrate(engine)
        _write_ahead(file, patience)
    except LedgerError:
        engine.dispose()
        raise
    except Exception as error:  # whatever stops a migration, it was rolled back with its transaction
        engine.dispose()
        raise LedgerError(f"{file}: cannot be made ready ({_reason(error)}); nothing in it was changed") from error
    return engine


def _inspect(file: Path) -> int:
    """The schema version of a ledger file, 0 where it is still to be made. Reads without writing."""
    if file.is_dir():
        raise LedgerError(f"{file}: is a folder, not a ledger ({_OTHER})")
    if not file.exists():
        if not file.parent.is_dir():
            raise LedgerError(f"{file}: its folder does not exist (make the folder first)")
        return 0
    try:
        with open(file, "rb") as stream:
            header = stream.read(100)
    except OSError as error:
        raise LedgerError(f"{file}: cannot be read ({(error.strerror or 'unknown error').lower()})") from None
    if not header:
        return 0  # made, and the process ended before anything was written
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise LedgerError(f"{file}: is no ledger ({_OTHER})")
    # A write-ahead log may hold a newer header than the file; where there is none, the file is read as one that cannot change.
    logged = os.path.exists(f"{file}-wal") and os.path.getsize(f"{file}-wal") > 0
    uri = f"file:{quote(str(file.absolute()))}?mode=ro" + ("" if logged else "&immutable=1")
    try:
        connection = sqlite3.connect(uri, uri=True)
        try:
            (ours,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LedgerError(f"{file}: is no ledger that can be read ({error}) (restore it from a copy, or {_OTHER})") from None
    if ours != APPLICATION_ID:
        if tables == 0 and ours == 0:
            return 0  # an empty database, such as a first run leaves that was killed before it made the tables
        raise LedgerError(f"{file}: is a database of another program ({_OTHER})")
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"{file}: was written by a newer crosstally (schema {version}; this one reads up to {SCHEMA_VERSION}) (update crosstally)"
        )
    return int(version)


def _engine(file: Path, patience: float) -> Engine:
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(file.absolute())), connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # what was said to be kept survives a power cut, not only a kill

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at the start, so that it waits there instead of failing half way.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _migrate(engine: Engine) -> None:
    """Brings the schema up to date in one transaction; another process that does the same is waited for, and leaves nothing to do."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _write_ahead(file: Path, patience: float) -> None:
    """Lets others read while one writes. Kept in the file, so done once; the change needs the file alone for a moment."""
    until = time.monotonic() + patience
    while True:
        connection = sqlite3.connect(file, timeout=patience)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)
        finally:
            connection.close()


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0][:200] if str(error) else type(error).__name__
