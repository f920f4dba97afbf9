"""Rendering of pages and blocks, the frame around them, errors, preferences, languages, the gallery."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from jinja2 import DictLoader, TemplateRuntimeError, UndefinedError

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.ui import errors, navigation, preferences, shell, toasts, views
from wurzelwerk.ui.environment import query
from wurzelwerk.ui.middleware import LanguageMiddleware, PrivateResponsesMiddleware
from wurzelwerk.ui.navigation import NavEntry
from wurzelwerk.ui.page import Page
from wurzelwerk.ui.page_scope import current_request
from wurzelwerk.ui.preferences import PersonStore, Preferences
from wurzelwerk.ui.rendering import environment, render, render_text
from wurzelwerk.ui.tests.conftest import MakeRequest, Stranger, Visitor

PLAN = """{% extends "ui/page.html" %}
{% from "ui/components.html" import chip %}
{% set word = "Plan" %}
{% block title %}{{ word }}{% endblock %}
{% block content %}<div>{% block rows %}{{ chip(word) }} {{ count }}{% endblock %}</div>{% endblock %}"""


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Put a page of some room beside ours."""
    env = environment()
    known = env.loader
    assert known is not None
    own = DictLoader({"test/plan.html": PLAN})
    monkeypatch.setattr(own, "get_source", _first(own.get_source, known.get_source))
    monkeypatch.setattr(env, "loader", own)
    yield "test/plan.html"
    if env.cache is not None:
        env.cache.clear()


def _first(one: Any, other: Any) -> Any:
    return lambda env, name: (one if name.startswith("test/") else other)(env, name)


def test_page_has_title_heading_language_and_no_store(plan: str, make_request: MakeRequest) -> None:
    response = render(make_request(), plan, {"count": 3}, block="rows")

    html = response.content.decode()
    assert "<title>Plan – Wurzelwerk</title>" in html
    assert html.count("<h1>Plan</h1>") == html.count("<h1") == 1
    assert '<html lang="de" data-theme="auto" data-density="calm">' in html
    assert response.headers["Cache-Control"] == "private, no-store"


def test_block_is_rendered_alone_for_htmx_with_the_imports_of_its_page(plan: str, make_request: MakeRequest) -> None:
    request = make_request(HTTP_HX_REQUEST="true")

    response = render(request, plan, {"count": 3}, block="rows")

    assert response.content.decode() == '<span class="chip tone-neutral">Plan</span> 3'


def test_block_brings_waiting_toasts_along(plan: str, make_request: MakeRequest) -> None:
    request = make_request(HTTP_HX_REQUEST="true")
    toasts.success(request, "Verschoben.", undo_url="/undo", undo_fields={"to": 7})

    html = render(request, plan, {"count": 3}, block="rows").content.decode()

    assert '<div id="toast-list" hx-swap-oob="beforeend">' in html
    assert '<form method="post" action="/undo">' in html
    assert '<input type="hidden" name="to" value="7">' in html


def test_unknown_block_is_an_error(plan: str, make_request: MakeRequest) -> None:
    with pytest.raises(KeyError, match="no block 'nothing'"):
        render(make_request(HTTP_HX_REQUEST="true"), plan, {"count": 3}, block="nothing")


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_missing_value_is_an_error(headers: dict[str, str], plan: str, make_request: MakeRequest) -> None:
    with pytest.raises(UndefinedError, match="'count' is undefined"):
        render(make_request(**headers), plan, block="rows")


def test_pages_of_other_libraries_get_the_frame_too(plan: str, make_request: MakeRequest) -> None:
    html = render_to_string(plan, {"count": 3}, make_request(), using="jinja2")

    assert "<h1>Plan</h1>" in html
    assert engines["jinja2"].env is environment()  # type: ignore[attr-defined]


def test_text_needs_no_request() -> None:
    with pytest.raises(TemplateRuntimeError, match="'subject'"):
        render_text("ui/email.txt")


def test_navigation_shows_what_the_person_may_see_in_order(make_request: MakeRequest) -> None:
    navigation.register(NavEntry("keys", "Tasten", "ui:keys", "keyboard", "together", 2, mobile=True))
    navigation.register(NavEntry("gallery", "Galerie", "ui:gallery", "eye", "main", 1, shortcut="g g"))
    navigation.register(NavEntry("secret", "Geheim", "ui:gallery", "lock", "main", 3, visible=lambda _: False))
    page = Page(make_request("/gallery/deeper"))

    assert [(group.key, [link.label for link in group.links]) for group in page.navigation] == [
        ("main", ["Galerie"]),
        ("together", ["Tasten"]),
    ]
    assert [link.key for link in page.links if link.current] == ["gallery"]
    assert [link.key for link in page.mobile_links] == ["keys"]
    assert page.person_links == ()


def test_strangers_see_no_navigation(make_request: MakeRequest) -> None:
    navigation.register(NavEntry("keys", "Tasten", "ui:keys", "keyboard", "main", 1))
    page = Page(make_request(visitor=Stranger()))

    assert (page.links, page.inbox, page.signed_in) == ((), None, False)


def test_frame_holds_what_rooms_registered(plan: str, make_request: MakeRequest) -> None:
    shell.search_url.register("search", "ui:keys")
    shell.command_url.register("search", "ui:gallery")
    shell.inbox.register("notifications", lambda _: shell.Inbox(count=120, url_name="ui:keys"))
    shell.brand.register("people", lambda: shell.Brand("Lernwerk", logo_url="/logo.svg"))
    navigation.register(NavEntry("keys", "Tasten", "ui:keys", "keyboard", "person", 1, mobile=True))

    html = render(make_request(), plan, {"count": 3}).content.decode()

    assert '<ww-command data-source="/gallery" data-search="/keys"' in html
    assert "Mitteilungen: 120 ungelesen" in html
    assert ">99+</span>" in html
    assert '<img src="/logo.svg" alt=""><span>Lernwerk</span>' in html
    assert 'popovertarget="navigation"' in html
    assert "Amira Haddad: mein Menü" in html


def test_frame_works_without_any_room(plan: str, make_request: MakeRequest) -> None:
    html = render(make_request(), plan, {"count": 3}).content.decode()

    assert 'data-dialog="command" aria-keyshortcuts="Control+K" hidden>' in html
    assert "bottom-bar" not in html


def test_address_that_does_not_exist_is_left_out(make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    names: Registry[str] = Registry()
    names.register("search", "search:nowhere")
    monkeypatch.setattr(shell, "search_url", names)

    assert Page(make_request()).search_href == ""


def test_toasts_have_their_tone(make_request: MakeRequest) -> None:
    request = make_request()
    toasts.info(request, "a")
    toasts.warning(request, "b")
    toasts.error(request, "c")

    waiting = list(toasts.waiting(request))

    assert [(toast.text, toast.tone, toast.undo_url) for toast in waiting] == [
        ("a", "info", ""),
        ("b", "soon", ""),
        ("c", "danger", ""),
    ]


@pytest.mark.parametrize(
    "answer,status,title",
    [
        (errors.bad_request, 400, "Diese Anfrage konnten wir nicht lesen"),
        (errors.permission_denied, 403, "Das geht so nicht"),
        (errors.csrf_failed, 403, "Dieses Formular ist zu alt"),
        (errors.page_not_found, 404, "Hier gibt es nichts zu sehen"),
        (errors.server_error, 500, "Bei uns ist etwas schiefgegangen"),
    ],
)
@pytest.mark.parametrize("visitor", [Visitor(), Stranger()])
def test_errors_say_what_to_do(
    answer: Any, status: int, title: str, visitor: Visitor | Stranger, make_request: MakeRequest
) -> None:
    response: HttpResponse = answer(make_request(visitor=visitor))

    html = response.content.decode()
    assert (response.status_code, f"<h1>{title}</h1>" in html) == (status, True)
    assert '<a class="button primary" href="/"><span>Zur Startseite</span></a>' in html


def test_errors_name_whom_to_ask(make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    brands: Registry[Any] = Registry()
    brands.register("people", lambda: shell.Brand("Lernwerk", contact="Greta Holm"))
    monkeypatch.setattr(shell, "brand", brands)

    html = errors.conflict(make_request(), "Ben hat gespeichert.").content.decode()

    assert "Fragen? Greta Holm hilft weiter." in html
    assert "Ben hat gespeichert." in html


def test_refusal_says_its_reason_also_to_htmx(make_request: MakeRequest) -> None:
    response = errors.refused(make_request(HTTP_HX_REQUEST="true"), "Erst wenn beide unterschrieben haben.")

    html = response.content.decode()
    assert (response.status_code, "<html" in html) == (403, False)
    assert "Erst wenn beide unterschrieben haben." in html


def test_server_error_never_fails(make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "TEMPLATE", "ui/there_is_none.html")

    response = errors.server_error(make_request())

    assert (response.status_code, response.content.decode()) == (500, errors.LAST_RESORT)


def test_query_changes_parameters_and_returns_to_the_first_page(make_request: MakeRequest) -> None:
    request = make_request("/x?q=sql&page=4&level=2")

    changes = [query(request, page=5), query(request, sort="name"), query(request, level=None)]
    assert changes == ["?q=sql&page=5&level=2", "?q=sql&level=2&sort=name", "?q=sql"]


def test_outside_of_a_request_there_is_none() -> None:
    with pytest.raises(LookupError):
        current_request()


def answer_with(text: str = "", **headers: str) -> Any:
    return lambda _request: HttpResponse(text, headers=headers)


def test_answers_stay_out_of_shared_caches(make_request: MakeRequest) -> None:
    plain = PrivateResponsesMiddleware(answer_with())(make_request())
    own = PrivateResponsesMiddleware(answer_with(**{"Cache-Control": "private, max-age=60"}))(make_request())

    assert plain.headers["Cache-Control"] == "private, no-store"
    assert own.headers["Cache-Control"] == "private, max-age=60"


def test_a_page_in_use_is_told_that_its_session_ended(make_request: MakeRequest, settings: Any) -> None:
    settings.LOGIN_URL = "/sign-in"
    middleware = PrivateResponsesMiddleware(lambda _request: HttpResponseRedirect("/sign-in?next=/plan"))

    partial = middleware(make_request(HTTP_HX_REQUEST="true"))
    whole = middleware(make_request())

    assert (partial.status_code, whole.status_code) == (204, 302)
    assert json.loads(partial.headers["HX-Trigger"])["ww:signed-out"]["href"] == "/sign-in"


def language_of(request: HttpRequest) -> str:
    """Return the language in which ``request`` is answered, as the middleware sees to it."""
    seen: list[str] = []

    def answer(inner: HttpRequest) -> HttpResponse:
        middleware.process_view(inner)
        seen.append(translation.get_language())
        return HttpResponse()

    middleware = LanguageMiddleware(answer)
    middleware(request)
    return seen[0]


@pytest.mark.parametrize(
    "asked,expected", [("", "de"), ("en-GB,en", "en"), ("de-AT", "de"), ("fr", "de"), ("fr,en;q=0.5", "en")]
)
def test_before_sign_in_the_browser_is_asked(asked: str, expected: str, make_request: MakeRequest) -> None:
    request = make_request(visitor=Stranger(), HTTP_ACCEPT_LANGUAGE=asked)

    assert language_of(request) == expected


def test_the_cookie_counts_more_than_the_browser(make_request: MakeRequest, settings: Any) -> None:
    request = make_request(visitor=Stranger(), HTTP_ACCEPT_LANGUAGE="en")
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = "de-formal"

    assert language_of(request) == "de-formal"


def store_of(wishes: dict[str, Preferences]) -> Registry[PersonStore]:
    stores: Registry[PersonStore] = Registry()
    stores.register("people", PersonStore(lambda _: wishes["now"], lambda _, new: wishes.update(now=new)))
    return stores


def test_the_wish_of_the_person_counts_most(make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "person_store", store_of({"now": Preferences(language="en")}))
    request = make_request(HTTP_ACCEPT_LANGUAGE="de")

    assert language_of(request) == "en"


def test_preferences_are_kept_in_cookies_and_unknown_values_ignored(make_request: MakeRequest, rf: Any) -> None:
    request = rf.post("/preferences", {"theme": "dark", "density": "tiny", "next": "/gallery?x=1"})
    request.user, request.session = Stranger(), {}

    response = views.preferences_save(request)

    assert (response.status_code, response.headers["Location"]) == (302, "/gallery?x=1")
    assert (response.cookies["theme"].value, response.cookies["density"].value) == ("dark", "calm")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    assert preferences.current(request) == Preferences(theme="dark", density="calm", language="de")


def test_preferences_are_kept_on_the_person(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = {"now": Preferences()}
    monkeypatch.setattr(preferences, "person_store", store_of(wishes))
    request = rf.post("/preferences", {"density": "dense"}, HTTP_X_REQUESTED_WITH="fetch")
    request.user = Visitor()

    response = views.preferences_save(request)

    assert (response.status_code, wishes["now"]) == (204, replace(Preferences(), density="dense"))


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", ""])
def test_preferences_lead_to_no_other_site(target: str, rf: Any) -> None:
    request = rf.post("/preferences", {"theme": "dark", "next": target})
    request.user = Stranger()

    assert views.preferences_save(request).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["de", "de-formal", "en"])
def test_gallery_shows_everything(language: str, make_request: MakeRequest, settings: Any) -> None:
    settings.DEMO = True

    with translation.override(language):
        response = views.gallery_page(make_request("/gallery?page=2"))

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(name for name in set(ids) if ids.count(name) > 1) == []


def test_gallery_is_for_those_who_run_the_system(make_request: MakeRequest, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Http404):
        views.gallery_page(make_request("/gallery"))

    shell.gallery_visitors.register("people", lambda person: person.full_name == "Amira Haddad")

    assert views.gallery_page(make_request("/gallery")).status_code == 200
    with pytest.raises(Http404):
        views.gallery_page(make_request("/gallery", visitor=Stranger()))


def test_keys_are_a_page_and_an_overlay(make_request: MakeRequest) -> None:
    page = views.keys(make_request("/keys")).content.decode()
    overlay = views.keys(make_request("/keys", HTTP_HX_REQUEST="true")).content.decode()

    assert "<h1>Tasten</h1>" in page
    assert overlay.strip().startswith('<dl class="definitions keys-list">')


@pytest.mark.django_db
def test_pages_go_through_the_whole_chain(client: Client, settings: Any) -> None:
    settings.DEMO = True

    response = client.get("/gallery", headers={"Accept-Language": "en"})

    assert response.status_code == 200
    assert "<title>Gallery – Wurzelwerk</title>" in response.content.decode()
    assert response.headers["Content-Language"] == "en"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert client.get("/preferences").status_code == 405
