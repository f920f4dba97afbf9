"""``wurzelwerk restore``: proves a backup unharmed, then puts it in place; what it replaces is set aside."""

import argparse
import tempfile
from gettext import gettext as _
from pathlib import Path

from django.conf import settings

from wurzelwerk import __version__
from wurzelwerk.cli.archive import Manifest, extract, read_manifest, verify_seal
from wurzelwerk.cli.key_copies import copy_keys, fingerprint
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.preparing import DEMO_FINISHED
from wurzelwerk.cli.stores import Store, configured_store
from wurzelwerk.cli.terminal import progress_bar, say, warn
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.keyring import JOURNAL_FILE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to restore and what may be replaced."""
    parser.add_argument("source", type=Path, metavar=_("FILE"), help=_("the backup"))
    parser.add_argument("--replace", action="store_true", help=_("replace the data that is there; it is set aside"))
    parser.add_argument("--keys-from", type=Path, metavar=_("FOLDER"), help=_("folder in which the keys were saved"))
    parser.add_argument(
        "--without-keys", action="store_true", help=_("restore although the journals cannot be read then")
    )
    parser.add_argument("--verify-only", action="store_true", help=_("only check the backup, change nothing"))


def execute(arguments: argparse.Namespace) -> int:
    """Restore; 3 when the key of the journals is missing afterwards."""
    source: Path = arguments.source
    if not source.is_file():
        raise CommandFailed(_("%(path)s is no file.") % {"path": source})
    manifest = _verified(source)
    if arguments.verify_only:
        say(_("The backup is unharmed: %(rows)d rows.") % {"rows": sum(manifest.tables.values())})
        return ExitCode.OK
    store = configured_store()
    _refuse_unfit(manifest, store)
    has_keys = _refuse_missing_keys(manifest, arguments)
    if not arguments.replace:
        _refuse_data(store)
    aside = settings.DATA / f"replaced-{clock.now().astimezone():%Y-%m-%d-%H%M%S}"
    _put_in_place(store, source, manifest, aside)
    if arguments.keys_from:
        copy_keys(arguments.keys_from, settings.KEY_FOLDER, set_aside=aside)
    _mark_demo(manifest)
    say(_("Restored the state of %(moment)s; the next start brings it up to date.") % {"moment": manifest.made_at})
    if aside.exists():
        say(_("What was there before lies in %(folder)s.") % {"folder": aside})
    if not has_keys:
        warn(
            _("The key of the journals is missing: they stay closed until it is put into %(folder)s.")
            % {"folder": settings.KEY_FOLDER}
        )
        return ExitCode.PARTLY
    return ExitCode.OK


def _verified(source: Path) -> Manifest:
    with progress_bar() as bar:
        reading = bar.add_task(_("Checking the backup"), total=source.stat().st_size)
        verify_seal(source, lambda size: bar.advance(reading, size))
    return read_manifest(source)


def _refuse_unfit(manifest: Manifest, store: Store) -> None:
    if manifest.engine != store.engine:
        raise CommandFailed(
            _("The backup is one of %(theirs)s, this installation runs on %(ours)s.")
            % {"theirs": manifest.engine, "ours": store.engine}
        )
    if _order(manifest.version) > _order(__version__):
        raise CommandFailed(_("The backup was written by a newer version of Wurzelwerk."))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _refuse_missing_keys(manifest: Manifest, arguments: argparse.Namespace) -> bool:
    """Return whether the journals can be read afterwards; raise ``CommandFailed`` when nobody agreed that not."""
    folder: Path = arguments.keys_from or settings.KEY_FOLDER
    fits = not manifest.journal_key or fingerprint(folder / JOURNAL_FILE) == manifest.journal_key
    if not fits and not arguments.without_keys:
        raise CommandFailed(
            _(
                "%(folder)s does not hold the key of this backup's journals. Name the right folder with --keys-from,"
                " or restore without it by --without-keys."
            )
            % {"folder": folder}
        )
    return fits


def _refuse_data(store: Store) -> None:
    media = Path(settings.MEDIA_ROOT)
    has_media = media.exists() and any(path.is_file() for path in media.rglob("*"))
    if has_media or store.holds_tables():
        raise CommandFailed(_("There is data already; to replace it, say --replace. Nothing was changed."))


def _put_in_place(store: Store, source: Path, manifest: Manifest, aside: Path) -> None:
    """Unpack and prove everything beside the data first; only then change what is there."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    store.refuse_in_use()
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as name, progress_bar() as bar:
        folder = Path(name)
        unpacking = bar.add_task(_("Unpacking"), total=sum(entry.size for entry in manifest.files))
        extract(source, manifest, folder, lambda size: bar.advance(unpacking, size))
        store.refuse_in_use()
        store.put_back(folder / store.copy_name, manifest.tables, aside)
        _replace_media(folder / "media", aside)


def _replace_media(new: Path, aside: Path) -> None:
    media = Path(settings.MEDIA_ROOT)
    if media.exists() and any(media.iterdir()):
        aside.mkdir(mode=0o700, exist_ok=True)
        media.rename(aside / media.name)
    elif media.exists():
        media.rmdir()
    if new.exists():
        new.rename(media)
    else:
        media.mkdir(mode=0o700)


def _mark_demo(manifest: Manifest) -> None:
    stamp = settings.DATA / DEMO_FINISHED
    if manifest.is_demo:
        stamp.touch()
    else:
        stamp.unlink(missing_ok=True)
