"""Form fields of our own, and what the field macro must know about any field."""

import datetime as dt
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.ui import formatting
from wurzelwerk.ui.dates import parse_day, parse_past_day
from wurzelwerk.ui.durations import parse_minutes


class FreeDateInput(forms.DateInput):
    """A text field for a day in words or figures."""

    def format_value(self, value: Any) -> str | None:
        """Show a day as it is written in the active language; keep what was typed."""
        return formatting.date(value, "short") if isinstance(value, dt.date) else value


class FreeDateField(forms.DateField):
    """A day, typed freely: "Fr", "24.11.", "morgen", "in 2 Wochen"."""

    widget = FreeDateInput
    default_error_messages = {
        "invalid": _("This is not a day we understand. Examples: Fri, 24 November, 24.11., tomorrow."),
    }

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day meant by ``value``."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value.date() if isinstance(value, dt.datetime) else value
        try:
            return self.parse(str(value), clock.today())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def parse(self, typed: str, today: dt.date) -> dt.date:
        """Return the day meant by what was typed; raises ``ValueError``."""
        return parse_day(typed, today)


class PastDateField(FreeDateField):
    """A day that was, typed freely: "Fr" is last Friday, "20.11." the last such day."""

    def parse(self, typed: str, today: dt.date) -> dt.date:
        """Return the nearest day up to today; a day that can only come is left to the rules."""
        return parse_past_day(typed, today)


class MinutesInput(forms.TextInput):
    """A text field for a duration."""

    def format_value(self, value: Any) -> str | None:
        """Show minutes as a duration; keep what was typed."""
        return formatting.clock_minutes(value) if isinstance(value, int) else value


class MinutesField(forms.IntegerField):
    """A duration in minutes, typed freely: "1:30", "1,5 Std.", "90"."""

    widget = MinutesInput
    default_error_messages = {
        "invalid": _("This is not a duration we understand. Examples: 1:30, 90 min, 1.5 h."),
    }

    def to_python(self, value: Any) -> int | None:
        """Return the minutes meant by ``value``."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return parse_minutes(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out ``min`` and ``max``: they belong to number inputs."""
        return {}


class MarkdownInput(forms.Textarea):
    """A text area with a small toolbar."""


class MarkdownField(forms.CharField):
    """A text in Markdown."""

    widget = MarkdownInput


class SwitchInput(forms.CheckboxInput):
    """A checkbox that looks like a switch: its effect is a state, not a choice among several."""


class SwitchField(forms.BooleanField):
    """Something that is on or off."""

    widget = SwitchInput

    def __init__(self, **options: Any) -> None:
        """Never be required: off is an answer."""
        super().__init__(**{"required": False, **options})


class LevelInput(forms.RadioSelect):
    """Levels as cards with their rings and anchors."""


class LevelField(forms.TypedChoiceField):
    """A level; ``anchors`` says in words what somebody can do at each."""

    def __init__(self, *, anchors: Mapping[int, str | Promise], **options: Any) -> None:
        """Offer one card per anchor, in their order."""
        options.setdefault("coerce", int)
        options.setdefault("empty_value", None)
        options.setdefault("widget", LevelInput)
        super().__init__(choices=[(str(level), text) for level, text in anchors.items()], **options)
        self.anchors = {str(level): text for level, text in anchors.items()}


class DropInput(forms.FileInput):
    """A file field one can drop a file onto."""


class DropFileField(forms.FileField):
    """A file with allowed ``extensions`` (without dot) and at most ``max_bytes``."""

    widget = DropInput
    default_error_messages = {
        "extension": _("%(name)s cannot be read here. Allowed are: %(extensions)s."),
        "size": _("%(name)s is too large: %(size)s. At most %(limit)s are possible."),
    }

    def __init__(self, *, extensions: tuple[str, ...] = (), max_bytes: int = 0, **options: Any) -> None:
        """Limit kind and size."""
        self.extensions, self.max_bytes = extensions, max_bytes
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the browser which files to offer."""
        attributes: dict[str, Any] = super().widget_attrs(widget)
        if self.extensions:
            attributes["accept"] = ",".join(f".{extension}" for extension in self.extensions)
        return attributes

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check kind and size of the file."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and file is data:
            self._check(file)
        return file

    def _check(self, file: UploadedFile[Any]) -> None:
        name = file.name or ""
        if self.extensions and PurePath(name).suffix.lower().lstrip(".") not in self.extensions:
            known = {"name": name, "extensions": ", ".join(self.extensions)}
            raise ValidationError(self.error_messages["extension"], code="extension", params=known)
        size = file.size or 0
        if self.max_bytes and size > self.max_bytes:
            known = {
                "name": name,
                "size": formatting.filesize(size),
                "limit": formatting.filesize(self.max_bytes),
            }
            raise ValidationError(self.error_messages["size"], code="size", params=known)


# Django's sentence, said more kindly in our catalogue.
REQUIRED = _("This field is required.")

# The first class that fits decides; own widgets stand before Django's.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (MarkdownInput, "markdown"),
    (SwitchInput, "switch"),
    (LevelInput, "levels"),
    (DropInput, "file"),
    (MinutesInput, "duration"),
    (forms.HiddenInput, "hidden"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
    (forms.NumberInput, "number"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radio"),
    (forms.Select, "select"),
)


def widget_kind(bound: forms.BoundField) -> str:
    """Return how a field is drawn, by the class of its widget."""
    widget = bound.field.widget
    return next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "text")


def widget_attributes(bound: forms.BoundField, described_by: list[str], **more: Any) -> dict[str, Any]:
    """Return the attributes of the input: its description, whether it is wrong, and ``more``."""
    attributes = {name: value for name, value in more.items() if value is not None}
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def widget_options(bound: forms.BoundField) -> list[dict[str, Any]]:
    """Return the options of a group: value, label, whether chosen, id and group, as the form holds them."""
    widget = bound.field.widget
    if not isinstance(widget, ChoiceWidget):
        raise TypeError(f"{bound.name} has no options")
    base = bound.auto_id or f"id_{bound.html_name}"
    options: list[dict[str, Any]] = []
    for group, members, _index in widget.optgroups(bound.html_name, widget.format_value(bound.value())):
        for option in members:
            place = len(options)
            options.append(
                {
                    "value": str(option["value"]),
                    "label": option["label"],
                    "selected": option["selected"],
                    "group": group,
                    "id": f"{base}_{place}",
                    "disabled": bool(option["attrs"].get("disabled")),
                }
            )
    return options
