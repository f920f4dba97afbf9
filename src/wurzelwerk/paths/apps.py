"""The paths room: learning goals and the way to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathsConfig(AppConfig):
    """Registers the plan in the navigation, with competences, and with the learning time."""

    name = "wurzelwerk.paths"
    label = "paths"

    def ready(self) -> None:
        """Register what lower rooms ask this one."""
        from wurzelwerk.competences.gap_actions import GapAction, gap_actions  # noqa: PLC0415 - registration
        from wurzelwerk.kernel.matrix import Item  # noqa: PLC0415 - registration
        from wurzelwerk.learning_time import planned_sources  # noqa: PLC0415 - registration
        from wurzelwerk.paths.links import plan_link  # noqa: PLC0415 - registration
        from wurzelwerk.paths.queries import minutes_due  # noqa: PLC0415 - registration
        from wurzelwerk.paths.sharing import find_goal, shared_paths  # noqa: PLC0415 - registration
        from wurzelwerk.people import portrait  # noqa: PLC0415 - registration
        from wurzelwerk.privacy.shareables import Shareable, shareables  # noqa: PLC0415 - registration
        from wurzelwerk.ui.navigation import NavEntry, register  # noqa: PLC0415 - registration

        register(
            NavEntry(
                "paths",
                _("My plan"),
                "paths:board",
                "route",
                "main",
                order=30,
                mobile=True,
                shortcut="g p",
                short_label=_("Plan"),
            )
        )
        shareables.register(Item.PATH.value, Shareable(find_goal))
        portrait.blocks.register("paths", shared_paths)
        gap_actions.register("paths", GapAction(_("Plan the way"), "route", plan_link))
        planned_sources.sources.register("paths", minutes_due)
