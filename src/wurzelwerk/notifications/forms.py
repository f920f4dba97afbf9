"""What the inbox reads from the address and from its buttons."""

from typing import Any

from django import forms


class InboxForm(forms.Form):
    """The filter and the page; what it does not understand filters nothing."""

    show = forms.ChoiceField(choices=[("", ""), ("unread", "")], required=False)
    page = forms.IntegerField(min_value=1, required=False)

    @property
    def only_unread(self) -> bool:
        """Whether only unread messages are wanted."""
        return bool(self._understood("show"))

    @property
    def page_number(self) -> int:
        """The wanted page, from 1."""
        return self._understood("page") or 1

    def _understood(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


class UndoForm(forms.Form):
    """The instant at which everything was marked as read."""

    read_at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
