"""Learning packages: steps in one direction with a date, done when the learner has done them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.partnerships.actions.steps import Turn, begin, note, refuse_when, state, tell_others
from wurzelwerk.partnerships.choices import PackageState
from wurzelwerk.partnerships.models import LearningPackage, LearningPartnership
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class PackageContent:
    """What a package says; ``teacher`` and ``learner`` are members."""

    teacher: Person
    learner: Person
    competence: Competence
    title: str
    due_on: date
    description: str = ""
    if_then: str = ""


@transaction.atomic
def save_package(
    *, by: Person, partnership: LearningPartnership, content: PackageContent, package: LearningPackage | None = None
) -> LearningPackage:
    """Plan a package, or change one that is not done yet."""
    turn = begin(by=by, partnership=partnership, act=Act.SAVE_PACKAGE)
    _may_say(turn, content)
    saved = LearningPackage(partnership=turn.partnership) if package is None else _lock(turn, package)
    refuse_when(saved.state == PackageState.DONE, _("This package is done. Open it again to change it."))
    saved.teacher, saved.learner, saved.competence = content.teacher, content.learner, content.competence
    saved.title, saved.due_on = content.title.strip(), content.due_on
    saved.description, saved.if_then = content.description.strip(), content.if_then.strip()
    saved.save()
    note(by, "save_package", saved)
    if package is None:
        tell_others(turn, "package_planned", _("%(name)s has planned a learning package"))
    return saved


@transaction.atomic
def remove_package(*, by: Person, package: LearningPackage) -> None:
    """Take a package out of the plan that is not done yet."""
    turn = begin(by=by, partnership=package.partnership, act=Act.REMOVE_PACKAGE)
    locked = _lock(turn, package)
    refuse_when(locked.state == PackageState.DONE, _("This package is done. Open it again to change it."))
    note(by, "remove_package", locked)
    locked.delete()


@transaction.atomic
def complete_package(*, by: Person, package: LearningPackage) -> LearningPackage:
    """Mark a package as done: the learner has worked on it, the teacher has taught. Twice changes nothing."""
    turn = begin(by=by, partnership=package.partnership, act=Act.COMPLETE_PACKAGE)
    locked = _lock(turn, package)
    if locked.state == PackageState.DONE:
        return locked
    locked.state, locked.completed_at = PackageState.DONE, clock.now()
    locked.save(update_fields=["state", "completed_at"])
    note(by, "complete_package", locked)
    names = (locked.competence.label_de, locked.competence.label_en)
    state(locked.learner, Verb.COMPLETED, turn.partnership, names=names, competence=locked.competence)
    state(locked.teacher, Verb.TAUGHT, turn.partnership, names=names, competence=locked.competence)
    tell_others(turn, "package_done", _("%(name)s has marked a learning package as done"))
    return locked


@transaction.atomic
def reopen_package(*, by: Person, package: LearningPackage) -> LearningPackage:
    """Take "done" back."""
    turn = begin(by=by, partnership=package.partnership, act=Act.REOPEN_PACKAGE)
    locked = _lock(turn, package)
    if locked.state == PackageState.DONE:
        locked.state, locked.completed_at = PackageState.PLANNED, None
        locked.save(update_fields=["state", "completed_at"])
        note(by, "reopen_package", locked)
    return locked


def _may_say(turn: Turn, content: PackageContent) -> None:
    members = {member.person_id for member in turn.members}
    refuse_when(
        not {content.teacher.pk, content.learner.pk} <= members,
        _("Packages go from one member of this learning partnership to another."),
    )
    refuse_when(content.teacher.pk == content.learner.pk, _("Nobody teaches themselves: choose the other direction."))
    refuse_when(not content.title.strip(), _("Give the package a name."))


def _lock(turn: Turn, package: LearningPackage) -> LearningPackage:
    """Return the package fresh; the partnership it belongs to is locked already."""
    locked: LearningPackage = LearningPackage.objects.select_related("learner", "teacher", "competence").get(
        pk=package.pk, partnership=turn.partnership
    )
    return locked
