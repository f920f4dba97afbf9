"""What the matrix promises for one cell, and whether an answer keeps the promise."""

import re

from django.http import HttpResponse

from tests.matrix.access import ACCESS, ANSWERING, ANYONE, EVERYONE, GLANCE, MEMBERS
from tests.matrix.actors import Actor
from tests.matrix.urls import Url
from wurzelwerk.kernel.matrix import MATRIX, Audience, Item, Level
from wurzelwerk.people.choices import Role

CANARY = re.compile(r"CANARY-(own|team|other)-(\w+)-END")
READING = ("GET", "HEAD")
NOT_THERE = {404, 405}
REFUSED = {403, 404, 405}
ANSWERED = {200, 302, 303, 400, 403, 404, 405, 409, 410, 422, 429}
SENT_TO_SIGN_IN = {302, 401, 403, 404, 405}


def may_reach(url: Url, actor: Actor, owner: str, method: str) -> bool:
    """Tell whether the matrix lets ``actor`` in; writing to something personal is the owner's alone."""
    access = ACCESS[url.name]
    if access == ANYONE or actor.person is None:
        return access == ANYONE
    if isinstance(access, Role | tuple):
        return bool(actor.roles & {*(access if isinstance(access, tuple) else (access,))})
    if access in {MEMBERS, GLANCE}:
        sees_that_it_exists = Role.LEARNING_AND_DEVELOPMENT in actor.roles or Audience.LEAD in actor.audiences[owner]
        is_glancing = access == GLANCE and sees_that_it_exists
        return is_glancing or bool(actor.audiences[owner] & {Audience.SELF, Audience.PARTNER})
    if access == ANSWERING:
        return bool(actor.audiences[owner] & {Audience.SELF, Audience.LEAD})
    if isinstance(access, Item) and method in READING:
        return sees(actor, owner, access)
    return access == EVERYONE or actor.is_owner(owner)


def sees(actor: Actor, owner: str, item: Item) -> bool:
    """Tell whether ``actor`` sees the words of ``item`` of ``owner`` where nothing is shared."""
    return any(
        MATRIX[item][audience] is Level.ALWAYS and not (audience is Audience.LEAD and item is Item.LEAD_ASSESSMENT)
        for audience in actor.audiences[owner]
    )


def broken_promise(url: Url, actor: Actor, owner: str, method: str, response: HttpResponse) -> str:
    """Return how the answer deviates from what is promised, or nothing."""
    if problem := _wrong_status(url, actor, owner, method, response.status_code):
        return problem
    return _foreign_canary(actor, response) or _wrong_headers(actor, response)


def _wrong_status(url: Url, actor: Actor, owner: str, method: str, status: int) -> str:
    if actor.person is None and not may_reach(url, actor, owner, method):
        return "" if status in SENT_TO_SIGN_IN else f"answers {status} without sign-in"
    if not may_reach(url, actor, owner, method):
        refused = REFUSED if isinstance(ACCESS[url.name], Role | tuple) else NOT_THERE
        return "" if status in refused else f"answers {status} where nothing may be there"
    if status not in ANSWERED:
        return f"answers {status}"
    is_shown = status != 404 or method not in READING or ACCESS[url.name] in {ANYONE, EVERYONE}
    return "" if is_shown or "none" in response_hint(url) else f"hides from {actor.name} what they may see"


def response_hint(url: Url) -> str:
    """Return "none" for URLs whose object the world does not hold."""
    return "none" if url.name in WITHOUT_OBJECT else ""


WITHOUT_OBJECT = {"journal:stop", "mfa_edit_webauthn", "mfa_remove_webauthn", "people:demo_sign_in"}


def _foreign_canary(actor: Actor, response: HttpResponse) -> str:
    text = "" if response.streaming else response.content.decode("utf-8", "replace")
    text += " ".join(f"{name}: {value}" for name, value in response.items())
    for owner, item in CANARY.findall(text):
        if actor.person is None or not sees(actor, owner, Item(item)):
            return f"shows {item} of {owner}"
    return ""


def _wrong_headers(actor: Actor, response: HttpResponse) -> str:
    if actor.person is not None and "no-store" not in response.headers.get("Cache-Control", ""):
        return f"may be kept by a cache: {response.headers.get('Cache-Control', '')!r}"
    if not response.headers.get("Content-Type", "").startswith("text/html") or response.status_code >= 500:
        return ""
    policy = response.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        return f"has the policy {policy!r}"
    if response.headers.get("X-Content-Type-Options") != "nosniff" or not response.headers.get("Referrer-Policy"):
        return "lacks a header"
    return ""
