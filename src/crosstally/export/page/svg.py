"""Markup built by hand where a template would be clumsy: every text and attribute is escaped, and nothing else makes markup."""

from __future__ import annotations

from markupsafe import Markup, escape

Attribute = str | int | float | None


def tag(_name: str, *children: object, **attributes: Attribute) -> Markup:
    """An element. ``None`` leaves an attribute out; ``class_`` gives ``class``; other underscores become hyphens. Strings are escaped."""
    written = "".join(f' {_attribute(name)}="{escape(_number(value))}"' for name, value in attributes.items() if value is not None)
    inner = Markup("").join(escape(child) for child in children if child is not None)
    return Markup(f"<{_name}{written}>{inner}</{_name}>")


def join(parts: list[Markup]) -> Markup:
    return Markup("").join(parts)


def percent(share: float) -> str:
    """A coordinate as a share of the drawing's width, so that shapes stretch and words do not."""
    return f"{_number(share * 100)}%"


# Attributes of SVG that are written in camel case keep it; the rest of the names here take hyphens.
_CAMEL = {"viewBox", "preserveAspectRatio"}


def _attribute(name: str) -> str:
    return name if name in _CAMEL else name.rstrip("_").replace("_", "-")


def _number(value: Attribute) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
