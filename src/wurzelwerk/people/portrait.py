"""What the page about a person shows beside the directory: higher rooms contribute blocks to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class PortraitBlock:
    """One section of the page about a person.

    ``template`` is a Jinja2 file that is included below the heading ``title``; it reads what it
    needs from ``block.context``. ``key`` becomes the anchor of the section.
    """

    key: str
    title: Promise | str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


BlockSource = Callable[[Person, Person], PortraitBlock | None]
"""``source(viewer, person)``: what ``viewer`` may see of ``person``, or None when that is nothing.

A source reads through ``visible_to(viewer)`` and notes its own reading (``privacy.reading.note_reading``).
"""

blocks: Registry[BlockSource] = Registry()

below: Registry[BlockSource] = Registry()
"""What stands right below introduction and interests; asked only where the viewer sees them."""


def below_portrait(*, viewer: Person, person: Person) -> tuple[PortraitBlock, ...]:
    """Return what stands below the portrait that ``viewer`` sees of ``person``."""
    found = (source(viewer, person) for source in below)
    return tuple(block for block in found if block is not None)


def blocks_for(*, viewer: Person, person: Person) -> tuple[PortraitBlock, ...]:
    """Return the blocks that have something to show, in the order of their registration."""
    found = (source(viewer, person) for source in blocks)
    return tuple(block for block in found if block is not None)
