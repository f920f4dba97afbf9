"""Mails that tell of another e-mail address: everybody is told, whatever happens to the mail of one."""

from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people import mailing
from wurzelwerk.people.events import AddressesChanged, addresses_changed
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_address_that_the_mail_server_refuses_keeps_nobody_else_from_hearing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    persons = PersonFactory.create_batch(3)
    sent: list[str] = []

    def send(_subject: str, _text: str, _sender: str, to: list[str]) -> None:
        sent.extend(to)
        if to == ["1@firma.example"]:
            raise SMTPRecipientsRefused({})

    monkeypatch.setattr(mailing, "send_mail", send)
    monkeypatch.setattr(mailing, "_AT_ONCE", 2)

    heard: list[int] = []

    def hear(payload: AddressesChanged) -> None:
        heard.extend(payload.person_ids)

    addresses_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        _tell([(person.pk, f"{number}@firma.example") for number, person in enumerate(persons)])

    assert sent == ["0@firma.example", "1@firma.example", "2@firma.example"]
    assert heard == [person.pk for person in persons]


def test_work_that_was_interrupted_goes_on_with_those_who_were_not_told_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    persons = PersonFactory.create_batch(3)
    sent: list[str] = []

    def send(_subject: str, _text: str, _sender: str, to: list[str]) -> None:
        if to == ["2@firma.example"] and len(sent) == 2:
            sent.append("broken")
            raise ConnectionError
        sent.extend(to)

    monkeypatch.setattr(mailing, "send_mail", send)
    monkeypatch.setattr(mailing, "_AT_ONCE", 2)
    job = _job([(person.pk, f"{number}@firma.example") for number, person in enumerate(persons)])

    with pytest.raises(ConnectionError):
        mailing.run_address_mails(job, _no_progress())
    job.refresh_from_db()
    mailing.run_address_mails(job, _no_progress())

    assert sent == ["0@firma.example", "1@firma.example", "broken", "2@firma.example"]
    job.refresh_from_db()
    assert job.payload == {}


def _tell(old_addresses: list[tuple[int, str]]) -> None:
    run_job(_job(old_addresses).pk)


def _job(old_addresses: list[tuple[int, str]]) -> Job:
    mailing.start_address_mails(old_addresses)
    return Job.objects.get(kind=mailing.ADDRESS_MAILS)


def _no_progress() -> Any:
    return None
