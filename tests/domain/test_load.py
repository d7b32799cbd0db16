"""Packs: what ships loads; what is wrong names file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosstally.domain import compile_packs, load_domain
from crosstally.errors import PackError
from crosstally.values import Facets

SHIPPED = Path(__file__).parents[2] / "src/crosstally/domains"

GOOD = {
    "measures.toml": '[[measure]]\nname = "stranded"\ntitle = "Stranded"\nstrand = "relief"\n',
    "facets.toml": '[[facet]]\nname = "kind"\nparent = { any = "", whale = "any" }\n',
    "nouns.toml": '[animal.whale]\nwords = ["whale"]\nkind = "whale"\n',
    "frames.toml": (
        '[[frame]]\nname = "<count> <animal> stranded"\nverbs = ["strand"]\nslots = [{ role = "theme", noun = "animal", measure = "stranded" }]\n'
        'examples = [{ text = "Four whales were stranded.", claims = ["stranded kind=whale 4"] }]\nnegatives = [{ text = "Four whales swam by." }]\n'
    ),
}


def pack(folder: Path, **changed: str) -> Path:
    """A small pack on disk, with some files replaced."""
    home = folder / "whales"
    home.mkdir()
    for name, text in {**GOOD, **{f"{k}.toml": v for k, v in changed.items()}}.items():
        (home / name).write_text(text, "utf-8")
    return home


def test_shipped_packs_load() -> None:
    domain = load_domain()
    assert {"core", "air_attack", "armed_attack", "diplomacy"} <= set(domain.packs)
    assert domain.facets["weapon"].under("cruise_missile", "aerial_weapon")
    assert domain.facets["weapon"].common(("cruise_missile", "ballistic_missile")) == "missile"
    assert domain.nouns["person"].nouns["girl"] == Facets(age="child", sex="female")


def test_a_domain_is_compiled_once() -> None:
    assert load_domain() is load_domain()


def test_a_new_pack_needs_no_engine_code(tmp_path: Path) -> None:
    domain = load_domain(pack(tmp_path))
    assert domain.measures["stranded"].title == "Stranded"
    assert any(f.pack == "whales" for f in domain.frames)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("measures", "[[measure]\n", "whales/measures.toml: (syntax)"),
        ("measures", '[[measure]]\nname = "stranded"\ntitle = "S"\nstrand = "sea"\n', "[[measure]] stranded"),
        ("measures", '[[measure]]\nname = "stranded"\ntitle = "S"\nstrand = "relief"\ncolour = "blue"\n', "[[measure]] stranded.colour: unknown key"),
        ("measures", '[[mesure]]\nname = "stranded"\n', "whales/measures.toml: mesure: unknown table"),
        ("facets", '[[facet]]\nname = "kind"\nparent = { whale = "fish" }\n', "parent 'fish' is no member"),
        ("nouns", '[animal.whale]\nwords = ["whale"]\nkind = "shark"\n', "'shark' is no member of the closed facet 'kind'"),
        ("nouns", '[animal]\nwhale = "whale"\n', "whales/nouns.toml: animal.whale"),
        ("frames", GOOD["frames.toml"].replace("negatives", "#"), "needs at least one example and one negative"),
        ("frames", GOOD["frames.toml"].replace('measure = "stranded"', 'measure = "lost_at_sea"'), "measure 'lost_at_sea' is not declared"),
        ("frames", GOOD["frames.toml"].replace('noun = "animal"', 'noun = "beast"'), "noun class 'beast' is not declared"),
        ("frames", GOOD["frames.toml"].replace('verbs = ["strand"]', ""), "has no predicate"),
    ],
)
def test_what_is_wrong_names_file_and_key(tmp_path: Path, file: str, text: str, says: str) -> None:
    home = pack(tmp_path, **{file: text})
    with pytest.raises(PackError) as caught:
        compile_packs([home])
    assert says in str(caught.value)


def test_a_measure_declared_twice_is_refused(tmp_path: Path) -> None:
    home = pack(tmp_path, measures=GOOD["measures.toml"] * 2)
    with pytest.raises(PackError, match="declared twice"):
        compile_packs([home])
