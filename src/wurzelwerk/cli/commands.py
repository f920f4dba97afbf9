"""The table of commands. A module is imported only when its command is called, so that others stay fast.

Each module offers ``add_arguments(parser)`` and ``execute(arguments) -> int`` (an ``ExitCode``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True, slots=True)
class Command:
    """One word after ``wurzelwerk``."""

    name: str
    module: str
    summary: Callable[[], str]
    needs_django: bool = True


COMMANDS = (
    Command("run", "wurzelwerk.cli.run", lambda: _("serve the application and run its jobs"), needs_django=False),
    Command("demo", "wurzelwerk.cli.demo", lambda: _("build the demo company in an empty installation")),
    Command("import-people", "wurzelwerk.cli.import_people", lambda: _("bring the people file into the company")),
    Command(
        "import-framework",
        "wurzelwerk.cli.import_framework",
        lambda: _("import a framework: ESCO, O*NET or a CASE package"),
    ),
    Command(
        "administrator",
        "wurzelwerk.cli.administrator",
        lambda: _("give the first person the administration, with a code to sign in"),
    ),
    Command("backup", "wurzelwerk.cli.backup", lambda: _("write a backup while the application runs")),
    Command("restore", "wurzelwerk.cli.restore", lambda: _("check a backup and bring it back")),
    Command("check", "wurzelwerk.cli.check", lambda: _("examine settings, database, keys, disk and worker")),
    Command("manage", "wurzelwerk.cli.manage", lambda: _("call one of Django's own commands"), needs_django=False),
)
