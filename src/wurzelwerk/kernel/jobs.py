"""Long work as a row: progress, cancel, retry and schedule over the task queue.

A room registers a ``JobKind``; ``start_job`` writes the row and enqueues a messenger task that
carries only the row's key. The work reports through ``Progress`` and may be resumed: a job whose
worker died is started again and finds what it had finished in ``job.result``.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.kernel.verdict import Refused

logger = logging.getLogger(__name__)
WRITE_EVERY_SECONDS = 0.5
SILENT_AFTER = timedelta(seconds=90)
RETRY_AFTER = timedelta(seconds=30)


class JobCancelled(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Raised inside a job when its cancellation was requested; undo or stop cleanly."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """What a job does: ``run(job, progress)`` returns the result to keep (JSON).

    ``result_url(job)`` leads to what came out; ``attempts`` counts tries before it is parked.
    """

    key: str
    label: Promise | str
    run: Callable[[Job, "Progress"], dict[str, Any]]
    attempts: int = 3
    result_url: Callable[[Job], str] | None = None


job_kinds: Registry[JobKind] = Registry()


class Progress:
    """How far the work is; writes at most twice a second and notices a wish to cancel."""

    def __init__(self, job: Job) -> None:
        """Report on ``job``."""
        self.job = job
        self._written_at = 0.0

    def report(self, done: int, total: int | None = None, note: str = "", *, force: bool = False) -> None:
        """Show ``done`` of ``total``; raises ``JobCancelled`` when that was requested.

        Call it outside your own transaction, or others see it only when that commits.
        """
        if not force and monotonic() - self._written_at < WRITE_EVERY_SECONDS:
            return
        self._written_at = monotonic()
        self.job.done = done
        if total is not None:
            self.job.total = total
        self.job.note = note[:200]
        Job.objects.filter(pk=self.job.pk).update(
            done=self.job.done, total=self.job.total, note=self.job.note, heartbeat_at=clock.now()
        )
        if Job.objects.filter(pk=self.job.pk, cancel_requested_at__isnull=False).exists():
            raise JobCancelled

    def remember(self, **result: Any) -> None:
        """Keep what a restart needs (checkpoint) in the job's result."""
        self.job.result = {**self.job.result, **result}
        Job.objects.filter(pk=self.job.pk).update(result=self.job.result, heartbeat_at=clock.now())


def start_job(*, kind: str, by: Any, payload: dict[str, Any] | None = None) -> Job:
    """Write a job row and enqueue it once the transaction has committed."""
    job_kinds.get(kind)
    job = Job.objects.create(kind=kind, person_id=getattr(by, "pk", None), payload=payload or {})
    transaction.on_commit(lambda: run_job_task.enqueue(job.pk))
    return job


def request_cancel(*, job: Job, by: Any) -> None:
    """Ask a waiting or running job to stop; raises ``Refused`` for somebody else's job."""
    if job.person_id != by.pk:
        raise Refused(_("Only the person who started this can cancel it."))
    Job.objects.filter(pk=job.pk, finished_at=None).update(cancel_requested_at=clock.now())
    Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(state=JobState.CANCELLED, finished_at=clock.now())


def retry_job(*, job: Job, by: Any) -> None:
    """Start a failed or cancelled job again where it stopped."""
    if job.person_id != by.pk:
        raise Refused(_("Only the person who started this can start it again."))
    again = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED)).update(
        state=JobState.WAITING, attempts=0, error="", cancel_requested_at=None, finished_at=None
    )
    if again:
        transaction.on_commit(lambda: run_job_task.enqueue(job.pk))


@task()
def run_job_task(job_pk: int) -> None:
    """Carry the key of a job to ``run_job``."""
    run_job(job_pk)


def run_job(job_pk: int) -> Job | None:
    """Claim the job and run it; return it afterwards, or None when somebody else has it."""
    claimed = Job.objects.filter(pk=job_pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, heartbeat_at=clock.now()
    )
    if not claimed:
        return None
    job = Job.objects.get(pk=job_pk)
    kind = job_kinds.get(job.kind)
    try:
        result = kind.run(job, Progress(job))
    except JobCancelled:
        _finish(job, JobState.CANCELLED)
    except Refused as refusal:
        _finish(job, JobState.FAILED, error=str(refusal.reason))
    except Exception:
        logger.exception("job %s (%s) failed in attempt %s", job.public_id, job.kind, job.attempts)
        _retry_or_park(job, kind)
    else:
        _finish(job, JobState.DONE, result={**job.result, **result})
    return job


def revive_silent_jobs() -> int:
    """Start again the jobs whose worker fell silent, and the retries that are due."""
    now = clock.now()
    silent = Q(state=JobState.RUNNING, heartbeat_at__lt=now - SILENT_AFTER)
    Job.objects.filter(silent).update(state=JobState.WAITING, run_after=now)
    due = list(Job.objects.filter(state=JobState.WAITING, run_after__lte=now).values_list("pk", flat=True))
    Job.objects.filter(pk__in=due).update(run_after=None)
    for job_pk in due:
        run_job_task.enqueue(job_pk)
    return len(due)


def _retry_or_park(job: Job, kind: JobKind) -> None:
    if job.attempts < kind.attempts:
        Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, run_after=clock.now() + RETRY_AFTER * job.attempts)
        return
    _finish(
        job,
        JobState.FAILED,
        error=str(_("An unexpected error stopped this. Please try again or ask an administrator.")),
    )


def _finish(job: Job, state: JobState, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    job.state, job.error, job.finished_at = state, error, clock.now()
    job.result = job.result if result is None else result
    job.done = job.total if state is JobState.DONE and job.total else job.done
    job.save(update_fields=["state", "error", "finished_at", "result", "done"])
