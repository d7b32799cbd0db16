"""``python -m bench.generated``."""

import sys

from bench.generated.cli import main

if __name__ == "__main__":
    sys.exit(main())
