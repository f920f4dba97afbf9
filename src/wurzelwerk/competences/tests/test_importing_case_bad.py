"""Damaged CASE packages: one clear sentence with file and row, and nothing is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.competences.importing import entries
from wurzelwerk.competences.importing.case import CaseFiles
from wurzelwerk.competences.importing.content import Content
from wurzelwerk.competences.importing.sources import SourceFile
from wurzelwerk.competences.importing.staging import Staging
from wurzelwerk.competences.tests.data_case import BASE, below, item, node, package, write
from wurzelwerk.competences.tests.importing_steps import imported, stored
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.verdict import Refused

pytestmark = pytest.mark.django_db

Package = dict[str, Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rahmen.json"


def set_item(number: int, **fields: Any) -> Callable[[Package], object]:
    return lambda content: content["CFItems"][number].update(fields)


def set_document(**fields: Any) -> Callable[[Package], object]:
    return lambda content: content["CFDocument"].update(fields)


def add(section: str, entry: object) -> Callable[[Package], object]:
    return lambda content: content[section].append(entry)


def drop(*sections: str) -> Callable[[Package], object]:
    return lambda content: [content.pop(section) for section in sections]


def set_rubric(value: object) -> Callable[[Package], object]:
    return lambda content: content["CFRubrics"][0].update(CFRubricCriteria=value)


@pytest.mark.parametrize(
    "spoil,sentence",
    [
        (drop("CFItems"), "rahmen.json holds no competences: CFItems is missing or empty."),
        (lambda content: content.update(CFItems=[]), "rahmen.json holds no competences: CFItems is missing or empty."),
        (
            set_document(language="fr-FR"),
            "row 2: CFDocument, entry 1: the language is “fr-FR”; only German (de)",
        ),
        (
            set_item(3, language="es"),
            "row 7: CFItems, entry 4: the language is “es”; only German (de)",
        ),
        (
            set_item(3, language="en"),
            "row 7: CFItems, entry 4: this is in “en”, the package in “de”",
        ),
        (set_item(3, identifier="", uri=None), "row 7: CFItems, entry 4: identifier must not be empty."),
        (set_item(3, identifier="zuhoeren"), "row 7: CFItems, entry 4: the address zuhoeren stands in row 6 already."),
        (
            add("CFItems", item("neu", "Neu") | {"uri": f"{BASE}/CFItems/zuhoeren"}),
            "row 12: CFItems, entry 9: the address neu stands in row 6 already.",
        ),
        (set_item(3, uri="x" * 301), "row 7: CFItems, entry 4: uri has at most 300 characters."),
        (set_item(3, fullStatement=" "), "row 7: CFItems, entry 4: fullStatement must not be empty."),
        (set_item(3, fullStatement=["a"]), "row 7: CFItems, entry 4: “fullStatement” must be a text."),
        (set_item(3, conceptKeywords=5), "row 7: CFItems, entry 4: “conceptKeywords” must be a list."),
        (set_item(3, conceptKeywords=[{}]), "row 7: CFItems, entry 4: “conceptKeywords” must be a text."),
        (set_item(3, notes="a\0b"), "row 7: CFItems, entry 4: “notes” holds a character that cannot be stored."),
        (set_item(3, statusEndDate="31.12.2026"), "row 7: CFItems, entry 4: “statusEndDate” is no day: 31.12.2026."),
        (add("CFItems", "not an item"), "row 12: CFItems, entry 9: “CFItems” must be an object."),
        (add("CFAssociations", below("messen", "nirgends")), "row 21: nothing has the address nirgends."),
        (add("CFAssociations", below("nirgends", "messen")), "row 21: nothing has the address nirgends."),
        (
            add("CFAssociations", {"associationType": "isChildOf", "originNodeURI": node("messen")}),
            "row 21: CFAssociations, entry 8: “destinationNodeURI” must be an object.",
        ),
        (add("CFAssociations", below("arbeit", "messen")), "row 18: the hierarchy runs in a circle:"),
        (add("CFAssociations", below("messen", "messen")), "row 21: the hierarchy runs in a circle:"),
        (set_rubric({"a": 1}), "“CFRubricCriteria” must be a list."),
        (set_rubric([1]), "“CFRubricCriteria” must be an object."),
        (set_rubric([{"CFItemURI": node("nirgends")}]), "nothing has the address nirgends."),
    ],
)
def test_damaged_packages_get_a_sentence_and_nothing_is_written(
    path: Path, spoil: Callable[[Package], object], sentence: str
) -> None:
    imported(write(path, package()))
    before = stored()
    content = package()
    content["CFItems"][0]["fullStatement"] = "Anders"
    spoil(content)

    job = imported(write(path, content))

    assert job.state == JobState.FAILED
    assert job.error.startswith("rahmen.json")
    assert sentence in job.error
    assert stored() == before


def test_a_package_without_a_language_is_told(path: Path) -> None:
    content = package()
    del content["CFDocument"]["language"], content["CFItems"][5]["language"]

    job = imported(write(path, content))

    assert job.error == "rahmen.json: no language is named. Please set “language” of CFDocument to de or en."


@pytest.mark.parametrize(
    "spoil",
    [
        drop("CFDocument"),
        set_document(identifier="", uri=" "),
        lambda content: [drop("CFDocument")(content), set_item(0, CFDocumentURI={"title": "Rahmen"})(content)],
    ],
)
def test_a_package_that_does_not_say_which_document_it_is_is_refused(
    path: Path, spoil: Callable[[Package], object]
) -> None:
    imported(write(path, package()))
    before = stored()
    content = package()
    del content["CFRubrics"], content["CFAssociations"]
    spoil(content)

    job = imported(write(path, content))

    assert job.error == (
        "rahmen.json does not say which document it is, so that it might replace another one. "
        "Please set “identifier” or “uri” of CFDocument."
    )
    assert stored() == before


@pytest.mark.parametrize("kept", [0.999, 0.9, 0.5, 0.2, 0.1])
def test_a_truncated_package_is_told_with_its_row(path: Path, kept: float) -> None:
    text = write(path, package()).read_text(encoding="utf-8")
    path.write_text(text[: int(len(text) * kept)], encoding="utf-8")
    last = path.read_text(encoding="utf-8").count("\n") + 1

    job = imported(path)

    assert job.error.startswith("rahmen.json, row ")
    assert job.error.endswith("from here on. Perhaps the download broke off; please fetch it again.")
    assert last - 1 <= int(job.error.split("row ")[1].split(":")[0]) <= last
    assert not any(stored().values())


@pytest.mark.parametrize("encoding,row", [("latin-1", 2), ("utf-16", 1), ("utf-16-le", 2), ("cp1252", 2)])
def test_a_package_in_another_encoding_is_told(path: Path, encoding: str, row: int) -> None:
    text = write(path, package()).read_text(encoding="utf-8")
    path.write_bytes(text.encode(encoding))

    job = imported(path)

    assert f"row {row}: is not written in UTF-8." in job.error
    assert not any(stored().values())


@pytest.mark.parametrize(
    "text",
    ['{"CFItems": ' + "[" * 100_000, '{"CFItems": [' + "9" * 5_000 + "]}", '{"CFItems": [NaN]}', '{"CFItems": []} {}'],
)
def test_hostile_json_is_told(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

    assert "rahmen.json, row 1: cannot be read as JSON" in imported(path).error


def test_two_packages_at_once_are_refused(path: Path) -> None:
    other = write(path.with_name("b.json"), package())

    job = imported(write(path, package()), other)

    assert job.error == "There are several CASE packages: rahmen.json, b.json. Please import one at a time."


def test_a_package_larger_than_the_limit_is_refused(path: Path) -> None:
    write(path, package())
    with path.open("r+b") as file:
        file.truncate(entries.LARGEST + (1 << 20))

    assert imported(path).error == "rahmen.json is too large: 101 MB. At most 100 MB can be read."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in a package."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] + [place for key, one in inner for place in places(one, (*path, key))]


PLACES = places(package())[1:]
LENGTH = len(json.dumps(package(), ensure_ascii=False).encode())


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_any_other_value_anywhere_is_read_or_refused(
    tmp_path: Path, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    content: Any = package()
    for place, value in changes:
        put(content, place, value)
    path = tmp_path / "rahmen.json"
    path.write_text(json.dumps(content), encoding="utf-8")

    sentence, found = staged(path)

    assert sentence.startswith("rahmen.json") if found is None else found.language in {"de", "en"}
    assert found is None or all(1 <= level <= 5 for _uri, level in found.anchors or {})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, LENGTH - 1))
def test_any_beginning_of_a_package_is_refused(tmp_path: Path, kept: int) -> None:
    path = write(tmp_path / "rahmen.json", package())
    path.write_bytes(path.read_bytes()[:kept])

    with translation.override("en"):
        sentence, _found = staged(path)

    assert sentence.startswith("rahmen.json, row ")


@pytest.mark.parametrize(
    "spoil,sentence",
    [
        (
            set_document(language="fr"),
            "rahmen.json, Zeile 2: CFDocument, Eintrag 1: Die Sprache ist „fr“; nur Deutsch (de)",
        ),
        (
            set_item(3, identifier="zuhoeren"),
            "rahmen.json, Zeile 7: CFItems, Eintrag 4: Die Adresse zuhoeren steht schon",
        ),
        (
            add("CFAssociations", below("messen", "nirgends")),
            "rahmen.json, Zeile 21: Die Adresse nirgends gibt es nicht.",
        ),
        (
            set_document(identifier="", uri=""),
            "rahmen.json sagt nicht, welches Dokument es ist, und könnte so ein anderes ersetzen.",
        ),
    ],
)
def test_sentences_are_german_too(path: Path, spoil: Callable[[Package], object], sentence: str) -> None:
    content = package()
    spoil(content)

    with translation.override("de"):
        told, _found = staged(write(path, content))

    assert told.startswith(sentence)


def put(content: Any, place: tuple[Any, ...], value: Any) -> None:
    """Set a value where its place is still there."""
    for key in place[:-1]:
        content = content[key] if is_in(content, key) else None
    if is_in(content, place[-1]):
        content[place[-1]] = value


def is_in(content: Any, key: Any) -> bool:
    return key in content if isinstance(content, dict) else isinstance(content, list) and key in range(len(content))


def staged(path: Path) -> tuple[str, Content | None]:
    """Return the sentence of the refusal, or what was read."""
    with Staging(path.with_suffix(".sqlite3")) as staging:
        try:
            return "", CaseFiles([SourceFile(path.name, path, path.stat().st_size)]).stage(staging, lambda _done: None)
        except Refused as refused:
            return str(refused), None
