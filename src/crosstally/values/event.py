"""Happenings judged to be one."""

from __future__ import annotations

import msgspec

from .moment import Window


class Join(msgspec.Struct, frozen=True):
    """Why tellings of several documents are one event (or, ``refused``, are not), in words. A refused join stands at both events."""

    documents: tuple[str, ...]
    reason: str
    score: float = 1.0
    refused: bool = False


class Event(msgspec.Struct, frozen=True):
    """``id`` comes from the earliest claim (or happening); ``aliases`` are ids it had before joins."""

    id: str
    kind: str
    title: str
    happenings: tuple[str, ...]
    documents: tuple[str, ...]
    window: Window | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    status: str = "happened"
    joins: tuple[Join, ...] = ()
    aliases: tuple[str, ...] = ()
