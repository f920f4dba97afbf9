"""A person and a request for tests of a room that knows no persons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.ui import navigation, preferences, shell

MakeRequest = Callable[..., HttpRequest]


@dataclass
class Visitor:
    """Whoever is signed in, as far as this room asks."""

    full_name: str = "Amira Haddad"
    is_authenticated: bool = True
    is_active: bool = True
    pk: int = 1


@dataclass
class Stranger:
    """Somebody who is not signed in."""

    is_authenticated: bool = False


@pytest.fixture
def make_request(rf: RequestFactory) -> MakeRequest:
    """Return a function that makes a request as the middleware would: person, session, messages."""

    def make(path: str = "/", *, visitor: Visitor | Stranger | None = None, **options: Any) -> HttpRequest:
        request = rf.get(path, **options)
        request.user = visitor or Visitor()  # type: ignore[assignment] # this room knows no persons
        request.session = SessionStore()
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined] # noqa: SLF001 - as the middleware
        request.LANGUAGE_CODE = translation.get_language() or "de"
        return request

    return make


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """Speak German unless a test says otherwise."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def empty_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what the rooms registered."""
    monkeypatch.setattr(navigation, "entries", Registry())
    for name in ("search_url", "command_url", "inbox", "brand", "gallery_visitors"):
        monkeypatch.setattr(shell, name, Registry())
    monkeypatch.setattr(preferences, "person_store", Registry())
