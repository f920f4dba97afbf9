"""Which layout files are in is seen by what they hold."""

import shutil
from pathlib import Path

import pytest
from django.utils import translation

from wurzelwerk.competences.importing.recognising import recognise
from wurzelwerk.competences.importing.sources import source_files
from wurzelwerk.competences.tests import data_case, data_onet
from wurzelwerk.competences.tests.factories import small_set
from wurzelwerk.kernel.verdict import Refused

ESCO_FILES, ONET_FILES, PACKAGE = "ESCO (CSV-Dateien)", "O*NET (Textdateien)", "CASE-Paket (JSON)"


@pytest.fixture
def all_three(tmp_path: Path) -> dict[str, Path]:
    return {
        ESCO_FILES: small_set(tmp_path / "one"),
        ONET_FILES: data_onet.small_set(tmp_path / "two"),
        PACKAGE: data_case.write(tmp_path / "three.json", data_case.package()),
    }


@pytest.mark.parametrize("layout", [ESCO_FILES, ONET_FILES, PACKAGE])
def test_each_layout_is_recognised_and_named(all_three: dict[str, Path], layout: str) -> None:
    with translation.override("de"):
        assert recognise(source_files([all_three[layout]])).layout == layout


def test_single_files_under_other_names_are_recognised_by_what_they_hold(
    all_three: dict[str, Path], tmp_path: Path
) -> None:
    moved = {
        ESCO_FILES: ("one/skills_de.csv", "a.txt"),
        ONET_FILES: ("two/Occupation Data.txt", "b.csv"),
        PACKAGE: ("three.json", "C.JSON"),
    }

    for layout, (before, after) in moved.items():
        path = Path(shutil.copy(tmp_path / before, tmp_path / after))
        with translation.override("de"):
            assert recognise(source_files([path])).layout == layout


@pytest.mark.parametrize(
    "language,beginning,end",
    [
        (
            "de",
            "Diese Dateien stammen aus mehreren Kompetenzrahmen (ESCO (CSV-Dateien): ",
            "Bitte nacheinander importieren.",
        ),
        ("en", "These files come from several frameworks (ESCO (CSV files): ", "one at a time."),
    ],
)
def test_several_frameworks_at_once_are_refused(
    all_three: dict[str, Path], language: str, beginning: str, end: str
) -> None:
    files = source_files([all_three[ESCO_FILES], all_three[ONET_FILES]])

    with translation.override(language), pytest.raises(Refused) as refused:
        recognise(files)

    sentence = str(refused.value)
    assert sentence.startswith(f"{beginning}broaderRelationsSkillPillar_de.csv; O*NET (")
    assert "Abilities.txt" in sentence
    assert sentence.endswith(end)


@pytest.mark.parametrize(
    "name,text", [("a.csv", "name;age\nx;1\n"), ("a.json", '{"name": "x"}'), ("a.txt", ""), ("a.json", "")]
)
def test_anything_else_is_told(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    with translation.override("de"), pytest.raises(Refused) as refused:
        recognise(source_files([tmp_path]))

    assert str(refused.value) == (
        f"Kein Kompetenzrahmen erkannt in: {name}. Importiert werden können: die CSV-Dateien von ESCO, "
        "die Textdateien von O*NET und ein CASE-Paket als JSON."
    )


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with translation.override("en"), pytest.raises(Refused, match=r"No framework was recognised in: –\."):
        recognise(source_files([tmp_path]))
