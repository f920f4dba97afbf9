"""``wurzelwerk administrator``: gives the first person the administration, and lets one of them in again."""

import argparse
from gettext import gettext as _

from django.conf import settings
from django.urls import reverse

from wurzelwerk.cli import preparing
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.cli.terminal import say
from wurzelwerk.people import actions
from wurzelwerk.people.models import Person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare who is meant; a company without a people file yet names its first person here."""
    parser.add_argument("staff_number", metavar=_("NUMBER"), help=_("staff number, as in the people file"))
    parser.add_argument(
        "--name",
        nargs=2,
        metavar=(_("GIVEN"), _("FAMILY")),
        help=_("given and family name, for a person who is not there yet"),
    )


def execute(arguments: argparse.Namespace) -> int:
    """Prepare an installation that never ran, appoint the person, print where and with which code they come in."""
    preparing.make_folders()
    preparing.make_keys()
    preparing.migrate()
    person = _person(arguments)
    issued = actions.appoint_administrator(person=person)
    say(_("%(name)s now holds the administration.") % {"name": person.full_name})
    say(_("Address:      %(address)s") % {"address": settings.ADDRESS + reverse("account_access_code")})
    say(_("Staff number: %(number)s") % {"number": person.staff_number})
    say(_("Access code:  %(code)s  (works once, for 14 days)") % {"code": issued.text})
    say(_("After the password, a second factor is set up before anything else."))
    return ExitCode.OK


def _person(arguments: argparse.Namespace) -> Person:
    found: Person | None = Person.objects.filter(staff_number=arguments.staff_number).first()
    if found is not None:
        return found
    if not arguments.name:
        text = _("Nobody has this staff number. Import the people file first, or name the person with --name.")
        raise CommandFailed(text)
    given, family = arguments.name
    return Person.objects.create_person(staff_number=arguments.staff_number, given_name=given, family_name=family)
