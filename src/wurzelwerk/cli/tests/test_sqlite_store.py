import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest

from wurzelwerk.cli import sqlite_store
from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.cli.sqlite_store import SqliteStore, rows_of


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A database of several megabytes whose two tables always hold the same number of rows."""
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE gave (text TEXT)")
        connection.execute("CREATE TABLE took (text TEXT)")
        connection.executemany("INSERT INTO gave VALUES (?)", [("x" * 2000,)] * 2000)
        connection.execute("INSERT INTO took SELECT text FROM gave")
        connection.commit()
    return path


@pytest.fixture
def writer(live: Path) -> Iterator[list[int]]:
    """Somebody who keeps writing to both tables; the list counts the commits acknowledged."""
    stop, commits = threading.Event(), [0]

    def write() -> None:
        with closing(sqlite3.connect(live, timeout=20, isolation_level=None)) as connection:
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO gave VALUES ('y')")
                connection.execute("INSERT INTO took VALUES ('y')")
                connection.execute("COMMIT")
                commits[0] += 1

    thread = threading.Thread(target=write)
    thread.start()
    yield commits
    stop.set()
    thread.join()


def test_a_copy_is_one_moment_while_others_write(
    tmp_path: Path, live: Path, writer: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "PAGES_AT_ONCE", 100)
    during = []

    def look(done: int, total: int) -> None:
        during.append(writer[0])
        sleep(0.005)

    tables = SqliteStore(live).copy(tmp_path / "copy", look)

    assert tables["gave"] == tables["took"] >= 2000
    assert rows_of(tmp_path / "copy") == tables
    assert during[-1] > during[0], "nobody wrote meanwhile; the test proves nothing"


def test_progress_ends_at_the_whole(tmp_path: Path, live: Path) -> None:
    told: list[tuple[int, int]] = []

    SqliteStore(live).copy(tmp_path / "copy", lambda done, total: told.append((done, total)))

    assert told[-1][0] == told[-1][1] > 0


def test_a_copy_is_a_single_file(tmp_path: Path, live: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()

    SqliteStore(live).copy(folder / "copy", lambda done, total: None)

    assert [path.name for path in folder.iterdir()] == ["copy"]


def test_a_damaged_database_is_found(tmp_path: Path, live: Path) -> None:
    SqliteStore(live).copy(tmp_path / "copy", lambda done, total: None)
    content = bytearray((tmp_path / "copy").read_bytes())
    content[4096:8192] = b"\xff" * 4096
    (tmp_path / "copy").write_bytes(content)

    with pytest.raises(CommandFailed, match="damaged"):
        rows_of(tmp_path / "copy")


def test_what_is_no_database_is_found(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello" * 1000)

    with pytest.raises(CommandFailed, match="damaged"):
        rows_of(tmp_path / "text")


def test_a_database_in_use_is_left_alone(live: Path) -> None:
    with closing(sqlite3.connect(live)) as other:
        other.execute("SELECT count(*) FROM gave").fetchone()

        with pytest.raises(CommandFailed, match="is running"):
            SqliteStore(live).refuse_in_use()

    SqliteStore(live).refuse_in_use()


def test_an_empty_store_holds_nothing(tmp_path: Path, live: Path) -> None:
    sqlite3.connect(tmp_path / "new").close()

    assert [SqliteStore(path).holds_tables() for path in (tmp_path / "absent", tmp_path / "new", live)] == [
        False,
        False,
        True,
    ]
    SqliteStore(tmp_path / "absent").refuse_in_use()


def test_nothing_to_copy_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="no data yet"):
        SqliteStore(tmp_path / "absent").copy(tmp_path / "copy", lambda done, total: None)


def test_a_copy_with_other_rows_is_not_put_back(tmp_path: Path, live: Path) -> None:
    store = SqliteStore(live)
    tables = store.copy(tmp_path / "copy", lambda done, total: None)

    with pytest.raises(CommandFailed, match="do not have the rows they had: gave, thanks"):
        store.put_back(tmp_path / "copy", tables | {"gave": 1, "thanks": 2}, tmp_path / "aside")

    assert not (tmp_path / "aside").exists()
    assert rows_of(live) == tables
