"""What tests of access letters do: print one, type its code, choose a password."""

from typing import Any

from django.test import Client

from wurzelwerk.people import actions
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.hashing import PASSWORD

PAGE, NEXT = "/accounts/code", "/accounts/code/password"


def code_for(person: Person, by: Person) -> str:
    """Print a letter and return the code on it."""
    [issued] = actions.issue_access_codes(by=by, persons=[person])
    return issued.text


def typed(client: Client, number: str, code: str) -> Any:
    """Return the answer to staff number and code."""
    return client.post(PAGE, {"staff_number": number, "code": code})


def choose(client: Client, password: str = PASSWORD) -> Any:
    """Return the answer to a chosen password."""
    return client.post(NEXT, {"password1": password, "password2": password})
