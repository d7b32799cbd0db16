"""By what a count is split: weapon, object, age, role, ..."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Facets(Mapping[str, str]):
    """An immutable, hashable, sorted mapping of facet name to member. ``Facets(weapon="drone")``; ``Facets()`` is the whole."""

    __slots__ = ("_hash", "_items")

    def __init__(self, members: Mapping[str, str] | None = None, /, **named: str) -> None:
        self._items: tuple[tuple[str, str], ...] = tuple(sorted({**(members or {}), **named}.items()))
        self._hash = hash(self._items)

    def __getitem__(self, key: str) -> str:
        for name, member in self._items:
            if name == key:
                return member
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facets) and self._items == other._items

    def __lt__(self, other: Facets) -> bool:
        return self._items < other._items

    def __repr__(self) -> str:
        return f"Facets({', '.join(f'{n}={m!r}' for n, m in self._items)})"

    def having(self, **named: str | None) -> Facets:
        """A copy with members set, or removed where ``None``."""
        merged = {**dict(self._items), **named}
        return Facets({n: m for n, m in merged.items() if m is not None})

    def notation(self) -> str:
        """``weapon=drone,means=interceptor_drone``; empty for the whole."""
        return ",".join(f"{n}={m}" for n, m in self._items)


WHOLE = Facets()
