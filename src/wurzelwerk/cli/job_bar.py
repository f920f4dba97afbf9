"""Runs a job from the terminal with a bar fed from its row; Ctrl-C asks the job to stop cleanly."""

import signal
import threading
from gettext import gettext as _
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from rich.progress import Progress

from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.terminal import counting_bar, say
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job

LOOK_EVERY_SECONDS = 0.3


def run_with_bar(job: Job, *, label: str) -> Job:
    """Run ``job`` in this process and return it as it ended; the bar shows ``done`` of ``total``.

    The first Ctrl-C requests cancellation, so that the work ends at a place it can be resumed from.
    """
    wants_stop, has_ended = threading.Event(), threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        wants_stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    with counting_bar() as bar:
        watching = threading.Thread(target=_watch, args=(job.pk, label, bar, wants_stop, has_ended), daemon=True)
        watching.start()
        try:
            run_job(job.pk)
        finally:
            has_ended.set()
            watching.join()
            signal.signal(signal.SIGINT, before)
    job.refresh_from_db()
    return job


def unfinished(job: Job) -> int:
    """Say why a job did not end well, and return the exit code; raises ``CommandFailed`` with its error."""
    if job.state == JobState.CANCELLED:
        say(_("Stopped; nothing was changed."))
        return ExitCode.INTERRUPTED
    if job.state == JobState.FAILED:
        raise CommandFailed(job.error)
    say(_("The worker goes on with it."))
    return ExitCode.PARTLY


def _watch(pk: int, label: str, bar: Progress, wants_stop: threading.Event, has_ended: threading.Event) -> None:
    """Copy the row's progress to the bar, on a connection of this thread's own, until the job has ended."""
    line = bar.add_task(label, total=None)
    while True:
        ended = has_ended.wait(LOOK_EVERY_SECONDS)
        try:
            row = Job.objects.filter(pk=pk).values("done", "total", "note").first()
            if wants_stop.is_set():
                Job.objects.filter(pk=pk, cancel_requested_at=None).update(cancel_requested_at=clock.now())
        except DatabaseError:
            row = None  # busy for a moment; the next look tells
        if row:
            text = f"{label}: {row['note']}" if row["note"] else label
            bar.update(line, completed=row["done"], total=row["total"] or None, description=text)
        if ended:
            break
        close_old_connections()
    connection.close()
