"""Who may do what with goals and steps."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.paths.choices import StepKind
from wurzelwerk.paths.models import LearningGoal, PathStep
from wurzelwerk.people.models import Person


def may_change(person: Person, goal: LearningGoal) -> Verdict:
    """Say whether ``person`` may change ``goal`` and its steps: only whose it is."""
    if goal.person_id == person.pk:
        return ALLOWED
    return refuse(_("Only the person whose path this is can change it."))


def may_aim_at(level: int) -> Verdict:
    """Say whether ``level`` can be a target."""
    if 1 <= level <= HIGHEST_LEVEL:
        return ALLOWED
    return refuse(_("A target is a level from 1 to 5."))


def may_complete(step: PathStep, *, reflection: str) -> Verdict:
    """Say whether ``step`` can end: a task or a reflection needs a sentence about it."""
    needs_words = step.kind in {StepKind.WORK_TASK, StepKind.REFLECTION}
    if needs_words and not reflection.strip():
        return refuse(_("Please write at least one sentence: what did you take with you?"))
    return ALLOWED


def may_resume(goal: LearningGoal) -> Verdict:
    """Say whether a dropped ``goal`` can be taken up again."""
    others = LearningGoal.objects.open().filter(person=goal.person_id, competence=goal.competence_id)
    if others.exclude(pk=goal.pk).exists():
        return refuse(_("There is a newer path for this competence."))
    return ALLOWED
