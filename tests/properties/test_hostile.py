"""Texts that nobody would write and somebody will hand in: read in bounded time, in every format, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from crosstally.cli import main
from crosstally.export.interchange import as_dict
from crosstally.values import Document

from .composing import ROOT, book_of
from .test_account import check_joins, check_spans

SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "docs" / "schema" / "ledger-1.json").read_text("utf-8")))
STRIKE = "A missile struck a market in Odesa on Monday, killing 12 people and wounding 30, the regional governor said."
SCRIPT = "<script>document.write('<p>Nine people were killed.</p>')</script>"

TEXTS: dict[str, bytes] = {
    "nothing": b"",
    "punctuation": "…?!—“”‘’«»()[]{}.,;:–·•/\\|%$#@*&^~`".encode() * 40,
    "one long word": b"a" * 1_000_000,
    "one long number": b"At least " + b"9" * 100_000 + b" people were killed in Odesa, the mayor said.",
    "long number with separators": ("The toll rose to 1" + ",000" * 20_000 + " people, police said.").encode(),
    "nested quotes": ("“" * 4000 + STRIKE + "”" * 4000).encode(),
    "mixed nested quotes": ("“‘" * 2000 + STRIKE + "’”" * 2000).encode(),
    "quotes never closed": ("He said “it was bad. " * 2000).encode(),
    "brackets": b"(" * 20_000 + STRIKE.encode() + b")" * 20_000,
    "right to left": ("\u202e" + STRIKE[::-1] + "\u202c \u2067" + STRIKE + "\u2069 قتل 12 شخصا في أوديسا.").encode(),
    "emoji": ("👨‍👩‍👧‍👦🇺🇦💥 " + STRIKE.replace("people", "people 😢") + " 1️⃣2️⃣ wounded.").encode(),
    "nul bytes": STRIKE.replace(" ", " \x00").encode(),
    "control characters": ("".join(map(chr, range(1, 32))) + STRIKE + "\x7f\x85\u2028\u2029\ufeff\ufffe").encode(),
    "combining marks": ("Z" + "\u0301\u0327" * 5000 + " " + STRIKE).encode(),
    "strange digits": "٢٣ people were killed, ４５ wounded and ⅻ missing; ²³ more and ½ a dozen, the mayor said in Odesa.".encode(),
    "numbers in one sentence": (" ".join(str(n) for n in range(20_000)) + " people were killed.").encode(),
    "number words in one sentence": ("twenty thousand and " * 5000 + "people were killed.").encode(),
    "hedges in a row": ("at least more than nearly around up to " * 3000 + "12 people were killed.").encode(),
    "claims in one sentence": ("12 people were killed and 30 wounded, " * 500 + "the mayor said.").encode(),
    "names in one sentence": ("Ivan Petrenko, Olena Kovalenko, " * 1000 + "said 12 people were killed in Odesa.").encode(),
    "places in one sentence": ("Odesa, Kharkiv, Sumy and Lviv, " * 1000 + "said 12 people were killed.").encode(),
    "capitals": (STRIKE.upper() + " ").encode() * 300,
    "sentences": "".join(f"Shelling killed {n % 40 + 1} people in Kharkiv on Tuesday, police said. " for n in range(1500)).encode(),
    "lines": "\n".join(f"- {n} drones" for n in range(3_000)).encode(),
    "one letter lines": b"a\n" * 10_000,
    "spaces": b" \t\xc2\xa0" * 100_000 + STRIKE.encode(),
    "script in the text": (SCRIPT + STRIKE + "<img src=x onerror=alert(1)>").encode(),
    "utf-16": STRIKE.encode("utf-16"),
    "cp1251": "Внаслідок удару по Одесі загинули 12 людей. A missile killed 12 people in Odesa, the mayor said.".encode("cp1251"),
    "shift-jis": ("オデーサで12人が死亡した。" * 20).encode("shift-jis"),
    "broken utf-8": STRIKE.encode() + b"\xff\xfe\xc3(\xe2\x82 and \xf0\x9f\x92 " + STRIKE.encode(),
    "markdown": ("# " * 2000 + "\n" + "> " * 2000 + STRIKE + "\n" + "*" * 5000 + "_" * 5000 + "\n" + "[" * 3000 + "](" * 3000).encode(),
    "escapes": (STRIKE + " \\u0000 \\x1b[31m \x1b[31m [red]rich[/red] [/] {{ 7*7 }} {% raw %} %s %(x)s").encode(),
}  # fmt: skip
PAGES: dict[str, bytes] = {
    "scripts": f"<html><head>{SCRIPT * 50}</head><body><article><p>{STRIKE}</p>{SCRIPT}<p onclick='x()'>{STRIKE}</p></article></body>".encode(),
    "deep tags": b"<div>" * 5000 + f"<p>{STRIKE}</p>".encode() + b"</div>" * 5000,
    "never closed": f"<html><body><article><p>{STRIKE}<p>{STRIKE}<table><tr><td>{STRIKE}<!-- ".encode(),
    "attributes": b"<p " + b" ".join(b"a%d='1'" % n for n in range(20_000)) + f">{STRIKE}</p>".encode(),
    "entities": ("<html><body><article><p>" + STRIKE + "&amp;" * 5000 + "&#x41;&#0;&#xD800;&bogus;</p></article></body></html>").encode(),
    "declared wrongly": f'<html><head><meta charset="utf-16"></head><body><article><p>{STRIKE} “—”</p></article></body></html>'.encode(),
}
FORMATS = ("text", "json", "html")
_LARGE = 30_000  # bytes; larger ones are shown in one format, for time's sake


def write(folder: Path, name: str, content: bytes, suffix: str) -> Path:
    file = folder / (name.replace(" ", "-") + suffix)
    file.write_bytes(content)
    return file


def invoke(file: Path, form: str) -> str:
    """The command, here and now. Anything but an orderly end is raised."""
    done = CliRunner().invoke(main, ["ledger", str(file), "--format", form])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1), done.output
    assert done.exit_code == 0 or "(" in done.stderr, "what could not be read is named, with the remedy"
    return done.stdout


@pytest.mark.parametrize(
    ("name", "suffix"),
    [*((n, ".txt") for n in TEXTS), ("markdown", ".md"), ("right to left", ".md"), *((n, ".html") for n in PAGES)],
)
def test_every_format_of_a_hostile_text(name: str, suffix: str, tmp_path: Path) -> None:
    file = write(tmp_path, name, PAGES[name] if suffix == ".html" else TEXTS[name], suffix)
    shown = {form: invoke(file, form) for form in (FORMATS if file.stat().st_size < _LARGE else ("json",))}
    SCHEMA.validate(json.loads(shown["json"]))
    if len(shown) == 1:
        return
    page = shown["html"]
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "document.write" not in page.replace("document.write(&#39;", "") and "<img src=x" not in page
    assert "\x1b[31m" not in shown["text"], "what a report holds does not steer the terminal"


def test_a_folder_of_hostile_texts_in_a_process_of_its_own(tmp_path: Path) -> None:
    for name, content in TEXTS.items():
        if len(content) < 20_000:
            write(tmp_path, name, content, ".txt")
    write(tmp_path, "good", STRIKE.encode(), ".txt")
    command = [sys.executable, "-m", "crosstally", "ledger", str(tmp_path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    ledger = json.loads(done.stdout)
    assert any(d["path"].endswith("good.txt") for d in ledger["documents"])
    assert any(c["measure"] == "killed" and c["quantity"]["low"] == 12 for c in ledger["claims"])


def test_a_terminal_that_knows_few_letters(tmp_path: Path) -> None:
    file = write(tmp_path, "emoji", TEXTS["emoji"], ".txt")
    command = [sys.executable, "-m", "crosstally", "ledger", str(file)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0 and b"Traceback" not in done.stderr and b"12" in done.stdout


ALPHABET = st.one_of(
    st.sampled_from(
        ["“", "”", "'", "’", '"', "—", "–", "\u00a0", "\n", "\n\n", " ", ", ", ". ", "1", "12", "1,000", "%", "$", "(", ")", ":", ";", "…"]
    ),
    st.sampled_from(
        ["killed", "wounded", "people", "drones", "at least", "the mayor", "said", "Odesa", "on Monday", "overnight", "two", "a dozen",
         "Volodymyr Zelenskyy", "he", "of them", "including", "were", "by", "million", "no", "and", "between", "to"]
    ),
    st.characters(),
)  # fmt: skip


@given(st.lists(ALPHABET, max_size=60), st.sampled_from(["", " "]))
def test_any_letters_at_all(parts: list[str], glue: str) -> None:
    text = glue.join(parts).encode("utf-8", "replace").decode()
    book = book_of((Document.from_text(text, source="any", published="2024-05-15"),))
    check_spans(book)
    check_joins(book)
    SCHEMA.validate(as_dict(book))
