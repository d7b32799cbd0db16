"""The command line. ``crosstally --help`` loads nothing heavy."""

from .main import main

__all__ = ["main"]
