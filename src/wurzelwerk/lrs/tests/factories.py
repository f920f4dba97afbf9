import factory

from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.models import Statement
from wurzelwerk.people.tests.factories import PersonFactory


class StatementFactory(factory.django.DjangoModelFactory[Statement]):
    """A statement as other rooms record it."""

    person = factory.SubFactory(PersonFactory)
    verb = Verb.COMPLETED
    object_type = "opportunity"
    object_key = factory.Sequence(lambda number: f"opportunity-{number}")
    object_name = factory.Sequence(lambda number: f"Kurs {number}")

    class Meta:
        model = Statement

    @classmethod
    def _create(cls, model_class: type[Statement], *args: object, **fields: object) -> Statement:
        return record(**fields)  # type: ignore[arg-type]
