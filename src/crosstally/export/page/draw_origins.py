"""Who stands behind whom: parties, institutions, reports, with a line for each word carried; dotted where nobody is named."""

from __future__ import annotations

from markupsafe import Markup

from crosstally.export import wording
from crosstally.export.origins import NOBODY, Origins
from crosstally.export.shelf import Shelf

from .anchors import Anchors
from .svg import join, tag

_ROW = 34  # px of one name
_MOST = 24  # names in a column beyond which the picture says less than the table


def draw_origins(found: Origins, shelf: Shelf, anchors: Anchors) -> Markup | None:
    """The picture, or None where there are too many names for one; the table beside it says the same."""
    columns = [found.parties, found.institutions, found.documents]
    count = max(len(c) for c in columns)
    if count > _MOST:
        return None
    height = count * _ROW
    stand = [(found.parties.index(p), found.institutions.index(i), True) for p, i in found.stand]
    told = [(found.institutions.index(i), found.documents.index(d), certain and i != NOBODY) for i, d, certain in found.told]
    made: list[Markup] = []
    if found.parties:
        made += [_names(list(found.parties)), _lines(stand, len(found.parties), len(found.institutions), height)]
    made += [_names(list(found.institutions)), _lines(told, len(found.institutions), len(found.documents), height)]
    links = [tag("a", _label(shelf, d), href=anchors.to_document(d)) for d in found.documents]
    made.append(_names(list(links)))
    made.append(_copies(found, height))
    return tag("div", join(made), class_=f"graph{'' if found.parties else ' two'}")


def _label(shelf: Shelf, document: str) -> str:
    """The outlet, with the day where it has several reports."""
    found = shelf.documents.get(document)
    day = wording.when((found.published or "")[:10]) if found and shelf.reports_of[found.source] > 1 else ""
    return f"{shelf.outlet(document)}, {day}" if day else shelf.outlet(document)


def _names(names: list[object]) -> Markup:
    return tag("div", join([tag("span", name) for name in names]), class_="names")


def _centre(index: int, count: int, height: float) -> float:
    return (index + 0.5) * height / count


def _lines(pairs: list[tuple[int, int, bool]], left: int, right: int, height: float) -> Markup:
    made = []
    for a, b, certain in pairs:
        y1, y2 = _centre(a, left, height), _centre(b, right, height)
        made.append(tag("path", d=f"M0 {y1:.1f}C50 {y1:.1f} 50 {y2:.1f} 100 {y2:.1f}", class_=None if certain else "maybe"))
    return tag("svg", join(made), viewBox=f"0 0 100 {height}", preserveAspectRatio="none", height=height, aria_hidden="true")


def _copies(found: Origins, height: float) -> Markup:
    """A bracket beside the reports for each text that carries another's words."""
    made = []
    for n, (source, target, _) in enumerate(found.copied):
        a, b = sorted((found.documents.index(source), found.documents.index(target)))
        y1, y2 = _centre(a, len(found.documents), height), _centre(b, len(found.documents), height)
        made.append(tag("path", d=f"M0 {y1:.1f}h{6 + 5 * (n % 4)}V{y2:.1f}H0", class_="copy"))
    return tag("svg", join(made), width=24, height=height, aria_hidden="true")
