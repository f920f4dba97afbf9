"""Form fields of our own."""

from datetime import date, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from wurzelwerk.ui import fields


@pytest.mark.usefixtures("frozen_time")
def test_free_date_understands_words() -> None:
    field = fields.FreeDateField(required=False)

    days = [field.clean(typed) for typed in ("Fr", date(2026, 1, 2), datetime(2026, 1, 2, 9, 0), "")]  # noqa: DTZ001 - a form gives it so
    assert days == [date(2026, 11, 27), date(2026, 1, 2), date(2026, 1, 2), None]


@pytest.mark.parametrize("field", [fields.FreeDateField(), fields.MinutesField()])
def test_what_is_not_understood_gets_examples(field: forms.Field) -> None:
    with pytest.raises(ValidationError, match="Beispiele"):
        field.clean("irgendwann")


def test_minutes_are_limited_like_any_number() -> None:
    field = fields.MinutesField(min_value=15, required=False)

    assert [field.clean(typed) for typed in ("1:30", 20, "")] == [90, 20, None]
    with pytest.raises(ValidationError):
        field.clean("0:10")


def test_level_is_a_number_or_nothing() -> None:
    field = fields.LevelField(anchors={1: "Anfang", 2: "Mitte"}, required=False)

    assert [field.clean(value) for value in ("2", "")] == [2, None]
    with pytest.raises(ValidationError):
        field.clean("5")


def test_switch_may_be_off() -> None:
    assert fields.SwitchField().clean(value=False) is False


def test_file_has_an_allowed_kind_and_size() -> None:
    field = fields.DropFileField(extensions=("csv", "xlsx"), max_bytes=2_000_000)

    accepted = field.clean(SimpleUploadedFile("people.CSV", b"a;b"))
    assert accepted.name == "people.CSV"
    assert field.widget.attrs["accept"] == ".csv,.xlsx"
    with pytest.raises(ValidationError, match=r"people.exe lässt sich hier nicht lesen. Erlaubt sind: csv, xlsx."):
        field.clean(SimpleUploadedFile("people.exe", b"x"))
    with pytest.raises(ValidationError) as too_large:
        field.clean(SimpleUploadedFile("people.csv", b"x" * 3_000_000))
    assert too_large.value.messages == ["people.csv ist zu groß: 3\u00a0MB. Möglich sind höchstens 2\u00a0MB."]


def test_file_without_limits_takes_anything() -> None:
    field = fields.DropFileField(required=False)

    assert field.clean(SimpleUploadedFile("note.txt", b"x")).name == "note.txt"
    assert "accept" not in field.widget.attrs


@pytest.mark.parametrize(
    "field,kind",
    [
        (forms.CharField(), "text"),
        (forms.EmailField(), "text"),
        (forms.CharField(widget=forms.Textarea), "textarea"),
        (forms.CharField(widget=forms.PasswordInput), "password"),
        (forms.ChoiceField(), "select"),
        (forms.MultipleChoiceField(), "select"),
        (forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple), "checkboxes"),
        (forms.ChoiceField(widget=forms.RadioSelect), "radio"),
        (forms.BooleanField(), "checkbox"),
        (forms.IntegerField(), "number"),
        (forms.TimeField(), "time"),
        (forms.FileField(), "file"),
        (fields.FreeDateField(), "date"),
        (fields.MinutesField(), "duration"),
        (fields.MarkdownField(), "markdown"),
        (fields.SwitchField(), "switch"),
        (fields.LevelField(anchors={}), "levels"),
        (fields.DropFileField(), "file"),
    ],
)
def test_widgets_are_recognised(field: Any, kind: str) -> None:
    form = forms.Form()
    form.fields["x"] = field

    assert fields.widget_kind(form["x"]) == kind


def test_options_know_their_group_and_whether_they_are_chosen() -> None:
    form = forms.Form(initial={"x": "b"})
    form.fields["x"] = forms.ChoiceField(choices=[("Vokale", [("a", "A")]), ("b", "B")], widget=forms.RadioSelect)

    options = fields.widget_options(form["x"])
    assert [(o["value"], o["group"], o["selected"], o["id"]) for o in options] == [
        ("a", "Vokale", False, "id_x_0"),
        ("b", None, True, "id_x_1"),
    ]


def test_a_text_field_has_no_options() -> None:
    form = forms.Form()
    form.fields["x"] = forms.CharField()

    with pytest.raises(TypeError, match="no options"):
        fields.widget_options(form["x"])
