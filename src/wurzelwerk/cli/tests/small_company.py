"""A company of one, built in the place of the demo company."""

from collections.abc import Callable

from django.contrib.auth import get_user_model


def build_demo_company(*, report: Callable[[int, int], None]) -> None:
    """Hire Amira and report it, as the demo room does for its chapters."""
    report(0, 1)
    get_user_model()._default_manager.create_person(staff_number="A1", given_name="Amira", family_name="Example")
    report(1, 1)
