"""Job kinds that start again by themselves, each turn claimed by exactly one worker."""

from datetime import timedelta

from django.db import transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import revive_silent_jobs, start_job
from wurzelwerk.kernel.models import Schedule
from wurzelwerk.kernel.registry import Registry

schedules: Registry[tuple[str, int]] = Registry()


def every(minutes: int, kind: str) -> None:
    """Let the job ``kind`` start every ``minutes``."""
    schedules.register(kind, (kind, minutes))


def write_schedules() -> None:
    """Bring the schedule rows in line with what the rooms registered."""
    for kind, minutes in schedules:
        Schedule.objects.update_or_create(
            kind=kind,
            defaults={"every_minutes": minutes},
            create_defaults={"every_minutes": minutes, "next_at": clock.now()},
        )
    Schedule.objects.exclude(kind__in=schedules.keys()).delete()


def tick() -> int:
    """Start every job whose time has come and revive silent ones; return how many schedules fired."""
    now = clock.now()
    fired = 0
    for schedule in Schedule.objects.filter(next_at__lte=now):
        with transaction.atomic():
            claimed = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(
                next_at=now + timedelta(minutes=schedule.every_minutes)
            )
            if claimed:
                start_job(kind=schedule.kind, by=None)
                fired += 1
    revive_silent_jobs()
    return fired
