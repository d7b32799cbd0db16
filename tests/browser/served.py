"""A desk served for a browser, what it says over its API, and where the browser is."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
NEEDS_CHROMIUM = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")]
EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


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
            assert process.poll() is None, "the desk did not start"
            time.sleep(0.1)
    process.kill()
    raise AssertionError("the desk did not answer")


def ask(base: str, address: str) -> Any:
    return json.load(urllib.request.urlopen(base + address, timeout=20))


def raid(base: str) -> Any:
    return max(ask(base, "/api/events")["events"], key=lambda e: e["claims"])
