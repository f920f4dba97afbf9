"""The competences room: what people can do, what their roles need, and how we know."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wurzelwerk.ui.navigation import NavEntry


class CompetencesConfig(AppConfig):
    """Registers jobs, navigation, the search source and the block on a person's page."""

    name = "wurzelwerk.competences"
    label = "competences"

    def ready(self) -> None:
        """Register what lower rooms ask this room."""
        from wurzelwerk.competences import indexing, portrait, queries, rules, terms  # noqa: PLC0415 - registration
        from wurzelwerk.competences.importing import job  # noqa: F401, PLC0415 - registers its job kind
        from wurzelwerk.lrs import naming  # noqa: PLC0415
        from wurzelwerk.notifications.kinds import NotificationKind, kinds  # noqa: PLC0415
        from wurzelwerk.people.portrait import blocks  # noqa: PLC0415
        from wurzelwerk.search import palette, sources  # noqa: PLC0415
        from wurzelwerk.ui import navigation  # noqa: PLC0415

        sources.register(indexing.source())
        naming.sources.register("competences", queries.competence_names)
        blocks.register("competences", portrait.block)
        kinds.register(terms.CONTESTED, NotificationKind(terms.CONTESTED, _("Contested assessment"), "flag"))
        kinds.register(
            terms.CONTEST_ANSWERED,
            NotificationKind(terms.CONTEST_ANSWERED, _("Answer to a contested assessment"), "flag"),
        )
        for entry in _entries(rules.may_maintain_frameworks):
            navigation.register(entry)
        palette.register(
            palette.Command(
                "competences.add", _("Add a competence to my profile"), "competences:add", icon="plus", order=30
            )
        )


def _entries(may_maintain: Callable[[Any], Any]) -> tuple[NavEntry, ...]:
    def maintains(person: Any) -> bool:
        return bool(may_maintain(person))

    return (
        NavEntry("profile", _("Competences"), "competences:profile", "target", "main", 40, shortcut="g k"),
        NavEntry("evidence", _("Evidence"), "competences:evidence", "badge-check", "reflection", 30, shortcut="g n"),
        NavEntry("roles", _("Job roles"), "competences:roles", "briefcase-business", "organisation", 30, maintains),
        NavEntry("frameworks", _("Frameworks"), "competences:frameworks", "layers", "organisation", 40, maintains),
    )
