"""The one place that asks what time it is, so that tests can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)
_forbidden: ContextVar[str] = ContextVar("forbidden", default="")


def now() -> datetime:
    """Return the current instant, aware, in UTC; raises ``RuntimeError`` where asking is ``forbidden``."""
    if reason := _forbidden.get():
        raise RuntimeError(reason)
    return _pretended.get() or timezone.now()


@contextmanager
def forbidden(reason: str) -> Iterator[None]:
    """Let nobody ask what time it is within the block: the answer would outlive the moment."""
    token = _forbidden.set(reason)
    try:
        yield
    finally:
        _forbidden.reset(token)


@contextmanager
def pretending(instant: datetime) -> Iterator[None]:
    """Let it be ``instant`` within the block: the demo company's stories began weeks ago."""
    token = _pretended.set(instant)
    try:
        yield
    finally:
        _pretended.reset(token)


def today(zone: str | None = None) -> date:
    """Return the calendar day in ``zone`` (the installation's own zone when omitted)."""
    return now().astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


def local(instant: datetime, zone: str | None = None) -> datetime:
    """Return ``instant`` on the clock of ``zone`` (the installation's own zone when omitted)."""
    return instant.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
