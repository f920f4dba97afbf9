from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.search import palette, showing, sources
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.analysis.forms import form_file_name
from wurzelwerk.search.analysis.words import Language
from wurzelwerk.search.sources import SearchSource


@pytest.fixture
def no_forms(settings: Settings, tmp_path: Path) -> Path:
    """A data folder with word-form files of a single line, so that nothing has to be built."""
    settings.DATA = tmp_path
    folder = tmp_path / "search"
    folder.mkdir()
    for language, line in ((Language.GERMAN, "ging\tgehen\n"), (Language.ENGLISH, "ran\trun\n")):
        (folder / form_file_name(language)).write_text(line)
    return tmp_path


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty registries of sources, commands and next steps."""
    monkeypatch.setattr(sources, "registered", Registry[SearchSource]())
    monkeypatch.setattr(palette, "commands", Registry[palette.Command]())
    monkeypatch.setattr(showing, "next_steps", Registry[showing.NextStep]())


@pytest.fixture
def add_source(registries: None) -> Callable[..., SearchSource]:
    """Register an indexed source that gives these documents."""

    def add(key: str, *documents: Document, label: str = "", order: int = 50) -> SearchSource:
        source = SearchSource(key, label or key.title(), order=order, documents=lambda: documents)
        sources.register(source)
        return source

    return add
