"""What holds for the templates of every room."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from wurzelwerk.ui import icons
from wurzelwerk.ui.rendering import environment

SUFFIXES = {".html", ".txt", ".xml", ".svg"}
ROOMS = [settings.PACKAGE / room for room in settings.ROOMS]
TEMPLATES = sorted(path for room in ROOMS for path in room.glob("jinja2/**/*") if path.suffix in SUFFIXES)
NAMES = [str(path.relative_to(settings.PACKAGE)) for path in TEMPLATES]
MOST_LINES = 150
INLINE = re.compile(
    r"""\sstyle=|<style|<script(?![^>]*\s(?:src=|type="application/json"))|\son[a-z]+=["']|javascript:|hx-on"""
)
ICON_ARGUMENT = re.compile(r"""(?:\b(?:icon|kind_icon)=|\b(?:icon|glyph)\(|"icon": )["']([a-z0-9-]+)["']""")

each_template = pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)


@each_template
def test_template_compiles(path: Path) -> None:
    name = path.relative_to(next(parent for parent in path.parents if parent.name == "jinja2")).as_posix()

    assert environment().get_template(name).name == name


@each_template
def test_template_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert INLINE.findall(text) == []


@each_template
def test_template_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"""(?:src|action|srcset)=["']https?:|url\(["']?https?:""", text) == []


@each_template
def test_icons_of_the_template_exist(path: Path) -> None:
    named = set(ICON_ARGUMENT.findall(path.read_text(encoding="utf-8")))

    assert named - icons.names() == set()


@each_template
def test_template_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
