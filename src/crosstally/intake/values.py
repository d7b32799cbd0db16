"""What intake hands on: the reports it could read, and plain words about what it could not."""

from __future__ import annotations

import msgspec

from crosstally.values import Document, Source


class Problem(msgspec.Struct, frozen=True):
    """``where``: file, ``file:line`` or ``-``. ``fatal``: something could not be read, so the run ends with exit code 1."""

    where: str
    message: str
    remedy: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.remedy})" if self.remedy else "")


class Intake(msgspec.Struct, frozen=True):
    """``problems`` are what could not be read; ``notes`` what was read, with something a person should know."""

    documents: tuple[Document, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return any(problem.fatal for problem in self.problems)


class Notebook:
    """Collects problems and notes while reading; the one thing here that changes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def problem(self, where: str, message: str, remedy: str = "") -> None:
        self._add(self.problems, Problem(where, message, remedy, fatal=True))

    def note(self, where: str, message: str, remedy: str = "") -> None:
        self._add(self.notes, Problem(where, message, remedy))

    @staticmethod
    def _add(lines: list[Problem], line: Problem) -> None:
        if line not in lines[-20:]:  # a file reached twice says it once
            lines.append(line)


def printable(text: str, limit: int = 80) -> str:
    """A name or a scrap of input, safe to print on one line: no control characters, no lone surrogates, not long."""
    safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text[: limit + 1])
    return safe if len(text) <= limit else safe[: limit - 1] + "…"
