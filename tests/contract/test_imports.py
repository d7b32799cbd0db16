"""Imports run one way, importing is light, and no module outgrows its idea."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("z3", "sqlalchemy", "alembic", "trafilatura", "lxml", "polars", "pyarrow", "jinja2", "rich", "py3langid", "numpy")


def test_importing_the_package_loads_nothing_heavy_and_reads_no_file() -> None:
    code = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == 'open' else None)\n"
        "import crosstally, crosstally.cli\n"
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]\n"
        "data = [f for f in opened if f.endswith(('.toml', '.tsv', '.sqlite', '.txt', '.json', '.gz'))]\n"
        "print(heavy, data)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"


def test_imports_run_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_modules_stay_small() -> None:
    long = {str(p.relative_to(ROOT)): n for p in (ROOT / "src").rglob("*.py") if (n := p.read_text("utf-8").count("\n")) > 450}
    assert not long
