"""The rules of conftest.py hold: each is shown to fail where it should."""

import logging
import socket
from datetime import timedelta

import pytest
import time_machine
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

from conftest import NOW, ErrorLog
from wurzelwerk.kernel import clock


def test_logged_errors_are_collected(error_log: ErrorLog) -> None:
    logging.getLogger("wurzelwerk.somewhere").error("the ring of %s broke", "Amira")

    assert error_log.messages == ["wurzelwerk.somewhere: the ring of Amira broke"]


def test_a_logged_warning_is_no_error(error_log: ErrorLog) -> None:
    logging.getLogger("wurzelwerk.somewhere").warning("careful")

    assert error_log.messages == []


def test_sockets_are_closed() -> None:
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9))


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_marked_tests_reach_this_machine_only() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_time_stands_still(frozen_time: time_machine.Traveller) -> None:
    assert clock.now() == NOW

    frozen_time.shift(timedelta(hours=2))

    assert clock.now() == NOW + timedelta(hours=2)
