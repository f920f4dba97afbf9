"""``wurzelwerk demo``: builds the demo company in an empty installation."""

import argparse
from gettext import gettext as _

from wurzelwerk.cli import preparing
from wurzelwerk.cli.outcomes import ExitCode
from wurzelwerk.cli.terminal import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments: the demo company is always the same."""


def execute(arguments: argparse.Namespace) -> int:
    """Prepare the installation and build the company; a second call changes nothing."""
    if code := preparing.prepare(with_demo=True):
        return code
    say(_("The demo company is ready. Serve it with: wurzelwerk run --demo"))
    return ExitCode.OK
