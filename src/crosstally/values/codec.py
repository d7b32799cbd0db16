"""Values to JSON and back: the one place that knows how ``Facets`` are written."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from .facets import Facets

T = TypeVar("T")


def _enc(value: object) -> object:
    if isinstance(value, Facets):
        return dict(value)
    raise NotImplementedError(f"no JSON form for {type(value).__name__}")


def _dec(kind: type[Any], value: Any) -> Any:
    if kind is Facets:
        return Facets(value)
    raise NotImplementedError(f"no value form for {kind.__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_enc)


@lru_cache(maxsize=64)
def _decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cast("type[Any]", kind), dec_hook=_dec)


def encode(value: object) -> bytes:
    """JSON bytes of a value or a tuple of values."""
    return _ENCODER.encode(value)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The value back; raises msgspec.ValidationError that names the field."""
    decoded: T = _decoder(cast("Hashable", kind)).decode(data)
    return decoded


def plain(value: object) -> Any:
    """Dicts, lists, strings and numbers only."""
    return msgspec.to_builtins(value, enc_hook=_enc)
