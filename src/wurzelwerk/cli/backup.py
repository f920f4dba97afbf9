"""``wurzelwerk backup``: writes data and media to one file while the application runs, the keys to another place."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path

from django.conf import settings

from wurzelwerk import __version__
from wurzelwerk.cli.archive import Manifest, write_archive
from wurzelwerk.cli.key_copies import copy_keys, fingerprint, refuse_near
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.preparing import DEMO_FINISHED
from wurzelwerk.cli.stores import Store, configured_store
from wurzelwerk.cli.terminal import progress_bar, say, warn
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.keyring import JOURNAL_FILE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where data and keys go."""
    parser.add_argument("target", type=Path, metavar=_("FILE|FOLDER"), help=_("new file, or folder to write one into"))
    parser.add_argument(
        "--keys-to", type=Path, metavar=_("FOLDER"), help=_("folder for the keys, away from that of the backup")
    )


def execute(arguments: argparse.Namespace) -> int:
    """Write the backup; 3 when its keys were not saved with it."""
    target: Path = _file_for(arguments.target)
    if arguments.keys_to:
        refuse_near(arguments.keys_to, target.parent)
    manifest = write_backup(configured_store(), target)
    rows = sum(manifest.tables.values())
    say(
        _("%(path)s holds %(rows)d rows of %(tables)d tables and %(files)d files.")
        % {"path": target, "rows": rows, "tables": len(manifest.tables), "files": len(manifest.files) - 1}
    )
    if not arguments.keys_to:
        warn(_("The keys are not in it. Without them no journal can be read; save them with --keys-to FOLDER."))
        return ExitCode.PARTLY
    copy_keys(settings.KEY_FOLDER, arguments.keys_to)
    say(_("The keys lie in %(folder)s; keep them apart from the backup.") % {"folder": arguments.keys_to})
    return ExitCode.OK


def write_backup(store: Store, target: Path) -> Manifest:
    """Copy the database, then the media it refers to, into a new archive at ``target``."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder, progress_bar() as bar:
        copying = bar.add_task(_("Copying the database"), total=None)
        copy = Path(folder) / store.copy_name
        tables = store.copy(copy, lambda done, total: bar.update(copying, completed=done, total=total))
        contents = [(store.copy_name, copy), *_media()]
        needed = sum(path.stat().st_size for _name, path in contents)
        if shutil.disk_usage(target.parent).free < needed:
            raise CommandFailed(_("Not enough space in %(folder)s.") % {"folder": target.parent})
        writing = bar.add_task(_("Writing the backup"), total=needed)
        manifest = Manifest(
            made_at=clock.now().isoformat(),
            version=__version__,
            engine=store.engine,
            is_demo=(settings.DATA / DEMO_FINISHED).exists(),
            journal_key=fingerprint(settings.KEY_FOLDER / JOURNAL_FILE),
            tables=tables,
        )
        return write_archive(target, manifest, contents, lambda size: bar.advance(writing, size))


def _file_for(wanted: Path) -> Path:
    """Return the file to write: the one named, or one with today's date in the folder named."""
    if wanted.is_dir():
        wanted /= f"wurzelwerk-{clock.now().astimezone():%Y-%m-%d-%H%M%S}.backup"
    if wanted.exists():
        raise CommandFailed(_("%(path)s exists already; nothing was overwritten.") % {"path": wanted})
    if not wanted.parent.is_dir():
        raise CommandFailed(_("The folder %(folder)s does not exist.") % {"folder": wanted.parent})
    return wanted


def _media() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"media/{path.relative_to(root).as_posix()}", path
