from datetime import date

import pytest

from wurzelwerk.learning_time.forms import EntryForm, MonthForm

pytestmark = pytest.mark.usefixtures("frozen_time")


@pytest.mark.parametrize("typed,minutes", [("1:30", 90), ("90", 90), ("1,5 Std.", 90), ("1.5 h", 90), ("45 min", 45)])
def test_length_is_typed_freely(typed: str, minutes: int) -> None:
    form = EntryForm({"minutes": typed, "spent_on": "heute"})

    assert form.is_valid()
    assert form.cleaned_data["minutes"] == minutes


@pytest.mark.parametrize(
    "typed,day",
    [
        ("heute", date(2026, 11, 23)),
        ("gestern", date(2026, 11, 22)),
        ("vorgestern", date(2026, 11, 21)),
        ("Fr", date(2026, 11, 20)),
        ("Mo", date(2026, 11, 23)),
        ("tuesday", date(2026, 11, 17)),
        ("20.11.", date(2026, 11, 20)),
        ("1.6.", date(2026, 6, 1)),
        ("2026-10-01", date(2026, 10, 1)),
        ("24.11.", date(2026, 11, 24)),
        ("in 2 Wochen", date(2026, 12, 7)),
        ("morgen", date(2026, 11, 24)),
    ],
)
def test_day_is_typed_freely_and_looks_back(typed: str, day: date) -> None:
    form = EntryForm({"minutes": "5", "spent_on": typed})

    assert form.is_valid()
    assert form.cleaned_data["spent_on"] == day


@pytest.mark.parametrize("typed", ["", "irgendwann", "31.2.", "99"])
def test_what_is_no_day_gets_a_sentence(typed: str) -> None:
    form = EntryForm({"minutes": "5", "spent_on": typed})

    assert not form.is_valid()
    assert list(form.errors) == ["spent_on"]


@pytest.mark.parametrize(
    "typed,month",
    [
        ("2026-10", date(2026, 10, 1)),
        ("2027-01", date(2026, 11, 1)),
        ("2026-13", date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
        ("x", date(2026, 11, 1)),
    ],
)
def test_month_falls_back_to_this_one(typed: str, month: date) -> None:
    assert MonthForm({"month": typed}).chosen == month
