"""``python -m crosstally``."""

from crosstally.cli import main

if __name__ == "__main__":
    main()
