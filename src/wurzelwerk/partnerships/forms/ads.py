"""Input of ads: a line per competence, and what stands beside them; all of it filled in before anybody types."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import competence_choices
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.actions import AdContent, OfferInput, WantInput
from wurzelwerk.partnerships.choices import (
    COMMITMENTS,
    PRIORITIES,
    SCENARIO_TEXTS,
    HidingReason,
    Scenario,
    SpokenLanguage,
    Teaching,
)
from wurzelwerk.partnerships.models.ads import LONGEST_NOTE
from wurzelwerk.partnerships.queries.drafting import AdDraft, OfferDraft, WantDraft
from wurzelwerk.partnerships.queries.pool import AdRow
from wurzelwerk.partnerships.queries.working_time import cells_of_windows, windows_of_cells
from wurzelwerk.partnerships.terms import hours_text, languages_text, weeks_text, windows_text
from wurzelwerk.ui.fields import FreeDateField

Sent = MultiValueDict[str, str]
"""What a page sent."""

MOST_LINES: Final = 14
SUGGESTED_NAMES: Final = 4
FIRST_HOUR, LAST_HOUR = 6, 20
CELLS: Final = [(f"{weekday}-{hour}", f"{weekday}-{hour}") for weekday in range(7) for hour in range(24)]
DAYS_TO_ANSWER: Final = (1, 2, 3, 5, 10)


def rhythms() -> list[tuple[int, str]]:
    """Return the choices for the time between meetings, in the language of the request."""
    return [(weeks, ngettext("every week", "every %(weeks)d weeks", weeks) % {"weeks": weeks}) for weeks in range(1, 5)]


def days_to_answer() -> list[tuple[int, str]]:
    """Return the choices for how soon somebody answers, in the language of the request."""
    return [
        (days, ngettext("%(days)d working day", "%(days)d working days", days) % {"days": days})
        for days in DAYS_TO_ANSWER
    ]


def _levels(least: int, most: int) -> list[tuple[int, Promise | str]]:
    return [(level, _("Level %(level)s") % {"level": level}) for level in range(least, most + 1)]


class Line(forms.Form):
    """One competence of an ad, which counts when it is chosen."""

    is_chosen = forms.BooleanField(required=False)
    competence: Competence

    @property
    def entered(self) -> Mapping[str, Any]:
        """Return what was sent, or what was drafted for a line that nobody has sent yet."""
        return self.cleaned_data if self.is_bound else self.initial


class WantLine(Line):
    """One competence that may be wanted."""

    from_level = forms.TypedChoiceField(label=_("from"), coerce=int, choices=lambda: _levels(0, 4))
    to_level = forms.TypedChoiceField(label=_("to"), coerce=int, choices=lambda: _levels(1, 5))
    priority = forms.TypedChoiceField(label=_("Importance"), coerce=int, choices=list(PRIORITIES.items()))
    due_on = FreeDateField(label=_("By when"), required=False)

    def __init__(self, data: Sent | None, *, competence: Competence, initial: dict[str, Any]) -> None:
        """Show the line of ``competence``."""
        super().__init__(data, prefix=f"want-{competence.public_id}", initial=initial)
        self.competence = competence

    def clean(self) -> dict[str, Any]:
        """The level must rise where the line counts."""
        data = super().clean() or {}
        if data.get("is_chosen") and data.get("to_level", 0) <= data.get("from_level", 0):
            self.add_error("to_level", _("Choose a level above the one you have."))
        return data

    def content(self) -> WantInput:
        """Return what was entered."""
        data = self.entered
        return WantInput(self.competence, data["from_level"], data["to_level"], data["due_on"], data["priority"])


class OfferLine(Line):
    """One competence that may be offered."""

    level = forms.TypedChoiceField(label=_("my level"), coerce=int, choices=lambda: _levels(1, 5))
    teaching = forms.ChoiceField(label=_("How I pass it on"), choices=Teaching.choices)

    def __init__(self, data: Sent | None, *, competence: Competence, initial: dict[str, Any], demand: int) -> None:
        """Show the line of ``competence``; ``demand`` is how many ads look for it."""
        super().__init__(data, prefix=f"offer-{competence.public_id}", initial=initial)
        self.competence = competence
        self.demand = demand

    def content(self) -> OfferInput:
        """Return what was entered."""
        data = self.entered
        return OfferInput(self.competence, data["level"], Teaching(data["teaching"]))


class TermsForm(forms.Form):
    """Everything of an ad beside its competences."""

    add_want = forms.CharField(label=_("Something else I want to learn"), required=False, max_length=200)
    add_offer = forms.CharField(label=_("Something else I can pass on"), required=False, max_length=200)
    cell = forms.MultipleChoiceField(label=_("When you can"), choices=CELLS, required=False)
    scenario = forms.ChoiceField(label=_("How you would like to learn"), choices=Scenario.choices)
    hours_min = forms.IntegerField(label=_("Hours a week, at least"), min_value=1, max_value=limits.HOURS_MIN[1])
    hours_max = forms.IntegerField(label=_("Hours a week, at most"), min_value=1, max_value=limits.HOURS_MAX[1])
    weeks_min = forms.IntegerField(label=_("Weeks, at least"), min_value=1, max_value=limits.WEEKS[1])
    weeks_max = forms.IntegerField(label=_("Weeks, at most"), min_value=1, max_value=limits.WEEKS[1])
    rhythm_weeks = forms.TypedChoiceField(label=_("Meetings"), coerce=int, choices=rhythms)
    commitment = forms.TypedChoiceField(
        label=_("How serious is it for you?"), coerce=int, choices=list(COMMITMENTS.items()), widget=forms.RadioSelect
    )
    response_days = forms.TypedChoiceField(label=_("I answer within"), coerce=int, choices=days_to_answer)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )
    is_on_site = forms.BooleanField(label=_("on site"), required=False)
    is_remote = forms.BooleanField(label=_("online"), required=False)
    wants_other_team = forms.BooleanField(
        label=_("Rather nobody from my own team"), required=False, help_text=_("Only you know that you ticked this.")
    )
    note = forms.CharField(
        label=_("A sentence about you"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3})
    )

    scenario_texts = SCENARIO_TEXTS

    def clean(self) -> dict[str, Any]:
        """Both ends of a range in order, and a place to meet."""
        data = super().clean() or {}
        for name in ("hours", "weeks"):
            if data.get(f"{name}_max", limits.WEEKS[1]) < data.get(f"{name}_min", 0):
                self.add_error(f"{name}_max", _("The most is less than the least."))
        if not data.get("is_on_site") and not data.get("is_remote"):
            self.add_error("is_on_site", _("Choose at least one way to meet: on site or online."))
        return data


class AdForms:
    """The forms of one ad together: the lines of both sides and the terms."""

    def __init__(
        self,
        data: Sent | None,
        *,
        wants: Iterable[WantDraft],
        offers: Iterable[OfferDraft],
        terms: dict[str, Any],
    ) -> None:
        """Fill the forms with a draft; ``data`` is what was sent, with lines added on the way."""
        self.data = data
        self.terms = TermsForm(data, initial=terms)
        self.wants = [self._want(draft) for draft in wants if self._was_sent("want", draft)]
        self.offers = [self._offer(draft) for draft in offers if self._was_sent("offer", draft)]
        self._add_sent_lines()

    def _was_sent(self, side: str, draft: WantDraft | OfferDraft) -> bool:
        """Tell whether a line belongs on the page: all on a new one, only its own on one that was sent."""
        return self.data is None or draft.competence.public_id in self.data.getlist(side)

    def _want(self, draft: WantDraft) -> WantLine:
        initial = {
            "is_chosen": draft.is_chosen,
            "from_level": draft.from_level,
            "to_level": draft.to_level,
            "priority": draft.priority,
            "due_on": draft.due_on,
        }
        return WantLine(self.data, competence=draft.competence, initial=initial)

    def _offer(self, draft: OfferDraft) -> OfferLine:
        initial = {"is_chosen": draft.is_chosen, "level": draft.level, "teaching": draft.teaching}
        return OfferLine(self.data, competence=draft.competence, initial=initial, demand=draft.demand)

    @property
    def every_line(self) -> tuple[Line, ...]:
        """Return the lines of both sides."""
        return (*self.wants, *self.offers)

    def _add_sent_lines(self) -> None:
        """Add the lines that the sent page had beyond the draft, such as names that were typed before."""
        if self.data is None:
            return
        known = {line.competence.public_id: line.competence for line in self.every_line}
        sent = {side: list(dict.fromkeys(self.data.getlist(side)[:MOST_LINES])) for side in ("want", "offer")}
        missing = {*sent["want"], *sent["offer"]} - known.keys()
        if missing:
            known |= {each.public_id: each for each in Competence.objects.filter(public_id__in=missing)}
        wanted = {line.competence.public_id for line in self.wants}
        offered = {line.competence.public_id for line in self.offers}
        wants = [known[key] for key in sent["want"] if key in known and key not in wanted]
        offers = [known[key] for key in sent["offer"] if key in known and key not in offered]
        self.wants += [self._want(WantDraft(each, 0, 1, is_chosen=False)) for each in wants]
        self.offers += [self._offer(OfferDraft(each, 1, is_chosen=False)) for each in offers]

    def add_typed(self) -> bool:
        """Turn typed names into lines; tell whether every name was understood.

        A name that fits several competences adds them all unchosen and asks which was meant.
        """
        self.terms.is_valid()
        wanted = self._typed("add_want", [line.competence for line in self.wants])
        offered = self._typed("add_offer", [line.competence for line in self.offers])
        for competence, is_sure in wanted:
            self.wants.append(_unsent(self._want(WantDraft(competence, 1, 2, is_chosen=is_sure))))
        for competence, is_sure in offered:
            self.offers.append(_unsent(self._offer(OfferDraft(competence, 3, is_chosen=is_sure))))
        return not self.terms.errors.get("add_want") and not self.terms.errors.get("add_offer")

    def _typed(self, name: str, there: list[Competence]) -> Iterator[tuple[Competence, bool]]:
        if not self.terms.is_bound or not (
            text := str(self.data[name] if self.data and name in self.data else "").strip()
        ):
            return
        choices = competence_choices(text, limit=SUGGESTED_NAMES)
        exact = [choice for choice in choices if choice.name.casefold() == text.casefold()] or (
            list(choices) if len(choices) == 1 else []
        )
        if not choices:
            self.terms.add_error(name, _("No competence has this name. Try another word."))
            return
        if not exact:
            names = ", ".join(choice.name for choice in choices)
            self.terms.add_error(name, _("Several fit: %(names)s. Tick the one you mean above.") % {"names": names})
        known = {competence.pk for competence in there}
        keys = [choice.pk for choice in (exact or choices) if choice.pk not in known]
        found = {each.pk: each for each in Competence.objects.filter(pk__in=keys)}
        yield from ((found[key], bool(exact)) for key in keys)

    def is_valid(self) -> bool:
        """Check everything, so that all errors are shown at once."""
        return all([self.terms.is_valid(), *(line.is_valid() for line in self.every_line if line.is_bound)])

    def content(self) -> AdContent:
        """Return what was entered; call after ``is_valid``."""
        data = self.terms.cleaned_data
        cells = (tuple(int(part) for part in cell.split("-")) for cell in data["cell"])
        return AdContent(
            wants=tuple(line.content() for line in self.wants if line.entered["is_chosen"]),
            offers=tuple(line.content() for line in self.offers if line.entered["is_chosen"]),
            windows=windows_of_cells((weekday, hour) for weekday, hour in cells),
            scenario=Scenario(data["scenario"]),
            hours_min=data["hours_min"],
            hours_max=data["hours_max"],
            weeks_min=data["weeks_min"],
            weeks_max=data["weeks_max"],
            rhythm_weeks=data["rhythm_weeks"],
            commitment=data["commitment"],
            response_days=data["response_days"],
            languages=tuple(data["languages"]),
            is_on_site=data["is_on_site"],
            is_remote=data["is_remote"],
            wants_other_team=data["wants_other_team"],
            note=data["note"],
        )

    @property
    def cells(self) -> frozenset[str]:
        """Return the marked hours, as the grid shows them."""
        return frozenset(self.terms["cell"].value() or ())

    @property
    def times_text(self) -> str:
        """Return the marked hours in words: Mo–Fr 8–16."""
        cells = (cell.split("-") for cell in self.cells)
        return windows_text(windows_of_cells((int(weekday), int(hour)) for weekday, hour in cells))

    @property
    def terms_text(self) -> str:
        """Return hours, weeks and languages in words; empty while something in them is wrong."""
        if self.terms.errors:
            return ""
        least, most, weeks_min, weeks_max = (
            int(self.terms[name].value() or 0) for name in ("hours_min", "hours_max", "weeks_min", "weeks_max")
        )
        spoken = languages_text(self.terms["languages"].value() or ())
        return " · ".join(filter(None, [hours_text(least, most), weeks_text(weeks_min, weeks_max), spoken]))

    @property
    def hours(self) -> range:
        """Return the hours of the grid: the working day, and more where more is marked."""
        marked = [int(cell.split("-")[1]) for cell in self.cells]
        return range(min([FIRST_HOUR, *marked]), max([LAST_HOUR, *(hour + 1 for hour in marked)]))


def _unsent(line: Any) -> Any:
    """Show a line as it was drafted: nobody has sent it yet."""
    line.is_bound, line.data = False, {}
    return line


def forms_of_draft(data: Sent | None, draft: AdDraft) -> AdForms:
    """Return the forms of a new ad."""
    terms = {
        "cell": [f"{weekday}-{hour}" for weekday, hour in sorted(cells_of_windows(draft.windows))],
        "scenario": Scenario.MUTUAL_TEACHING,
        "hours_min": 1,
        "hours_max": 2,
        "weeks_min": 8,
        "weeks_max": 12,
        "rhythm_weeks": 1,
        "commitment": 3,
        "response_days": 3,
        "languages": list(draft.languages),
        "is_on_site": True,
        "is_remote": True,
    }
    return AdForms(data, wants=draft.wants, offers=draft.offers, terms=terms)


def forms_of_ad(data: Sent | None, ad: AdRow, draft: AdDraft, *, wants_other_team: bool) -> AdForms:
    """Return the forms to change an ad: its own lines first, then what else could be proposed."""
    keys = {line.competence_id for line in ad.wants} | {line.competence_id for line in ad.offers}
    found = {each.pk: each for each in Competence.objects.filter(pk__in=keys)}
    wants = [
        WantDraft(
            found[line.competence_id],
            line.from_level,
            line.to_level,
            is_chosen=True,
            priority=line.priority,
            due_on=line.due_on,
        )
        for line in ad.wants
    ]
    offers = [
        OfferDraft(found[line.competence_id], line.level, is_chosen=True, teaching=line.teaching) for line in ad.offers
    ]
    more_wants = [each for each in draft.wants if each.competence.pk not in {line.competence_id for line in ad.wants}]
    more_offers = [
        each for each in draft.offers if each.competence.pk not in {line.competence_id for line in ad.offers}
    ]
    terms: dict[str, Any] = {name: getattr(ad, name) for name in _SAME} | {
        "cell": [f"{weekday}-{hour}" for weekday, hour in sorted(cells_of_windows(ad.windows))],
        "languages": list(ad.languages),
        "wants_other_team": wants_other_team,
    }
    return AdForms(
        data,
        wants=[*wants, *(replace(each, is_chosen=False) for each in more_wants)],
        offers=[*offers, *(replace(each, is_chosen=False) for each in more_offers)],
        terms=terms,
    )


_SAME: Final = (
    *("scenario", "hours_min", "hours_max", "weeks_min", "weeks_max", "rhythm_weeks", "commitment"),
    *("response_days", "is_on_site", "is_remote", "note"),
)


class HideForm(forms.Form):
    """Why somebody does not want a suggestion; may stay unsaid."""

    reason = forms.ChoiceField(choices=HidingReason.choices, required=False)

    def chosen(self) -> HidingReason:
        """Return the reason; what is not understood stays unsaid."""
        self.is_valid()
        return HidingReason(self.cleaned_data.get("reason") or HidingReason.UNSAID)


class FilterForm(forms.Form):
    """The filters of the board; what it does not understand it ignores."""

    q = forms.CharField(required=False, max_length=200)
    offers = forms.CharField(required=False, max_length=40)
    wants = forms.CharField(required=False, max_length=40)
    language = forms.ChoiceField(required=False, choices=[("", ""), *SpokenLanguage.choices])
    place = forms.ChoiceField(required=False, choices=[("", ""), ("on_site", ""), ("online", "")])
    scenario = forms.ChoiceField(required=False, choices=[("", ""), *Scenario.choices])
    site = forms.CharField(required=False, max_length=40)

    def values(self) -> dict[str, str]:
        """Return what validates, by the names of ``AdFilter``."""
        self.is_valid()
        names = ("offers", "wants", "language", "place", "scenario", "site")
        return {"text": self.cleaned_data.get("q", ""), **{name: self.cleaned_data.get(name, "") for name in names}}
