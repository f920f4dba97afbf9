"""What managers and learning and development see: time that was asked for, and that partnerships exist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wurzelwerk.kernel.matrix import Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.forms.together import TimeAnswerForm
from wurzelwerk.partnerships.models import TimeRequest
from wurzelwerk.partnerships.queries.oversight import partnerships_at_a_glance, time_request_page
from wurzelwerk.people.choices import Role
from wurzelwerk.people.rules import has_role
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy.reading import fetch_visible, note_reading
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_http_methods(["GET", "POST"])
def time_request(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how much time somebody asks for, and let their manager answer."""
    viewer = person_of(request)
    found = fetch_visible(TimeRequest.objects.select_related("person"), viewer=viewer, public_id=public_id)
    form = TimeAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.answer_time_request(by=viewer, request=found, grants=data["grants"], answer=data["answer"])
        except Refused as refusal:
            toasts.error(request, str(refusal.reason))
        else:
            toasts.success(request, _("Your answer is on its way."))
        return redirect("partnerships:time_request", public_id=public_id)
    page = time_request_page(found, viewer)
    note_reading(viewer=viewer, item=Item.LEARNING_SLOT, owners=[found.person_id], object_key=public_id)
    context = {"asked": page, "form": form, "sights": who_sees(Item.LEARNING_SLOT)}
    return render(request, "partnerships/time_request.html", context, status=422 if form.errors else 200)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List for learning and development which partnerships exist, reduced by their scenario."""
    viewer = person_of(request)
    if not has_role(viewer, Role.LEARNING_AND_DEVELOPMENT):
        raise NotThere
    number = request.GET.get("page", "")
    page = partnerships_at_a_glance(viewer, page=int(number) if number.isdecimal() else 1)
    owners = {owner for glance in page.object_list for owner in glance.owners}
    note_reading(viewer=viewer, item=Item.PARTNERSHIP, owners=owners)
    return render(request, "partnerships/overview.html", {"page_of": page, "sights": who_sees(Item.PARTNERSHIP)})
