"""Reading reports from wherever they are handed in."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

import msgspec

from crosstally.errors import InputError
from crosstally.settings import Settings, settings
from crosstally.text.page import looks_like_page, read_page
from crosstally.values import Document, Source, chain_versions, content_id

from . import catalogue as catalogues
from .decode import decode
from .files import KINDS, Found, label_of, read_bytes, too_large, walk
from .language import recognise
from .lines import read_lines
from .metadata import Meta, front_matter, meta_of, settle, slug, urlsplit_safe
from .values import Intake, Notebook

PASTED = "-"
_UNKNOWN = Source(id="unknown", name="unknown source")
OriginMap = tuple[tuple[int, int], ...]


class _Report(msgspec.Struct, frozen=True):
    """A report as read, before what is said about it is settled. ``path``: where it lies; ``said``: metadata, most trusted first."""

    where: str
    path: str
    text: str
    said: tuple[Meta, ...]
    origin_map: OriginMap | None = None


def take(
    paths: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    stdin: TextIO | BinaryIO | None = None,
    limits: Settings | None = None,
) -> Intake:
    """Every report of ``paths``: files, folders (read in sorted order), or ``-`` for text pasted into ``stdin``.

    Never raises for what the paths hold: a report that cannot be read is a problem that names it and the remedy, and the others are
    read. What is missing, guessed or contradictory is a note. The same report twice is kept once; texts of one address are chained.
    Raises ConfigError for a bad setting in the environment.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    return _Taker(limits or settings()).take([os.fspath(path) for path in given], stdin)


def take_bytes(
    data: bytes, name: str, *, said: Mapping[str, str] | None = None, page: bool | None = None, catalogue: bytes | None = None,
    limits: Settings | None = None,
) -> Intake:  # fmt: skip
    """The reports in bytes at hand: an uploaded file, pasted text, a page that was fetched. As ``take``, never raises for what they hold.

    ``name``: what to call it, whose ending tells its kind as a file's does. ``said``: source, published, title, url ... as a person gives
    them, most trusted. ``page``: True for HTML, None to tell by the name and the first bytes. ``catalogue``: a ``sources.csv`` handed in
    beside it.
    """
    return _Taker(limits or settings()).take_bytes(data, name, meta_of(dict(said or {}), "what was entered"), page, catalogue)


class _Taker:
    """One run's state: what was read so far, whose it is, and how much more may come."""

    def __init__(self, limits: Settings) -> None:
        self.limits = limits
        self.notes = Notebook()
        self.documents: dict[str, Document] = {}
        self.sources: dict[str, Source] = {}
        self.catalogues: dict[Path, catalogues.Catalogue | None] = {}
        self.read: list[Path] = []
        self.bytes = 0
        self.full = False

    def take(self, paths: Sequence[str], stdin: TextIO | BinaryIO | None) -> Intake:
        seen: set[str] = set()
        for path in paths:
            if path == PASTED:
                self._all(self._pasted(stdin))
                continue
            for found in walk(path, self.notes):
                real = os.path.realpath(found.file)
                if real in seen:
                    self.notes.note(found.label, "was handed in twice, or is a link to another report; read once")
                    self.read.append(found.file)
                    continue
                seen.add(real)
                self.read.append(found.file)
                if self.full:
                    break
                self._all(self._file(found))
        for each in self.catalogues.values():
            if each is not None:
                each.missing(self.read, self.notes)
        if not paths:
            self.notes.problem("-", "nothing was handed in", "name files or folders, or - for pasted text")
        return self._taken()

    def take_bytes(self, data: bytes, name: str, said: Meta, page: bool | None, catalogue: bytes | None) -> Intake:
        beside = None if catalogue is None else catalogues.parse(catalogue, Path(), catalogues.NAME, Notebook())
        listed = None if beside is None else beside.find(Path(name))
        start = data[:1000].lstrip()
        kind = "page" if page else KINDS.get(Path(name).suffix.lower())
        if kind is None:
            kind = "page" if looks_like_page(start) else "lines" if start.startswith(b"{") and b'"' in start[:4] else "text"
        if len(data) > self.limits.max_report_bytes and kind != "lines":
            error = too_large(name, len(data), self.limits.max_report_bytes)
            self.notes.problem(error.where, error.problem, error.remedy)
        else:
            self._all(self._read(data, name, name, kind, (said,) if listed is None else (said, listed)))
        return self._taken()

    def _taken(self) -> Intake:
        documents = chain_versions(tuple(self.documents.values()))
        return Intake(documents, tuple(self.sources.values()), tuple(self.notes.problems), tuple(self.notes.notes))

    def _all(self, reports: Iterator[_Report]) -> None:
        """Keeps the reports of one file. An InputError ends that file, never the run."""
        try:
            for report in reports:
                if not self._room(report):
                    return
                self._keep(report)
        except InputError as error:
            self.notes.problem(error.where, error.problem, error.remedy)

    def _room(self, report: _Report) -> bool:
        self.bytes += len(report.text)
        if self.bytes <= self.limits.max_total_bytes and len(self.documents) < self.limits.max_reports:
            return True
        if not self.full:
            self.full = True
            most = f"{self.limits.max_reports:,} reports and {self.limits.max_total_bytes / 1e6:,.0f} MB"
            message = f"and what follows is not read: one run takes {most}"
            self.notes.problem(report.where, message, "take the reports in parts, into one ledger with --ledger")
        return False

    # -- reading ---------------------------------------------------------------------------------------------------------------------

    def _pasted(self, stdin: TextIO | BinaryIO | None) -> Iterator[_Report]:
        limit = self.limits.max_report_bytes
        if stdin is None:
            raise InputError(PASTED, "nothing was pasted", "pipe the report's text in, or name files")
        try:
            handed = stdin.read(limit + 1)
        except (OSError, ValueError) as error:  # ValueError: a text stream in an encoding that does not fit
            raise InputError(PASTED, f"cannot be read ({type(error).__name__})", "save the text to a file and name it") from None
        data = handed if isinstance(handed, bytes) else handed.encode("utf-8", "surrogateescape")
        if len(handed) > limit:
            raise too_large(PASTED, limit + 1, limit)
        start = data[:1000].lstrip()
        kind = "page" if looks_like_page(start) else "lines" if start.startswith(b"{") and b'"' in start[:4] else "text"
        yield from self._read(data, PASTED, PASTED, kind, ())

    def _file(self, found: Found) -> Iterator[_Report]:
        said = self._said(found)
        if found.kind == "lines":
            try:
                with open(found.file, "rb") as stream:
                    yield from self._lines(stream, found.label, found.label, said)
            except OSError:
                read_bytes(found.file, found.label, 0)  # says in words why it cannot be opened
                raise InputError(found.label, "could not be read to its end", "check the disk and the file") from None
            return
        data = read_bytes(found.file, found.label, self.limits.max_report_bytes)
        yield from self._read(data, found.label, found.label, found.kind, said)

    def _read(self, data: bytes, where: str, path: str, kind: str, said: tuple[Meta, ...]) -> Iterator[_Report]:
        if kind == "lines":
            yield from self._lines(io.BytesIO(data), where, path, said)
            return
        if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            raise InputError(where, "is empty", "put the report's text into it, or remove it")
        decoded = decode(data, where, declared=kind == "page")
        if decoded.note:
            self.notes.note(where, decoded.note, "save it as UTF-8")
        if not decoded.text.strip():
            raise InputError(where, "is empty", "put the report's text into it, or remove it")
        if kind == "page" or (kind == "text" and looks_like_page(decoded.text[:1000].lstrip().encode())):
            page = read_page(decoded.text)
            if not page.text.strip():
                raise InputError(where, "is a page without readable text", "save the article's own text as .txt")
            for line in page.notes:
                self.notes.note(where, line)
            meta = Meta("the page", name=page.site, title=page.title, published=page.published, language=page.language, url=page.url)
            others = tuple(Meta("the page's " + place, published=value) for place, value in page.other_dates)
            yield _Report(where, path, page.text, (*said, meta, *others), page.origin_map)
            return
        text, own, origin = decoded.text, Meta(), None
        if kind == "markdown":
            pairs, offset = front_matter(text)
            if offset and text[offset:].strip():
                text, own, origin = text[offset:], meta_of(pairs, "its front matter"), ((0, offset),)
        yield _Report(where, path, text, (*said, own, Meta("its first line", title=_heading(text))), origin)

    def _lines(self, stream: BinaryIO, where: str, path: str, said: tuple[Meta, ...]) -> Iterator[_Report]:
        some = False
        for line_where, text, meta in read_lines(stream, where, self.limits.max_report_bytes, self.notes):
            some = True
            # A line speaks for itself; the row of sources.csv for the whole table fills what the line leaves out.
            yield _Report(line_where, line_where, text, (meta, *said, Meta("its first line", title=_heading(text))))
        if not some and not any(problem.where.startswith(where + ":") for problem in self.notes.problems):
            raise InputError(where, "is empty", "put one report a line into it, or remove it")

    def _said(self, found: Found) -> tuple[Meta, ...]:
        """The row of the nearest ``sources.csv`` that lists the file, up to the folder handed in; a file none lists is noted."""
        folder, there = found.file.parent, False
        while True:
            each = self._catalogue(folder)
            if each is not None:
                there = True
                if (row := each.find(found.file)) is not None:
                    return (row,)
            if folder == found.root or folder == folder.parent:
                break
            folder = folder.parent
        if there and found.kind != "lines":
            self.notes.note(found.label, "is not listed in sources.csv", "add a row for it: path,source,published,language,url,group")
        return ()

    def _catalogue(self, folder: Path) -> catalogues.Catalogue | None:
        if folder not in self.catalogues:
            file = folder / catalogues.NAME
            there = os.path.lexists(file)
            self.catalogues[folder] = catalogues.load(file, label_of(file), self.limits.max_report_bytes, self.notes) if there else None
        return self.catalogues[folder]

    # -- keeping ---------------------------------------------------------------------------------------------------------------------

    def _keep(self, report: _Report) -> None:
        meta = settle(report.said, report.where, self.notes)
        source = self._source(meta, report)
        if meta.published is None and not any(said.published for said in report.said):
            self.notes.note(report.where, "has no publication date; its moments stay relative", "give it in sources.csv, column published")
        made = content_id(report.text, source, meta.url)
        document = Document(
            id=made,
            text=report.text,
            source=source,
            title=meta.title or "",
            published=meta.published,
            language=meta.language or recognise(report.text),
            url=meta.url,
            path=report.path,
            origin_map=report.origin_map,
        )
        if meta.id is not None and len(meta.id) <= 200:
            taken = self.documents.get(meta.id)
            if taken is None or taken.text == document.text:
                document = msgspec.structs.replace(document, id=meta.id)
            else:
                message = f"has the id of another report ({taken.path}); it was given the id {made}"
                self.notes.note(report.where, message, "give each report its own id")
        if (twin := self.documents.get(document.id)) is not None:
            self.notes.note(report.where, f"is the same report as {twin.path}; kept once")
            return
        self.documents[document.id] = document

    def _source(self, meta: Meta, report: _Report) -> str:
        """The id of the report's source, which is added to the sources. An outlet's name, else the host of its address, else unknown."""
        host = urlsplit_safe(meta.url)[0].removeprefix("www.") if meta.url else ""
        given = meta.source or meta.name or host
        made = slug(given) if given else ""
        if not made or made == _UNKNOWN.id:
            message = "has no known source; voices behind it cannot be told apart"
            self.notes.note(report.where, message, "give it in sources.csv, column source")
            self.sources.setdefault(_UNKNOWN.id, _UNKNOWN)
            return _UNKNOWN.id
        site = f"https://{urlsplit_safe(meta.url)[0]}" if host and meta.url else None
        new = Source(id=made, name=meta.name or given, group=meta.group, url=site, carries=meta.carries, grade=meta.grade)
        old = self.sources.get(made)
        if old is None:
            self.sources[made] = new
            return made
        for field in ("group", "carries", "grade"):
            one, other = getattr(old, field), getattr(new, field)
            if one and other and one != other:
                message = f"gives {field} {other!r} for {made}, before it was {one!r}, which wins"
                self.notes.note(report.where, message, "correct the row that is wrong")
        self.sources[made] = msgspec.structs.replace(
            old,
            group=old.group or new.group,
            url=old.url or new.url,
            carries=old.carries or new.carries,
            grade=old.grade or new.grade,
        )
        return made


def _heading(text: str) -> str | None:
    """The first line, where it reads like a heading: short, and no whole sentence."""
    first = next((line.strip() for line in text[:2000].splitlines() if line.strip()), "")
    if first.startswith("#"):
        first = first.lstrip("#").strip()
    return first if first and len(first) <= 200 and not first.endswith((".", '!"', ".”", '."', ":", ",", ";")) else None
