"""Files with names of people never stay on the disk by accident."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from wurzelwerk.kernel import clock
from wurzelwerk.people import actions
from wurzelwerk.people.hr_import import forgetting, keeping
from wurzelwerk.people.models import PeopleImport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

CONTENT = b"Personalnummer;Vorname;Nachname;Gehalt\r\n1;Amira;Haddad;4711\r\n"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep files in a data folder of the test's own and return it."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    (tmp_path / "uploads").mkdir()
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", tmp_path / "uploads")
    return tmp_path


@pytest.mark.parametrize("fault", [OSError("disk full"), SystemExit()])
def test_nothing_stays_of_a_file_when_something_goes_wrong_after_storing_it(
    folders: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    def fail(_: Path) -> str:
        raise fault

    monkeypatch.setattr(keeping, "digest_of", fail)

    with pytest.raises(type(fault)):
        _bring([CONTENT])

    assert _files(folders) == []


def test_nothing_stays_of_an_upload_that_breaks_off(folders: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield CONTENT
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any
        _bring(broken())

    assert _files(folders) == []


def test_sweep_deletes_old_files_that_belong_to_no_import_and_keeps_the_others(folders: Path) -> None:
    kept = _bring([CONTENT])
    keeping.store("killed-long-ago", "uploaded", [CONTENT])
    keeping.store("just-coming", "uploaded", [CONTENT])
    (folders / "uploads" / "old.upload").write_bytes(CONTENT)
    (folders / "uploads" / "new.upload").write_bytes(CONTENT)
    (folders / "imports" / "command.lock").touch()
    for name in (f"imports/{kept.public_id}", "imports/killed-long-ago", "imports/command.lock", "uploads/old.upload"):
        _age(folders / name, days=2)
    for name in ("imports/just-coming", "uploads/new.upload"):
        _age(folders / name, days=0)

    swept = _sweep()

    assert swept["strays"] == 2
    assert _files(folders) == ["command.lock", "new.upload", "uploaded", "uploaded"]
    assert not (folders / "imports" / "killed-long-ago").exists()


def test_sweep_deletes_what_stayed_of_an_import_whose_files_are_gone(folders: Path) -> None:
    people_import = _bring([CONTENT])
    PeopleImport.objects.update(files_deleted_at=clock.now())
    _age(folders / "imports" / people_import.public_id, days=2)

    _sweep()

    assert _files(folders) == []


def test_sweep_of_an_installation_without_files_finds_nothing(folders: Path) -> None:
    (folders / "uploads").rmdir()

    assert _sweep()["strays"] == 0


def _bring(content: Any) -> PeopleImport:
    return actions.bring_people_file(by=None, file_name="people.csv", content=content)


def _sweep() -> dict[str, Any]:
    return forgetting.run_sweep(None, None)  # type: ignore[arg-type] # asks neither


def _age(path: Path, *, days: int) -> None:
    instant = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(path, (instant, instant))


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())
