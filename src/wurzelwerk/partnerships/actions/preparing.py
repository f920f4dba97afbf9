"""Getting ready: everyone confirms the preparation and says what they can give."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships.actions.steps import advance, begin, note, refuse_when, tell_others
from wurzelwerk.partnerships.limits import RESPONSE_DAYS, RHYTHM_WEEKS, WEEKLY_MINUTES, keeps
from wurzelwerk.partnerships.models import AgreementSignature, LearningAgreement, LearningPartnership, Member
from wurzelwerk.partnerships.states import Act
from wurzelwerk.people.models import Person


@transaction.atomic
def confirm_preparation(*, by: Person, partnership: LearningPartnership) -> LearningPartnership:
    """Say that one has prepared; once all have, the planning begins."""
    turn = begin(by=by, partnership=partnership, act=Act.CONFIRM_PREPARATION)
    refuse_when(turn.me.prepared_at, _("You have already confirmed. Your partner still prepares."))
    turn.me.prepared_at = clock.now()
    turn.me.save(update_fields=["prepared_at"])
    note(by, "confirm_preparation", turn.partnership)
    if all(member.prepared_at for member in turn.members):
        advance(turn, Act.CONFIRM_PREPARATION)
        tell_others(turn, "all_prepared", _("Everyone is prepared: time to plan with %(name)s"))
    return turn.partnership


@transaction.atomic
def set_terms(
    *, by: Person, partnership: LearningPartnership, weekly_minutes: int, rhythm_weeks: int, response_days: int
) -> Member:
    """Say what one can give: minutes a week, weeks between meetings, working days to answer.

    Another figure voids the signatures of the version that waits for them.
    """
    turn = begin(by=by, partnership=partnership, act=Act.SET_TERMS)
    refuse_when(not keeps(weekly_minutes, WEEKLY_MINUTES), _("Give between 15 minutes and 20 hours a week."))
    refuse_when(not keeps(rhythm_weeks, RHYTHM_WEEKS), _("Meet every 1 to 4 weeks."))
    refuse_when(not keeps(response_days, RESPONSE_DAYS), _("Answer within 1 to 15 working days."))
    me = turn.me
    if (me.weekly_minutes, me.rhythm_weeks, me.response_days) == (weekly_minutes, rhythm_weeks, response_days):
        return me
    me.weekly_minutes, me.rhythm_weeks, me.response_days = weekly_minutes, rhythm_weeks, response_days
    me.save(update_fields=["weekly_minutes", "rhythm_weeks", "response_days"])
    latest = LearningAgreement.objects.filter(partnership=turn.partnership).order_by("-version").first()
    AgreementSignature.objects.filter(agreement=latest).delete()
    note(by, "set_terms", turn.partnership)
    return me
