import random
from dataclasses import replace
from pathlib import Path

import pytest

from wurzelwerk.cli.archive import (
    Manifest,
    StoredFile,
    extract,
    read_manifest,
    verify_seal,
    write_archive,
)
from wurzelwerk.cli.outcomes import CommandFailed

MANIFEST = Manifest(
    made_at="2026-11-23T09:00:00+01:00",
    version="0.1.0",
    engine="sqlite",
    is_demo=False,
    journal_key="",
    tables={"a": 1},
)


@pytest.fixture
def contents(tmp_path: Path) -> list[tuple[str, Path]]:
    for name, content in (("database", b"x" * 5000), ("photo", b"Amira" * 300)):
        (tmp_path / name).write_bytes(content)
    return [("database.sqlite3", tmp_path / "database"), ("media/photo.png", tmp_path / "photo")]


@pytest.fixture
def archive(tmp_path: Path, contents: list[tuple[str, Path]]) -> Path:
    path = tmp_path / "company.backup"
    write_archive(path, MANIFEST, contents)
    return path


def test_what_was_written_comes_back(tmp_path: Path, archive: Path) -> None:
    verify_seal(archive)
    manifest = read_manifest(archive)
    extract(archive, manifest, tmp_path / "out")

    assert manifest.tables == {"a": 1}
    assert [(entry.name, entry.size) for entry in manifest.files] == [
        ("database.sqlite3", 5000),
        ("media/photo.png", 1500),
    ]
    assert (tmp_path / "out/database.sqlite3").read_bytes() == b"x" * 5000
    assert (tmp_path / "out/media/photo.png").read_bytes() == b"Amira" * 300


@pytest.mark.parametrize("seed", range(20))
def test_one_flipped_bit_is_found(archive: Path, seed: int) -> None:
    content = bytearray(archive.read_bytes())
    position = random.Random(seed).randrange(len(content) * 8)
    content[position // 8] ^= 1 << position % 8
    archive.write_bytes(content)

    with pytest.raises(CommandFailed, match="damaged"):
        verify_seal(archive)


@pytest.mark.parametrize("left", [0, 10, 98, 99, 5000])
def test_a_file_cut_short_is_found(archive: Path, left: int) -> None:
    archive.write_bytes(archive.read_bytes()[:left])

    with pytest.raises(CommandFailed, match="damaged"):
        verify_seal(archive)


def test_an_existing_file_is_not_overwritten(tmp_path: Path, contents: list[tuple[str, Path]]) -> None:
    path = tmp_path / "company.backup"
    path.write_text("older")

    with pytest.raises(CommandFailed, match="exists already"):
        write_archive(path, MANIFEST, contents)

    assert path.read_text() == "older"
    assert not (tmp_path / ".company.backup.draft").exists()


def test_a_failure_leaves_no_file_behind(tmp_path: Path, contents: list[tuple[str, Path]]) -> None:
    def fail(size: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_archive(tmp_path / "company.backup", MANIFEST, contents, fail)

    assert not list(tmp_path.glob("*.backup"))
    assert not list(tmp_path.glob(".*.draft"))


def test_a_file_that_vanished_meanwhile_is_left_out(tmp_path: Path, contents: list[tuple[str, Path]]) -> None:
    contents[1][1].unlink()

    manifest = write_archive(tmp_path / "company.backup", MANIFEST, contents)

    assert [entry.name for entry in manifest.files] == ["database.sqlite3"]


@pytest.mark.parametrize("name", ["../outside", "/outside", "media/../../outside"])
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, archive: Path, name: str) -> None:
    manifest = replace(MANIFEST, files=[StoredFile(name, 1, "")])

    with pytest.raises(CommandFailed, match="outside its folder"):
        extract(archive, manifest, tmp_path / "out")


def test_a_file_with_another_digest_is_refused(tmp_path: Path, archive: Path) -> None:
    manifest = replace(MANIFEST, files=[StoredFile("media/photo.png", 1500, "0" * 64)])

    with pytest.raises(CommandFailed, match=r"media/photo\.png of the backup is damaged"):
        extract(archive, manifest, tmp_path / "out")


def test_a_later_format_is_refused() -> None:
    text = MANIFEST.as_json().replace(b'"format": 1', b'"format": 2')

    with pytest.raises(CommandFailed, match="newer version"):
        Manifest.from_json(text)
