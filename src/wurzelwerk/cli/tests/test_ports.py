import socket
from collections.abc import Iterator

import pytest

from wurzelwerk.cli import ports
from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.cli.ports import first_free_port

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over(taken: int) -> None:
    assert first_free_port("127.0.0.1", taken) > taken


def test_a_free_port_is_taken(taken: int) -> None:
    free = first_free_port("127.0.0.1", taken)

    assert first_free_port("127.0.0.1", free) == free


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="This machine has no IPv6.")
def test_a_port_taken_on_ipv6_counts_as_taken() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        port = server.getsockname()[1]

        assert first_free_port("127.0.0.1", port) > port


def test_no_free_port_is_told(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "TRIES", 1)

    with pytest.raises(CommandFailed, match=f"No free port between {taken} and {taken}"):
        first_free_port("127.0.0.1", taken)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(CommandFailed, match="Cannot listen on"):
        first_free_port("192.0.2.1", 8000)
