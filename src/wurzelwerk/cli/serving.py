"""The two processes of an installation: the web server and the worker that runs jobs and schedules."""

import http.client
import logging
from collections.abc import Callable
from time import monotonic, sleep

from django.core.management import call_command
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

ASK_EVERY_SECONDS = 0.1
THREAD_IDLE_SECONDS = 600


def serve(host: str, port: int, workers: int) -> None:
    """Serve pages until a signal; one blocking thread per process, measured to be the cheapest for Django."""
    Granian(
        "wurzelwerk.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        blocking_threads_idle_timeout=THREAD_IDLE_SECONDS,
        runtime_blocking_threads=2,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def run_jobs() -> None:
    """Run jobs and schedules until a signal."""
    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
    call_command("worker", verbosity=0)


def wait_until_answering(host: str, port: int, seconds: float, is_stopping: Callable[[], bool]) -> int | None:
    """Ask for the first page until there is an answer; return its HTTP status, or None when there is none."""
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - asked, not bound
    deadline = monotonic() + seconds
    while monotonic() < deadline and not is_stopping():
        connection = http.client.HTTPConnection(reachable, port, timeout=seconds)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            return connection.getresponse().status
        except OSError:
            sleep(ASK_EVERY_SECONDS)
        finally:
            connection.close()
    return None
