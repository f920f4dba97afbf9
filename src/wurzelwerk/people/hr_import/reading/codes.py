"""Codes for things that the file only names, the same at every import of the same name."""

import hashlib
import re
from collections.abc import Container
from typing import Final

from wurzelwerk.people.hr_import.reading.headings import transliterate

_GAPS: Final = re.compile(r"[^a-z0-9]+")
_HASHED: Final = 8


def slug(name: str, limit: int) -> str:
    """Return lower-case letters, figures and hyphens that stand for ``name``, at most ``limit`` characters."""
    plain = _GAPS.sub("-", transliterate(name)).strip("-")
    if plain and len(plain) <= limit:
        return plain
    digest = hashlib.sha256(name.encode()).hexdigest()[:_HASHED]
    return f"{plain[: limit - _HASHED - 1]}-{digest}".strip("-")


def free_code(name: str, taken: Container[str], limit: int) -> str:
    """Return the slug of ``name``, numbered where another thing has it already."""
    wanted = slug(name, limit - 5)
    number, code = 1, wanted
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code
