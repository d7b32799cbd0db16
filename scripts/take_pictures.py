"""Takes the pictures of the manual from the page of the example reports, in Debian's chromium: ``python scripts/take_pictures.py [PAGE]``.

Without PAGE the examples are read anew. Each picture is a part of the page as it is drawn, nothing retouched.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
_WIDTH = 1040
_MOST = 200_000  # bytes a picture may have


def page_of_examples(folder: Path) -> Path:
    """The page of the example reports, written into ``folder``."""
    import crosstally

    page = folder / "demo.html"
    page.write_text(crosstally.read(ROOT / "examples" / "reports").to_html(), "utf-8")
    return page


def take(page: Path) -> list[Path]:
    """Writes the pictures and returns their paths. Raises SystemExit where a part is missing or a picture is too large."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        # Without script the slider of moments, which stays on top while the page scrolls, is not there.
        view = browser.new_page(viewport={"width": _WIDTH, "height": 900}, color_scheme="light", java_script_enabled=False)
        view.goto(page.absolute().as_uri())
        sheet = view.locator("article.event:not(.small)", has=view.locator("table.books.closes")).first
        if not sheet.count():
            raise SystemExit("no event of the examples has an account that closes")
        balance = sheet.locator("section", has=view.locator("table.books")).first
        top, bottom = sheet.bounding_box(), balance.bounding_box()
        assert top is not None and bottom is not None
        clip = {"x": 0, "y": top["y"], "width": _WIDTH, "height": bottom["y"] + bottom["height"] - top["y"] + 12}
        target = PICTURES / "balance.png"
        view.screenshot(path=target, clip=clip, full_page=True)
        browser.close()
    if target.stat().st_size > _MOST:
        raise SystemExit(f"{target} has {target.stat().st_size:,} bytes; the most is {_MOST:,}")
    return [target]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(sys.argv[1]) if len(sys.argv) > 1 else page_of_examples(Path(folder))
        for picture in take(page):
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
