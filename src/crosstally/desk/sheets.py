"""Tables of a view as CSV and XLSX: the same rows as the ledger's tables, of the events or documents that the view shows."""

from __future__ import annotations

import io

from crosstally.export.tables import columns, rows, to_csv
from crosstally.values import Book

FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_CELL = 32_767  # characters that a spreadsheet's cell holds


def sheet(book: Book, table: str, form: str) -> bytes:
    """Bytes of one table. Raises CrosstallyError for a table that is none."""
    return to_csv(book, table).encode("utf-8") if form == "csv" else _xlsx(book, table)


def _xlsx(book: Book, table: str) -> bytes:
    """Text cells are written as text: none is run as a formula or made a link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        page = workbook.add_worksheet(table[:31])
        names = [name for name, _ in columns(table)]
        page.write_row(0, 0, names, workbook.add_format({"bold": True}))
        page.freeze_panes(1, 0)
        for at, row in enumerate(rows(book, table), 1):
            for column, name in enumerate(names):
                value = row[name]
                if value is None:
                    continue
                if isinstance(value, str):
                    page.write_string(at, column, value[:_CELL])
                else:
                    page.write(at, column, value)
    return out.getvalue()
