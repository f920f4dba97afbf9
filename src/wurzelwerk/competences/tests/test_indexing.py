import pytest

from wurzelwerk.competences.actions import index_competences
from wurzelwerk.competences.indexing import all_documents
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import competence_choices
from wurzelwerk.competences.tests.factories import CompetenceFactory, FrameworkFactory
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.search.queries import find

pytestmark = pytest.mark.django_db


def index() -> Job:
    job = index_competences()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    return job


def test_each_language_is_a_document_and_own_frameworks_weigh_more() -> None:
    own = CompetenceFactory(label_de="Reden", label_en="Talking", aliases_de="Sprechen\nPlaudern")
    esco = CompetenceFactory(
        framework=FrameworkFactory(kind="esco"), label_de="", label_en="Speaking", reuse_level="transversal"
    )

    documents = {(one.object_key, one.language.value): one for one in all_documents()}

    assert set(documents) == {(own.public_id, "de"), (own.public_id, "en"), (esco.public_id, "en")}
    assert documents[own.public_id, "de"].keywords == ("Sprechen", "Plaudern")
    assert documents[own.public_id, "de"].weight > documents[esco.public_id, "en"].weight > 1


def test_the_index_follows_the_frameworks() -> None:
    kept, renamed, retired = (CompetenceFactory(label_de=f"Gespräch {name}") for name in ("Eins", "Zwei", "Drei"))
    first = index()
    Competence.objects.filter(pk=renamed.pk).update(label_de="Vortrag")
    Competence.objects.filter(pk=retired.pk).update(retired_at=clock.now())

    second = index()

    assert (first.result, second.result) == (
        {"written": 6, "unchanged": 0, "removed": 0},
        {"written": 1, "unchanged": 3, "removed": 2},
    )
    assert [hit.object_key for hit in find("Gespräch", sources=("competences",)).hits] == [kept.public_id]


def test_choices_understand_compounds_once_they_are_indexed() -> None:
    leading = CompetenceFactory(label_de="Gesprächsführung")
    CompetenceFactory(label_de="Lagerhaltung")
    index()

    assert [one.public_id for one in competence_choices("Gespräch")] == [leading.public_id]
    assert [one.public_id for one in competence_choices("Gesprächsfürung")] == [leading.public_id]


def test_retired_competences_are_no_choice_even_while_they_are_indexed() -> None:
    competence = CompetenceFactory(label_de="Gesprächsführung")
    index()
    Competence.objects.filter(pk=competence.pk).update(retired_at=clock.now())

    assert competence_choices("Gesprächsführung") == ()
