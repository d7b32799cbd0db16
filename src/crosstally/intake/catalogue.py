"""``sources.csv``: what a person says about the files beside it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from crosstally.errors import InputError

from .decode import decode
from .files import read_bytes
from .metadata import Meta, field_of, meta_of
from .values import Notebook, printable

NAME = "sources.csv"
_COLUMNS = "its first line names the columns: path,source,published,language,url,group"


class Catalogue:
    """The rows of one ``sources.csv``, by path relative to its folder."""

    def __init__(self, folder: Path, rows: dict[str, Meta], lines: dict[str, int], label: str) -> None:
        self.folder, self.rows, self.lines, self.label = folder, rows, lines, label

    def find(self, file: Path) -> Meta | None:
        """What is said of ``file``, by its path below the folder, or None."""
        try:
            return self.rows.get(_key(file.relative_to(self.folder).as_posix()))
        except ValueError:
            return None

    def missing(self, read: Iterable[Path], notes: Notebook) -> None:
        """Notes every row whose file is neither among those read nor on disk."""
        seen = {_key(file.relative_to(self.folder).as_posix()) for file in read if file.is_relative_to(self.folder)}
        for key, line in self.lines.items():
            if key not in seen and not _exists(self.folder, key):
                notes.note(f"{self.label}:{line}", f"lists {printable(key)}, which is not there", "correct the path or remove the row")


def load(file: Path, label: str, limit: int, notes: Notebook) -> Catalogue | None:
    """Reads a catalogue; None, with a problem noted, where it cannot be read. A row that cannot be used is noted with its line."""
    try:
        data = read_bytes(file, label, limit)
    except InputError as error:
        notes.problem(error.where, error.problem, error.remedy)
        return None
    return parse(data, file.parent, label, notes)


def parse(data: bytes, folder: Path, label: str, notes: Notebook) -> Catalogue | None:
    """As ``load``, from the bytes of a catalogue of the files in ``folder``."""
    try:
        decoded = decode(data, label)
    except InputError as error:
        notes.problem(error.where, error.problem, error.remedy)
        return None
    if decoded.note:
        notes.note(label, decoded.note, "save it as UTF-8")
    head = decoded.text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=max(",;\t", key=head.count))
    rows: dict[str, Meta] = {}
    lines: dict[str, int] = {}
    columns: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = cells
                if "path" not in {field_of(cell) for cell in cells}:
                    notes.problem(label, "has no column named path", _COLUMNS)
                    return None
                continue
            _row(columns, cells, reader.line_num, label, rows, lines, notes)
    except csv.Error as error:
        message = f"is no comma-separated row ({error}); the rows before it were read"
        notes.problem(f"{label}:{reader.line_num}", message, "check its quotation marks")
    if columns is None:
        notes.note(label, "is empty", _COLUMNS)
    return Catalogue(folder, rows, lines, label)


def _row(
    columns: list[str], cells: list[str], line: int, label: str, rows: dict[str, Meta], lines: dict[str, int], notes: Notebook
) -> None:
    where = f"{label}:{line}"
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        message = f"has {len(cells)} cells for {len(columns)} columns; the last are left out"
        notes.note(where, message, "put quotation marks around a cell with a comma")
    cell_of = {field_of(column) or column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    path = cell_of.get("path", "")
    if not path:
        notes.note(where, "names no file", "fill in the path or remove the row")
        return
    key, meta = _key(path), meta_of({k: v for k, v in cell_of.items() if k != "path"}, NAME)
    if key not in rows:
        rows[key], lines[key] = meta, line
    elif rows[key] == meta:
        notes.note(where, f"lists {printable(path)} again, as in line {lines[key]}", "remove one of the rows")
    else:
        notes.note(where, f"says something else about {printable(path)} than line {lines[key]}, which wins", "remove the row that is wrong")


def _key(path: str) -> str:
    """A path to compare by: forward slashes, no "./", one Unicode form (file systems differ)."""
    return unicodedata.normalize("NFC", str(PurePosixPath(path.replace("\\", "/"))))


def _exists(folder: Path, key: str) -> bool:
    try:
        return (folder / key).exists()
    except (OSError, ValueError):
        return False
