"""``.jsonl``: one report a line, read line by line so that a table of any length needs the memory of its longest line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from crosstally.errors import InputError

from .decode import decode
from .files import too_large
from .metadata import Meta, fields_of, meta_of
from .values import Notebook, printable

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_REMEDY = 'write one object a line: {"text": "...", "title": "...", "published": "2025-07-04", "source": "...", "url": "..."}'


def read_lines(stream: BinaryIO, label: str, limit: int, notes: Notebook) -> Iterator[tuple[str, str, Meta]]:
    """(where, text, metadata) of every line that can be read; every other line is a problem named ``label:line``."""
    for number, raw in _lines(stream, label, limit, notes):
        where = f"{label}:{number}"
        try:
            decoded = decode(raw, where)
            row = _json(decoded.text)
        except InputError as error:
            notes.problem(error.where, error.problem, error.remedy)
            continue
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            notes.problem(where, f"is no JSON ({printable(str(error).removeprefix('JSON is malformed: '))})", _REMEDY)
            continue
        if not isinstance(row, dict):
            notes.problem(where, "is JSON but no object", _REMEDY)
            continue
        if decoded.note:
            notes.note(where, decoded.note, "save it as UTF-8")
        text = _text(row)
        if not text.strip():
            notes.problem(where, "holds no text", _REMEDY)
            continue
        yield where, text, meta_of({key: value for key, value in row.items() if key != "text"}, "the line")


def _json(line: str) -> object:
    """A line's value. Halves of surrogate pairs, which some writers leave, are legal JSON but stop the strict reader."""
    try:
        return msgspec.json.decode(line.encode("utf-8"))
    except msgspec.DecodeError as error:
        if "\\ud" not in line.lower():
            raise
        try:
            return json.loads(line)
        except ValueError:
            raise error from None


def _text(row: dict[str, object]) -> str:
    """The report's words; a list of paragraphs is joined by empty lines. Lone halves of surrogate pairs become one character each."""
    joined = {
        key: "\n\n".join(value) if isinstance(value, list) and value and all(isinstance(v, str) for v in value) else value
        for key, value in row.items()
        if isinstance(value, str | list)
    }
    text = fields_of(joined).get("text", "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\x00", "�")


def _lines(stream: BinaryIO, label: str, limit: int, notes: Notebook) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank; one longer than ``limit`` is a problem and skipped to its end."""
    first = stream.read(2)
    if first in _WIDE:
        data = first + stream.read(limit + 1)
        if len(data) > limit:
            raise too_large(label, len(data), limit)
        stream, first = io.BytesIO(decode(data, label).text.encode("utf-8")), b""
    number = 0
    while True:
        number += 1
        line = first + (stream.readline(limit + 1) if not first.endswith(b"\n") else b"")
        first = b""
        if not line:
            return
        if len(line) > limit:
            error = too_large(f"{label}:{number}", limit + 1, limit)
            notes.problem(error.where, error.problem, error.remedy)
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line
