from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from pytest_django import Settings

from wurzelwerk.cli import preparing
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.tests import small_company
from wurzelwerk.kernel.keyring import create_journal_key


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """An empty data folder that the settings point to, and a demo company of one."""
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA / "media"
    settings.STATIC_ROOT = settings.DATA / "static"
    settings.KEY_FOLDER = settings.DATA / "keys"
    preparing.make_folders()
    create_journal_key(settings.KEY_FOLDER)
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def _small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "DEMO_ROOM", "wurzelwerk.cli.tests")
    monkeypatch.setattr(preparing, "DEMO_ACTIONS", small_company.__name__)


def staff() -> list[str]:
    return list(get_user_model()._default_manager.values_list("staff_number", flat=True))


@pytest.mark.django_db
def test_the_demo_company_is_built_once(data: Path) -> None:
    preparing.build_demo_once()
    preparing.build_demo_once()

    assert staff() == ["A1"]


@pytest.mark.django_db
def test_the_demo_company_never_meets_real_people(data: Path) -> None:
    small_company.build_demo_company(report=lambda done, total: None)

    with pytest.raises(CommandFailed, match="real company"):
        preparing.build_demo_once()


@pytest.mark.django_db(transaction=True)
def test_a_building_that_was_killed_begins_again(data: Path) -> None:
    small_company.build_demo_company(report=lambda done, total: None)
    (data / preparing.DEMO_STARTED).touch()

    preparing.build_demo_once()

    assert staff() == ["A1"]
    assert (data / preparing.DEMO_FINISHED).exists()


@pytest.mark.django_db
def test_a_missing_demo_room_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preparing, "DEMO_ACTIONS", "wurzelwerk.cli.tests.nowhere")

    preparing.build_demo_once()

    assert "no demo company" in capsys.readouterr().err
    assert staff() == []


@pytest.mark.django_db
def test_everything_is_prepared(data: Path) -> None:
    assert preparing.prepare(with_demo=True) is ExitCode.OK

    assert (data / "static" / preparing.STATIC_STAMP).exists()
    assert staff() == ["A1"]


@pytest.mark.django_db
def test_static_files_are_gathered_only_when_they_changed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    preparing.gather_static_files()
    first = capsys.readouterr().out
    preparing.gather_static_files()
    second = capsys.readouterr().out
    (data / "static" / preparing.STATIC_STAMP).write_text("older")
    preparing.gather_static_files()

    assert [first, second, capsys.readouterr().out] == ["Preparing style sheets and scripts ...\n", "", first]


@pytest.mark.django_db
def test_data_without_the_journals_key_are_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "keys/journal.key").unlink()

    assert preparing.prepare(with_demo=False) is ExitCode.FAILED
    assert "journal.key is missing" in capsys.readouterr().err
    assert not (data / "keys/journal.key").exists()


@pytest.mark.django_db
def test_a_key_that_others_can_read_is_refused(data: Path) -> None:
    (data / "keys/journal.key").chmod(0o644)

    with pytest.raises(CommandFailed, match="can be read by others"):
        preparing.refuse_unsafe_settings()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").touch()
    settings.DATA = tmp_path / "file" / "data"

    with pytest.raises(CommandFailed, match="cannot be written"):
        preparing.make_folders()


def test_the_cast_is_complete() -> None:
    assert [name for name, _what in preparing.cast()] == ["Amira", "Ben", "Clara", "David", "Eva", "Felix", "Greta"]
