"""From the text of one cell to the value of its field; whatever a field cannot hold raises ``CellRefused``."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Final

from wurzelwerk.people.hr_import.reading.problems import BROKEN, FORMULA, CellRefused

GERMAN, GERMAN_FORMAL, ENGLISH = "de", "de-formal", "en"
LANGUAGES: Final = {
    **dict.fromkeys(("de", "deu", "ger", "d", "deutsch", "german", "de-de", "de-at", "de-ch", "deutsch (du)"), GERMAN),
    **dict.fromkeys(("de-formal", "deutsch (sie)", "de-sie", "german (sie)"), GERMAN_FORMAL),
    **dict.fromkeys(("en", "eng", "e", "englisch", "english", "en-gb", "en-us", "en-ie"), ENGLISH),
}
FIRST_YEAR, LAST_YEAR = 1900, 2199
# What payroll systems write for "open end".
NO_END: Final = 9999
_CENTURY: Final = 100
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january jaenner jänner",
            "feb februar february feber",
            "mär mar mrz märz maerz march",
            "apr april",
            "mai may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dez dec dezember december",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_GERMAN_DAY: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?: 00:00(?::00)?)?")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDED: Final = re.compile(r"(\d{1,2})\.?\s+([A-Za-zäÄ]+)\.?\s+(\d{4})")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]0+)?")
_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_EMAIL: Final = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]+")
_PLAIN_EMAILS: Final = re.compile(r"(?>(?:[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]+)?(?:\n|\Z))+")
_HOURS: Final = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?")
_MOST_HOURS: Final = 80
_LITERAL: Final = re.compile(r'="([^"]*)"')
_INVISIBLE: Final = dict.fromkeys(
    map(
        ord,
        "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}",
    )
)


def text(raw: str, limit: int) -> str:
    """Return the text of a cell without outer blanks, in composed form, of at most ``limit`` characters."""
    value = raw.strip()
    if not (value.isascii() and value.isprintable()):
        value = _clean(value).strip()
    if value.startswith("="):
        literal = _LITERAL.fullmatch(value)
        if literal is None:
            raise CellRefused("formula")
        value = literal.group(1).strip()
    if len(value) > limit:
        raise CellRefused("too_long", limit=limit, length=len(value))
    return value


def required_text(raw: str, limit: int) -> str:
    """Return the text of a cell that must not be empty."""
    value = text(raw, limit)
    if not value:
        raise CellRefused("missing")
    return value


def email(raw: str, limit: int) -> str:
    """Return an address in lower case, or ""."""
    value = text(raw, limit).lower()
    if value and not _EMAIL.fullmatch(value):
        raise CellRefused("bad_email")
    return value


def are_plain_emails(raws: str) -> bool:
    """Tell whether each of many lines is empty or an address that needs no cleaning."""
    return _PLAIN_EMAILS.fullmatch(raws) is not None


def language(raw: str, limit: int) -> str:
    """Return the key of a language, or "" for an empty cell."""
    value = text(raw, limit).casefold().replace("_", "-")
    if not value:
        return ""
    if value not in LANGUAGES:
        raise CellRefused("unknown_language")
    return LANGUAGES[value]


def hours(raw: str, limit: int) -> str:
    """Return hours a week with a decimal point ("38.5"), or ""."""
    value = text(raw, limit).removesuffix("h").removesuffix("Std.").strip()
    if not value:
        return ""
    if not _HOURS.fullmatch(value):
        raise CellRefused("bad_hours")
    number = Decimal(value.replace(",", "."))
    if not 0 < number <= _MOST_HOURS:
        raise CellRefused("bad_hours")
    return str(number.quantize(Decimal("0.1")))


def day(raw: str, limit: int, *, this_year: int, is_1904: bool = False) -> str | None:
    """Return a day as ISO text, None for an empty cell and for the open end some systems write."""
    value = text(raw, limit)
    if not value:
        return None
    try:
        year, month, number = _parts(value, this_year, is_1904=is_1904)
        if year == NO_END:
            return None
        found = dt.date(year, month, number)
    except (ValueError, OverflowError) as error:
        raise CellRefused("bad_date") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellRefused("far_date", first=FIRST_YEAR, last=LAST_YEAR)
    return found.isoformat()


def _clean(value: str) -> str:
    """Return a text in composed form; blanks of any kind become one, signs that nobody sees go."""
    value = unicodedata.normalize("NFC", value).translate(_INVISIBLE)
    if value.isprintable():
        return value
    if value.startswith((FORMULA, BROKEN)):
        raise CellRefused("formula" if value.startswith(FORMULA) else "broken_cell", cell=value[2:12])
    value = " ".join(value.split())
    if not value.isprintable():
        raise CellRefused("control_character")
    return value


def _parts(value: str, this_year: int, *, is_1904: bool) -> tuple[int, int, int]:
    """Return year, month and day meant by ``value``; raises ``ValueError`` when it is none."""
    if match := _ISO.fullmatch(value) or _COMPACT.fullmatch(value):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _GERMAN_DAY.fullmatch(value):
        return _full_year(match[3], this_year), int(match[2]), int(match[1])
    if match := _SERIAL.fullmatch(value):
        found = (_EPOCH_1904 if is_1904 else _EPOCH_1900) + dt.timedelta(days=int(match[1]))
        return found.year, found.month, found.day
    if match := _SLASHED.fullmatch(value):
        return _slashed(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDED.fullmatch(value):
        return int(match[3]), _MONTHS.get(match[2].casefold(), 0), int(match[1])
    raise ValueError


def _full_year(figures: str, this_year: int) -> int:
    """Return the year of four or two figures; two mean the last hundred years up to ten from now."""
    year = int(figures)
    if len(figures) > 2:  # noqa: PLR2004 - the figures of a full year
        return year
    latest = this_year + 10
    return year + (latest - year) // _CENTURY * _CENTURY


def _slashed(first: int, second: int, year: int) -> tuple[int, int, int]:
    """Return the parts of 24/11/2026 or 11/24/2026; refuses what could be either."""
    if first > 12 or first == second:  # noqa: PLR2004 - months
        return year, second, first
    if second > 12:  # noqa: PLR2004 - months
        return year, first, second
    raise CellRefused("ambiguous_date")
