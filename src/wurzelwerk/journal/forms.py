"""Shape and syntax of what is typed into the journal."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.journal.models import HIGHEST_LEVEL
from wurzelwerk.journal.recipients import Recipient
from wurzelwerk.journal.rules import LONGEST_BODY, LONGEST_PASSAGE, LONGEST_PROMPT, LONGEST_TITLE
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.ids import ALPHABET, LENGTH, new_public_id
from wurzelwerk.ui.fields import FreeDateField, LevelField, MarkdownField, PastDateField

SHARED_DAYS: Final = 28
NAME: Final = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


class EntryForm(forms.Form):
    """An entry as it is typed; ``version`` is the one the page was opened with, 0 for a new entry."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, required=False, strip=True)
    body = MarkdownField(label=_("Your text"), max_length=LONGEST_BODY, required=False, strip=False)
    written_on = PastDateField(label=_("Day"))
    competences = forms.MultipleChoiceField(
        label=_("Which competences is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    prompt = forms.CharField(max_length=LONGEST_PROMPT, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    editor = forms.RegexField(NAME, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, competences: Iterable[Competence], **options: Any) -> None:
        """Offer ``competences`` to tag; a new page gets a name of its own."""
        super().__init__(*args, **options)
        self._offered = {one.public_id: one for one in competences}
        self.fields["competences"].choices = [(key, str(one)) for key, one in self._offered.items()]  # type: ignore[attr-defined]
        self.fields["body"].widget.attrs |= {"rows": 16}
        self.initial.setdefault("editor", new_public_id())
        self.initial.setdefault("version", 0)

    @property
    def chosen(self) -> list[Competence]:
        """The competences that were ticked."""
        return [self._offered[key] for key in self.cleaned_data["competences"]]


class ListForm(forms.Form):
    """What the list reads from the address; anything else means the newest month and today's question."""

    month = forms.RegexField(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$", required=False)
    prompt = forms.IntegerField(min_value=0, max_value=999, required=False)

    @property
    def month_wanted(self) -> date | None:
        """The first day of the wanted month."""
        self.is_valid()
        typed = self.cleaned_data.get("month")
        return date.fromisoformat(f"{typed}-01") if typed else None

    @property
    def skip(self) -> int | None:
        """Which question counting from today's; None when none was asked for."""
        self.is_valid()
        return self.cleaned_data.get("prompt")


class SearchForm(forms.Form):
    """Words to search for; they come by POST, so that no address and no log holds them."""

    q = forms.CharField(max_length=200, required=False, strip=True)


class ChooseForm(forms.Form):
    """The passage, by its place in the entry or as it was selected, and the competence by its key."""

    paragraph = forms.IntegerField(min_value=0, max_value=10_000, required=False)
    selected = forms.CharField(max_length=LONGEST_BODY, required=False)
    competence = forms.CharField(max_length=24, required=False)
    q = forms.CharField(max_length=200, required=False, strip=True)


class MarkForm(forms.Form):
    """The text that becomes evidence, and the level it shows."""

    text = forms.CharField(
        label=_("The passage"),
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Shorten it to what shows the competence. Leave out names of others."),
    )
    level = LevelField(anchors={}, label=_("Which level does it show?"))

    def __init__(self, *args: Any, anchors: dict[int, str], **options: Any) -> None:
        """Describe the levels by the anchors of the competence."""
        super().__init__(*args, **options)
        shown = {level: text for level, text in anchors.items() if 1 <= level <= HIGHEST_LEVEL}
        label = self.fields["level"].label
        self.fields["level"] = LevelField(anchors=shown, label=label)


class ShareForm(forms.Form):
    """Who may read an entry, and until when."""

    recipient = forms.ChoiceField(label=_("Who may read it"))
    until = FreeDateField(label=_("Until"), help_text=_("For example in 4 weeks or 31.12."))

    def __init__(self, *args: Any, recipients: Iterable[Recipient], **options: Any) -> None:
        """Offer ``recipients``."""
        super().__init__(*args, **options)
        self._offered = {f"{one.person.public_id}-{one.audience}": one for one in recipients}
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.person.full_name} ({one.audience.label})") for key, one in self._offered.items()
        ]
        self.initial.setdefault("until", clock.today() + timedelta(days=SHARED_DAYS))

    @property
    def chosen(self) -> Recipient:
        """The chosen recipient."""
        return self._offered[self.cleaned_data["recipient"]]
