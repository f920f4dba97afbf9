"""The pages of the administration; for everybody else they do not exist."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions, rules
from wurzelwerk.people.choices import Role
from wurzelwerk.people.forms import AccountsForm, RoleForm, UnitForm, WorkPatternForm
from wurzelwerk.people.models import Person, RoleGrant
from wurzelwerk.people.queries import administration as queries
from wurzelwerk.people.queries.access import codes_of, may_release
from wurzelwerk.people.second_factor import has_second_factor
from wurzelwerk.people.signed_in import administrator_of
from wurzelwerk.ui import toasts
from wurzelwerk.ui.rendering import render


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what the administration can do."""
    administrator_of(request)
    return render(request, "people/administration/start.html")


@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """Show the accounts, found by name, unit or staff number."""
    wanted = AccountsForm(request.GET).wanted
    found = queries.accounts(administrator_of(request), **wanted)
    context = {"found": found, "wanted": wanted, "roles": Role.choices}
    return render(request, "people/administration/persons.html", context, block="found")


@require_safe
def account(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one account: open or closed, and the roles it holds."""
    administrator = administrator_of(request)
    return _account_page(request, administrator, Person.objects.get_visible(administrator, public_id=public_id))


def _account_page(
    request: HttpRequest, administrator: Person, shown: Person, form: RoleForm | None = None, refusal: object = ""
) -> HttpResponse:
    context = {
        "account": queries.account(administrator, shown),
        "grants": queries.grants_of(administrator, shown),
        "has_second_factor": has_second_factor(shown),
        "may_deactivate": rules.may_deactivate(administrator, shown),
        "may_have_letter": rules.may_issue_access_code(administrator, shown),
        "codes": codes_of(administrator, shown, most=3),
        "may_release": may_release(administrator, shown),
        "may_grant": rules.may_grant_role(administrator, shown),
        "form": form or RoleForm(),
        "refusal": refusal,
    }
    return render(request, "people/administration/account.html", context, status=400 if form else 200)


@require_POST
def account_change(request: HttpRequest, public_id: str, change: str) -> HttpResponse:
    """Close or open an account, or end its sessions."""
    administrator = administrator_of(request)
    changed = Person.objects.get_visible(administrator, public_id=public_id)
    act, news = {
        "deactivate": (actions.deactivate_person, _("The account of %(name)s is closed.")),
        "reactivate": (actions.reactivate_person, _("The account of %(name)s is open again.")),
        "sign-out": (actions.sign_out_everywhere, _("%(name)s is signed out everywhere.")),
    }[change]
    try:
        act(by=administrator, person=changed)
    except Refused as refused:
        return _account_page(request, administrator, changed, refusal=refused.reason)
    toasts.success(request, news % {"name": changed.full_name})
    return HttpResponseRedirect(reverse("people:account", args=[public_id]))


@require_POST
def role_grant(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give somebody a role."""
    administrator = administrator_of(request)
    changed = Person.objects.get_visible(administrator, public_id=public_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _account_page(request, administrator, changed, form)
    try:
        actions.grant_role(by=administrator, person=changed, role=Role(form.cleaned_data["role"]))
    except Refused as refused:
        return _account_page(request, administrator, changed, refusal=refused.reason)
    toasts.success(request, _("The role is given. It holds from the next sign-in on."))
    return HttpResponseRedirect(reverse("people:account", args=[public_id]))


@require_POST
def role_revoke(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Take a role back."""
    administrator = administrator_of(request)
    changed = Person.objects.get_visible(administrator, public_id=public_id)
    grant = RoleGrant.objects.get_visible(administrator, pk=key, person=changed)
    try:
        actions.revoke_role(by=administrator, grant=grant)
    except Refused as refused:
        return _account_page(request, administrator, changed, refusal=refused.reason)
    toasts.success(request, _("The role is taken back."))
    return HttpResponseRedirect(reverse("people:account", args=[public_id]))


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Show one level of the units."""
    administrator_of(request)
    unit = UnitForm(request.GET).unit
    context = {"unit": unit, "way": queries.unit_way(unit), "units": queries.unit_level(unit)}
    return render(request, "people/administration/units.html", context)


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Show the sites."""
    administrator_of(request)
    return render(request, "people/administration/sites.html", {"sites": queries.sites()})


@require_safe
def work_patterns(request: HttpRequest) -> HttpResponse:
    """Show the work patterns."""
    administrator_of(request)
    return render(request, "people/administration/work_patterns.html", {"patterns": queries.work_patterns()})


@require_http_methods(["GET", "HEAD", "POST"])
def work_pattern(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Show and keep a work pattern; a new one where none is named."""
    administrator = administrator_of(request)
    stored = queries.work_pattern(public_id) if public_id else None
    form = WorkPatternForm(request.POST or None, instance=stored)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/administration/work_pattern.html", {"form": form, "public_id": public_id})
    pattern = form.save(commit=False)
    actions.save_work_pattern(by=administrator, pattern=pattern)
    toasts.success(request, _("The work pattern is saved."))
    return HttpResponseRedirect(reverse("people:work_patterns"))


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show what runs in the background, and what starts again by itself."""
    administrator_of(request)
    context = {"jobs": queries.latest_jobs(), "schedules": queries.schedules()}
    return render(request, "people/administration/jobs.html", context, block="content")
