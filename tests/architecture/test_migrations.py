from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration, RunSQL
from django.db.migrations.operations.base import Operation

from tools.fold_migrations import fold, our_migrations

POSITIVE = models.CheckConstraint(condition=models.Q(minutes__gt=0), name="positive")
BY_MINUTES = models.Index(fields=["minutes"], name="by_minutes")


def migration(*operations: Operation) -> Migration:
    created = CreateModel("Bed", [("minutes", models.IntegerField())])
    made: Migration = type("Made", (Migration,), {"operations": [created, *operations]})("0001_initial", "garden")
    return made


def test_migrations_create_models_with_their_constraints() -> None:
    """``tools/fold_migrations.py`` (part of ``make fix``) repairs this; it halves the time of the first start."""
    foldable = {f"{found.app_label}.{found.name}": saved for found in our_migrations() if (saved := fold(found))}

    assert foldable == {}


def test_constraints_and_indexes_are_folded() -> None:
    found = migration(AddConstraint("bed", POSITIVE), AddIndex("bed", BY_MINUTES))

    assert fold(found) == 2
    assert len(found.operations) == 1
    assert vars(found.operations[0])["options"] == {"constraints": [POSITIVE], "indexes": [BY_MINUTES]}


def test_what_needs_a_later_field_or_another_model_stays() -> None:
    later = migration(AddField("bed", "depth", models.IntegerField()), AddConstraint("bed", POSITIVE))
    other = migration(AddConstraint("path", POSITIVE))

    assert (fold(later), fold(other)) == (0, 0)


def test_migrations_written_by_hand_stay() -> None:
    assert fold(migration(AddConstraint("bed", POSITIVE), RunSQL("SELECT 1"))) == 0
