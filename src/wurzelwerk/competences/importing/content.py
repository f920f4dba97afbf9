"""What a layout hands on once its files are read and checked: the same for all of them, ready to be written."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol

from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.importing.staging import Staging
from wurzelwerk.competences.importing.tree import Edges

OnRows = Callable[[int], None]
"""Hears how much was read, in the unit of ``Source.size``."""


@dataclass(frozen=True, slots=True)
class Content:
    """A framework beside its concepts and needs, which lie in the staging table.

    ``texts`` are fields of the framework stored under ``key``. ``language`` is one that all concepts
    have. ``places`` orders the groups, ``area_of`` says by a group's code in which part of a profile it
    stands. ``ended`` are addresses that are no longer (or not yet) valid: stored as retired. ``anchors``
    are sentences by address and level (1 to 5) in ``language``; None for a layout that describes no levels.
    """

    key: str
    texts: Mapping[str, Any]
    language: str
    edges: Edges
    places: Mapping[str, int]
    area_of: Callable[[str], Area]
    version: str = ""
    ended: AbstractSet[str] = frozenset()
    anchors: Mapping[tuple[str, int], str] | None = field(default=None)


class Source(Protocol):
    """The files of one framework in a layout that was recognised."""

    @property
    def layout(self) -> str:
        """Return what the layout is called, for the person who imports."""

    def size(self) -> int:
        """Return how much there is to read, for a bar that knows where it ends."""

    def stage(self, staging: Staging, on_rows: OnRows) -> Content:
        """Fill ``staging``; raises ``Refused`` with file and row for the first thing that is wrong."""
