"""Chapter three: what people say of themselves, and the learning time the company grants.

About two thirds have compared themselves with the sentences of a few competences their role needs;
most stand at what is asked or one below, some evidence is old. It follows from the number of the
person and the place of the competence, so that the picture is the same every time.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from wurzelwerk.competences.actions import record_evidence
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Competence, TargetRequirement
from wurzelwerk.demo.company import person_of
from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.actions import agree_hours
from wurzelwerk.people.models import Person

HOURS_PER_WEEK = Decimal(2)


def build_levels() -> None:
    """Grant learning time, and record the self-assessments of the staff."""
    agree_hours(by=person_of("Eva"), hours_per_week=HOURS_PER_WEEK, valid_from=clock.today() - timedelta(days=400))
    needs = _needs()
    people = Person.objects.exclude(staff_number__startswith="M-10").select_related("employment")
    for person in people.order_by("staff_number"):
        for competence, level, age_days in _levels_of(person, needs.get(person.employment.job_role_id, [])):
            record_evidence(
                by=person,
                person=person,
                competence=competence,
                source=EvidenceSource.SELF,
                level=level,
                observed_on=clock.today() - timedelta(days=age_days),
            )


def _needs() -> dict[int | None, list[tuple[Competence, float]]]:
    needs: dict[int | None, list[tuple[Competence, float]]] = {}
    for row in TargetRequirement.objects.select_related("profile", "competence").order_by("pk"):
        needs.setdefault(row.profile.job_role_id, []).append((row.competence, row.level))
    return needs


def _levels_of(person: Person, needs: list[tuple[Competence, float]]) -> Iterator[tuple[Competence, float, int]]:
    """Yield competence, level and age in days of what this person has said."""
    seed = sum(ord(letter) * place for place, letter in enumerate(person.staff_number, start=1))
    if seed % 3 == 0:
        return
    shown = needs[seed % 3 :: 3]
    for place, (competence, required) in enumerate(shown):
        turn = (seed * 31 + place * 17) % 11
        if turn < 3:  # noqa: PLR2004 - about a quarter was never rated
            continue
        difference = {3: -2, 4: -2, 5: -1, 6: -1, 7: 0, 8: 0, 9: 0, 10: 1}[turn]
        level = min(5.0, max(1.0, required + difference))
        yield competence, level, 10 + (seed * 13 + place * 29) % 430
