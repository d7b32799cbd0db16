"""The command: exit codes, floors, freezing, and a page made of measured numbers only."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.accuracy import cli, floors, frozen, page, results
from bench.accuracy.corpora import NAMES, corpus

_HEAD = "source,start,end,drones,drones_down,drones_lost,missiles,missiles_down,hit_loc,debris_loc,models\n"
_ROWS = "p1,2024-01-01,2024-01-02,20.0,12.0,5.0,4.0,1.0,,,\np2,2024-01-03,2024-01-04,10.0,8.0,3.0,0,0,,,\n"


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one corpus, and a bench that keeps its files beside it."""
    (tmp_path / "nights").mkdir()
    (tmp_path / "nights" / "nights.csv").write_text(_HEAD + _ROWS, encoding="utf-8")
    monkeypatch.delenv("CROSSTALLY_DATA", raising=False)
    kept = tmp_path / "kept"
    kept.mkdir()
    for function, path in (("load", kept / "floors.toml"), ("save", kept / "floors.toml")):
        monkeypatch.setattr(getattr(floors, function), "__defaults__", (path,))
    for function, path in (("load", kept / "results.json"), ("save", kept / "results.json")):
        monkeypatch.setattr(getattr(results, function), "__defaults__", (path,))
    for function in ("path_of", "load", "save"):
        monkeypatch.setattr(getattr(frozen, function), "__defaults__", (kept / "frozen",))
    monkeypatch.setattr(page.write, "__defaults__", (kept / "accuracy.md",))
    return tmp_path


def test_a_missing_corpus_is_said_skipped_and_never_faked(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["nights", "re3d", "--data", str(bench)]) == cli.MISSING
    told = capsys.readouterr()
    assert "agreement" in told.out
    assert "re3d/all: skipped, not found under" in told.err
    assert "dstl/re3d" in told.err
    assert set(results.load()) == {"nights/all"}


def test_without_a_folder_everything_is_missing(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == cli.MISSING
    assert capsys.readouterr().err.count("skipped, no folder of corpora given") == len(NAMES)


def test_the_folder_may_come_from_the_environment(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSTALLY_DATA", str(bench / "nights"))  # the corpus itself, not the folder of all
    assert cli.main(["nights"]) == cli.OK


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["weather"], "no corpus is called"),
        (["gva/test"], "has no part"),
        (["nights", "--lower-floors"], "--note"),
        (["nights", "--lower-floors", "--note", "nowhere.md"], "--note"),
        (["nights", "--freeze", "--limit", "1"], "--limit"),
    ],
)
def test_wrong_usage(bench: Path, arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == cli.USAGE
    assert word in capsys.readouterr().err


def test_freeze_then_fall_below_a_floor_then_lower_it(
    bench: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["nights", "--data", str(bench)]
    assert cli.main([*data, "--freeze"]) == cli.OK
    assert floors.load().values["nights/all"]["agreement"] == 0.995
    monkeypatch.setattr("bench.accuracy.corpora.nights.accused", lambda night: False)
    assert cli.main([*data, "--changes"]) == cli.BELOW
    told = capsys.readouterr()
    assert "nights/all caught: 0.000 is below the floor 0.995" in told.err
    assert "0 gained, 3 lost" in told.out  # the failing row, and both rows bent
    assert cli.main([*data, "--freeze"]) == cli.BELOW  # nothing is frozen below a floor
    assert floors.load().values["nights/all"]["caught"] == 0.995
    note = bench / "why.md"
    note.write_text("Because.\n", encoding="utf-8")
    assert cli.main([*data, "--lower-floors", "--note", str(note)]) == cli.OK
    assert cli.main(data) == cli.OK
    assert floors.load().notes[0].endswith("why.md")


def test_a_text_that_breaks_the_reader_is_told_and_fails_the_run(
    bench: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(document: object) -> None:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr("crosstally.flow.read_one", breaks)
    (bench / "muc4" / "tst2").mkdir(parents=True)
    (bench / "muc4" / "tst2" / "key-tst2").write_text("0.  MESSAGE: ID                     TST2-MUC4-0001\n", encoding="utf-8")
    (bench / "muc4" / "tst2" / "tst2-muc4").write_text("TST2-MUC4-0001\n\nTWO MEN DIED.\n", encoding="utf-8")
    assert cli.main(["muc4", "--data", str(bench)]) == cli.BELOW
    assert "muc4/tst2: reading raised on TST2-MUC4-0001: IndexError at tests.bench.test_cli" in capsys.readouterr().err


def test_a_limited_run_keeps_nothing(bench: Path) -> None:
    assert cli.main(["nights", "--data", str(bench), "--limit", "1"]) == cli.OK
    assert results.load() == {}


def test_the_page_holds_what_was_measured(bench: Path) -> None:
    assert cli.main(["nights", "--data", str(bench), "--freeze", "--commit", "abc1234"]) == cli.OK
    assert cli.main(["--write-docs"]) == cli.OK
    text = (bench / "kept" / "accuracy.md").read_text(encoding="utf-8")
    assert "commit abc1234: 2 items" in text
    assert "| `agreement` | balance and arithmetic agree | 1.000 | 0.995 | 1.00, met |" in text
    assert "`gva/train`: not measured." in text


def test_every_corpus_says_what_it_is() -> None:
    for name in NAMES:
        one = corpus(name)
        assert one.name == name
        assert one.parts and one.obtain and one.licence
        assert len({m.name for m in one.metrics}) == len(one.metrics)
    with pytest.raises(KeyError):
        corpus("weather")


def test_the_page_of_the_manual_is_up_to_date() -> None:
    """``docs/accuracy.md`` is what the kept results give: nobody edits a number by hand."""
    assert page.PATH.read_text(encoding="utf-8") == page.text(results.load(), floors.load())
