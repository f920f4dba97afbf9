"""CASE packages: what becomes of document, items, tree, rubrics and dates; the same again changes nothing."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from wurzelwerk.competences import writing
from wurzelwerk.competences.actions import import_framework
from wurzelwerk.competences.models import Competence, CompetenceGroup, Framework, ProficiencyLevel
from wurzelwerk.competences.tests.data_case import BASE, SIZES, below, item, large, package, write
from wurzelwerk.competences.tests.factories import evidence
from wurzelwerk.competences.tests.importing_steps import figures, imported, stored
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.people.tests.factories import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def content() -> dict[str, Any]:
    return package()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rahmen.json"


def competence(identifier: str) -> Competence:
    found: Competence = Competence.objects.get(uri=f"{BASE}/CFItems/{identifier}")
    return found


def test_a_package_becomes_a_framework_with_groups_and_competences(path: Path, content: dict[str, Any]) -> None:
    job = imported(write(path, content))

    framework = Framework.objects.get()
    listening = competence("zuhoeren")
    assert (job.state, job.error, job.result["layout"]) == (JobState.DONE, "", "CASE package (JSON)")
    assert figures(job) == SIZES
    assert (framework.key, framework.kind, framework.version) == ("case-rahmen", "case", "3.1")
    assert (framework.name_de, framework.name_en) == ("Rahmen der Werkstatt", "")
    assert framework.attribution_en == "Source: Werkstatt Nord. Licence: CC BY 4.0."
    assert (listening.label_de, listening.label_en, listening.kind) == ("Zuhören", "", "skill")
    assert listening.description_de.splitlines()[::2] == [
        "Hört zu, fragt nach und fasst zusammen, bevor geantwortet wird.",
        "Auch am Telefon.",
    ]
    assert listening.aliases_de.splitlines() == ["aktiv zuhören", "nachfragen", "A.1.1"]
    assert competence("werkstoffe").kind == "knowledge"


def test_the_tree_follows_the_associations_and_what_items_say_they_are(path: Path, content: dict[str, Any]) -> None:
    imported(write(path, content))

    groups = CompetenceGroup.objects.order_by("position").values_list("uri", "code", "parent__code")
    above = {one.uri.rpartition("/")[2]: one.group.code if one.group else "" for one in Competence.objects.all()}
    assert sorted(groups) == [
        (f"{BASE}/CFItems/arbeit", "A", None),
        (f"{BASE}/CFItems/gespraech", "A.1", "A"),
        (f"{BASE}/CFItems/leer", "B", None),
    ]
    assert above == {"zuhoeren": "A.1", "widersprechen": "A.1", "messen": "A", "schieblehre": "A", "werkstoffe": ""}


def test_rubrics_become_the_sentences_of_the_levels(path: Path, content: dict[str, Any]) -> None:
    imported(write(path, content))

    levels = ProficiencyLevel.objects.filter(competence=competence("zuhoeren")).order_by("level")
    assert list(levels.values_list("level", "anchor_de", "anchor_en")) == [
        (1, "Lässt ausreden.", ""),
        (3, "Fragt manchmal nach.", ""),
        (4, "Fragt immer nach.", ""),
        (5, "Zeigt anderen, wie es geht.", ""),
    ]
    assert ProficiencyLevel.objects.count() == 4


def test_importing_again_changes_nothing(path: Path, content: dict[str, Any]) -> None:
    imported(write(path, content))
    before, levels = stored(), list(ProficiencyLevel.objects.values())

    again = imported(path)

    assert figures(again, "unchanged") == SIZES
    assert {sum(figures(again, name).values()) for name in ("created", "updated", "retired")} == {0}
    assert (stored(), list(ProficiencyLevel.objects.values())) == (before, levels)


def test_another_version_of_the_same_document_updates_it(path: Path, content: dict[str, Any]) -> None:
    imported(write(path, content))
    listening = competence("zuhoeren")
    content["CFDocument"] |= {"title": "Rahmen, neu", "version": "4"}
    content["CFItems"][2]["abbreviatedStatement"] = "Gut zuhören"
    content["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]["description"] = "Lehrt es."

    job = imported(write(path, content))

    framework = Framework.objects.get()
    assert (framework.name_de, framework.version) == ("Rahmen, neu", "4")
    assert figures(job, "updated") == {**dict.fromkeys(SIZES, 0), "competences": 1}
    assert Competence.objects.get(pk=listening.pk).label_de == "Gut zuhören"
    assert ProficiencyLevel.objects.get(competence=listening, level=5).anchor_de == "Lehrt es."


@pytest.mark.parametrize(
    "dates,is_valid",
    [
        ({"statusEndDate": "2026-11-22"}, False),
        ({"statusEndDate": "2026-11-23"}, False),
        ({"statusEndDate": "2026-11-24"}, True),
        ({"statusStartDate": "2026-11-23T00:00:00Z"}, True),
        ({"statusStartDate": "2026-11-24"}, False),
        ({"statusStartDate": "2020-01-01", "statusEndDate": "2030-01-01"}, True),
    ],
)
def test_what_has_ended_or_not_begun_is_retired(
    path: Path, content: dict[str, Any], dates: dict[str, str], is_valid: bool
) -> None:
    imported(write(path, content))
    piece = evidence(cast().amira, competence("zuhoeren"))
    content["CFItems"][2] |= dates

    job = imported(write(path, content))
    first = competence("zuhoeren").retired_at
    again = imported(path)

    piece.refresh_from_db()
    assert (first is None) is is_valid
    assert figures(job, "retired")["competences"] == (0 if is_valid else 1)
    assert figures(again, "unchanged") == SIZES
    assert competence("zuhoeren").retired_at == first
    assert piece.competence.label_de == "Zuhören"


def test_what_ended_before_it_was_ever_imported_is_stored_as_retired(path: Path, content: dict[str, Any]) -> None:
    content["CFItems"][2] |= {"statusEndDate": "2024-01-01"}

    job = imported(write(path, content))
    del content["CFItems"][2]["statusEndDate"]
    valid = imported(write(path, content))

    assert figures(job) == SIZES
    assert figures(valid, "updated")["competences"] == 1
    assert competence("zuhoeren").retired_at is None
    assert ProficiencyLevel.objects.filter(competence=competence("zuhoeren")).count() == 4


@pytest.mark.parametrize(
    "language,column", [("en", "label_en"), ("eng", "label_en"), ("EN_us", "label_en"), ("de", "label_de")]
)
def test_items_alone_are_competences_in_their_language(path: Path, language: str, column: str) -> None:
    home = {"title": "Shop floor", "identifier": "home", "uri": "https://rahmen.example/home"}
    items = [item("a", "First", language=language, CFDocumentURI=home), {"identifier": "b", "fullStatement": "Second"}]

    job = imported(write(path, {"CFItems": items}))

    assert (job.error, figures(job)["competences"]) == ("", 2)
    assert Framework.objects.get().key == "case-home"
    assert sorted(Competence.objects.values_list("uri", column, "group")) == [
        (f"{BASE}/CFItems/a", "First", None),
        ("urn:uuid:b", "Second", None),
    ]


def test_a_document_without_a_title_is_called_by_its_file_and_known_by_its_address(path: Path) -> None:
    home = {"uri": "https://rahmen.example/Home"}
    items = [item("a", "First", language="en"), item("b", "Second", CFDocumentURI=home)]

    job = imported(write(path, {"CFItems": items}))
    again = imported(write(path.with_name("package.json"), {"CFDocument": home, "CFItems": items}))

    framework = Framework.objects.get()
    assert (job.error, again.error, framework.key) == ("", "", "case-https://rahmen.example/home")
    assert (framework.name_en, figures(again, "unchanged")["competences"]) == ("package.json", 2)


def test_two_packages_in_files_of_the_same_name_do_not_replace_each_other(path: Path, content: dict[str, Any]) -> None:
    imported(write(path, content))
    content["CFDocument"] |= {"identifier": "another"}
    content["CFAssociations"][0] = below("arbeit", "another")

    job = imported(write(path, content))

    assert (job.error, figures(job)) == ("", SIZES)
    assert sorted(Framework.objects.values_list("key", flat=True)) == ["case-another", "case-rahmen"]


def test_the_order_of_the_sections_does_not_matter(path: Path, content: dict[str, Any]) -> None:
    imported(write(path, content))
    wanted = stored()
    Framework.objects.all().delete()
    turned = dict(reversed(content.items()))
    path.write_text("\ufeff" + json.dumps({"more": [1, "x", {}], "none": None, **turned}), encoding="utf-8")

    job = imported(path)

    assert (job.error, stored()) == ("", wanted)


def test_a_package_in_a_zip_file_is_read(path: Path, content: dict[str, Any]) -> None:
    write(path, content)
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as target:
        target.write(path, "folder/rahmen.json")
        target.writestr("folder/package.json", '{"name": "something else"}')
        target.writestr("folder/readme.txt", "Read me")

    assert figures(imported(archive)) == SIZES


def test_long_statements_are_cut_between_words_and_kept_in_the_description(path: Path, content: dict[str, Any]) -> None:
    statement = "Prüft jedes Teil. " * 30
    content["CFItems"][3]["fullStatement"] = statement

    imported(write(path, content))

    found = competence("widersprechen")
    assert found.label_de.endswith("Teil. Prüft…")
    assert len(found.label_de) <= 300
    assert found.description_de == statement.strip()


def test_an_interrupted_import_goes_on_to_the_same_end(
    path: Path, content: dict[str, Any], monkeypatch: pytest.MonkeyPatch, error_log: object
) -> None:
    imported(write(path, content))
    wanted = stored()
    Framework.objects.all().delete()
    job = import_framework(by=None, paths=[path])
    write_levels = writing.write_levels

    def die(*arguments: object, **options: object) -> None:
        raise SystemError("the power is gone")

    monkeypatch.setattr("wurzelwerk.competences.importing.job.write_levels", die)
    with transaction.atomic():
        run_job(job.pk)
    half = ProficiencyLevel.objects.count()
    monkeypatch.setattr("wurzelwerk.competences.importing.job.write_levels", write_levels)
    run_job(job.pk)

    job.refresh_from_db()
    assert half == 0
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert stored() == wanted
    assert ProficiencyLevel.objects.count() == 4


@pytest.mark.slow
def test_a_package_of_12_megabytes_is_imported_and_again_without_a_change(path: Path) -> None:
    number = large(path, megabytes=12)

    first, again = imported(path), imported(path)

    assert first.error == ""
    assert figures(first)["groups"] + figures(first)["competences"] == number
    assert figures(again)["competences"] == figures(again, "updated")["competences"] == 0


def test_nested_competences_stand_in_the_group_above(path: Path, content: dict[str, Any]) -> None:
    content["CFItems"].append(item("tief", "Ganz tief"))
    content["CFAssociations"].append(below("tief", "schieblehre"))

    imported(write(path, content))

    group = competence("tief").group
    assert group is not None
    assert group.code == "A"
