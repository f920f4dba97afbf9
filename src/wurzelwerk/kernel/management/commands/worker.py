"""Runs jobs until it is stopped: the queue's worker, with the schedule ticking beside it."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from wurzelwerk.kernel.scheduling import tick, write_schedules

TICK_SECONDS = 10


class Command(BaseCommand):
    """Runs jobs and schedules."""

    help = "Runs jobs and schedules until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick in a thread, work in this one."""
        write_schedules()
        stopping = threading.Event()
        ticking = threading.Thread(target=self._tick_until, args=(stopping,), daemon=True)
        ticking.start()
        try:
            call_command("db_worker", interval=1.0, startup_delay=False)
        finally:
            stopping.set()
            ticking.join(timeout=TICK_SECONDS)

    def _tick_until(self, stopping: threading.Event) -> None:
        while not stopping.wait(TICK_SECONDS):
            tick()
            close_old_connections()
