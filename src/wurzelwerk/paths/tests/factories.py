"""Goals and steps for tests, through the actions."""

from wurzelwerk.catalogue.tests.factories import OpportunityFactory, a_competence
from wurzelwerk.paths import actions
from wurzelwerk.paths.models import LearningGoal, PathStep
from wurzelwerk.people.models import Person


def some_opportunities() -> None:
    """Create something to read and something to do for SQL from level 0 to 1."""
    sql = a_competence()
    OpportunityFactory(title_de="Erste Abfrage lesen", minutes=15, outcome=(sql, 0, 1))
    OpportunityFactory(
        title_de="Eigene Liste auswerten", kind="work_task", task_de="Werte aus.", minutes=60, outcome=(sql, 0, 1)
    )


def a_path(person: Person) -> LearningGoal:
    """Return the path of ``person`` to level 1 of SQL: reading, task, reflection, review."""
    some_opportunities()
    return actions.plan_path(by=person, competence=a_competence(), target_level=1)


def step_of(goal: LearningGoal, kind: str) -> PathStep:
    """Return the first step of this kind."""
    step: PathStep = goal.steps.select_related("goal__competence", "opportunity").filter(kind=kind)[0]
    return step
