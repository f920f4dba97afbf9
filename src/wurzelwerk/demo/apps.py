"""The demo room: a company to look around in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Puts the cast on the sign-in page of the demo mode."""

    name = "wurzelwerk.demo"
    label = "demo"

    def ready(self) -> None:
        """Register the cast."""
        from wurzelwerk.demo.plan import CAST  # noqa: PLC0415 - registration
        from wurzelwerk.people.signing_in import CastMember, demo_cast  # noqa: PLC0415 - registration

        sentences = {
            "Amira": _("learns, and has something to teach"),
            "Ben": _("her learning partner to be"),
            "Clara": _("her manager"),
            "David": _("manager of another unit"),
            "Eva": _("learning and development"),
            "Felix": _("works council"),
            "Greta": _("administration"),
        }
        for member in CAST:
            name = f"{member.given_name} {member.family_name}"
            demo_cast.register(member.given_name, CastMember(member.staff_number, name, sentences[member.given_name]))
