"""Makes an installation ready to serve: folders, keys, tables, checks, static files, the demo company."""

import hashlib
from collections.abc import Iterator
from gettext import gettext as _
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.terminal import complain, counting_bar, say, warn
from wurzelwerk.kernel.keyring import JOURNAL_FILE, create_journal_key

PRIVATE_FOLDER = 0o700
STATIC_STAMP = ".made-from"
DEMO_STARTED, DEMO_FINISHED = "demo-company.started", "demo-company.finished"
DEMO_ROOM = "wurzelwerk.demo"
DEMO_ACTIONS = f"{DEMO_ROOM}.actions"


def prepare(with_demo: bool) -> ExitCode:  # noqa: FBT001 - the argument of a process
    """Do what is not done yet and say only what takes time; return the exit code."""
    try:
        make_folders()
        make_keys()
        migrate()
        refuse_unsafe_settings()
        gather_static_files()
        if with_demo:
            build_demo_once()
    except CommandFailed as failure:
        complain(str(failure))
        return failure.code
    except DatabaseError as error:
        complain(_("The database does not answer: %(reason)s") % {"reason": error})
        return ExitCode.FAILED
    return ExitCode.OK


def make_folders() -> None:
    """Create the data folder, readable by this account alone."""
    for folder in (settings.DATA, settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR):
        try:
            Path(folder).mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise CommandFailed(
                _("The data folder %(folder)s cannot be written: %(reason)s")
                % {"folder": folder, "reason": error.strerror}
            ) from error


def make_keys() -> None:
    """Create the journal's key for a new installation; with data but without its key, refuse to start."""
    if not (settings.KEY_FOLDER / JOURNAL_FILE).exists() and not connection.introspection.table_names():
        create_journal_key(settings.KEY_FOLDER)


def migrate() -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say(_("Preparing the database (%(steps)d steps) ...") % {"steps": len(plan)})
        call_command("migrate", interactive=False, verbosity=0)


def found_errors() -> list[CheckMessage]:
    """Return what the system checks find, also about the database and the keys."""
    found = run_checks(databases=[DEFAULT_DB_ALIAS])
    found += run_checks(tags=["keys"], include_deployment_checks=True)
    return [message for message in found if message.level >= ERROR]


def refuse_unsafe_settings() -> None:
    """Raise ``CommandFailed`` where acknowledged data could be lost or a key is missing."""
    if errors := found_errors():
        raise CommandFailed("\n".join(f"{error.msg} {error.hint or ''}".strip() for error in errors))


def gather_static_files() -> None:
    """Collect style sheets and scripts when one of them has changed."""
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    sources = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return
    say(_("Preparing style sheets and scripts ..."))
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(sources)


def has_people() -> bool:
    """Tell whether anybody is registered."""
    return bool(get_user_model()._default_manager.exists())


def build_demo_once() -> None:
    """Build the demo company in an empty installation; refuse to open its doors on real data.

    A building that was killed half-way is begun again from an empty database.
    """
    started, finished = settings.DATA / DEMO_STARTED, settings.DATA / DEMO_FINISHED
    if finished.exists():
        return
    if started.exists():
        call_command("flush", interactive=False, verbosity=0)
    elif has_people():
        raise CommandFailed(
            _("This installation holds a real company. The demo company needs a data folder of its own.")
        )
    if find_spec(DEMO_ROOM) is None or find_spec(DEMO_ACTIONS) is None:
        warn(_("This installation has no demo company."))
        return
    started.touch()
    _build_demo()
    finished.touch()


def _build_demo() -> None:
    """Call the demo room's action with a bar; it reports how many of its chapters are done."""
    build_demo_company = import_module(DEMO_ACTIONS).build_demo_company
    with counting_bar() as bar:
        chapter = bar.add_task(_("Building the demo company"), total=None)
        build_demo_company(report=lambda done, total: bar.update(chapter, completed=done, total=total))


def cast() -> Iterator[tuple[str, str]]:
    """Yield the persons of the demo company whom one can sign in as, and what they are."""
    yield "Amira", _("learner")
    yield "Ben", _("her learning partner")
    yield "Clara", _("her manager")
    yield "David", _("manager of another unit")
    yield "Eva", _("learning and development")
    yield "Felix", _("works council")
    yield "Greta", _("administration")


def _static_fingerprint() -> str:
    """Return a digest of names, sizes and times of all static sources."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda entry: entry[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
