"""Joins the styles and scripts of all rooms into one file each; used in development and by collectstatic.

Styles live in ``<room>/static/<room>/css/**.css``, scripts in ``<room>/static/<room>/js/**.js``. In this room the
folder below ``css`` names the layer; other rooms write into the layer ``rooms``. The result depends on nothing but
the files: the order is that of the rooms, then of the paths.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import FileSystemStorage

from wurzelwerk.ui import icons

LAYERS: Final = ("reset", "tokens", "base", "layout", "components", "rooms", "utilities")
PACKAGE: Final = "wurzelwerk."
FIRST_SCRIPT: Final = "vendor/htmx/htmx.min.js"
SOURCE: Final = re.compile(r"(?P<room>[a-z_]+)/(?P<kind>css|js)/.+\.(?P=kind)")

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*\n\s*")
_CSS_SIGN = re.compile(r"\s*([{};,])\s*")
_CSS_COLON = re.compile(r"(?<=[{;])([a-z-]+):\s+")
_JS_LINE = re.compile(r"^[ \t]*(?://.*)?\n?", re.MULTILINE)
_JS_BLOCK = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)


def _rooms() -> Iterator[tuple[str, Path]]:
    """Yield name and static folder of each of our rooms, from the ground up."""
    for config in apps.get_app_configs():
        if config.name.startswith(PACKAGE):
            yield config.label, Path(config.path) / "static" / config.label


def _sources(room_folder: Path, kind: str) -> list[Path]:
    return sorted((room_folder / kind).rglob(f"*.{kind}"))


def _layer_of(room: str, path: Path, folder: Path) -> str:
    layer = path.relative_to(folder / "css").parts[0] if room == "ui" else "rooms"
    if layer not in LAYERS:
        raise ValueError(f"{path} lies in no layer")
    return layer


def squeeze_css(text: str) -> str:
    """Return ``text`` without comments and needless space."""
    bare = _CSS_SPACE.sub(" ", _CSS_COMMENT.sub("", text)).strip()
    return _CSS_COLON.sub(r"\1:", _CSS_SIGN.sub(r"\1", bare)).replace(";}", "}")


def squeeze_js(text: str) -> str:
    """Return ``text`` without comment lines and indentation; strings must not span lines."""
    return _JS_LINE.sub("", _JS_BLOCK.sub("", text)).strip()


def styles() -> str:
    """Return all styles, each in its layer."""
    parts = [f"@layer {','.join(LAYERS)};"]
    by_layer: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    for room, folder in _rooms():
        for path in _sources(folder, "css"):
            by_layer[_layer_of(room, path, folder)].append(squeeze_css(path.read_text(encoding="utf-8")))
    parts += [f"@layer {layer}{{{''.join(texts)}}}" for layer, texts in by_layer.items() if texts]
    return "\n".join(parts) + "\n"


def scripts() -> str:
    """Return htmx and all scripts, each in a scope of its own."""
    folders = dict(_rooms())
    parts = [(folders["ui"] / FIRST_SCRIPT).read_text(encoding="utf-8").strip()]
    parts += [
        f'(()=>{{"use strict";\n{squeeze_js(path.read_text(encoding="utf-8"))}\n}})();'
        for folder in folders.values()
        for path in _sources(folder, "js")
    ]
    return "\n".join(parts) + "\n"


BUNDLES: Final = {"ui/app.css": styles, "ui/app.js": scripts, icons.SPRITE: icons.sprite}


def folder() -> Path:
    """Return where the joined files are written."""
    return Path(settings.STATIC_ROOT).parent / "bundles"


def build(names: Iterable[str] = tuple(BUNDLES)) -> list[Path]:
    """Write the joined files that changed and return the paths of all ``names``."""
    return [_write(folder() / name, BUNDLES[name]()) for name in names]


def _write(target: Path, text: str) -> Path:
    content = text.encode()
    if target.exists() and target.read_bytes() == content:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).chmod(0o644)
    os.replace(draft.name, target)  # noqa: PTH105 - replaces in one step, also over an existing file
    return target


class BundleFinder(AppDirectoriesFinder):
    """Finds the joined files instead of their sources, and every other static file of the rooms."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Yield all files for collectstatic."""
        for path, storage in super().list(ignore_patterns):
            if not _is_source(path):
                yield path, storage
        build()
        storage = FileSystemStorage(location=folder())
        storage.prefix = None  # type: ignore[attr-defined]
        for name in BUNDLES:
            yield name, storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return where ``path`` lies, joining it anew when it is one of the bundles."""
        if path in BUNDLES:
            found = [str(target) for target in build([path])]
            return found if find_all else found[0]
        if _is_source(path):
            return []
        parent: Any = super()
        return parent.find(path, find_all=find_all, **kwargs)


def _is_source(path: str) -> bool:
    found = SOURCE.fullmatch(path)
    return found is not None and apps.is_installed(f"{PACKAGE}{found['room']}")
