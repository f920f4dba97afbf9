"""The search room: finds competences, opportunities, pages and people."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the search field, the command field and people as a source."""

    name = "wurzelwerk.search"
    label = "search"

    def ready(self) -> None:
        """Register what the frame of the pages and the search itself need."""
        from wurzelwerk.search import people, sources  # noqa: PLC0415 - registration
        from wurzelwerk.ui import shell  # noqa: PLC0415

        shell.search_url.register("search", "search:page")
        shell.command_url.register("search", "search:commands")
        sources.register(people.source())
