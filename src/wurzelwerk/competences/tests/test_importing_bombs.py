"""Small files that unpack to, or become in memory, far more than they are: refused before that happens."""

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from wurzelwerk.competences.importing import sources
from wurzelwerk.competences.importing.case import CaseFiles
from wurzelwerk.competences.importing.entries import LARGEST_ENTRY, Entry, read_entries, read_text
from wurzelwerk.competences.importing.sources import MEGABYTE, SourceFile, source_files
from wurzelwerk.competences.importing.staging import Staging
from wurzelwerk.competences.tests import data_esco, data_onet
from wurzelwerk.competences.tests.data_case import below, item, package, write
from wurzelwerk.competences.tests.factories import small_set
from wurzelwerk.competences.tests.importing_steps import imported, stored
from wurzelwerk.kernel.verdict import Refused

PACKED = "would be more than 100 times as large unpacked; such a ZIP file is not read."
OUTLINE = {"CFItems", "CFAssociations"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rahmen.json"


def zipped(*paths: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    archive = paths[0].with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", method) as target:
        for path in paths:
            target.write(path, path.name)
    return archive


def claim(archive: Path, place: int, size: int) -> None:
    """Let the list of contents say another size: ``place`` 20 is the packed, 24 the unpacked one."""
    content = bytearray(archive.read_bytes())
    start = content.index(b"PK\x01\x02") + place
    content[start : start + 4] = size.to_bytes(4, "little")
    archive.write_bytes(content)


def bomb(path: Path, megabytes: float) -> Path:
    content = package()
    content["CFItems"][3]["extra"] = []
    text = write(path, content).read_text(encoding="utf-8")
    path.write_text(
        text.replace('"extra": []', f'"extra": [{"[]," * int(megabytes * MEGABYTE / 3)}[]]'), encoding="utf-8"
    )
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["skills_de.csv", "Skills.txt", "rahmen.json"])
def test_a_file_packed_beyond_measure_is_refused_in_every_layout(tmp_path: Path, name: str) -> None:
    path = {
        "skills_de.csv": lambda: small_set(tmp_path / "set") / name,
        "Skills.txt": lambda: data_onet.small_set(tmp_path / "set") / name,
        "rahmen.json": lambda: write(tmp_path / name, package()),
    }[name]()
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" * 2 * MEGABYTE)
    before = stored()

    job = imported(zipped(path))

    assert job.error == f"{name} {PACKED}"
    assert stored() == before


@pytest.mark.django_db
def test_an_archive_cannot_claim_to_be_larger_than_it_is(path: Path) -> None:
    archive = zipped(bomb(path, 3))
    claim(archive, 20, 2 * MEGABYTE)

    assert imported(archive).error == f"rahmen.json {PACKED}"


def test_no_more_is_unpacked_than_the_archive_tells(path: Path) -> None:
    archive = zipped(bomb(path, 60))
    claim(archive, 24, 5_000)
    (file,) = source_files([archive])

    sentence, megabytes = traced(lambda: read_text(file))

    assert sentence == "rahmen.json is damaged and cannot be read to its end. Please fetch it again."
    assert megabytes < 1


@pytest.mark.django_db
@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_told(path: Path, method: int) -> None:
    archive = zipped(write(path, package()), method=method)

    assert imported(archive).error == "rahmen.json is packed in an unusual way. Please unpack it first."


def test_whole_frameworks_are_packed_far_less(tmp_path: Path) -> None:
    data_esco.write_esco(tmp_path / "esco")
    archive = zipped(*sorted((tmp_path / "esco").iterdir()))

    for file in source_files([archive]):
        with file.open() as raw:
            assert raw.read(1)
    with zipfile.ZipFile(archive) as target:
        times = [member.file_size / member.compress_size for member in target.infolist()]
    assert max(times) < sources.MOST_PACKED / 2


@pytest.mark.parametrize("megabytes,most", [(1.1, 60), (30, 110)])
def test_an_entry_that_would_fill_the_memory_is_refused_before_it_is_read(
    path: Path, megabytes: float, most: int
) -> None:
    bomb(path, megabytes)

    sentence, peak = traced(lambda: read_all(path))

    assert sentence == "rahmen.json, row 7: CFItems, entry 4: an entry has at most 1 MB of text."
    assert peak < most


@pytest.mark.parametrize(
    "section,sentence",
    [
        ("CFItems", "row 2: CFItems, entry 1: an entry has at most 1 MB of text."),
        ("CFDefinitions", "row 2: CFDefinitions, entry 1: an entry has at most 1 MB of text."),
        ("", "row 2: cannot be read as JSON"),
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        json.dumps("x" * 5 * MEGABYTE),
        json.dumps("\u00e4" * 5 * MEGABYTE),
        json.dumps([False] * MEGABYTE),
        f"0.{'1' * 5 * MEGABYTE}",
        f"[1,{' ' * 5 * MEGABYTE}]",
        json.dumps({f"name {number}": number for number in range(MEGABYTE // 5)}),
    ],
    ids=["text", "escaped", "list", "number", "space", "object"],
)
def test_whatever_is_too_large_is_told_with_its_place(path: Path, section: str, sentence: str, value: str) -> None:
    entry = f'{{"value": {value}}}'
    contents = (f'"{section}": {entry}', f'"{section}": [{entry}]') if section else (f"{value}: 1",)

    for content in contents:
        path.write_text(f"{{\n{content}}}", encoding="utf-8")
        assert refusal(lambda: read_all(path)).startswith(f"rahmen.json, {sentence}")


def test_entries_up_to_the_limit_are_read_wherever_they_stand(path: Path) -> None:
    items = [item(f"i{number}", "ä" * (LARGEST_ENTRY * number // 8)) for number in (7, 3, 1, 7, 6, 0, 7, 5, 2)]
    items.append(item("i8", "x" * (LARGEST_ENTRY - len(json.dumps(item("i8", ""))))))
    found = read_all(write(path, {"CFItems": items}))

    assert [entry.value for entry in found] == items
    assert [entry.row for entry in found] == list(range(3, 13))


@pytest.mark.parametrize("number", [0, 4, 8])
@pytest.mark.parametrize("broken", ['{"identifier": tru}', '{"identifier" 1}', '{"a": "\\x"}', '{"a": 1,}', "{]"])
def test_broken_json_in_a_large_file_is_told_as_such(path: Path, number: int, broken: str) -> None:
    items = [json.dumps(item(f"i{one}", "x" * (LARGEST_ENTRY // 2))) for one in range(9)]
    items[number] = broken
    path.write_text('{"CFItems": [\n' + ",\n".join(items) + "]}", encoding="utf-8")

    assert refusal(lambda: read_all(path)).startswith(f"rahmen.json, row {number + 2}: cannot be read as JSON")


@pytest.mark.parametrize("section", ["CFItems", "CFAssociations", "CFRubrics"])
def test_many_entries_below_the_limit_are_not_kept_in_memory(path: Path, section: str) -> None:
    content = package()
    bulk: list[Any] = [[]] * (LARGEST_ENTRY // 20)
    content["CFItems"].extend(item(f"i{one}", "Etwas", extra=bulk) for one in range(8 if section == "CFItems" else 0))
    if section == "CFAssociations":
        content[section].extend(
            below("messen", "gespraech", originNodeURI={"identifier": "messen", "extra": bulk}) for _one in range(8)
        )
    if section == "CFRubrics":
        content[section].extend({"identifier": f"r{one}", "extra": bulk} for one in range(8))
    file = source(write(path, content))

    def stage() -> None:
        with Staging(path.with_suffix(".sqlite3")) as staging:
            CaseFiles([file]).stage(staging, lambda _done: None)

    sentence, peak = traced(stage)

    assert sentence == ""
    assert peak < 15


def source(path: Path) -> SourceFile:
    return SourceFile(path.name, path, path.stat().st_size)


def read_all(path: Path) -> list[Entry]:
    file = source(path)
    return list(read_entries(file, read_text(file), OUTLINE))


def refusal(act: Callable[[], object]) -> str:
    """Return the sentence, if any."""
    with translation.override("en"):
        try:
            act()
        except Refused as refused:
            return str(refused)
    return ""


def traced(act: Callable[[], object]) -> tuple[str, float]:
    """Return the sentence, if any, and how many megabytes of memory were in use at most."""
    tracemalloc.start()
    try:
        return refusal(act), tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()
