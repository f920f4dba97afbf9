"""People at the browser: what they open, press, write and choose, with a mouse or with nothing but a keyboard.

Labels are named by their English text and looked up in the language of the page. Wherever somebody arrives, the page
is inspected: nothing wider than the screen, one main heading, and no rule of axe broken.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from wurzelwerk.ui import formatting

Axe = Callable[[Page], list[str]]
MOST_TABS = 160
PUBLIC_ID = re.compile(r"(?<=/)[A-Za-z0-9]{14}(?=/|$)")

# What a person sees when an element has the focus: a frame around it or around its card, in view and not covered.
FOCUS = """async target => {
  const element = document.activeElement;
  if (!element || element === document.body) return [false, ""];
  const name = element.outerHTML.slice(0, 120);
  let framed = null;
  for (let each = element; each && each !== document.body && !framed; each = each.parentElement) {
    const style = getComputedStyle(each);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) framed = each;
  }
  if (!framed) return [element === target, "no frame: " + name];
  const box = element.closest("label") ?? element;
  let place = "";
  for (let frame = 0; frame < 30; frame += 1) {
    const around = box.getClientRects()[0];
    const [x, y] = [around.x + around.width / 2, around.y + around.height / 2];
    const above = document.elementFromPoint(x, y);
    if (above && (box.contains(above) || above.contains(box))) return [element === target, ""];
    place = `out of sight at ${Math.round(x)}, ${Math.round(y)}, below ${above?.outerHTML.slice(0, 60)}: `;
    await new Promise(requestAnimationFrame);
  }
  return [element === target, place + name];
}"""
ON_SKIP_LINK = "document.activeElement.matches('.skip-links a[href=\"#main\"]')"


class Hands(Protocol):
    """How somebody works the page."""

    def reach(self, target: Locator) -> None:
        """Go to an element."""

    def press(self, target: Locator) -> None:
        """Follow a link or press a button that was reached."""

    def write(self, target: Locator, text: str) -> None:
        """Replace what stands in a field."""

    def choose(self, target: Locator) -> None:
        """Choose one of a group."""

    def tick(self, target: Locator) -> None:
        """Tick a box."""

    def pick(self, target: Locator, option: str) -> None:
        """Pick from a list what begins with ``option``."""


class Mouse:
    """A mouse to point, keys to write."""

    def reach(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator) -> None:
        target.check()

    def tick(self, target: Locator) -> None:
        target.check()

    def pick(self, target: Locator, option: str) -> None:
        texts = target.locator("option").all_inner_texts()
        target.select_option(index=next(place for place, text in enumerate(texts) if text.startswith(option)))


class Keyboard:
    """No mouse at all: Tab to get there, Enter, Space and the arrows to act; the focus can always be seen."""

    def reach(self, target: Locator) -> None:
        """Tab until the target has the focus, and past the navigation by the skip link where it is in the content."""
        page, goal = target.page, target.element_handle()
        is_inside = goal.evaluate("element => Boolean(element.closest('main'))")
        is_reached, _seen = page.evaluate(FOCUS, goal)
        for _press in range(MOST_TABS):
            if is_reached:
                return
            page.keyboard.press("Tab")
            if is_inside and page.evaluate(ON_SKIP_LINK):
                page.keyboard.press("Enter")
                continue
            is_reached, complaint = page.evaluate(FOCUS, goal)
            assert not complaint, f"{page.url}: {complaint}"
        raise AssertionError(f"{page.url}: {target} cannot be reached by keyboard")

    def press(self, target: Locator) -> None:
        target.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        target.page.keyboard.press("Control+a")
        target.page.keyboard.insert_text(text)

    def choose(self, target: Locator) -> None:
        group = target.page.locator(f'[name="{target.get_attribute("name")}"]')
        self.reach(group.locator(":scope:checked") if group.locator(":scope:checked").count() else group.first)
        target.page.keyboard.press("Space")
        for _place in range(group.count()):
            if target.is_checked():
                return
            target.page.keyboard.press("ArrowDown")
        expect(target).to_be_checked()

    def tick(self, target: Locator) -> None:
        self.reach(target)
        target.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def pick(self, target: Locator, option: str) -> None:
        self.reach(target)
        target.page.keyboard.type(option)
        expect(target.locator("option:checked")).to_have_text(re.compile(rf"^{re.escape(option)}"))


@dataclass(frozen=True)
class Manner:
    """In which language, on how wide a screen, in which colours and with what somebody works."""

    language: str
    width: int
    colours: str
    hands: Hands


MANNERS = {
    "mouse": Manner("de", 1280, "light", Mouse()),
    "keyboard": Manner("en", 320, "dark", Keyboard()),
}


@dataclass
class Inspection:
    """Looks at every page once: its width, its heading, and what axe finds."""

    axe: Axe
    width: int
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def look_at(self, page: Page) -> None:
        """Find nothing wrong."""
        step = page.locator("#next .card-title, #next-title")
        path = PUBLIC_ID.sub("*", page.url.split("?")[0].split("#")[0].removeprefix("http://"))
        key = (path, step.first.inner_text() if step.count() else "")
        if key in self.seen:
            return
        self.seen.add(key)
        assert page.locator("h1").count() == 1, page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, page.url
        assert self.axe(page) == [], page.url


@dataclass
class Actor:
    """Somebody in front of a page, with their language and their hands."""

    page: Page
    language: str
    hands: Hands
    inspection: Inspection

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface in the language of the page."""
        with override(self.language):
            return gettext(text) % values if values else gettext(text)

    def term(self, name: object) -> str:
        """Return a name that the application knows in both languages."""
        with override(self.language):
            return str(name)

    def hours(self, minutes: int) -> str:
        """Return a duration as it is shown."""
        with override(self.language):
            return formatting.minutes(minutes)

    @cached_property
    def main(self) -> Locator:
        """The content of the page."""
        return self.page.locator("main")

    @property
    def next_step(self) -> Locator:
        """The card that says what to do now."""
        return self.page.locator(".card.now, .card:has(#next-title), #next").first

    def signs_in(self, name: str) -> "Actor":
        """Choose oneself from the cast, and the language in the own menu where it is another one."""
        self.follows(self.page.get_by_role("button", name=re.compile(rf"\b{name}\b")))
        if self.page.locator("html").get_attribute("lang") != self.language:
            menu = self.page.locator("[popovertarget=person-menu]")
            self.hands.reach(menu)
            self.hands.press(menu)
            self.follows(self.page.locator(f"#person-menu [name=language][value={self.language}]"))
        return self

    def goes_to(self, address: str) -> "Actor":
        """Open an address, such as a bookmark."""
        self.page.goto(address)
        self.inspection.look_at(self.page)
        return self

    def follows(self, target: Locator) -> None:
        """Follow a link or press a button that leads on, and look at the page where one arrives."""
        self.hands.reach(target)
        with self.page.expect_navigation(wait_until="load"):
            self.hands.press(target)
        self.inspection.look_at(self.page)

    def opens(self, text: str, *, inside: Locator | None = None, **values: object) -> None:
        """Follow a link."""
        self.follows(self._found("link", text, inside, values))

    def presses(self, text: str, *, inside: Locator | None = None, **values: object) -> None:
        """Press a button that leads on."""
        self.follows(self._found("button", text, inside, values))

    def writes(self, label: str, text: str) -> None:
        """Write into a field."""
        name = re.compile(rf"^{re.escape(self.say(label))}")
        self.hands.write(self.main.get_by_role("textbox", name=name).first, text)

    def chooses(self, label: str, **values: object) -> None:
        """Choose one of a group."""
        name = re.compile(rf"^{re.escape(self.say(label, **values))}")
        self.hands.choose(self.main.get_by_role("radio", name=name).first)

    def ticks(self, box: Locator) -> None:
        """Tick a box."""
        self.hands.tick(box)

    def picks(self, field: Locator, option: str) -> None:
        """Pick from a list what begins with ``option``."""
        self.hands.pick(field, option)

    def sees(self, text: str, *, inside: Locator | None = None, **values: object) -> None:
        """Read a text of the interface somewhere on the page."""
        self.reads(self.say(text, **values), inside=inside)

    def reads(self, words: str, *, inside: Locator | None = None) -> None:
        """Read words that people wrote."""
        expect(inside or self.main).to_contain_text(words)

    def does_not_read(self, *words: str) -> None:
        """Find none of the words on the page."""
        text = self.page.locator("body").inner_text()
        assert [word for word in words if word in text] == [], self.page.url

    def finds_nowhere(self, words: Iterable[str], *addresses: str) -> None:
        """Find none of the words in what is sent from these addresses."""
        for address in addresses:
            answer = self.page.request.get(address)
            assert answer.ok, address
            text = answer.text()
            assert [word for word in words if word in text] == [], address

    def is_refused(self, *addresses: str) -> None:
        """Get the same answer as for something that is not there."""
        statuses = {address: self.page.request.get(address).status for address in addresses}
        assert statuses == dict.fromkeys(addresses, 404), statuses

    def _found(self, role: str, text: str, inside: Locator | None, values: dict[str, object]) -> Locator:
        name = self.say(text, **values)
        return (inside or self.main).get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
