"""A path to a goal as something to share, and the paths others have shared on the page about them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.paths.models import LearningGoal
from wurzelwerk.people.models import Person
from wurzelwerk.people.portrait import PortraitBlock
from wurzelwerk.privacy.reading import note_reading
from wurzelwerk.privacy.shareables import SharedThing


def find_goal(owner: Person, object_key: str) -> SharedThing:
    """Return the path of ``owner`` with this public id; raises ``NotThere`` for anybody else's or one put aside."""
    found = LearningGoal.objects.select_related("competence").filter(person=owner, dropped_at=None)
    goal = found.filter(public_id=object_key).first()
    if goal is None:
        raise NotThere
    label = _("Path: %(competence)s") % {"competence": goal.competence}
    return SharedThing(label, reverse("paths:goal", args=[object_key]) + "#sharing")


def shared_paths(viewer: Person, person: Person) -> PortraitBlock | None:
    """Return the paths that ``person`` has shared with ``viewer``; that they are listed is noted as reading."""
    if viewer == person:
        return None
    goals = LearningGoal.objects.visible_to(viewer).filter(person=person, dropped_at=None).select_related("competence")
    rows = tuple((goal.public_id, str(goal.competence)) for goal in goals.order_by("-set_at"))
    if not rows:
        return None
    note_reading(viewer=viewer, item=Item.PATH, owners=[person.pk])
    return PortraitBlock("paths", gettext_lazy("Learning paths"), "paths/portrait.html", {"rows": rows})
