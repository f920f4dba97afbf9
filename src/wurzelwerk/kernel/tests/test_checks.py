"""The application refuses to start where acknowledged data could be lost."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from wurzelwerk.kernel.checks import check_durability, check_journal_key

pytestmark = pytest.mark.django_db


def test_the_databases_of_the_settings_are_durable() -> None:
    assert check_durability(None, databases=["default"]) == []
    assert check_durability(None) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
def test_synchronous_below_full_is_an_error() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        before = cursor.fetchone()[0]

    assert before == 2


def test_a_missing_journal_key_is_an_error(tmp_path: Path) -> None:
    with override_settings(KEY_FOLDER=tmp_path):
        assert [error.id for error in check_journal_key(None)] == ["wurzelwerk.E003"]
