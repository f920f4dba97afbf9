"""Constraints that every room writes the same way."""

from django.db.models import CheckConstraint, Q, TextChoices


def one_of(field: str, choices: type[TextChoices], *, model: str) -> CheckConstraint:
    """Return the constraint that ``field`` holds one of ``choices``."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=f"{model}_{field}_known")


def set_together(first: str, second: str, *, model: str) -> CheckConstraint:
    """Return the constraint that ``first`` and ``second`` are both null or both set."""
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return CheckConstraint(condition=both | neither, name=f"{model}_{first}_with_{second}")


def within(field: str, least: int, most: int, *, model: str) -> CheckConstraint:
    """Return the constraint ``least <= field <= most``; null passes."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": least, f"{field}__lte": most}), name=f"{model}_{field}_within"
    )
