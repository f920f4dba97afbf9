"""Backups of PostgreSQL; they run where the suite runs on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from wurzelwerk.cli.tests.calling import call

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Runs where the suite runs on PostgreSQL."),
]


@pytest.fixture
def url(worker_id: str) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    given = connection.settings_dict
    name = f"wurzelwerk_backup_{worker_id}"
    place = f"{given['HOST']}:{given['PORT'] or 5432}"
    with psycopg.connect(
        host=given["HOST"],
        port=given["PORT"] or 5432,
        user=given["USER"],
        password=given["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{given['USER']}:{given['PASSWORD']}@{place}/{name}"
        server.execute(f"DROP DATABASE {name}")


def schedules(url: str) -> list[str]:
    with psycopg.connect(url) as live:
        return [kind for (kind,) in live.execute("SELECT kind FROM kernel_schedule ORDER BY kind").fetchall()]


def add_schedule(url: str, kind: str) -> None:
    with psycopg.connect(url) as live:
        live.execute("INSERT INTO kernel_schedule (kind, every_minutes, next_at) VALUES (%s, 1, now())", [kind])


def test_a_backup_comes_back_whole(tmp_path: Path, url: str) -> None:
    data, backup = tmp_path / "data", tmp_path / "company.backup"
    assert call(data, "manage", "migrate", "--verbosity=0", DATABASE_URL=url).returncode == 0
    add_schedule(url, "first")
    saved = call(data, "backup", backup, DATABASE_URL=url)
    add_schedule(url, "second")

    refused = call(data, "restore", backup, DATABASE_URL=url)
    with psycopg.connect(url):
        in_use = call(data, "restore", backup, "--replace", DATABASE_URL=url)
    before = schedules(url)
    done = call(data, "restore", backup, "--replace", DATABASE_URL=url)

    assert (saved.returncode, refused.returncode, in_use.returncode, done.returncode) == (3, 1, 1, 0), done.stderr
    assert before == ["first", "second"]
    assert schedules(url) == ["first"]


def test_a_backup_of_another_engine_is_refused(tmp_path: Path, url: str, migrated: Path) -> None:
    backup = tmp_path / "company.backup"
    assert call(migrated, "backup", backup).returncode == 3

    done = call(tmp_path / "data", "restore", backup, "--without-keys", DATABASE_URL=url)

    assert done.returncode == 1
    assert "this installation runs on postgresql" in done.stderr
