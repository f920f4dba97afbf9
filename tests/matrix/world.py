"""A small company in which everybody's data carries a canary: a text that names whose and what it is.

Three people own objects: Amira ("own"), Tessa of her team ("team") and Ole elsewhere ("other").
"""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator

from tests.matrix.actors import Actor, audiences_of
from wurzelwerk.catalogue.tests.factories import OpportunityFactory, SessionFactory, a_competence
from wurzelwerk.competences.actions import contest_evidence, record_evidence
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.journal.actions import mark_passage, update_entry, write_entry
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.models import Job
from wurzelwerk.learning_time.actions import book_time
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.notifications.actions import notify
from wurzelwerk.notifications.models import Notification
from wurzelwerk.partnerships.actions.requests import pair_of
from wurzelwerk.partnerships.choices import Form, MemberRole, Phase, Scenario
from wurzelwerk.partnerships.models import (
    AdOffer,
    AgreementGoal,
    LearningAgreement,
    LearningPackage,
    LearningPartnership,
    Meeting,
    Member,
    PartnerAd,
    PartnershipRequest,
    SharedNote,
    TimeRequest,
)
from wurzelwerk.paths.actions import plan_path
from wurzelwerk.people.actions import bring_people_file
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Employment, Person, RoleGrant, WorkPattern
from wurzelwerk.people.tests.factories import EmploymentFactory, JobRoleFactory, PersonFactory, cast
from wurzelwerk.privacy.actions import share

PEOPLE_FILE = b"Personalnummer;Vorname;Nachname\r\n4711;Amira;Haddad\r\n"


def canary(owner: str, item: Item) -> str:
    """Return the text that betrays ``item`` of ``owner`` wherever it appears."""
    return f"CANARY-{owner}-{item.value}-END"


@dataclass
class World:
    """The actors, and per owner the objects by name."""

    actors: tuple[Actor, ...]
    objects: dict[str, SimpleNamespace] = field(default_factory=dict)
    shared: SimpleNamespace = field(default_factory=SimpleNamespace)


def build_world() -> World:
    """Create actors and objects; needs a database."""
    people = cast()
    team = Employment.objects.get(person=people.amira)
    tessa = _colleague("Tessa", unit=team.unit, manager=people.clara, site=team.site)
    ole = _colleague("Ole", unit=None, manager=people.david, site=team.site)
    others = {name: _colleague(name, unit=None, manager=None, site=None) for name in ("Mia", "Dana", "Carl")}
    RoleGrant.objects.create(person=others["Dana"], role=Role.DATA_PROTECTION)
    tandem = _partnership(people.amira, people.ben, Form.TANDEM, MemberRole.PARTNER)
    _partnership(people.amira, others["Mia"], Form.MENTORING, MemberRole.MENTOR)
    persons = {
        "anonymous": None,
        "self": people.amira,
        "partner": people.ben,
        "mentor": others["Mia"],
        "lead": people.clara,
        "other_lead": people.david,
        "learning_and_development": people.eva,
        "works_council": people.felix,
        "data_protection": others["Dana"],
        "administrator": people.greta,
        "community_member": others["Carl"],
        "api_client": None,
    }
    Authenticator.objects.create(user=others["Dana"], type=Authenticator.Type.TOTP, data={"secret": "none"})
    roles = {"learning_and_development": {Role.LEARNING_AND_DEVELOPMENT}, "works_council": {Role.WORKS_COUNCIL}}
    roles |= {"data_protection": {Role.DATA_PROTECTION}, "administrator": {Role.ADMINISTRATOR}}
    actors = tuple(
        Actor(name, person, audiences_of(name), frozenset(roles.get(name, ()))) for name, person in persons.items()
    )
    world = World(actors)
    world.shared = _things(people.greta)
    for owner, person in (("own", people.amira), ("team", tessa), ("other", ole)):
        partner = people.ben if owner == "own" else PersonFactory()
        pair = tandem if owner == "own" else _partnership(person, partner, Form.TANDEM, MemberRole.PARTNER)
        together = _together(owner, person, partner, pair)
        world.objects[owner] = SimpleNamespace(**vars(_objects(owner, person)), **together)
    return world


def _colleague(name: str, **employment: Any) -> Person:
    person: Person = PersonFactory(given_name=name, family_name="Colleague", staff_number=name.lower())
    EmploymentFactory(person=person, job_role=None, **employment)
    return person


def _partnership(learner: Person, other: Person, form: Form, role: MemberRole) -> LearningPartnership:
    partnership = LearningPartnership.objects.create(
        form=form, scenario=Scenario.MUTUAL_TEACHING, phase=Phase.LEARNING, started_on=clock.today()
    )
    mine = MemberRole.PARTNER if role is MemberRole.PARTNER else MemberRole.MENTEE
    Member.objects.create(partnership=partnership, person=learner, role=mine)
    Member.objects.create(partnership=partnership, person=other, role=role)
    return partnership


def _together(owner: str, person: Person, partner: Person, pair: LearningPartnership) -> dict[str, Any]:
    """Return the objects of a partnership, with words that only its members may read."""
    words = canary(owner, Item.PARTNERSHIP_CONTENT)
    soon = clock.now() + timedelta(days=3)
    SharedNote.objects.create(partnership=pair, body=words)
    ad = PartnerAd.objects.create(person=person, expires_on=soon.date(), note=canary(owner, Item.PARTNER_AD))
    AdOffer.objects.create(ad=ad, competence=a_competence(), level=3)
    agreement = LearningAgreement.objects.create(
        partnership=pair,
        version=1,
        scenario=Scenario.MUTUAL_TEACHING,
        weekly_minutes=90,
        rhythm_weeks=1,
        response_days=3,
        ends_on=soon.date(),
    )
    AgreementGoal.objects.create(agreement=agreement, position=1, text=words)
    return {
        "partnership": pair,
        "ad": ad,
        "request": _request(PersonFactory(), person, words, receiver_ad=ad),
        "sent_request": _request(person, PersonFactory(), words),
        "time_request": TimeRequest.objects.create(
            partnership=pair, person=person, weekly_minutes=90, until=soon.date(), due_on=soon.date()
        ),
        "meeting": Meeting.objects.create(partnership=pair, starts_at=soon, topic=words, place=words),
        "package": LearningPackage.objects.create(
            partnership=pair,
            teacher=partner,
            learner=person,
            competence=a_competence(),
            title=canary(owner, Item.LEARNING_PACKAGE),
            due_on=soon.date(),
        ),
    }


def _request(sender: Person, receiver: Person, words: str, **more: Any) -> PartnershipRequest:
    due_on = clock.today() + timedelta(days=3)
    pair = pair_of(sender.pk, receiver.pk)
    return PartnershipRequest.objects.create(
        sender=sender, receiver=receiver, pair=pair, message=words, due_on=due_on, **more
    )


def _things(administrator: Person) -> SimpleNamespace:
    """Return what belongs to nobody."""
    competence = a_competence()
    opportunity = OpportunityFactory(outcome=(competence, 0, 1))
    return SimpleNamespace(
        competence=competence,
        framework=competence.framework,
        role=JobRoleFactory(),
        work_pattern=WorkPattern.objects.create(code="early", name_de="Früh", name_en="Early", hours_per_week=35),
        opportunity=opportunity,
        session=SessionFactory(opportunity=opportunity),
        people_import=bring_people_file(by=administrator, file_name="people.csv", content=[PEOPLE_FILE]),
    )


def _objects(owner: str, person: Person) -> SimpleNamespace:
    """Return the objects of one owner, each with its canary where it holds words."""
    competence = a_competence()
    Person.objects.filter(pk=person.pk).update(
        introduction=canary(owner, Item.PORTRAIT), interests=canary(owner, Item.PORTRAIT)
    )
    record(
        person=person,
        verb=Verb.STARTED,
        object_type="course",
        object_key="none",
        object_name=canary(owner, Item.STATEMENT),
    )
    notify(
        person=person,
        kind="test",
        title_de=canary(owner, Item.ACCESS_LOG),
        title_en=canary(owner, Item.ACCESS_LOG),
        url="/",
    )
    goal = plan_path(by=person, competence=competence, target_level=2)
    return SimpleNamespace(
        person=person,
        share=share(
            by=person,
            item=Item.PORTRAIT,
            object_key="none",
            label=canary(owner, Item.ACCESS_LOG),
            audience=Audience.LEAD,
        ),
        job=Job.objects.create(kind="kernel.sweep", person_id=person.pk, note=canary(owner, Item.ACCESS_LOG)),
        notification=Notification.objects.get(person=person),
        evidence=_evidence(owner, person, EvidenceSource.SELF, Item.SELF_ASSESSMENT, None),
        contest=contest_evidence(
            by=person,
            evidence=_evidence(owner, person, EvidenceSource.PEER, Item.PEER_ASSESSMENT, PersonFactory()),
            statement=canary(owner, Item.STATEMENT),
        ),
        **_journal(owner, person),
        time_entry=book_time(
            by=person,
            minutes=30,
            spent_on=clock.today() - timedelta(days=1),
            note=canary(owner, Item.LEARNING_TIME_USE),
        ),
        goal=goal,
        step=goal.steps.first(),
    )


def _journal(owner: str, person: Person) -> dict[str, Any]:
    """Return an entry in its second version, and a passage that became evidence; the rest is not for others."""
    words, shown = canary(owner, Item.JOURNAL), canary(owner, Item.SELF_ASSESSMENT)
    first = write_entry(by=person, body=words, title=words)
    entry = update_entry(by=person, entry=first, body=f"{words} {shown}", version=first.version)
    return {
        "entry": entry,
        "passage": mark_passage(by=person, entry=entry, text=shown, competence=a_competence(), level=1),
    }


def _evidence(owner: str, person: Person, source: EvidenceSource, item: Item, given_by: Person | None) -> Any:
    return record_evidence(
        by=person,
        person=person,
        competence=a_competence(),
        source=source,
        level=1,
        summary=canary(owner, item),
        given_by=given_by,
    )
