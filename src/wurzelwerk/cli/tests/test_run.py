import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from wurzelwerk.cli.tests.calling import WORDS, call, environment

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]


def wait_for(what: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


class Running:
    """``wurzelwerk run`` as a person sees it: what it wrote, its address and its processes."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "output.txt"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [*WORDS, "run"], env=environment(folder / "data"), stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def written(self) -> str:
        return self.log.read_text()

    @property
    def address(self) -> str:
        port = re.findall(r"http://localhost:(\d+)", self.written)[0]
        return f"http://127.0.0.1:{port}"

    def children(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address, timeout=10):  # noqa: S310 - our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    found = Running(tmp_path)
    try:
        wait_for(lambda: "Stop with Ctrl-C" in found.written or found.process.poll() is not None)
        yield found
    finally:
        found.process.kill()
        found.process.wait()


def test_run_serves_revives_its_worker_and_stops_in_order(tmp_path: Path, running: Running) -> None:
    assert running.answers(), running.written
    assert {path.name: oct(path.stat().st_mode)[-3:] for path in (tmp_path / "data/keys").iterdir()} == {
        "application.key": "600",
        "journal.key": "600",
    }

    worker = next(child for child in psutil.Process(running.process.pid).children() if not child.children())
    worker.kill()
    wait_for(lambda: "worker process ended" in running.written)
    wait_for(lambda: len(psutil.Process(running.process.pid).children()) == 2)

    children = running.children()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=20) == 0
    assert [child for child in children if child.is_running()] == []
    assert "Traceback" not in running.written


def test_children_end_when_the_supervisor_is_killed(running: Running) -> None:
    children = running.children()
    assert len(children) >= 3

    running.process.kill()

    wait_for(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children))


def test_data_without_the_journals_key_never_start(tmp_path: Path, migrated: Path) -> None:
    shutil.copytree(migrated, tmp_path / "data")
    (tmp_path / "data/keys/journal.key").unlink()

    done = call(tmp_path / "data", "run")

    assert done.returncode == 1
    assert "journal.key is missing" in done.stderr
