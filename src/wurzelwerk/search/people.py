"""People as a live source: read through `visible_to`, never kept in the index."""

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.people.models import JobRole, Person
from wurzelwerk.search.analysis.highlights import name_ranges
from wurzelwerk.search.analysis.words import words
from wurzelwerk.search.sources import Hit, SearchSource

PEOPLE: Final = "people"
_SPELLINGS: Final = {"ae": ("ae", "ä"), "oe": ("oe", "ö"), "ue": ("ue", "ü"), "ss": ("ss", "ß")}
_LETTERS: Final = {
    "a": ("a", "ä"),
    "o": ("o", "ö"),
    "u": ("u", "ü"),
    "ä": ("ä", "ae"),
    "ö": ("ö", "oe"),
    "ü": ("ü", "ue"),
    "ß": ("ß", "ss"),
}
_MAX_SPELLINGS: Final = 16
_MAX_WORDS: Final = 4
_MIN_ROLE_WORD: Final = 3


def find_people(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the people whom `viewer` may see and whose name or job role answers every typed word."""
    typed = [word.text for word in words(text)][:_MAX_WORDS]
    if not typed:
        return []
    condition = Q()
    for word in typed:
        condition &= _name_condition(word) | _role_condition(word)
    rows = (
        Person.objects.visible_to(viewer)
        .filter(condition, is_active=True)
        .order_by("family_name", "given_name", "pk")
        .values_list(
            "public_id", "given_name", "family_name",
            "employment__job_role__title_de", "employment__job_role__title_en", "employment__unit__name",
        )[:limit]
    )  # fmt: skip
    return [_hit(row, text) for row in rows]


def source() -> SearchSource:
    """Return people as a source of the search."""
    return SearchSource(PEOPLE, _("People"), icon="users-round", order=90, find=find_people)


def _hit(row: tuple[str, str, str, str | None, str | None, str | None], text: str) -> Hit:
    public_id, given_name, family_name, role_de, role_en, unit = row
    name = f"{given_name} {family_name}"
    place = " · ".join(filter(None, (pick(role_de or "", role_en or ""), unit)))
    return Hit(
        source=PEOPLE,
        object_key=public_id,
        title=name,
        summary=place,
        url=reverse("people:person", args=[public_id]),
        score=0.0,
        title_ranges=name_ranges(name, text),
        summary_ranges=name_ranges(place, text),
    )


def _name_condition(word: str) -> Q:
    condition = Q()
    for spelling in spellings(word):
        condition |= Q(given_name__istartswith=spelling) | Q(family_name__istartswith=spelling)
    return condition


def _role_condition(word: str) -> Q:
    """Return the condition that the job role holds the word; the roles are few, so they are asked first."""
    if len(word) < _MIN_ROLE_WORD:
        return Q(pk__in=())
    named = Q()
    for spelling in spellings(word):
        named |= Q(title_de__icontains=spelling) | Q(title_en__icontains=spelling)
    roles = list(JobRole.objects.filter(named).values_list("pk", flat=True)[:50])
    return Q(employment__job_role__in=roles) if roles else Q(pk__in=())


def spellings(word: str) -> tuple[str, ...]:
    """Return the ways to write a name with or without umlauts: "Mueller" also gives "Müller"."""
    lowered = word.casefold()
    found = dict.fromkeys((word, lowered))
    for choice in product(*_choices(lowered)):
        spelling = "".join(choice)
        found |= dict.fromkeys((spelling, spelling.capitalize()))
        if len(found) >= _MAX_SPELLINGS:
            break
    return tuple(found)


def _choices(word: str) -> Iterator[tuple[str, ...]]:
    place = 0
    while place < len(word):
        pair = _SPELLINGS.get(word[place : place + 2])
        if pair:
            yield pair
            place += 2
        else:
            yield _LETTERS.get(word[place], (word[place],))
            place += 1
