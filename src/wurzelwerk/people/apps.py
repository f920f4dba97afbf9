"""The people room: who works here, and how they sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Registers relations, preferences and navigation."""

    name = "wurzelwerk.people"
    label = "people"

    def ready(self) -> None:
        """Register what the rooms below ask this room."""
        from wurzelwerk.people import housekeeping, mailing, password_resets  # noqa: F401, PLC0415 - registration
        from wurzelwerk.people.hr_import import forgetting, running  # noqa: F401, PLC0415 - register their jobs
        from wurzelwerk.people.library_data import register_library_models  # noqa: PLC0415
        from wurzelwerk.people.relations import register_relations  # noqa: PLC0415 - registration
        from wurzelwerk.people.rules import is_administrator, is_overseer  # noqa: PLC0415
        from wurzelwerk.people.wishes import STORE  # noqa: PLC0415
        from wurzelwerk.ui import navigation, preferences, shell  # noqa: PLC0415
        from wurzelwerk.ui.navigation import NavEntry  # noqa: PLC0415

        register_relations()
        register_library_models()
        preferences.person_store.register("people", STORE)
        shell.gallery_visitors.register("people", is_administrator)
        for entry in (
            NavEntry("people", _("People"), "people:directory", "users-round", "together", 20, shortcut="g m"),
            NavEntry("me", _("My page"), "people:me", "circle-user-round", "person", 10),
            NavEntry("settings", _("My settings"), "people:settings", "settings", "person", 20),
            NavEntry("security", _("Sign-in and security"), "mfa_index", "shield-check", "person", 30),
            NavEntry("oversight", _("Oversight"), "people:oversight", "scale", "organisation", 70, visible=is_overseer),
            NavEntry(
                "administration",
                _("Administration"),
                "people:administration",
                "wrench",
                "organisation",
                80,
                visible=is_administrator,
            ),
        ):
            navigation.register(entry)
