"""T01, T13, T14, T57: every URL x 12 actors x 6 methods x {own, same team, other team} keeps the matrix."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from tests.matrix.access import ACCESS
from tests.matrix.actors import Actor
from tests.matrix.binding import arguments_for, has_owner
from tests.matrix.expectations import broken_promise, may_reach
from tests.matrix.urls import Url, all_urls
from tests.matrix.world import World, build_world, canary
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.people.models import Person

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
OWNERS = ("own", "team", "other")
PARTS = 8
ACTOR_COUNT = 12
CHANGES_BY_READING = {"privacy_accesslogentry", "django_session", "usersessions_usersession"}


def owners_for(url: Url) -> tuple[str, ...]:
    return OWNERS if has_owner(url) else OWNERS[:1]


def sign_in(actor: Actor) -> str:
    """Return the key of a session of the actor's, or nothing."""
    client = Client()
    if actor.person is not None:
        client.force_login(actor.person)
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def ask(actor: Actor, session: str, address: str, method: str) -> Any:
    """Ask as the actor and undo whatever it did, signing out included."""
    client = Client(raise_request_exception=False)
    client.cookies.load({settings.SESSION_COOKIE_NAME: session} if session else {})
    headers = {"Authorization": "Bearer none"} if actor.name == "api_client" else {}
    with transaction.atomic():
        response: Any = client.generic(method, address, headers=headers)
        transaction.set_rollback(True)
    return response


def deviations(world: World, urls: tuple[Url, ...], methods: tuple[str, ...] = METHODS) -> Iterator[str]:
    sessions = {actor.name: sign_in(actor) for actor in world.actors}
    asked = [(url, owner) for url in urls for owner in owners_for(url)]
    for url, owner in asked:
        address = reverse(url.name, kwargs=arguments_for(url, world, owner))
        for actor, method in product(world.actors, methods):
            response = ask(actor, sessions[actor.name], address, method)
            if problem := broken_promise(url, actor, owner, method, response):
                yield f"{method} {url.name} ({owner}) as {actor.name}: {problem}"


def test_every_url_stands_in_the_access_table() -> None:
    assert {url.name for url in all_urls()} == set(ACCESS)


def test_there_are_at_least_five_thousand_cells() -> None:
    cells = sum(len(owners_for(url)) for url in all_urls()) * ACTOR_COUNT * len(METHODS)

    assert cells >= 5_000


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_no_cell_deviates_and_no_foreign_canary_sings(part: int) -> None:
    world = build_world()

    found = list(deviations(world, all_urls()[part::PARTS]))

    assert not found, "\n".join([f"{len(found)} deviations", *found[:60]])


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(2))
def test_every_change_asks_for_the_token(part: int) -> None:
    world = build_world()
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.objects["own"].person)

    answers = {
        url.name: client.post(reverse(url.name, kwargs=arguments_for(url, world, "own"))).status_code
        for url in all_urls()[part::2]
    }

    assert {name: status for name, status in answers.items() if status not in {403, 405}} == {}


@pytest.mark.django_db
def test_reading_changes_nothing_but_the_access_log() -> None:
    world = build_world()
    client = Client(raise_request_exception=False)
    client.force_login(world.objects["own"].person)
    before = contents()

    for url in all_urls():
        client.get(reverse(url.name, kwargs=arguments_for(url, world, "own")))

    assert changed(before, contents()) == set()


@pytest.mark.django_db
def test_a_leaking_view_is_found() -> None:
    """The proof that the matrix can fail: a view that shows everybody's introduction."""
    world = build_world()

    def leak(_request: HttpRequest, public_id: str) -> HttpResponse:
        return HttpResponse(Person.objects.get(public_id=public_id).introduction)

    response = leak(HttpRequest(), world.objects["own"].person.public_id)
    actor = next(actor for actor in world.actors if actor.name == "other_lead")
    url = Url("people:person", ("public_id",))

    assert canary("own", Item.PORTRAIT) in response.content.decode()
    assert broken_promise(url, actor, "own", "GET", response) == "shows portrait of own"
    assert path("x/<str:public_id>", leak, name="leak").name not in ACCESS


def test_an_administrator_reaches_no_page_of_a_person(db: None) -> None:
    world = build_world()
    greta = next(actor for actor in world.actors if actor.name == "administrator")

    assert not may_reach(Url("paths:goal", ("public_id",)), greta, "own", "GET")


def contents() -> dict[str, str]:
    """Return a digest of every table."""
    digests = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
            digests[table] = repr(sorted(map(repr, cursor.fetchall())))
    return digests


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {table for table in before if before[table] != after[table]} - CHANGES_BY_READING


def test_settings_keep_the_policy_strict() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert not any("unsafe" in source for sources in directives.values() for source in sources)
