import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation
from django.utils.translation import gettext as translate

from tools import catalogues
from tools.catalogue_rules import has_familiar_form, problems_of_formal, problems_of_text


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room of its own with one Python file and one template."""
    folder = tmp_path / "garden"
    (folder / "jinja2" / "garden").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "rules.py").write_text(
        'a = _("Only gardeners may dig.")\n'
        'b = ngettext_lazy("%(count)s root", "%(count)s roots", "count")\n'
        'c = pgettext_lazy("noun", "plant")\n'
    )
    (folder / "jinja2" / "garden" / "bed.html").write_text(
        '{{ _("Your bed") }}{% trans name=x %}\n  Hello\n  {{ name }}\n{% endtrans %}'
    )
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    return folder


def texts_of(room: Path) -> set[tuple[str, str]]:
    return set(catalogues.messages_of(catalogues.extracted(room)))


def fill(room: Path, translations: dict[str, str | tuple[str, str]], locale: str = "de") -> None:
    catalogue = catalogues.stored(room.name, locale)
    assert catalogue is not None
    for message in catalogues.messages_of(catalogue).values():
        key = message.id if isinstance(message.id, str) else message.id[0]
        message.string = translations[key]
    catalogues.write(
        catalogues.merged(catalogue, catalogue, locale, catalogues.messages_of(catalogue)),
        catalogues.po_path(room.name, locale),
    )


GERMAN: dict[str, str | tuple[str, str]] = {
    "Only gardeners may dig.": "Graben darf nur, wer gärtnert.",
    "%(count)s root": ("%(count)s Wurzel", "%(count)s Wurzeln"),
    "plant": "Pflanze",
    "Your bed": "Dein Beet",
    "Hello %(name)s": "Hallo %(name)s",
}


def test_texts_come_from_python_and_templates(room: Path) -> None:
    assert texts_of(room) == {
        ("", "Only gardeners may dig."),
        ("", "%(count)s root"),
        ("noun", "plant"),
        ("", "Your bed"),
        ("", "Hello %(name)s"),
    }


def test_update_then_translate_then_check(room: Path) -> None:
    catalogues.update(room.name)
    assert len(list(catalogues.check(room.name))) == 5

    fill(room, GERMAN)
    catalogues.update(room.name)
    assert len(list(catalogues.check(room.name))) == 1

    fill(room, {"Your bed": "Ihr Beet"}, "de_Formal")
    assert list(catalogues.check(room.name)) == []


def test_update_is_stable_and_keeps_translations(room: Path) -> None:
    catalogues.update(room.name)
    fill(room, GERMAN)
    catalogues.update(room.name)
    before = catalogues.po_path(room.name, "de").read_text()

    catalogues.update(room.name)

    assert catalogues.po_path(room.name, "de").read_text() == before
    assert "fuzzy" not in before
    assert "POT-Creation-Date" not in before
    assert "garden/rules.py:1" not in before


def test_what_is_no_longer_used_is_found_and_dropped(room: Path) -> None:
    catalogues.update(room.name)
    fill(room, GERMAN)
    (room / "rules.py").write_text("")
    problems = list(catalogues.check(room.name))

    catalogues.update(room.name)

    assert len([problem for problem in problems if "used nowhere" in problem]) == 3
    assert set(catalogues.messages_of(catalogues.stored(room.name, "de"))) == {("", "Your bed"), ("", "Hello %(name)s")}


def test_compile_writes_what_gettext_reads(room: Path) -> None:
    catalogues.update(room.name)
    fill(room, GERMAN)

    assert catalogues.compile_room(room.name) == 1
    assert catalogues.compile_room(room.name) == 0
    compiled = gettext.translation("django", room / "locale", ["de"])
    assert compiled.gettext("Your bed") == "Dein Beet"
    assert compiled.ngettext("%(count)s root", "%(count)s roots", 3) == "%(count)s Wurzeln"
    assert compiled.pgettext("noun", "plant") == "Pflanze"


def test_a_fuzzy_header_is_found(room: Path) -> None:
    catalogues.update(room.name)
    fill(room, GERMAN)
    path = catalogues.po_path(room.name, "de")
    path.write_text("#, fuzzy\n" + path.read_text())

    assert "the header is marked fuzzy" in next(catalogues.check(room.name))


@pytest.mark.parametrize(
    "source,target,in_template",
    [
        ("Your bed", "", False),
        ("Hello %(name)s", "Hallo", False),
        ("Hello %(name)s", "Hallo %(nam)s", False),
        ("Hello {name}", "Hallo {}", False),
        ("<b>Stop</b>", "Halt", False),
        ("100 % done", "100 % fertig", True),
        ("Gardeners", "Gärtner*innen", False),
        ("Gardeners", "Gärtner:innen", False),
        ("Gardeners", "GärtnerInnen", False),
        ("Gardener", "Gärtner/in", False),
        ("The word “root”", 'Das Wort "Wurzel"', False),
        ("The word “root”", "Das Wort „Wurzel”", False),
        ("The word “root”", "Das Wort „Wurzel", False),
        ("It grows", "Es wächst, so ist's", False),
    ],
)
def test_a_bad_translation_is_found(source: str, target: str, in_template: bool) -> None:
    assert len(list(problems_of_text(Message(source, target), source, in_template=in_template))) >= 1


@pytest.mark.parametrize(
    "source,target",
    [
        ("The word “root”", "Das Wort „Wurzel“"),
        ("LinkedIn", "LinkedIn"),
        ("in the bed", "im Beet"),
        ("%(percent)s %%", "%(percent)s %%"),
        ('<a href="%(url)s">Bed</a>', '<a href="%(url)s">Beet</a>'),
    ],
)
def test_a_good_translation_passes(source: str, target: str) -> None:
    assert list(problems_of_text(Message(source, target), source, in_template=True)) == []


def test_a_singular_may_leave_out_its_number() -> None:
    source = ("%(count)s root", "%(count)s roots")

    assert list(problems_of_text(Message(source, ("eine Wurzel", "%(count)s Wurzeln")), source)) == []
    assert len(list(problems_of_text(Message(source, ("eine Wurzel", "Wurzeln")), source))) == 1


@pytest.mark.parametrize(
    "text,expected",
    [
        ("Wie geht es dir?", True),
        ("Deine Wurzeln", True),
        ("Ist das für euch?", True),
        ("Wähle eine Kompetenz.", True),
        ("Nichts da. Lege etwas an.", True),
        ("Individuelle Duldung", False),
        ("Ihre Wurzeln", False),
        ("Suche", False),
        ("%(dir)s ist leer", False),
    ],
)
def test_the_familiar_form_is_recognised(text: str, expected: bool) -> None:
    assert has_familiar_form(Message("x", text)) is expected


def test_a_formal_text_must_not_be_familiar() -> None:
    german, formal = {("", "x"): Message("x", "Dein Beet")}, {("", "x"): Message("x", "Ihr Beet, Du")}

    assert len(list(problems_of_formal(german, {}))) == 1
    assert len(list(problems_of_formal(german, formal))) == 1


def test_django_reads_the_compiled_catalogues() -> None:
    with translation.override("de"):
        assert translate("running") == "läuft"
