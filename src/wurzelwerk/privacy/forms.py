"""The filters of the matrix and the access log, and to whom a thing is opened."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.queries.control import PERSON, UNIT, Control, Namesake, namesakes
from wurzelwerk.privacy.rules import may_share_until
from wurzelwerk.ui.fields import FreeDateField


class LogForm(forms.Form):
    """Reads item and page from the address; what it does not understand filters nothing."""

    item = forms.ChoiceField(choices=[("", ""), *Item.choices], required=False)
    page = forms.IntegerField(min_value=1, required=False)

    @property
    def wanted_item(self) -> Item | None:
        """The kind of data to show, or None for all."""
        self.is_valid()
        chosen = self.cleaned_data.get("item")
        return Item(chosen) if chosen else None

    @property
    def page_number(self) -> int:
        """The wanted page, from 1."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1


class MatrixForm(forms.Form):
    """Reads from the address whose sight is wanted; what it does not understand filters nothing."""

    who = forms.ChoiceField(choices=[("", ""), *Audience.choices], required=False)

    @property
    def wanted(self) -> Audience | None:
        """The audience, or None for all."""
        self.is_valid()
        chosen = self.cleaned_data.get("who")
        return Audience(chosen) if chosen else None


class SharingForm(forms.Form):
    """To whom one thing is opened, and until when."""

    whom = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        help_text=_("Only for one person: first name, family name or both."),
    )
    recipient = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)
    until = FreeDateField(
        label=_("Until"),
        required=False,
        help_text=_("For example in 4 weeks or 31.12. Left empty: until you close it."),
    )

    def __init__(self, *args: Any, owner: Person, control: Control, **options: Any) -> None:
        """Offer what ``control`` offers."""
        super().__init__(*args, **{**options, "auto_id": f"id_{control.item}_%s"})
        self.owner = owner
        self.candidates: tuple[Namesake, ...] = ()
        self.fields["whom"].choices = control.choices  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """Refuse a day that is over or too far away."""
        until: date | None = self.cleaned_data["until"]
        verdict = may_share_until(until, today=clock.today())
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return until

    def clean(self) -> dict[str, Any]:
        """Find the person who is meant; where several are, offer them as ``candidates``."""
        typed = super().clean() or {}
        if typed.get("whom") == PERSON:
            self._find(typed)
        return typed

    def _find(self, typed: dict[str, Any]) -> None:
        people = Person.objects.visible_to(self.owner).filter(is_active=True).exclude(pk=self.owner.pk)
        key = typed.get("recipient", "")
        if not key:
            self.candidates = namesakes(self.owner, typed.get("name", ""))
            key = self.candidates[0].public_id if len(self.candidates) == 1 else ""
        typed["person"] = people.filter(public_id=key).first() if key else None
        if typed["person"] is None and self.candidates:
            self.add_error("name", _("Several people fit. Please choose one of them."))
        elif typed["person"] is None:
            self.add_error("name", _("Nobody at work fits this name. Try fewer letters."))

    @property
    def person(self) -> Person | None:
        """The one person who is meant, if one was chosen."""
        return self.cleaned_data.get("person")

    @property
    def is_unit_only(self) -> bool:
        """Whether the owner's own unit was chosen."""
        return bool(self.cleaned_data["whom"] == UNIT)

    @property
    def audience(self) -> Audience:
        """The audience that was chosen; not to be asked where one person was."""
        return Audience.COMMUNITY if self.is_unit_only else Audience(self.cleaned_data["whom"])

    @property
    def expires_at(self) -> datetime | None:
        """The end of the chosen day, or None."""
        until = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(until + timedelta(days=1), time())) if until else None
