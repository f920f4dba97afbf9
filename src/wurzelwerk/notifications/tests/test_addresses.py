"""Whoever gets another e-mail address by an import reads it in their inbox."""

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.events import AddressesChanged, addresses_changed
from wurzelwerk.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_changed_address_is_told_in_the_inbox_and_leads_to_the_page_of_signing_in(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    amira, ben = PersonFactory(), PersonFactory(email="")

    with django_capture_on_commit_callbacks(execute=True):
        addresses_changed.send_on_commit(AddressesChanged(person_ids=(amira.pk, ben.pk, ben.pk + 99)))

    told = Notification.objects.filter(kind="people.address_changed")
    assert set(told.values_list("person_id", flat=True)) == {amira.pk, ben.pk}
    browser = Client()
    browser.force_login(amira)
    page = browser.get("/inbox").content.decode()
    assert "Deine E-Mail-Adresse wurde über die Personaldatei geändert." in page
