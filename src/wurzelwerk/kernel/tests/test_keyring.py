"""Key files: private, created once, missed loudly."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wurzelwerk.kernel.keyring import KeyFileError, application_secret, create_journal_key, journal_key


def test_a_key_file_is_private_and_stays_the_same(tmp_path: Path) -> None:
    first = application_secret(tmp_path / "keys")

    path = tmp_path / "keys" / "application.key"
    assert application_secret(tmp_path / "keys") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first) >= 60


def test_two_starters_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _turn: application_secret(tmp_path), range(16)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["application.key"]


def test_the_journals_key_is_read_back(tmp_path: Path) -> None:
    path = create_journal_key(tmp_path)

    assert journal_key(tmp_path) == path.read_bytes().strip()


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="missing"):
        journal_key(tmp_path)


def test_a_key_others_can_read_is_refused(tmp_path: Path) -> None:
    create_journal_key(tmp_path).chmod(0o644)

    with pytest.raises(KeyFileError, match="chmod 600"):
        journal_key(tmp_path)
