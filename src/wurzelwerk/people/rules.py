"""Who may do what with persons and roles."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import AccessCode, Employment, Person, RoleGrant


def has_role(person: Person, role: Role) -> bool:
    """Tell whether ``person`` holds ``role`` now."""
    return role in person.roles


def is_manager_of(manager: Person, person: Person) -> bool:
    """Tell whether ``manager`` is the direct manager of ``person``."""
    return Employment.objects.filter(person=person, manager=manager).exists()


def is_administrator(person: Person) -> bool:
    """Tell whether ``person`` holds the role of the administration."""
    return has_role(person, Role.ADMINISTRATOR)


def is_overseer(person: Person) -> bool:
    """Tell whether ``person`` watches over the rules: works council or data protection."""
    return bool(person.roles & {Role.WORKS_COUNCIL, Role.DATA_PROTECTION})


def may_administer(person: Person) -> Verdict:
    """Say whether ``person`` may change persons, roles and settings."""
    if is_administrator(person):
        return ALLOWED
    return refuse(_("Only the administration may do this."))


def may_import_people(person: Person) -> Verdict:
    """Say whether ``person`` may import the people file."""
    return may_administer(person)


def may_develop_learning(person: Person) -> Verdict:
    """Say whether ``person`` may maintain competences, job roles and learning opportunities."""
    if has_role(person, Role.LEARNING_AND_DEVELOPMENT):
        return ALLOWED
    return refuse(_("Only learning and development may do this."))


def may_deactivate(by: Person | None, person: Person) -> Verdict:
    """Say whether ``by`` (None: the people file) may close the account of ``person``."""
    if by is None:
        return ALLOWED
    if by == person:
        return refuse(_("You cannot close your own account."))
    return first_refusal(may_administer(by), _keeps_an_administrator(person))


def may_reactivate(by: Person | None, person: Person) -> Verdict:
    """Say whether ``by`` (None: the people file) may open the account of ``person`` again."""
    return ALLOWED if by is None else may_administer(by)


def may_sign_out(by: Person, person: Person) -> Verdict:
    """Say whether ``by`` may end the sessions of ``person``: one's own, or as administration."""
    return ALLOWED if by == person else may_administer(by)


def may_grant_role(by: Person, person: Person) -> Verdict:
    """Say whether ``by`` may give ``person`` a role; nobody gives one to themselves."""
    if by == person:
        return refuse(_("Nobody gives a role to themselves. Please ask somebody else in the administration."))
    if not person.is_active:
        return refuse(_("This account is closed."))
    return may_administer(by)


def may_revoke_role(by: Person, grant: RoleGrant) -> Verdict:
    """Say whether ``by`` may take a role back; one administrator always remains."""
    remains = _keeps_an_administrator(grant.person) if grant.role == Role.ADMINISTRATOR else ALLOWED
    return first_refusal(may_administer(by), remains)


def _keeps_an_administrator(leaving: Person) -> Verdict:
    others = RoleGrant.objects.in_force().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    if has_role(leaving, Role.ADMINISTRATOR) and not others.exclude(person=leaving).exists():
        return refuse(_("This is the last person in the administration. Give the role to somebody else first."))
    return ALLOWED


def needs_second_factor(person: Person) -> bool:
    """Tell whether ``person`` holds a role that is only used after signing in with two factors."""
    return bool(person.roles)


def may_authenticate(person: Person) -> Verdict:
    """Say whether ``person`` may enter at all; the one gate of every way to sign in."""
    if person.is_active:
        return ALLOWED
    return refuse(_("This account is closed. Please ask the administration."))


def has_sign_in(person: Person) -> bool:
    """Tell whether ``person`` has a password or a passkey, so that they can come in by themselves."""
    has_password = bool(person.password) and person.has_usable_password()
    return has_password or Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def may_issue_access_code(by: Person, person: Person) -> Verdict:
    """Say whether ``by`` may print a letter with which ``person`` chooses a password.

    Whoever has come in before and has an e-mail address gets the link there, past the administration. A role is
    never within reach of a letter: whoever prints one could use it.
    """
    if by == person:
        return refuse(_("Nobody prints a letter for themselves. Please ask somebody else in the administration."))
    if not person.is_active:
        return refuse(_("This account is closed."))
    if person.email and has_sign_in(person):
        return refuse(_("Already signs in, and gets a link for a new password by e-mail: no letter is needed."))
    if person.roles:
        return refuse(_("Holds a role. Take it back first, and give it anew once the person has come in."))
    return may_administer(by)


def may_release_access_code(by: Person, code: AccessCode) -> Verdict:
    """Say whether ``by`` may be the second person without whom a code replaces no sign-in."""
    if by.pk in {code.issued_by_id, code.person_id}:
        return refuse(_("A second person releases it: neither who printed the letter nor who it is for."))
    if is_administrator(by) or is_overseer(by):
        return ALLOWED
    return refuse(_("This is for the administration, the works council and data protection."))


def may_be_appointed(person: Person) -> Verdict:
    """Say whether ``person`` may get the administration from the command line: the first one, or one of them again."""
    if not person.is_active:
        return refuse(_("This account is closed."))
    held = RoleGrant.objects.in_force().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    if held.exists() and not held.filter(person=person).exists():
        return refuse(_("There is an administration already. Ask one of them for the role."))
    return ALLOWED


def may_use_access_code(*, is_open: bool) -> Verdict:
    """Say whether a code still opens something."""
    if is_open:
        return ALLOWED
    return refuse(_("This code was used or withdrawn in the meantime. Please ask the administration for a new letter."))
