"""A view that some reader could make nothing of cannot be built."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from macros.showing.views import Cell, ChartView, Column, Entry, Fact, TableView

from .builders import A_PICTURE

_COLUMNS = (Column("Period"), Column("Result", numeric=True))
_ROW = (Cell("2021/22"), Cell("95%"))
_DATA = TableView("The figures of the chart", _COLUMNS, (_ROW,))
_BLANK = [
    pytest.param("", id="nothing"),
    pytest.param("   ", id="spaces"),
    pytest.param("\n\t", id="a line break and a tab"),
    pytest.param("\N{NO-BREAK SPACE}", id="a space that does not break"),
]


@pytest.mark.parametrize("caption", _BLANK)
def test_a_table_without_a_caption_cannot_exist(caption: str) -> None:
    """A table is announced by its caption."""
    with pytest.raises(ValueError, match=r"^a table needs a caption: it is the table's accessible name$"):
        TableView(caption, _COLUMNS, (_ROW,))


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param((Cell("2021/22"),), 1, id="too short"),
        pytest.param((*_ROW, Cell("Met")), 3, id="too long"),
        pytest.param((), 0, id="empty"),
    ],
)
def test_a_ragged_row_cannot_exist(row: tuple[Cell, ...], cells: int) -> None:
    """Every cell stands under a heading and every heading over a cell; the message names the table."""
    with pytest.raises(ValueError, match=rf"^a row of {cells} cells in a table of 2 columns: Bins, 2021/22$"):
        TableView("Bins, 2021/22", _COLUMNS, (_ROW, row))


def test_a_table_without_rows_is_a_table() -> None:
    """A year without figures has an empty table, which still says what it would show."""
    assert TableView("Bins, 2021/22", _COLUMNS, ()).rows == ()


@pytest.mark.parametrize("name", _BLANK)
def test_a_chart_without_a_name_cannot_exist(name: str) -> None:
    """A chart is announced by its name."""
    with pytest.raises(ValueError, match=r"^a chart needs a name: it is the chart's accessible name$"):
        ChartView("chart", name, "It rose.", A_PICTURE, _DATA)


@pytest.mark.parametrize("description", _BLANK)
def test_a_chart_without_a_description_cannot_exist(description: str) -> None:
    """A chart says in words what its drawing shows."""
    with pytest.raises(ValueError, match=r"^a chart needs a description that says what it shows$"):
        ChartView("chart", "Bins", description, A_PICTURE, _DATA)


def test_a_chart_holds_its_figures_in_a_table() -> None:
    """The figures of a chart stand below it in a table that has a caption of its own."""
    assert ChartView("chart", "Bins", "It rose.", A_PICTURE, _DATA).data.caption == "The figures of the chart"


@pytest.mark.parametrize("title", _BLANK)
def test_an_entry_without_a_title_cannot_exist(title: str) -> None:
    """An entry is found, linked to and quoted by its title."""
    with pytest.raises(ValueError, match=r"^an entry needs a title$"):
        Entry("entry", title, (Fact("Why", (Cell("Snow."),)),))


def test_a_view_cannot_be_changed_afterwards() -> None:
    """What was checked when a view was built stays so."""
    view = TableView("Bins, 2021/22", _COLUMNS, (_ROW,))
    with pytest.raises(FrozenInstanceError):
        view.caption = ""  # type: ignore[misc]
