"""P1-P3, P6, P7: the home page of a learner of the demo company, beside a bare page for the same signed-in person.

The product and the bare page run at the same time on the same server and take turns. What a page weighs is what a
Chromium of this machine loads; without one these figures are left out.
"""

import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import django
import psutil
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure, percentile
from bench.serving import Server, bare_page, free_port, product, serving

LEARNER = "Amira"
PATH = "/"
USERS = 8
ROUNDS = 3
SECONDS_PER_ROUND = 4.0
WARM_UP_SECONDS = 1.0
KILOBYTE = 1000
FOUND = 200


@dataclass
class Load:
    """What eight users saw of a page: milliseconds of each view, and the CPU seconds of the server's processes."""

    views: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.views) / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        return self.cpu_seconds * 1000 / len(self.views)


@dataclass
class Weight:
    """What a browser loaded from the server, its own cache left out."""

    requests: int = 0
    bytes: float = 0.0


def measure() -> Iterator[Figure]:
    """Serve both pages, sign in, let them take turns, then look at queries and weight."""
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        data = Path(folder)
        with serving(*product(data, free_port())) as home, serving(*bare(data)) as plain:
            cookie = sign_in(home.port)
            yield from speed(*take_turns(home, plain, cookie))
            yield from weight(home.port, cookie)
        yield Figure("P6", "home: queries", queries(data), "", 2, "session and person", gate=12, moonshot=8)


def bare(data: Path) -> tuple[list[str], int, dict[str, str]]:
    """Return how to start the bare page over the same data, for ``serving``."""
    words, port, _ = bare_page(free_port())
    return [*words[:-1], "--factory", "bench.bare_home:make_application"], port, {"WURZELWERK_DATA": str(data)}


def sign_in(port: int) -> str:
    """Sign the learner in with the one click of the demo company; return the cookies."""
    answer, _ = ask(port, "GET", PATH)
    answer, body = ask(port, "GET", answer.getheader("Location", PATH))
    csrf = re.search(r"csrf=(\w+)", answer.getheader("Set-Cookie", ""))
    forms = [form for form in re.findall(r"<form.*?</form>", body.decode(), re.DOTALL) if LEARNER in form]
    action = re.search(r'action="([^"]+)"', "".join(forms))
    if csrf is None or action is None:
        raise RuntimeError(f"{LEARNER} cannot sign in on the first page")
    answer, _ = ask(port, "POST", action[1], f"csrf={csrf[1]}", f"csrfmiddlewaretoken={csrf[1]}")
    return "; ".join(re.findall(r"\b((?:session|csrf)=\w+)", ", ".join(answer.headers.get_all("Set-Cookie", []))))


def ask(
    port: int, method: str, path: str, cookie: str = "", form: str | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    """Send one request over a connection of its own; redirects are not followed."""
    answers = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    try:
        answers.request(method, path, form, {"Host": f"localhost:{port}", "Cookie": cookie, **kind})
        answer = answers.getresponse()
        return answer, answer.read()
    finally:
        answers.close()


def take_turns(home: Server, plain: Server, cookie: str) -> tuple[Load, Load]:
    """Load both pages in turns, so that whatever else this machine does meets both."""
    loads = Load(), Load()
    for server in (home, plain):
        put_under_load(server, cookie, WARM_UP_SECONDS, Load())
    for _ in range(ROUNDS):
        for server, load in zip((home, plain), loads, strict=True):
            put_under_load(server, cookie, SECONDS_PER_ROUND, load)
    return loads


def put_under_load(server: Server, cookie: str, seconds: float, load: Load) -> None:
    """Let eight users look at the page one after another for a while; add what they saw."""
    cpu, started = cpu_seconds(server.process), perf_counter()
    with ThreadPoolExecutor(USERS) as users:
        seen = [users.submit(look, server.port, cookie, started + seconds) for _ in range(USERS)]
        for user in seen:
            load.views += user.result()
    load.seconds += perf_counter() - started
    load.cpu_seconds += cpu_seconds(server.process) - cpu


def look(port: int, cookie: str, until: float) -> list[float]:
    """View the page over and over as one user; return the milliseconds of each view."""
    views, browser = [], http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": f"localhost:{port}", "Cookie": cookie, "Accept-Encoding": "gzip", "Accept-Language": "de"}
    while (started := perf_counter()) < until:
        browser.request("GET", PATH, headers=headers)
        answer = browser.getresponse()
        answer.read()
        if answer.status != FOUND:
            raise RuntimeError(f"the page answered with {answer.status}")
        views.append((perf_counter() - started) * 1000)
    browser.close()
    return views


def cpu_seconds(process: psutil.Process) -> float:
    """Return what all processes of a server have used."""
    times = [member.cpu_times() for member in (process, *process.children(recursive=True))]
    return float(sum(time.user + time.system for time in times))


def speed(home: Load, plain: Load) -> Iterator[Figure]:
    """Report views per second, CPU and p95 beside the bare page; only CPU has a goal of its own."""
    name = "bare page, signed in"
    yield Figure("P1", f"home: views, {USERS} users", home.per_second, "/s", plain.per_second, name)
    cpu = home.cpu_milliseconds, "ms", plain.cpu_milliseconds, name
    yield Figure("P2", "home: CPU per view, all processes", *cpu, gate=17, moonshot=8)
    slow = percentile(home.views, 95), "ms", percentile(plain.views, 95), name
    yield Figure("P3", f"home: p95, {USERS} users", *slow)


def weight(port: int, cookie: str) -> Iterator[Figure]:
    """Report what a browser loads, the first time and again."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    if (chromium := next(found, None)) is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(locale="de").new_page()
        pairs = [part.split("=", 1) for part in cookie.split("; ")]
        page.context.add_cookies([{"name": n, "value": v, "url": f"http://localhost:{port}"} for n, v in pairs])
        cold, warm = (loaded(page, f"http://localhost:{port}{PATH}") for _ in range(2))
        browser.close()
    yield Figure("P7", "home: weight, cold", cold.bytes / KILOBYTE, "kB", gate=150, moonshot=70)
    yield Figure("P7", "home: requests, cold", cold.requests, "", gate=12, moonshot=6)
    yield Figure("P7", "home: weight, warm", warm.bytes / KILOBYTE, "kB", gate=8, moonshot=4)
    yield Figure("P7", "home: requests, warm", warm.requests, "", gate=1, moonshot=1)


def loaded(page: Page, address: str) -> Weight:
    """Open a page and count what came over the wire, headers included."""
    total, cached, session = Weight(), set[str](), page.context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            cached.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] not in cached and event["encodedDataLength"]:
            total.requests += 1
            total.bytes += event["encodedDataLength"]

    session.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    session.detach()
    return total


def queries(data: Path) -> int:
    """Return the number of queries of a view, counted in a process with Django over the same data."""
    words = [sys.executable, "-m", "bench.home"]
    environment = {
        **os.environ,
        "WURZELWERK_DATA": str(data),
        "WURZELWERK_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "wurzelwerk.config.settings",
    }
    return int(subprocess.run(words, env=environment, stdout=subprocess.PIPE, check=True).stdout)


def count_queries() -> int:
    """View the page twice as the learner; return the queries of the second view."""
    django.setup()
    from wurzelwerk.people.signing_in import demo_cast  # noqa: PLC0415 - Django is set up only now

    learner = next(member for member in demo_cast if LEARNER in member.name)
    client = Client(headers={"host": "localhost", "accept-language": "de"})
    client.force_login(get_user_model()._default_manager.get(staff_number=learner.staff_number))
    client.get(PATH)
    with CaptureQueriesContext(connection) as seen:
        if client.get(PATH).status_code != FOUND:
            raise RuntimeError("the page does not answer")
    return len(seen)


if __name__ == "__main__":
    sys.stdout.write(str(count_queries()))
