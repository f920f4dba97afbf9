"""``wurzelwerk manage``: Django's own commands, with the settings already chosen."""

import argparse
import os
from gettext import gettext as _

from django.core.management import execute_from_command_line

from wurzelwerk.cli.outcomes import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take everything that follows as it is."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help=_("Django's command and its arguments"))


def execute(arguments: argparse.Namespace) -> int:
    """Hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.config.settings")
    execute_from_command_line(["wurzelwerk manage", *arguments.words])
    return ExitCode.OK
