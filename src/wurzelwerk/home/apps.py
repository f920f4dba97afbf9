"""The home room: the start page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Registers the start page in the navigation."""

    name = "wurzelwerk.home"
    label = "home"

    def ready(self) -> None:
        """Register the first entry."""
        from wurzelwerk.ui.navigation import NavEntry, register  # noqa: PLC0415 - registration

        register(NavEntry("home", _("Home"), "home:start", "house", "main", order=10, mobile=True, shortcut="g s"))
