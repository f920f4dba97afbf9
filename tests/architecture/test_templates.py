from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment, TemplateSyntaxError, meta

from tests.architecture.source import PACKAGE
from tools.catalogues import TEMPLATE_OPTIONS
from wurzelwerk.ui.environment import EXTENSIONS

TEMPLATES = sorted(path for path in PACKAGE.glob("*/jinja2/**/*") if path.suffix in {".html", ".txt", ".xml", ".svg"})
INLINE = ("<style", "<script>", " style=", " onclick=", " onchange=", " onsubmit=", "javascript:", "|safe")


@pytest.fixture
def environment() -> Environment:
    engine = next(engine for engine in engines.all() if isinstance(engine, Jinja2))
    found: Environment = engine.env
    return found


def template_problems(text: str, environment: Environment) -> Iterator[str]:
    """Yield why a template cannot be drawn, and what the content policy would refuse."""
    try:
        tree = environment.parse(text)
        environment.compile(text)
    except TemplateSyntaxError as error:
        yield f"line {error.lineno}: {error.message}"
        return
    known = set(environment.list_templates())
    yield from (
        f"refers to {name}, which does not exist"
        for name in meta.find_referenced_templates(tree)
        if name and name not in known
    )
    yield from (f"contains {part.strip()}" for part in INLINE if part in text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_template_compiles(path: Path, environment: Environment) -> None:
    assert list(template_problems(path.read_text(), environment)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% if %}",
        "{{ name | nosuchfilter }}",
        '{% extends "ui/nowhere.html" %}',
        '<p style="color: red">',
        "<script>alert(1)</script>",
        "{{ text|safe }}",
    ],
)
def test_a_broken_template_is_found(text: str, environment: Environment) -> None:
    assert len(list(template_problems(text, environment))) == 1


def test_texts_are_extracted_as_templates_are_read(environment: Environment) -> None:
    assert TEMPLATE_OPTIONS["extensions"].split(",") == EXTENSIONS
    assert str(environment.policies["ext.i18n.trimmed"]).lower() == TEMPLATE_OPTIONS["trimmed"]
    assert str(environment.trim_blocks).lower() == TEMPLATE_OPTIONS["trim_blocks"]
    assert str(environment.lstrip_blocks).lower() == TEMPLATE_OPTIONS["lstrip_blocks"]
