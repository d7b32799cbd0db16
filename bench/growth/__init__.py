"""What it costs to join one report more to a ledger of a thousand, ten thousand, a hundred thousand. ``python -m bench.growth``."""
