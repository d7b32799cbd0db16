"""Paths to files: folders walked in order, loops and special files left alone, sizes bounded."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from crosstally.errors import InputError

from .values import Notebook, printable

# Kinds of report by suffix. Everything else in a folder is noted and left.
KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "lines",
    ".ndjson": "lines",
}
_KIND_WORDS = "give .txt, .md, .html or .jsonl"
_DEPTH = 60


class Found(msgspec.Struct, frozen=True):
    """A file to read. ``label``: its path as a person would write it. ``root``: the folder handed in (its own for a file)."""

    file: Path
    label: str
    kind: str
    root: Path


def label_of(path: str | os.PathLike[str]) -> str:
    """A path as printable UTF-8, whatever bytes it holds."""
    return printable(os.fspath(path), 400)


def walk(path: str, notes: Notebook) -> Iterator[Found]:
    """The files of a path, folders in sorted order. What cannot be read is a problem; what is left out is noted."""
    where = label_of(path)
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        notes.problem(where, _why(path, error), "check the path and its permissions")
        return
    given = Path(path)
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(given, notes)
    elif kind := (KINDS.get(given.suffix.lower()) or ("text" if not given.suffix or not stat.S_ISREG(status.st_mode) else None)):
        yield Found(given, where, kind, given.parent)
    else:
        notes.problem(where, f"is of a kind that is not read ({printable(given.suffix)})", _KIND_WORDS)


def _folder(root: Path, notes: Notebook) -> Iterator[Found]:
    """Depth first, names sorted. A folder met again (a link in a loop) is not entered twice."""
    entered: set[tuple[int, int]] = set()
    waiting: list[Path] = [root]
    before = len(notes.problems)
    some = False
    while waiting:
        path = waiting.pop()
        where = label_of(path)
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) in entered:
                    notes.note(where, "is a folder already read, through a link; not entered again")
                    continue
                entered.add((status.st_dev, status.st_ino))
                if len(path.parts) - len(root.parts) > _DEPTH:
                    notes.problem(where, f"lies more than {_DEPTH} folders deep", "give the inner folder itself")
                    continue
                with os.scandir(path) as entries:
                    names = sorted((entry.name for entry in entries if not entry.name.startswith(".")), reverse=True)
                waiting.extend(path / name for name in names)
                continue
        except (OSError, ValueError) as error:
            notes.problem(where, _why(path, error), "check the file and its permissions")
            continue
        if path.name.lower() == "sources.csv" or path.stem.upper() == "README":
            continue
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            notes.note(where, "is left out: its kind is not read", _KIND_WORDS)
        elif not stat.S_ISREG(status.st_mode):
            notes.note(where, "is left out: no regular file")
        else:
            some = True
            yield Found(path, where, kind, root)
    if not some and len(notes.problems) == before:
        notes.problem(label_of(root), "holds no report", _KIND_WORDS)


def read_bytes(file: Path, label: str, limit: int) -> bytes:
    """The bytes of a file, no more than ``limit``. Raises InputError where it is larger or cannot be read."""
    try:
        with open(file, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = b"" if size > limit else stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(label, _why(file, error), "check the file and its permissions") from None
    if size > limit or len(data) > limit:
        raise too_large(label, max(size, len(data)), limit)
    return data


def too_large(label: str, size: int, limit: int) -> InputError:
    return InputError(
        label,
        f"is {'more than ' if size == limit + 1 else ''}{size / 1e6:,.1f} MB; one report may have {limit / 1e6:,.1f} MB",
        "split it into its reports, one file each or one a line of a .jsonl, or raise CROSSTALLY_MAX_REPORT_BYTES",
    )


def _why(path: object, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "is a link to nothing" if os.path.islink(str(path)) else "is not there"
    if isinstance(error, PermissionError):
        return "may not be read"
    if isinstance(error, OSError):
        return f"cannot be read ({(error.strerror or 'unknown error').lower()})"
    return "is no path"
