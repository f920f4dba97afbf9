"""The inbox: what the system has to tell a person."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Registers the bell in the frame of every page, the page of messages, and their deletion."""

    name = "wurzelwerk.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register the bell, the navigation entry and the job that deletes what is past its time."""
        from wurzelwerk.notifications import addresses, bell, housekeeping  # noqa: F401, PLC0415 - registration
        from wurzelwerk.notifications.kinds import NotificationKind, kinds  # noqa: PLC0415
        from wurzelwerk.ui import navigation, shell  # noqa: PLC0415

        shell.inbox.register("notifications", bell.inbox_of)
        kinds.register(addresses.KIND, NotificationKind(addresses.KIND, _("Your account"), "shield-check"))
        navigation.register(
            navigation.NavEntry(
                key="inbox",
                label=_("Messages"),
                url_name="notifications:inbox",
                icon="bell",
                group="person",
                order=30,
                shortcut="g i",
            )
        )
