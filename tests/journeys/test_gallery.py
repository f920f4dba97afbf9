"""The components in a real browser: reachable for everybody, by keyboard, without a mouse, without scripts, offline."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Company, Visit

Axe = Callable[[Page], list[str]]
MOST_BYTES, MOST_REQUESTS = 100_000, 8


@pytest.fixture
def gallery(visit: Visit) -> Page:
    """The gallery as Amira sees it."""
    page = visit("Amira")
    page.goto("/gallery")
    return page


@pytest.fixture
def troubled(company: Company, browser: Browser) -> Iterator[Page]:
    """The gallery in a browser whose complaints are expected: a test provokes them."""
    context = browser.new_context(base_url=company.address, locale="de")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name=re.compile(r"\bAmira\b")).click()
    page.wait_for_load_state()
    page.goto("/gallery")
    yield page
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_component_is_accessible(visit: Visit, axe: Axe, theme: str, language: str) -> None:
    page = visit("Amira", language=language, reduced_motion="reduce")
    page.goto("/gallery")
    page.locator("main").locator(f"[name=theme][value={theme}]").click()

    expect(page.locator("html")).to_have_attribute("data-theme", theme)

    assert axe(page) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_wider_than_a_small_phone(visit: Visit, language: str) -> None:
    page = visit("Amira", language=language, width=320)
    page.goto("/gallery")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_command_field_works_by_keyboard(gallery: Page) -> None:
    gallery.keyboard.press("Control+k")
    field = gallery.locator("ww-command").get_by_role("combobox")

    expect(field).to_be_focused()

    field.press_sequentially("tast")
    expect(gallery.locator("ww-command").get_by_role("option").first).to_have_attribute("aria-selected", "true")

    gallery.keyboard.press("Enter")
    expect(gallery).to_have_url(re.compile(r"/keys$"))


def test_keys_are_shown_and_closed(gallery: Page) -> None:
    gallery.keyboard.press("?")
    dialog = gallery.locator("dialog#keys")

    expect(dialog).to_be_visible()

    gallery.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_theme_is_kept(gallery: Page) -> None:
    with gallery.expect_response("**/preferences"):
        gallery.locator("main").locator("[name=theme][value=dark]").click()

    gallery.reload()

    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_confirmation_keeps_the_focus_and_gives_it_back(gallery: Page) -> None:
    opener = gallery.locator("[data-dialog=sample-confirm]")
    opener.focus()
    gallery.keyboard.press("Enter")

    expect(gallery.locator("#sample-confirm")).to_be_visible()
    assert gallery.evaluate("document.querySelector('#sample-confirm').matches(':modal')")

    gallery.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_dialogs_and_menus_open_without_scripts(visit: Visit) -> None:
    page = visit("Amira", java_script_enabled=False)
    page.goto("/gallery")
    page.locator("[data-dialog=sample-dialog]").click()
    expect(page.locator("#sample-dialog")).to_be_visible()

    page.keyboard.press("Escape")
    page.locator("[popovertarget=sample-menu]").click()

    expect(page.locator("#sample-menu")).to_be_visible()


def answer(status: int, body: dict[str, object]) -> Callable[[Route], None]:
    """Answer what autosave sends; everything else goes its way."""

    def handle(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, content_type="application/json", body=json.dumps(body))
        else:
            route.continue_()

    return handle


def test_a_note_is_saved_after_a_pause(gallery: Page) -> None:
    gallery.route("**/gallery", answer(200, {"version": 2, "saved_at": "10:42"}))

    gallery.locator("#sample-note").press_sequentially("Erst fragen")

    expect(gallery.locator("[data-autosave-status]")).to_have_text("Gespeichert 10:42")
    expect(gallery.locator("#sample-autosave [name=version]")).to_have_value("2")


def test_a_conflict_shows_both_versions(troubled: Page) -> None:
    troubled.route("**/gallery", answer(409, {"version": 5, "fields": {"note": "Von gestern"}}))
    troubled.locator("#sample-note").press_sequentially("Von heute")
    panel = troubled.locator("[data-autosave-conflict]")
    expect(panel).to_contain_text("Von heute")
    expect(panel).to_contain_text("Von gestern")

    troubled.unroute("**/gallery")
    troubled.route("**/gallery", answer(200, {"version": 6, "saved_at": "10:43"}))
    panel.get_by_role("button", name="Gespeicherte nehmen").click()

    expect(troubled.locator("#sample-note")).to_have_value("Von gestern")
    expect(troubled.locator("[data-autosave-status]")).to_have_text("Gespeichert 10:43")


def test_what_was_typed_offline_is_there_after_a_reload(troubled: Page) -> None:
    troubled.context.set_offline(True)
    troubled.locator("#sample-note").press_sequentially("Im Zug geschrieben")
    expect(troubled.locator("[data-autosave-status]")).to_contain_text("Auf diesem Gerät aufgehoben")

    troubled.context.set_offline(False)
    troubled.route("**/gallery", answer(200, {"version": 2, "saved_at": "10:42"}))
    troubled.reload()

    expect(troubled.locator("#sample-note")).to_have_value("Im Zug geschrieben")
    expect(troubled.locator("[data-autosave-status]")).to_have_text("Gespeichert 10:42")


def test_the_markdown_toolbar_writes_markdown(gallery: Page) -> None:
    area = gallery.locator("#sample_text")
    area.fill("gefragt")
    area.select_text()

    gallery.get_by_role("toolbar").first.get_by_role("button", name="Fett").click()

    expect(area).to_have_value("**gefragt**")


def test_a_form_is_sent_once(gallery: Page) -> None:
    sent: list[str] = []

    def swallow(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    gallery.route("**/gallery", swallow)
    gallery.evaluate(
        "const b = document.querySelector('#actions form[action=\"/gallery\"] button'); b.click(); b.click();"
    )
    gallery.wait_for_timeout(300)

    assert sent == ["POST"]


def test_the_frame_is_light(visit: Visit) -> None:
    page = visit()
    session = page.context.new_cdp_session(page)
    sizes: list[int] = []
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))

    page.goto("/keys", wait_until="networkidle")

    assert (sum(sizes) <= MOST_BYTES, len(sizes) <= MOST_REQUESTS) == (True, True), sizes
