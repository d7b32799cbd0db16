"""``python -m tests.golden.update`` rewrites the golden ledgers and prints what came and went. Review the diff before it is committed."""

from __future__ import annotations

from .ledgers import golden_file, make_all
from .notation import GoldenLedger, gains_and_losses, parse


def main() -> None:
    for name, ledger in make_all().items():
        file = golden_file(name)
        before = parse(file.read_text("utf-8")) if file.exists() else GoldenLedger()
        moved = gains_and_losses(before, ledger)
        print(f"{name}: {'unchanged' if not moved else ''}")
        for line in moved:
            print(f"  {line}")
        file.write_text(str(ledger), "utf-8")


if __name__ == "__main__":
    main()
