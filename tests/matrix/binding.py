"""Which object a URL is asked for, when it is asked for something of an owner's."""

from types import SimpleNamespace

from tests.matrix.urls import Url
from tests.matrix.world import World

# By URL name, or by its room: the object whose public id stands in the address.
OBJECTS: dict[str, str] = {
    "people:person": "person",
    "people:job": "job",
    "people:job_cancel": "job",
    "people:job_retry": "job",
    "privacy": "share",
    "notifications": "notification",
    "competences:withdraw": "evidence",
    "competences:restore": "evidence",
    "competences:confirm": "evidence",
    "competences:contest_evidence": "evidence",
    "competences:contest": "contest",
    "competences:drop_contest": "contest",
    "learning_time": "time_entry",
    "journal:withdraw": "passage",
    "journal:restore_passage": "passage",
    "journal": "entry",
    "people:account": "person",
    "people:account_change": "person",
    "people:access_letter": "person",
    "people:access_letter_release": "person",
    "people:role_grant": "person",
    "people:role_revoke": "person",
    "partnerships:show_again": "person",
    "partnerships:hide": "ad",
    "partnerships:ad": "ad",
    "partnerships:ask": "ad",
    "partnerships:ad_edit": "ad",
    "partnerships:ad_pause": "ad",
    "partnerships:ad_resume": "ad",
    "partnerships:ad_withdraw": "ad",
    "partnerships:request_accept": "request",
    "partnerships:request_decline": "request",
    "partnerships:request_withdraw": "sent_request",
    "partnerships:time_request": "time_request",
    "partnerships:meeting": "meeting",
    "partnerships:meeting_edit": "meeting",
    "partnerships:meeting_cancel": "meeting",
    "partnerships:meeting_book": "meeting",
    "partnerships:meeting_calendar": "meeting",
    "partnerships:package_edit": "package",
    "partnerships:package_done": "package",
    "partnerships:package_reopen": "package",
    "partnerships:package_remove": "package",
    "partnerships": "partnership",
    "paths:goal": "goal",
    "paths:drop": "goal",
    "paths:resume": "goal",
    "paths": "step",
}
THINGS: dict[str, str] = {
    "people": "people_import",
    "catalogue:enrol": "session",
    "catalogue:cancel": "session",
    "catalogue": "opportunity",
    "competences:framework": "framework",
    "competences:role": "role",
    "competences:propose": "role",
    "people:work_pattern": "work_pattern",
    "competences": "competence",
}
FIXED = {
    "pk": 1,
    "uidb36": "1",
    "key": 1,
    "staff_number": "amira",
    "number": 1,
    "change": "deactivate",
    "share_id": "none",
    "item": "portrait",
    "object_key": "none",
    "competence_id": "none",
}


def arguments_for(url: Url, world: World, owner: str) -> dict[str, object]:
    """Return the arguments that make ``url`` the address of something of ``owner``'s."""
    return {name: _argument(name, url, world, owner) for name in url.arguments}


def has_owner(url: Url) -> bool:
    """Tell whether the address names something that belongs to a person."""
    return "public_id" in url.arguments and bool(_named(OBJECTS, url))


def _argument(name: str, url: Url, world: World, owner: str) -> object:
    if name != "public_id":
        return FIXED[name]
    if attribute := _named(OBJECTS, url):
        return getattr(world.objects[owner], attribute).public_id
    return getattr(_thing(url, world), "public_id", "none")


def _thing(url: Url, world: World) -> SimpleNamespace | None:
    attribute = _named(THINGS, url)
    return getattr(world.shared, attribute, None) if attribute else None


def _named(table: dict[str, str], url: Url) -> str:
    return table.get(url.name) or table.get(url.name.split(":")[0], "")
