"""Speed of crosstally: words per second of CPU by stage, import, and a whole run from the shell. ``python -m bench.speed``."""
