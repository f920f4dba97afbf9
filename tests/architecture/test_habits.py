from collections.abc import Callable, Iterator

import pytest

from tests.architecture.habits import (
    TEMPLATE_LINES,
    expansion_problems,
    name_problems,
    raw_read_problems,
    save_problems,
    signal_problems,
    size_problems,
)
from tests.architecture.source import PACKAGE, Module, modules, snippet

Check = Callable[[Module], Iterator[str]]
CHECKS = [
    size_problems,
    name_problems,
    signal_problems,
    save_problems,
    raw_read_problems,
    expansion_problems,
]


@pytest.mark.parametrize("check", CHECKS)
def test_modules_keep_the_habits(check: Check) -> None:
    assert [problem for module in modules() for problem in check(module)] == []


@pytest.mark.parametrize(
    "check,path,text",
    [
        (size_problems, "partnerships/actions.py", "\n" * 400),
        (size_problems, "partnerships/views.py", "\n" * 300),
        (size_problems, "partnerships/actions.py", "def act():\n" + "    x = 1\n" * 50),
        (name_problems, "partnerships/utils.py", ""),
        (name_problems, "partnerships/services/signing.py", ""),
        (signal_problems, "partnerships/subscribers.py", "from django.db.models.signals import post_save"),
        (signal_problems, "partnerships/subscribers.py", "signals.post_save.connect(print)"),
        (save_problems, "partnerships/models.py", "class Ad:\n    def save(self): pass"),
        (raw_read_problems, "partnerships/views.py", "PartnerAd.objects.get(pk=pk)"),
        (raw_read_problems, "partnerships/views.py", "get_object_or_404(PartnerAd, pk=pk)"),
        (raw_read_problems, "partnerships/views.py", "PartnerAd.objects.filter(pk=pk).first()"),
        (expansion_problems, "partnerships/queries.py", "ads.filter(**request.GET.dict())"),
        (expansion_problems, "partnerships/queries.py", "ads.order_by(request.GET['by'])"),
        (expansion_problems, "partnerships/actions.py", "Ad.objects.create(**form.cleaned_data)"),
        (expansion_problems, "partnerships/queries.py", "ads.values(*request.GET)"),
    ],
)
def test_a_breach_is_found(check: Check, path: str, text: str) -> None:
    assert len(list(check(snippet(text, path)))) == 1


@pytest.mark.parametrize(
    "check,path,text",
    [
        (raw_read_problems, "partnerships/views.py", "PartnerAd.objects.visible_to(request.user).get(public_id=key)"),
        (raw_read_problems, "partnerships/views.py", "Ad.objects.select_related('by').get_visible(viewer, key)"),
        (raw_read_problems, "partnerships/views.py", "fetch_visible(Ad.objects.select_related('by'), viewer=viewer)"),
        (raw_read_problems, "partnerships/queries.py", "PartnerAd.objects.get(pk=pk)"),
        (expansion_problems, "partnerships/queries.py", "ads.filter(topic=form.cleaned_data['topic'])"),
        (expansion_problems, "partnerships/queries.py", "ads.order_by(*ORDERS[chosen])"),
    ],
)
def test_what_is_allowed_is_not_found(check: Check, path: str, text: str) -> None:
    assert list(check(snippet(text, path))) == []


def test_templates_and_styles_stay_small() -> None:
    templates = [*PACKAGE.rglob("jinja2/**/*.html"), *PACKAGE.rglob("jinja2/**/*.txt")]
    styles = [
        path for kind in ("css", "js") for path in PACKAGE.rglob(f"static/**/*.{kind}") if "vendor" not in path.parts
    ]
    budgets = dict.fromkeys(templates, TEMPLATE_LINES) | dict.fromkeys(styles, 400)

    lengths = {str(path): len(path.read_text().splitlines()) for path in budgets}

    assert {path: length for path, length in lengths.items() if length > budgets[type(PACKAGE)(path)]} == {}
