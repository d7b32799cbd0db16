"""Which ledgers are golden: a name, the folder of reports, and the moment the account is cut at."""

from __future__ import annotations

import os
from pathlib import Path

from .notation import GoldenLedger, of_book

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
LEDGERS: dict[str, tuple[str, str | None]] = {
    "examples": ("examples/reports", None),
    "examples-4-july-noon": ("examples/reports", "2025-07-04T12:00"),
    "examples-6-july": ("examples/reports", "2025-07-06"),
}


def golden_file(name: str) -> Path:
    return HERE / f"{name}.ledger"


def make_all() -> dict[str, GoldenLedger]:
    """Every golden ledger as the code at hand makes it. Reports are read once a folder."""
    import crosstally

    os.chdir(ROOT)
    read: dict[str, crosstally.Ledger] = {}
    made = {}
    for name, (folder, as_of) in LEDGERS.items():
        books = read.setdefault(folder, crosstally.read(folder)) if folder not in read else read[folder]
        made[name] = of_book(books.as_of(as_of))
    return made
