"""Figures about many people that higher rooms show the works council and data protection; never about one person."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from wurzelwerk.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class OversightFigures:
    """A small table of figures: a title, a sentence saying what is counted, column heads, rows of texts.

    Whoever registers it has already left out or rounded what could point to single persons.
    """

    key: str
    title: Promise | str
    note: Promise | str
    columns: tuple[Promise | str, ...]
    rows: tuple[tuple[str, ...], ...]


figures: Registry[Callable[[], OversightFigures]] = Registry()
"""For instance how many shares are open per kind of data (``privacy``); asked when the page is shown."""
