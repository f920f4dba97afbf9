"""The own learning debt: nobody else has a page of it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wurzelwerk.competences import queries
from wurzelwerk.competences.debt import RULE_VERSION
from wurzelwerk.competences.forms import WhatIfForm
from wurzelwerk.competences.showing.debt import DEFAULT_HOURS, debt_page, what_if_hours, what_if_target
from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui.rendering import render


@require_safe
def debt(request: HttpRequest) -> HttpResponse:
    """Show what one owes to one's role, the ledger, and what would change it."""
    person = person_of(request)
    statement = queries.get_debt(person)
    granted = queries.hours_granted(person)
    form = WhatIfForm(
        request.GET or None,
        competences=sorted((one.competence for one in statement.positions if one.required > 0), key=str),
        initial={"hours": round(granted or DEFAULT_HOURS, 1)},
    )
    per_week = form.chosen_hours or granted or DEFAULT_HOURS
    context = {
        "shown": debt_page(statement, granted),
        "form": form,
        "per_week": per_week,
        "repaid": what_if_hours(statement, per_week, form.chosen_competence),
        "chosen": form.chosen_target,
        "added": what_if_target(statement, *form.chosen_target) if form.chosen_target else "",
        "rule_version": RULE_VERSION,
        "curve": statement.positions[0].curve.hours_per_level if statement.positions else (),
        "sights": who_sees(Item.ESTIMATE),
    }
    return render(request, "competences/debt.html", context, block="what_if")
