"""The manual's pictures of the desk are what the desk looks like: this run takes each of them.

``CROSSTALLY_PICTURES=1`` keeps them in the manual; otherwise they are taken and looked at for what a broken screen shows.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.served import EXAMPLES, NEEDS_CHROMIUM, ask, raid, serve

DOCS = Path(__file__).parents[2] / "docs"
SIZE = {"width": 1120, "height": 640}
MOST = 200_000  # bytes a picture may have
SCREENS = (
    "desk-situation", "desk-event", "desk-coded", "desk-document", "desk-beside", "desk-people", "desk-place", "desk-decide", "desk-add",
    "desk-changed",
)  # fmt: skip
pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk on eleven of the example reports, one figure of it accepted; the twelfth is added before the camera."""
    import crosstally

    path = tmp_path_factory.mktemp("pictures") / "examples.db"
    late = EXAMPLES / "07-toll-8-july.txt"
    with crosstally.read([f for f in sorted(EXAMPLES.iterdir()) if f.suffix != ".csv" and f != late], ledger=path) as ledger:
        ledger.balance()
        ledger.decide("accept", next(c.id for c in ledger.claims(measure="killed")), who="T. Ester", why="heard on the recording")
        ledger.balance()
    process, base = serve(path)
    yield base
    process.terminate()
    process.wait(10)


def addresses(base: str) -> dict[str, str]:
    event = raid(base)
    claim = ask(base, f"/api/claims?event={event['id']}&measure=shot_down")["claims"][0]
    lines = ask(base, f"/api/events/{event['id']}")["lineage"]
    pair = max(lines, key=lambda line: len(line["passages"]))
    place = next(e for e in ask(base, "/api/entities?kind=place")["entities"] if e["name"] == "Kyiv")
    return {
        "desk-situation": "/",
        "desk-event": event["address"],
        "desk-coded": f"{event['address']}?convention=ucdp",
        "desk-document": f"{claim['address']}#c-{claim['id']}",
        "desk-beside": f"/documents/{pair['from']}?beside={pair['to']}",
        "desk-people": "/people",
        "desk-place": place["address"],
        "desk-decide": "/decide",
        "desk-add": "/add",
    }


def size(picture: Path) -> tuple[int, int]:
    """Width and height as a PNG file says them."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", head[16:24])
    return wide, high


def test_every_screen_has_its_page_and_its_picture(browser: Any, shown: str, tmp_path: Path) -> None:
    folder = DOCS / "pictures" if os.environ.get("CROSSTALLY_PICTURES") else tmp_path
    view = browser.new_page(viewport=SIZE, color_scheme="light")
    for name, address in addresses(shown).items():
        view.goto(shown + address)
        view.screenshot(path=folder / f"{name}.png")
    view.goto(shown + "/add")
    view.get_by_label("Text").fill((EXAMPLES / "07-toll-8-july.txt").read_text("utf-8"))
    view.get_by_label("Source", exact=True).first.fill("Meridian Wire")
    view.get_by_label("Published", exact=True).first.fill("2025-07-08T10:05:00+03:00")
    view.get_by_role("button", name="Read them").click()
    view.get_by_role("heading", name="What changed").wait_for()
    view.screenshot(path=folder / "desk-changed.png")
    view.close()

    pages = "".join(page.read_text("utf-8") for page in DOCS.glob("desk-*.md"))
    assert sorted(re.findall(r"\]\(pictures/([\w-]+)\.png\)", pages)) == sorted(SCREENS)
    for name in SCREENS:
        taken, kept = folder / f"{name}.png", DOCS / "pictures" / f"{name}.png"
        assert size(taken) == size(kept) == (SIZE["width"], SIZE["height"])
        assert taken.stat().st_size > 15_000, f"{name} is as good as empty"
        assert kept.stat().st_size < MOST, f"{name} is too large for the manual"
        assert 0.5 < taken.stat().st_size / kept.stat().st_size < 2, f"{name} has changed: take the pictures anew with CROSSTALLY_PICTURES=1"
