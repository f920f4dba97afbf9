import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from wurzelwerk.competences.importing import sources
from wurzelwerk.competences.tests.factories import rewrite, rows_of, small_set
from wurzelwerk.competences.tests.importing_steps import change, imported, stored
from wurzelwerk.kernel.choices import JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_set(tmp_path / "esco")


def repeat_uri(folder: Path) -> None:
    change(folder / "skills_de.csv", lambda rows: rows.append(dict(rows[0])))


def circle(folder: Path) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        up = next(row for row in rows if row["conceptType"] == "SkillGroup")
        down = {**up, "conceptUri": up["broaderUri"], "broaderUri": up["conceptUri"]}
        rows.append(down)

    change(folder / "broaderRelationsSkillPillar_en.csv", edit)


def set_cell(name: str, column: str, value: str, row: int = 2) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        change(folder / name, lambda rows: rows[row].__setitem__(column, value))

    return spoil


def set_bytes(name: str, before: bytes, after: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        content = path.read_bytes()
        assert before in content
        path.write_bytes(content.replace(before, after, 1))

    return spoil


def drop_language_rows(folder: Path) -> None:
    rows = rows_of(folder / "skills_en.csv")
    rewrite(folder / "skills_en.csv", rows[:3] + rows[4:])


@pytest.mark.parametrize(
    "spoil,sentence",
    [
        (lambda folder: (folder / "skillGroups_en.csv").unlink(), "The file skillGroups_en.csv is missing."),
        (
            lambda folder: [path.unlink() for path in folder.glob("occupationSkill*")],
            "The file occupationSkillRelations_en.csv is missing.",
        ),
        (lambda folder: [path.unlink() for path in folder.glob("skills_*")], "There is no file skills_de.csv / skills"),
        (lambda folder: (folder / "skills_de.csv").write_bytes(b""), "skills_de.csv is empty."),
        (
            set_bytes("skills_de.csv", b"preferredLabel", b"prefLabel"),
            "skills_de.csv: the column “preferredLabel” is missing. Found: conceptType, conceptUri",
        ),
        (repeat_uri, "skills_de.csv, row 8: the address http://data.europa.eu/esco/skill/s00000 stands in row 2 al"),
        (set_cell("skills_de.csv", "conceptUri", ""), "skills_de.csv, row 4: conceptUri and preferredLabel must not"),
        (
            set_cell("skills_de.csv", "preferredLabel", "x" * 301),
            "skills_de.csv, row 4: preferredLabel has at most 300 characters.",
        ),
        (set_cell("skills_en.csv", "skillType", "attitude"), "skills_en.csv, row 4: the skillType “attitude” is not"),
        (drop_language_rows, "skills_de.csv, row 5: this concept is missing in skills_en.csv; 1 are in all."),
        (
            set_cell("broaderRelationsSkillPillar_en.csv", "broaderUri", "http://nowhere"),
            "broaderRelationsSkillPillar_en.csv, row 4: nothing has the address http://nowhere.",
        ),
        (
            set_cell("skillsHierarchy_en.csv", "Level 0 URI", "http://nowhere"),
            "skillsHierarchy_en.csv, row 4: nothing has the address http://nowhere.",
        ),
        (
            set_cell("occupationSkillRelations_en.csv", "skillUri", "http://nowhere"),
            "occupationSkillRelations_en.csv, row 4: nothing has the address http://nowhere.",
        ),
        (
            set_cell("occupationSkillRelations_en.csv", "occupationUri", ""),
            "occupationSkillRelations_en.csv, row 4: nothing has the address –.",
        ),
        (
            set_cell("occupationSkillRelations_en.csv", "relationType", "perhaps"),
            "occupationSkillRelations_en.csv, row 4: the relationType “perhaps” is neither essential nor optional.",
        ),
        (circle, "skillsHierarchy_en.csv, row 6: the hierarchy runs in a circle:"),
        (
            set_bytes("skills_de.csv", "prüfen".encode(), "prüfen".encode("latin-1")),
            "skills_de.csv, row 3: is not written in UTF-8.",
        ),
        (set_bytes("skills_de.csv", b"Vorgang 2", b"Vor\0gang"), "skills_de.csv, row 4: is not written in UTF-8."),
        (set_bytes("skills_de.csv", b"Vorgang 2", b'"Vorgang 2'), "skills_de.csv, row 4: cannot be read: a quotation"),
        (set_bytes("skills_de.csv", b"Vorgang 2", b"Vorgang,2"), "skills_de.csv, row 4: has 14 columns instead of 13."),
        (
            set_bytes("skills_de.csv", b"Vorgang 2", b"x" * 1_100_000),
            "skills_de.csv, row 4: holds a cell of more than 1 MB.",
        ),
    ],
)
def test_bad_files_get_a_sentence_and_nothing_is_written(
    folder: Path, spoil: Callable[[Path], object], sentence: str
) -> None:
    imported(folder)
    before = stored()
    change(folder / "occupations_de.csv", lambda rows: rows[0].update(preferredLabel="Anders"))
    spoil(folder)

    job = imported(folder)

    assert job.state == JobState.FAILED
    assert job.error.startswith(sentence)
    assert stored() == before


def test_a_truncated_zip_is_told(folder: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "esco"), "zip", folder))
    archive.write_bytes(archive.read_bytes()[:-2000])

    job = imported(archive)

    assert job.error == "esco.zip is no complete ZIP file. Perhaps the download broke off; please fetch it again."


def test_a_zip_damaged_inside_is_told(folder: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "esco"), "zip", folder))
    content = bytearray(archive.read_bytes())
    start = content.index(b"skills_de.csv") + 80
    content[start : start + 200] = bytes(200)
    archive.write_bytes(content)

    job = imported(archive)

    assert job.error == "skills_de.csv is damaged and cannot be read to its end. Please fetch it again."


def test_a_protected_zip_is_told(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "esco.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in folder.iterdir():
            target.write(path, path.name)
    content = bytearray(archive.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + place] |= 1
            start += 4
    archive.write_bytes(content)

    job = imported(archive)

    assert job.error == "esco.zip is protected by a password. Please unpack it first."


def test_a_file_of_more_than_300_mb_is_refused(folder: Path) -> None:
    with (folder / "skills_de.csv").open("r+b") as file:
        file.truncate(sources.LARGEST_FILE + sources.MEGABYTE)

    job = imported(folder)

    assert job.error == "skills_de.csv is too large: 301 MB. At most 300 MB can be read."


def test_too_many_files_and_the_same_twice_are_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = imported(folder, shutil.copytree(folder, tmp_path / "copy"))
    monkeypatch.setattr(sources, "MOST_FILES", 3)
    many = imported(folder)

    assert twice.error == "broaderRelationsSkillPillar_de.csv is there twice. Please keep one version only."
    assert many.error == "There are too many files. Please give only the files of one framework."


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert imported(tmp_path / "nothing").error == f"{tmp_path}/nothing does not exist."
