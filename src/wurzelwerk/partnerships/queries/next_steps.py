"""The one next step of a partnership, from where it stands: never none while it runs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships.choices import Phase
from wurzelwerk.partnerships.queries.rooms import MeetingRow, Room
from wurzelwerk.ui import formatting


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now: ``href`` leads there, or ``action`` is posted to; neither when others have their turn."""

    title: str
    text: str
    label: str = ""
    href: str = ""
    action: str = ""


def next_step(room: Room) -> NextStep:
    """Return the next step for the viewer of ``room``."""
    return _STEPS[room.phase](room)


def _link(room: Room, page: str) -> str:
    return reverse(f"partnerships:{page}", kwargs={"public_id": room.public_id})


def _meeting_link(meeting: MeetingRow) -> str:
    return reverse("partnerships:meeting", kwargs={"public_id": meeting.public_id})


def _when(meeting: MeetingRow) -> str:
    return f"{formatting.relative_day(meeting.starts_at)}, {formatting.oclock(meeting.starts_at)}"


def _preparation(room: Room) -> NextStep:
    if not room.me.is_prepared:
        return NextStep(
            _("Prepare in 15 minutes"),
            _("Read the four cards below. They make explaining, asking and planning easier."),
            _("I am prepared"),
            action=_link(room, "confirm_preparation"),
        )
    waiting = ", ".join(member.given_name for member in room.others if not member.is_prepared)
    return NextStep(
        _("%(names)s still prepares") % {"names": waiting},
        _("You are ready. Meanwhile you can already plan your first meeting."),
        *_plan_first(room),
    )


def _plan_first(room: Room) -> tuple[str, str]:
    if room.next_meeting:
        return _("Look at the meeting"), _meeting_link(room.next_meeting)
    return _("Plan the first meeting"), _link(room, "meeting_create")


def _planning(room: Room) -> NextStep:
    if room.agreement is None:
        return NextStep(
            _("Propose what you agree on"),
            _("At most three goals, your time and your rhythm. A proposal is enough; %(names)s can change it.")
            % {"names": room.other_names},
            _("Propose an agreement"),
            _link(room, "agreement"),
        )
    if room.missing_learner is not None:
        learner = room.missing_learner
        title = (
            _("Plan a package for you")
            if learner.is_me
            else _("Plan a package for %(name)s") % {"name": learner.given_name}
        )
        text = _("One small step with a date, in each direction, is enough to begin.")
        href = f"{_link(room, 'package_create')}?learner={learner.person_key}"
        return NextStep(title, text, _("Plan a package"), href)
    if room.me.person_id not in room.agreement.signed:
        return NextStep(
            _("Read and sign your agreement"),
            _("Once all have signed, you begin to learn."),
            _("To the agreement"),
            _link(room, "agreement"),
        )
    return NextStep(
        _("%(names)s still has to sign") % {"names": room.other_names},
        _("You have signed. Meanwhile you can plan your first meeting."),
        *_plan_first(room),
    )


def _learning(room: Room) -> NextStep:
    agreement = room.agreement
    if agreement and not agreement.is_in_force and room.me.person_id not in agreement.signed:
        return NextStep(
            _("A changed agreement waits for you"),
            _("Read it and sign, or propose something else. Until then the old one holds."),
            _("To the agreement"),
            _link(room, "agreement"),
        )
    if room.open_meeting is not None:
        return NextStep(
            _("Write down what your meeting brought"),
            _("Three questions, one page: %(when)s.") % {"when": _when(room.open_meeting)},
            _("To the worksheet"),
            _meeting_link(room.open_meeting),
        )
    is_done = bool(room.packages) and room.done_packages == len(room.packages)
    if is_done or (room.planned_end_on and room.planned_end_on < clock.today()):
        return NextStep(
            _("Time to look back"),
            _("Your packages are done.") if is_done else _("The end you agreed on is here."),
            _("Begin to close"),
            _link(room, "closing"),
        )
    if room.next_meeting is None:
        return NextStep(
            _("Plan your next meeting"),
            _("A fixed date keeps you going. Free times you share are proposed."),
            _("Plan a meeting"),
            _link(room, "meeting_create"),
        )
    return NextStep(
        _("Your next meeting: %(when)s") % {"when": _when(room.next_meeting)},
        room.next_meeting.topic or _("The agenda is prepared. What would you like to ask?"),
        _("Look at the meeting"),
        _meeting_link(room.next_meeting),
    )


def _closing(room: Room) -> NextStep:
    if room.me.person_id not in room.said:
        return NextStep(
            _("Say what was reached"),
            _("And what %(names)s can do now. You read each other's words once all have spoken.")
            % {"names": room.other_names},
            _("To the closing"),
            _link(room, "closing"),
        )
    return NextStep(
        _("%(names)s still looks back") % {"names": room.other_names},
        _("You have said what was reached. As soon as all have, you see it together."),
        _("Read my words again"),
        _link(room, "closing"),
    )


def _closed(room: Room) -> NextStep:
    return NextStep(
        _("Closed well"),
        _("What each of you has learned stands in your profile as evidence."),
        _("See what grew"),
        f"{_link(room, 'partnership')}#closing",
    )


def _ended(room: Room) -> NextStep:
    return NextStep(
        _("This learning partnership has ended"),
        _("That happens and is nobody's fault. What you made together stays readable here."),
        _("Look for somebody new"),
        reverse("partnerships:board"),
    )


_STEPS: dict[Phase, Callable[[Room], NextStep]] = {
    Phase.PREPARATION: _preparation,
    Phase.PLANNING: _planning,
    Phase.LEARNING: _learning,
    Phase.CLOSING: _closing,
    Phase.CLOSED: _closed,
    Phase.ENDED: _ended,
}
