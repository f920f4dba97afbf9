import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.relations import our_models, room_of
from tests.architecture.source import PACKAGE, ROOT, layers, rooms
from wurzelwerk.cli.commands import COMMANDS
from wurzelwerk.kernel.events import EVENTS

DOCS = ROOT / "docs"
SETTING = re.compile(r"env\.\w+\(\s*\"(\w+)\"")


def public_functions(path: Path) -> set[str]:
    """Return the functions of a module that others may call; of a package those that it offers in ``__all__``."""
    if path.is_dir():
        return {name for name in offered(path / "__init__.py") if name.islower()}
    source = path.with_suffix(".py")
    nodes = ast.parse(source.read_text()).body if source.exists() else []
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}


def offered(source: Path) -> list[str]:
    """Return the names in ``__all__``."""
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def untold(room: str, readme: str) -> set[str]:
    """Return the models, actions and events (without the name of the room) that the README of a room does not name."""
    nouns = {model.__name__ for model in our_models() if room_of(model) == room}
    verbs = public_functions(PACKAGE / room / "actions")
    events = [name for name, event in EVENTS.items() if event.payload_type.__module__.split(".")[1] == room]
    facts = {name.rpartition(".")[2] for name in events}
    return {word for word in nouns | verbs | facts if not re.search(rf"\b{re.escape(word)}\b", readme)}


def test_a_package_of_actions_offers_them(tmp_path: Path) -> None:
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions/__init__.py").write_text('__all__ = ["AdContent", "publish_ad"]')
    (tmp_path / "rules.py").write_text("def may_dig(): pass\ndef _inner(): pass")

    assert public_functions(tmp_path / "actions") == {"publish_ad"}
    assert public_functions(tmp_path / "rules") == {"may_dig"}
    assert public_functions(tmp_path / "absent") == set()


@pytest.mark.parametrize("room", rooms())
def test_readme_names_models_actions_and_events(room: str) -> None:
    readme = PACKAGE / room / "README.md"

    assert readme.exists()
    assert untold(room, readme.read_text()) == set()
    assert len(readme.read_text().splitlines()) <= 150


def test_a_forgotten_model_is_found() -> None:
    assert {"Job", "Schedule"} <= untold("kernel", "Owns AuditEntry, AuditBlock and JobKind.")


def test_settings_page_names_every_variable() -> None:
    sources = [*(PACKAGE / "config").rglob("*.py")]
    variables = {name for path in sources for name in SETTING.findall(path.read_text())}
    page = (DOCS / "settings.md").read_text()

    assert "WURZELWERK_DATA" in variables
    assert {name for name in variables if f"`{name}`" not in page} == set()
    assert {
        name for name in re.findall(r"`(WURZELWERK_\w+)`", page) if name not in variables | OUTSIDE_SETTINGS
    } == set()


def test_commands_page_names_every_command() -> None:
    page = (DOCS / "commands.md").read_text()

    assert [command.name for command in COMMANDS if f"## {command.name}\n" not in page] == []


def test_pages_written_from_the_code_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/docs.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_architecture_page_shows_the_order_of_the_contract() -> None:
    page = (DOCS / "architecture.md").read_text()
    picture = page.split("```text\n")[1].split("```")[0]
    order = [frozenset(re.findall(r"[a-z_]+", line.split("  ")[0])) for line in picture.splitlines()]

    assert order == list(layers())


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("*.md")), ids=lambda path: path.name)
def test_decision_is_numbered_and_short(path: Path) -> None:
    number = path.name[:4]

    assert path.read_text().startswith(f"# {int(number)} ")
    assert len(path.read_text().splitlines()) <= 60


# Read by tools and tests rather than by the settings.
OUTSIDE_SETTINGS = {"WURZELWERK_JOURNEYS", "WURZELWERK_TEST_DATA"}
