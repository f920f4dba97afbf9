"""Recording what somebody did."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings

from wurzelwerk.kernel import clock
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.models import Statement
from wurzelwerk.lrs.statements import Act, build_statement, rounded_minutes
from wurzelwerk.people.models import Person

LONGEST_NAME = 200


def record(
    *,
    person: Person,
    verb: Verb,
    object_type: str,
    object_key: str,
    object_name: str,
    object_name_en: str = "",
    competence_key: str = "",
    minutes: int | None = None,
    result: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> Statement:
    """Append one statement about ``person``, inside the caller's transaction; a single insert.

    ``minutes`` is rounded to five. ``result`` and ``context`` are xAPI parts and hold keys and figures,
    never text that somebody wrote. Names are cut at 200 characters. Only ``person`` will ever read it.
    """
    stored_at = clock.now()
    act = Act(
        statement_id=uuid4(),
        person_key=person.public_id,
        verb=Verb(verb),
        object_type=object_type,
        object_key=object_key,
        name=object_name[:LONGEST_NAME],
        name_en=object_name_en[:LONGEST_NAME],
        competence_key=competence_key,
        minutes=rounded_minutes(minutes),
        result=result or {},
        context=context or {},
        occurred_at=occurred_at or stored_at,
        stored_at=stored_at,
    )
    statement = _row(person, act)
    statement.save(force_insert=True)
    return statement


def _row(person: Person, act: Act) -> Statement:
    return Statement(
        id=act.statement_id,
        person=person,
        verb=act.verb,
        object_type=act.object_type,
        object_key=act.object_key,
        object_name=act.name,
        object_name_en=act.name_en,
        competence_key=act.competence_key,
        minutes=act.minutes,
        occurred_at=act.occurred_at,
        stored_at=act.stored_at,
        statement=build_statement(act, settings.ADDRESS),
    )
