"""Print the states of ads, requests and partnerships as they stand in docs/partnership-states.md."""

from typing import Any

from django.core.management.base import BaseCommand

from wurzelwerk.partnerships.states import page


class Command(BaseCommand):
    """``wurzelwerk manage partnership_states``; ``tools/docs.py`` writes and compares the page."""

    help = "Prints the state diagrams of the partnerships room."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page to the terminal."""
        self.stdout.write(page(), ending="")
