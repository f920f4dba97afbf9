"""Checks on how modules are written: size, names, signals, save(), and how views and queries read."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module

MODULE_LINES, VIEW_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 300, 50, 150
TEST_LINES = 500  # the stories of one subject stand together
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "managers", "common", "misc"}
GATES = {"visible_to", "get_visible"}
ORM_VERBS = {
    *("filter", "exclude", "get", "order_by", "annotate", "alias", "aggregate", "values", "values_list"),
    *("update", "create", "get_or_create", "update_or_create", "extra", "raw"),
}
FROM_OUTSIDE = {"GET", "POST", "FILES", "COOKIES", "headers", "body", "cleaned_data", "data", "query_params"}


def size_problems(module: Module) -> Iterator[str]:
    """Yield modules and functions beyond their budget."""
    budget = TEST_LINES if module.is_test else VIEW_LINES if module.is_view else MODULE_LINES
    lines = module.text.count("\n") + 1
    if lines > budget:
        yield module.problem(module.tree, f"has {lines} lines of {budget}")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield module.problem(node, f"{node.name}() has {length} lines of {FUNCTION_LINES}")


def name_problems(module: Module) -> Iterator[str]:
    """Yield modules whose name says nothing about what they hold."""
    for name in EMPTY_NAMES.intersection(module.inside):
        yield module.problem(module.tree, f"the name {name} says nothing")


def signal_problems(module: Module) -> Iterator[str]:
    """Yield uses of model signals; rooms tell each other by declared events."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            if any(name.startswith("django.db.models.signals") for name in names):
                yield module.problem(node, "uses model signals")
        if isinstance(node, ast.Attribute) and node.attr in {"pre_save", "post_save", "pre_delete", "post_delete"}:
            yield module.problem(node, "uses model signals")


def save_problems(module: Module) -> Iterator[str]:
    """Yield models that do more than be stored when they are stored."""
    if module.kind != "models":
        return
    for owner in ast.walk(module.tree):
        if not isinstance(owner, ast.ClassDef):
            continue
        for node in owner.body:
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
                yield module.problem(node, f"{owner.name} overrides {node.name}(); write an action")


def raw_read_problems(module: Module) -> Iterator[str]:
    """Yield views that fetch past ``visible_to``."""
    if not (module.is_view or module.kind == "api") or module.is_test:
        return
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    links = {id(call.func.value) for call in calls if isinstance(call.func, ast.Attribute)}
    links |= {id(value) for call in calls if ast.unparse(call.func).endswith("fetch_visible") for value in call.args}
    for call in calls:
        chain = ast.unparse(call)
        if id(call) in links:
            continue
        if ast.unparse(call.func).rpartition(".")[2] in {"get_object_or_404", "get_list_or_404"}:
            yield module.problem(call, "fetches by get_object_or_404; fetch through visible_to(viewer)")
        elif ".objects." in ast.unparse(call.func) and not any(f".{gate}(" in chain for gate in GATES):
            yield module.problem(call, f"reads {chain}; fetch through visible_to(viewer) or a query")


def expansion_problems(module: Module) -> Iterator[str]:
    """Yield database calls that take their keys or order from what somebody sent."""
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ORM_VERBS):
            continue
        expanded = [keyword.value for keyword in node.keywords if keyword.arg is None]
        expanded += [value.value for value in node.args if isinstance(value, ast.Starred)]
        expanded += node.args if node.func.attr == "order_by" else []
        for value in expanded:
            names = {part.attr for part in ast.walk(value) if isinstance(part, ast.Attribute)}
            names |= {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}
            if names & (FROM_OUTSIDE | {"request"}):
                yield module.problem(node, f"lets a request choose the keys of {node.func.attr}()")
