"""``wurzelwerk import-framework``: imports a framework: ESCO, O*NET or a CASE package."""

import argparse
from gettext import gettext as _
from pathlib import Path

from wurzelwerk.cli.job_bar import run_with_bar, unfinished
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.terminal import say
from wurzelwerk.competences.actions import import_framework, index_competences
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.models import Job


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the files lie."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar=_("PATH"),
        help=_("folder, ZIP file or file: ESCO (CSV, one per language), O*NET (text) or a CASE package (JSON)"),
    )
    parser.add_argument("--version", default="", metavar=_("NUMBER"), help=_("version, when no file tells it"))
    parser.add_argument("--no-search", action="store_true", help=_("leave it to the worker to let the search know"))


def execute(arguments: argparse.Namespace) -> int:
    """Import with a bar, then let the search know; Ctrl-C stops while the files are still being read."""
    for path in arguments.paths:
        if not path.exists():
            raise CommandFailed(_("%(path)s does not exist.") % {"path": path})
    job = import_framework(by=None, paths=arguments.paths, version=arguments.version)
    ended = run_with_bar(job, label=_("Importing"))
    if ended.state != JobState.DONE:
        return unfinished(ended)
    say(_("Recognised as: %(layout)s") % {"layout": ended.result["layout"]})
    for line in _lines(ended):
        say(line)
    if not arguments.no_search:
        run_with_bar(index_competences(), label=_("Letting the search know"))
    return ExitCode.OK


def _lines(job: Job) -> list[str]:
    """Return one line per kind of concept, with its figures."""
    names = {
        "groups": _("Groups"),
        "competences": _("Competences"),
        "occupations": _("Occupations"),
        "relations": _("Relations"),
    }
    text = _("%(what)s: %(created)d new, %(updated)d changed, %(unchanged)d as before, %(retired)d left")
    return [text % {"what": name, **job.result["counts"][key]} for key, name in names.items()]
