"""Numbers of a sentence: value, hedge, role, rule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain.language import load_language
from crosstally.extract.numbers.read import read_quantities
from crosstally.values import Mention, Quantity, Sentence, Span, Token

ENGLISH = load_language("en")


def sentence_of(text: str) -> Sentence:
    """One sentence with the tokens of the text package's contract, cut by white space and marks only."""
    import re

    tokens = [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in re.finditer(r"[ap]\.m\.|\.?\d[\d.,:]*\d\w*(?:-[\w]+)*|\w+(?:-\w+)*|['’]s|[^\w\s]", text)
    ]
    return Sentence(0, Span(0, len(text)), 0, tuple(tokens))


def read(text: str) -> tuple[Mention, ...]:
    return read_quantities("d1", sentence_of(text), text, ENGLISH)


def noted(text: str) -> str:
    """``words=value hedge unit role`` of each number but bare articles, in order; exact hedges and missing units are left out."""
    parts = []
    for mention in read(text):
        quantity = mention.value
        assert isinstance(quantity, Quantity)
        if mention.rule == "count.article":
            continue
        hedge = "" if quantity.hedge == "exact" else f" {quantity.hedge}"
        parts.append(f"{mention.text}={quantity.notation()}{hedge}{' ' + quantity.unit if quantity.unit else ''} {mention.number}")
    return "; ".join(parts)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("31 people were hurt", "31=31 count"),
        ("At least 31 people were hurt", "31=31+ at_least count"),
        ("no fewer than nine homes burnt", "nine=9+ at_least count"),
        ("31 or more were hurt", "31=31+ at_least count"),
        ("40+ homes and 20-plus cars", "40=40+ at_least count; 20=20+ at_least count"),
        ("more than 400 drones", "400=401+ more_than count"),
        ("over 50,000 people", "50,000=50001+ more_than count"),
        ("up to 90 shells, as many as 12 cars", "90=0..90 up_to count; 12=0..12 up_to count"),
        ("no more than five died", "five=0..5 up_to count"),
        ("fewer than 10 homes", "10=0..9 fewer_than count"),
        ("nearly 500 and almost 60", "500=450..499 nearly count; 60=54..59 nearly count"),
        ("just under 50 people", "50=45..49 nearly count"),
        ("around 400 and some 300", "400=360..440 around count; 300=270..330 around count"),
        ("about five homes", "five=4..6 around count"),
        ("between 50 and 60 people", "50 and 60=50..60 between count"),
        ("10 to 12 shells", "10 to 12=10..12 between count"),
        ("20–25 shells, 7-9 homes", "20–25=20..25 between count; 7-9=7..9 between count"),
        ("two or three cars", "two or three=2..3 between count"),
        ("two to three million people", "two to three million=2000000..3000000 between count"),
        ("The toll rose from 20 to 25", "20=20 count; 25=25 count"),
        ("anywhere from 5 to 10 homes", "5 to 10=5..10 between count"),
        (
            "dozens of homes, hundreds of thousands fled",
            "dozens=dozens vague count; hundreds of thousands=hundreds of thousands vague count",
        ),
        ("several cars and a few buses", "several=several vague count; a few=a few vague count"),
        ("more than a dozen people", "a dozen=13+ more_than count"),
        ("two dozen homes", "two dozen=22..26 around count"),
        ("a couple of tanks", "a couple=2 around count"),
        ("a half-dozen cars", "a half-dozen=5..7 around count"),
        ("no casualties, zero deaths, none died", "no=0 none count; zero=0 none count; none=0 none count"),
        ("Not a single house burnt", ""),
        ("talked about 5 plans", "5=5 count"),
        ("flew over five regions", "five=5 count"),
        ("half of the drones, most of the city", "half=half share share; most=most share share"),
        ("a majority of the shells, two-thirds of homes", "a majority=a majority share share; two-thirds=two-thirds share share"),
        ("1.2 million people, 1.5bn, 20k", "1.2 million=1200000 count; 1.5bn=1500000000 count; 20k=20000 count"),
        ("half a million homes", "half a million=500000 count"),
    ],
)
def test_counts_and_hedges(text: str, notation: str) -> None:
    if not notation:
        assert [(m.rule, m.value.low) for m in read(text) if isinstance(m.value, Quantity)] == [("count.none", 0)]
    else:
        assert noted(text) == notation


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("a 71-year-old nurse", "71=71 age"),
        ("a boy aged 12 and girls ages 3 to 7", "12=12 age; 3 to 7=3..7 between age"),
        ("Olena Bondar, 34, a nurse", "34=34 age"),
        ("a girl, 9, was hurt", "9=9 age"),
        ("death of a 16 year-old boy", "16=16 age"),
        ("a woman, also 22, was hurt", "22=22 age"),
        ("two men, one 17 and the other 21, were hurt", "two=2 count; one=1 count; 17=17 age; 21=21 age"),
        ("Rowe, who is 33, was hurt", "33=33 age"),
        ("Tim Rowe, 32 – were hurt", "32=32 age"),
        ("The children's ages were 6, 11 and 16", "6=6 age; 11=11 age; 16=16 age"),
        ("around 10 Saturday night", "10=10 around time"),
        ("She called 911 for help", "911=911 name"),
        ("a town of 1,200 people", "1,200=1200 measure"),
        ("three men 22, 23 and 31 were hurt", "three=3 count; 22=22 age; 23=23 age; 31=31 age"),
        ("The painter, at 81, still works", "81=81 age"),
        ("She died at 81 on Monday", "81=81 age"),
        ("one-way-attack drones flew", ""),
        ("debris fell at 23, the service said", "23=23 count"),
        ("men 17 and 19 years old", "17=17 age; 19=19 age"),
        ("a 17- and 19-year-old", "17=17 age; 19=19 age"),
        ("children under 18", "18=0..17 fewer_than age"),
        ("a man in his 40s", "40s=40 age"),
        ("a 14-story tower", "14=14 storey storeys"),
        ("a five- to seven-story block", "five- to seven=5..7 between storey storeys"),
        ("the 12th floor", "12th=12 floor floor"),
        ("a 90-kilometer (56-mile) line", "90=90 kilometre distance; 56=56 mile distance"),
        ("30m from the school", "30=30 metre distance"),
        ("40 percent, 5%", "40=40 percent percent; 5=5 percent percent"),
        ("$5 million and 20 euros", "5 million=5000000 dollar money; 20=20 euro money"),
        ("155mm shells", "155=155 millimetre calibre"),
        ("2,000-pound bombs", "2,000=2000 pound measure"),
        ("a magnitude 7.8 quake", "7.8=7..8 magnitude measure"),
        ("a nine-hour raid", "nine=9 hour duration"),
        ("an hour-long call", "hour-long=1 hour duration"),
        ("for nearly five and a half hours", "five and a half=297..329 nearly minute duration"),
        ("eight hours and 20 minutes", "eight hours and 20=500 minute duration"),
        ("more than an hour", "an=61+ more_than minute duration"),
        ("three days ago", "three=3 day duration"),
        ("90 drones per day, 500 a night", "90=90 rate; 500=500 rate; a=1 idiom"),
        ("in 2023, since 2014", "2023=2023 year; 2014=2014 year"),
        ("2000 drones", "2000=2000 count"),
        ("on July 9, 2025, and 10 July", "9=9 date; 2025=2025 date; 10=10 date"),
        ("In May 20 people died", "20=20 count"),
        ("January 9, 2017 Man dead in a fire", "9=9 date; 2017=2017 year"),
        ("a call to 911 on Friday", "911=911 name"),
        ("at 6 p.m. and 22:00", "6=6 time; 22:00=22:00 time"),
        ("the third year, day 1,226", "third=3 index; 1,226=1226 index"),
        ("the second consecutive night", "second=2 index"),
        ("the second strike", "second=2 ordinal"),
        ("one of the worst raids", "one=1 idiom"),
        ("at one point one another", "one=1 idiom; one=1 idiom; another=1 idiom"),
        ("as many as 40, no fewer than 5", "40=0..40 up_to count; 5=5+ at_least count"),
        ("S-300 and Shahed-136", "S-300=S-300 name; Shahed-136=Shahed-136 name"),
        ("the Group of Seven", "Seven=7 name"),
        ("on Channel 12", "12=12 name"),
        ("the 2200 block of Broadway", "2200=2200 name"),
        ("the 128th Mountain Brigade", "128th=128 name"),
        ("the vote was 142-5", "142=142 score; 5=5 score"),
    ],
)
def test_what_a_number_is(text: str, notation: str) -> None:
    assert noted(text) == notation


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("another 12 were hurt", "12 count.another"),
        ("at least another 12 were hurt", "12 count.another"),
        ("Another woman died", "Another count.another"),
        ("23 others and two other men", "23 count.others|two count.others"),
        ("five more died", "five count.more"),
        ("31 or more died", "31 count"),
        ("14 of the injured", "14 count.of"),
        ("382 of the 415 drones", "382 count.of|415 count.whole"),
        ("476 out of a record 539 drones", "476 count.of|a count.article|539 count.whole"),
        ("both died", "both count.both"),
        ("the two mayors", "two count.definite"),
        ("a 30-round magazine", "a count.article|30 count.compound"),
        ("Two 15-year-old boys", "Two count|15 age.years_old"),
        ("A man died", "A count.article"),
        ("90 drones per day", "90 rate.per.day"),
    ],
)
def test_kinds_of_count(text: str, rules: str) -> None:
    assert "|".join(f"{m.text} {m.rule}" for m in read(text)) == rules


def test_span_is_the_number_alone_and_cover_adds_the_hedge() -> None:
    text = "Officials said at least another 12 were hurt"
    (mention,) = read(text)
    assert mention.span.of(text) == mention.text == "12"
    assert mention.cover is not None and mention.cover.of(text) == "at least another 12"
    assert isinstance(mention.value, Quantity) and mention.value.raw == "at least another 12"


UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(number: int, joiner: str = " and ") -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{UNITS[number // 100]} hundred" + (joiner + spelt(number % 100, joiner) if number % 100 else "")
    rest = number % 1000
    return f"{spelt(number // 1000, joiner)} thousand" + ((joiner if rest < 100 else " ") + spelt(rest, joiner) if rest else "")


@settings(deadline=None)
@given(st.integers(1, 999_999), st.sampled_from([" and ", " "]))
def test_numbers_in_words_read_back(number: int, joiner: str) -> None:
    text = f"{spelt(number, joiner)} shells fell"
    (mention,) = read(text)
    assert isinstance(mention.value, Quantity)
    assert (mention.value.low, mention.value.high) == (number, number)
    assert mention.text == spelt(number, joiner)


@settings(deadline=None)
@given(st.integers(1, 9_999_999))
def test_numbers_in_figures_read_back(number: int) -> None:
    (mention,) = read(f"{number:,} shells fell")
    assert isinstance(mention.value, Quantity) and mention.value.low == mention.value.high == number


PIECES = st.sampled_from(
    [
        "at least",
        "more than",
        "between",
        "and",
        "to",
        "-",
        "a",
        "the",
        "another",
        "two",
        "hundred",
        "thousand",
        "half",
        "dozen",
        "of",
        "no",
        "one",
        "12",
        "1,000",
        "1.5",
        "July",
        "p.m.",
        "year",
        "old",
        "hours",
        "per",
        "day",
        "drones",
        ",",
        "(",
        ")",
        "%",
        "$",
        "first",
        "most",
        "20-25",
        "seven-hour",
        "½",
        "²",
        "S-300",
        "…",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_any_row_of_words_keeps_its_offsets(text: str) -> None:
    last = -1
    for mention in read(text):
        assert text[mention.span.start : mention.span.end] == mention.text != ""
        assert mention.cover is not None and mention.cover.covers(mention.span)
        assert mention.span.start > last
        last = mention.span.start
