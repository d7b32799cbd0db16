"""Takes the pictures of the manual's page on the desk, in Debian's chromium: ``python scripts/take_desk_pictures.py``.

Serves the example reports on a free port of this machine and takes each screen as it is drawn, nothing retouched.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
_SIZE = {"width": 1120, "height": 760}
_MOST = 200_000  # bytes a picture may have


def serve(ledger: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "crosstally", "desk", "--ledger", str(ledger), "--port", str(port)], stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(base + "/api", timeout=5).read()
            return process, base
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise SystemExit("the desk did not answer")


def screens(base: str) -> dict[str, str]:
    """Picture to the address it shows."""

    def ask(address: str) -> Any:
        return json.load(urllib.request.urlopen(base + address, timeout=20))

    event = max(ask("/api/events")["events"], key=lambda e: e["claims"])
    claim = ask(f"/api/claims?event={event['id']}&measure=shot_down")["claims"][0]
    reports = ask("/api/documents")["documents"]
    return {
        "desk-situation": "/",
        "desk-event": event["address"],
        "desk-document": f"{claim['address']}#c-{claim['id']}",
        "desk-beside": f"{reports[1]['address']}?beside={reports[2]['id']}",
        "desk-people": "/people",
        "desk-decide": "/decide",
        "desk-add": "/add",
    }


def main() -> None:
    from playwright.sync_api import sync_playwright

    import crosstally

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.db"
        with crosstally.read(ROOT / "examples" / "reports", ledger=path) as ledger:
            ledger.balance()
            claim = next(c for c in ledger.claims(measure="killed"))
            ledger.decide("accept", claim.id, who="T. Ester", why="heard on the recording")
            ledger.balance()
        process, base = serve(path)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                for name, address in screens(base).items():
                    view = browser.new_page(viewport=_SIZE, color_scheme="light")
                    view.goto(base + address)
                    target = PICTURES / f"{name}.png"
                    view.screenshot(path=target)
                    view.close()
                    if target.stat().st_size > _MOST:
                        raise SystemExit(f"{target} has {target.stat().st_size:,} bytes; the most is {_MOST:,}")
                    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
                browser.close()
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main()
