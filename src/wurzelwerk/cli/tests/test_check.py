import argparse
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from time_machine import Traveller

from wurzelwerk.cli import check
from wurzelwerk.cli.check import Mark, examine, execute
from wurzelwerk.cli.outcomes import ExitCode
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.keyring import create_journal_key
from wurzelwerk.kernel.models import Schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _healthy(tmp_path: Path, settings: Settings, frozen_time: Traveller) -> None:
    """An installation whose worker has just run."""
    settings.DATA = tmp_path
    settings.KEY_FOLDER = tmp_path / "keys"
    create_journal_key(settings.KEY_FOLDER)
    Schedule.objects.create(kind="kernel.sweep", every_minutes=1, next_at=clock.now())


def marks() -> dict[str, Mark]:
    return {finding.subject: finding.mark for finding in examine()}


def test_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(argparse.Namespace()) == ExitCode.OK
    assert capsys.readouterr().out.splitlines() == [
        "✓ Settings: in order",
        "✓ Keys: present and private",
        f"✓ Disk: {free_megabytes()} MB free for data",
        f"✓ Database: up to date and durable ({connection.vendor})",
        "✓ Worker: running",
    ]


def free_megabytes() -> str:
    return next(finding.text.split()[0] for finding in examine() if finding.subject == "Disk")


def test_a_missing_key_is_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "keys/journal.key").unlink()

    assert execute(argparse.Namespace()) == ExitCode.FAILED
    assert "✗ Keys" in capsys.readouterr().out


def test_a_worker_that_lets_work_wait_needs_a_look(frozen_time: Traveller) -> None:
    frozen_time.shift(timedelta(minutes=6))

    assert marks()["Worker"] is Mark.LOOK
    assert execute(argparse.Namespace()) == ExitCode.PARTLY


def test_a_worker_that_never_ran_needs_a_look() -> None:
    Schedule.objects.all().delete()

    assert marks()["Worker"] is Mark.LOOK


def test_little_space_needs_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LEAST_FREE_MEGABYTES", 10**9)

    assert marks()["Disk"] is Mark.LOOK


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="A setting of SQLite.")
def test_a_database_that_can_lose_commits_is_bad() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        found = marks()
        cursor.execute("PRAGMA synchronous=FULL")

    assert found["Settings"] is Mark.BAD
