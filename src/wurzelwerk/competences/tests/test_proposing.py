"""A target profile is proposed from an occupation, and nothing holds before somebody saves it."""

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.competences import queries
from wurzelwerk.competences.models import Competence, Framework, Occupation, OccupationCompetence, TargetProfile
from wurzelwerk.competences.tests.factories import CompetenceFactory, FrameworkFactory, role_of, target
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import JobRole, Person
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def role(people: Cast) -> JobRole:
    return role_of(people.amira)


@pytest.fixture
def framework(people: Cast) -> Framework:
    found: Framework = FrameworkFactory(name_de="Klassifikation", name_en="Classification")
    return found


def occupation(framework: Framework, name: str, needs: dict[Competence, float | None], **more: str) -> Occupation:
    """Return an occupation that needs competences above all, at a level where there is one."""
    made = Occupation.objects.create(framework=framework, uri=f"urn:{name}", label_de=name, **more)
    OccupationCompetence.objects.bulk_create(
        OccupationCompetence(occupation=made, competence=competence, relation="essential", level=level)
        for competence, level in needs.items()
    )
    return made


@pytest.fixture
def electrician(framework: Framework) -> Occupation:
    measuring, wiring = CompetenceFactory(label_de="Messen"), CompetenceFactory(label_de="Verdrahten")
    made = occupation(framework, "Elektroniker", {measuring: 2.4, wiring: 4.6}, aliases_de="Elektriker\nMonteur")
    optional = CompetenceFactory(label_de="Nebenbei")
    OccupationCompetence.objects.create(occupation=made, competence=optional, relation="optional")
    retired = CompetenceFactory(label_de="Früher", retired_at=clock.now())
    OccupationCompetence.objects.create(occupation=made, competence=retired, relation="essential")
    return made


def text(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.parametrize("words,found", [("elektroniker", 1), ("monteur", 1), ("tischler", 0), ("", 0), ("%", 0)])
def test_occupations_are_found_by_all_their_names(electrician: Occupation, words: str, found: int) -> None:
    assert len(queries.occupation_choices(words)) == found


def test_what_needs_nothing_is_no_choice(framework: Framework, electrician: Occupation) -> None:
    occupation(framework, "Elektronikerin in Ruhe", {})

    (choice,) = queries.occupation_choices("Elektroniker")

    assert (choice.public_id, choice.essential, choice.framework) == (electrician.public_id, 2, "Klassifikation")


def test_proposal_holds_what_is_essential_and_current_highest_level_first(electrician: Occupation) -> None:
    proposal = queries.proposal_from(electrician.public_id)

    assert [str(one) for one in proposal.competences] == ["Verdrahten", "Messen"]
    assert (sorted(proposal.levels.values()), proposal.left_out) == ([2.4, 4.6], 0)


def test_at_most_sixty_lines_are_proposed(framework: Framework) -> None:
    many = occupation(framework, "Alleskönner", {CompetenceFactory(): None for _number in range(63)})

    proposal = queries.proposal_from(many.public_id)

    assert (len(proposal.competences), proposal.left_out, proposal.levels) == (60, 3, {})


def test_eva_finds_an_occupation_and_gets_a_draft(
    people: Cast, role: JobRole, electrician: Occupation, client: Client
) -> None:
    target(role, {Competence.objects.get(label_de="Messen"): 5})
    found = text(client, people.eva, reverse("competences:propose", args=[role.public_id]) + "?q=Elektroniker")
    address = f"{reverse('competences:role', args=[role.public_id])}?occupation={electrician.public_id}"
    draft = text(client, people.eva, address)

    assert (address in found, "2 wesentliche Kompetenzen" in found) == (True, True)
    assert "Vorschlag aus „Elektroniker“" in draft
    assert [draft.count(f">{name}</a>") for name in ("Messen", "Verdrahten", "Nebenbei", "Früher")] == [1, 1, 0, 0]
    wiring = Competence.objects.get(label_de="Verdrahten").public_id
    chosen = draft[draft.index(f'name="level_{wiring}"') :].split("</select>")[0]
    assert '<option value="5" selected>' in chosen
    assert TargetProfile.objects.filter(job_role=role).count() == 1


def test_the_search_begins_with_the_name_of_the_role(people: Cast, role: JobRole, client: Client) -> None:
    page = text(client, people.eva, reverse("competences:propose", args=[role.public_id]))

    assert (f'value="{role}"' in page, "Kein Beruf gefunden" in page) == (True, True)


def test_without_occupations_nothing_is_offered(people: Cast, role: JobRole, client: Client) -> None:
    propose = reverse("competences:propose", args=[role.public_id])

    assert propose not in text(client, people.eva, reverse("competences:role", args=[role.public_id]))


def test_with_occupations_the_role_offers_it(
    people: Cast, role: JobRole, electrician: Occupation, client: Client
) -> None:
    propose = reverse("competences:propose", args=[role.public_id])

    assert propose in text(client, people.eva, reverse("competences:role", args=[role.public_id]))


def test_what_is_made_up_is_not_there(people: Cast, role: JobRole, client: Client) -> None:
    address = reverse("competences:role", args=[role.public_id])

    text(client, people.eva, f"{address}?occupation=none", 404)
    text(client, people.eva, "/roles/none/propose", 404)


def test_for_everybody_else_there_is_nothing_to_propose(people: Cast, role: JobRole, client: Client) -> None:
    for person in (people.amira, people.clara, people.felix, people.greta):
        text(client, person, reverse("competences:propose", args=[role.public_id]), 403)
