"""The visibility matrix in words: what the machine enforces is what the page says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wurzelwerk.kernel.matrix import MATRIX, Audience, Item, Level, who_sees

LEVEL_KEYS: Final = {level: level.name.lower() for level in Level}


@dataclass(frozen=True, slots=True)
class Cell:
    """How much some audiences see: the sign, the words, and who with the exact limit.

    ``level`` is the key for the style; ``names`` are pairs of audience and limit ("" for none).
    """

    level: str
    sign: str
    text: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One kind of data (``key`` is its anchor) and who sees it, most first; an audience stands in one cell."""

    key: str
    name: str
    cells: tuple[Cell, ...]


def audiences() -> tuple[tuple[str, str], ...]:
    """Return the audiences in table order, as pairs of key and words."""
    return tuple((audience.value, _sentence(str(audience.label))) for audience in Audience)


def matrix_rows(audience: Audience | None = None) -> tuple[MatrixRow, ...]:
    """Return every kind of data in table order; with ``audience``, what that one sees of it."""
    return tuple(MatrixRow(item.value, _sentence(str(item.label)), tuple(_cells(item, audience))) for item in MATRIX)


def _cells(item: Item, audience: Audience | None) -> Iterator[Cell]:
    sights = [sight for sight in who_sees(item) if audience in (None, sight.audience)]
    for level in Level:
        seen = [sight for sight in sights if sight.level is level]
        if seen:
            names = tuple((str(sight.audience.label), str(sight.note)) for sight in seen)
            yield Cell(LEVEL_KEYS[level], level.value, str(seen[0].level_text), names)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
