"""The planner's reasons in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wurzelwerk.paths.planning import ReasonKey

_REASONS: dict[ReasonKey, Promise] = {
    ReasonKey.PARTNER_WANTED: _("Nobody offers this right now. An ad of your own tells others that you are looking."),
    ReasonKey.SHORTEST: _("The shortest way to understand what level %(level)s is about: %(minutes)s minutes."),
    ReasonKey.PARTNER_LISTENS: _(
        "Short, and best once you have agreed when to explain it to your partner: who is going to explain learns more."
    ),
    ReasonKey.APPLY: _("You only own what you have used: a task from your own work leads to level %(level)s."),
    ReasonKey.REFLECT: _("Ten minutes of looking back turn what you did into evidence for level %(level)s."),
    ReasonKey.REVIEW: _("After %(weeks)s weeks it shows what has stayed. Remembering makes it last."),
}


def reason_text(key: str, values: Mapping[str, int]) -> str:
    """Return the sentence for a step's reason in the active language."""
    reason = ReasonKey(key)
    if reason is ReasonKey.PARTNER_OFFERS:
        count = values["count"]
        return ngettext(
            "One person offers exactly this, and you may have something to offer in return.",
            "%(count)s people offer exactly this, and you may have something to offer in return.",
            count,
        ) % {"count": count}
    return str(_REASONS[reason]) % values
