"""What kinds of messages there are, and how each looks in the inbox; rooms register their own."""

from dataclasses import dataclass

from django.utils.functional import Promise

from wurzelwerk.kernel.registry import Registry

DEFAULT_ICON = "bell"


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """A kind of message: ``key`` is "room.fact", ``label`` says what it is about."""

    key: str
    label: Promise | str
    icon: str = DEFAULT_ICON


kinds: Registry[NotificationKind] = Registry()


def icon_of(kind: str) -> str:
    """Return the icon of a kind; the bell for one that nobody registered."""
    return kinds.get(kind).icon if kind in kinds else DEFAULT_ICON
