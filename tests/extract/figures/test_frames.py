"""The pack contract: every frame reads its own examples, and leaves its negatives alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosstally.domain import Frame, load_domain
from tests.extract.figures_help import figures, read

FRAMES = load_domain().frames


@pytest.mark.parametrize(
    ("frame", "number"), [(f, n) for f in FRAMES for n in range(len(f.examples))], ids=lambda v: v.name if isinstance(v, Frame) else str(v)
)
def test_a_frame_reads_its_examples(frame: Frame, number: int) -> None:
    example = frame.examples[number]
    assert sorted(figures(example.text)) == sorted(example.claims)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_a_frame_leaves_its_negatives_alone(frame: Frame) -> None:
    for negative in frame.negatives:
        assert not [c for c in read(negative.text).claims if c.rule == frame.name]


def test_a_toy_pack_is_read_without_engine_code(tmp_path: Path) -> None:
    home = tmp_path / "whales"
    home.mkdir()
    (home / "measures.toml").write_text('[[measure]]\nname = "stranded"\ntitle = "Stranded"\nstrand = "relief"\n', "utf-8")
    (home / "facets.toml").write_text('[[facet]]\nname = "kind"\nparent = { animal = "", whale = "animal", seal = "animal" }\n', "utf-8")
    (home / "nouns.toml").write_text(
        '[animal.whale]\nwords = ["whale", "sperm whale"]\nkind = "whale"\n[animal.seal]\nwords = ["seal"]\nkind = "seal"\n', "utf-8"
    )
    (home / "frames.toml").write_text(
        '[[frame]]\nname = "<count> <animal> were stranded"\nverbs = ["strand", "beach", "wash up"]\n'
        'slots = [{ role = "theme", noun = "animal", measure = "stranded" }, { role = "agent", noun = "animal", measure = "stranded" }]\n'
        'examples = [{ text = "Four whales were stranded.", claims = ["stranded kind=whale 4"] }]\nnegatives = [{ text = "Four whales swam by." }]\n',
        "utf-8",
    )
    domain = load_domain(home)
    assert figures("At least 12 sperm whales and three seals were stranded near the cape, wardens said.", domain) == [
        "stranded kind=whale 12+",
        "stranded kind=seal 3",
    ]
