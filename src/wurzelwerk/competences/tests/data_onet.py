"""Files in the official text layout of O*NET: written back from the compact data set, or few of our own words."""

import csv
import gzip
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

OCCUPATION_COLUMNS = ("O*NET-SOC Code", "Title", "Description")
ELEMENT_COLUMNS = ("Element ID", "Element Name", "Description")
SCALE_COLUMNS = ("Scale ID", "Scale Name", "Minimum", "Maximum")
ANCHOR_COLUMNS = ("Element ID", "Scale ID", "Anchor Value", "Anchor Description")
RATING_COLUMNS = (
    *("O*NET-SOC Code", "Element ID", "Scale ID", "Data Value", "N", "Standard Error", "Lower CI Bound"),
    *("Upper CI Bound", "Recommend Suppress", "Not Relevant", "Date", "Domain Source"),
)
SCALES = (("IM", "Importance", "1", "5"), ("LV", "Level", "0", "7"), ("CX", "Context", "1", "5"))
SIZES = {"groups": 5, "competences": 4, "occupations": 3, "relations": 6}

Rating = tuple[str, str, str, str]
"""Occupation, element, importance, level."""


def compact_folder() -> Path | None:
    """The compact data set, where the environment names it."""
    named = os.environ.get("WURZELWERK_TEST_DATA")
    folder = Path(named) / "onet" if named else None
    return folder if folder and folder.is_dir() else None


def write_compact(source: Path, folder: Path) -> None:
    """Write the compact data set in the official layout; it names no groups, so they are called by their codes."""
    skills, knowledge = (list(_rows(source / f"{name}.csv.gz")) for name in ("skills", "knowledge"))
    anchors = list(_rows(source / "level_anchors.csv.gz"))
    names = {row["Element ID"]: row["Element Name"] for row in anchors}
    names |= {row["element_id"]: row["element"] for row in (*skills, *knowledge)}
    for key in list(names):
        parts = key.split(".")
        for length in range(1, len(parts)):
            names.setdefault(".".join(parts[:length]), f"Group {'.'.join(parts[:length])}")
    write_official(
        folder,
        occupations=[(row["soc"], row["title"], row["description"]) for row in _rows(source / "occupations.csv.gz")],
        elements=[(key, name, "") for key, name in sorted(names.items())],
        anchors=[[row[name] for name in ANCHOR_COLUMNS] for row in anchors],
        ratings={
            name: [(row["soc"], row["element_id"], row["importance_1_5"], row["level_0_7"]) for row in rows]
            for name, rows in (("Skills", skills), ("Knowledge", knowledge))
        },
    )


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def small_set(folder: Path) -> Path:
    """Write five groups, four competences, three occupations and six needs in words of our own."""
    write_official(
        folder,
        occupations=[
            ("11-1000.00", "Workshop lead", 'Leads the workshop and says "yes" or "no" in time.'),
            ("12-2000.00", "Bicycle mechanic", "Repairs bicycles."),
            ("13-3000.00", "Night watch", "Looks after the house; nobody has asked about it yet."),
        ],
        elements=[
            ("1", "Worker", "All about the person."),
            ("1.A", "Able", "What somebody brings along."),
            ("1.A.1", "Hearing tones", "Telling two tones apart."),
            ("2", "Needed", ""),
            ("2.B.1", "Social", "With other people."),
            ("2.B.1.a", "Arranging", "Agreeing on who does what by when."),
            ("2.C", "Known", ""),
            ("2.C.1", "Materials", "Steel, wood and glue."),
            ("2.C.2", "Prices", "What things cost."),
            ("4.A", "Done at work", "Not read: no competence is rated in it."),
        ],
        anchors=[
            ("2.B.1.a", "LV", "2", "Asks a colleague to hold the ladder"),
            ("2.B.1.a", "LV", "4", "Shares out the work of a day"),
            ("2.B.1.a", "LV", "6", "Brings ten firms onto one site"),
            ("4.A", "LV", "3", "Belongs to no competence"),
        ],
        ratings={
            "Skills": [("11-1000.00", "2.B.1.a", "4.25", "5.6"), ("12-2000.00", "2.B.1.a", "2.99", "2.1")],
            "Knowledge": [
                ("11-1000.00", "2.C.1", "3", "3.5"),
                ("12-2000.00", "2.C.1", "5", "7"),
                ("11-1000.00", "2.C.2", "1", "0"),
                ("12-2000.00", "2.C.2", "1.5", "0"),
            ],
            "Abilities": [("12-2000.00", "1.A.1", "3.5", "1")],
        },
    )
    return folder


def write_official(
    folder: Path,
    *,
    occupations: Iterable[Sequence[str]],
    elements: Iterable[Sequence[str]],
    anchors: Iterable[Sequence[str]],
    ratings: Mapping[str, Iterable[Rating]],
) -> None:
    """Write the files of a download: tabs between the cells, no quotation marks around them."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "Occupation Data.txt", OCCUPATION_COLUMNS, occupations)
    write(folder / "Content Model Reference.txt", ELEMENT_COLUMNS, elements)
    write(folder / "Scales Reference.txt", SCALE_COLUMNS, SCALES)
    write(folder / "Level Scale Anchors.txt", ANCHOR_COLUMNS, anchors)
    for name, rows in ratings.items():
        write(folder / f"{name}.txt", RATING_COLUMNS, (one for row in rows for one in _rated(row)))


def _rated(row: Rating) -> Iterable[Sequence[str]]:
    occupation, element, importance, level = row
    for scale, value in (("IM", importance), ("LV", level)):
        irrelevant = "n/a" if scale == "IM" else "N"
        yield occupation, element, scale, value, "8", "0.1", "", "", "N", irrelevant, "08/2026", "Analyst"


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for cells in (columns, *rows):
            file.write("\t".join(cells) + "\n")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file."""
    header, *rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


def rewrite(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Replace the rows of a file, keeping its header."""
    header = path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")
    write(path, header, [[row[name] for name in header] for row in rows])
