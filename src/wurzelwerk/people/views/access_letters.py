"""Letters with a code for people who cannot be written to by e-mail; each code is on this page and nowhere else."""

from collections.abc import Iterable
from typing import Final

from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.kernel.idempotency import FIELD, once
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.access_forms import LettersForm
from wurzelwerk.people.actions import IssuedCode
from wurzelwerk.people.models import Person
from wurzelwerk.people.queries.access import without_sign_in
from wurzelwerk.people.rules import is_overseer
from wurzelwerk.people.signed_in import administrator_of, guardian_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render, render_text
from wurzelwerk.ui.shell import current_brand

MOST_LETTERS: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Show how many people still need a letter, and print theirs."""
    administrator = administrator_of(request)
    form = LettersForm(request.POST or request.GET or None)
    people = without_sign_in(administrator, **form.wanted)
    count = people.count()
    if request.method == "POST" and form.is_valid() and count:
        return _print(request, people[:MOST_LETTERS], left=max(0, count - MOST_LETTERS), back="people:access_letters")
    context = {"form": form, "count": count, "most": MOST_LETTERS}
    return render(request, "people/administration/access_letters.html", context)


@require_POST
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Print the letter of one person."""
    administrator = administrator_of(request)
    person = Person.objects.get_visible(administrator, public_id=public_id)
    return _print(request, [person], left=0, back="people:account", keys=(public_id,))


@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    """Be the second person without whom a letter replaces nobody's sign-in."""
    releasing = guardian_of(request)
    person = Person.objects.get_visible(releasing, public_id=public_id)
    try:
        actions.release_access_code(by=releasing, person=person)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, _("The letter of %(name)s now works, once.") % {"name": person.full_name})
    if is_overseer(releasing):
        return HttpResponseRedirect(reverse("people:oversight") + "#letters")
    return HttpResponseRedirect(reverse("people:account", args=(public_id,)))


def _print(
    request: HttpRequest, persons: Iterable[Person], *, left: int, back: str, keys: tuple[str, ...] = ()
) -> HttpResponse:
    """Answer with the letters; the same form sent again prints nothing: the codes were shown once."""
    administrator, way_back = administrator_of(request), reverse(back, args=keys)
    issued: list[IssuedCode] = []

    def run() -> str:
        issued.extend(actions.issue_access_codes(by=administrator, persons=persons))
        return way_back

    try:
        once(key=request.POST.get(FIELD, ""), by=administrator, action="people.access_letters", run=run)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        if not issued:
            toasts.info(
                request, _("These letters were shown already. If they did not reach the paper, print new ones.")
            )
    if not issued:
        return HttpResponseRedirect(way_back)
    waiting = sum(one.row.replaces_sign_in for one in issued)
    context = {"letters": list(_texts(request, issued)), "left": left, "waiting": waiting, "back": way_back}
    return render(request, "people/letters.html", context)


def _texts(request: HttpRequest, issued: list[IssuedCode]) -> Iterable[SafeString]:
    """Yield each letter, in the language of whom it is for."""
    address = request.build_absolute_uri(reverse("account_access_code"))
    qr_code, brand = _qr_code(address), current_brand().name
    for one in issued:
        with translation.override(one.person.language):
            context = {"one": one, "address": address, "qr_code": qr_code, "brand": brand}
            yield render_text("people/letter.html", context)


def _qr_code(address: str) -> SafeString:
    """Return the address as a picture: a path of ours, nothing that somebody typed."""
    svg: str = get_adapter().build_totp_svg(address)
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - made by the library from our own address
