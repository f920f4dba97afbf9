"""The partnerships room: people who learn from each other."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wurzelwerk.ui import navigation
from wurzelwerk.ui.navigation import NavEntry


class PartnershipsConfig(AppConfig):
    """Registers the relations of the matrix, navigation, search and what lower rooms ask."""

    name = "wurzelwerk.partnerships"
    label = "partnerships"

    def ready(self) -> None:
        """Register what lower rooms ask this one."""
        from wurzelwerk.competences.gap_actions import GapAction, gap_actions  # noqa: PLC0415 - registration
        from wurzelwerk.learning_time import planned_sources  # noqa: PLC0415 - registration
        from wurzelwerk.partnerships import offering, own_data, upkeep  # noqa: PLC0415 - registration
        from wurzelwerk.partnerships.queries.home import minutes_planned  # noqa: PLC0415 - registration
        from wurzelwerk.partnerships.relations import register_relations  # noqa: PLC0415 - registration
        from wurzelwerk.paths import partner_steps  # noqa: PLC0415 - registration
        from wurzelwerk.people import portrait  # noqa: PLC0415 - registration
        from wurzelwerk.people.rules import may_develop_learning  # noqa: PLC0415 - registration
        from wurzelwerk.search import palette, sources  # noqa: PLC0415 - registration
        from wurzelwerk.search.palette import Command  # noqa: PLC0415 - registration
        from wurzelwerk.search.showing import NextStep, next_steps  # noqa: PLC0415 - registration

        register_relations()
        upkeep.register()
        own_data.register()
        for entry in _entries(may_develop_learning):
            navigation.register(entry)
        way = GapAction(_("Find a learning partner"), "handshake", offering.partner_link)
        gap_actions.register("partnerships", way)
        partner_steps.sources.register("partnerships", offering.partner_step)
        planned_sources.sources.register("partnerships", minutes_planned)
        portrait.blocks.register("partnerships", offering.portrait_block)
        sources.register(offering.search_source())
        palette.register(
            Command(
                "partnerships.ad", _("Publish a partner ad"), "partnerships:ad_create", "handshake", _("find tandem")
            )
        )
        next_steps.register(
            "partnerships", NextStep("partnerships", _("Look for a learning partner"), "handshake", offering.board_link)
        )


def _entries(may_develop_learning: Callable[[Any], Any]) -> tuple[NavEntry, ...]:
    return (
        NavEntry(
            "partnerships",
            _("Learning partnerships"),
            "partnerships:board",
            "handshake",
            "together",
            order=40,
            mobile=True,
            shortcut="g l",
            short_label=_("Partners"),
        ),
        NavEntry(
            "partnerships-overview",
            _("Partnerships at a glance"),
            "partnerships:overview",
            "network",
            "organisation",
            order=40,
            visible=lambda person: bool(may_develop_learning(person)),
        ),
    )
