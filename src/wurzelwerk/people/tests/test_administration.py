from datetime import UTC, datetime

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.kernel.models import AuditEntry, Job, Schedule
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person, RoleGrant, WorkPattern
from wurzelwerk.people.tests.factories import Cast, EmploymentFactory, OrgUnitFactory, give_role

pytestmark = pytest.mark.django_db
PAGES = [
    "/administration",
    "/administration/persons",
    "/administration/units",
    "/administration/sites",
    "/administration/work-patterns",
    "/administration/work-patterns/new",
    "/administration/jobs",
]


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["amira", "clara", "david", "eva", "felix"])
def test_for_everybody_else_there_is_no_administration(client: Client, people: Cast, path: str, who: str) -> None:
    client.force_login(getattr(people, who))

    assert client.get(path).status_code == 404
    assert "/administration" not in client.get("/people").content.decode()


@pytest.mark.parametrize("change", ["deactivate", "reactivate", "sign-out", "roles", "roles/1"])
@pytest.mark.parametrize("who", ["amira", "clara", "eva", "felix"])
def test_nobody_else_changes_an_account(client: Client, people: Cast, change: str, who: str) -> None:
    client.force_login(getattr(people, who))
    before = list(RoleGrant.objects.values_list("pk", "revoked_at"))

    response = client.post(f"/administration/persons/{people.ben.public_id}/{change}", {"role": Role.ADMINISTRATOR})

    assert response.status_code == 404
    assert Person.objects.get(pk=people.ben.pk).is_active
    assert list(RoleGrant.objects.values_list("pk", "revoked_at")) == before


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_in_both_languages(
    greta: Client, people: Cast, path: str, language: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)

    with django_assert_max_num_queries(12):
        html = page(greta, path)

    assert f'lang="{language}"' in html
    assert html.count("<h1>") == 1


def test_accounts_are_found_by_name_number_state_and_role(greta: Client, people: Cast) -> None:
    Person.objects.filter(pk=people.ben.pk).update(is_active=False, deactivated_at=people.ben.created_at)

    def names(query: str) -> list[str]:
        html = page(greta, f"/administration/persons?{query}")
        return [name for name in ("Amira", "Ben", "Eva", "Felix") if f">{name} " in html]

    assert names("q=amira") == ["Amira"]
    assert names("q=BEN") == ["Ben"]
    assert names("state=closed") == ["Ben"]
    assert names("state=open&role=works_council") == ["Felix"]
    assert names("state=nonsense&role=nonsense&page=x") == ["Amira", "Ben", "Eva", "Felix"]
    assert "Kein Konto gefunden" in page(greta, "/administration/persons?q=nobody-at-all")


def test_accounts_cost_the_same_for_few_and_many(
    greta: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        greta.get("/administration/persons")
    for employment in EmploymentFactory.create_batch(10):
        give_role(employment.person, Role.WORKS_COUNCIL)

    with django_assert_num_queries(8):
        greta.get("/administration/persons")


def test_an_account_shows_state_and_roles_but_nothing_private(greta: Client, people: Cast) -> None:
    Person.objects.filter(pk=people.felix.pk).update(introduction="INTRODUCTION-CANARY", interests="INTEREST-CANARY")

    html = page(greta, f"/administration/persons/{people.felix.public_id}")

    assert "felix" in html
    assert "Betriebsrat" in html
    assert "CANARY" not in html
    assert people.felix.email not in html


def test_closing_asks_first_and_can_be_undone(greta: Client, people: Cast) -> None:
    path = f"/administration/persons/{people.ben.public_id}"
    ben = Client()
    ben.force_login(people.ben)
    UserSession.objects.create(user=people.ben, ip="127.0.0.1", session_key=ben.session.session_key)
    assert "Alle Sitzungen enden sofort" in page(greta, path)

    greta.post(f"{path}/deactivate")

    assert ben.get("/people").status_code == 302
    closed = page(greta, path)
    assert "Das Konto von Ben Krüger ist geschlossen." in closed
    assert "Konto wieder öffnen" in closed
    greta.post(f"{path}/reactivate")
    assert Person.objects.get(pk=people.ben.pk).is_active


def test_the_administration_cannot_close_itself(greta: Client, people: Cast) -> None:
    path = f"/administration/persons/{people.greta.public_id}"

    response = greta.post(f"{path}/deactivate")

    assert response.status_code == 200
    assert "Dein eigenes Konto kannst du nicht schließen." in response.content.decode()
    assert 'aria-disabled="true"' in page(greta, path)
    assert Person.objects.get(pk=people.greta.pk).is_active


def test_everybody_can_be_signed_out(greta: Client, people: Cast) -> None:
    ben = Client()
    ben.force_login(people.ben)
    UserSession.objects.get_or_create(
        session_key=ben.session.session_key, defaults={"user": people.ben, "ip": "127.0.0.1"}
    )

    greta.post(f"/administration/persons/{people.ben.public_id}/sign-out")

    assert ben.get("/people").status_code == 302
    assert AuditEntry.objects.get(verb="people.sign_out_everywhere").person_id == people.greta.pk


def test_roles_are_given_and_taken_back(greta: Client, people: Cast) -> None:
    path = f"/administration/persons/{people.ben.public_id}"

    greta.post(f"{path}/roles", {"role": Role.DATA_PROTECTION})

    grant = RoleGrant.objects.get(person=people.ben)
    assert (grant.role, grant.granted_by) == (Role.DATA_PROTECTION, people.greta)
    html = page(greta, path)
    assert "Datenschutz" in html
    assert "muss ihn bei der nächsten Anmeldung einrichten" in html
    greta.post(f"{path}/roles/{grant.pk}")
    grant.refresh_from_db()
    assert grant.revoked_by == people.greta
    assert greta.post(f"/administration/persons/{people.eva.public_id}/roles/{grant.pk}").status_code == 404


def test_an_unknown_role_is_told(greta: Client, people: Cast) -> None:
    response = greta.post(f"/administration/persons/{people.ben.public_id}/roles", {"role": "boss"})

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_nobody_gives_themselves_a_role(greta: Client, people: Cast) -> None:
    response = greta.post(f"/administration/persons/{people.greta.public_id}/roles", {"role": Role.WORKS_COUNCIL})

    assert "Niemand gibt sich selbst eine Rolle." in response.content.decode()
    own = RoleGrant.objects.get(person=people.greta)
    response = greta.post(f"/administration/persons/{people.greta.public_id}/roles/{own.pk}")
    assert "Das ist die letzte Person in der Verwaltung." in response.content.decode()


def test_units_are_shown_level_by_level(greta: Client, people: Cast) -> None:
    below = OrgUnitFactory(name="Montage", code="assembly", parent=people.amira.employment.unit)
    production = people.amira.employment.unit
    assert production is not None

    roots, level = (
        page(greta, "/administration/units"),
        page(greta, f"/administration/units?under={production.public_id}"),
    )

    assert "Unternehmen" in roots
    assert "Montage" not in roots
    assert "Montage" in level
    assert "Unternehmen" in level
    assert "Keine Bereiche darunter" in page(greta, f"/administration/units?under={below.public_id}")


def test_a_work_pattern_is_written_as_people_say_it(greta: Client) -> None:
    sent = {
        "code": "early-late",
        "name_de": "Früh und Spät",
        "hours_per_week": "35,0",
        "cycle_weeks": "2",
        "times": "Woche 1: Mo–Fr 6–14\nWoche 2: Mo–Fr 14–22",
    }

    greta.post("/administration/work-patterns/new", sent)

    pattern = WorkPattern.objects.get(code="early-late")
    assert pattern.windows == [[0, day, 360, 840] for day in range(5)] + [[1, day, 840, 1320] for day in range(5)]
    assert "Früh und Spät" in page(greta, "/administration/work-patterns")
    form = page(greta, f"/administration/work-patterns/{pattern.public_id}")
    assert "Woche 2: Mo–Fr 14:00–22:00" in form
    greta.post(f"/administration/work-patterns/{pattern.public_id}", sent | {"name_en": "Early and late"})
    assert str(WorkPattern.objects.get().name_en) == "Early and late"
    assert AuditEntry.objects.filter(verb="people.save_work_pattern").count() == 2


def test_a_wrong_work_pattern_says_which_line_and_keeps_what_was_typed(greta: Client) -> None:
    sent = {"code": "x", "hours_per_week": "35", "cycle_weeks": "1", "times": "Mo 8–12\nganztags"}

    html = greta.post("/administration/work-patterns/new", sent).content.decode()

    assert "Zeile 2 lässt sich nicht verstehen: „ganztags“." in html
    assert "Bitte gib in mindestens einer Sprache einen Namen an." in html
    assert "Mo 8–12\nganztags" in html
    assert not WorkPattern.objects.exists()
    assert greta.get("/administration/work-patterns/nothing").status_code == 404


def test_background_work_is_shown_without_whose_it_is(greta: Client, people: Cast) -> None:
    Job.objects.create(
        kind="kernel.sweep", person_id=people.ben.pk, note="NOTE-CANARY", error="ERROR-CANARY", payload={"x": "CANARY"}
    )
    Job.objects.create(kind="gone.kind", done=1, total=2)
    Schedule.objects.create(kind="kernel.seal_audit", every_minutes=1, next_at=datetime(2026, 11, 23, tzinfo=UTC))

    html = page(greta, "/administration/jobs")

    assert "CANARY" not in html
    assert "gone.kind" in html
    assert "50 %" in html.replace("\N{NO-BREAK SPACE}", " ")
