"""Rows as CSV and XLSX. No cell is run as a formula or made a link by a spreadsheet: report text is other people's words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crosstally.export.tables import csv_text

FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_CELL = 32_767  # characters that a spreadsheet's cell holds
Rows = Iterable[Mapping[str, Any]]


def written(names: Sequence[str], rows: Rows, form: str, title: str) -> bytes:
    """Bytes of one table in one of ``FORMS``. ``title`` names the sheet."""
    return csv_text(names, rows).encode("utf-8") if form == "csv" else _xlsx(names, rows, title)


def _xlsx(names: Sequence[str], rows: Rows, title: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        page = workbook.add_worksheet(title[:31])
        page.write_row(0, 0, names, workbook.add_format({"bold": True}))
        page.freeze_panes(1, 0)
        for at, row in enumerate(rows, 1):
            for column, name in enumerate(names):
                value = row[name]
                if value is None:
                    continue
                if isinstance(value, str):
                    page.write_string(at, column, value[:_CELL])
                else:
                    page.write(at, column, value)
    return out.getvalue()
