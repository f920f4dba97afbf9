"""The pages of docs/ that are written from the code: commands, events and the states of partnerships.

tools/docs.py write    writes them anew
tools/docs.py check    fails when one of them is out of date
"""

import argparse
import dataclasses
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
WRITTEN = "<!-- Written by `make docs`; changes by hand are lost. -->\n"
COMMANDS_LEAD = """\
`wurzelwerk COMMAND`; after `make run` it lies in `.venv/bin`. Answers are German or English: `LANG` of the terminal or
`--language`.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | refused or failed; the message says why |
| 2 | wrong usage |
| 3 | done in part; the message says what is left |
| 130 | interrupted by Ctrl-C |
"""


def commands_page() -> str:
    """Return the page on the command line: the help of each command, word for word."""
    table = import_module("wurzelwerk.cli.commands")
    build_parser = import_module("wurzelwerk.cli.main").build_parser
    parts = ["# Commands\n", WRITTEN, COMMANDS_LEAD]
    for command in table.COMMANDS:
        parser = build_parser(command)
        subparsers = next(action for action in parser._actions if isinstance(action.choices, dict))  # noqa: SLF001
        parts.append(command_section(command.name, subparsers.choices[command.name]))
    return "\n".join(parts)


def command_section(name: str, parser: argparse.ArgumentParser) -> str:
    """Return what a command is for and a line for each of its arguments; the same under every version of Python."""
    lines = [f"## {name}\n", f"{parser.description}\n"]
    for action in parser._actions:  # noqa: SLF001 - the parser has no public list
        if "--help" in action.option_strings:
            continue
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        word = f"{', '.join(action.option_strings)}{value}".strip()
        lines.append(f"- `{word}`: {action.help}")
    return "\n".join(lines).rstrip() + "\n"


def events_page() -> str:
    """Return the page on the facts rooms tell each other, with the fields each carries."""
    rooms = sorted(path.parent.name for path in (ROOT / "src" / "wurzelwerk").glob("*/events.py"))
    for room in rooms:
        if find_spec(f"wurzelwerk.{room}.events") and room != "kernel":
            import_module(f"wurzelwerk.{room}.events")
    events = import_module("wurzelwerk.kernel.events").EVENTS
    parts = ["# Events\n", WRITTEN, "Facts that a room tells the others, after the transaction has committed.\n"]
    for name, event in sorted(events.items()):
        if not event.payload_type.__module__.startswith("wurzelwerk.") or ".tests." in event.payload_type.__module__:
            continue
        first_line = (event.payload_type.__doc__ or "").strip().splitlines()[0]
        fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(event.payload_type))
        parts.append(f"- **{name}** ({fields}): {first_line}")
    return "\n".join(parts) + "\n"


def states_page() -> str:
    """Return the page on the states of ads, requests and partnerships, as its management command prints it."""
    printed = StringIO()
    call_command("partnership_states", stdout=printed)
    return printed.getvalue()


PAGES = {"commands.md": commands_page, "events.md": events_page, "partnership-states.md": states_page}


def main() -> int:
    """Write or compare the pages; 1 when one is out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["write", "check"])
    wanted = parser.parse_args().command
    os.environ |= {"DJANGO_SETTINGS_MODULE": "wurzelwerk.config.settings", "COLUMNS": "100", "LANGUAGE": "en"}
    django.setup()
    stale = [name for name, page in PAGES.items() if not is_current(DOCS / name, page())]
    for name in stale:
        if wanted == "write":
            (DOCS / name).write_text(PAGES[name]())
            print(f"docs/{name} written")
        else:
            print(f"docs/{name} is out of date")
    return 1 if stale and wanted == "check" else 0


def is_current(path: Path, text: str) -> bool:
    """Tell whether the page on the disk is the one the code would write."""
    return path.exists() and path.read_text() == text


if __name__ == "__main__":
    sys.exit(main())
