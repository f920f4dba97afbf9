from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit

Axe = Callable[[Page], list[str]]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_first_page_is_open_to_everybody(visit: Visit, axe: Axe, language: str, width: int) -> None:
    page = visit(language=language, width=width)

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
