"""Short messages after an action; one that can be undone carries a form for it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.messages import constants
from django.http import HttpRequest
from django.utils.functional import Promise

TONES: Final = {
    constants.DEBUG: "info",
    constants.INFO: "info",
    constants.SUCCESS: "success",
    constants.WARNING: "soon",
    constants.ERROR: "danger",
}


@dataclass(frozen=True, slots=True)
class Toast:
    """A message to show; ``undo_url`` is posted to with ``undo_fields`` to take the action back."""

    text: str
    tone: str
    undo_url: str
    undo_fields: tuple[tuple[str, str], ...]


def _add(
    request: HttpRequest,
    level: int,
    text: str | Promise,
    undo_url: str | None,
    undo_fields: Mapping[str, object] | None,
) -> None:
    undo = json.dumps([undo_url, {key: str(value) for key, value in (undo_fields or {}).items()}]) if undo_url else ""
    messages.add_message(request, level, str(text), extra_tags=undo)


def success(
    request: HttpRequest,
    text: str | Promise,
    undo_url: str | None = None,
    undo_fields: Mapping[str, object] | None = None,
) -> None:
    """Say that it worked, with a way back when ``undo_url`` is given."""
    _add(request, constants.SUCCESS, text, undo_url, undo_fields)


def info(
    request: HttpRequest,
    text: str | Promise,
    undo_url: str | None = None,
    undo_fields: Mapping[str, object] | None = None,
) -> None:
    """Say something worth knowing."""
    _add(request, constants.INFO, text, undo_url, undo_fields)


def warning(request: HttpRequest, text: str | Promise) -> None:
    """Say that something needs attention soon."""
    _add(request, constants.WARNING, text, None, None)


def error(request: HttpRequest, text: str | Promise) -> None:
    """Say that it did not work, and what to do."""
    _add(request, constants.ERROR, text, None, None)


def waiting(request: HttpRequest) -> Iterator[Toast]:
    """Yield the messages not shown yet; they are forgotten with the answer."""
    for message in messages.get_messages(request):
        undo_url, fields = _undo(message.extra_tags)
        yield Toast(str(message.message), TONES.get(message.level, "info"), undo_url, fields)


def _undo(extra_tags: str | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    if not extra_tags or not extra_tags.startswith("["):
        return "", ()
    undo_url, fields = json.loads(extra_tags)
    return str(undo_url), tuple(fields.items())
