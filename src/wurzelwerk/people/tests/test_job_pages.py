from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import JobKind, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.people.models import Person
from wurzelwerk.people.queries import job_view
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira_in(client: Client, amira: Person) -> Client:
    client.force_login(amira)
    return client


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    found = JobKind("test.work", "Count the roots", lambda job, progress: {}, result_url=lambda job: "/result")
    monkeypatch.setitem(job_kinds._entries, "test.work", found)  # noqa: SLF001 - a registry forgets nothing


def job_of(person: Person, **more: Any) -> Job:
    return Job.objects.create(kind="test.work", person_id=person.pk, **more)


@pytest.mark.usefixtures("kind")
def test_a_running_job_shows_how_far_it_is_and_asks_for_news(amira_in: Client, amira: Person) -> None:
    job = job_of(amira, state=JobState.RUNNING, done=30, total=60, note="Row 30")
    Job.objects.filter(pk=job.pk).update(created_at=clock.now() - timedelta(minutes=5))

    html = amira_in.get(f"/jobs/{job.public_id}").content.decode()

    assert "Count the roots" in html
    assert "Row 30" in html
    assert f'hx-get="/jobs/{job.public_id}"' in html
    assert 300 <= (job_view(Job.objects.get()).remaining_seconds or 0) <= 302
    part = amira_in.get(f"/jobs/{job.public_id}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="job"' in part


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize(
    "state,expected",
    [(JobState.DONE, 'href="/result"'), (JobState.FAILED, "Das ging schief"), (JobState.CANCELLED, "abgebrochen")],
)
def test_an_ended_job_shows_what_came_of_it(amira_in: Client, amira: Person, state: JobState, expected: str) -> None:
    job = job_of(amira, state=state, error="Das ging schief", finished_at=clock.now())

    html = amira_in.get(f"/jobs/{job.public_id}").content.decode()

    assert expected in html
    assert "hx-get" not in html.split('id="job"')[1].split("</div>")[0]


def test_a_job_of_a_kind_that_is_gone_can_still_be_seen(amira_in: Client, amira: Person) -> None:
    job = Job.objects.create(kind="gone.kind", person_id=amira.pk)

    assert "gone.kind" in amira_in.get(f"/jobs/{job.public_id}").content.decode()


@pytest.mark.usefixtures("kind")
def test_a_job_is_cancelled_and_started_again(
    amira_in: Client, amira: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = job_of(amira)

    cancelled = amira_in.post(f"/jobs/{job.public_id}/cancel")
    job.refresh_from_db()
    assert (cancelled.headers["Location"], job.state) == (f"/jobs/{job.public_id}", JobState.CANCELLED)

    with django_capture_on_commit_callbacks():
        amira_in.post(f"/jobs/{job.public_id}/retry")
    job.refresh_from_db()
    assert job.state == JobState.WAITING


@pytest.mark.usefixtures("kind")
def test_somebody_elses_job_is_not_there(amira_in: Client) -> None:
    job = job_of(PersonFactory())

    assert amira_in.get(f"/jobs/{job.public_id}").status_code == 404
    assert [amira_in.post(f"/jobs/{job.public_id}/{verb}").status_code for verb in ("cancel", "retry")] == [404, 404]
    job.refresh_from_db()
    assert job.state == JobState.WAITING
