"""Checks on imports: borders between rooms, no HTTP below the views, nothing imported inside a function."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.source import PACKAGE, Module, pure_packages

PUBLIC = {"models", "rules", "queries", "actions", "events", "terms", "choices"}
ALSO_PUBLIC = {"people": {"signed_in"}, "privacy": {"reading"}, "search": {"documents"}}
OPEN_ROOMS = {"kernel", "ui"}
WIRING = {"config"}
KNOWS_HTTP = {"api", "middleware", "urls", "errors", "signing_in"}
HTTP = ("django.http", "django.shortcuts", "django.views")
REGISTERS = {"apps"}


def imported(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every imported module or name of one, dotted."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def border_problems(module: Module) -> Iterator[str]:
    """Yield imports of another room's private modules."""
    if module.room in WIRING:
        return
    for node, name in imported(module):
        parts = name.split(".")
        if parts[0] != "wurzelwerk" or len(parts) < 3 or parts[1] in {module.room, *OPEN_ROOMS}:
            continue
        if not is_public(parts[1], parts[2:]) and not (module.is_test and parts[2] == "tests"):
            yield module.problem(node, f"imports {name}, which belongs to the room {parts[1]} alone")


def is_public(room: str, inside: list[str]) -> bool:
    """Tell whether other rooms may import this; a module with a registry is a door others fill."""
    if inside[0] in PUBLIC | ALSO_PUBLIC.get(room, set()):
        return True
    is_pure = any(f"wurzelwerk.{room}.{'.'.join(inside)}".startswith(f"{name}.") for name in pure_packages())
    return is_pure or declares_registry(room, inside[0])


@cache
def declares_registry(room: str, name: str) -> bool:
    """Tell whether a module holds a registry that higher rooms fill."""
    path = PACKAGE / room / f"{name}.py"
    if not path.exists():
        return False
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return any("Registry" in ast.unparse(call.func) for call in calls)


def http_problems(module: Module) -> Iterator[str]:
    """Yield imports of HTTP where a room decides, reads or writes."""
    if module.room in {"ui", *WIRING} or module.is_test or module.is_view or module.kind in KNOWS_HTTP:
        return
    for node, name in imported(module):
        if name.startswith(HTTP):
            yield module.problem(node, f"imports {name} below the views")


def inline_problems(module: Module) -> Iterator[str]:
    """Yield imports inside functions; only ``ready()`` of a room registers that way."""
    for function in ast.walk(module.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if module.kind in REGISTERS and function.name == "ready":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield module.problem(node, f"imports inside {function.name}()")


def unlisted_pure_problems(module: Module) -> Iterator[str]:
    """Yield modules of a package with a pure name that the contract on pure parts does not list."""
    for name in {"matching", "estimating", "debt", "planning", "analysis"} & set(module.inside[:-1]):
        package = ".".join(("wurzelwerk", module.room, *module.inside[: module.inside.index(name) + 1]))
        if package not in pure_packages() and not module.is_test:
            yield module.problem(module.tree, f"{package} is missing in the contract on pure parts (pyproject.toml)")
