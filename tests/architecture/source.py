"""The source of the project as these tests look at it: modules with their room, kind and syntax tree."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "wurzelwerk"
LEFT_OUT = {"migrations", "vendor", "locale", "static"}


@dataclass(frozen=True)
class Module:
    """A Python file; ``inside`` are the names below the room, such as ("views",) or ("tests", "test_rules")."""

    path: str
    room: str
    inside: tuple[str, ...]
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def kind(self) -> str:
        return self.inside[0] if self.inside else ""

    @property
    def is_view(self) -> bool:
        return not self.is_test and any(name == "views" or name.endswith("_views") for name in self.inside)

    @property
    def is_test(self) -> bool:
        return "tests" in self.inside or self.room == ""

    def problem(self, node: ast.AST, text: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)} {text}"


def snippet(text: str, path: str = "partnerships/actions.py") -> Module:
    """Return a made-up module, to show that a check can fail."""
    room, *inside = Path(path).with_suffix("").parts
    return Module(path, room, tuple(inside), text)


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the product, its tests included."""
    return tuple(_modules())


def _modules() -> Iterator[Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).with_suffix("").parts
        if len(inside) > 1 and LEFT_OUT.isdisjoint(inside):
            yield Module(path.relative_to(ROOT).as_posix(), inside[0], inside[1:], path.read_text())


@cache
def rooms() -> tuple[str, ...]:
    """Return the rooms that exist."""
    return tuple(sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))


@cache
def layers() -> tuple[frozenset[str], ...]:
    """Return the rooms from the top down, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    order = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return tuple(frozenset(name.strip(" ()") for name in line.split("|")) for line in order)


@cache
def pure_packages() -> frozenset[str]:
    """Return the modules that the import contract keeps free of Django."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return frozenset(
        name
        for contract in contracts
        if contract.get("forbidden_modules") == ["django"]
        for name in contract["source_modules"]
    )


def is_below(lower: str, upper: str) -> bool:
    """Tell whether the room ``upper`` may use the room ``lower``."""
    height = {room: number for number, line in enumerate(reversed(layers())) for room in line}
    return lower == upper or height[lower] < height[upper]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files in version control that still exist, or all sources where there is none (a source archive)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name] or list((ROOT / "src").rglob("*"))
    return tuple(path for path in paths if path.is_file())
