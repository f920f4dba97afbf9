from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from pytest_django import Settings

from wurzelwerk.search import engine, queries
from wurzelwerk.search.actions import (
    IndexReport,
    index_documents,
    rebuild_index,
    remove_documents,
    replace_documents,
)
from wurzelwerk.search.models import SearchDocument, VocabularyWord
from wurzelwerk.search.sources import SearchSource
from wurzelwerk.search.tests.factories import ENGLISH, GERMAN, document

pytestmark = pytest.mark.django_db


def vocabulary() -> dict[str, int]:
    return dict(VocabularyWord.objects.values_list("written", "documents"))


def titles(text: str) -> list[str]:
    return [hit.title for hit in queries.find(text).hits]


def test_index_documents_stores_texts_and_tokens() -> None:
    given = document(
        "Lernpartnerschaften", summary="Zu zweit üben", keywords=("Lerntandem", "Tandem"), body="Jede Woche", weight=2.0
    )

    report = index_documents("pages", [given])

    stored = SearchDocument.objects.get()
    assert report == IndexReport(written=1)
    assert (stored.source, stored.object_key, stored.language) == ("pages", "Lernpartnerschaften", "de")
    assert (stored.summary, stored.keywords, stored.body) == ("Zu zweit üben", "Lerntandem | Tandem", "Jede Woche")
    assert (stored.url, stored.weight, stored.title_folded) == (
        "/things/Lernpartnerschaften",
        2.0,
        "lernpartnerschaften",
    )
    assert stored.title_tokens == "lernpartnerschaften lernpartnerschaft"
    assert stored.part_tokens.split()[:4] == ["lern", "lernpartner", "lernpartn", "partner"]
    assert str(stored) == "Lernpartnerschaften"


def test_indexing_again_writes_only_what_changed() -> None:
    first, second = document("Planung", object_key="1"), document("Schulung", object_key="2")
    index_documents("pages", [first, second])

    report = index_documents("pages", (each for each in [first, replace(second, title="Führung")]))

    assert report == IndexReport(written=1, unchanged=1)
    assert vocabulary() == {"Planung": 1, "Führung": 1}
    assert (titles("Schulung"), titles("Führung")) == ([], ["Führung"])


def test_the_last_of_equal_keys_counts() -> None:
    index_documents("pages", [document("Planung", object_key="1"), document("Führung", object_key="1")])

    assert vocabulary() == {"Führung": 1}


def test_languages_of_an_object_are_apart() -> None:
    index_documents(
        "pages", [document("Planung", object_key="1"), document("Planning", object_key="1", language=ENGLISH)]
    )
    index_documents("pages", [document("Planen", object_key="1")])

    assert vocabulary() == {"Planen": 1, "Planning": 1}


def test_remove_documents_takes_objects_and_their_words() -> None:
    index_documents("pages", [document("Planung", object_key="1"), document("Planung und Führung", object_key="2")])

    removed = remove_documents("pages", ["2", "missing"])

    assert removed == 1
    assert vocabulary() == {"Planung": 1}
    assert titles("Planung") == ["Planung"]


def test_remove_documents_without_keys_takes_the_whole_source() -> None:
    index_documents("pages", [document("Planung")])
    index_documents("help", [document("Planung")])

    assert remove_documents("pages") == 1
    assert list(SearchDocument.objects.values_list("source", flat=True)) == ["help"]


def test_replace_documents_removes_what_is_gone() -> None:
    index_documents("pages", [document("Planung"), document("Führung")])
    index_documents("help", [document("Hilfe")])

    report = replace_documents("pages", [document("Planung"), document("Schulung")])

    assert report == IndexReport(written=1, unchanged=1, removed=1)
    assert vocabulary() == {"Planung": 1, "Schulung": 1, "Hilfe": 1}


def test_a_crowd_of_documents_is_written_in_batches(no_forms: Path) -> None:
    progress: list[tuple[int, int]] = []
    crowd = [document(f"Planung {number}") for number in range(1_100)]

    report = index_documents("pages", crowd, on_progress=lambda done, total: progress.append((done, total)))

    assert report == IndexReport(written=1_100)
    assert progress == [(500, 1_100), (1_000, 1_100), (1_100, 1_100)]
    assert vocabulary()["Planung"] == 1_100


@pytest.mark.parametrize(
    "broken",
    [{"title": " \x00 "}, {"object_key": ""}, {"weight": 0}, {"url": "/a\x00"}],
    ids=["no title", "no key", "no weight", "no address"],
)
def test_a_document_without_title_key_or_weight_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no document"):
        index_documents("pages", [replace(document("Planung"), **broken)])

    assert SearchDocument.objects.count() == 0


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    index_documents(
        "pages", [document("Pla\x00nung\n A", object_key="1", url="/1", body="x\ud800y", summary="s" * 3_000)]
    )

    stored = SearchDocument.objects.get()
    assert (stored.title, stored.body, len(stored.summary)) == ("Pla nung A", "x y", 2_000)


def test_the_database_refuses_unknown_languages() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchDocument.objects.create(source="a", object_key="1", language="fr", title="x", title_folded="x", url="/")


def test_rebuild_takes_all_indexed_sources(no_forms: Path, add_source: Callable[..., SearchSource]) -> None:
    index_documents("gone", [document("Altes")])
    index_documents("pages", [document("Planung", object_key="1"), document("Vorbei", object_key="9")])
    VocabularyWord.objects.update(documents=77)
    add_source("pages", document("Planung", object_key="1"))
    add_source("help", document("Instandhaltungsplanung", object_key="1"))

    report = rebuild_index()

    assert report == IndexReport(written=2, removed=2)
    assert vocabulary() == {"Planung": 1, "Instandhaltungsplanung": 1}
    assert titles("Planung") == ["Planung", "Instandhaltungsplanung"]


def test_rebuild_splits_with_words_of_later_sources(no_forms: Path, add_source: Callable[..., SearchSource]) -> None:
    add_source("first", document("Gewürzkunde"), order=1)
    add_source("later", document("Gewürz"), document("Kunde"), order=2)

    rebuild_index()

    assert titles("gewürz ") == ["Gewürz", "Gewürzkunde"]


def test_the_command_rebuilds_and_says_how_much(no_forms: Path, add_source: Callable[..., SearchSource]) -> None:
    add_source("pages", document("Planung"))
    output = StringIO()

    call_command("rebuild_search_index", stdout=output)

    assert output.getvalue() == "1/1\r1 documents written, 0 removed\n"


def test_terms_use_the_word_forms_once_they_are_written(no_forms: Path, settings: Settings) -> None:
    assert engine.terms().term("ging", GERMAN) == "geh"
    assert engine.terms() is engine.terms()

    settings.DATA = no_forms / "empty"
    assert engine.terms().term("ging", GERMAN) == "ging"


def test_a_vocabulary_word_shows_as_written() -> None:
    index_documents("pages", [document("Führung")])

    assert [str(word) for word in VocabularyWord.objects.all()] == ["Führung"]
