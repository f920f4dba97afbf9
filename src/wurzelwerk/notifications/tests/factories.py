import factory
from factory.django import DjangoModelFactory

from wurzelwerk.notifications.actions import notify
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.tests.factories import PersonFactory


class NotificationFactory(DjangoModelFactory):
    """A message as other rooms send it."""

    person = factory.SubFactory(PersonFactory)
    kind = "tests.told"
    title_de = factory.Sequence(lambda number: f"Mitteilung {number}")
    title_en = factory.Sequence(lambda number: f"Message {number}")
    url = "/people"

    class Meta:
        model = Notification

    @classmethod
    def _create(cls, model_class: type[Notification], *args: object, **fields: object) -> Notification:
        return notify(**fields)  # type: ignore[arg-type]
