"""A folder and a user that permissions bind, also where the tests run as root."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def folder() -> Iterator[Path]:
    """A fresh folder that anybody may enter and write in: pytest's own are closed to all but their owner."""
    path = Path(tempfile.mkdtemp(prefix="crosstally-"))
    path.chmod(0o777)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextmanager
def nobody() -> Iterator[None]:
    """Inside, root has no more rights than nobody; any other user stays who they are. What is imported inside must have been before."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
