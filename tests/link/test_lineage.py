"""How one text came from another."""

from __future__ import annotations

from crosstally.link.lineage import agency_of, align, find, seeds_of, words_of
from crosstally.values import Document, DocumentReading, Mention, QuoteValue, Source, Span

from .told import book_of

STORY = (
    "A freight train left the rails near the harbour shortly before dawn and spilled grain over two streets. "
    "Nobody aboard was hurt, the port authority said, but eleven lorries waiting at the gate were crushed. "
    "Crews brought a crane from the shipyard and hoped to clear the line by the weekend. "
    "The driver told investigators that a signal had shown green all the way from the junction. "
    "Farmers upriver fear that their barley will now miss the last ship of the season."
)


def texts(*pairs: tuple[str, str | None, str], source: str = "") -> dict:
    docs = [Document(id=i, text=t, published=p, source=source or f"s-{i}") for i, p, t in pairs]
    return {d.id: words_of(d, None) for d in docs}


def test_a_trimmed_and_reheadlined_copy_is_found_with_its_passages() -> None:
    trimmed = "Grain everywhere! " + STORY[: STORY.index("The driver told")]
    found = find(texts(("one", "2025-03-01", STORY), ("two", "2025-03-02", trimmed)), {})
    assert len(found) == 1
    line = found[0].lineage
    assert (line.source, line.target, line.kind) == ("two", "one", "copies")
    here, there = line.passages[0]
    assert here.of(trimmed).startswith("A freight train") and there.of(STORY).startswith("A freight train")
    assert "1 March 2025" in line.reason


def test_a_lightly_edited_copy_is_still_a_copy() -> None:
    edited = STORY.replace("shortly before dawn", "at dawn").replace("eleven lorries", "eleven big lorries").replace("hoped to", "expected to")
    found = find(texts(("one", "2025-03-01", STORY), ("two", "2025-03-01T10:00", edited)), {})
    assert found[0].lineage.kind == "copies" and found[0].share > 0.8


def test_a_shared_paragraph_is_no_copy_of_the_whole() -> None:
    other = (
        "Ship owners met on Monday to speak of tariffs, crews and the price of fuel in the northern ports, and found little to agree upon. "
        "They will meet again in May when the minister is back from her travels and the new rules are printed. "
        + STORY[STORY.index("Crews brought") : STORY.index("Farmers")]
        + "None of the owners would say who pays for the crane, nor when the insurers are going to answer the letters of last week."
    )
    found = find(texts(("one", "2025-03-01", STORY), ("two", "2025-03-02", other)), {})
    assert [c.lineage.kind for c in found] == ["quotes"]


def test_unrelated_texts_and_short_phrases_make_no_line() -> None:
    assert find(texts(("one", None, STORY), ("two", None, "At the end of the day the council voted for a new school.")), {}) == ()


def test_the_same_form_with_other_numbers_is_no_copy() -> None:
    form = (
        "On the night of {} the enemy attacked with {} drones of the strike type, launched from {} directions. "
        "As of 9 a.m. air defence had downed {} of them, and {} more were lost from view."
    )
    found = find(
        texts(("one", "2025-03-01", form.format("1 March", 61, 3, 40, 19)), ("two", "2025-03-02", form.format("2 March", 88, 5, 52, 30))),
        {},
    )
    assert found == ()


def test_a_shared_speech_is_no_shared_text() -> None:
    speech = "we shall stay in this valley until the last bridge is mended and the last child is back in school"
    docs, readings = [], []
    for name, lead in (("one", "The mayor was blunt: "), ("two", "Asked about plans, she answered, ")):
        text = f"{lead}“{speech}”. " + ("Rain fell on the square." if name == "one" else "A band played old songs until midnight.")
        start = text.index(speech)
        quote = Mention(name, Span(start, start + len(speech)), "quote", speech, QuoteValue("A"), "test")
        docs.append(Document(id=name, text=text, source=name))
        readings.append(DocumentReading(name, mentions=(quote,)))
    found = find({d.id: words_of(d, r) for d, r in zip(docs, readings, strict=True)}, {})
    assert found == ()


def test_without_dates_the_longer_text_is_the_origin() -> None:
    trimmed = STORY[: STORY.index("Farmers")]
    line = find(texts(("a", None, trimmed), ("b", None, STORY)), {})[0].lineage
    assert (line.source, line.target) == ("a", "b")


def test_alignment_ranges_hold_the_same_words() -> None:
    one, two = (words_of(Document(id=i, text=t), None) for i, t in (("a", STORY), ("b", "Well. " + STORY.replace("grain", "wheat"))))
    for passage in align(one, two):
        assert one.words[passage.a0] == two.words[passage.b0]
        assert one.words[passage.a1 - 1] == two.words[passage.b1 - 1]


def test_seeds_do_not_hang_on_the_process() -> None:
    assert seeds_of(("a", "b", "c", "d", "e")) == {3904355907 + 31 * 1908338681 + 961 * 112844655 + 29791 * 2564639436 + 923521 * 4024072794}


def test_agency_by_dateline_credit_people_and_source() -> None:
    for text in (
        "LIMA, Peru (AP) — A bus fell into a ravine.",
        "Associated Press journalists at the scene saw smoke.",
        "A bus fell. Reporters for the Associated Press contributed.",
    ):
        found = agency_of(Document(id="d", text=text), None)
        assert found is not None and found.agency == "associated_press", text
    carried = agency_of(Document(id="d", text="A bus fell."), Source("x", "The X", carries="Reuters"))
    assert carried is not None and carried.agency == "reuters" and "The X prints Reuters copy" in carried.reason


def test_an_agency_that_is_only_quoted_is_not_carried() -> None:
    for text in (
        "The minister told the Associated Press that talks go on.",
        "Apples (a fruit) fell. AP courses begin in May.",
        "He spoke to Reuters.",
    ):
        assert agency_of(Document(id="d", text=text), None) is None, text


def test_a_trimmed_copy_that_lost_the_country_has_the_voice_of_its_origin() -> None:
    """Which country's emergency service speaks is told by the country's name, and that may stand in the part that a copy leaves out."""
    told = (
        "Nine people were wounded and two were killed when a warehouse by the river was hit during the night, the State Emergency Service said. "
        "Crews worked from midnight until shortly before seven o'clock, when the last alarm was lifted and the trains began to run again."
    )
    origin = f"Ukraine woke to broken windows on Tuesday.\n\n{told}"
    before = book_of((origin, "2025-03-04T09:00"))
    after = book_of((origin, "2025-03-04T09:00"), (told, "2025-03-04T15:00"))
    assert any(line.kind == "copies" and line.source == "d1" for line in after.lineage)
    (voice,) = (v for v in before.voices if v.certain)
    assert voice.party == "ua"
    assert [(v.institution, v.documents) for v in after.voices] == [(voice.institution, ("d0", "d1"))]


def test_one_institution_named_with_and_without_its_country_is_one_voice() -> None:
    bare = "Ukraine woke to broken windows on Tuesday. Air defences shot down 61 drones overnight, the air force said, and lost 14 from radar."
    full = "Russia launched 90 drones at Ukraine overnight into Tuesday, Ukraine's air force said. It shot down 61 of them."
    book = book_of((bare, "2025-03-04T09:00"), (full, "2025-03-04T10:00"))
    assert [(v.institution, v.documents) for v in book.voices if v.certain] == [("Ukraine's air force", ("d0", "d1"))]
