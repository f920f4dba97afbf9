from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from wurzelwerk.competences.actions import (
    add_to_profile,
    assess_self,
    record_evidence,
    revoke_share,
    set_wished_role,
    share_evidence,
    withdraw_evidence,
)
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Competence, Evidence, ProfileCompetence, WishedRole
from wurzelwerk.competences.models.evidence import SOURCES_OF
from wurzelwerk.competences.portrait import block
from wurzelwerk.competences.queries import share_rows, shared_levels
from wurzelwerk.competences.tests.factories import CompetenceFactory, evidence
from wurzelwerk.kernel import late, visibility
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.lrs.models import Statement
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast, JobRoleFactory, cast
from wurzelwerk.privacy.models import AccessLogEntry, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def partners(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Ben is the learning partner of Amira: the room above that knows it is not asked here."""

    def partner_of(viewer: Person) -> visibility.Owners:
        found: visibility.Owners = Person.objects.filter(pk=people.amira.pk if viewer == people.ben else 0).values("pk")
        return found

    relations = {**visibility._relations, Audience.PARTNER: [partner_of]}  # noqa: SLF001 - there is no way to unregister
    monkeypatch.setattr(visibility, "_relations", relations)
    monkeypatch.setattr(late, "keeps_sql", False)
    return people


def seen(viewer: Person, owner: Person) -> set[str]:
    return set(Evidence.objects.visible_to(viewer).filter(person=owner).values_list("source", flat=True))


def of_every_source(people: Cast) -> None:
    competence = CompetenceFactory()
    assess_self(by=people.amira, competence=competence, level=3)
    givers = {EvidenceSource.PARTNER: people.ben, EvidenceSource.PEER: people.david, EvidenceSource.LEAD: people.clara}
    for source in EvidenceSource:
        if source not in {EvidenceSource.SELF, EvidenceSource.MENTOR}:
            record_evidence(
                by=people.amira,
                person=people.amira,
                competence=competence,
                source=source,
                level=3,
                given_by=givers.get(source),
            )


def test_every_source_belongs_to_one_row_of_the_matrix() -> None:
    sources = [source for group in SOURCES_OF.values() for source in group]

    assert sorted(sources) == sorted(EvidenceSource)


def test_at_first_only_the_person_sees_evidence_and_givers_what_they_gave(partners: Cast) -> None:
    of_every_source(partners)
    everything = set(EvidenceSource.values) - {"mentor"}

    assert seen(partners.amira, partners.amira) == everything
    assert seen(partners.ben, partners.amira) == {"partner"}
    assert seen(partners.clara, partners.amira) == {"lead"}
    for stranger in (partners.david, partners.eva, partners.felix, partners.greta):
        assert seen(stranger, partners.amira) == set()


def test_withdrawn_evidence_is_seen_by_its_owner_alone(partners: Cast) -> None:
    piece = evidence(partners.amira, CompetenceFactory(), source="lead", by=partners.clara, given_by=partners.clara)

    withdraw_evidence(by=partners.amira, evidence=piece)

    assert seen(partners.amira, partners.amira) == {"lead"}
    assert seen(partners.clara, partners.amira) == set()


@pytest.mark.parametrize(
    "item,audience,viewer,sources",
    [
        (Item.SELF_ASSESSMENT, Audience.PARTNER, "ben", {"partner", "self"}),
        (Item.SELF_ASSESSMENT, Audience.LEAD, "clara", {"lead", "self"}),
        (Item.SELF_ASSESSMENT, Audience.COMMUNITY, "david", {"self"}),
        (Item.PEER_ASSESSMENT, Audience.LEAD, "clara", {"lead", "partner", "peer"}),
        (Item.ESTIMATE, Audience.PARTNER, "ben", {"partner", "work_sample", "reflection", "external"}),
        (Item.QUIZ, Audience.PARTNER, "ben", {"partner", "test"}),
        (Item.CERTIFICATE, Audience.LEAD, "clara", {"lead", "certificate"}),
        (Item.CERTIFICATE, Audience.COMMUNITY, "greta", {"certificate"}),
    ],
)
def test_a_share_opens_one_kind_to_one_audience(
    partners: Cast, item: Item, audience: Audience, viewer: str, sources: set[str]
) -> None:
    of_every_source(partners)
    competence = Competence.objects.get()

    share_evidence(by=partners.amira, competence=competence, item=item, audience=audience)

    assert seen(getattr(partners, viewer), partners.amira) == sources


def test_a_share_is_taken_back_at_once(partners: Cast) -> None:
    competence = CompetenceFactory()
    assess_self(by=partners.amira, competence=competence, level=3)
    share = partial(share_evidence, by=partners.amira, competence=competence, item=Item.SELF_ASSESSMENT)
    revoke = partial(revoke_share, by=partners.amira, competence=competence, item=Item.SELF_ASSESSMENT)

    share(audience=Audience.PARTNER)
    share(audience=Audience.PARTNER)
    before = seen(partners.ben, partners.amira)
    ended = revoke(audience=Audience.PARTNER)

    assert (before, seen(partners.ben, partners.amira)) == ({"self"}, set())
    assert (ended, revoke(audience=Audience.PARTNER)) == (1, 0)
    assert Share.objects.count() == 1
    assert Statement.objects.filter(verb="shared").count() == 1


def test_sharing_one_competence_opens_no_other(people: Cast) -> None:
    shared, other = CompetenceFactory(), CompetenceFactory()
    for competence in (shared, other):
        assess_self(by=people.amira, competence=competence, level=4)

    share_evidence(by=people.amira, competence=shared, item=Item.SELF_ASSESSMENT, audience=Audience.LEAD)

    assert [one.competence_key for one in shared_levels(people.clara, people.amira)] == [shared.public_id]


def test_what_the_matrix_forbids_cannot_be_shared(people: Cast) -> None:
    competence = CompetenceFactory()

    with pytest.raises(Refused):
        share_evidence(by=people.amira, competence=competence, item=Item.ESTIMATE, audience=Audience.LEAD)
    with pytest.raises(NotThere):
        share_evidence(by=people.amira, competence=competence, item=Item.JOURNAL, audience=Audience.PARTNER)


def test_wishes_and_choices_are_private(people: Cast) -> None:
    set_wished_role(by=people.amira, job_role=JobRoleFactory())
    add_to_profile(by=people.amira, competence=CompetenceFactory())

    for stranger in (people.ben, people.clara, people.david, people.eva, people.felix, people.greta):
        assert not WishedRole.objects.visible_to(stranger).exists()
        assert not ProfileCompetence.objects.visible_to(stranger).exists()


def test_the_shares_of_a_competence_are_listed_by_audience(people: Cast) -> None:
    competence = CompetenceFactory()
    share_evidence(by=people.amira, competence=competence, item=Item.ESTIMATE, audience=Audience.MENTOR)

    rows = share_rows(people.amira, competence, [Item.ESTIMATE, Item.SELF_ASSESSMENT])

    assert [(row.item, row.audience) for row in rows if row.is_open] == [(Item.ESTIMATE, Audience.MENTOR)]
    assert [row.audience for row in rows if row.item is Item.ESTIMATE] == [Audience.PARTNER, Audience.MENTOR]
    assert len(rows) == 6


@pytest.mark.parametrize("level,shown", [(2, []), (3, [None]), (5, [None])])
def test_everybody_learns_who_can_help_but_not_how_well(people: Cast, level: int, shown: list[None]) -> None:
    competence = CompetenceFactory()
    assess_self(by=people.amira, competence=competence, level=level)

    share_evidence(by=people.amira, competence=competence, item=Item.SELF_ASSESSMENT, audience=Audience.COMMUNITY)

    assert [one.level for one in shared_levels(people.david, people.amira)] == shown


def test_somebody_near_sees_the_level_even_when_everybody_may_ask(people: Cast) -> None:
    competence = CompetenceFactory()
    assess_self(by=people.amira, competence=competence, level=2)
    for audience in (Audience.COMMUNITY, Audience.LEAD):
        share_evidence(by=people.amira, competence=competence, item=Item.SELF_ASSESSMENT, audience=audience)

    assert [one.level for one in shared_levels(people.clara, people.amira)] == [2]
    assert shared_levels(people.david, people.amira) == ()


def test_the_newest_of_each_source_is_shown(people: Cast) -> None:
    competence = CompetenceFactory()
    for level, day in ((4, "2026-03-01"), (2, "2026-01-01")):
        record_evidence(
            by=people.clara,
            person=people.amira,
            competence=competence,
            source=EvidenceSource.LEAD,
            level=level,
            given_by=people.clara,
            observed_on=date.fromisoformat(day),
        )

    assert [one.level for one in shared_levels(people.clara, people.amira)] == [4]


def test_the_block_on_a_persons_page_is_noted_as_read(people: Cast) -> None:
    competence = CompetenceFactory()
    assess_self(by=people.amira, competence=competence, level=4)
    share_evidence(by=people.amira, competence=competence, item=Item.SELF_ASSESSMENT, audience=Audience.COMMUNITY)

    found = block(people.david, people.amira)

    assert found is not None
    assert [one.competence for one in found.context["can_help"]] == [str(competence)]
    assert found.context["levels"] == []
    entry = AccessLogEntry.objects.get()
    assert (entry.person, entry.reader, entry.item) == (people.amira, people.david, Item.SELF_ASSESSMENT)


def test_there_is_no_block_about_oneself_or_without_shares(people: Cast) -> None:
    assess_self(by=people.amira, competence=CompetenceFactory(), level=4)

    assert block(people.amira, people.amira) is None
    assert block(people.david, people.amira) is None
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_shared_levels_cost_the_same_for_one_and_for_three(people: Cast, number: int) -> None:
    for _ in range(number):
        competence = CompetenceFactory()
        assess_self(by=people.amira, competence=competence, level=4)
        share_evidence(by=people.amira, competence=competence, item=Item.SELF_ASSESSMENT, audience=Audience.LEAD)
    viewer = Person.objects.get(pk=people.clara.pk)
    assert viewer.roles == frozenset()

    with CaptureQueriesContext(connection) as queries:
        found = shared_levels(viewer, people.amira)

    assert len(found) == number
    assert len(queries) <= 5


def test_the_rules_of_evidence_cover_every_row(people: Cast) -> None:
    of_every_source(people)
    conditions = Q(pk__in=())
    for rule in Evidence.visibility:
        conditions |= rule.where

    assert Evidence.objects.filter(conditions).count() == Evidence.objects.count()
