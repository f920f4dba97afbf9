from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.actions import book_time
from wurzelwerk.learning_time.models import LearningTimeAgreement, TimeEntry
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory


class EntryFactory(DjangoModelFactory):
    """A booking of ``by``, on a day that was."""

    by = factory.SubFactory(PersonFactory)
    minutes = 60
    spent_on = factory.LazyFunction(clock.today)

    class Meta:
        model = TimeEntry

    @classmethod
    def _create(cls, model_class: type[TimeEntry], *args: object, **fields: object) -> TimeEntry:
        return book_time(**fields)  # type: ignore[arg-type]


def agreed(hours: str | None, valid_from: date, person: Person | None = None) -> LearningTimeAgreement:
    """An agreement as it stands in the database, whoever entered it."""
    return LearningTimeAgreement.objects.create(
        person=person, hours_per_week=Decimal(hours) if hours else None, valid_from=valid_from
    )
