from dataclasses import replace

import pytest

from wurzelwerk.competences.actions import CompetenceDraft, FrameworkDraft, GroupDraft, save_framework
from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.models import Competence, Framework
from wurzelwerk.competences.queries import (
    anchors,
    area_of,
    attributions,
    competence_choices,
    competence_names,
    framework_rows,
    get_competence,
)
from wurzelwerk.competences.terms import GENERAL_ANCHORS
from wurzelwerk.competences.tests.factories import CompetenceFactory, FrameworkFactory, described
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db

SENTENCES = tuple((f"Kann es zu {level}.", f"Can do {level}.") for level in range(1, 6))
TALKING = CompetenceDraft(
    key="talking",
    group="social",
    label_de="Gespräche führen",
    label_en="Leading conversations",
    aliases_de=("Reden", "Zuhören"),
    anchors=SENTENCES,
    half_life_days=200,
)
DRAWING = CompetenceDraft(key="drawing", group="", label_de="Zeichnungen lesen", label_en="Reading drawings")
DRAFT = FrameworkDraft(
    key="own",
    name_de="Unser Rahmen",
    name_en="Our framework",
    version="1",
    groups=(
        GroupDraft("social", "Sozial", "Social", Area.SOCIAL, parent="root"),
        GroupDraft("root", "Alles", "Everything"),
    ),
    competences=(TALKING, DRAWING),
)


@pytest.fixture
def people() -> Cast:
    return cast()


def test_an_own_framework_is_saved_with_levels(people: Cast) -> None:
    framework = save_framework(by=people.eva, draft=DRAFT)

    talking = Competence.objects.get(uri="urn:wurzelwerk:own:talking")
    assert (talking.label_de, talking.aliases_de, talking.half_life_days) == (
        "Gespräche führen",
        "Reden\nZuhören",
        200,
    )
    assert talking.group is not None
    assert (area_of(talking), str(talking.group.parent)) == (Area.SOCIAL, "Alles")
    assert anchors(talking) == {level: texts[0] for level, texts in enumerate(SENTENCES, start=1)}
    assert framework.competences.count() == 2
    assert AuditEntry.objects.get().verb == "competences.save_framework"
    assert [job.kind for job in Job.objects.all()] == ["competences.index"]


def test_saving_the_same_framework_again_changes_nothing(people: Cast) -> None:
    first = save_framework(by=people.eva, draft=DRAFT)

    second = save_framework(by=people.eva, draft=DRAFT)

    assert second.updated_at == first.updated_at
    assert AuditEntry.objects.count() == 1


def test_a_changed_framework_is_brought_in_line(people: Cast) -> None:
    save_framework(by=people.eva, draft=DRAFT)
    talking = Competence.objects.get(uri="urn:wurzelwerk:own:talking")
    spoken = replace(TALKING, label_de="Gesprächsführung", anchors=SENTENCES[:1] + SENTENCES[3:])

    save_framework(by=people.eva, draft=replace(DRAFT, competences=(spoken,), version="2"))

    renamed = Competence.objects.get(pk=talking.pk)
    assert (renamed.label_de, renamed.public_id, renamed.framework.version) == (
        "Gesprächsführung",
        talking.public_id,
        "2",
    )
    assert list(renamed.levels.order_by("level").values_list("level", "anchor_de")) == [
        (1, "Kann es zu 1."),
        (2, "Kann es zu 4."),
        (3, "Kann es zu 5."),
    ]
    assert [one.label_de for one in Competence.objects.filter(retired_at__isnull=False)] == ["Zeichnungen lesen"]


def test_what_comes_back_is_no_longer_retired(people: Cast) -> None:
    save_framework(by=people.eva, draft=DRAFT)
    save_framework(by=people.eva, draft=replace(DRAFT, competences=(TALKING,)))

    save_framework(by=people.eva, draft=DRAFT)

    assert Competence.objects.current().count() == 2


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, competences=(TALKING, TALKING)),
        replace(DRAFT, groups=(GroupDraft("social", "Sozial", "Social", parent="nowhere"),)),
        replace(DRAFT, groups=()),
        replace(DRAFT, competences=(replace(TALKING, anchors=(*SENTENCES, ("Sechs", "Six"))),)),
    ],
)
def test_a_framework_that_does_not_hold_together_is_refused(people: Cast, draft: FrameworkDraft) -> None:
    with pytest.raises(Refused):
        save_framework(by=people.eva, draft=draft)

    assert Framework.objects.count() == 0


def test_only_learning_and_development_saves_frameworks(people: Cast) -> None:
    for person in (people.amira, people.clara, people.felix, people.greta):
        with pytest.raises(Refused):
            save_framework(by=person, draft=DRAFT)


def test_a_competence_without_levels_has_general_ones() -> None:
    assert anchors(CompetenceFactory()) == {level: str(text) for level, text in GENERAL_ANCHORS.items()}
    assert anchors(described())[5] == "Kann es zu 5."


def test_an_unknown_competence_is_not_there() -> None:
    with pytest.raises(NotThere):
        get_competence("nothing")


def test_a_competence_without_group_is_professional() -> None:
    assert area_of(CompetenceFactory(group=None, framework=FrameworkFactory())) is Area.PROFESSIONAL


def test_competences_are_found_by_label_and_other_names_before_they_are_indexed() -> None:
    named = CompetenceFactory(label_de="Gespräche führen", aliases_de="Zuhören")
    CompetenceFactory(label_de="Zuhören", retired_at=clock.now())

    assert [one.pk for one in competence_choices("zuhören")] == [named.pk]
    assert [one.pk for one in competence_choices("führen gespräche", framework=named.framework)] == [named.pk]
    assert competence_choices("führen", framework=FrameworkFactory()) == ()
    assert competence_choices("  ") == ()


def test_names_and_attributions_are_told_by_key() -> None:
    esco = FrameworkFactory(attribution_de="Mit Dank an die Kommission.")
    first, second = CompetenceFactory(framework=esco, label_de="Erste"), CompetenceFactory(label_de="Zweite")

    assert competence_names([first.public_id, second.public_id]) == {
        first.public_id: "Erste",
        second.public_id: "Zweite",
    }
    assert attributions([first, second]) == ("Mit Dank an die Kommission.",)


def test_frameworks_are_listed_with_figures(people: Cast) -> None:
    save_framework(by=people.eva, draft=DRAFT)
    save_framework(by=people.eva, draft=replace(DRAFT, competences=(TALKING,)))

    (row,) = framework_rows()

    assert (row.competences, row.retired, row.groups, row.occupations) == (1, 1, 2, 0)
