from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from wurzelwerk.lrs.choices import TERMS, Verb
from wurzelwerk.lrs.queries import VERB_ICONS
from wurzelwerk.lrs.statements import Act, build_statement, rounded_minutes
from wurzelwerk.ui.icons import names

HOME = "https://learn.example.org"


def act(**given: Any) -> Act:
    values: dict[str, Any] = {
        "statement_id": UUID(int=7),
        "person_key": "p1",
        "verb": Verb.COMPLETED,
        "object_type": "opportunity",
        "object_key": "k1",
        "name": "Kurs",
        "occurred_at": datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        "stored_at": datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    }
    return Act(**(values | given))


def test_statement_has_the_shape_of_xapi() -> None:
    assert build_statement(act(minutes=90, name_en="Course"), HOME) == {
        "id": "00000000-0000-0000-0000-000000000007",
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": "p1"}},
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/completed",
            "display": {"de": "hat abgeschlossen", "en": "completed"},
        },
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/xapi/activities/opportunity/k1",
            "definition": {"type": "urn:x-wurzelwerk:activity:opportunity", "name": {"de": "Kurs", "en": "Course"}},
        },
        "context": {"platform": "Wurzelwerk"},
        "timestamp": "2026-11-20T08:30:00.000Z",
        "stored": "2026-11-20T09:00:00.000Z",
        "authority": {"objectType": "Agent", "account": {"homePage": HOME, "name": "wurzelwerk"}},
        "version": "1.0.3",
        "result": {"duration": "PT1H30M"},
    }


def test_name_in_one_language_says_so() -> None:
    assert build_statement(act(), HOME)["object"]["definition"]["name"] == {"und": "Kurs"}


def test_competence_joins_the_activities_given() -> None:
    other = {"id": "https://elsewhere.example/a"}

    statement = build_statement(
        act(competence_key="c1", context={"contextActivities": {"grouping": [other]}, "language": "de"}), HOME
    )

    assert statement["context"] == {
        "platform": "Wurzelwerk",
        "language": "de",
        "contextActivities": {
            "grouping": [
                other,
                {
                    "objectType": "Activity",
                    "id": f"{HOME}/xapi/activities/competence/c1",
                    "definition": {"type": "urn:x-wurzelwerk:activity:competence"},
                },
            ]
        },
    }


def test_result_keeps_what_was_given() -> None:
    assert build_statement(act(result={"completion": True}, minutes=5), HOME)["result"] == {
        "completion": True,
        "duration": "PT5M",
    }
    assert "result" not in build_statement(act(), HOME)


def test_keys_cannot_break_out_of_the_address() -> None:
    statement = build_statement(act(object_type="a/b", object_key="../x?y#z"), HOME)

    assert statement["object"]["id"] == f"{HOME}/xapi/activities/a%2Fb/..%2Fx%3Fy%23z"


@pytest.mark.parametrize("minutes,rounded", [(None, None), (0, 5), (1, 5), (7, 5), (8, 10), (60, 60), (63, 65)])
def test_minutes_are_rounded_to_five(minutes: int | None, rounded: int | None) -> None:
    assert rounded_minutes(minutes) == rounded


@pytest.mark.parametrize("minutes,text", [(5, "PT5M"), (60, "PT1H"), (125, "PT2H5M")])
def test_duration_is_iso(minutes: int, text: str) -> None:
    assert build_statement(act(minutes=minutes), HOME)["result"]["duration"] == text


def test_every_verb_has_a_term_and_an_icon() -> None:
    assert set(TERMS) == set(Verb)
    assert set(VERB_ICONS) == set(Verb)
    assert set(VERB_ICONS.values()) - names() == set()
    assert len({term.iri for term in TERMS.values()}) == len(Verb)
