from collections.abc import Callable, Iterator

import pytest

from tests.architecture.imports import (
    border_problems,
    http_problems,
    inline_problems,
    is_public,
    unlisted_pure_problems,
)
from tests.architecture.source import Module, is_below, layers, modules, rooms, snippet

Check = Callable[[Module], Iterator[str]]
CHECKS = [border_problems, http_problems, inline_problems, unlisted_pure_problems]


@pytest.mark.parametrize("check", CHECKS)
def test_imports_keep_the_rules(check: Check) -> None:
    assert [problem for module in modules() for problem in check(module)] == []


@pytest.mark.parametrize(
    "check,path,text",
    [
        (border_problems, "partnerships/actions.py", "from wurzelwerk.people.inner import thing"),
        (border_problems, "partnerships/actions.py", "from wurzelwerk.people import inner"),
        (border_problems, "partnerships/actions.py", "import wurzelwerk.people.tests.factories"),
        (http_problems, "partnerships/queries.py", "from django.http import HttpRequest"),
        (http_problems, "partnerships/actions/signing.py", "from django.shortcuts import redirect"),
        (inline_problems, "partnerships/actions.py", "def act():\n    import json"),
        (inline_problems, "partnerships/apps.py", "def other():\n    from wurzelwerk.ui import navigation"),
        (unlisted_pure_problems, "kernel/matching/scores.py", "import numpy"),
    ],
)
def test_a_breach_is_found(check: Check, path: str, text: str) -> None:
    assert len(list(check(snippet(text, path)))) == 1


@pytest.mark.parametrize(
    "check,path,text",
    [
        (border_problems, "partnerships/actions.py", "from wurzelwerk.people.models import Person"),
        (border_problems, "partnerships/actions.py", "from wurzelwerk.privacy.reading import fetch_visible"),
        (border_problems, "partnerships/actions.py", "from wurzelwerk.ui.rendering import render"),
        (border_problems, "partnerships/tests/factories.py", "from wurzelwerk.people.tests.factories import person"),
        (http_problems, "partnerships/views.py", "from django.http import HttpRequest"),
        (http_problems, "partnerships/meeting_views.py", "from django.http import HttpRequest"),
        (inline_problems, "partnerships/apps.py", "def ready(self):\n    from wurzelwerk.ui import navigation"),
    ],
)
def test_what_is_allowed_is_not_found(check: Check, path: str, text: str) -> None:
    assert list(check(snippet(text, path))) == []


def test_a_module_with_a_registry_is_a_public_door() -> None:
    assert is_public("kernel", ["jobs"])
    assert not is_public("kernel", ["audit"])


def test_the_order_of_rooms_knows_every_room() -> None:
    assert set(rooms()) - {room for line in layers() for room in line} == set()


def test_the_order_of_rooms_is_strict() -> None:
    assert is_below("kernel", "people")
    assert not is_below("people", "kernel")
    assert not is_below("journal", "learning_time")
