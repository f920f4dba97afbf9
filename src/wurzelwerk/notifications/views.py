"""The inbox: reading never happens by GET, so a message is opened by a small form."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wurzelwerk.notifications import actions, queries
from wurzelwerk.notifications.forms import InboxForm, UndoForm
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.signed_in import person_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one's own messages, by day."""
    form = InboxForm(request.GET)
    shown = queries.get_inbox(person_of(request), only_unread=form.only_unread, page_number=form.page_number)
    return render(request, "notifications/inbox.html", {"inbox": shown, "only_unread": form.only_unread})


@require_POST
def open_notification(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mark one message as read and lead to what it is about."""
    notification = actions.mark_read(by=person_of(request), notification=_fetch(request, public_id))
    return HttpResponseRedirect(notification.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read; it can be undone."""
    if marked := actions.mark_all_read(by=person_of(request)):
        text = ngettext("One message is marked as read.", "%(count)s messages are marked as read.", marked.count)
        undo = {"read_at": marked.read_at.isoformat()}
        toasts.success(request, text % {"count": marked.count}, reverse("notifications:unread"), undo)
    return redirect("notifications:inbox")


@require_POST
def unread(request: HttpRequest) -> HttpResponse:
    """Undo "mark everything as read"."""
    form = UndoForm(request.POST)
    if form.is_valid():
        actions.mark_unread_again(by=person_of(request), read_at=form.cleaned_data["read_at"])
    return redirect("notifications:inbox")


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one message out of the inbox; it can be undone."""
    actions.delete_notification(by=person_of(request), notification=_fetch(request, public_id))
    toasts.success(request, _("The message is deleted."), reverse("notifications:restore", args=[public_id]))
    return redirect("notifications:inbox")


@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a deleted message back."""
    actions.restore_notification(by=person_of(request), notification=_fetch(request, public_id))
    return redirect("notifications:inbox")


def _fetch(request: HttpRequest, public_id: str) -> Notification:
    notification: Notification = Notification.objects.get_visible(person_of(request), public_id=public_id)
    return notification
