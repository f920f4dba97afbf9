"""O*NET: what becomes of its text files, damaged ones, and the whole of it where the environment names it."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from django.db import IntegrityError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.competences.importing.content import Content
from wurzelwerk.competences.importing.onet import OnetFiles
from wurzelwerk.competences.importing.sources import source_files
from wurzelwerk.competences.importing.staging import Staging
from wurzelwerk.competences.models import (
    Competence,
    CompetenceGroup,
    Framework,
    Occupation,
    OccupationCompetence,
    ProficiencyLevel,
)
from wurzelwerk.competences.tests.data_onet import SIZES, compact_folder, rewrite, rows_of, small_set, write_compact
from wurzelwerk.competences.tests.importing_steps import figures, imported, stored
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.verdict import Refused

pytestmark = pytest.mark.django_db

FILES = (
    "Skills.txt",
    "Occupation Data.txt",
    "Content Model Reference.txt",
    "Scales Reference.txt",
    "Level Scale Anchors.txt",
)
NONE = dict.fromkeys(SIZES, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_set(tmp_path / "db_29_2_text")


def change(path: Path, edit: Callable[[list[dict[str, str]]], object]) -> None:
    rows = rows_of(path)
    edit(rows)
    rewrite(path, rows)


def needs() -> set[tuple[str, str, str, float | None]]:
    rows = OccupationCompetence.objects.values_list("occupation__code", "competence__uri", "relation", "level")
    return {(code, uri.rpartition(":")[2], relation, level) for code, uri, relation, level in rows}


def test_a_folder_becomes_a_framework_with_occupations(folder: Path) -> None:
    job = imported(folder)

    framework = Framework.objects.get()
    arranging = Competence.objects.get(uri="urn:onet:element:2.B.1.a")
    lead = Occupation.objects.get(code="11-1000.00")
    assert (job.state, job.error, job.result["layout"]) == (JobState.DONE, "", "O*NET (text files)")
    assert figures(job) == SIZES
    assert (framework.key, framework.kind, framework.version) == ("onet", "onet", "29.2")
    assert "CC BY 4.0" in framework.attribution_de
    assert (arranging.label_en, arranging.label_de, arranging.kind) == ("Arranging", "", "skill")
    assert Competence.objects.get(label_en="Materials").kind == "knowledge"
    assert lead.description_en == 'Leads the workshop and says "yes" or "no" in time.'


def test_importance_says_the_relation_and_the_level_stands_on_our_scale(folder: Path) -> None:
    imported(folder)

    assert needs() == {
        ("11-1000.00", "2.B.1.a", "essential", 4.0),
        ("12-2000.00", "2.B.1.a", "optional", 1.5),
        ("11-1000.00", "2.C.1", "essential", 2.5),
        ("12-2000.00", "2.C.1", "essential", 5.0),
        ("12-2000.00", "2.C.2", "optional", 0.0),
        ("12-2000.00", "1.A.1", "essential", 0.71),
    }


def test_what_stands_above_in_the_content_model_groups(folder: Path) -> None:
    imported(folder)

    groups = CompetenceGroup.objects.order_by("position").values_list("code", "parent__code", "area")
    above = set(Competence.objects.values_list("label_en", "group__code"))
    assert list(groups) == [
        ("1", None, "personal"),
        ("1.A", "1", "personal"),
        ("2", None, "professional"),
        ("2.B.1", "2", "social"),
        ("2.C", "2", "professional"),
    ]
    assert above == {("Hearing tones", "1.A"), ("Arranging", "2.B.1"), ("Materials", "2.C"), ("Prices", "2.C")}


def test_anchors_become_the_sentences_of_the_levels(folder: Path) -> None:
    imported(folder)

    assert list(
        ProficiencyLevel.objects.order_by("level").values_list("competence__label_en", "level", "anchor_en")
    ) == [
        ("Arranging", 1, "Asks a colleague to hold the ladder"),
        ("Arranging", 3, "Shares out the work of a day"),
        ("Arranging", 4, "Brings ten firms onto one site"),
    ]


def test_importing_again_changes_nothing(folder: Path) -> None:
    imported(folder)
    before, levels, wanted = stored(), list(ProficiencyLevel.objects.values()), needs()

    again = imported(folder)

    assert figures(again, "unchanged") == SIZES
    assert figures(again) == figures(again, "updated") == figures(again, "retired") == NONE
    assert (stored(), list(ProficiencyLevel.objects.values()), needs()) == (before, levels, wanted)


def test_a_changed_level_updates_the_need(folder: Path) -> None:
    imported(folder)
    change(folder / "Skills.txt", lambda rows: rows[1].update({"Data Value": "7"}))

    job = imported(folder)

    assert figures(job, "updated") == NONE | {"relations": 1}
    assert ("11-1000.00", "2.B.1.a", "essential", 5.0) in needs()


def test_values_that_onet_itself_would_suppress_are_left_out(folder: Path) -> None:
    change(folder / "Skills.txt", lambda rows: rows[1].update({"Not Relevant": "Y"}))
    change(folder / "Abilities.txt", lambda rows: rows[0].update({"Recommend Suppress": "Y"}))

    imported(folder)

    assert ("11-1000.00", "2.B.1.a", "essential", None) in needs()
    assert not [need for need in needs() if need[1] == "1.A.1"]


def test_optional_files_may_be_missing_and_a_zip_file_with_more_is_read(folder: Path, tmp_path: Path) -> None:
    for name in ("Scales Reference.txt", "Level Scale Anchors.txt", "Abilities.txt"):
        (folder / name).unlink()
    (folder / "Skills.txt").rename(folder / "skills.TXT")
    (folder / "Occupation Data.txt").rename(folder / "Occupation_Data.txt")
    archive = tmp_path / "db_30_0_text.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in folder.iterdir():
            target.write(path, f"db_30_0_text/{path.name}")
        target.writestr("db_30_0_text/Read Me.txt", "Read me")
        target.writestr(
            "db_30_0_text/Work Activities.txt", "O*NET-SOC Code\tElement ID\tScale ID\tData Value\nx\ty\tz\t1"
        )

    job = imported(archive)

    assert (job.error, figures(job)["competences"], figures(job)["relations"]) == ("", 3, 5)
    assert Framework.objects.get().version == "30.0"


def test_what_vanished_is_retired(folder: Path) -> None:
    imported(folder)
    (folder / "Abilities.txt").unlink()

    job = imported(folder)

    assert figures(job, "retired") == {"groups": 2, "competences": 1, "occupations": 0, "relations": 1}
    assert Competence.objects.get(label_en="Hearing tones").retired_at is not None


def set_cell(name: str, column: str, value: str, row: int = 1) -> Callable[[Path], object]:
    return lambda folder: change(folder / name, lambda rows: rows[row].update({column: value}))


def repeat(name: str) -> Callable[[Path], object]:
    return lambda folder: change(folder / name, lambda rows: rows.append(dict(rows[0])))


def set_bytes(name: str, before: bytes, after: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes().replace(before, after, 1))


def unlink(*names: str) -> Callable[[Path], object]:
    def spoil(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return spoil


@pytest.mark.parametrize(
    "spoil,sentence",
    [
        (unlink("Occupation Data.txt"), "The file Occupation Data.txt is missing."),
        (unlink("Content Model Reference.txt"), "The file Content Model Reference.txt is missing."),
        (
            unlink("Skills.txt", "Knowledge.txt", "Abilities.txt"),
            "One of the files Skills.txt, Knowledge.txt and Abilities.txt is needed.",
        ),
        (set_bytes("Skills.txt", b"Scale ID", b"Scale"), "Skills.txt: the column “Scale ID” is missing. Found: O*NET"),
        (lambda folder: (folder / "Skills.txt").write_bytes(b""), "Skills.txt is empty."),
        (set_cell("Skills.txt", "O*NET-SOC Code", "9"), "Skills.txt, row 3: the O*NET-SOC Code “9” is not known."),
        (set_cell("Skills.txt", "Element ID", "9.Z"), "Skills.txt, row 3: the Element ID “9.Z” is not known."),
        (set_cell("Skills.txt", "Scale ID", "XX"), "Skills.txt, row 3: the Scale ID “XX” is not known."),
        (set_cell("Skills.txt", "Data Value", "much"), "Skills.txt, row 3: Data Value is no number: “much”."),
        (set_cell("Skills.txt", "Data Value", "nan"), "Skills.txt, row 3: Data Value is no number: “nan”."),
        (
            set_cell("Skills.txt", "Data Value", "7.01"),
            "Skills.txt, row 3: the value 7.01 lies outside its scale from 0 to 7.",
        ),
        (
            set_cell("Skills.txt", "Data Value", "0.5", row=0),
            "Skills.txt, row 2: the value 0.5 lies outside its scale from 1 to 5.",
        ),
        (repeat("Skills.txt"), "Skills.txt, row 6: 11-1000.00 2.B.1.a IM stands in row 2 already."),
        (repeat("Occupation Data.txt"), "Occupation Data.txt, row 5: 11-1000.00 stands in row 2 already."),
        (repeat("Content Model Reference.txt"), "Content Model Reference.txt, row 12: 1 stands in row 2 already."),
        (set_cell("Occupation Data.txt", "Title", ""), "Occupation Data.txt, row 3: Title must not be empty."),
        (
            set_cell("Content Model Reference.txt", "Element Name", "x" * 301),
            "Content Model Reference.txt, row 3: Element Name has at most 300 characters.",
        ),
        (
            set_cell("Scales Reference.txt", "Minimum", "7"),
            "Scales Reference.txt, row 3: Minimum must be below Maximum.",
        ),
        (
            set_cell("Level Scale Anchors.txt", "Element ID", "9"),
            "Level Scale Anchors.txt, row 3: the Element ID “9” is not known.",
        ),
        (
            set_cell("Level Scale Anchors.txt", "Anchor Value", "8"),
            "Level Scale Anchors.txt, row 3: the value 8 lies outside its scale from 0 to 7.",
        ),
        (
            set_bytes("Occupation Data.txt", b"bicycles", "Fahrräder".encode("latin-1")),
            "Occupation Data.txt, row 3: is not written in UTF-8.",
        ),
        (set_bytes("Skills.txt", b"4.25\t", b"4.25"), "Skills.txt, row 2: has 11 columns instead of 12."),
    ],
)
def test_damaged_files_get_a_sentence_and_nothing_is_written(
    folder: Path, spoil: Callable[[Path], object], sentence: str
) -> None:
    imported(folder)
    before = stored()
    change(folder / "Occupation Data.txt", lambda rows: rows[0].update(Title="Something else"))
    spoil(folder)

    job = imported(folder)

    assert job.state == JobState.FAILED
    assert job.error.startswith(sentence)
    assert stored() == before


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(FILES),
    st.integers(0, 3),
    st.integers(0, 11),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\r\n"), max_size=12)
    | st.sampled_from(["", "1", "IM"]),
)
def test_any_other_cell_anywhere_is_read_or_refused(
    tmp_path: Path, name: str, row: int, column: int, cell: str
) -> None:
    folder = small_set(tmp_path / "onet")
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    cells = lines[row % (len(lines) - 1)].split("\t")
    cells[column % len(cells)] = cell
    lines[row % (len(lines) - 1)] = "\t".join(cells)
    (folder / name).write_text("\n".join(lines), encoding="utf-8")

    sentence, found = staged(folder)

    assert sentence.startswith((*FILES, "Knowledge.txt", "Abilities.txt")) if found is None else found.language == "en"


def staged(folder: Path) -> tuple[str, Content | None]:
    """Return the sentence of the refusal, or what was read."""
    with Staging(folder.with_suffix(".sqlite3")) as staging:
        try:
            return "", OnetFiles(source_files([folder])).stage(staging, lambda _done: None)
        except Refused as refused:
            return str(refused), None


def test_sentences_are_german_too(folder: Path) -> None:
    set_cell("Skills.txt", "Data Value", "9")(folder)

    with translation.override("de"):
        sentence, _found = staged(folder)

    assert sentence == "Skills.txt, Zeile 3: Der Wert 9 liegt außerhalb seiner Skala von 0 bis 7."


def test_a_need_keeps_to_the_scale(folder: Path) -> None:
    imported(folder)

    with pytest.raises(IntegrityError):
        OccupationCompetence.objects.update(level=5.1)


@pytest.mark.slow
@pytest.mark.skipif(compact_folder() is None, reason="WURZELWERK_TEST_DATA names no O*NET")
def test_the_whole_of_onet_is_imported_and_again_without_a_change(tmp_path: Path) -> None:
    source = compact_folder()
    assert source is not None
    write_compact(source, tmp_path / "db_29_2_text")

    started = perf_counter()
    first = imported(tmp_path / "db_29_2_text")
    seconds = perf_counter() - started
    again = imported(tmp_path / "db_29_2_text")

    executive = OccupationCompetence.objects.filter(occupation__code="11-1011.00")
    reading = executive.get(competence__uri="urn:onet:element:2.A.1.a")
    assert (first.error, again.error) == ("", "")
    assert figures(first) == {"groups": 19, "competences": 68, "occupations": 1_016, "relations": 56_979}
    assert figures(again) == figures(again, "updated") == figures(again, "retired") == NONE
    assert OccupationCompetence.objects.filter(relation="essential").count() == 12_514 + 6_665
    assert Occupation.objects.exclude(needs=None).count() == 879
    assert Competence.objects.filter(group=None).count() == 0
    assert set(Competence.objects.exclude(levels=None)) == set(Competence.objects.all())
    assert ProficiencyLevel.objects.count() == 201
    assert (reading.relation, reading.level) == ("essential", 3.3)
    assert seconds < 60
