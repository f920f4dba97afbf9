from pathlib import Path

import pytest

from wurzelwerk.cli.tests.calling import call
from wurzelwerk.kernel.keyring import create_journal_key


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal ask for English, whatever this machine's does."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all tables and keys; copy it, never write to it."""
    data = tmp_path_factory.mktemp("installation") / "data"
    data.mkdir()
    done = call(data, "manage", "migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    create_journal_key(data / "keys")
    return data
