"""Undocumented fails: whatever a user may meet has its place in the manual, and the manual tells nothing that is not so."""

from __future__ import annotations

import doctest
import re
import shlex
import sys
import tomllib
from pathlib import Path
from typing import get_args

import click
import msgspec
import pytest

from crosstally.cli.main import main
from crosstally.domain import load_domain
from crosstally.export.tables import TABLES
from crosstally.settings import PREFIX, Settings
from crosstally.values import Change, FindingKind, Hedge, State
from tests.extract.figures_help import figures

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "scripts"))
import write_docs  # noqa: E402

PAGES = sorted(DOCS.glob("*.md"))
ENTRANCES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *PAGES]


def text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def headings(page: str) -> set[str]:
    return {re.sub(r"[`]", "", h).strip() for h in re.findall(r"^#+ (.*)$", text(page), re.MULTILINE)}


def rows(page: str) -> set[str]:
    """First cells of every table, code marks taken off."""
    return {name for cell in re.findall(r"^\| ([^|]*) \|", text(page), re.MULTILINE) for name in re.findall(r"`([^`]+)`", cell)}


def test_every_command_has_its_heading() -> None:
    assert {f"crosstally {name}" for name in main.commands} <= headings("cli.md")


@pytest.mark.parametrize("page", write_docs.PAGES)
def test_generated_pages_are_current(page: str) -> None:
    assert page not in write_docs.stale(), "run python scripts/write_docs.py"


def test_every_setting_has_its_heading_and_default() -> None:
    sections = dict(re.findall(r"^## `(\w+)`\n\n(.*?)(?=\n## |\Z)", text("settings.md"), re.MULTILINE | re.DOTALL))
    fields = {f.name: f.default for f in msgspec.structs.fields(Settings)}
    assert set(sections) == set(fields)
    for name, default in fields.items():
        assert f"Default {default}" in sections[name], name
    assert PREFIX in text("settings.md")


def test_every_kind_of_finding_has_its_heading() -> None:
    told = re.findall(r"^### `(\w+)`$", text("balancing.md"), re.MULTILINE)
    assert sorted(told) == sorted(get_args(FindingKind))


def test_every_state_and_change_and_hedge_has_its_row() -> None:
    assert set(get_args(State)) | set(get_args(Change)) <= rows("balancing.md")
    told = {name for line in text("reading.md").splitlines() for name in re.findall(r"\| `(\w+)` \|", line)}
    assert set(get_args(Hedge)) <= told


def test_every_measure_and_event_class_and_facet_has_its_heading() -> None:
    domain = load_domain()
    told = headings("measures.md")
    assert set(domain.measures) <= told
    assert {f"Event {name}" for name in domain.events} <= told
    assert {f"Facet {name}" for name in domain.facets} <= told
    assert {f"Relation {relation.name}" for relation in domain.relations} <= told


def test_every_table_has_its_row() -> None:
    assert set(TABLES) <= rows("interchange.md")


def test_every_key_of_the_interchange_format_has_its_row() -> None:
    import json

    schema = json.loads((DOCS / "schema" / "ledger-1.json").read_text("utf-8"))
    assert set(schema["properties"]) <= rows("interchange.md")


def test_every_public_name_is_in_the_manual() -> None:
    import crosstally

    assert not [name for name in crosstally.__all__ if not name.startswith("__") and name not in text("api.md")]


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "api.md"], ids=lambda p: p.name)
def test_python_of_the_manual_runs(page: Path) -> None:
    failed, tried = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8")
    assert tried and not failed


_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ENTRANCES, ids=lambda p: p.name)
def test_commands_of_the_manual_parse(page: Path) -> None:
    for block in _SHELL.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            words = [w for w in shlex.split(line, comments=True) if not w.startswith(PREFIX)]
            if not words:
                continue
            if words[0] == "make":
                assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), line
                continue
            assert words[0] == "crosstally", line
            command = main.commands[words[1]]
            with click.Context(command, info_name=words[1]) as context:
                command.parse_args(context, words[2:])


@pytest.mark.parametrize("page", ENTRANCES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)}
            assert anchor in slugs, f"{page.name}: {target}"


def test_every_page_of_the_manual_is_reached_from_its_index() -> None:
    linked = set(re.findall(r"\]\((\w[\w-]*\.md)\)", text("index.md")))
    assert {p.name for p in PAGES} - {"index.md"} == linked


def test_the_pack_of_the_manual_loads_and_reads(tmp_path: Path) -> None:
    names = ["measures.toml", "facets.toml", "nouns.toml", "frames.toml"]
    blocks = re.findall(r"^```toml\n(.*?)^```$", text("packs.md"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == len(names)
    home = tmp_path / "whales"
    home.mkdir()
    for name, block in zip(names, blocks, strict=True):
        tomllib.loads(block)
        (home / name).write_text(block, "utf-8")
    domain = load_domain(home)
    sentence = re.search(r"“?\"(At least 12 sperm whales[^\"]*)\"", text("packs.md"))
    assert sentence
    assert figures(sentence[1] + ".", domain) == ["stranded kind=whale 12+", "stranded kind=seal 3"]


def test_pictures_are_small_and_there() -> None:
    pictures = [DOCS / name for page in ENTRANCES for name in re.findall(r"\]\((?:docs/)?(pictures/[^)]+)\)", page.read_text("utf-8"))]
    assert pictures
    assert all(0 < p.stat().st_size < 200_000 for p in pictures)
