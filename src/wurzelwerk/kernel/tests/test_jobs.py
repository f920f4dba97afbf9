"""Long work: claimed once, reported, cancelled, retried, revived, and started by the clock."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from wurzelwerk.kernel import clock, jobs, scheduling
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.housekeeping import run_seal_audit, run_sweep
from wurzelwerk.kernel.jobs import JobCancelled, JobKind, Progress, job_kinds, run_job
from wurzelwerk.kernel.models import IdempotencyKey, Job, Schedule
from wurzelwerk.kernel.tests.somebody import somebody
from wurzelwerk.kernel.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind() -> Iterator[Callable[[Callable[..., dict[str, Any]]], None]]:
    """Register a job kind "test" that runs what the test gives."""

    def register(run: Callable[..., dict[str, Any]]) -> None:
        job_kinds._entries["test"] = JobKind("test", "Test", run, attempts=2)  # noqa: SLF001

    yield register
    job_kinds._entries.pop("test", None)  # noqa: SLF001


def waiting(**fields: Any) -> Job:
    return Job.objects.create(kind="test", **fields)


def test_a_job_runs_once_and_keeps_its_result(kind: Any) -> None:
    kind(lambda job, progress: {"found": 3})
    job = waiting()

    finished, again = run_job(job.pk), run_job(job.pk)

    assert again is None
    assert finished is not None
    assert (finished.state, finished.result, finished.is_over) == (JobState.DONE, {"found": 3}, True)


def test_starting_writes_the_row_and_knows_the_kind(kind: Any) -> None:
    kind(lambda job, progress: {})
    person = somebody()

    job = jobs.start_job(kind="test", by=person, payload={"file": "a"})

    assert (job.person_id, job.payload, job.state) == (person.pk, {"file": "a"}, JobState.WAITING)
    with pytest.raises(KeyError):
        jobs.start_job(kind="none", by=person)


def test_progress_is_written_and_read_in_percent(kind: Any) -> None:
    def work(job: Job, progress: Progress) -> dict[str, Any]:
        progress.report(5, 20, "rows", force=True)
        progress.report(6, 20)
        progress.remember(last=6)
        return {}

    kind(work)
    job = waiting()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.total, job.note, job.result, job.percent) == (20, "rows", {"last": 6}, 100)
    assert Job().percent is None


def test_a_wish_to_cancel_is_noticed_at_the_next_report(kind: Any) -> None:
    person = somebody()

    def work(job: Job, progress: Progress) -> dict[str, Any]:
        jobs.request_cancel(job=job, by=person)
        progress.report(1, 2, force=True)
        raise AssertionError

    kind(work)
    job = waiting(person_id=person.pk)

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_waiting_job_is_cancelled_at_once_and_only_by_its_owner() -> None:
    owner, other = somebody(), somebody()
    job = waiting(person_id=owner.pk)

    for act in (jobs.request_cancel, jobs.retry_job):
        with pytest.raises(Refused):
            act(job=job, by=other)
    jobs.request_cancel(job=job, by=owner)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_refusal_ends_the_job_with_its_sentence(kind: Any) -> None:
    def work(job: Job, progress: Progress) -> dict[str, Any]:
        raise Refused("The file is empty.")

    kind(work)
    job = waiting()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "The file is empty.")


def test_an_unexpected_error_is_tried_again_and_then_parked(kind: Any, error_log: Any) -> None:
    def work(job: Job, progress: Progress) -> dict[str, Any]:
        raise ZeroDivisionError

    kind(work)
    job = waiting()

    run_job(job.pk)
    job.refresh_from_db()
    first = (job.state, job.run_after is not None)
    run_job(job.pk)

    job.refresh_from_db()
    assert (first, job.state, bool(job.error)) == ((JobState.WAITING, True), JobState.FAILED, True)
    assert len(error_log.messages) == 2


def test_a_failed_job_can_be_started_again_by_its_owner(kind: Any) -> None:
    kind(lambda job, progress: {})
    owner = somebody()
    job = waiting(person_id=owner.pk, state=JobState.FAILED, error="x", attempts=2)

    jobs.retry_job(job=job, by=owner)

    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (JobState.WAITING, "", 0)


def test_silent_and_due_jobs_are_started_again(kind: Any) -> None:
    kind(lambda job, progress: {})
    now = clock.now()
    waiting(state=JobState.RUNNING, heartbeat_at=now - timedelta(hours=1))
    waiting(run_after=now - timedelta(seconds=1))
    waiting(run_after=now + timedelta(hours=1))
    waiting(state=JobState.RUNNING, heartbeat_at=now)

    assert jobs.revive_silent_jobs() == 2


def test_cancelled_is_no_error() -> None:
    assert not issubclass(JobCancelled, RuntimeError)


def test_a_schedule_fires_once_and_moves_on(kind: Any) -> None:
    scheduling.write_schedules()
    kinds = set(scheduling.schedules.keys())

    fired, again = scheduling.tick(), scheduling.tick()

    assert set(Schedule.objects.values_list("kind", flat=True)) == kinds
    assert (fired, again) == (len(kinds), 0)
    assert Job.objects.count() == len(kinds)


def test_schedules_no_room_registers_any_more_are_removed() -> None:
    Schedule.objects.create(kind="gone", every_minutes=5, next_at=clock.now())

    scheduling.write_schedules()

    assert not Schedule.objects.filter(kind="gone").exists()


def test_sweeping_removes_what_is_past_its_time() -> None:
    now = clock.now()
    waiting(finished_at=now - timedelta(days=31), person_id=1, state=JobState.DONE)
    waiting(finished_at=now - timedelta(hours=2), state=JobState.DONE)
    kept = waiting(finished_at=now - timedelta(days=1), person_id=1, state=JobState.DONE)
    old = IdempotencyKey.objects.create(key="1:a", person_id=1, action="x")
    IdempotencyKey.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=3))

    result = run_sweep(Job(), Progress(Job()))

    assert result == {"jobs": 2, "keys": 1}
    assert list(Job.objects.values_list("pk", flat=True)) == [kept.pk]


def test_sealing_runs_as_a_job() -> None:
    assert run_seal_audit(Job(), Progress(Job())) == {"sealed": 0}
