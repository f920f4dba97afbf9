"""The journal: private reflection, sealed with a key outside the database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Registers the pages, the block on the page about a person, the check of the key and the nightly jobs."""

    name = "wurzelwerk.journal"
    label = "journal"

    def ready(self) -> None:
        """Register what lower rooms ask this room."""
        from wurzelwerk.journal import checks, housekeeping, portrait  # noqa: F401, PLC0415 - registration
        from wurzelwerk.notifications.kinds import NotificationKind, kinds  # noqa: PLC0415
        from wurzelwerk.people.portrait import blocks  # noqa: PLC0415
        from wurzelwerk.search import palette  # noqa: PLC0415
        from wurzelwerk.ui import navigation  # noqa: PLC0415

        navigation.register(
            navigation.NavEntry(
                key="journal",
                label=_("Learning journal"),
                url_name="journal:journal",
                icon="notebook-pen",
                group="reflection",
                order=10,
                shortcut="g t",
            )
        )
        palette.commands.register(
            "journal.new",
            palette.Command("journal.new", _("Write in my journal"), "journal:new", "notebook-pen", _("diary reflect")),
        )
        blocks.register("journal", portrait.shared_entries)
        kinds.register("journal.shared", NotificationKind("journal.shared", _("Shared entry"), "notebook-pen"))
