"""Opening a thing where it stands, closing it, and undoing either."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.kernel.matrix import Audience, Item, who_sees
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.models import Person
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.privacy import actions, queries
from wurzelwerk.privacy.forms import SharingForm
from wurzelwerk.privacy.models import Share
from wurzelwerk.privacy.shareables import shareable_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render

HERE = {"back": "thing"}
"""What a form carries that leads back to where the thing stands, not to the list of shares."""


@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, item: str, object_key: str) -> HttpResponse:
    """Show to whom one own thing is open, and open it; effective on the next request of everybody else."""
    person = person_of(request)
    thing = shareable_of(item).find(person, object_key)
    control = queries.sharing_control(person, Item(item), object_key)
    form = SharingForm(request.POST or None, owner=person, control=control)
    if request.method == "POST" and form.is_valid():
        try:
            share = _open(person, Item(item), object_key, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            undo = reverse("privacy:revoke", args=[share.public_id])
            toasts.success(request, _("Shared with: %(whom)s.") % {"whom": _whom(share)}, undo, HERE)
            return redirect(thing.href)
    context = {"thing": thing, "control": control, "form": form, "sights": who_sees(Item(item))}
    return render(request, "privacy/sharing.html", context, status=400 if form.errors else 200)


def _open(person: Person, item: Item, object_key: str, form: SharingForm) -> Share:
    audience = queries.relation_to(person, form.person, item) if form.person else form.audience
    if audience is None:
        raise Refused(_("You can open this only to people who stand in one of these relations to you."))
    return actions.open_thing(
        by=person,
        item=item,
        object_key=object_key,
        audience=audience,
        recipient=form.person,
        is_unit_only=form.is_unit_only,
        expires_at=form.expires_at,
    )


def _whom(share: Share) -> str:
    if share.recipient is not None:
        return share.recipient.full_name
    return _("everyone in your unit") if share.is_unit_only else str(Audience(share.audience).label)


@require_POST
def close(request: HttpRequest, item: str, object_key: str) -> HttpResponse:
    """Take everything back that is open of one own thing."""
    person = person_of(request)
    thing = shareable_of(item).find(person, object_key)
    ended = actions.revoke_shares_of(by=person, item=Item(item), object_key=object_key)
    if ended:
        text = _("Closed: %(what)s. Only you see it now.") % {"what": thing.label}
        toasts.success(request, text, reverse("privacy:reopen"), {"keys": _keys(ended), **HERE})
    return redirect(thing.href)


@require_POST
def close_all(request: HttpRequest) -> HttpResponse:
    """Take back whatever the person has open."""
    ended = actions.revoke_everything(by=person_of(request))
    if ended:
        toasts.success(request, _("Everything is closed."), reverse("privacy:reopen"), {"keys": _keys(ended)})
    return redirect("privacy:shares")


@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Undo that several shares were taken back together."""
    person = person_of(request)
    keys = request.POST.get("keys", "").split(",")
    shares = list(Share.objects.visible_to(person).filter(owner=person, public_id__in=keys))
    try:
        actions.restore_shares(by=person, shares=shares)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, _("Open again as before."))
    return redirect(_back(request, shares[0] if shares else None))


@require_POST
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a share back; effective on the next request of everybody else, undone by the toast."""
    share = actions.revoke_share(by=person_of(request), share=_own_share(request, public_id))
    text = _("Closed: %(what)s. Nobody sees it through this share any more.")
    fields = {"back": request.POST.get("back", "")}
    toasts.success(request, text % {"what": share.label}, reverse("privacy:restore", args=[public_id]), fields)
    return redirect(_back(request, share))


@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo that a share was taken back."""
    share = _own_share(request, public_id)
    try:
        share = actions.restore_share(by=person_of(request), share=share)
    except Refused as refusal:
        toasts.error(request, str(refusal.reason))
    else:
        toasts.success(request, _("Open again: %(what)s.") % {"what": share.label})
    return redirect(_back(request, share))


def _back(request: HttpRequest, share: Share | None) -> str:
    """Return where the thing stands when the form came from there, else the list of shares."""
    if share is None or request.POST.get("back") != HERE["back"]:
        return reverse("privacy:shares")
    try:
        return shareable_of(share.item).find(person_of(request), share.object_key).href
    except NotThere:
        return reverse("privacy:shares")


def _own_share(request: HttpRequest, public_id: str) -> Share:
    share: Share = Share.objects.get_visible(person_of(request), public_id=public_id)
    return share


def _keys(shares: Iterable[Share]) -> str:
    return ",".join(share.public_id for share in shares)
