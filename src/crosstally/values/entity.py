"""People, bodies and places behind mentions."""

from __future__ import annotations

from typing import Literal

import msgspec

EntityKind = Literal["person", "body", "place"]


class Role(msgspec.Struct, frozen=True):
    """A role as worded, and the documents that give it."""

    role: str
    claimed_by: tuple[str, ...] = ()


class Entity(msgspec.Struct, frozen=True):
    """One person, body or place. ``name`` is the fullest variant; ``party`` the side a body or person speaks for, where a pack knows it."""

    id: str
    kind: EntityKind
    name: str
    variants: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    party: str | None = None
    institution: str | None = None
    reasons: tuple[str, ...] = ()
