"""The audit chain and forms that are sent twice."""

import pytest

from wurzelwerk.kernel.audit import first_broken_block, record_audit, seal_audit
from wurzelwerk.kernel.idempotency import once
from wurzelwerk.kernel.models import AuditBlock, AuditEntry, Job
from wurzelwerk.kernel.tests.somebody import somebody

pytestmark = pytest.mark.django_db


def some_entries(count: int = 3) -> None:
    person = somebody()
    for number in range(count):
        record_audit(by=person, verb="test.do", subject=Job.objects.create(kind="x"), details={"number": number})


def test_an_entry_names_who_what_and_which() -> None:
    person, job = somebody(), Job.objects.create(kind="x")

    record_audit(by=person, verb="test.do", subject=job)
    record_audit(by=None, verb="test.alone")

    assert list(AuditEntry.objects.order_by("pk").values_list("person_id", "subject_type", "subject_id")) == [
        (person.pk, "kernel.job", job.public_id),
        (None, "", ""),
    ]


def test_sealing_chains_what_is_new() -> None:
    some_entries(2)
    first = seal_audit()
    some_entries(1)
    second, third = seal_audit(), seal_audit()

    blocks = list(AuditBlock.objects.order_by("pk"))
    assert (first, second, third) == (2, 1, 0)
    assert blocks[1].previous_hash == blocks[0].block_hash
    assert first_broken_block() is None


def test_a_changed_entry_breaks_its_block() -> None:
    some_entries()
    seal_audit()

    AuditEntry.objects.filter(details={"number": 1}).update(verb="test.other")

    assert first_broken_block() == AuditBlock.objects.get()


def test_a_changed_block_is_found() -> None:
    some_entries()
    seal_audit()

    AuditBlock.objects.update(entry_hashes=["0"])

    assert first_broken_block() is not None


def test_an_entry_deleted_after_its_time_leaves_the_chain_whole() -> None:
    some_entries()
    seal_audit()

    AuditEntry.objects.filter(details={"number": 0}).delete()

    assert first_broken_block() is None


def test_once_runs_once_and_answers_the_same() -> None:
    person, calls = somebody(), []

    def act() -> str:
        calls.append(1)
        return f"/thing/{len(calls)}"

    answers = [once(key="k", by=person, action="test", run=act) for _turn in range(2)]

    assert (answers, len(calls)) == (["/thing/1", "/thing/1"], 1)


def test_the_key_of_one_person_is_not_that_of_another() -> None:
    first, second = somebody(), somebody()

    answers = [
        once(key="k", by=first, action="test", run=lambda: "/1"),
        once(key="k", by=second, action="test", run=lambda: "/2"),
    ]

    assert answers == ["/1", "/2"]


def test_without_a_key_it_simply_runs() -> None:
    assert once(key="", by=somebody(), action="test", run=lambda: "/x") == "/x"


def test_a_failed_act_leaves_the_key_free() -> None:
    person = somebody()

    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(key="k", by=person, action="test", run=fail)

    assert once(key="k", by=person, action="test", run=lambda: "/done") == "/done"
