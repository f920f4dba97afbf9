import random

import pytest

from tests.durability.disk import Disk
from tests.durability.recording import Kind, Operation

NAME = "file"
AA, BB = b"a" * 512, b"b" * 512


def found_after(*operations: Operation, before: bytes | None = None) -> set[bytes | None]:
    """Return all that was found after two hundred power losses; None where there was no file."""
    chance, disk = random.Random(1), Disk({} if before is None else {NAME: before})
    for operation in operations:
        disk.do(operation)
    return {disk.after_power_loss(chance).get(NAME) for _ in range(200)}


def test_what_was_synced_stays() -> None:
    write, sync = Operation(Kind.WRITE, NAME, 2, b"new"), Operation(Kind.SYNC, NAME)

    assert found_after(write, sync, before=b"older") == {b"olnew"}


def test_an_unsynced_write_is_torn_between_sectors() -> None:
    write = Operation(Kind.WRITE, NAME, 0, BB + BB)

    assert found_after(write, before=AA + AA) == {AA + AA, AA + BB, BB + AA, BB + BB}


def test_sectors_lie_in_the_file_not_in_the_write() -> None:
    write = Operation(Kind.WRITE, NAME, 511, b"bb")

    assert found_after(write, before=AA + b"a") == {AA + b"a", AA + b"b", AA[1:] + b"ba", AA[1:] + b"bb"}


def test_a_gap_is_filled_with_zeros() -> None:
    assert found_after(Operation(Kind.WRITE, NAME, 3, b"b"), before=b"a") == {b"a", b"a\0\0b"}


@pytest.mark.parametrize("synced,expected", [(False, {b"abc", b"a"}), (True, {b"a"})])
def test_a_truncation_counts_once_it_is_synced(synced: bool, expected: set[bytes]) -> None:
    operations = [Operation(Kind.TRUNCATE, NAME, 1), *([Operation(Kind.SYNC, NAME)] if synced else [])]

    assert found_after(*operations, before=b"abc") == expected


def test_a_new_file_is_there_once_it_is_synced() -> None:
    create, sync = Operation(Kind.CREATE, NAME), Operation(Kind.SYNC, NAME)

    assert (found_after(create), found_after(create, sync)) == ({None, b""}, {b""})


def test_a_deleted_file_may_come_back_until_its_successor_is_synced() -> None:
    again = [Operation(Kind.DELETE, NAME), Operation(Kind.CREATE, NAME)]

    assert found_after(*again, before=b"old") == {b"old", None, b""}
    assert found_after(*again, Operation(Kind.SYNC, NAME), before=b"old") == {b""}


def test_marks_of_the_writer_change_nothing() -> None:
    assert found_after(Operation(Kind.STARTED, number=1), before=b"a") == {b"a"}
