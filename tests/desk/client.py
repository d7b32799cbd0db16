"""A desk in this process: the real application over a ledger in memory, spoken to as a browser would."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from starlette.testclient import TestClient

from crosstally.desk.ports import Offer
from crosstally.desk.web import create
from crosstally.serving import LedgerBooks

PORT = 8642
BASE = f"http://127.0.0.1:{PORT}"

NIGHT = """Drones strike the port through the night

Russia launched 120 drones and missiles at Ukraine overnight into Friday, Ukraine's air force said. Nine of them were missiles.

Air defenses shot down 80 drones and four missiles, the air force said. Nine people were wounded in Odesa, Mayor Ivan Hrytsenko said.
The attack lasted seven hours.
"""
LATER = """Toll rises in Odesa

Fifteen people were wounded in the overnight attack on Odesa into Friday, Mayor Ivan Hrytsenko said. Two people were killed, he said.

Russia launched 120 drones and missiles at Ukraine overnight into Friday, Ukraine's air force said. The attack lasted thirteen hours.
"""


def offers() -> list[Offer]:
    return [
        Offer("night.txt", NIGHT.encode(), source="Harbour Wire", published="2025-07-04T06:30:00+03:00", url="https://harbour.example/night"),
        Offer("later.txt", LATER.encode(), source="Quay Daily", published="2025-07-04T15:00:00+03:00", url="https://quay.example/later"),
    ]


def books_with(given: Sequence[Offer], path: Any = None) -> LedgerBooks:
    books = LedgerBooks(path)
    for offer in given:
        taken = books.take(offer)
        assert not taken.problems, taken.problems
    books.settle()
    return books


class Desk:
    """``client`` sends what a browser on this machine sends; ``token`` is what its pages carry."""

    def __init__(self, books: LedgerBooks) -> None:
        self.books = books
        app = create(books, PORT)
        self.token = app.token
        self.client = TestClient(app, base_url=BASE, follow_redirects=False)  # type: ignore[arg-type]

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
        return answer.text

    def json(self, address: str) -> Any:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
        return answer.json()

    def wait(self, job: str) -> Any:
        for _ in range(300):
            state = self.json(f"/api/jobs/{job}")
            if state["settled"]:
                return state
            time.sleep(0.05)
        raise AssertionError("the job did not settle")
