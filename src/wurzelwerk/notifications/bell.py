"""The bell in the frame of every page."""

from typing import Any

from wurzelwerk.notifications.queries import count_unread
from wurzelwerk.ui.shell import Inbox


def inbox_of(request: Any) -> Inbox:
    """Return how many messages wait for the signed-in person; one query."""
    return Inbox(count=count_unread(request.user), url_name="notifications:inbox")
