"""The directory, the page about a person, and one's own settings."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from wurzelwerk.people import actions, queries
from wurzelwerk.people.forms import DirectoryForm, SettingsForm
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import preferences, toasts
from wurzelwerk.ui.rendering import render


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show who works here, found by name or unit."""
    wanted = DirectoryForm(request.GET).wanted
    found = queries.directory(person_of(request), **wanted)
    context = {"found": found, "text": wanted["text"], "unit": wanted["unit"]}
    return render(request, "people/directory.html", context, block="found")


@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one person: the directory's data and whatever the viewer may see beyond it."""
    viewer = person_of(request)
    shown = Person.objects.get_visible(viewer, public_id=public_id)
    return render(request, "people/person.html", {"shown": queries.get_person_page(viewer, shown)})


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Lead to one's own page."""
    return HttpResponseRedirect(reverse("people:person", args=[person_of(request).public_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and keep what somebody says about themselves and how they want the interface."""
    viewer = person_of(request)
    form = SettingsForm(request.POST or None, instance=Person.objects.get_visible(viewer, pk=viewer.pk))
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/settings.html", {"form": form})
    typed = form.cleaned_data
    actions.describe_oneself(by=viewer, introduction=typed["introduction"], interests=typed["interests"])
    actions.save_wishes(by=viewer, language=typed["language"], theme=typed["theme"], density=typed["density"])
    response = HttpResponseRedirect(reverse("people:settings"))
    preferences.remember(request, response, preferences.current(request))
    with translation.override(viewer.language):
        toasts.success(request, _("Saved."))
    return response
