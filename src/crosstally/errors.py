"""Errors that tell file, place and remedy."""

from __future__ import annotations


class CrosstallyError(Exception):
    """Base of every error crosstally raises on purpose. ``str(error)`` is one line for a person."""


class PackError(CrosstallyError):
    """A pack or language file is wrong. Names the file and the key, and how to mend it."""

    def __init__(self, file: str, key: str, problem: str, remedy: str = "") -> None:
        self.file, self.key, self.problem, self.remedy = file, key, problem, remedy
        super().__init__(f"{file}: {key}: {problem}" + (f" ({remedy})" if remedy else ""))


class InputError(CrosstallyError):
    """Something handed in cannot be read. Names the file (and line) and the remedy."""

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(f"{where}: {problem}" + (f" ({remedy})" if remedy else ""))


class LedgerError(CrosstallyError):
    """A ledger file cannot be opened or written. Nothing in it was changed."""


class DecisionError(CrosstallyError):
    """A decision that cannot be taken: of an unknown id, malformed, or against one in force. Nothing was changed."""


class ConfigError(CrosstallyError):
    """A setting has a value that cannot be used. Names the key and what would do."""

    def __init__(self, key: str, problem: str, remedy: str = "") -> None:
        self.key, self.problem, self.remedy = key, problem, remedy
        super().__init__(f"{key}: {problem}" + (f" ({remedy})" if remedy else ""))
