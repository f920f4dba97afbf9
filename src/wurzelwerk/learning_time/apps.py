"""Learning time: what was agreed, what was used."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningTimeConfig(AppConfig):
    """Registers the pages, the kind of message and the deletion of old entries."""

    name = "wurzelwerk.learning_time"
    label = "learning_time"

    def ready(self) -> None:
        """Register what lower rooms ask this room."""
        from wurzelwerk.competences.queries import granted_hours  # noqa: PLC0415
        from wurzelwerk.learning_time import housekeeping, queries, rules  # noqa: F401, PLC0415 - registration
        from wurzelwerk.notifications.kinds import NotificationKind, kinds  # noqa: PLC0415
        from wurzelwerk.search import palette  # noqa: PLC0415
        from wurzelwerk.search.palette import Command  # noqa: PLC0415
        from wurzelwerk.ui import navigation  # noqa: PLC0415
        from wurzelwerk.ui.navigation import NavEntry  # noqa: PLC0415

        for entry in (
            NavEntry("learning_time", _("Learning time"), "learning_time:account", "timer", "reflection", 20),
            NavEntry(
                "learning_time_agreement",
                _("Learning time rule"),
                "learning_time:agreement",
                "scale",
                "organisation",
                60,
                visible=rules.sees_agreement_entry,
            ),
        ):
            navigation.register(entry)
        granted_hours.register("learning_time", queries.hours_a_week)
        command = Command("learning_time.book", _("Book learning time"), "learning_time:account", "timer", _("hours"))
        palette.register(command)
        kinds.register("learning_time.agreed", NotificationKind("learning_time.agreed", _("Learning time"), "timer"))
