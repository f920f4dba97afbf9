"""What can be wrong: with one cell, or with the file as a whole. Sentences are made elsewhere, from the codes."""

import dataclasses
from dataclasses import dataclass

SHOWN_CHARACTERS = 80
PEOPLE, UNITS = "people", "units"
# A cell of a workbook that must not be read carries one of these before its name; no typed text can begin so.
FORMULA, BROKEN = "\0=", "\0#"

Params = dict[str, str | int]


class Unreadable(Exception):  # noqa: N818 - reads as what it says: raise Unreadable("encrypted")
    """The file cannot be read at all; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Keep the code of the sentence and what it names."""
        super().__init__(code)
        self.code = code
        self.params: Params = params


class CellRefused(Exception):  # noqa: N818 - reads as what it says
    """One cell holds what its field cannot; ``field`` names the field where several were read together."""

    def __init__(self, code: str, field: str = "", **params: str | int) -> None:
        """Keep the code of the sentence and what it names."""
        super().__init__(code)
        self.code = code
        self.field = field
        self.params: Params = params


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one row.

    ``row`` counts as a spreadsheet does (the heading is row 1); ``field`` is the key of the field, or "" for the whole
    row; ``value`` is what stands there, cut; ``staff_number`` is whose row it is, where that can be read;
    ``source`` is the file, of persons or of units.
    """

    row: int
    field: str
    code: str
    value: str = ""
    params: Params = dataclasses.field(default_factory=dict)
    staff_number: str = ""
    source: str = PEOPLE


def cut(value: str) -> str:
    """Return ``value`` short enough to be shown, without characters that cannot be shown or kept."""
    if value.startswith((FORMULA, BROKEN)):
        return f"{value[1]}…"
    shown = printable(value[: SHOWN_CHARACTERS + 1])
    return shown if len(shown) <= SHOWN_CHARACTERS else f"{shown[: SHOWN_CHARACTERS - 1]}…"


def printable(value: str) -> str:
    """Return raw text as it can be kept: a database takes neither NUL nor halves of characters."""
    if value.isprintable():
        return value
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value)
