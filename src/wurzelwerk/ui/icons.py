"""Icons by name, from one sprite; an unknown name is an error and not a hole in the page."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.templatetags.static import static
from markupsafe import Markup, escape

FOLDER: Final = Path(__file__).parent / "vendor" / "lucide"
SPRITE: Final = "ui/icons.svg"

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache
def names() -> frozenset[str]:
    """Return the names of all icons."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


@lru_cache(maxsize=512)
def asset(path: str) -> str:
    """Return the address of a static file; it stays the same as long as the process runs."""
    return static(path)


@lru_cache(maxsize=512)
def icon(name: str, size: int = 20, cls: str = "") -> Markup:
    """Return the icon, hidden from screen readers: the text stands beside it. Raises ``ValueError``."""
    if name not in names():
        raise ValueError(f"There is no icon {name!r}; see ui/vendor/lucide")
    classes = f"icon {cls}".strip()
    return Markup(  # noqa: S704 - every part is escaped or our own
        f'<svg class="{escape(classes)}" width="{int(size)}" height="{int(size)}" aria-hidden="true">'
        f'<use href="{escape(asset(SPRITE))}#{name}"/></svg>'
    )


def sprite() -> str:
    """Return all icons as symbols of one SVG file, in the order of their names."""
    symbols = "".join(_symbol(FOLDER / f"{name}.svg") for name in sorted(names()))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(path: Path) -> str:
    drawing = _INSIDE.search(_COMMENT.sub("", path.read_text(encoding="utf-8")))
    if drawing is None:
        raise ValueError(f"{path.name} is not a drawing")
    inside = re.sub(r">\s+<", "><", drawing[1].strip()).replace(" />", "/>")
    return f'<symbol id="{path.stem}" viewBox="0 0 24 24">{inside}</symbol>'
