"""The messages about contested assessments."""

from django.urls import reverse

from wurzelwerk.competences.models import Contest
from wurzelwerk.competences.terms import CONTEST_ANSWERED, CONTESTED
from wurzelwerk.notifications.actions import notify
from wurzelwerk.people.models import Person


def tell_of_contest(contest: Contest, giver: Person) -> None:
    """Ask whoever gave the assessment to answer."""
    name = contest.person.full_name
    notify(
        person=giver,
        kind=CONTESTED,
        title_de=f"{name} sieht eine Einschätzung von dir anders und bittet um deine Antwort",
        title_en=f"{name} sees an assessment of yours differently and asks for your answer",
        url=_page_of(contest),
        by=contest.person,
    )


def tell_of_answer(contest: Contest, by: Person) -> None:
    """Tell the person that ``by`` has answered."""
    notify(
        person=contest.person,
        kind=CONTEST_ANSWERED,
        title_de=f"{by.full_name} hat auf deinen Widerspruch geantwortet",
        title_en=f"{by.full_name} has answered what you contested",
        url=_page_of(contest),
        by=by,
    )


def _page_of(contest: Contest) -> str:
    return reverse("competences:contest", args=[contest.public_id])
