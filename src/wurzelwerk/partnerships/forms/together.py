"""Input of a partnership: requests, agreement, packages, meetings, closing."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.actions import (
    AgreementContent,
    ClosingContent,
    GoalInput,
    LevelInput,
    MeetingContent,
    PackageContent,
)
from wurzelwerk.partnerships.choices import SCENARIO_TEXTS, GoalsReached, Scenario
from wurzelwerk.partnerships.forms.ads import Sent, days_to_answer, rhythms
from wurzelwerk.partnerships.models.agreements import MOST_GOALS
from wurzelwerk.partnerships.models.requests import LONGEST_MESSAGE
from wurzelwerk.partnerships.models.working import LONGEST_TEXT
from wurzelwerk.partnerships.queries.closing import Rating
from wurzelwerk.people.models import Person
from wurzelwerk.ui.fields import FreeDateField, LevelField, MinutesField

ROWS = {"rows": 4}
CANNOT_SAY = -1
"""Below every level: nothing is known, which is not level 0."""


def _by_key(competences: tuple[Competence, ...]) -> dict[str, Competence]:
    return {competence.public_id: competence for competence in competences}


def _labelled(competences: tuple[Competence, ...]) -> list[tuple[str, str]]:
    return [(competence.public_id, str(competence)) for competence in competences]


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Let the field ``name`` offer ``choices``; known only once the page is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared as one
    field.choices = choices


class RequestForm(forms.Form):
    """A message to somebody one would like to learn with."""

    message = forms.CharField(label=_("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea({"rows": 7}))


class AnswerForm(forms.Form):
    """A few words with the answer to a request."""

    answer = forms.CharField(required=False, max_length=LONGEST_MESSAGE, widget=forms.Textarea({"rows": 3}))

    def words(self) -> str:
        """Return the words; too many are cut, an answer is never lost for that."""
        return str(self.data.get("answer", ""))[:LONGEST_MESSAGE]


class OwnTermsForm(forms.Form):
    """What one can give."""

    weekly_minutes = MinutesField(
        label=_("Time a week"),
        min_value=limits.WEEKLY_MINUTES[0],
        max_value=limits.WEEKLY_MINUTES[1],
        help_text=_("For example 1:30 or 90 min."),
    )
    rhythm_weeks = forms.TypedChoiceField(label=_("Meetings"), coerce=int, choices=rhythms)
    response_days = forms.TypedChoiceField(label=_("I answer within"), coerce=int, choices=days_to_answer)


class AgreementForm(forms.Form):
    """A proposal: up to three goals and the time for them."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    goal_1 = forms.CharField(label=_("First goal"), max_length=300)
    goal_2 = forms.CharField(label=_("Second goal"), max_length=300, required=False)
    goal_3 = forms.CharField(label=_("Third goal"), max_length=300, required=False)
    competence_1 = forms.ChoiceField(label=_("Competence"), required=False)
    competence_2 = forms.ChoiceField(label=_("Competence"), required=False)
    competence_3 = forms.ChoiceField(label=_("Competence"), required=False)
    weekly_minutes = MinutesField(
        label=_("Time a week for each"),
        min_value=limits.WEEKLY_MINUTES[0],
        max_value=limits.WEEKLY_MINUTES[1],
        help_text=_("For example 1:30 or 90 min."),
    )
    rhythm_weeks = forms.TypedChoiceField(label=_("Meetings"), coerce=int, choices=rhythms)
    response_days = forms.TypedChoiceField(label=_("Answers within"), coerce=int, choices=days_to_answer)
    ends_on = FreeDateField(label=_("Until"), help_text=_("For example 26.02. or in 10 weeks."))
    scenario = forms.ChoiceField(label=_("How you learn"), choices=Scenario.choices, widget=forms.RadioSelect)

    scenario_texts = SCENARIO_TEXTS

    def __init__(self, *args: Any, competences: tuple[Competence, ...], **options: Any) -> None:
        """Offer the ``competences`` of both ads for the goals."""
        super().__init__(*args, **options)
        self._competences = _by_key(competences)
        for number in range(1, MOST_GOALS + 1):
            _offer(self, f"competence_{number}", [("", _("no particular one")), *_labelled(competences)])

    def content(self) -> AgreementContent:
        """Return what was entered."""
        data = self.cleaned_data
        goals = ((data[f"goal_{number}"], data[f"competence_{number}"]) for number in range(1, MOST_GOALS + 1))
        return AgreementContent(
            goals=tuple(GoalInput(text, self._competences.get(key)) for text, key in goals if text.strip()),
            scenario=Scenario(data["scenario"]),
            weekly_minutes=data["weekly_minutes"],
            rhythm_weeks=data["rhythm_weeks"],
            response_days=data["response_days"],
            ends_on=data["ends_on"],
        )


class SignForm(forms.Form):
    """A signature under the version that was read."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    has_talked = forms.BooleanField(label=_("We have talked it through."), required=False)


class PackageForm(forms.Form):
    """A package in one direction."""

    learner = forms.ChoiceField(label=_("Who learns?"))
    competence = forms.ChoiceField(label=_("Competence"))
    title = forms.CharField(
        label=_("What is it about?"), max_length=160, help_text=_("For example: build my own order list with JOIN")
    )
    due_on = FreeDateField(label=_("Done by"), help_text=_("For example Fri, 24.11. or in 2 weeks."))
    if_then = forms.CharField(
        label=_("If-then sentence"),
        required=False,
        max_length=300,
        help_text=_("For example: When I make the report on Friday, then I try it out with my own data."),
    )
    description = forms.CharField(
        label=_("What else belongs to it"), required=False, max_length=2000, widget=forms.Textarea(ROWS)
    )

    def __init__(
        self, *args: Any, persons: tuple[Person, ...], competences: tuple[Competence, ...], **options: Any
    ) -> None:
        """Offer the members as learners and the ``competences`` of their ads."""
        super().__init__(*args, **options)
        self._persons, self._competences = {person.public_id: person for person in persons}, _by_key(competences)
        _offer(self, "learner", [(person.public_id, person.full_name) for person in persons])
        _offer(self, "competence", _labelled(competences))

    def content(self) -> PackageContent:
        """Return what was entered; in a pair the other one teaches."""
        data = self.cleaned_data
        learner = self._persons[data["learner"]]
        teacher = next(person for person in self._persons.values() if person.pk != learner.pk)
        return PackageContent(
            teacher=teacher,
            learner=learner,
            competence=self._competences[data["competence"]],
            title=data["title"],
            due_on=data["due_on"],
            description=data["description"],
            if_then=data["if_then"],
        )


class MeetingForm(forms.Form):
    """When and where."""

    day = FreeDateField(label=_("Day"), help_text=_("For example Fri, tomorrow or 24.11."))
    time = forms.TimeField(
        label=_("Begins at"), input_formats=["%H:%M", "%H.%M", "%H"], help_text=_("For example 10:30.")
    )
    minutes = MinutesField(label=_("Length"), min_value=limits.MEETING_MINUTES[0], max_value=limits.MEETING_MINUTES[1])
    topic = forms.CharField(label=_("Topic"), required=False, max_length=200)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    link = forms.URLField(label=_("Link to the video call"), required=False, max_length=500, assume_scheme="https")

    def content(self, zone: str) -> MeetingContent:
        """Return what was entered; day and time are local to ``zone``."""
        data = self.cleaned_data
        day: date = data["day"]
        begins: time = data["time"]
        return MeetingContent(
            starts_at=datetime.combine(day, begins, tzinfo=ZoneInfo(zone)),
            minutes=data["minutes"],
            place=data["place"],
            link=data["link"],
            topic=data["topic"],
        )


class WorksheetForm(forms.Form):
    """The three questions of a meeting; empty answers are answers."""

    did = forms.CharField(
        label=_("What did we do?"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(ROWS), strip=False
    )
    was_hard = forms.CharField(
        label=_("What was hard?"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(ROWS), strip=False
    )
    next_steps = forms.CharField(
        label=_("What comes next, who does what until when?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(ROWS),
        strip=False,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NotesForm(forms.Form):
    """The shared notes."""

    body = forms.CharField(
        label=_("Shared notes"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        strip=False,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ClosingForm(forms.Form):
    """What one says at the end."""

    goals_reached = forms.ChoiceField(
        label=_("Did you reach your goals?"), choices=GoalsReached.choices, widget=forms.RadioSelect
    )
    takeaway = forms.CharField(
        label=_("What do you take along, what have you already used at work?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(ROWS),
    )
    thanks = forms.CharField(
        label=_("What did the other do that helped you?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class RatingForm(forms.Form):
    """What a partner can do now in one competence; one may leave it open."""

    seen = forms.CharField(
        label=_("What have you seen?"),
        required=False,
        max_length=500,
        help_text=_("One sentence as a reason; it stands with the evidence."),
    )

    def __init__(self, data: Sent | None, *, rating: Rating, initial: dict[str, Any]) -> None:
        """Ask for ``rating`` on the anchors of its competence."""
        key = f"rate-{rating.person_id}-{rating.competence.public_id}"
        super().__init__(data, prefix=key, initial=initial)
        self.rating = rating
        anchors = {**rating.anchors, CANNOT_SAY: str(_("I cannot say."))}
        self.fields["level"] = LevelField(
            anchors=anchors,
            label=_("%(name)s in %(competence)s") % {"name": rating.given_name, "competence": rating.competence},
        )

    def content(self, person: Person) -> LevelInput | None:
        """Return the level, or None where one cannot say."""
        level = self.cleaned_data["level"]
        return (
            LevelInput(person, self.rating.competence, level, self.cleaned_data["seen"])
            if level != CANNOT_SAY
            else None
        )


class ClosingForms:
    """The closing of one member: their own words, and a rating per competence of a partner."""

    def __init__(
        self, data: Sent | None, *, ratings: tuple[Rating, ...], said: dict[str, Any], levels: dict[Any, Any]
    ) -> None:
        """Fill in what was said before; ``levels`` maps (person, competence) to (level, seen)."""
        self.words = ClosingForm(data, initial=said)
        self.ratings = [
            RatingForm(data, rating=rating, initial=_initial(levels.get((rating.person_id, rating.competence.pk))))
            for rating in ratings
        ]

    def is_valid(self) -> bool:
        """Check everything, so that all errors are shown at once."""
        return all([self.words.is_valid(), *(form.is_valid() for form in self.ratings)])

    def content(self, persons: dict[int, Person]) -> ClosingContent:
        """Return what was entered."""
        data = self.words.cleaned_data
        levels = (form.content(persons[form.rating.person_id]) for form in self.ratings)
        return ClosingContent(
            goals_reached=GoalsReached(data["goals_reached"]),
            takeaway=data["takeaway"],
            thanks=data["thanks"],
            levels=tuple(level for level in levels if level is not None),
        )


def _initial(said: tuple[int, str] | None) -> dict[str, Any]:
    return {"level": said[0], "seen": said[1]} if said else {}


class TimeRequestForm(forms.Form):
    """How much time, until when; never for what."""

    weekly_minutes = MinutesField(
        label=_("Time a week"), min_value=limits.WEEKLY_MINUTES[0], max_value=limits.WEEKLY_MINUTES[1]
    )
    until = FreeDateField(label=_("Until"))


class TimeAnswerForm(forms.Form):
    """A manager's answer; a refusal needs words."""

    grants = forms.TypedChoiceField(
        choices=[("yes", _("Grant the time")), ("no", _("Not now"))], coerce=lambda value: value == "yes"
    )
    answer = forms.CharField(label=_("A few words"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """Ask for words with a refusal."""
        data = super().clean() or {}
        if data.get("grants") is False and not data.get("answer", "").strip():
            self.add_error("answer", _("Say why it is not possible now, and what is possible instead."))
        return data
