"""``wurzelwerk check``: says whether an installation is safe to run and running well."""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from gettext import gettext as _

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from wurzelwerk.cli.outcomes import ExitCode
from wurzelwerk.cli.preparing import found_errors
from wurzelwerk.cli.terminal import output
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.keyring import KeyFileError, journal_key
from wurzelwerk.kernel.models import Schedule

LEAST_FREE_MEGABYTES = 500
WORKER_LATE_AFTER = timedelta(minutes=5)
MEGABYTE = 1024 * 1024


class Mark(Enum):
    """How a finding weighs."""

    GOOD = "✓"
    LOOK = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what was looked at, how it weighs, what to do."""

    mark: Mark
    subject: str
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def execute(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 when something must not stay so, 3 when something needs a look."""
    marks = set()
    for finding in examine():
        style = {Mark.GOOD: "green", Mark.LOOK: "yellow", Mark.BAD: "bold red"}[finding.mark]
        output.print(f"{finding.mark.value} {finding.subject}: {finding.text}", style=style, markup=False)
        marks.add(finding.mark)
    if Mark.BAD in marks:
        return ExitCode.FAILED
    return ExitCode.PARTLY if Mark.LOOK in marks else ExitCode.OK


def examine() -> Iterator[Finding]:
    """Yield what there is to say about settings, database, keys, disk and worker."""
    yield from _settings()
    yield _keys()
    yield _disk()
    try:
        steps = _missing_steps()
    except DatabaseError as error:
        yield Finding(Mark.BAD, _("Database"), _("does not answer: %(reason)s") % {"reason": error})
        return
    if steps:
        yield Finding(
            Mark.LOOK,
            _("Database"),
            _("%(steps)d steps behind this version; the next start brings it up to date") % {"steps": steps},
        )
        return
    yield Finding(Mark.GOOD, _("Database"), _("up to date and durable (%(engine)s)") % {"engine": connection.vendor})
    yield _worker()


def _settings() -> Iterator[Finding]:
    try:
        errors = [error for error in found_errors() if error.id != "wurzelwerk.E003"]
    except DatabaseError:
        return  # told by the finding on the database
    for error in errors:
        yield Finding(Mark.BAD, _("Settings"), f"{error.msg} {error.hint or ''}".strip())
    if not errors:
        yield Finding(Mark.GOOD, _("Settings"), _("in order"))


def _keys() -> Finding:
    try:
        journal_key(settings.KEY_FOLDER)
    except KeyFileError as error:
        return Finding(Mark.BAD, _("Keys"), str(error))
    return Finding(Mark.GOOD, _("Keys"), _("present and private"))


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA if settings.DATA.exists() else settings.DATA.anchor).free // MEGABYTE
    mark = Mark.GOOD if free >= LEAST_FREE_MEGABYTES else Mark.LOOK
    return Finding(mark, _("Disk"), _("%(free)d MB free for data") % {"free": free})


def _missing_steps() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _worker() -> Finding:
    """Judge the worker by its schedules: one that runs never lets them wait for long."""
    waiting_since = Schedule.objects.order_by("next_at").values_list("next_at", flat=True).first()
    if waiting_since is None:
        return Finding(Mark.LOOK, _("Worker"), _("has never run; start it with: wurzelwerk run"))
    if clock.now() - waiting_since > WORKER_LATE_AFTER:
        since = f"{waiting_since.astimezone():%Y-%m-%d %H:%M}"
        text = _("not running; work has been waiting since %(since)s") % {"since": since}
        return Finding(Mark.LOOK, _("Worker"), text)
    return Finding(Mark.GOOD, _("Worker"), _("running"))
