"""The interchange format: its shape, its order, and that nothing is lost on the way."""

from __future__ import annotations

import json
import random
from pathlib import Path

import jsonschema
import msgspec
import pytest

from crosstally.export.interchange import as_dict, as_json
from crosstally.values import Book, decode, encode
from tests.export.book_fixture import night, shooting

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/ledger-1.json").read_text("utf-8"))


@pytest.mark.parametrize("book", [night(), shooting(), Book()], ids=["night", "shooting", "empty"])
def test_fits_the_schema(book: Book) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(as_json(book)))


def test_schema_refuses_what_the_format_does_not_allow() -> None:
    wrong = as_dict(night())
    wrong["claims"][0]["span"] = [3]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(wrong)


def test_chosen_reading_becomes_the_measure() -> None:
    claim = next(c for c in as_dict(night())["claims"] if c["id"] == "p5")
    assert claim["measure"] == "neutralised"
    assert claim["facets"] == {"weapon": "drone"}
    assert [r["measure"] for r in claim["readings"]] == ["shot_down", "neutralised"]


def test_claims_are_joined_with_event_voice_and_speaker() -> None:
    claim = next(c for c in as_dict(night())["claims"] if c["id"] == "w11")
    assert claim["event"] == "ev-raid"
    assert claim["voice"] == "v-mayor"
    assert claim["speaker"] == {"name": "Vitali Klitschko", "role": "Mayor", "entity": "e-klitschko", "vague": False}
    assert claim["quantity"] == {"low": 14, "high": None, "hedge": "at_least", "unit": None, "raw": "at least 14 people"}


def test_every_span_gives_back_its_words() -> None:
    book = night()
    texts = {d.id: d.text for d in book.documents}
    made = as_dict(book)
    for row in made["claims"] + made["mentions"]:
        start, end = row["span"]
        assert texts[row["document"]][start:end] == row["text"]


def test_mentions_point_at_ledger_entities_and_quotes_name_their_speaker() -> None:
    quotes = [m for m in as_dict(night())["mentions"] if m["kind"] == "quote"]
    assert {m["entity"] for m in quotes} == {"e-sybiha", "e-zelensky"}
    assert all(isinstance(m["value"]["speaker"], str) for m in quotes)
    assert all("type" not in m["value"] for m in quotes)


def test_events_hold_their_tallies_and_findings() -> None:
    events = {e["id"]: e for e in as_dict(night())["events"]}
    assert events["ev-raid"]["class"] == "air_attack"
    assert events["ev-raid"]["voices"] == {"low": 3, "high": 7}
    down = [t for t in events["ev-raid"]["tallies"] if t["measure"] == "shot_down" and t["facets"] == {"weapon": "drone"}]
    assert [(t["low"], t["high"], t["state"], t["derived_from"]) for t in down] == [(268, 268, "derived", ["w4", "w5"])]
    assert {f["kind"] for f in events["ev-raid"]["findings"]} >= {"agreement", "definition_difference", "divergence", "role_clash"}
    assert not any(f["kind"] in ("contradiction", "imbalance") for e in events.values() for f in e["findings"])


def test_a_finding_of_an_unknown_event_is_not_lost() -> None:
    book = night()
    stray = msgspec.structs.replace(book.findings[0], event=None)
    made = as_dict(msgspec.structs.replace(book, findings=(*book.findings, stray)))
    assert [f["kind"] for f in made["findings"]] == ["agreement"]


@pytest.mark.parametrize("seed", range(5))
def test_order_of_reading_does_not_change_a_byte(seed: int) -> None:
    book, dice = night(), random.Random(seed)
    fields = (
        "sources",
        "documents",
        "claims",
        "mentions",
        "entities",
        "voices",
        "events",
        "tallies",
        "findings",
        "assignments",
        "unread",
        "lineage",
    )
    shuffled = {name: tuple(dice.sample(getattr(book, name), len(getattr(book, name)))) for name in fields}
    assert as_json(msgspec.structs.replace(book, **shuffled)) == as_json(book)


def test_json_is_the_dict_and_indents() -> None:
    book = night()
    assert json.loads(as_json(book)) == as_dict(book) == json.loads(as_json(book, 2))
    assert b"\n" not in as_json(book)
    assert as_json(book, 2).startswith(b'{\n  "version": 1,')


def test_the_book_itself_round_trips() -> None:
    assert decode(encode(night()), Book) == night()
