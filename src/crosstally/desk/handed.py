"""What a person hands in by the form of the page "Add": files with the table that lists them, pasted texts, addresses."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData, UploadFile

from .ports import Offer

FILES = 200  # things of one hand-in
TEXTS = 40  # texts pasted at once
FIELDS = 5 * TEXTS + 20
CATALOGUE = "sources.csv"
_NAMED = 60  # characters a pasted text is called by
_SAID = ("source", "published", "title", "url")


async def offers(form: FormData) -> list[Offer]:
    """Every report of a form, in its order: files, texts, addresses. What is said of a text goes before what is said of all."""
    for_all = {k: _line(form.get(k)) for k in _SAID}
    made: list[Offer] = []
    files = [(_name(f), await f.read()) for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    listed = next((data for name, data in files if name.casefold() == CATALOGUE), None)
    made += [_offer(name, data, for_all, listed) for name, data in files if name.casefold() != CATALOGUE]
    columns = [form.getlist(f"text_{k}") for k in _SAID]
    for at, value in enumerate(form.getlist("text")):
        text = str(value)
        if text.strip():
            own = {k: _line(column[at]) if at < len(column) else "" for k, column in zip(_SAID, columns, strict=True)}
            said = {k: own[k] or for_all[k] for k in _SAID}
            first = next(line.strip() for line in text.splitlines() if line.strip())
            page = first.casefold().startswith(("<!doctype html", "<html"))  # the source of a page, which is read as one
            called = "a page.html" if page else _short(said["title"] or first)
            made.append(_offer(f"pasted: {called}", text.encode("utf-8", "replace"), said))
    made += [_offer(line[:2000], None, {**for_all, "url": line[:2000]}) for line in str(form.get("addresses", "")).split()]
    return made


def _offer(name: str, data: bytes | None, said: Mapping[str, str], catalogue: bytes | None = None) -> Offer:
    return Offer(name, data, said["url"], said["source"], said["published"], said["title"], catalogue)


def _short(text: str) -> str:
    """The beginning of a text, cut between words."""
    return text if len(text) <= _NAMED else f"{text[:_NAMED].rpartition(' ')[0] or text[:_NAMED]} …"


def _line(value: object) -> str:
    return value[:2000].strip() if isinstance(value, str) else ""


def _name(file: UploadFile) -> str:
    """The file's own name, without the folders that a browser may send before it."""
    return (file.filename or "").replace("\\", "/").rpartition("/")[2][:200]
