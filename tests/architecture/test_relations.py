from collections.abc import Callable, Iterator

import pytest
from django.db import models
from django.db.models import Model
from django.test.utils import isolate_apps

from tests.architecture.relations import choices_problems, our_models, pair_problems, relation_problems
from wurzelwerk.kernel.constraints import one_of, set_together

Check = Callable[[type[Model]], Iterator[str]]


class Colour(models.TextChoices):
    RED = "red", "red"
    BLUE = "blue", "blue"


@pytest.mark.parametrize("check", [relation_problems, choices_problems, pair_problems])
def test_models_keep_the_rules(check: Check) -> None:
    assert [problem for model in our_models() for problem in check(model)] == []


def test_there_are_models_to_check() -> None:
    assert {"Job", "Person", "Share"} <= {model.__name__ for model in our_models()}


@isolate_apps("wurzelwerk.people")
def test_a_relation_that_points_up_is_found() -> None:
    class Pact(Model):
        class Meta:
            app_label = "people"

    Pact.__module__ = "wurzelwerk.partnerships.models"

    class Site(Model):
        pact = models.ForeignKey(Pact, models.CASCADE)

        class Meta:
            app_label = "people"

    Site.__module__ = "wurzelwerk.people.models"

    assert list(relation_problems(Site)) == ["Site.pact points up to Pact in partnerships"]


@isolate_apps("wurzelwerk.people")
def test_choices_without_a_constraint_are_found() -> None:
    class Loose(Model):
        colour = models.CharField(choices=Colour.choices)

        class Meta:
            app_label = "people"

    class Narrow(Model):
        colour = models.CharField(choices=Colour.choices)

        class Meta:
            app_label = "people"
            constraints = [models.CheckConstraint(condition=models.Q(colour__in=["red"]), name="red_only")]

    class Tight(Model):
        colour = models.CharField(choices=Colour.choices)

        class Meta:
            app_label = "people"
            constraints = [one_of("colour", Colour, model="tight")]

    assert [len(list(choices_problems(model))) for model in (Loose, Narrow, Tight)] == [1, 1, 0]


@isolate_apps("wurzelwerk.people")
def test_pairs_that_may_be_half_empty_are_found() -> None:
    class Alone(Model):
        signed_by = models.IntegerField()

        class Meta:
            app_label = "people"

    class Loose(Model):
        signed_by = models.IntegerField(null=True)
        signed_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "people"

    class Tight(Model):
        signed_by = models.IntegerField(null=True)
        signed_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "people"
            constraints = [set_together("signed_at", "signed_by", model="tight")]

    assert [len(list(pair_problems(model))) for model in (Alone, Loose, Tight)] == [1, 1, 0]
