"""What was measured last, as numbers: ``results.json``. The page of the manual is made from it, so that it holds nothing that was not
measured.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("results.json")


def load(path: Path = PATH) -> dict[str, dict[str, Any]]:
    """ "corpus/part" to ``{"values", "items", "words", "words_per_second", "date", "version", "commit", "frozen"}``."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def save(key: str, record: Mapping[str, Any], path: Path = PATH) -> None:
    """Puts one record beside those of other corpora."""
    every = {**load(path), key: dict(record)}
    path.write_text(json.dumps(every, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def record(values: Mapping[str, float], items: int, words: int, seconds: float, commit: str | None) -> dict[str, Any]:
    """One corpus as measured now. ``seconds`` of CPU."""
    import crosstally

    return {
        "values": {k: round(v, 4) for k, v in values.items()},
        "items": items,
        "words": words,
        "cpu_seconds": round(seconds, 1),
        "date": datetime.now().date().isoformat(),
        "version": crosstally.__version__,
        "commit": commit or commit_of_package() or "unknown",
    }


def commit_of_package() -> str | None:
    """The commit the measured package stands at, "+" where its files differ from it; None outside a repository."""
    import crosstally

    folder = Path(crosstally.__file__).parent
    try:
        head = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
        changed = subprocess.run(
            ["git", "-C", str(folder), "status", "--porcelain", "--", "."], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return head + ("+" if changed else "")
