"""Measurements of crosstally: how right (``bench.accuracy``) and how fast (``bench.speed``). Not part of the installed package."""
