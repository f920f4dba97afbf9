"""Reading pages as a browser does: what a form would send, and the words that are shown."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

SILENT = {"submit", "button", "image", "reset"}

Values = dict[str, list[str]]


@dataclass
class FormReader(HTMLParser):
    """Collects the fields of every form of a page as a browser would send them."""

    forms: list[tuple[str, Values]] = field(default_factory=list)
    _select: str | None = None
    _options: list[tuple[str, bool]] = field(default_factory=list)
    _area: str | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag == "input" and given.get("name") and given.get("type", "text") not in SILENT:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self._add(given["name"], given.get("value", "on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self._select, self._options = given.get("name"), []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._area = given.get("name")
            if self._area:
                self._add(self._area, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self._options:
            chosen = [value for value, is_selected in self._options if is_selected]
            self._add(self._select, (chosen or [self._options[0][0]])[0])
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][1][self._area][-1] += data

    def _add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1][1].setdefault(name, []).append(value)


def form_of(response: Any, action: str) -> Values:
    """Return what the form that is sent to ``action`` would send as it stands."""
    reader = FormReader()
    reader.feed(response.content.decode())
    found = [values for address, values in reader.forms if address == action]
    assert len(found) == 1, [address for address, _values in reader.forms]
    return {name: [value.removeprefix("\n") for value in values] for name, values in found[0].items()}


def words_of(response: Any) -> str:
    """Return the words of a page in one line, with plain blanks."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", _unescaped(re.sub(r"<[^>]+>", " ", text))).replace("\u00a0", " ")


def _unescaped(text: str) -> str:
    reader = _Text()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def link(name: str, key: str = "") -> str:
    """Return the address of a page of this room."""
    return reverse(f"partnerships:{name}", args=[key] if key else [])


def says(client: Client, name: str, key: str = "", **sent: Any) -> str:
    """Post to a page, follow where it leads, and return the words that are shown then."""
    return words_of(client.post(link(name, key), sent, follow=True))
