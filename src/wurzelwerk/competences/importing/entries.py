"""Entries of a large JSON file one after another, each with its row, so that memory stays small beside the text."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from django.utils.translation import gettext as _

from wurzelwerk.competences.importing.rows import bad_row
from wurzelwerk.competences.importing.sources import MEGABYTE, SourceFile, refuse_larger
from wurzelwerk.kernel.verdict import Refused

LARGEST: Final = 100 * MEGABYTE
LARGEST_ENTRY: Final = MEGABYTE
"""Characters. As objects an entry may take some thirty times its text, so only one is in memory at a time."""
# An error so near to the end of what was looked at may come from the cut: no sign of JSON is longer.
_LONGEST_SIGN: Final = 16
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of the list ``section``, counted from 1, in row ``row``; ``end`` is how far it was read (0 to 1)."""

    file: SourceFile
    section: str
    number: int
    row: int
    value: Mapping[str, Any]
    end: float

    def bad(self, reason: str) -> Refused:
        """Return the refusal that names file, row and entry."""
        known = {"section": self.section, "number": self.number, "reason": reason}
        return bad_row(self.file, self.row, _("%(section)s, entry %(number)d: %(reason)s") % known)

    def text(self, name: str) -> str:
        """Return a field as text, empty when it is missing; raises ``Refused`` for anything else."""
        return self.as_text(name, self.value.get(name))

    def as_text(self, name: str, value: object) -> str:
        """Return ``value``, found under ``name``, as text."""
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.bad(_("“%(name)s” must be a text.") % {"name": name})
        text = str(value).strip()
        if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            raise self.bad(_("“%(name)s” holds a character that cannot be stored.") % {"name": name})
        return text

    def part(self, name: str, value: object) -> "Entry":
        """Return an object inside this one as an entry in the same place."""
        if not isinstance(value, Mapping):
            raise self.bad(_("“%(name)s” must be an object.") % {"name": name})
        return Entry(self.file, self.section, self.number, self.row, value, self.end)

    def parts(self, name: str) -> Iterator["Entry"]:
        """Yield the objects of a list inside this one."""
        found = self.value.get(name) or []
        if not isinstance(found, list):
            raise self.bad(_("“%(name)s” must be a list.") % {"name": name})
        for one in found:
            yield self.part(name, one)

    def texts(self, name: str) -> list[str]:
        """Return a list of texts inside this one, without empty ones; a single text is a list of one."""
        found = self.value.get(name) or []
        found = [found] if isinstance(found, str) else found
        if not isinstance(found, list):
            raise self.bad(_("“%(name)s” must be a list.") % {"name": name})
        return [text for text in (self.as_text(name, one) for one in found) if text]


def read_text(file: SourceFile) -> str:
    """Return the whole text of a JSON file; raises ``Refused`` for a large one or one not in UTF-8."""
    refuse_larger(file, LARGEST)
    with file.open() as raw:
        # A ZIP file may hold more than it says: without a number all of that would be unpacked.
        content = raw.read(file.size).removeprefix(_BYTE_ORDER_MARK)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise bad_row(file, row, _("is not written in UTF-8.")) from error


def read_entries(file: SourceFile, text: str, sections: Collection[str]) -> Iterator[Entry]:
    """Yield the objects in the lists of the outer object called ``sections``, or that stand there by themselves."""
    scanner = _Scanner(file, text)
    scanner.take("{")
    if scanner.sign() != "}":
        while True:
            section = scanner.name()
            scanner.take(":")
            yield from _section(scanner, section, is_wanted=section in sections)
            if scanner.take(",}") == "}":
                break
    else:
        scanner.take("}")
    if scanner.sign():
        scanner.fail(scanner.place)


def _section(scanner: "_Scanner", section: str, *, is_wanted: bool) -> Iterator[Entry]:
    if scanner.sign() != "[":
        entry, value = scanner.entry(section, 1)
        if is_wanted and isinstance(value, dict):
            yield entry.part(section, value)
        return
    scanner.take("[")
    if scanner.sign() == "]":
        scanner.take("]")
        return
    number = 0
    while True:
        number += 1
        entry, value = scanner.entry(section, number)
        if is_wanted:
            yield entry.part(section, value)
        if scanner.take(",]") == "]":
            return


class _Scanner:
    """A place in the text; every step goes forward."""

    def __init__(self, file: SourceFile, text: str) -> None:
        self.file, self.place = file, 0
        self._text, self._counted, self._row = text, 0, 1
        self._start, self._window = 0, text[: 2 * LARGEST_ENTRY]
        self._decode = json.JSONDecoder(parse_constant=_no_number).raw_decode

    def sign(self) -> str:
        """Go to the next character that is not white space and return it, or nothing at the end."""
        space = _SPACE.match(self._text, self.place)
        self.place = space.end() if space else self.place
        return self._text[self.place : self.place + 1]

    def take(self, signs: str) -> str:
        """Go beyond the next character, which must be one of ``signs``."""
        sign = self.sign()
        if not sign or sign not in signs:
            self.fail(self.place)
        self.place += 1
        return sign

    def entry(self, section: str, number: int) -> tuple[Entry, Any]:
        """Read one value and return it beside its place as an entry without content; refuses one that is too large."""
        self.sign()
        row = self.row()
        try:
            value = self.value()
        except _TooLargeError:
            reason = _("an entry has at most 1 MB of text.")
            raise Entry(self.file, section, number, row, {}, self.share()).bad(reason) from None
        return Entry(self.file, section, number, row, {}, self.share()), value

    def name(self) -> str:
        """Read the name of a section."""
        self.sign()
        try:
            found = self.value()
        except _TooLargeError:
            found = None
        return found if isinstance(found, str) else self.fail(self.place)

    def value(self) -> Any:
        """Read one value of at most ``LARGEST_ENTRY`` characters; raises ``_TooLargeError`` for a larger one.

        The decoder sees a window of the text only: it builds all it reads before its length is known.
        """
        self.sign()
        self._move_window()
        try:
            found, end = self._decode(self._window, self.place - self._start)
        except json.JSONDecodeError as error:
            if self._is_cut(error):
                raise _TooLargeError from error
            self.fail(self._start + error.pos)
        except (RecursionError, ValueError):
            self.fail(self.place)
        if self._start + end - self.place > LARGEST_ENTRY:
            raise _TooLargeError
        self.place = self._start + end
        return found

    def _move_window(self) -> None:
        """See to it that what may be read from the place on lies in the window; a copy for every megabyte."""
        if self.place - self._start >= LARGEST_ENTRY - _LONGEST_SIGN:
            self._start = self.place
            self._window = self._text[self.place : self.place + 2 * LARGEST_ENTRY]

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Tell whether the text is no JSON only because the window ends."""
        if self._start + len(self._window) >= len(self._text):
            return False
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._window) - _LONGEST_SIGN

    def row(self) -> int:
        """Return the row of the place."""
        self._row += self._text.count("\n", self._counted, self.place)
        self._counted = self.place
        return self._row

    def share(self) -> float:
        """Return how much of the text lies behind the place, 0 to 1."""
        return self.place / len(self._text)

    def fail(self, place: int) -> NoReturn:
        """Raise the refusal of a file that is no JSON from ``place`` on."""
        row = self._text.count("\n", 0, place) + 1
        reason = _("cannot be read as JSON from here on. Perhaps the download broke off; please fetch it again.")
        raise bad_row(self.file, row, reason)


class _TooLargeError(Exception):
    """A value goes on for more than ``LARGEST_ENTRY`` characters."""


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
