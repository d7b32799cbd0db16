"""Bytes to text: the encoding found or assumed, and said."""

from __future__ import annotations

import codecs
import re

import msgspec

from crosstally.errors import InputError


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# File kinds that are mistaken for text, by their first bytes, and what to do with them.
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save its text as .txt"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save its text as .txt"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "a picture", "give the report's text, not a picture of it"),
    (b"\xff\xd8\xff", "a picture", "give the report's text, not a picture of it"),
    (b"GIF8", "a picture", "give the report's text, not a picture of it"),
    (b"SQLite format 3\x00", "a database", "give it with --ledger if it is a ledger"),
    (b"{\\rtf", "an RTF document", "save its text as .txt"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings a page may declare. Anything else is ignored: some of Python's codecs are no text encodings.
_DECLARABLE = _words(
    "utf-8 utf-16 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 "
    "iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-15 koi8-r koi8-u gb18030 gbk gb2312 big5 euc-jp "
    "shift_jis euc-kr us-ascii latin1"
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65536


class Decoded(msgspec.Struct, frozen=True):
    """``text`` without a byte order mark. ``note`` says what was assumed, "" where nothing was. ``encoding`` as Python names it."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, where: str, *, declared: bool = False) -> Decoded:
    """Text of ``data``. ``declared``: look for a page's own ``charset=``. Raises InputError, naming ``where``, for what is no text.

    UTF-8 is tried first, strictly; a byte order mark decides; then what the page declares; then UTF-16 without a mark, UTF-8 with few
    bad bytes, and last Windows-1251 or Windows-1252, by which of them the bytes look like.
    """
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic):
            raise InputError(where, f"is {kind}, not text", remedy)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, where)
    if b"\x00" in data[:_SAMPLE]:
        return _wide(data, where)
    try:
        return _plain(data.decode("utf-8"), "utf-8", "", where)
    except UnicodeDecodeError:
        pass
    if declared and (name := _declared(data)):
        text = data.decode(name, "replace")
        if text.count("�") <= len(text) // 100:
            return _plain(text, name, "", where)
    return _guessed(data, where)


def _plain(text: str, encoding: str, note: str, where: str) -> Decoded:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(3, len(sample) // 50):
        raise InputError(where, "is binary data, not text", "give the report's text as .txt, .md, .html or .jsonl")
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\x00" in text:  # beyond the sample; kept as one character so that offsets hold
        text, note = text.replace("\x00", "�"), note or "holds NUL characters, read as �"
    return Decoded(text, encoding, note)


def _marked(body: bytes, encoding: str, where: str) -> Decoded:
    try:
        return _plain(body.decode(encoding), encoding, "", where)
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
        return _plain(text, encoding, f"has {text.count('�')} broken characters in its {encoding.upper()}, read as �", where)


def _wide(data: bytes, where: str) -> Decoded:
    """UTF-16 without a mark has its zeros on one side of each pair; other data with zeros is binary."""
    sample = data[: _SAMPLE & ~1]
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > pairs * 0.4 > even * 4 else "utf-16-be" if even > pairs * 0.4 > odd * 4 else ""
    if encoding:
        text = data.decode(encoding, "replace")
        if text.count("�") <= len(text) // 100:
            return _plain(text, encoding, f"has no byte order mark; read as {encoding.upper()}", where)
    raise InputError(where, "is binary data, not text", "give the report's text as .txt, .md, .html or .jsonl")


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    # The web standard reads these two as Windows-1252.
    return {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(name, name) if name in _DECLARABLE else ""


def _guessed(data: bytes, where: str) -> Decoded:
    lenient = data.decode("utf-8", "replace")
    broken, whole = lenient.count("�"), sum(1 for c in lenient if ord(c) > 127)
    if whole - broken > broken * 4:
        return _plain(lenient, "utf-8", f"has {broken} bytes that are no UTF-8, read as �", where)
    encoding = "cp1251" if _looks_cyrillic(data) else "cp1252"
    note = f"is no UTF-8; read as Windows-{encoding[2:]}, which is a guess"
    return _plain(data.decode(encoding, "replace"), encoding, note, where)


def _looks_cyrillic(data: bytes) -> bool:
    """In Windows-1251 whole words are high bytes; in Windows-1252 an accented letter or a curly quote stands among ASCII."""
    runs = re.findall(rb"[\xa8\xaa\xaf\xb2-\xb4\xb8\xba\xbf-\xff]+", data[:_SAMPLE])
    letters = sum(map(len, runs))
    return letters > 0 and sum(len(run) for run in runs if len(run) >= 3) > letters * 0.6
