"""Languages as data: every TOML file of ``languages/<code>/`` is a table."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from crosstally.domain.model import Language
from crosstally.errors import PackError


@lru_cache(maxsize=8)
def load_language(code: str = "en") -> Language:
    """The language's tables. Raises PackError for a code without a folder, or a file that is not TOML."""
    folder = resources.files("crosstally") / "languages" / code
    if not folder.is_dir():
        raise PackError(f"languages/{code}", "(folder)", "no such language", "crosstally reads: en")
    tables: dict[str, dict[str, object]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            try:
                tables[file.name.removesuffix(".toml")] = tomllib.loads(file.read_text("utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise PackError(f"languages/{code}/{file.name}", "(syntax)", str(error), "mend the TOML at that place") from error
    return Language(code=code, tables=tables, folder=f"languages/{code}")
