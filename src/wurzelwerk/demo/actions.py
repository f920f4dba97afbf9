"""Building the demo company, chapter by chapter, through the actions of the rooms."""

from collections.abc import Callable

from django.db import transaction

from wurzelwerk.demo.company import build_company
from wurzelwerk.demo.knowledge import build_knowledge
from wurzelwerk.demo.levels import build_levels
from wurzelwerk.demo.stories import build_stories

Report = Callable[[int, int], None]
CHAPTERS: tuple[Callable[[], None], ...] = (build_company, build_knowledge, build_levels, build_stories)


def build_demo_company(*, report: Report | None = None) -> None:
    """Build the demo company in an empty installation; ``report(done, total)`` counts chapters.

    Each chapter is one transaction. The same day gives the same company, but for random public ids.
    """
    for number, chapter in enumerate(CHAPTERS):
        with transaction.atomic():
            chapter()
        if report:
            report(number + 1, len(CHAPTERS))
