"""Competences, targets and small frameworks for tests."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import factory
from factory.django import DjangoModelFactory

from wurzelwerk.competences.actions import TargetLevel, record_evidence, save_target_profile
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import (
    Competence,
    CompetenceGroup,
    Evidence,
    Framework,
    ProficiencyLevel,
    TargetProfile,
)
from wurzelwerk.competences.tests.data_esco import generated, write_official
from wurzelwerk.people.models import JobRole, Person


class FrameworkFactory(DjangoModelFactory):
    key = factory.Sequence(lambda number: f"framework-{number}")
    kind = "own"
    name_de = "Rahmen"
    name_en = "Framework"

    class Meta:
        model = Framework


class GroupFactory(DjangoModelFactory):
    framework = factory.SubFactory(FrameworkFactory)
    uri = factory.Sequence(lambda number: f"urn:group:{number}")
    label_de = "Gruppe"
    label_en = "Group"

    class Meta:
        model = CompetenceGroup


class CompetenceFactory(DjangoModelFactory):
    framework = factory.LazyAttribute(lambda one: one.group.framework)
    group = factory.SubFactory(GroupFactory)
    uri = factory.Sequence(lambda number: f"urn:competence:{number}")
    label_de = factory.Sequence(lambda number: f"Kompetenz {number}")
    label_en = factory.Sequence(lambda number: f"Competence {number}")

    class Meta:
        model = Competence


def described(**fields: Any) -> Competence:
    """Return a competence with a sentence for each level."""
    competence: Competence = CompetenceFactory(**fields)
    ProficiencyLevel.objects.bulk_create(
        ProficiencyLevel(
            competence=competence, level=level, anchor_de=f"Kann es zu {level}.", anchor_en=f"Can do {level}."
        )
        for level in range(1, 6)
    )
    return competence


def role_of(person: Person) -> JobRole:
    """Return the job role of a person of the cast."""
    role = person.employment.job_role
    assert role is not None
    return role


def target(
    job_role: JobRole, levels: Mapping[Competence, float], *, valid_from: date | None = None, weight: float = 1.0
) -> TargetProfile:
    """Say what a job role needs."""
    requirements = [TargetLevel(competence, level, weight) for competence, level in levels.items()]
    return save_target_profile(by=None, job_role=job_role, requirements=requirements, valid_from=valid_from)


def evidence(person: Person, competence: Competence, level: float = 3, **fields: Any) -> Evidence:
    """Record a work sample for ``person``, or what ``fields`` say."""
    given = {"by": person, "source": EvidenceSource.WORK_SAMPLE, **fields}
    return record_evidence(person=person, competence=competence, level=level, **given)


def small_set(folder: Path, **sizes: int) -> Path:
    """Write a small framework in the official layout: 4 groups, 6 competences, 3 occupations, 9 relations."""
    numbers = {"competences": 6, "occupations": 3, "relations": 9, "groups": 6, **sizes}
    write_official(folder, **generated(**numbers))
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewrite(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Replace the rows of a CSV file, keeping its header."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
