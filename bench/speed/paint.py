"""When a reader first sees each page of the desk, in Debian's Chromium over a real server: what its Performance API says of a first visit.

Milliseconds from the request: ``answered`` the first byte, ``painted`` the first content on the screen, ``loaded`` all of it. Each page is
visited in a new browser context, with nothing cached: once before its parts are made, then three times, of which the middle one stands.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

CHROMIUM = "/usr/bin/chromium"
VISITS = 3
_READ = """() => {
  const shown = performance.getEntriesByName('first-contentful-paint')[0], page = performance.getEntriesByType('navigation')[0];
  return shown && page.loadEventEnd ? [page.responseStart, shown.startTime, page.loadEventEnd] : null;
}"""


@dataclass(frozen=True, slots=True)
class Paint:
    answered: float
    painted: float
    loaded: float


@contextmanager
def served(app: Any, port: int) -> Iterator[str]:
    """The application on a port of this machine."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise SystemExit(f"port {port} cannot be served on; is it in use?")
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def paints(base: str, pages: Mapping[str, str]) -> Iterator[tuple[str, Paint, Paint]]:
    """Page by page: the first visit of all, and the middle one of those after it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        _visit(browser, f"{base}/static/page.css")  # the browser's own start is not the desk's
        for name, address in pages.items():
            first, *others = [_visit(browser, base + address) for _ in range(1 + VISITS)]
            yield name, first, Paint(*(median(getattr(v, field) for v in others) for field in ("answered", "painted", "loaded")))
        browser.close()


def _visit(browser: Any, address: str) -> Paint:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(address)
        return Paint(*page.wait_for_function(_READ).json_value())
    finally:
        context.close()


def table(found: Iterator[tuple[str, Paint, Paint]]) -> Iterator[str]:
    yield f"load of the machine at the start: {os.getloadavg()[0]:.1f}"
    yield f"{'page':<22}{'painted first':>14}{'answered':>10}{'painted':>10}{'loaded':>10}  ms"
    for name, first, again in found:
        yield f"{name:<22}{first.painted:>14.0f}{again.answered:>10.0f}{again.painted:>10.0f}{again.loaded:>10.0f}"
