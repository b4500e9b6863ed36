"""What tests type into workbooks that were made to be filled in."""

from __future__ import annotations

from typing import Any


def column_numbers(sheet: Any) -> dict[str, int]:
    """Return the number of each column by its name, which stands in brackets behind its title."""
    return {str(cell.value).rpartition("(")[2].removesuffix(")"): int(cell.column) for cell in sheet[1]}


def type_row(sheet: Any, row: int, **cells: str) -> None:
    """Type texts into the cells of a row."""
    for name, text in cells.items():
        sheet.cell(row, column_numbers(sheet)[name]).value = text


def publish(documents: Any) -> None:
    """Say of the last document of the register's sheet that it was published."""
    column = column_numbers(documents)["document_id"]
    last = max(row for row in range(2, documents.max_row + 1) if documents.cell(row, column).value)
    type_row(documents, last, title="Annual report 2023/24", status="annual report", published="D2024-07-01")
