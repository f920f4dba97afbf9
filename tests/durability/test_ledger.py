import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.durability.ledger import COUNT, ENTRY, SCHEMA, entries, faults


@pytest.fixture
def ledger() -> Iterator[sqlite3.Connection]:
    """Three whole transactions."""
    connection = sqlite3.connect(":memory:")
    for statement in SCHEMA:
        connection.execute(statement)
    for number in (1, 2, 3):
        connection.executemany(ENTRY, entries(number))
    connection.execute(COUNT, [3])
    yield connection
    connection.close()


@pytest.mark.parametrize("acknowledged,started", [(3, 3), (2, 3), (3, 4)])
def test_whole_transactions_are_in_order(ledger: sqlite3.Connection, acknowledged: int, started: int) -> None:
    assert faults(ledger, acknowledged=acknowledged, started=started) == []


def test_an_acknowledged_transaction_at_the_end_is_missed(ledger: sqlite3.Connection) -> None:
    assert faults(ledger, acknowledged=4, started=4) == ["lost: 4"]


def test_an_acknowledged_transaction_in_the_middle_is_missed(ledger: sqlite3.Connection) -> None:
    ledger.execute("DELETE FROM entry WHERE number = 2")

    assert faults(ledger, acknowledged=3, started=3) == ["lost: 2"]


def test_a_missing_row_is_a_torn_transaction(ledger: sqlite3.Connection) -> None:
    ledger.execute("DELETE FROM entry WHERE number = 3 AND part = 1")

    assert faults(ledger, acknowledged=2, started=3) == ["torn: 3 has 3 of 4 entries, or other content"]


def test_other_content_is_a_torn_transaction(ledger: sqlite3.Connection) -> None:
    ledger.execute("UPDATE entry SET payload = x'00' WHERE number = 1 AND part = 0")

    assert faults(ledger, acknowledged=3, started=3) == ["torn: 1 has 4 of 4 entries, or other content"]


def test_a_counter_that_stayed_behind_is_a_torn_transaction(ledger: sqlite3.Connection) -> None:
    ledger.execute(COUNT, [2])

    assert faults(ledger, acknowledged=3, started=3) == ["torn: the counter says [(2,)]"]


def test_a_transaction_that_nobody_wrote_is_noticed(ledger: sqlite3.Connection) -> None:
    assert faults(ledger, acknowledged=2, started=2) == ["never written: 3"]


def test_an_index_that_lacks_a_row_is_noticed(ledger: sqlite3.Connection) -> None:
    ledger.execute("PRAGMA writable_schema = ON")
    ledger.execute("CREATE INDEX late ON counter (number) WHERE number < 0")
    ledger.execute("UPDATE sqlite_schema SET sql = 'CREATE INDEX late ON counter (number)' WHERE name = 'late'")
    ledger.execute("PRAGMA writable_schema = RESET")

    assert [fault.partition(":")[0] for fault in faults(ledger, acknowledged=3, started=3)] == ["corrupt", "corrupt"]


def test_a_file_that_is_no_database_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite3").write_bytes(b"SQLite format 3\x00" + bytes(5000))

    with closing(sqlite3.connect(tmp_path / "broken.sqlite3")) as broken:
        assert faults(broken, acknowledged=0, started=0) == ["unreadable: file is not a database"]
