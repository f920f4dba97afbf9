"""P16: the time from ``wurzelwerk run`` to the first page, and the memory of all its processes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.serving import bare_page, free_port, product, serving

VIEWS = 20
SECOND_START_GATE = 5.0


def measure() -> Iterator[Figure]:
    """Start twice in a new data folder: with everything to prepare, then with nothing; beside a bare page."""
    with serving(*bare_page(free_port())) as bare:
        bare_memory = bare.memory()
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        data = Path(folder)
        with serving(*product(data, free_port())) as first:
            yield Figure(
                "P16",
                "first start: seconds to the first page, demo company built",
                first.first_page_seconds,
                "s",
                bare.first_page_seconds,
                "bare page",
                gate=20,
                moonshot=8,
            )
        with serving(*product(data, free_port())) as second:
            for _ in range(VIEWS):
                second.get("/")
            memory = second.memory()
            yield Figure(
                "P16",
                "second start: seconds to the first page",
                second.first_page_seconds,
                "s",
                bare.first_page_seconds,
                "bare page",
                gate=SECOND_START_GATE,
            )
        yield Figure(
            "P16",
            "memory of all processes, shared once",
            memory,
            "MB",
            bare_memory,
            "bare page",
            gate=200,
            moonshot=130,
        )
