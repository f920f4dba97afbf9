"""Paths are tested without the rooms above: nobody offers a partner unless a test says so."""

import pytest

from wurzelwerk.paths.partner_steps import sources


@pytest.fixture(autouse=True)
def _nobody_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_entries", {})
