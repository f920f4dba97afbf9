import argparse
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from wurzelwerk.cli import backup, restore
from wurzelwerk.cli.archive import read_manifest
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.preparing import DEMO_FINISHED
from wurzelwerk.cli.sqlite_store import SqliteStore
from wurzelwerk.cli.tests.calling import call
from wurzelwerk.kernel.keyring import create_journal_key

CLAUSES = {"replace": False, "keys_from": None, "without_keys": False, "verify_only": False}


class Place:
    """An installation in a folder: settings and commands point to it."""

    def __init__(self, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.settings, self.monkeypatch = folder, settings, monkeypatch
        self.enter()

    def enter(self) -> None:
        self.settings.DATA = self.folder
        self.settings.MEDIA_ROOT = self.folder / "media"
        self.settings.KEY_FOLDER = self.folder / "keys"
        for command in (backup, restore):
            self.monkeypatch.setattr(command, "configured_store", lambda: SqliteStore(self.database))

    @property
    def database(self) -> Path:
        return self.folder / "wurzelwerk.sqlite3"

    def write(self, text: str) -> None:
        with closing(sqlite3.connect(self.database)) as live:
            live.execute("CREATE TABLE IF NOT EXISTS entry (text TEXT)")
            live.execute("INSERT INTO entry VALUES (?)", [text])
            live.commit()

    def read(self, folder: Path | None = None) -> list[str]:
        with closing(sqlite3.connect((folder or self.folder) / "wurzelwerk.sqlite3")) as live:
            return [text for (text,) in live.execute("SELECT text FROM entry ORDER BY text")]

    def save(self, target: Path, keys_to: Path | None = None) -> int:
        return backup.execute(argparse.Namespace(target=target, keys_to=keys_to))

    def bring_back(self, source: Path, **clauses: object) -> int:
        return restore.execute(argparse.Namespace(source=source, **CLAUSES | clauses))


@pytest.fixture
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A company with one entry and one photo."""
    place = Place(tmp_path / "home", settings, monkeypatch)
    (place.folder / "media/photos").mkdir(parents=True)
    (place.folder / "media/photos/amira.png").write_bytes(b"a photo")
    create_journal_key(place.folder / "keys")
    place.write("first")
    return place


@pytest.fixture
def saved(tmp_path: Path, home: Place) -> Path:
    """A backup of it, the keys in the folder "safe"."""
    (tmp_path / "backups").mkdir()
    path = tmp_path / "backups/company.backup"
    assert home.save(path, tmp_path / "safe") == ExitCode.OK
    return path


@pytest.fixture
def elsewhere(tmp_path: Path, saved: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An empty installation."""
    return Place(tmp_path / "elsewhere", settings, monkeypatch)


def test_a_backup_is_restored_into_an_empty_installation(tmp_path: Path, saved: Path, elsewhere: Place) -> None:
    assert elsewhere.bring_back(saved, keys_from=tmp_path / "safe") == ExitCode.OK

    key = elsewhere.folder / "keys/journal.key"
    assert elsewhere.read() == ["first"]
    assert (elsewhere.folder / "media/photos/amira.png").read_bytes() == b"a photo"
    assert key.read_text() == (tmp_path / "home/keys/journal.key").read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert sorted(path.name for path in elsewhere.folder.iterdir()) == ["keys", "media", "wurzelwerk.sqlite3"]


def test_data_are_replaced_only_on_request_and_set_aside(home: Place, saved: Path) -> None:
    home.write("second")

    with pytest.raises(CommandFailed, match="Nothing was changed"):
        home.bring_back(saved)
    assert home.read() == ["first", "second"]

    assert home.bring_back(saved, replace=True) == ExitCode.OK
    aside = next(home.folder.glob("replaced-*"))
    assert home.read() == ["first"]
    assert home.read(aside) == ["first", "second"]
    assert (aside / "media/photos/amira.png").exists()


def test_photos_alone_are_data_too(saved: Path, elsewhere: Place, tmp_path: Path) -> None:
    (elsewhere.folder / "media").mkdir(parents=True)
    (elsewhere.folder / "media/ben.png").touch()

    with pytest.raises(CommandFailed, match="There is data already"):
        elsewhere.bring_back(saved, keys_from=tmp_path / "safe")


def test_a_damaged_backup_changes_nothing(home: Place, saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 1
    saved.write_bytes(content)
    home.write("second")

    with pytest.raises(CommandFailed, match="is damaged"):
        home.bring_back(saved, replace=True)

    assert home.read() == ["first", "second"]
    assert not list(home.folder.glob("replaced-*"))


def test_restoring_waits_for_the_application_to_stop(home: Place, saved: Path) -> None:
    with closing(sqlite3.connect(home.database)) as running:
        running.execute("PRAGMA journal_mode=WAL")
        running.execute("SELECT count(*) FROM entry").fetchone()

        with pytest.raises(CommandFailed, match="Wurzelwerk is running"):
            home.bring_back(saved, replace=True)

    assert home.read() == ["first"]


def test_journals_are_not_restored_without_their_key(
    saved: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandFailed, match="does not hold the key of this backup's journals"):
        elsewhere.bring_back(saved)

    assert elsewhere.bring_back(saved, without_keys=True) == ExitCode.PARTLY
    assert "stay closed" in capsys.readouterr().err
    assert elsewhere.read() == ["first"]


def test_verifying_changes_nothing(saved: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert elsewhere.bring_back(saved, verify_only=True) == ExitCode.OK

    assert "unharmed: 1 rows" in capsys.readouterr().out
    assert not elsewhere.folder.exists()


def test_keys_lie_apart_from_the_backup(tmp_path: Path, home: Place, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandFailed, match="must not lie with the data"):
        home.save(tmp_path, tmp_path / "keys")

    assert home.save(tmp_path) == ExitCode.PARTLY
    assert "The keys are not in it" in capsys.readouterr().err
    written = list(tmp_path.glob("wurzelwerk-*.backup"))
    assert len(written) == 1
    assert (home.folder / "keys/journal.key").read_bytes().strip() not in written[0].read_bytes()


def test_a_demo_company_stays_one(
    tmp_path: Path, home: Place, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.folder / DEMO_FINISHED).touch()
    (tmp_path / "backups").mkdir()
    home.save(tmp_path / "backups/demo.backup", tmp_path / "safe")
    place = Place(tmp_path / "elsewhere", settings, monkeypatch)

    place.bring_back(tmp_path / "backups/demo.backup", keys_from=tmp_path / "safe")

    assert (place.folder / DEMO_FINISHED).exists()


@pytest.mark.parametrize(
    "name,value,message",
    [("engine", "postgresql", "is one of postgresql"), ("version", "99.0", "newer version")],
)
def test_a_backup_that_does_not_fit_is_refused(
    home: Place, saved: Path, name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = read_manifest(saved)
    object.__setattr__(manifest, name, value)
    monkeypatch.setattr(restore, "read_manifest", lambda path: manifest)

    with pytest.raises(CommandFailed, match=message):
        home.bring_back(saved, replace=True)


@pytest.mark.parametrize(
    "target,message", [("nowhere/company.backup", "does not exist"), ("taken.backup", "exists already")]
)
def test_a_target_that_cannot_be_written_is_told(tmp_path: Path, home: Place, target: str, message: str) -> None:
    (tmp_path / "taken.backup").touch()

    with pytest.raises(CommandFailed, match=message):
        home.save(tmp_path / target)


def test_a_source_that_is_missing_is_told(tmp_path: Path, home: Place) -> None:
    with pytest.raises(CommandFailed, match="is no file"):
        home.bring_back(tmp_path / "nothing.backup")


def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, home: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=0))

    with pytest.raises(CommandFailed, match="Not enough space"):
        home.save(tmp_path / "company.backup")

    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.slow
def test_the_real_commands_save_and_bring_back_a_real_installation(tmp_path: Path, migrated: Path) -> None:
    (tmp_path / "backups").mkdir()
    backup_file = tmp_path / "backups/company.backup"

    saved = call(migrated, "backup", backup_file, "--keys-to", tmp_path / "safe")
    done = call(tmp_path / "fresh", "restore", backup_file, "--keys-from", tmp_path / "safe")

    assert (saved.returncode, done.returncode) == (0, 0), saved.stderr + done.stderr
    assert SqliteStore(tmp_path / "fresh/wurzelwerk.sqlite3").holds_tables()
