"""Starts servers to be measured, asks them for pages and looks at the memory of all their processes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import psutil

MEGABYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent
START_WITHIN_SECONDS = 120
ASK_EVERY_SECONDS = 0.02
GOOD = 400


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: its port, its first process, and the seconds until its first page was whole."""

    port: int
    process: psutil.Process
    first_page_seconds: float

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        """Return status and body of a page, redirects followed."""
        return get(self.port, path, cookie)

    def memory(self) -> float:
        """Return the memory of all processes in megabytes; what they share counts once (proportional set size)."""
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(process.memory_full_info().pss for process in family)) / MEGABYTE


def get(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """Fetch a page of this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}", "Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
        target = answer.getheader("Location")
    finally:
        connection.close()
    return get(port, target, cookie) if target and target.startswith("/") else (answer.status, body)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def serving(words: list[str], port: int, variables: Mapping[str, str]) -> Iterator[Server]:
    """Start ``words`` and wait for the first page; stops everything it started."""
    started = perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, env=os.environ | variables, stdout=subprocess.DEVNULL)
    try:
        while (status := _first_status(port)) is None:
            if process.poll() is not None or perf_counter() - started > START_WITHIN_SECONDS:
                raise RuntimeError(f"{' '.join(words)} did not answer")
            sleep(ASK_EVERY_SECONDS)
        if status >= GOOD:
            raise RuntimeError(f"{' '.join(words)} answered with {status}")
        yield Server(port, psutil.Process(process.pid), perf_counter() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _first_status(port: int) -> int | None:
    try:
        return get(port, "/")[0]
    except OSError:
        return None


def product(data: Path, port: int) -> tuple[list[str], int, dict[str, str]]:
    """Return how to start the product with the demo company, for ``serving``."""
    words = [sys.executable, "-m", "wurzelwerk.cli.main", "run", "--demo", "--port", str(port)]
    return words, port, {"WURZELWERK_DATA": str(data)}


def bare_page(port: int) -> tuple[list[str], int, dict[str, str]]:
    """Return how to start the bare page on the same server with the same settings, for ``serving``."""
    options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws", "--http", "1", "--no-log"]
    # A worker that is told to stop before it has started does not hear it.
    options += ["--workers-kill-timeout", "2"]
    words = [sys.executable, "-m", "granian", *options, "--port", str(port), "bench.bare:application"]
    return words, port, {}
