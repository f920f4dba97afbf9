"""What the pages of agreement and packages are filled with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.partnerships.matching import Fit
from wurzelwerk.partnerships.models import LearningPartnership, Member, PartnerAd
from wurzelwerk.partnerships.queries.pool import AdRow, read_ads
from wurzelwerk.partnerships.queries.rooms import Room
from wurzelwerk.people.models import Person

USUAL_WEEKS = 10
PACKAGE_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What the members bring to each other, from their ads: (learner, competence key, name, from, to)."""

    ads: tuple[AdRow, ...]

    def wishes(self) -> tuple[tuple[int, int, str, int, int], ...]:
        """Return what each member can learn from the others here; all wishes where nothing matches."""
        found = []
        for teacher in self.ads:
            for learner in self.ads:
                if teacher.person_id == learner.person_id:
                    continue
                names = {**teacher.names, **learner.names}
                fit = Fit(learner.figures, teacher.figures)
                found += [
                    (learner.person_id, each.skill, names[each.skill], each.current, each.reached)
                    for each in fit.for_one
                ]
        return tuple(found)

    @property
    def keys(self) -> dict[int, str]:
        """Return the public id of every competence in the ads."""
        wanted = {line.competence_id: line.competence_key for ad in self.ads for line in ad.wants}
        return wanted | {line.competence_id: line.competence_key for ad in self.ads for line in ad.offers}

    @property
    def competence_ids(self) -> tuple[int, ...]:
        """Return every competence of both ads, what is exchanged first."""
        exchanged = [skill for _learner, skill, *_rest in self.wishes()]
        every = [line.competence_id for ad in self.ads for line in ad.wants]
        every += [line.competence_id for ad in self.ads for line in ad.offers]
        return tuple(dict.fromkeys([*exchanged, *every]))


def exchanged(partnership: LearningPartnership) -> Exchanged:
    """Return the ads of the members, whatever became of them since; two queries."""
    ads = Member.objects.filter(partnership=partnership, ad__isnull=False).values("ad")
    return Exchanged(read_ads(PartnerAd.objects.filter(pk__in=ads)))


def competences_of(brought: Exchanged, room: Room) -> tuple[Competence, ...]:
    """Return the competences to choose from: those of the ads, and of what is already planned."""
    keys = [*brought.competence_ids, *(package.competence_id for package in room.packages)]
    found = Competence.objects.in_bulk(list(dict.fromkeys(keys)))
    return tuple(found[key] for key in dict.fromkeys(keys) if key in found)


def members_of(partnership: LearningPartnership) -> tuple[Person, ...]:
    """Return the persons who belong to it, in the order they joined."""
    members = Member.objects.filter(partnership=partnership).select_related("person").order_by("joined_at", "pk")
    return tuple(member.person for member in members)


def agreement_values(brought: Exchanged, room: Room) -> dict[str, Any]:
    """Return what the agreement form shows at first: the latest version, or a proposal from both ads."""
    if room.agreement is not None:
        agreed = room.agreement
        values: dict[str, Any] = {
            "version": agreed.version,
            "weekly_minutes": agreed.weekly_minutes,
            "rhythm_weeks": agreed.rhythm_weeks,
            "response_days": agreed.response_days,
            "ends_on": agreed.ends_on,
            "scenario": agreed.scenario,
        }
        goals = [(goal.text, goal.competence_key) for goal in agreed.goals]
    else:
        values = {
            "version": 0,
            "weekly_minutes": min(member.weekly_minutes for member in room.members),
            "rhythm_weeks": max(member.rhythm_weeks for member in room.members),
            "response_days": max(member.response_days for member in room.members),
            "ends_on": clock.today() + timedelta(weeks=USUAL_WEEKS),
            "scenario": room.scenario,
        }
        goals = _proposed_goals(brought, room)
    for number, (text, competence) in enumerate(goals[:3], start=1):
        values |= {f"goal_{number}": text, f"competence_{number}": competence}
    return values


def first_day_due() -> date:
    """Return the day proposed for a new package."""
    return clock.today() + timedelta(weeks=PACKAGE_WEEKS)


def wished_by(brought: Exchanged, room: Room, learner: str) -> str:
    """Return the public id of what the member with the public id ``learner`` learns first here, or ""."""
    person = next((member.person_id for member in room.members if member.person_key == learner), None)
    return next((brought.keys[skill] for key, skill, *_rest in brought.wishes() if key == person), "")


def _proposed_goals(brought: Exchanged, room: Room) -> list[tuple[str, str]]:
    """Return a goal per member, made from what they can learn from each other."""
    names = {member.person_id: member.given_name for member in room.members}
    goals: dict[int, tuple[str, int]] = {}
    for learner, skill, name, _current, reached in brought.wishes():
        text = _("%(name)s reaches level %(level)s in %(competence)s.") % {
            "name": names.get(learner, ""),
            "level": reached,
            "competence": name,
        }
        goals.setdefault(learner, (text, skill))
    return [(text, brought.keys[skill]) for text, skill in goals.values()]
