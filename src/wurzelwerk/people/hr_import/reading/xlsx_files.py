"""Workbooks: the first sheet with a heading, row by row, every cell as the text a person would type."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from warnings import filterwarnings

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from wurzelwerk.people.hr_import.reading.archives import check_archive
from wurzelwerk.people.hr_import.reading.headings import MOST_COLUMNS
from wurzelwerk.people.hr_import.reading.problems import BROKEN, FORMULA, Unreadable

_ZEROS: Final = re.compile(r"0+")

# It warns about styles and validations, which are not read.
filterwarnings("ignore", module="openpyxl")


@dataclass(frozen=True, slots=True)
class XlsxShape:
    """Which sheet of a workbook is read, and whether its days count from 1904."""

    sheet: str
    is_1904: bool


def examine_xlsx(path: Path) -> XlsxShape:
    """Return which sheet to read; raises ``Unreadable`` for a workbook that cannot or must not be opened."""
    check_archive(path)
    with _opened(path) as workbook:
        shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            sheet.reset_dimensions()
            if any(
                any(cell.value is not None for cell in row) for row in sheet.iter_rows(max_row=20, max_col=MOST_COLUMNS)
            ):
                return XlsxShape(sheet.title, workbook.epoch == CALENDAR_MAC_1904)
    raise Unreadable("empty")


def read_xlsx(path: Path, shape: XlsxShape, width: int = MOST_COLUMNS) -> Iterator[list[str]]:
    """Yield the cells of every row up to ``width`` columns; raises ``Unreadable`` when the sheet breaks off."""
    with _opened(path) as workbook:
        sheet = workbook[shape.sheet]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=width):
            yield [_text(cell) for cell in row]


def told_rows(path: Path, shape: XlsxShape) -> int:
    """Return how many rows the sheet says it has, 0 where it does not say."""
    with _opened(path) as workbook:
        return int(workbook[shape.sheet].max_row or 0)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a workbook for reading; whatever a hostile file provokes becomes ``Unreadable``."""
    with path.open("rb") as file:
        try:
            yield load_workbook(file, read_only=True, keep_links=False, rich_text=False)
        except Unreadable:
            raise
        except Exception as error:
            raise Unreadable("broken_archive") from error


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        is_formula = cell.data_type == "f" or value.startswith("=")
        return f"{FORMULA if is_formula else BROKEN}{cell.coordinate}" if is_formula or cell.data_type == "e" else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.timedelta):
        value = value.total_seconds() / 3600  # a length of time is read in hours
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format)
    if isinstance(value, dt.datetime):
        value = value.date()
    # What is no day is an array formula or a data table.
    return value.isoformat() if isinstance(value, dt.date | dt.time) else f"{FORMULA}{cell.coordinate}"


def _number_text(value: float, number_format: str) -> str:
    """Return a number as it is shown: 4711.0 as 4711, and 42 as 00042 where the format asks for five figures."""
    if isinstance(value, int) or value.is_integer():
        text = str(int(value))
        return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text
    return repr(value)
