"""Pages of the design system itself: preferences, keyboard help, the gallery."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wurzelwerk.ui import gallery, preferences, shell
from wurzelwerk.ui.rendering import render


@login_not_required
@require_POST
def preferences_save(request: HttpRequest) -> HttpResponse:
    """Keep the wishes that were sent and go back to where the person was."""
    before = preferences.current(request)
    theme, density, language = (request.POST.get(name, "") for name in ("theme", "density", "language"))
    wishes = preferences.Preferences(
        theme=theme if theme in preferences.THEMES else before.theme,
        density=density if density in preferences.DENSITIES else before.density,
        language=language if language in preferences.LANGUAGES else before.language,
    )
    response: HttpResponse = HttpResponse(status=204)
    if request.headers.get("X-Requested-With") != "fetch":
        response = HttpResponseRedirect(_safe_return(request))
    preferences.remember(request, response, wishes)
    return response


def _safe_return(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else "/"


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Show all keys; the overlay of the key "?" is the block of this page."""
    return render(request, "ui/keys.html", block="keys")


@login_not_required
@require_safe
def gallery_page(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; only for those who build and run the system."""
    if not _may_see_gallery(request):
        raise Http404
    return render(request, "ui/gallery.html", gallery.samples(request))


def _may_see_gallery(request: HttpRequest) -> bool:
    if settings.DEBUG or settings.DEMO:
        return True
    return preferences.signed_in(request) and any(may_see(request.user) for may_see in shell.gallery_visitors)
