"""Folders of the installation that others must not look into."""

import stat
from pathlib import Path

from wurzelwerk.config import settings
from wurzelwerk.config.folders import private_folder


def test_uploads_wait_inside_the_data_folder() -> None:
    assert settings.FILE_UPLOAD_TEMP_DIR == settings.DATA / "uploads"


def test_private_folder_is_closed_to_others_even_if_it_was_open(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir(mode=0o755)

    folders = [private_folder(tmp_path / name) for name in ("uploads", "new/one")]

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]


def test_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert not private_folder(tmp_path / "file" / "uploads").exists()
