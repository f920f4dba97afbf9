"""What the pages and the planner find."""

import pytest
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.catalogue import actions, queries
from wurzelwerk.catalogue.choices import Duration, Format, OpportunityKind
from wurzelwerk.catalogue.queries import Wish
from wurzelwerk.catalogue.tests.factories import OpportunityFactory, a_competence
from wurzelwerk.people.tests.factories import PersonFactory, cast

pytestmark = pytest.mark.django_db


def found(wish: Wish) -> set[str]:
    return {row.title for row in queries.find_opportunities(wish).page.object_list}


def test_opportunities_for_meets_the_way_and_sorts_by_length() -> None:
    sql = a_competence()
    OpportunityFactory(title_de="lang", minutes=90, outcome=(sql, 1, 2))
    OpportunityFactory(title_de="kurz", minutes=5, outcome=(sql, 2, 3))
    OpportunityFactory(title_de="zu hoch", outcome=(sql, 3, 4))
    OpportunityFactory(title_de="zu tief", outcome=(sql, 0, 1))
    OpportunityFactory(title_de="verborgen", outcome=(sql, 1, 2), is_published=False)
    OpportunityFactory(title_de="anderes", outcome=(a_competence("talk", "Reden"), 1, 2))

    rows = queries.opportunities_for(sql, from_level=1, to_level=3)

    assert [row.title for row in rows] == ["kurz", "lang"]


def test_opportunities_for_narrows_by_kind() -> None:
    sql = a_competence()
    OpportunityFactory(kind="work_task", task_de="tun", title_de="Aufgabe", outcome=(sql, 1, 2))
    OpportunityFactory(outcome=(sql, 1, 2))

    rows = queries.opportunities_for(sql, from_level=1, to_level=2, kinds=[OpportunityKind.WORK_TASK])

    assert [row.title for row in rows] == ["Aufgabe"]


@pytest.mark.parametrize(
    "wish,titles",
    [
        (Wish(), {"Heft", "Gespräch", "Film"}),
        (Wish(kinds=(OpportunityKind.VIDEO,)), {"Film"}),
        (Wish(formats=(Format.MEET,)), {"Gespräch"}),
        (Wish(duration=Duration.SHORT), {"Film"}),
        (Wish(duration=Duration.MEDIUM), {"Film", "Heft"}),
        (Wish(duration=Duration.LONG), {"Gespräch"}),
        (Wish(language="en"), {"Film"}),
    ],
)
def test_filters_narrow(wish: Wish, titles: set[str]) -> None:
    OpportunityFactory(title_de="Heft", minutes=30, languages=["de"])
    OpportunityFactory(title_de="Gespräch", kind="event", minutes=60, languages=["de"])
    OpportunityFactory(title_de="Film", kind="video", minutes=10, languages=["de", "en"])
    OpportunityFactory(title_de="Entwurf", is_published=False)

    assert found(wish) == titles


def test_a_competence_narrows() -> None:
    sql = a_competence()
    OpportunityFactory(title_de="passt", outcome=(sql, 1, 2))
    OpportunityFactory(title_de="passt nicht")

    assert found(Wish(competence=sql)) == {"passt"}


@pytest.mark.parametrize("text", ["Gesprächsführung", "Gespraechsfuehrung", "gespräch führung", "Gesprächs"])
def test_german_words_are_understood(text: str) -> None:
    eva = cast().eva
    fields = {"kind": "course", "title_de": "Schwierige Gespräche führen", "minutes": 40, "languages": ["de"]}
    actions.save_opportunity(by=eva, fields=fields, outcomes=[])
    actions.save_opportunity(by=eva, fields={**fields, "title_de": "Stapler fahren"}, outcomes=[])

    assert found(Wish(text=text)) == {"Schwierige Gespräche führen"}


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_findings_costs_the_same_for_any_number_of_rows(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(count):
        OpportunityFactory(outcome=(a_competence(), 1, 2))

    with django_assert_num_queries(4):
        page = queries.find_opportunities(Wish()).page

    assert len(page.object_list) == count


def test_page_tells_what_was_begun_and_what_fits() -> None:
    sql, person = a_competence(), PersonFactory()
    opportunity = OpportunityFactory(outcome=(sql, 1, 2))
    OpportunityFactory(title_de="Nachbar", outcome=(sql, 2, 3))
    actions.start_opportunity(by=person, opportunity=opportunity)

    page = queries.opportunity_page(opportunity, person=person)

    assert (page.started_at is None, page.completed_at is None) == (False, True)
    assert [row.title for row in page.related] == ["Nachbar"]
    assert [row.pk for row in queries.started_opportunities(person)] == [opportunity.pk]
