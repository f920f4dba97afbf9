"""The shape of a statement (xAPI 1.0.3): plain data in, plain JSON out; knows neither pages nor rows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from wurzelwerk.lrs.choices import TERMS, Verb

VERSION: Final = "1.0.3"
MINUTE_STEP: Final = 5
HOUR: Final = 60
UNKNOWN_LANGUAGE: Final = "und"


@dataclass(frozen=True, slots=True)
class Act:
    """One learning act: who did what to which object; ``person_key`` is the person's public id.

    ``name_en`` is the object's name in English when ``name`` is the German one.
    """

    statement_id: UUID
    person_key: str
    verb: Verb
    object_type: str
    object_key: str
    name: str
    occurred_at: datetime
    stored_at: datetime
    name_en: str = ""
    competence_key: str = ""
    minutes: int | None = None
    result: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


def rounded_minutes(minutes: int | None) -> int | None:
    """Return a duration in steps of five minutes, at least one step: how long exactly is nobody's business."""
    if minutes is None:
        return None
    return max(MINUTE_STEP, MINUTE_STEP * round(minutes / MINUTE_STEP))


def build_statement(act: Act, home: str) -> dict[str, Any]:
    """Return the statement of ``act``; ``home`` is the address of this installation (no slash at its end)."""
    term = TERMS[act.verb]
    statement: dict[str, Any] = {
        "id": str(act.statement_id),
        "actor": _account(home, act.person_key),
        "verb": {"id": term.iri, "display": {"de": term.de, "en": term.en}},
        "object": _activity(home, act.object_type, act.object_key, _name(act)),
        "context": _context(act, home),
        "timestamp": _instant(act.occurred_at),
        "stored": _instant(act.stored_at),
        "authority": _account(home, "wurzelwerk"),
        "version": VERSION,
    }
    if result := _result(act):
        statement["result"] = result
    return statement


def _account(home: str, name: str) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": home, "name": name}}


def _activity(home: str, kind: str, key: str, name: dict[str, str]) -> dict[str, Any]:
    definition: dict[str, Any] = {"type": f"urn:x-wurzelwerk:activity:{quote(kind, safe='')}"}
    if name:
        definition["name"] = name
    address = f"{home}/xapi/activities/{quote(kind, safe='')}/{quote(key, safe='')}"
    return {"objectType": "Activity", "id": address, "definition": definition}


def _name(act: Act) -> dict[str, str]:
    if not act.name_en:
        return {UNKNOWN_LANGUAGE: act.name}
    return {"de": act.name, "en": act.name_en}


def _context(act: Act, home: str) -> dict[str, Any]:
    context: dict[str, Any] = {"platform": "Wurzelwerk", **act.context}
    if act.competence_key:
        activities = dict(context.get("contextActivities", {}))
        competence = _activity(home, "competence", act.competence_key, {})
        activities["grouping"] = [*activities.get("grouping", []), competence]
        context["contextActivities"] = activities
    return context


def _result(act: Act) -> dict[str, Any]:
    result = dict(act.result)
    if act.minutes is not None:
        result["duration"] = _duration(act.minutes)
    return result


def _duration(minutes: int) -> str:
    """Return minutes as an ISO 8601 duration, such as PT1H30M."""
    hours, rest = divmod(minutes, HOUR)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
