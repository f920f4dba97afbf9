"""The privacy room: shares, the access log, and what is stored about whom."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Registers the source of shares, the navigation entry and the nightly job."""

    name = "wurzelwerk.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Register what the kernel asks this room."""
        from wurzelwerk.kernel.visibility import register_share_source  # noqa: PLC0415 - registration
        from wurzelwerk.people import oversight, portrait  # noqa: PLC0415 - registration
        from wurzelwerk.privacy import housekeeping  # noqa: F401, PLC0415 - registers its job kind
        from wurzelwerk.privacy.portrait import below_portrait  # noqa: PLC0415 - registration
        from wurzelwerk.privacy.queries.figures import reading_figures, sharing_figures  # noqa: PLC0415 - registration
        from wurzelwerk.privacy.shareables import register_portrait  # noqa: PLC0415 - registration
        from wurzelwerk.privacy.sharing import shared_rows  # noqa: PLC0415 - registration
        from wurzelwerk.ui import navigation  # noqa: PLC0415 - registration

        register_share_source(shared_rows)
        register_portrait()
        oversight.figures.register("reads", reading_figures)
        oversight.figures.register("shares", sharing_figures)
        portrait.below.register("privacy", below_portrait)
        navigation.register(
            navigation.NavEntry(
                key="privacy",
                label=_("My data"),
                url_name="privacy:matrix",
                icon="shield-check",
                group="person",
                order=30,
            )
        )
