"""What happens by itself: ads and requests end in time, content is deleted after its retention."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.partnerships.actions import expire_ads, expire_requests
from wurzelwerk.partnerships.choices import RequestState
from wurzelwerk.partnerships.models import LearningPartnership, PartnershipRequest

KIND: Final = "partnerships.upkeep"
KEEP_AFTER_END: Final = timedelta(days=183)
"""Six months after a partnership is over, and after a request was settled, its content is deleted."""


def run_upkeep(job: Job, progress: Progress) -> dict[str, Any]:
    """End what is past its day; repeating it changes nothing."""
    return {"ads": expire_ads(), "requests": expire_requests(), "deleted": delete_past_content()}


@transaction.atomic
def delete_past_content() -> int:
    """Delete partnerships and settled requests whose retention is over; return how many partnerships."""
    limit = clock.now() - KEEP_AFTER_END
    over = LearningPartnership.objects.filter(over_at__lt=limit)
    count = over.count()
    over.delete()
    settled = PartnershipRequest.objects.exclude(state=RequestState.PENDING).filter(answered_at__lt=limit)
    settled.filter(partnership=None).delete()
    return count


def register() -> None:
    """Let it run every hour."""
    job_kinds.register(KIND, JobKind(KIND, _("End ads and requests in time"), run_upkeep))
    every(60, KIND)
