"""The learning record store: every learning act as one statement that only its person reads."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LrsConfig(AppConfig):
    """Registers the page of one's own statements in the person menu, and their deletion."""

    name = "wurzelwerk.lrs"
    label = "lrs"

    def ready(self) -> None:
        """Register the navigation entry and the job that deletes what is past its time."""
        from wurzelwerk.lrs import housekeeping  # noqa: F401, PLC0415 - registration
        from wurzelwerk.ui import navigation  # noqa: PLC0415

        navigation.register(
            navigation.NavEntry(
                key="statements",
                label=_("My learning traces"),
                url_name="lrs:statements",
                icon="history",
                group="person",
                order=40,
            )
        )
