import stat
from pathlib import Path

import pytest

from wurzelwerk.cli.key_copies import copy_keys, fingerprint, refuse_near
from wurzelwerk.cli.outcomes import CommandFailed


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "journal.key").write_text("first\n")
    (folder / "application.key").write_text("second\n")
    return folder


def test_copies_are_private(tmp_path: Path, keys: Path) -> None:
    copy_keys(keys, tmp_path / "safe")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "safe").iterdir()}
    assert modes == {"journal.key": 0o600, "application.key": 0o600}
    assert (tmp_path / "safe/journal.key").read_text() == "first\n"


def test_copying_again_changes_nothing(tmp_path: Path, keys: Path) -> None:
    copy_keys(keys, tmp_path / "safe")

    copy_keys(keys, tmp_path / "safe")

    assert sorted(path.name for path in (tmp_path / "safe").iterdir()) == ["application.key", "journal.key"]


def test_a_foreign_key_is_not_overwritten(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "safe").mkdir()
    (tmp_path / "safe/journal.key").write_text("another company's")

    with pytest.raises(CommandFailed, match="another installation"):
        copy_keys(keys, tmp_path / "safe")

    assert (tmp_path / "safe/journal.key").read_text() == "another company's"


def test_a_replaced_key_is_set_aside(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "safe").mkdir()
    (tmp_path / "safe/journal.key").write_text("older")

    copy_keys(keys, tmp_path / "safe", set_aside=tmp_path / "aside")

    assert (tmp_path / "safe/journal.key").read_text() == "first\n"
    assert (tmp_path / "aside/journal.key").read_text() == "older"


@pytest.mark.parametrize("place", ["data", "data/keys", "data/../data/deep/keys"])
def test_keys_do_not_lie_with_the_data(tmp_path: Path, place: str) -> None:
    with pytest.raises(CommandFailed, match="must not lie with the data"):
        refuse_near(tmp_path / place, tmp_path / "data")


def test_keys_may_lie_elsewhere(tmp_path: Path) -> None:
    refuse_near(tmp_path / "keys", tmp_path / "data")


def test_a_fingerprint_does_not_tell_the_key(keys: Path) -> None:
    found = fingerprint(keys / "journal.key")

    assert len(found) == 32
    assert "first" not in found
    assert found != fingerprint(keys / "application.key")
    assert fingerprint(keys / "missing.key") == ""
