"""What every command does at its edges: opens the books, reads what was named, writes, and says what went wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from crosstally.app import Ledger


def open_books(ledger_path: Path | None) -> Ledger:
    """The ledger in a file, or one in memory."""
    from crosstally.app import open_ledger

    return open_ledger(ledger_path)


def read_into(paths: tuple[str, ...], books: Ledger) -> None:
    """Reads what was named into the books; ``-`` is standard input, as bytes, so that its encoding is told like any file's."""
    if paths:
        from crosstally.app import read

        read(paths, ledger=books, stdin=sys.stdin.buffer if "-" in paths else None)


def moment(text: str, hint: str = "--as-of") -> str:
    """An ISO 8601 date or time, or wrong usage."""
    from crosstally.values import iso

    try:
        return iso(text) or text
    except ValueError:
        raise click.BadParameter(f"{text!r} is no ISO 8601 date or time; write 2025-07-05 or 2025-07-05T06:00", param_hint=hint) from None


def unwritten(output: Path, error: OSError) -> click.ClickException:
    return click.FileError(str(output), f"{error.strerror or type(error).__name__}; name a file that can be written")


def write(text: str | None, output: Path | None) -> None:
    """UTF-8, whatever the terminal speaks; nothing for None."""
    if text is None:
        return
    data = text.encode("utf-8", "replace")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise unwritten(output, error) from None


def say_problems(books: Ledger) -> None:
    for problem in (*books.problems, *books.notes):
        click.echo(f"crosstally: {problem}", err=True)
