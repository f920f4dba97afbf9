import pytest

from wurzelwerk.people.choices import Role
from wurzelwerk.people.rules import has_role, is_manager_of
from wurzelwerk.people.tests.factories import cast

pytestmark = pytest.mark.django_db


def test_cast_stands_in_the_relations_of_the_stories() -> None:
    people = cast()

    assert is_manager_of(people.clara, people.amira)
    assert not is_manager_of(people.david, people.amira)
    assert people.amira.employment.unit != people.ben.employment.unit
    assert has_role(people.eva, Role.LEARNING_AND_DEVELOPMENT)
    assert has_role(people.felix, Role.WORKS_COUNCIL)
    assert has_role(people.greta, Role.ADMINISTRATOR)
    assert people.david.reports.count() == 1
