"""`rebuild_search_index`: analyse everything that can be found anew."""

from typing import Any

from django.core.management.base import BaseCommand

from wurzelwerk.search.actions import rebuild_index


class Command(BaseCommand):
    """Rebuilds the search index from what the rooms give."""

    help = "Rebuild the search index from the content of all rooms."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how much was written."""
        report = rebuild_index(on_progress=self._show)
        self.stdout.write(f"{report.written} documents written, {report.removed} removed")

    def _show(self, done: int, total: int) -> None:
        self.stdout.write(f"{done}/{total}", ending="\r")
        self.stdout.flush()
