import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, get_resolver, path

from wurzelwerk.ui import navigation

NUMBERED = re.compile(r"<(?:int:)?(?:pk|id|\w+_id)>|<int:")
SHORT = 60


def addresses(resolver: URLResolver, start: str = "") -> Iterator[str]:
    """Yield every address of our rooms as written in their urls.py."""
    for entry in resolver.url_patterns:
        address = start + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        elif entry.callback.__module__.startswith(("wurzelwerk.", __name__)):
            yield address


def address_problems(address: str) -> Iterator[str]:
    """Yield what is wrong with an address: objects by number, long or spelt with capitals or underscores.

    Below an object found by its public id a number is a coordinate (the third version of this entry).
    """
    if any("public_id" not in address[: found.end()] for found in NUMBERED.finditer(address)):
        yield f"{address} finds its object by number; use public_id"
    words = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "", address)
    if words != words.lower() or "_" in words:
        yield f"{address} is not written in small letters and hyphens"
    if len(words) > SHORT:
        yield f"{address} is long"


def test_addresses_are_short_and_find_objects_by_public_id() -> None:
    assert [problem for address in addresses(get_resolver()) for problem in address_problems(address)] == []


def test_there_are_addresses_to_check() -> None:
    assert len(list(addresses(get_resolver()))) > 20


@pytest.mark.parametrize("address", ["ads/<int:pk>/", "ads/<pk>", "ads/<int:number>", "Ads/", "partner_ads/", "a" * 61])
def test_a_breach_is_found(address: str) -> None:
    assert len(list(address_problems(address))) == 1


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    return HttpResponse(public_id)


def test_nested_addresses_are_walked() -> None:
    nested = [path("ads/", ([path("<str:public_id>/", page)], "ads", "ads"))]
    resolver = get_resolver()
    resolver = type(resolver)(resolver.pattern, nested)

    assert [address.lstrip("^/") for address in addresses(resolver)] == ["ads/<str:public_id>/"]


def test_a_shortcut_leads_to_one_page() -> None:
    shortcuts = [entry.shortcut for entry in navigation.entries if entry.shortcut]

    assert sorted(shortcuts) == sorted(set(shortcuts))
