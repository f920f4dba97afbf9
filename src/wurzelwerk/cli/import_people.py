"""``wurzelwerk import-people``: brings the people file into the company; shows what would change before it changes."""

import argparse
import fcntl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path

from django.conf import settings

from wurzelwerk.cli.import_people_words import leavers_question, mistakes, not_read, preview, result
from wurzelwerk.cli.job_bar import run_with_bar, unfinished
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.terminal import say, warn
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.models import Job
from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.models import PeopleImport
from wurzelwerk.people.queries.import_listing import FIELD_KEYS, columns_called, has_changes, of_the_command_line

YES = frozenset({"y", "yes", "j", "ja"})
WAITING = (ImportState.UPLOADED, ImportState.CHECKED)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files, what they contain, and how much is asked."""
    parser.add_argument("file", nargs="?", type=Path, metavar=_("FILE"), help=_("people file, .csv or .xlsx"))
    parser.add_argument("--units", type=Path, metavar=_("FILE"), help=_("file of the units, .csv or .xlsx"))
    parser.add_argument(
        "--complete", action="store_true", help=_("the file names everybody: whoever is missing in it leaves")
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar=_("HEADING=FIELD"),
        help=_("read a column as this field, or with nothing after the sign not at all; fields: %(fields)s")
        % {"fields": ", ".join(FIELD_KEYS)},
    )
    parser.add_argument(
        "--leave-out-errors", action="store_true", help=_("leave out rows with errors, take the others")
    )
    parser.add_argument(
        "--confirm-leavers", action="store_true", help=_("let more than a tenth of all persons leave without asking")
    )
    asking = parser.add_mutually_exclusive_group()
    asking.add_argument("--yes", action="store_true", help=_("apply without asking"))
    asking.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    asking.add_argument("--undo", action="store_true", help=_("take the newest import back"))
    parser.add_argument(
        "--show",
        type=int,
        default=20,
        metavar=_("NUMBER"),
        help=_("errors and persons to show of each kind (default: 20)"),
    )


def execute(arguments: argparse.Namespace) -> int:
    """Check, show, ask and apply; goes on with what an earlier call had to leave unfinished."""
    if arguments.undo:
        with _alone():
            _tidy_up(None)
            return _take_back()
    if arguments.file is None:
        raise CommandFailed(_("Please name the people file."), ExitCode.USAGE)
    for path in filter(None, (arguments.file, arguments.units)):
        if not path.is_file():
            raise CommandFailed(_("%(path)s does not exist.") % {"path": path})
    if not (arguments.yes or arguments.dry_run or sys.stdin.isatty()):
        text = _("Nobody can be asked here. Please add --yes to apply, or --dry-run to look.")
        raise CommandFailed(text, ExitCode.USAGE)
    with _alone():
        brought = _brought(arguments)
        with _kept_only_if_applied(brought):
            if finished := _tidy_up(brought):
                return _applied(finished)
            earlier = _interrupted_check(brought)
            if earlier is None:
                job = actions.check_import(by=None, people_import=brought, in_queue=False)
                return _checked_and_applied(brought, job, arguments)
        with _kept_only_if_applied(earlier):
            say(_("The import of %(file)s was interrupted; going on with it.") % {"file": earlier.file_name})
            return _checked_and_applied(earlier, actions.take_over_import(people_import=earlier), arguments)


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other calls of this command away; the lock goes with the process, however that ends."""
    folder = Path(settings.DATA) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "command.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandFailed(
                _("Another call of this command is at work. Please wait until it has ended.")
            ) from error
        yield


@contextmanager
def _kept_only_if_applied(people_import: PeopleImport) -> Iterator[None]:
    """Give the import up at the end unless it went on to be applied."""
    try:
        yield
    finally:
        people_import.refresh_from_db()
        if people_import.state in WAITING:
            actions.discard_import(by=None, people_import=people_import)


def _brought(arguments: argparse.Namespace) -> PeopleImport:
    """Return the import of the named files with its columns settled, and say which columns are not read."""
    people_import = actions.name_people_file(
        by=None, path=arguments.file, units_path=arguments.units, is_complete=arguments.complete
    )
    try:
        people, units = _chosen(people_import, arguments.column)
        actions.settle_columns(by=None, people_import=people_import, people=people, units=units, leaves_out=True)
    except CommandFailed:
        actions.discard_import(by=None, people_import=people_import)
        raise
    for line in not_read(people_import):
        say(line)
    return people_import


def _chosen(people_import: PeopleImport, words: Sequence[str]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the fields that the command line names for columns of both files, by the place of the column."""
    people, units = dict[int, str](), dict[int, str]()
    for word in words:
        heading, sign, field = word.rpartition("=")
        if not sign:
            raise CommandFailed(_("--column %(word)s: please write HEADING=FIELD.") % {"word": word}, ExitCode.USAGE)
        of_people, of_units = columns_called(people_import, heading, field)
        if not of_people and not of_units:
            text = _("--column %(word)s: there is no such column, or no such field for it.") % {"word": word}
            raise CommandFailed(text, ExitCode.USAGE)
        people |= of_people
        units |= of_units
    return people, units


def _tidy_up(people_import: PeopleImport | None) -> PeopleImport | None:
    """Bring to an end what an earlier call left unfinished; return that import if it is of the same files.

    What only waited for an answer is given up; a check is stopped, unless it is the same as that of ``people_import``.
    """
    finished = None
    for other in _earlier(people_import, *WAITING):
        actions.discard_import(by=None, people_import=other)
    for other in _earlier(people_import, ImportState.CHECKING):
        if people_import is None or not _is_same_work(other, people_import):
            _end(other, stops=True)
    for other in _earlier(people_import, ImportState.APPLYING, ImportState.UNDOING):
        say(_("The import of %(file)s was interrupted; going on with it.") % {"file": other.file_name})
        _end(other)
        if people_import and other.state == ImportState.APPLIED and _is_same_file(other, people_import):
            finished = other
    return finished


def _earlier(people_import: PeopleImport | None, *states: ImportState) -> list[PeopleImport]:
    """Return the other imports of this command in these states, oldest first."""
    return [each for each in of_the_command_line(*states) if each != people_import]


def _interrupted_check(people_import: PeopleImport) -> PeopleImport | None:
    """Return the import whose check broke off and would be the same as that of ``people_import``."""
    return next(iter(_earlier(people_import, ImportState.CHECKING)), None)


def _is_same_file(one: PeopleImport, other: PeopleImport) -> bool:
    return (one.file_digest, one.units_file_path) == (other.file_digest, other.units_file_path)


def _is_same_work(one: PeopleImport, other: PeopleImport) -> bool:
    is_same = (one.file_path, one.settled, one.is_complete) == (other.file_path, other.settled, other.is_complete)
    return is_same and _is_same_file(one, other)


def _end(people_import: PeopleImport, *, stops: bool = False) -> None:
    """Bring an interrupted import to its end, or stop it; give it up when it then waits."""
    run_with_bar(actions.take_over_import(people_import=people_import, stops=stops), label=_("Going on"))
    people_import.refresh_from_db()
    if people_import.state in WAITING:
        actions.discard_import(by=None, people_import=people_import)


def _checked_and_applied(people_import: PeopleImport, job: Job, arguments: argparse.Namespace) -> int:
    ended = run_with_bar(job, label=_("Checking"))
    if ended.state != JobState.DONE:
        return unfinished(ended)
    people_import.refresh_from_db()
    for line in (*mistakes(people_import, arguments.show), *preview(people_import, arguments.show)):
        say(line)
    if people_import.problem_count and not arguments.leave_out_errors:
        text = _("Nothing was changed. Please correct the rows with errors, or add --leave-out-errors for the others.")
        raise CommandFailed(text)
    if arguments.dry_run:
        say(_("Nothing was changed: this was only a look."))
        return ExitCode.OK
    if not has_changes(people_import):
        say(_("Nothing to change."))
        return ExitCode.OK
    if not _is_agreed(people_import, arguments):
        say(_("Nothing was changed."))
        return ExitCode.INTERRUPTED
    return _apply(people_import, arguments)


def _is_agreed(people_import: PeopleImport, arguments: argparse.Namespace) -> bool:
    """Ask whether to apply, and once more when many would leave."""
    if people_import.many_leave and not arguments.confirm_leavers:
        if arguments.yes:
            text = _("%(question)s Nothing was changed. If this is right, add --confirm-leavers.")
            raise CommandFailed(text % {"question": leavers_question(people_import)})
        if not _says_yes(leavers_question(people_import) + " " + _("Is this right? [y/N]")):
            return False
    return arguments.yes or _says_yes(_("Apply these changes? [y/N]"))


def _says_yes(question: str) -> bool:
    try:
        return input(f"{question} ").strip().casefold() in YES
    except EOFError:
        return False


def _apply(people_import: PeopleImport, arguments: argparse.Namespace) -> int:
    actions.change_scope(
        by=None,
        people_import=people_import,
        is_complete=people_import.is_complete,
        leaves_out_errors=arguments.leave_out_errors,
    )
    job = actions.apply_import(by=None, people_import=people_import, confirms_leavers=True, in_queue=False)
    ended = run_with_bar(job, label=_("Applying"))
    return _applied(people_import) if ended.state == JobState.DONE else unfinished(ended)


def _applied(people_import: PeopleImport) -> int:
    """Say what was applied; done in part when rows were left out."""
    people_import.refresh_from_db()
    say(result(people_import))
    if people_import.problem_count:
        warn(_("Rows with errors were left out; errors: %(count)d") % {"count": people_import.problem_count})
        return ExitCode.PARTLY
    return ExitCode.OK


def _take_back() -> int:
    """Take the newest applied import back."""
    newest = PeopleImport.objects.filter(state=ImportState.APPLIED).order_by("-turn").first()
    if newest is None:
        raise CommandFailed(_("There is no import that could be taken back."))
    ended = run_with_bar(actions.undo_import(by=None, people_import=newest, in_queue=False), label=_("Taking back"))
    if ended.state != JobState.DONE:
        return unfinished(ended)
    say(_("The import of %(file)s is taken back.") % {"file": newest.file_name})
    return ExitCode.OK
