"""What every action in a partnership does the same way: lock, ask the rules, tell the others, record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.notifications.actions import notify
from wurzelwerk.partnerships import rules
from wurzelwerk.partnerships.models import LearningPartnership, Member
from wurzelwerk.partnerships.states import PARTNERSHIP, Act, Actor
from wurzelwerk.people.models import Person

OBJECT_TYPE = "learning_partnership"


class VersionConflict(Exception):  # noqa: N818 - no error: two people wrote at the same time
    """Somebody else has saved in the meantime; ``current`` is the row as it stands now."""

    def __init__(self, current: Any) -> None:
        """Keep the row that is there."""
        super().__init__("saved by somebody else")
        self.current = current


@dataclass(frozen=True, slots=True)
class Turn:
    """A partnership locked for one act of one member; ``members`` are all who belong to it."""

    partnership: LearningPartnership
    members: tuple[Member, ...]
    me: Member
    others: tuple[Member, ...]

    def person_ids(self) -> tuple[int, ...]:
        """Return the keys of all members."""
        return tuple(member.person_id for member in self.members)


def begin(*, by: Person, partnership: LearningPartnership, act: Act) -> Turn:
    """Lock the partnership and make sure that ``by`` may do ``act`` in it now; raises ``Refused``."""
    locked = LearningPartnership.objects.select_for_update().get(pk=partnership.pk)
    members = tuple(Member.objects.filter(partnership=locked).select_related("person").order_by("joined_at", "pk"))
    rules.may_act(by, locked, act, members).require()
    me = next(member for member in members if member.person_id == by.pk)
    return Turn(locked, members, me, tuple(member for member in members if member is not me))


def advance(turn: Turn, act: Act) -> None:
    """Move the partnership on to where ``act`` leads."""
    move = PARTNERSHIP.move(turn.partnership.phase, act, Actor.MEMBER)
    if move is not None and move.to != turn.partnership.phase:
        turn.partnership.phase = move.to
        turn.partnership.save(update_fields=["phase", "over_at"])


def note(by: Person | None, verb: str, subject: Model, **details: Any) -> None:
    """Append to the audit trail."""
    record_audit(by=by, verb=f"partnerships.{verb}", subject=subject, details=details)


def tell(
    persons: Iterable[Person],
    fact: str,
    title: Promise | str,
    *,
    values: Mapping[str, object] | None = None,
    url: str,
    by: Person | None = None,
) -> None:
    """Put a message into the inbox of each; the title is written in both languages."""
    texts = {}
    for language in ("de", "en"):
        with override(language):
            texts[language] = str(title) % {key: str(value) for key, value in (values or {}).items()}
    for person in persons:
        notify(person=person, kind=f"partnerships.{fact}", title_de=texts["de"], title_en=texts["en"], url=url, by=by)


def tell_others(turn: Turn, fact: str, title: Promise | str, *, url: str = "", **values: object) -> None:
    """Tell the other members what ``turn.me`` did."""
    tell(
        (member.person for member in turn.others),
        fact,
        title,
        values={"name": turn.me.person.full_name, **values},
        url=url or address(turn.partnership),
        by=turn.me.person,
    )


def address(partnership: LearningPartnership, page: str = "partnership") -> str:
    """Return the address of a page of the partnership."""
    return reverse(f"partnerships:{page}", kwargs={"public_id": partnership.public_id})


def state(
    person: Person,
    verb: Verb,
    partnership: LearningPartnership,
    *,
    names: tuple[str, str] = ("", ""),
    competence: Competence | None = None,
    minutes: int | None = None,
    result: dict[str, Any] | None = None,
) -> None:
    """Record the statement of one person; partners are not named in it."""
    german, english = names if any(names) else both(_("Learning partnership"))
    record(
        person=person,
        verb=verb,
        object_type=OBJECT_TYPE,
        object_key=partnership.public_id,
        object_name=german,
        object_name_en=english,
        competence_key=competence.public_id if competence else "",
        minutes=minutes,
        result=result,
    )


def both(text: Promise | str) -> tuple[str, str]:
    """Return a text in German and in English."""
    with override("de"):
        german = str(text)
    with override("en"):
        return german, str(text)


def refuse_when(condition: object, reason: Promise | str) -> None:
    """Raise ``Refused`` with ``reason`` when ``condition`` holds."""
    if condition:
        raise Refused(reason)
