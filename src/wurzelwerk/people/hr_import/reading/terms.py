"""Job roles, sites and work patterns as rows name them: found among the known ones, or noted as new."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wurzelwerk.people.hr_import.reading.cells import hours as hours_of
from wurzelwerk.people.hr_import.reading.codes import free_code
from wurzelwerk.people.hr_import.reading.problems import CellRefused

_FULL_TIME: Final = Decimal(40)
_TOLD_HOURS: Final = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h\b|std|stunden|hours|hrs)", re.IGNORECASE)
_SHARE: Final = re.compile(r"(\d{1,3})\s*(?:%|prozent|percent)", re.IGNORECASE)
_PLAIN_HOURS: Final = re.compile(r"(?<![\d.,])([1-5]\d(?:[.,]\d{1,2})?)(?![\d.,])")
_WHOLE: Final = re.compile("vollzeit|full.?time|schicht|shift|gleitzeit|flexi|^vz$|^ft$", re.IGNORECASE)
_PART: Final = re.compile("teilzeit|part.?time|halbtag|^tz|^pt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A job role, site or work pattern that does not exist yet; ``hours`` a week for patterns."""

    code: str
    name: str
    hours: str = ""


class TermBook:
    """Codes by what a row may call them."""

    def __init__(self, known: Iterable[tuple[str, ...]], limit: int) -> None:
        """Start with what exists: a code and its names; new codes have at most ``limit`` characters."""
        self.new: dict[str, NewTerm] = {}
        self._limit = limit
        self._codes: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for code, *names in known:
            self._codes[code.casefold()] = code
            for name in names:
                self._by_name.setdefault(name.casefold(), code)

    def code_for(self, code: str, name: str, hours: str = "") -> str:
        """Return the code of what a row calls ``code`` or ``name``, noting it as new where nobody knows it."""
        if not code and not name:
            return ""
        found = self._codes.get(code.casefold()) if code else self._find(name)
        return found if found is not None else self._add(code, name or code, hours)

    def _find(self, name: str) -> str | None:
        folded = name.casefold()
        return self._by_name.get(folded) or self._codes.get(folded)

    def _add(self, code: str, name: str, hours: str) -> str:
        if len(code) > self._limit:
            raise CellRefused("too_long", limit=self._limit, length=len(code))
        code = code or free_code(name, self._codes, self._limit)
        self._codes[code.casefold()] = code
        self._by_name.setdefault(name.casefold(), code)
        self.new[code] = NewTerm(code, name, hours)
        return code


class PatternBook(TermBook):
    """Work patterns: a new one needs its hours a week, from a column or from its name."""

    def code_for(self, code: str, name: str, hours: str = "") -> str:
        """Return the code of a pattern; raises ``CellRefused`` where nobody can tell the hours of a new one."""
        if not name and hours:
            name = f"{hours.removesuffix('.0')} h"
        if not name:
            return ""
        return self._find(name) or self._add("", name, hours or _hours_in(name))


def _hours_in(name: str) -> str:
    """Return the hours a week that the name of a pattern tells or lets assume."""
    if match := _TOLD_HOURS.search(name):
        return hours_of(match[1], len(match[1]))
    if match := _SHARE.search(name):
        return hours_of(str(_FULL_TIME * int(match[1]) / 100), len(name))
    if _WHOLE.search(name):
        return str(_FULL_TIME.quantize(Decimal("0.1")))
    plain = _PLAIN_HOURS.search(name)
    if plain and (_PART.search(name) or plain[0] == name):
        return hours_of(plain[1], len(plain[1]))
    if _PART.search(name):
        return str((_FULL_TIME / 2).quantize(Decimal("0.1")))
    raise CellRefused("unknown_pattern")
