"""The entry point: ``wurzelwerk COMMAND``; knows the commands by name and loads only the one that is called."""

import argparse
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module

from wurzelwerk import __version__
from wurzelwerk.cli.commands import COMMANDS, Command
from wurzelwerk.cli.language import LANGUAGES, speak, terminal_language
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.starting import start_django
from wurzelwerk.cli.terminal import complain
from wurzelwerk.kernel.verdict import Refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    speak(_chosen_language(words))
    try:
        return _run(words)
    except CommandFailed as failure:
        complain(str(failure))
        return failure.code
    except Refused as refusal:
        complain(str(refusal.reason))
        return ExitCode.FAILED
    except KeyboardInterrupt:
        complain(_("Interrupted."))
        return ExitCode.INTERRUPTED


def build_parser(chosen: Command | None = None) -> argparse.ArgumentParser:
    """Return the parser of all commands; only ``chosen`` gets its own arguments."""
    parser = argparse.ArgumentParser(
        prog="wurzelwerk",
        description=_("Wurzelwerk: competences, gaps, paths and learning partnerships of a company."),
        epilog=_("Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 done in part, 130 interrupted."),
    )
    parser.add_argument("--language", choices=LANGUAGES, help=_("language of the answers"))
    parser.add_argument("--version", action="version", version=f"Wurzelwerk {__version__}")
    names = parser.add_subparsers(dest="command", metavar=_("COMMAND"), required=True)
    for command in COMMANDS:
        summary = command.summary()
        subparser = names.add_parser(command.name, help=summary, description=summary[:1].upper() + summary[1:] + ".")
        if command == chosen:
            import_module(command.module).add_arguments(subparser)
    return parser


def _run(words: list[str]) -> int:
    chosen = next((command for word in words for command in COMMANDS if command.name == word), None)
    if chosen is None:
        build_parser().parse_args(words)
        return ExitCode.USAGE
    if chosen.needs_django:
        start_django()
    parsed = build_parser(chosen).parse_args(words)
    return int(import_module(chosen.module).execute(parsed))


def _chosen_language(words: list[str]) -> str:
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--language")
    try:
        wanted = early.parse_known_args(words)[0].language
    except argparse.ArgumentError:
        wanted = None
    return wanted if wanted in LANGUAGES else terminal_language(os.environ)


if __name__ == "__main__":
    sys.exit(main())
