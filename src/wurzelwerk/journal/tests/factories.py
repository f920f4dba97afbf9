import factory
from factory.django import DjangoModelFactory

from wurzelwerk.journal.actions import write_entry
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.people.tests.factories import PersonFactory


class EntryFactory(DjangoModelFactory):
    """An entry of ``by``, sealed as every entry is."""

    by = factory.SubFactory(PersonFactory)
    body = factory.Sequence(lambda number: f"Heute habe ich Schritt {number} versucht.")

    class Meta:
        model = JournalEntry

    @classmethod
    def _create(cls, model_class: type[JournalEntry], *args: object, **fields: object) -> JournalEntry:
        return write_entry(**fields)  # type: ignore[arg-type]
