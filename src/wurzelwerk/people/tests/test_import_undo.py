from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import JobCancelled, Progress
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState, Role
from wurzelwerk.people.events import PersonAccess, person_deactivated, person_reactivated
from wurzelwerk.people.hr_import import applying, bulk, forgetting, running
from wurzelwerk.people.hr_import.keeping import folder_of
from wurzelwerk.people.hr_import.steps import TakenOver
from wurzelwerk.people.models import (
    Employment,
    ImportBefore,
    ImportCorrection,
    ImportRow,
    JobRole,
    OrgUnit,
    PeopleImport,
    Person,
    RoleGrant,
    Site,
    WorkPattern,
)
from wurzelwerk.people.tests.factories import EmploymentFactory, PersonFactory
from wurzelwerk.people.tests.people_files import (
    applied,
    apply,
    checked,
    company,
    finish,
    half_applied,
    kinds_of,
    undone,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

FULL = """
Personalnummer;Vorname;Nachname;E-Mail;Organisationspfad;Stelle;Standort;Arbeitszeitmodell;Vorgesetzte;Eintritt
1;Clara;Vogt;c@example.org;Werk / Produktion;Leitung;Nord;Vollzeit;;
2;Amira;Haddad;a@example.org;Werk / Produktion / Linie 3;Mechanik;Nord;Vollzeit;1;1.3.2020
3;Ben;Krüger;b@example.org;Werk / Vertrieb;Vertrieb;Süd;Teilzeit 20 h;1;
"""
NEXT = """
Personalnummer;Vorname;Nachname;E-Mail;Organisationspfad;Stelle;Standort;Arbeitszeitmodell;Vorgesetzte;Eintritt
2;Amira;Haddad-Vogt;a@example.org;Werk / Vertrieb / Innendienst;Vertrieb;Süd;Teilzeit 20 h;4;1.3.2020
3;Ben;Krüger;b@example.org;Werk / Vertrieb;Vertrieb;Süd;Teilzeit 20 h;2;
4;David;Lenz;;Werk / Lager;Lager;West;Vollzeit;;
5;Eva;Sommer;;Werk / Lager;Lager;West;Vollzeit;4;
"""


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """Return whose account was closed or opened, as other rooms hear it."""
    news: list[tuple[str, int]] = []

    def closed(payload: PersonAccess) -> None:
        news.append(("closed", payload.person_id))

    def opened(payload: PersonAccess) -> None:
        news.append(("opened", payload.person_id))

    person_deactivated.connect(closed)
    person_reactivated.connect(opened)
    yield news
    news.clear()


def test_first_import_is_taken_back_to_nothing(tmp_path: Path) -> None:
    people_import = undone(applied(write(tmp_path, FULL)))

    assert people_import.state == ImportState.UNDONE
    assert people_import.undone_at is not None
    counts = [model._default_manager.count() for model in (Person, Employment, OrgUnit, JobRole, Site, WorkPattern)]
    assert counts == [0, 0, 0, 0, 0, 0]


def test_everything_changed_becomes_as_it_was(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))
    Person.objects.filter(staff_number="3").update(
        is_active=False, deactivated_at="2026-01-01T00:00Z", left_on="2026-01-01"
    )
    before, units = company(), list(OrgUnit.objects.order_by("pk").values())

    people_import = applied(write(tmp_path, NEXT), is_complete=True)
    after = company()
    undone(people_import)

    assert {number: row["is_active"] for number, row in after.items()} == {
        "1": False,
        "2": True,
        "3": True,
        "4": True,
        "5": True,
    }
    assert company() == before
    assert list(OrgUnit.objects.order_by("pk").values()) == units
    assert ImportBefore.objects.count() == 0


def test_what_was_changed_by_hand_since_stays(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))
    people_import = applied(write(tmp_path, "Personalnummer;Vorname;Nachname\n2;Amira;Haddad-Vogt\n3;Benjamin;Krüger"))
    Person.objects.filter(staff_number="2").update(email="neu@example.org", introduction="Hallo")
    Person.objects.filter(staff_number="3").update(is_active=False, deactivated_at="2026-11-23T08:00Z")

    undone(people_import)

    amira = Person.objects.get(staff_number="2")
    assert (amira.family_name, amira.email, amira.introduction) == ("Haddad", "neu@example.org", "Hallo")
    assert company()["3"]["given_name"] == "Ben"
    assert company()["3"]["is_active"] is False


def test_joiners_with_any_trace_stay_with_a_closed_account(tmp_path: Path) -> None:
    people_import = applied(write(tmp_path, FULL + "4;D;D;;;;;;;1.1.2027\n5;E;E;;;;;;2;\n6;F;F;;;;;;;"))
    Person.objects.filter(staff_number="1").update(last_login="2026-11-23T08:00Z")
    record_audit(by=Person.objects.get(staff_number="4"), verb="people.save_work_pattern")
    RoleGrant.objects.create(person=Person.objects.get(staff_number="3"), role=Role.WORKS_COUNCIL)

    undone(people_import)

    left = {number: (row["is_active"], row["left_on"]) for number, row in company().items()}
    assert left == {"1": (False, date(2026, 11, 23)), "3": (False, date(2026, 11, 23)), "4": (False, date(2027, 1, 1))}
    assert company()["3"]["employment__manager__staff_number"] == "1"
    assert {unit.code for unit in OrgUnit.objects.all()} == {"werk", "produktion", "vertrieb"}


def test_joiner_who_stays_comes_back_with_the_next_import(tmp_path: Path) -> None:
    people_import = applied(write(tmp_path, FULL))
    Person.objects.filter(staff_number="1").update(last_login="2026-11-23T08:00Z")
    undone(people_import)

    assert kinds_of(checked(write(tmp_path, FULL))) == {"1": "returner", "2": "joiner", "3": "joiner"}


def test_employee_with_a_manager_who_joined_keeps_the_job(tmp_path: Path) -> None:
    people_import = applied(write(tmp_path, FULL))
    EmploymentFactory(person__staff_number="9", manager=Person.objects.get(staff_number="1"), unit=None)

    undone(people_import)

    assert list(company()) == ["9"]
    assert company()["9"]["employment__manager__staff_number"] is None


def test_leavers_are_signed_out_and_everybody_hears_of_it(
    tmp_path: Path, heard: list[tuple[str, int]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    applied(write(tmp_path, FULL))
    clara, ben = Person.objects.get(staff_number="1"), Person.objects.get(staff_number="3")
    Person.objects.filter(pk=ben.pk).update(is_active=False, deactivated_at="2026-01-01T00:00Z", left_on="2026-01-01")
    client = Client()
    client.force_login(clara)
    UserSession.objects.create(user=clara, ip="127.0.0.1", session_key=client.session.session_key)

    with django_capture_on_commit_callbacks(execute=True):
        people_import = applied(write(tmp_path, NEXT), is_complete=True)
    after_applying = list(heard)
    with django_capture_on_commit_callbacks(execute=True):
        undone(people_import)

    assert Session.objects.count() == UserSession.objects.count() == 0
    assert client.get("/people").status_code == 302
    assert after_applying == [("opened", ben.pk), ("closed", clara.pk)]
    assert heard[2:4] == [("opened", clara.pk), ("closed", ben.pk)]


def test_only_the_newest_import_can_be_taken_back(tmp_path: Path) -> None:
    first = applied(write(tmp_path, FULL))
    second = applied(write(tmp_path, NEXT))

    with pytest.raises(Refused):
        actions.undo_import(by=None, people_import=first)
    undone(second)
    undone(first)

    assert Person.objects.count() == 0


def test_import_cannot_be_taken_back_after_its_rows_are_forgotten(tmp_path: Path) -> None:
    people_import = applied(write(tmp_path, FULL))

    with time_machine.travel(people_import.applied_at + timedelta(days=31)), pytest.raises(Refused):  # type: ignore[operator]
        actions.undo_import(by=None, people_import=people_import)


def test_each_batch_leaves_one_entry_in_the_audit_trail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = tuple(applying.Pass(each.name, 2, each.do, each.condition, each.counts_rows) for each in applying.PASSES)
    monkeypatch.setattr(applying, "PASSES", small)

    people_import = applied(write(tmp_path, FULL))

    entries = AuditEntry.objects.filter(verb="people.import_batch", subject_id=people_import.public_id).order_by("pk")
    details = [(entry.details["batch"], entry.details["pass"]) for entry in entries]
    assert details == [
        *((1, "leaders"), (2, "leaders"), (3, "leaders_places"), (4, "leaders_places")),
        *((5, "persons"), (6, "persons"), (7, "leavers"), (8, "leavers")),
    ]
    assert len({entry.details["digest"] for entry in entries}) == 4
    assert AuditEntry.objects.get(verb="people.apply_import").details["joiner"] == 3


def test_others_find_a_gap_to_write_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(bulk, "_LONGEST_STRETCH", 0)
    monkeypatch.setattr(bulk, "sleep", pauses.append)

    applied(write(tmp_path, FULL))

    assert len(pauses) == (len(applying.PASSES) if connection.vendor == "sqlite" else 0)


def cancel_after(monkeypatch: pytest.MonkeyPatch, reports: int) -> None:
    """Let somebody ask for cancellation at the given report of progress."""
    told = {"reports": 0}
    real = Progress.report

    def report(self: Progress, done: int, total: int | None = None, note: str = "", *, force: bool = False) -> None:
        told["reports"] += 1
        if told["reports"] == reports:
            Job.objects.filter(pk=self.job.pk).update(cancel_requested_at="2026-11-23T08:00Z")
        real(self, done, total, note, force=True)

    monkeypatch.setattr(Progress, "report", report)


@pytest.mark.parametrize("reports", [1, 2, 3, 4])
def test_cancelled_applying_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: int
) -> None:
    applied(write(tmp_path, FULL))
    before = company()
    people_import = checked(write(tmp_path, NEXT), is_complete=True)
    job = actions.apply_import(by=None, people_import=people_import, confirms_leavers=True, in_queue=False)
    cancel_after(monkeypatch, reports)

    ended = finish(job)

    people_import.refresh_from_db()
    assert ended.state == JobState.CANCELLED
    assert (people_import.state, people_import.is_writing, people_import.applied_at) == (
        ImportState.CHECKED,
        False,
        None,
    )
    assert company() == before
    assert Person.objects.filter(staff_number__in=("4", "5")).count() == 0


def test_cancelled_applying_can_be_applied_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people_import = checked(write(tmp_path, FULL))
    job = actions.apply_import(by=None, people_import=people_import, in_queue=False)
    with monkeypatch.context() as patch:
        cancel_after(patch, 3)
        finish(job)
    people_import.refresh_from_db()

    apply(people_import)

    assert sorted(company()) == ["1", "2", "3"]


def test_trying_a_cancelled_apply_again_deletes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people_import = checked(write(tmp_path, FULL))
    job = actions.apply_import(by=None, people_import=people_import, in_queue=False)
    with monkeypatch.context() as patch:
        cancel_after(patch, 3)
        finish(job)
    deleted: list[str] = []
    monkeypatch.setattr(running, "delete_files", deleted.append)

    running.run_apply(job, Progress(job))
    people_import.refresh_from_db()
    kept = list(deleted)
    apply(people_import)

    assert (kept, deleted) == ([], [people_import.public_id])


def test_cancelled_check_leads_back_to_the_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people_import = actions.name_people_file(by=None, path=write(tmp_path, FULL))
    job = actions.check_import(by=None, people_import=people_import, in_queue=False)
    cancel_after(monkeypatch, 1)

    assert finish(job).state == JobState.CANCELLED

    people_import.refresh_from_db()
    assert (people_import.state, ImportRow.objects.count()) == (ImportState.UPLOADED, 0)


def test_taking_back_cannot_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people_import = applied(write(tmp_path, FULL))
    cancel_after(monkeypatch, 1)

    assert undone(people_import).state == ImportState.UNDONE


def test_rolling_back_that_was_interrupted_goes_on(tmp_path: Path) -> None:
    people_import = checked(write(tmp_path, FULL))
    job = actions.apply_import(by=None, people_import=people_import, in_queue=False)
    PeopleImport.objects.filter(pk=people_import.pk).update(
        state=ImportState.UNDOING, position={"undo": "joiners", "after": 0, "rows": 0}
    )

    assert finish(job).state == JobState.CANCELLED
    people_import.refresh_from_db()
    assert people_import.state == ImportState.CHECKED


def test_jobs_that_run_twice_do_nothing_the_second_time(tmp_path: Path) -> None:
    people_import = applied(write(tmp_path, FULL))
    jobs = Job.objects.filter(kind__startswith="people.import_")
    jobs.update(state=JobState.WAITING)

    assert [finish(job).state for job in jobs.order_by("pk")] == [JobState.DONE, JobState.DONE]
    undone(people_import)
    jobs.update(state=JobState.WAITING)
    assert [finish(job).state for job in jobs.order_by("pk")] == [JobState.DONE] * 3
    assert Person.objects.count() == 0


def test_discarded_import_leaves_no_data(tmp_path: Path) -> None:
    people_import = actions.bring_people_file(by=None, file_name="p.csv", content=[FULL.strip().encode()])
    folder = folder_of(people_import.public_id)
    assert folder.exists()

    actions.discard_import(by=None, people_import=people_import)

    people_import.refresh_from_db()
    assert (people_import.state, people_import.settled, folder.exists()) == (ImportState.DISCARDED, {}, False)


def test_uploaded_files_are_reduced_to_what_may_be_read_and_deleted_once_applied(tmp_path: Path) -> None:
    text = "Personalnummer;Gehalt;Vorname;Nachname\n1;98765;A;A\n\n2;98765;;B\n3;98765;C;C;rest\n"
    units = "Code;Name;Budget\nA;a;4321\n"
    people_import = actions.bring_people_file(
        by=None, file_name="p.csv", content=[text.encode()], units_file_name="u.csv", units_content=[units.encode()]
    )
    actions.settle_columns(by=None, people_import=people_import, people={}, units={}, leaves_out=True)
    folder = folder_of(people_import.public_id)

    finish(actions.check_import(by=None, people_import=people_import, in_queue=False))
    people_import.refresh_from_db()
    actions.correct_cells(by=None, people_import=people_import, values={("people", 4, "given_name"): "B"})
    finish(actions.check_import(by=None, people_import=people_import, in_queue=False))
    people_import.refresh_from_db()

    kept = {path.name: path.read_text() for path in folder.iterdir()}
    assert sorted(kept) == ["people.csv", "units.csv"]
    assert "98765" not in kept["people.csv"] + kept["units.csv"]
    assert "4321" not in kept["units.csv"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert people_import.problem_count == 1
    actions.change_scope(by=None, people_import=people_import, is_complete=False, leaves_out_errors=True)
    apply(people_import)
    assert sorted(company()) == ["1", "2"]
    assert not folder.exists()


def test_sweep_forgets_what_is_past_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "FILE_UPLOAD_TEMP_DIR"):
        monkeypatch.setattr(settings, name, tmp_path / "data")
    old = applied(write(tmp_path, FULL))
    checked_only = checked(write(tmp_path, NEXT))
    uploaded = actions.bring_people_file(by=None, file_name="p.csv", content=[FULL.strip().encode()])
    ImportCorrection.objects.create(people_import=old, source="people", row=2, field="email", value="x")
    job = Job.objects.create(kind=forgetting.SWEEP)

    with time_machine.travel(uploaded.created_at + timedelta(days=2)):
        assert forgetting.run_sweep(job, Progress(job)) == {"discarded": 1, "forgotten": 0, "strays": 0}
    with time_machine.travel(uploaded.created_at + timedelta(days=31)):
        assert forgetting.run_sweep(job, Progress(job)) == {"discarded": 1, "forgotten": 1, "strays": 0}
        assert forgetting.run_sweep(job, Progress(job)) == {"discarded": 0, "forgotten": 0, "strays": 0}

    states = [PeopleImport.objects.get(pk=each.pk).state for each in (old, checked_only, uploaded)]
    assert states == [ImportState.APPLIED, ImportState.DISCARDED, ImportState.DISCARDED]
    assert ImportRow.objects.count() == ImportCorrection.objects.count() == 0


def test_removed_unit_is_not_referred_to_again(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))
    people_import = applied(write(tmp_path, "Personalnummer;Vorname;Nachname;Organisationspfad\n3;Ben;Krüger;Werk"))
    OrgUnit.objects.filter(code="vertrieb").delete()

    undone(people_import)

    assert company()["3"]["employment__unit__path"] is None


def test_first_employment_of_a_known_person_is_taken_back(tmp_path: Path) -> None:
    PersonFactory(staff_number="1", given_name="A", family_name="A", email="")

    people_import = applied(write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilung\n1;A;A;Lager"))
    assert company()["1"]["employment__unit__path"] == "lager/"
    undone(people_import)

    assert Employment.objects.count() == 0


def test_two_workers_never_do_the_same_batch(tmp_path: Path) -> None:
    people_import = checked(write(tmp_path, FULL))
    actions.apply_import(by=None, people_import=people_import, in_queue=False)
    people_import.refresh_from_db()
    slow = PeopleImport.objects.get(pk=people_import.pk)
    applying.apply(people_import, None, lambda _: None)

    with pytest.raises(TakenOver):
        applying.apply(slow, None, lambda _: None)

    assert Person.objects.count() == 3


def test_cancelling_is_heard_between_two_batches(tmp_path: Path) -> None:
    people_import = checked(write(tmp_path, FULL))
    actions.apply_import(by=None, people_import=people_import, in_queue=False)
    people_import.refresh_from_db()

    def stop(_: int) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        applying.apply(people_import, None, stop)
    assert PeopleImport.objects.get().state == ImportState.APPLYING


def test_only_an_import_at_work_is_taken_over(tmp_path: Path) -> None:
    people_import = checked(write(tmp_path, FULL))

    with pytest.raises(Refused):
        actions.take_over_import(people_import=people_import)


def test_import_is_taken_over_once(tmp_path: Path) -> None:
    people_import = half_applied(write(tmp_path, FULL))
    stale = PeopleImport.objects.select_related("job").get(pk=people_import.pk)

    finish(actions.take_over_import(people_import=people_import))

    with pytest.raises(Refused):
        actions.take_over_import(people_import=stale)
    assert Person.objects.count() == 3
