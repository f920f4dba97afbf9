"""Durations as people type them: "1:30", "90", "1,5 Std.", "1 h 30 min"; always minutes."""

import re
from typing import Final

HOUR: Final = 60

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?: ?(?:h|std\.?|uhr))?")
_HOURS = r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:h|hrs?|hours?|std\.?|stunden?)"
_MINUTES = r"(\d{1,4}) ?(?:m|min\.?|mins|minutes?|minuten?)"
_BOTH = re.compile(rf"(?:{_HOURS})?(?: |,| und | and )*(?:{_MINUTES})?")
_PLAIN = re.compile(r"\d{1,4}")


def parse_minutes(text: str) -> int:
    """Return the minutes ``text`` means; a bare number is minutes. Raises ``ValueError``."""
    typed = re.sub(r"\s+", " ", text.strip().lower())
    if found := _CLOCK.fullmatch(typed):
        return int(found[1]) * HOUR + int(found[2])
    if _PLAIN.fullmatch(typed):
        return int(typed)
    found = _BOTH.fullmatch(typed)
    if not typed or found is None or not any(found.groups()):
        raise ValueError(text)
    hours = float((found[1] or "0").replace(",", "."))
    return round(hours * HOUR) + int(found[2] or 0)
