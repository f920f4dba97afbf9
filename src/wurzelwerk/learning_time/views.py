"""One's own learning time, and the rule that grants it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.learning_time import actions, queries
from wurzelwerk.learning_time.forms import EntryForm, MonthForm, PersonalRuleForm, RuleForm
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import may_develop_learning
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own month with its gauge and entries; a POST books time."""
    person = person_of(request)
    form = EntryForm(request.POST or None, initial={"spent_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_book(request, person, form))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
    month = MonthForm(request.GET).chosen
    context = {
        "form": form,
        "gauge": queries.get_gauge(person, month),
        "entries": queries.get_entries(person, month),
        "history": queries.get_history(person, month),
        "terms": queries.get_terms(person, clock.today()),
        "this_month": queries.first_of_month(clock.today()),
        "previous_month": f"{queries.months_before(month, 2)[0]:%Y-%m}",
        "next_month": f"{queries.next_month(month):%Y-%m}" if month < queries.first_of_month(clock.today()) else "",
        "sights": who_sees(Item.LEARNING_TIME_USE),
    }
    return render(request, "learning_time/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct one of one's own entries."""
    person = person_of(request)
    booked = _fetch(person, public_id)
    kept = {"minutes": booked.minutes, "spent_on": booked.spent_on, "note": booked.note}
    form = EntryForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.change_entry(
                by=person, entry=booked, minutes=typed["minutes"], spent_on=typed["spent_on"], note=typed["note"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("Changed."))
            return redirect(_month_url(booked))
    return render(request, "learning_time/entry.html", {"form": form, "entry": booked, "back": _month_url(booked)})


@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an entry off the account; it can be undone."""
    removed = actions.remove_entry(by=person_of(request), entry=_fetch(person_of(request), public_id))
    toasts.success(request, _("The entry is removed."), reverse("learning_time:restore", args=[public_id]))
    return redirect(_month_url(removed))


@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a removed entry back."""
    restored = actions.restore_entry(by=person_of(request), entry=_fetch(person_of(request), public_id))
    return redirect(_month_url(restored))


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """Show the rule that holds for everyone; who develops learning can change it."""
    return _agreement_page(request)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Set the rule for everyone."""
    form = RuleForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.agree_hours(
                by=person_of(request),
                hours_per_week=typed["hours_per_week"],
                full_time_hours=typed["full_time_hours"],
                valid_from=typed["valid_from"],
            )
        except Refused as refusal:
            may_develop_learning(person_of(request)).require()
            form.add_error(None, str(refusal.reason))
        else:
            toasts.success(request, _("The rule is saved."))
            return redirect("learning_time:agreement")
    return _agreement_page(request, form=form)


@require_POST
def agree_personally(request: HttpRequest) -> HttpResponse:
    """Agree hours with one person; what was agreed before is never shown here."""
    may_develop_learning(person_of(request)).require()
    form = PersonalRuleForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        person = queries.find_person(person_of(request), typed["staff_number"])
        try:
            if person is None:
                raise Refused(_("Nobody who works here has this staff number."))  # noqa: TRY301 - said at the form
            actions.agree_hours(
                by=person_of(request),
                person=person,
                hours_per_week=typed["hours_per_week"],
                valid_from=typed["valid_from"],
            )
        except Refused as refusal:
            form.add_error("staff_number" if person is None else None, str(refusal.reason))
        else:
            toasts.success(request, _("Agreed with %(name)s, who has been told.") % {"name": person.full_name})
            return redirect("learning_time:agreement")
    return _agreement_page(request, personal_form=form)


def _book(request: HttpRequest, person: Person, form: EntryForm) -> str:
    """Book what was typed, once, and return where to go."""
    typed = form.cleaned_data

    def book() -> str:
        booked = actions.book_time(by=person, minutes=typed["minutes"], spent_on=typed["spent_on"], note=typed["note"])
        undo = reverse("learning_time:remove", args=[booked.public_id])
        toasts.success(request, _("Booked."), undo)
        return _month_url(booked)

    return once(key=request.POST.get(FIELD, ""), by=person, action="learning_time.book", run=book)


def _fetch(person: Person, public_id: str) -> TimeEntry:
    found: TimeEntry = TimeEntry.objects.get_visible(person, public_id=public_id)
    return found


def _month_url(booked: TimeEntry) -> str:
    return f"{reverse('learning_time:account')}?month={booked.spent_on:%Y-%m}"


def _agreement_page(
    request: HttpRequest, form: RuleForm | None = None, personal_form: PersonalRuleForm | None = None
) -> HttpResponse:
    today = clock.today()
    context = {
        "rules": queries.company_rules(today),
        "today": today,
        "may_change": bool(may_develop_learning(person_of(request))),
        "form": form or RuleForm(initial={"valid_from": today}),
        "personal_form": personal_form or PersonalRuleForm(initial={"valid_from": today}),
    }
    return render(request, "learning_time/agreement.html", context)
