"""The board of one's own plan: a card is dragged, or moved by keyboard alone, and stays where it was put."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.acting import Keyboard
from tests.journeys.conftest import Visit


@pytest.fixture
def board(visit: Visit) -> Page:
    """Amira's plan; whoever moves a card moves it back."""
    page = visit("Amira", reduced_motion="reduce")
    page.goto("/plan")
    return page


def column(board: Page, state: str) -> Locator:
    return board.locator(f".board-column[data-state={state}]")


def drag(card: Locator, target: Locator) -> None:
    """Lift a card, carry it until its new column says that it may be put there, and let go."""
    mouse, start, end = card.page.mouse, card.bounding_box(), target.bounding_box()
    assert start
    assert end
    mouse.move(start["x"] + start["width"] / 2, start["y"] + 16)
    mouse.down()
    mouse.move(start["x"] + start["width"] / 2 + 20, start["y"] + 30, steps=4)
    expect(card).to_have_class(re.compile("is-dragged"))
    mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    expect(target).to_have_class(re.compile("is-target"))
    mouse.up()


def test_a_card_is_moved_with_the_mouse_with_keys_and_with_its_menu(board: Page) -> None:
    doing, applying = (column(board, state).locator(".step-card") for state in ("doing", "applying"))
    title = doing.first.get_by_role("heading").inner_text()
    here, there = doing.filter(has_text=title), applying.filter(has_text=title)

    drag(here, column(board, "applying"))
    expect(there).to_be_visible()

    Keyboard().reach(there.get_by_role("link", name=title))
    board.keyboard.press("Alt+ArrowLeft")
    expect(here.get_by_role("link", name=title)).to_be_focused()

    menu = here.get_by_role("button", name="Verschieben")
    Keyboard().reach(menu)
    board.keyboard.press("Enter")
    Keyboard().reach(here.get_by_role("button", name="Im Alltag anwenden"))
    with board.expect_navigation():
        board.keyboard.press("Enter")
    board.reload()
    expect(there).to_be_visible()

    Keyboard().reach(there.get_by_role("link", name=title))
    board.keyboard.press("Alt+ArrowLeft")
    expect(here).to_be_visible()
