"""Reports in: what is read, what is said about what is not, and never a traceback."""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from crosstally.intake import Intake, take
from crosstally.settings import Settings
from crosstally.text.page import origin_span
from crosstally.values import Source, Span, content_id, encode
from tests import unprivileged

TEXT = "At least 12 people were hurt in the overnight raid on the port of Odesa, the governor said."
UKRAINIAN = "Щонайменше двоє людей загинули внаслідок нічного обстрілу, повідомила обласна адміністрація."


def put(folder: Path, **files: str | bytes) -> Path:
    """Files by name, the last underscore standing for the dot."""
    for name, data in files.items():
        stem, _, suffix = name.rpartition("_")
        file = folder / f"{stem}.{suffix}"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def said(taken: Intake, folder: Path | None = None) -> list[str]:
    lines = [str(line) for line in (*taken.problems, *taken.notes)]
    return [line.replace(f"{folder}{os.sep}", "") for line in lines]


def fatal(taken: Intake) -> dict[str, str]:
    assert all(problem.fatal and problem.message and problem.remedy for problem in taken.problems)
    assert not any(note.fatal for note in taken.notes)
    assert taken.failed == bool(taken.problems)
    return {Path(problem.where).name: problem.message for problem in taken.problems}


# -- what is read ----------------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_with_what_sources_csv_says(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    put(tmp_path, b_txt=TEXT, a_md="# Raid on the port\n\n" + TEXT, README_md="about this folder", x_pdf=b"%PDF-1.7")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    put(tmp_path / "sub", c_txt=TEXT + " More followed.")
    (tmp_path / "sources.csv").write_text(
        "path,source,published,language,url,group,title,carries,name\n"
        'a.md,post,2024-03-02,en,https://post.example/a,"Group, Inc",,,Harbour Post\n'
        "b.txt,radio,2 March 2024,,,,The raid,wire,\n"
        "sub/c.txt,post,2024-03-02T09:00Z,,,,,,\n"
    )
    taken = take([tmp_path])
    assert [(d.source, d.published, d.language, d.title) for d in taken.documents] == [
        ("post", "2024-03-02", "en", "Raid on the port"),
        ("radio", "2024-03-02", "en", "The raid"),
        ("post", "2024-03-02T09:00:00+00:00", "en", ""),
    ]
    assert taken.sources == (
        Source("post", "Harbour Post", "Group, Inc", "https://post.example"),
        Source("radio", "radio", carries="wire"),
    )
    assert taken.problems == ()
    assert said(taken, tmp_path) == ["x.pdf: is left out: its kind is not read (give .txt, .md, .html or .jsonl)"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_the_text_is_the_files_own_and_a_byte_order_mark_is_none_of_it(tmp_path: Path, newline: str, encoding: str) -> None:
    text = newline.join(["Raid – “worst” so far", "", TEXT, UKRAINIAN, ""])
    put(tmp_path, a_txt=text.encode(encoding))
    (one,) = take([tmp_path / "a.txt"]).documents
    assert one.text == text and one.origin_map is None
    assert one.id == content_id(text, "unknown", None)


def test_the_same_report_has_the_same_id_wherever_it_lies(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        put(tmp_path / name, **{f"{name}_txt": TEXT})
        (tmp_path / name / "sources.csv").write_text(f"path,source\n{name}.txt,post\n")
        ids.add(take([tmp_path / name]).documents[0].id)
    assert ids == {content_id(TEXT, "post", None)}
    taken = take([tmp_path])
    assert len(taken.documents) == 1
    assert any("is the same report as" in line for line in said(taken))


def test_front_matter_is_metadata_and_offsets_lead_back_to_the_file(tmp_path: Path) -> None:
    body = "# Raid on the port\r\n\r\n" + TEXT
    head = '---\r\ntitle: "The raid"\r\ndate: 2024-03-02\r\ntags:\r\n  - raid\r\nsource: Harbour Post\r\n---\r\n'
    put(tmp_path, a_md=head + body, b_md="---\n\nNo front matter: only a rule.\n\n---\n" + TEXT)
    one, two = take([tmp_path]).documents
    assert (one.text, one.title, one.published, one.source) == (body, "The raid", "2024-03-02", "harbour-post")
    found = origin_span(one, Span(body.index("12"), body.index("12") + 2))
    assert found is not None and found.of(head + body) == "12"
    assert two.text.startswith("---\n\nNo front matter") and two.origin_map is None


def test_a_table_of_reports_gives_one_document_a_line_and_names_the_lines_it_cannot_read(tmp_path: Path) -> None:
    lines = [
        '{"text": "TEXT", "title": "Raid", "published": "2024-03-02", "source": "Post", "url": "https://post.example/a", "id": "r1"}',
        '{"body": "Second. TEXT", "dct": "20240303", "uri": "https://www.radio.example/b", "lang": "en-GB"}',
        '{"text": "Third',
        "",
        '["no object"]',
        '{"title": "no text"}',
        '{"paragraphs": 3, "content": ["First words.", "TEXT"], "timestamp": 1709366400, "id": "r1"}',
        '{"text": "Half a pair \\ud83d, TEXT"}',
    ]
    put(tmp_path, a_jsonl="\n".join(lines).replace("TEXT", TEXT))
    taken = take([tmp_path / "a.jsonl"])
    assert [(d.source, d.published, d.language, Path(d.path or "").name) for d in taken.documents] == [
        ("post", "2024-03-02", "en", "a.jsonl:1"),
        ("radio.example", "2024-03-03", "en", "a.jsonl:2"),
        ("unknown", "2024-03-02T08:00:00+00:00", "en", "a.jsonl:7"),
        ("unknown", None, "en", "a.jsonl:8"),
    ]
    assert taken.documents[0].id == "r1" and taken.documents[2].id != "r1"
    assert taken.documents[2].text == "First words.\n\n" + TEXT
    encode(taken.documents)  # holds nothing that cannot be written
    problems = fatal(taken)
    assert list(problems) == ["a.jsonl:3", "a.jsonl:5", "a.jsonl:6"]
    assert "is no JSON" in problems["a.jsonl:3"] and "no object" in problems["a.jsonl:5"] and "no text" in problems["a.jsonl:6"]
    assert any("id of another report" in line for line in said(taken))


def test_a_page_is_read_with_what_it_says_of_itself(tmp_path: Path) -> None:
    put(
        tmp_path,
        a_html="<html lang=uk><meta property='og:site_name' content='Портова газета'><meta name=date content='2 March 2024'>"
        f"<link rel=canonical href='https://gazeta.example/1'><script>alert(1)</script><h1>Обстріл порту</h1><p>{UKRAINIAN}</p>",
    )
    (one,) = (taken := take([tmp_path])).documents
    assert (one.source, one.published, one.language, one.title) == ("портова-газета", "2024-03-02", "uk", "Обстріл порту")
    assert one.text.endswith(UKRAINIAN) and one.origin_map
    assert taken.sources[0] == Source("портова-газета", "Портова газета", url="https://gazeta.example")


@pytest.mark.parametrize("stream", [io.StringIO(TEXT), io.BytesIO(TEXT.encode()), io.BytesIO(b"<html><p>" + TEXT.encode())])
def test_pasted_text_is_read(stream: io.StringIO | io.BytesIO) -> None:
    (one,) = take(["-"], stdin=stream).documents
    assert one.text == TEXT and one.path == "-" and one.language == "en"


def test_later_texts_of_one_address_are_versions_of_the_earlier(tmp_path: Path) -> None:
    row = '{{"text": "{} ' + TEXT + '", "published": "{}", "source": "post", "url": "https://post.example/a"}}'
    put(
        tmp_path,
        a_jsonl="\n".join([row.format("Late.", "2024-03-04"), row.format("First.", "2024-03-02"), row.format("Mid.", "2024-03-03")]),
    )
    late, first, mid = take([tmp_path]).documents
    assert (first.version_of, mid.version_of, late.version_of) == (None, first.id, mid.id)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        (UKRAINIAN, "uk"),
        ("Al menos dos personas murieron en el ataque de la noche, dijo el gobernador.", "es"),
        ("550!", None),
    ],
)
def test_languages_are_recognised(tmp_path: Path, text: str, language: str | None) -> None:
    put(tmp_path, a_txt=text)
    assert take([tmp_path]).documents[0].language == language


def test_english_loads_no_model() -> None:
    import subprocess

    script = (
        f"import io, sys; from crosstally.intake import take; take('-', stdin=io.StringIO({TEXT!r})); sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


# -- what is not as it should be -------------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path, empty_txt="", blank_html=" \n", binary_txt=bytes(range(256)) * 20, noise_md=os.urandom(3000).replace(b"\xef", b"\x01"))
    put(
        tmp_path,
        pdf_txt=b"%PDF-1.4 ...",
        zip_md=b"PK\x03\x04....",
        hollow_html="<script>var x = 1</script>",
        good_txt=TEXT,
        none_jsonl="\n",
    )
    taken = take([tmp_path])
    assert [Path(d.path or "").name for d in taken.documents] == ["good.txt"]
    problems = fatal(taken)
    assert set(problems) == {p.name for p in tmp_path.iterdir()} - {"good.txt"}
    assert problems["empty.txt"] == problems["blank.html"] == problems["none.jsonl"] == "is empty"
    assert problems["binary.txt"] == "is binary data, not text" and problems["pdf.txt"] == "is a PDF, not text"


@pytest.mark.parametrize(
    ("data", "words", "note"),
    [
        ("Сьогодні вночі загинули двоє людей".encode("cp1251"), "загинули", "Windows-1251"),
        ("The café’s owner said “two” were hurt".encode("cp1252"), "café’s", "Windows-1252"),
        (UKRAINIAN.encode() + b" \xff end", "обстрілу", "1 bytes that are no UTF-8"),
        (b"<meta charset=windows-1251><p>" + "Загинули двоє людей".encode("cp1251"), "Загинули", "Windows-1251"),
    ],
)
def test_other_encodings_are_read_and_the_guess_is_said(tmp_path: Path, data: bytes, words: str, note: str) -> None:
    put(tmp_path, a_txt=data)
    taken = take([tmp_path])
    assert words in taken.documents[0].text
    assert any(note in line and "save it as UTF-8" in line for line in said(taken))


def test_a_declared_encoding_of_a_page_is_no_guess(tmp_path: Path) -> None:
    put(tmp_path, a_html=b"<html><meta charset=windows-1251><p>" + "Загинули двоє людей, є поранені".encode("cp1251"))
    taken = take([tmp_path])
    assert "є поранені" in taken.documents[0].text
    assert not any("guess" in line for line in said(taken))


def test_a_report_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    with open(tmp_path / "big.txt", "wb") as stream:
        stream.truncate(50_000_000)
    put(tmp_path, good_txt=TEXT, line_jsonl='{"text": "' + "x" * 6_000_000 + '"}\n{"text": "' + TEXT + '", "source": "p"}\n')
    tracemalloc.start()
    taken = take([tmp_path])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(taken.documents) == 2 and peak < 30_000_000
    problems = fatal(taken)
    assert problems["big.txt"] == "is 50.0 MB; one report may have 5.0 MB"
    assert problems["line.jsonl:1"] == "is more than 5.0 MB; one report may have 5.0 MB"
    assert "CROSSTALLY_MAX_REPORT_BYTES" in said(taken)[0]


def test_pasted_text_is_bounded() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 5_000_001
            return b"x" * size

    assert fatal(take(["-"], stdin=Endless())) == {"-": "is more than 5.0 MB; one report may have 5.0 MB"}  # type: ignore[arg-type]
    assert fatal(take(["-"], stdin=None)) == {"-": "nothing was pasted"}
    assert fatal(take([])) == {"-": "nothing was handed in"}


def test_a_run_takes_so_much_and_says_what_it_left(tmp_path: Path) -> None:
    put(tmp_path, a_txt=TEXT, b_txt=TEXT + " b", c_txt=TEXT + " c")
    taken = take([tmp_path], limits=Settings(max_reports=2))
    assert len(taken.documents) == 2
    assert list(fatal(taken)) == ["c.txt"] and "2 reports" in taken.problems[0].message


def test_sources_csv_is_checked_row_by_row(tmp_path: Path) -> None:
    put(tmp_path, a_txt=TEXT, b_txt=TEXT + " b", c_txt=TEXT + " c")
    (tmp_path / "sources.csv").write_bytes(
        "\ufeffpath;source;published;group\n"
        "a.txt;post;03/04/2024;north\n"
        "./b.txt;post;yesterday;south\n"
        "missing.txt;post;;\n"
        "a.txt;post;03/04/2024;north\n"
        "a.txt;radio;;\n"
        ";radio;;\n"
        "b.txt;post;;;;surplus\n".encode()
    )
    taken = take([tmp_path])
    assert [(d.source, d.published) for d in taken.documents] == [("post", None), ("post", None), ("unknown", None)]
    assert taken.problems == ()
    lines = "\n".join(said(taken, tmp_path))
    for expected in (
        "a.txt: the date '03/04/2024' (sources.csv) may be day/month or month/day; left unknown",
        "b.txt: the date 'yesterday' (sources.csv) is no date that can be read; left unknown",
        "b.txt: gives group 'south' for post, before it was 'north', which wins",
        "c.txt: is not listed in sources.csv",
        "c.txt: has no known source",
        "sources.csv:4: lists missing.txt, which is not there",
        "sources.csv:5: lists a.txt again, as in line 2",
        "sources.csv:6: says something else about a.txt than line 2, which wins",
        "sources.csv:7: names no file",
        "sources.csv:8: has 6 cells for 4 columns",
    ):
        assert expected in lines


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (b"name,when\na.txt,x\n", "has no column named path"),
        (b"", "is empty"),
        (bytes(range(256)) * 4, "binary"),
        (b'path,source\n"a.txt,post\n' + b"x" * 140_000, "is no comma-separated row"),
    ],
)
def test_a_bad_sources_csv_never_stops_the_reports(tmp_path: Path, table: bytes, expected: str) -> None:
    put(tmp_path, a_txt=TEXT)
    (tmp_path / "sources.csv").write_bytes(table)
    taken = take([tmp_path])
    assert [d.source for d in taken.documents] == ["unknown"]
    assert any(expected in line and "sources.csv" in line for line in said(taken))


def test_contradictory_metadata_is_noted_with_what_wins(tmp_path: Path) -> None:
    put(
        tmp_path,
        a_html="<html lang=en><meta property='article:published_time' content='2024-03-05T10:00Z'>"
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-02"}</script>' + f"<p>{TEXT}</p>",
        b_md=f"---\ndate: 2024-03-02T08:30\nlang: uk\n---\nSecond. {TEXT}",
    )
    (tmp_path / "sources.csv").write_text("path,source,published,language\na.html,post,2024-03-02,en\nb.md,post,2024-03-02,en\n")
    taken = take([tmp_path])
    assert [d.published for d in taken.documents] == ["2024-03-02", "2024-03-02T08:30:00"]  # the same day, told more closely, is taken
    lines = said(taken, tmp_path)
    assert "a.html: published is '2024-03-02' by sources.csv but '2024-03-05T10:00:00+00:00' by the page; sources.csv wins " \
        "(correct the one that is wrong)" in lines  # fmt: skip
    assert any(line.startswith("b.md: language is 'en' by sources.csv but 'uk' by its front matter") for line in lines)
    assert not any("JSON-LD" in line for line in lines)


def test_paths_that_lead_nowhere_or_in_circles(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", a_txt=TEXT)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    (tmp_path / "in" / "twice.txt").symlink_to(tmp_path / "in" / "a.txt")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    (tmp_path / "bare").mkdir()
    taken = take([tmp_path / "in", tmp_path / "missing.txt", tmp_path / "bare", "nul\x00.txt", tmp_path / "in" / "a.txt"])
    assert len(taken.documents) == 1
    problems = fatal(taken)
    assert problems["dangling.txt"] == "is a link to nothing" and "self.txt" in problems
    assert problems["missing.txt"] == "is not there" and problems["bare"] == "holds no report" and problems["nul\\x00.txt"] == "is no path"
    lines = "\n".join(said(taken, tmp_path))
    assert "loop: is a folder already read" in lines and "pipe.txt: is left out: no regular file" in lines
    assert "twice.txt: was handed in twice, or is a link" in lines


def test_kinds_that_are_not_read_are_a_problem_when_named(tmp_path: Path) -> None:
    put(tmp_path, a_docx=b"PK\x03\x04", b_png=b"\x89PNG")
    (tmp_path / "bare").write_text(TEXT)
    taken = take([tmp_path / "a.docx", str(tmp_path / "b.png"), tmp_path / "bare"])
    assert list(fatal(taken)) == ["a.docx", "b.png"] and len(taken.documents) == 1


def test_what_may_not_be_read_is_said() -> None:
    with unprivileged.folder() as path:
        put(path, a_txt=TEXT, b_txt=TEXT, c_jsonl="{}")
        take([path])
        for name in ("a.txt", "c.jsonl"):
            (path / name).chmod(0)
        (path / "closed").mkdir(mode=0)
        with unprivileged.nobody():
            taken = take([path])
        assert fatal(taken) == {"a.txt": "may not be read", "c.jsonl": "may not be read", "closed": "may not be read"}


def test_a_file_that_goes_away_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a_txt=TEXT, b_jsonl="{}", c_txt=TEXT)
    real = open

    def gone(file: object, *rest: object, **named: object) -> object:
        if str(file).endswith(("a.txt", "b.jsonl")):
            raise FileNotFoundError(2, "No such file", str(file))
        return real(file, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", gone)
    taken = take([tmp_path])
    assert fatal(taken) == {"a.txt": "is not there", "b.jsonl": "is not there"} and len(taken.documents) == 1


def test_what_is_unknown_is_said(tmp_path: Path) -> None:
    put(tmp_path, a_txt=TEXT)
    taken = take([tmp_path])
    assert taken.documents[0].published is None and taken.sources == (Source("unknown", "unknown source"),)
    assert said(taken, tmp_path) == [
        "a.txt: has no known source; voices behind it cannot be told apart (give it in sources.csv, column source)",
        "a.txt: has no publication date; its moments stay relative (give it in sources.csv, column published)",
    ]


# -- anything at all -------------------------------------------------------------------------------------------------------------------

scraps = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from([b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"---\n", b"date: ", b'{"text": "', b'"}\n', b"<html>",
                         b"<p>", b"path,source\n",
                         b"report.txt,", b'"', b"\r\n", b"12 people were hurt ", b"\xd0\xb4", b"{\\rtf", b"[", b"&#x", b"2024-03-02"]),
    ),
    max_size=12,
).map(b"".join)  # fmt: skip


@pytest.mark.parametrize("name", ["report.txt", "report.md", "report.html", "report.jsonl", "sources.csv", "-"])
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scraps)
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00")
@example(b'{"text": "x", "published": 1e400, "url": "http://[", "source": "\\u0000", "id": ""}')
def test_no_bytes_whatever_raise(tmp_path: Path, name: str, data: bytes) -> None:
    if name == "-":
        taken = take(["-"], stdin=io.BytesIO(data))
    else:
        (tmp_path / "report.txt").write_text(TEXT)
        (tmp_path / name).write_bytes(data)
        taken = take([tmp_path])
    fatal(taken)
    assert all("\n" not in line for line in said(taken))
    encode(taken)
    assert all(document.text.strip() for document in taken.documents)
    assert {document.source for document in taken.documents} <= {source.id for source in taken.sources}
    assert msgspec.json.decode(encode(taken.documents)) is not None
