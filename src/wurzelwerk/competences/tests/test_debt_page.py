"""The learning debt of one person: figures, ledger, what-if; and that it is theirs alone."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.competences import actions, queries
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.debt import Account, Reason
from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.competences.tests.factories import described, evidence, role_of, target
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
ADDRESS = "/profile/debt"


@pytest.fixture
def people() -> Cast:
    return cast()


def known(person: Person, competence: Competence, level: float, day: date, **more: Any) -> Evidence:
    return evidence(person, competence, level, source=EvidenceSource.SELF, observed_on=day, **more)


@pytest.fixture
def amira(people: Cast, client: Client) -> Person:
    """Amira, whose role was raised, and who has learned one thing, forgets another and never rated a third."""
    client.force_login(people.amira)
    learned, fading, unknown = (
        described(label_de=f"Können {name}", label_en=f"Skill {name}") for name in ("Eins", "Zwei", "Drei")
    )
    role = role_of(people.amira)
    target(role, {learned: 3, fading: 3}, valid_from=date(2025, 1, 1))
    known(people.amira, learned, 1, date(2026, 2, 2))
    known(people.amira, fading, 3, date(2026, 2, 2))
    with clock.pretending(clock.now()):
        target(role, {learned: 3, fading: 4, unknown: 2}, valid_from=date(2026, 8, 3))
    actions.record_evidence(
        by=people.ben,
        person=people.amira,
        competence=learned,
        source=EvidenceSource.PARTNER,
        level=3,
        given_by=people.ben,
        observed_on=date(2026, 10, 5),
        origin_kind="partnership",
        origin_key="one",
    )
    return people.amira


def text(client: Client, address: str = ADDRESS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def one(name: str) -> Competence:
    found: Competence = Competence.objects.get(label_de=f"Können {name}")
    return found


def test_statement_holds_the_identity_quarter_by_quarter(amira: Person) -> None:
    statement = queries.get_debt(amira)

    ends = [quarter.period.end for quarter in statement.quarters]
    starts = [quarter.period.start for quarter in statement.quarters]
    assert ends[-1] == pytest.approx(statement.debt.hours, abs=1e-6)
    assert ends[:-1] == pytest.approx(starts[1:], abs=1e-6)
    assert [quarter.starts_on for quarter in statement.quarters] == [date(2026, month, 1) for month in (1, 4, 7, 10)]


def test_each_event_stands_in_its_quarter_on_its_account(amira: Person) -> None:
    first, second, third, fourth = (quarter.period for quarter in queries.get_debt(amira).quarters)

    assert (first.measured > 0, first.drift, first.paid) == (True, 0, 0)
    assert (second.measured, second.drift, second.forgotten > 0) == (0, 0, True)
    assert third.drift > 70
    assert (fourth.paid > 0, fourth.drift) == (True, 0)


def test_unknown_stands_beside_the_debt(amira: Person) -> None:
    debt = queries.get_debt(amira).debt

    assert (debt.unknown, debt.unknown_hours) == (1, 24.0)


def test_a_competence_that_a_later_version_adds_is_a_drift(people: Cast) -> None:
    first, later = described(), described()
    known(people.amira, later, 1, date(2026, 1, 10))
    target(role_of(people.amira), {first: 3}, valid_from=date(2026, 2, 1))
    target(role_of(people.amira), {first: 3, later: 3}, valid_from=date(2026, 10, 5))

    (quarter,) = [one.period for one in queries.get_debt(people.amira).quarters if one.starts_on.month == 10]

    assert (quarter.drift > 50, quarter.moved) == (True, 0)


def test_the_rates_of_a_quarter_that_has_just_begun_are_not_multiplied_up(people: Cast) -> None:
    skill = described()
    known(people.amira, skill, 1, date(2026, 1, 10))
    target(role_of(people.amira), {skill: 3}, valid_from=date(2026, 2, 1))
    target(role_of(people.amira), {skill: 4}, valid_from=date(2026, 10, 1))

    *_earlier, running = queries.get_debt(people.amira, today=date(2026, 10, 2)).quarters

    assert running.period.interest == pytest.approx(1.3, abs=0.2)


def test_what_if_answers_for_the_one_that_was_named(amira: Person, client: Client) -> None:
    page = text(client, f"{ADDRESS}?competence={one('Drei').public_id}")

    assert "<strong>Können Drei:</strong> noch nicht bekannt" in page


def test_where_nobody_has_rated_anything_the_debt_is_unknown_and_not_zero(people: Cast, client: Client) -> None:
    target(role_of(people.amira), {described(): 3})
    client.force_login(people.amira)

    page = text(client)

    assert ("0 bis 0" in page, "nichts ist offen" in page, "0 – 64 Std." in page) == (False, False, True)
    assert "<strong>Alles Bekannte:</strong> noch nicht bekannt" in page


def test_before_the_first_day_there_is_nothing_to_reckon(amira: Person, client: Client) -> None:
    Person.objects.filter(pk=amira.pk).update(entered_on=date(2027, 1, 1))

    assert "Noch gibt es nichts zu rechnen" in text(client)


def test_contested_and_withdrawn_evidence_leaves_no_trace(people: Cast, amira: Person) -> None:
    before = queries.get_debt(amira)
    given = Evidence.objects.get(source=EvidenceSource.PARTNER)
    contest = actions.contest_evidence(by=amira, evidence=given, statement="Ich sehe es anders.")
    disputed = queries.get_debt(amira)
    actions.drop_contest(by=amira, contest=contest)
    dropped = queries.get_debt(amira)
    actions.withdraw_evidence(by=amira, evidence=given)

    withdrawn = queries.get_debt(amira)

    assert [entry.reason for entry in before.entries].count(Reason.LEARNED) == 1
    assert [entry.reason for entry in disputed.entries].count(Reason.LEARNED) == 0
    assert (dropped.entries, withdrawn.entries) == (before.entries, disputed.entries)


def test_nobody_owes_from_before_they_joined(amira: Person) -> None:
    Person.objects.filter(pk=amira.pk).update(entered_on=date(2026, 9, 1))
    amira.refresh_from_db()

    statement = queries.get_debt(amira)

    assert min(entry.day for entry in statement.entries) == date(2026, 9, 1)
    assert {entry.account for entry in statement.entries if entry.day == date(2026, 9, 1)} == {Account.MOVES}


def test_page_says_what_is_owed_and_why(amira: Person, client: Client) -> None:
    page = text(client)

    for sentence in (
        "Heute offen",
        "0 – 24 Std.",
        "Die Rolle verlangt Stufe 4; vorher 3.",
        "Gelernt und bestätigt",
        "4. Quartal 2026",
        "Durch Lernen getilgt",
        "Mit 2 Stunden in der Woche:",
    ):
        assert sentence in page, sentence


def test_page_speaks_english(amira: Person, client: Client) -> None:
    Person.objects.filter(pk=amira.pk).update(language="en")

    assert "Learned and confirmed" in text(client)


def test_what_if_answers_for_everything_and_for_one(amira: Person, client: Client) -> None:
    page = text(client, f"{ADDRESS}?hours=3,5&competence={one('Zwei').public_id}&level=5")

    assert "Mit 3,5 Stunden in der Woche:" in page
    assert "<strong>Können Zwei:</strong> getilgt im" in page
    assert "„Können Zwei“ auf Stufe 5:" in page


@pytest.mark.parametrize("query", ["hours=-1", "hours=viel", "hours=41", "competence=none", "level=9", "level="])
def test_nonsense_is_told_and_the_page_stays(amira: Person, client: Client, query: str) -> None:
    assert "Mit 2 Stunden in der Woche:" in text(client, f"{ADDRESS}?{query}")


def test_without_a_target_there_is_nothing_to_reckon(people: Cast, client: Client) -> None:
    client.force_login(people.david)
    with_role = text(client)
    Employment.objects.filter(person=people.david).delete()

    assert ("Noch gibt es nichts zu rechnen" in with_role, "Noch gibt es nichts zu rechnen" in text(client)) == (
        True,
        True,
    )


def test_page_shows_nobody_elses_debt(people: Cast, amira: Person, client: Client) -> None:
    client.force_login(people.clara)

    assert "Können Eins" not in text(client)


def test_sixty_competences_with_ten_pieces_each_cost_as_many_queries_as_one(people: Cast, client: Client) -> None:
    client.force_login(people.amira)
    counts = []
    for number in (1, 59):
        skills = [described() for _skill in range(number)]
        target(role_of(people.amira), dict.fromkeys(skills, 4.0))
        for skill in skills:
            Evidence.objects.bulk_create(
                Evidence(person=people.amira, competence=skill, source="self", level=2, observed_on=date(2026, 1, day))
                for day in range(1, 11)
            )
        with CaptureQueriesContext(connection) as counted:
            text(client)
        counts.append(len(counted))

    assert counts[0] == counts[1] <= 12


def test_profile_leads_to_the_debt(amira: Person, client: Client) -> None:
    assert reverse("competences:debt") in text(client, "/profile")
