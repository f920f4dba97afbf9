"""The short comparison of the start page says what the long one says."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.competences.actions import withdraw_evidence
from wurzelwerk.competences.queries import get_comparison, get_standing
from wurzelwerk.competences.tests.factories import CompetenceFactory, evidence, role_of, target
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db


def figures(line: Any) -> tuple[Any, ...]:
    return line.competence.pk, line.required, line.estimate, line.size, line.reasons, line.weight, line.raised_from


def a_raised_target(people: Cast) -> None:
    """Amira's role asks for three competences, for more since today, and for much more from next month."""
    today, role = clock.today(), role_of(people.amira)
    known, raised, unknown = (CompetenceFactory() for _number in range(3))
    target(role, {known: 2, raised: 2}, valid_from=today - timedelta(days=60))
    target(role, {known: 2, raised: 4, unknown: 3}, valid_from=today, weight=0.5)
    target(role, {known: 5}, valid_from=today + timedelta(days=30))
    for competence, level in ((known, 1), (known, 3), (raised, 2)):
        evidence(people.amira, competence, level)
    evidence(people.ben, known, 5)
    withdraw_evidence(by=people.amira, evidence=evidence(people.amira, unknown, 4))


def test_the_short_comparison_says_what_the_long_one_says() -> None:
    people = cast()
    a_raised_target(people)
    amira = Person.objects.get(pk=people.amira.pk)

    with CaptureQueriesContext(connection) as queries:
        standing = get_standing(amira)
    comparison = get_comparison(amira)

    assert standing is not None
    assert comparison is not None
    assert [figures(line) for line in standing.lines] == [figures(line) for line in comparison.lines]
    assert [figures(line) for line in standing.gaps] == [figures(line) for line in comparison.gaps]
    assert (standing.role_title, len(standing.lines), len(queries)) == (comparison.target.title, 3, 1)


def test_without_a_target_in_force_there_is_nothing_to_compare_with() -> None:
    people = cast()
    before = get_standing(people.amira)
    target(role_of(people.amira), {CompetenceFactory(): 2}, valid_from=clock.today() + timedelta(days=1))

    assert (before, get_standing(people.amira)) == (None, None)
