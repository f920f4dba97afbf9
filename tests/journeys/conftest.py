"""Journeys: the real application, started as anybody starts it, in a real Chromium.

``visit`` opens a page of the demo company, as a member of the cast, in either language and at any width; a journey that
changes something asks for ``company`` as well and gets one of its own. ``axe`` finds what keeps people out.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from wurzelwerk.cli.tests.calling import WORDS, call, environment

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOW_TO_GET_IT = "Journeys need a Chromium. Install it with: sudo apt-get install chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
START_WITHIN_SECONDS = 60
# A busy machine may be slow; it must not be wrong.
expect.set_options(timeout=20_000)
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and let it reach this machine.

    Where journeys are required, a browser that a busy machine made stumble gets a second try; the summary counts it.
    """
    is_required = os.environ.get("WURZELWERK_JOURNEYS") == "required"
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)
            if is_required:
                item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


def pytest_runtest_setup() -> None:
    """Skip a journey where there is no Chromium (told in one line for all), or fail it where journeys are required."""
    if CHROMIUM is None:
        if os.environ.get("WURZELWERK_JOURNEYS") == "required":
            pytest.fail(HOW_TO_GET_IT, pytrace=False)
        pytest.skip(HOW_TO_GET_IT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Company:
    """A running demo company: its address, its data folder and what it wrote to the terminal."""

    address: str
    data: Path
    log: Path


class Databases:
    """Copies of a database: a file that is copied with the data, or a template where the suite runs on PostgreSQL."""

    def __init__(self, worker: str) -> None:
        self.server = os.environ.get("DATABASE_URL", "")
        self.prefix = f"wurzelwerk_journey_{worker}"

    @property
    def uses_postgresql(self) -> bool:
        return self.server.startswith("postgres")

    def setting(self, name: str) -> dict[str, str]:
        """Return the environment that points the application to a database."""
        return (
            {"DATABASE_URL": self.server.rpartition("/")[0] + f"/{self.prefix}_{name}"} if self.uses_postgresql else {}
        )

    def create(self, name: str, template: str | None = None) -> None:
        """Make an empty database or a copy of another one."""
        if self.uses_postgresql:
            self.drop(name)
            copied = f" TEMPLATE {self.prefix}_{template}" if template else ""
            self._run(f"CREATE DATABASE {self.prefix}_{name}{copied}")

    def drop(self, name: str) -> None:
        """Remove a database, also while somebody is connected to it."""
        if self.uses_postgresql:
            self._run(f"DROP DATABASE IF EXISTS {self.prefix}_{name} WITH (FORCE)")

    def _run(self, command: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as server:
            server.execute(command.encode())


@pytest.fixture(scope="session")
def databases(worker_id: str) -> Databases:
    return Databases(worker_id)


@pytest.fixture(scope="session")
def built_company(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo company, built once; journeys work on copies."""
    data = tmp_path_factory.mktemp("company") / "data"
    databases.create("origin")
    done = call(data, "demo", **databases.setting("origin"))
    assert done.returncode == 0, done.stdout + done.stderr
    yield data
    databases.drop("origin")


@contextmanager
def serve_copy(name: str, built_company: Path, databases: Databases, folder: Path) -> Iterator[Company]:
    """Serve a copy of the demo company; its log must end without an error."""
    data, log = folder / "data", folder / "output.txt"
    shutil.copytree(built_company, data)
    databases.create(name, template="origin")
    with log.open("w") as output:
        process = subprocess.Popen(
            [*WORDS, "run", "--demo", "--workers", "1"],
            env=environment(data, **databases.setting(name)),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Company(_wait_for_address(process, log), data, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        databases.drop(name)
    assert [line for line in log.read_text().splitlines() if " ERROR " in line or "Traceback" in line] == []


@pytest.fixture(scope="session")
def shared_company(
    built_company: Path, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Company]:
    """One running company for all journeys that only look."""
    with serve_copy("shared", built_company, databases, tmp_path_factory.mktemp("shared")) as company:
        yield company


@pytest.fixture
def company(built_company: Path, databases: Databases, tmp_path: Path) -> Iterator[Company]:
    """A running company of the test's own, for a journey that changes something."""
    with serve_copy("own", built_company, databases, tmp_path) as company:
        yield company


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visit]:
    """Open the first page: ``visit("Amira", language="en", width=320)``; without a name as nobody.

    The company is shared by all journeys unless the test asks for ``company``. Each visit has cookies of its own.
    Errors in the console, and anything but the page itself that is not found, fail the journey.
    """
    own = "company" in request.fixturenames
    company: Company = request.getfixturevalue("company" if own else "shared_company")
    complaints: list[str] = []
    with ExitStack() as contexts:

        def open_page(
            name: str | None = None, *, language: str = "de", width: int = 1280, height: int = 900, **options: Any
        ) -> Page:
            context = browser.new_context(
                base_url=company.address, locale=language, viewport={"width": width, "height": height}, **options
            )
            contexts.callback(context.close)
            page = context.new_page()
            page.on("console", lambda message: complaints.extend(_complaint(message)))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("response", lambda response: complaints.extend(_missing(response)))
            page.goto("/")
            if name:
                page.get_by_role("button", name=re.compile(rf"\b{name}\b")).click()
                page.wait_for_load_state()
            return page

        yield open_page
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Return the rules of axe that a page breaks, each with the places where."""
    source = AXE.read_text()

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}" for rule in found["violations"]
        ]

    return violations


def _complaint(message: ConsoleMessage) -> list[str]:
    """Return an error of the console; what could not be loaded is told by ``_missing``."""
    loading = message.text.startswith("Failed to load resource")
    return [message.text] if message.type == "error" and not loading else []


def _missing(response: Response) -> list[str]:
    """Return the address of a style, script, font or picture that was refused."""
    wanted = response.request.resource_type in {"stylesheet", "script", "font", "image"}
    return [f"{response.status} {response.url}"] if wanted and not response.ok else []


def _wait_for_address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://localhost:(\d+)", log.read_text()):
            return f"http://localhost:{found[1]}"
        time.sleep(0.1)
    pytest.fail(f"the application did not start:\n{log.read_text()}")
