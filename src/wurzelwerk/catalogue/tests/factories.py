"""Opportunities for tests, with outcomes and dates."""

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from wurzelwerk.catalogue.models import LearningOpportunity, Outcome, Provider, Session
from wurzelwerk.competences.models import Competence, CompetenceGroup, Framework
from wurzelwerk.kernel import clock


def a_competence(key: str = "sql", label_de: str = "SQL-Abfragen", label_en: str = "SQL queries") -> Competence:
    """Return the competence of this key in a framework of its own, created once."""
    framework, _new = Framework.objects.get_or_create(key="own", defaults={"name_de": "Eigenes", "kind": "own"})
    group, _new = CompetenceGroup.objects.get_or_create(framework=framework, uri="g", defaults={"label_de": "Gruppe"})
    labels = {"label_de": label_de, "label_en": label_en, "group": group}
    return Competence.objects.get_or_create(framework=framework, uri=key, defaults=labels)[0]


class ProviderFactory(DjangoModelFactory):
    key = factory.Sequence(lambda number: f"provider-{number}")
    name = "Akademie"

    class Meta:
        model = Provider


class OpportunityFactory(DjangoModelFactory):
    """An opportunity; give ``outcome=(competence, 1, 2)`` for what it leads to."""

    key = factory.Sequence(lambda number: f"opportunity-{number}")
    kind = "article"
    title_de = factory.Sequence(lambda number: f"Lesestück {number}")
    title_en = factory.Sequence(lambda number: f"Reading {number}")
    minutes = 20
    languages = factory.LazyFunction(lambda: ["de", "en"])
    provider = factory.SubFactory(ProviderFactory)

    class Meta:
        model = LearningOpportunity

    @classmethod
    def _create(cls, model_class: type[LearningOpportunity], *args: Any, **fields: Any) -> LearningOpportunity:
        outcome = fields.pop("outcome", None)
        opportunity = model_class.objects.create(**fields)
        if outcome:
            competence, from_level, to_level = outcome
            Outcome.objects.create(
                opportunity=opportunity, competence=competence, from_level=from_level, to_level=to_level
            )
        return opportunity


class SessionFactory(DjangoModelFactory):
    opportunity = factory.SubFactory(OpportunityFactory, kind="event")
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))
    places = 1

    class Meta:
        model = Session
