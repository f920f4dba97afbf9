"""What holds for every test: a logged error fails it, time can be frozen, data lies in a folder of its own."""

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

# Before Django reads its settings: nothing a test writes may reach the data of a running installation.
DATA = tempfile.mkdtemp(prefix="wurzelwerk-tests-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["WURZELWERK_DATA"] = DATA
KEPT = {f"WURZELWERK_{name}" for name in ("DATA", "JOURNEYS", "TEST_DATA", "KILLS", "CRASH_POINTS")}
for name in [name for name in os.environ if name.startswith("WURZELWERK_")]:
    if name not in KEPT:
        del os.environ[name]

# A Monday morning; the stories of the cast play around it.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


class ErrorLog(logging.Handler):
    """Collects what is logged as an error while a test runs."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def messages(self) -> list[str]:
        return [f"{record.name}: {record.getMessage()}" for record in self.records]


ERROR_LOG = pytest.StashKey[ErrorLog]()


def pytest_configure() -> None:
    """Create the keys and take static files from their rooms; both would be made by ``wurzelwerk run``."""
    from django.conf import settings  # noqa: PLC0415 - settings are ready only now

    from wurzelwerk.kernel.keyring import create_journal_key  # noqa: PLC0415

    # pytest-django has read the settings before this module was imported.
    settings.DATA = Path(DATA)
    settings.KEY_FOLDER, settings.MEDIA_ROOT, settings.STATIC_ROOT = (
        settings.DATA / name for name in ("keys", "media", "static")
    )
    settings.FILE_UPLOAD_TEMP_DIR = settings.DATA / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
    create_journal_key(settings.KEY_FOLDER)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _in_german() -> None:
    """Begin each test in the default language: a request leaves the one it was answered in active in its thread."""
    from django.conf import settings  # noqa: PLC0415 - settings are ready only now
    from django.utils import timezone, translation  # noqa: PLC0415

    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _no_error_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which an error was logged, unless it asks for ``error_log`` and looks itself."""
    log = request.node.stash.setdefault(ERROR_LOG, ErrorLog())
    logging.getLogger().addHandler(log)

    yield

    logging.getLogger().removeHandler(log)
    if log.records and "error_log" not in request.fixturenames:
        pytest.fail("logged as an error: " + "; ".join(log.messages))


@pytest.fixture
def error_log(_no_error_logged: None, request: pytest.FixtureRequest) -> ErrorLog:
    """Give the errors logged so far to a test that expects some."""
    log: ErrorLog = request.node.stash[ERROR_LOG]
    return log


@pytest.fixture
def frozen_time() -> Iterator[time_machine.Traveller]:
    """Stop the clock on Monday, 23 November 2026, 9:00 in Berlin; ``frozen_time.shift(...)`` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
