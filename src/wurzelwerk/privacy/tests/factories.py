import factory

from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.tests.factories import PersonFactory
from wurzelwerk.privacy.actions import share
from wurzelwerk.privacy.models import AccessLogEntry, Share


class ShareFactory(factory.django.DjangoModelFactory[Share]):
    """Something its owner has opened, as the action opens it."""

    by = factory.SubFactory(PersonFactory)
    item = Item.PORTRAIT
    object_key = factory.Sequence(lambda number: f"thing-{number}")
    label = factory.Sequence(lambda number: f"Sache {number}")
    audience = Audience.COMMUNITY

    class Meta:
        model = Share

    @classmethod
    def _create(cls, model_class: type[Share], *args: object, **fields: object) -> Share:
        return share(**fields)  # type: ignore[arg-type]


class LookFactory(factory.django.DjangoModelFactory[AccessLogEntry]):
    """Somebody has read something of somebody else."""

    person = factory.SubFactory(PersonFactory)
    reader = factory.SubFactory(PersonFactory)
    reader_audience = Audience.PARTNER
    item = Item.JOURNAL

    class Meta:
        model = AccessLogEntry
