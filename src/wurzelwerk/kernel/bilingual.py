"""Content in two languages stands in paired columns; this picks the one to show."""

from django.db.models import CheckConstraint, Q
from django.utils.translation import get_language


def speaks_english() -> bool:
    """Tell whether the active interface language is English."""
    return (get_language() or "").startswith("en")


def pick(de: str, en: str) -> str:
    """Return the text of the active language, or the other one where it is missing."""
    return (en or de) if speaks_english() else (de or en)


def one_language_set(field: str, *, model: str) -> CheckConstraint:
    """Return the constraint that ``field``_de or ``field``_en is set."""
    return CheckConstraint(
        condition=~Q(**{f"{field}_de": ""}) | ~Q(**{f"{field}_en": ""}),
        name=f"{model}_{field}_in_one_language",
    )
