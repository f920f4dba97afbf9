import pytest

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Evidence
from wurzelwerk.competences.tests.factories import CompetenceFactory
from wurzelwerk.journal.actions import mark_passage, restore_passage, withdraw_passage
from wurzelwerk.journal.models import Passage
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.journal.texts import open_passage
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


def test_a_marked_passage_is_evidence_of_its_owner() -> None:
    entry, competence = EntryFactory(body="Ich habe gewartet. Dann kam die Antwort."), CompetenceFactory()

    passage = mark_passage(by=entry.person, entry=entry, text=" Ich habe gewartet. ", competence=competence, level=3)

    evidence = Evidence.objects.get()
    assert passage.evidence == evidence
    assert (evidence.person, evidence.competence, evidence.level) == (entry.person, competence, 3)
    assert (evidence.source, evidence.summary) == (EvidenceSource.REFLECTION, "Ich habe gewartet.")
    assert (evidence.origin_kind, evidence.origin_key) == ("journal_passage", passage.public_id)
    assert evidence.observed_on == entry.written_on
    assert open_passage(passage) == "Ich habe gewartet."


def test_two_passages_of_one_entry_are_two_pieces_of_evidence() -> None:
    entry, competence = EntryFactory(), CompetenceFactory()

    for text in ("eins", "zwei"):
        mark_passage(by=entry.person, entry=entry, text=text, competence=competence, level=2)

    assert Evidence.objects.in_force().count() == 2


def test_a_passage_can_be_taken_back_and_brought_back() -> None:
    entry = EntryFactory()
    passage = mark_passage(by=entry.person, entry=entry, text="eins", competence=CompetenceFactory(), level=2)

    for _ in range(2):
        withdraw_passage(by=entry.person, passage=passage)
    assert (Passage.objects.in_force().count(), Evidence.objects.in_force().count()) == (0, 0)
    for _ in range(2):
        restore_passage(by=entry.person, passage=passage)

    assert (Passage.objects.in_force().count(), Evidence.objects.in_force().count()) == (1, 1)


def test_a_passage_whose_evidence_is_gone_can_still_be_taken_back() -> None:
    entry = EntryFactory()
    passage = mark_passage(by=entry.person, entry=entry, text="eins", competence=CompetenceFactory(), level=2)
    Evidence.objects.all().delete()
    passage.refresh_from_db()

    restore_passage(by=entry.person, passage=withdraw_passage(by=entry.person, passage=passage))

    assert Passage.objects.in_force().count() == 1


@pytest.mark.parametrize("text,level", [(" ", 2), ("x" * 1001, 2), ("x", 0), ("x", 6)])
def test_what_cannot_be_evidence_is_refused(text: str, level: int) -> None:
    entry = EntryFactory()

    with pytest.raises(Refused):
        mark_passage(by=entry.person, entry=entry, text=text, competence=CompetenceFactory(), level=level)
    assert (Passage.objects.count(), Evidence.objects.count()) == (0, 0)


def test_only_the_owner_marks_and_takes_back() -> None:
    entry, ben, competence = EntryFactory(), PersonFactory(), CompetenceFactory()
    passage = mark_passage(by=entry.person, entry=entry, text="eins", competence=competence, level=2)

    with pytest.raises(Refused):
        mark_passage(by=ben, entry=entry, text="eins", competence=competence, level=2)
    with pytest.raises(Refused):
        withdraw_passage(by=ben, passage=passage)
    with pytest.raises(Refused):
        restore_passage(by=ben, passage=passage)
