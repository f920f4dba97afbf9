"""Uploaded files wait in a folder of their own until their job has ended."""

import shutil
from pathlib import Path
from typing import Final

from django.conf import settings

from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.kernel.models import Job

PREFIX: Final = "framework-"
_ACTIVE: Final = (JobState.WAITING, JobState.RUNNING)


def new_upload() -> Path:
    """Return a new, empty folder that only the application can read; removes those nobody waits for."""
    root = Path(settings.DATA) / "uploads"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = set(Job.objects.filter(state__in=_ACTIVE).values_list("payload__upload", flat=True))
    for left in root.glob(f"{PREFIX}*"):
        if str(left) not in wanted:
            remove_upload(left)
    folder = root / f"{PREFIX}{new_public_id()}"
    folder.mkdir(mode=0o700)
    return folder


def remove_upload(folder: Path) -> None:
    """Remove the folder of an upload; anything else is left alone."""
    if folder.name.startswith(PREFIX) and folder.parent == Path(settings.DATA) / "uploads":
        shutil.rmtree(folder, ignore_errors=True)
