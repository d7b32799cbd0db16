"""The ledger as one page: a single file, readable offline, in which every figure leads to its sentence.

Nothing outside the file is ever asked for. A content security policy lets only the script and style run that are in it, by their hashes, so
a report's text cannot become either; all of it is escaped besides.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from crosstally.domain.model import Domain
from crosstally.export import excerpts, timeline, wording
from crosstally.export.remarks import words
from crosstally.export.shelf import Shelf
from crosstally.export.withhold import spoken, withhold
from crosstally.values import Book

if TYPE_CHECKING:
    from jinja2 import Environment


def as_html(book: Book, domain: Domain | None = None, *, show_victims: bool = False) -> str:
    """The page. Without ``domain`` figures are read by their names and no balance is drawn.

    Names of the dead and wounded are covered unless ``show_victims``.
    """
    from .context import PageView

    shown = book if show_victims else withhold(book, domain)
    style, script = asset("page.css"), asset("page.js")
    view = PageView(Shelf(shown), domain)
    return (
        environment()
        .get_template("page.html")
        .render(
            view=view,
            shelf=view.shelf,
            anchors=view.anchors,
            style=style,
            script=script,
            csp=_policy(style, script),
            show_victims=show_victims,
            alone=False,
        )
    )


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """A style or script file of the package. Neither may hold what would end its element."""
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    assert "</" not in text, f"{name} would end its own element"
    return text


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src 'sha256-{_hash(script)}'; style-src 'sha256-{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@lru_cache(maxsize=8)
def environment(package: str | None = None) -> Environment:
    """Templates and filters of the page; those of the ``templates`` of another package stand before them."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    from .anchors import safe_address

    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (package, __package__) if name]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "safe_address": safe_address,
        "when": wording.when,
        "number": wording.number,
        "plural": wording.plural,
        "voices_aloud": wording.voices_aloud,
        "sentence": wording.sentence,
        "by_target": timeline.by_target,
        "speaker": excerpts.speaker,
        "words": words,
        "arithmetic": wording.arithmetic,
        "withheld": spoken,
    }
    made.globals |= {"STATE": wording.STATE}
    return made
