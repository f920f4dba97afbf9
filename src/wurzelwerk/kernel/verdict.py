"""One answer to 'may I?': the action requires it, the page shows the same sentence."""

from dataclasses import dataclass

from django.utils.functional import Promise

Reason = str | Promise


class Refused(Exception):  # noqa: N818 - it reads as the sentence it is
    """An action was asked for that the rules do not allow; carries the reason for the person."""

    def __init__(self, reason: Reason) -> None:
        """Keep the (possibly lazy) reason."""
        super().__init__(str(reason))
        self.reason = reason


class NotThere(Exception):  # noqa: N818 - it reads as the sentence it is
    """What was asked for does not exist, or may not be seen: nobody learns which. A page answers 404."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed and, if not, why, in words for the person who asked."""

    allowed: bool
    reason: Reason = ""

    def __bool__(self) -> bool:
        """Tell whether it is allowed."""
        return self.allowed

    def require(self) -> None:
        """Raise ``Refused`` with the reason unless it is allowed."""
        if not self.allowed:
            raise Refused(self.reason)


ALLOWED = Verdict(allowed=True)


def refuse(reason: Reason) -> Verdict:
    """Return a refusal with its reason."""
    return Verdict(allowed=False, reason=reason)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """Return the first refusal among ``verdicts``, or ``ALLOWED``."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
