"""``python -m bench.accuracy``."""

import sys

from bench.accuracy.cli import main

if __name__ == "__main__":
    sys.exit(main())
