"""Who is whose learning partner or mentor, for the visibility matrix: only while a partnership runs."""

from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.kernel.visibility import Owners, register_relation
from wurzelwerk.partnerships.choices import MemberRole
from wurzelwerk.partnerships.models import Member
from wurzelwerk.people.models import Person


def partners_of(viewer: Person) -> Owners:
    """Return whom ``viewer`` is learning with; a mentor is no partner of the mentee."""
    mine = Member.objects.filter(person=viewer, left_at=None).exclude(role=MemberRole.MENTOR)
    others = Member.objects.filter(left_at=None, partnership__in=mine.values("partnership"))
    return others.exclude(person=viewer).values("person")


def mentees_of(viewer: Person) -> Owners:
    """Return whom ``viewer`` is mentoring."""
    mine = Member.objects.filter(person=viewer, left_at=None, role=MemberRole.MENTOR)
    mentees = Member.objects.filter(left_at=None, role=MemberRole.MENTEE, partnership__in=mine.values("partnership"))
    return mentees.values("person")


def register_relations() -> None:
    """Tell the kernel about partners and mentors."""
    register_relation(Audience.PARTNER, partners_of)
    register_relation(Audience.MENTOR, mentees_of)
