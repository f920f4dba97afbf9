"""Every component renders, refuses misspelt arguments, and says in words what it draws."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import translation

from wurzelwerk.kernel.verdict import ALLOWED, refuse
from wurzelwerk.ui.gallery import sample_form
from wurzelwerk.ui.page_scope import answering
from wurzelwerk.ui.rendering import environment
from wurzelwerk.ui.tests.conftest import MakeRequest

ONE_OF_EACH = {
    "actions": "{% call actions() %}x{% endcall %}",
    "active_filters": '{{ active_filters([{"label": "x", "remove_href": "#"}], clear_href="#") }}',
    "autosave_form": '{% call autosave_form("/x", version=3, id="a") %}x{% endcall %}',
    "autosave_status": "{{ autosave_status() }}",
    "badge": '{{ badge(3, "3 x") }}',
    "bar_chart": '{{ bar_chart([{"label": "x", "value": 3}], "x") }}',
    "breadcrumb": '{{ breadcrumb([("x", "#"), ("y", none)]) }}',
    "button": '{{ button("x") }}',
    "card": '{% call card(title="x") %}y{% endcall %}',
    "cell": '{{ cell("x", "y") }}',
    "chip": '{{ chip("x") }}',
    "chips": '{{ chips([{"text": "x"}]) }}',
    "confirm_button": '{{ confirm_button("x", "/x", id="c", title="x", text="x", confirm_label="x") }}',
    "copy_link": '{{ copy_link("/x") }}',
    "data_table": '{% call(row) data_table([{"label": "x"}], [1], caption="x") %}{{ cell("x", row) }}{% endcall %}',
    "definition_list": '{{ definition_list([("x", "y")]) }}',
    "details": '{% call details("x") %}y{% endcall %}',
    "dialog": '{% call dialog("d", "x") %}y{% endcall %}',
    "dialog_button": '{{ dialog_button("x", "d") }}',
    "empty_state": '{{ empty_state("x", "y") }}',
    "explain": '{{ explain("x", "y") }}',
    "export_links": '{{ export_links([{"label": "CSV", "href": "#"}]) }}',
    "facet": '{{ facet("x", "x", [{"value": "1", "label": "y"}]) }}',
    "faden_block": '{% call faden_block("x") %}y{% endcall %}',
    "faden_section": '{% call faden_section("x", id="x") %}y{% endcall %}',
    "field": '{{ field(form["title"]) }}',
    "fieldset": '{% call fieldset("x") %}y{% endcall %}',
    "filter_bar": '{% call filter_bar("/x", target="#x") %}y{% endcall %}',
    "form_actions": '{% call form_actions(cancel_href="#") %}y{% endcall %}',
    "form_errors": "{{ form_errors(wrong) }}",
    "gauge": "{{ gauge(90, 240) }}",
    "heat_cell": '{{ heat_cell("40 %", 2) }}',
    "job": '{{ job("x", 1, 4, "running", status_url="/x") }}',
    "knot": "{{ knot() }}",
    "levels_line": '{{ levels_line([("x", 1, 0, 2), ("y", none, none, none), ("z", 2, 1, 3)], "x", target=3) }}',
    "line_chart": '{{ line_chart([("x", 1), ("y", none)], "x") }}',
    "link_button": '{{ link_button("x", "#") }}',
    "list_row": '{{ list_row("x") }}',
    "list_rows": "{% call list_rows() %}x{% endcall %}",
    "menu": '{{ menu("x", [{"label": "y", "href": "#"}], id="m") }}',
    "meter": "{{ meter(3, 4) }}",
    "notice": '{{ notice("x") }}',
    "opportunity_card": '{{ opportunity_card("x", "#", kind="y") }}',
    "page_note": '{{ page_note("x") }}',
    "pagination": "{{ pagination(page, request) }}",
    "people_stack": '{{ people_stack(["Ben Krüger"]) }}',
    "person_chip": '{{ person_chip("Ben Krüger") }}',
    "person_circle": '{{ person_circle("Ben Krüger") }}',
    "post_button": '{{ post_button("x", "/x") }}',
    "post_form": '{% call post_form("/x") %}y{% endcall %}',
    "print_button": "{{ print_button() }}",
    "progress": "{{ progress(3, 4) }}",
    "quote": '{{ quote("x") }}',
    "ring": '{{ ring("x", 2) }}',
    "ring_row": '{{ ring_row([{"name": "x", "level": 2}]) }}',
    "radar": '{{ radar([{"name": "x", "href": "/x", "level": 2, "target": none}] * 2, "x") }}',
    "rings": "{{ rings(2) }}",
    "rings_text": '{{ rings_text(2, 3, 5, "secured") }}',
    "root_motif": "{{ root_motif() }}",
    "search_field": "{{ search_field() }}",
    "share_bar": '{{ share_bar([{"label": "x", "value": 1, "tone": "time"}], label="x") }}',
    "stat": '{{ stat("3", "x") }}',
    "state_text": '{{ state_text("now") }}',
    "stepper": '{{ stepper([{"label": "x", "state": "now"}], label="x") }}',
    "tabs": '{{ tabs([{"label": "x", "href": "#"}], label="x") }}',
    "tag": '{{ tag("x") }}',
    "timeline": '{% call timeline("x") %}{{ timeline_item("x") }}{% endcall %}',
    "timeline_item": '{{ timeline_item("x") }}',
    "week_bars": '{{ week_bars([(2, 600, 660)], "x") }}',
    "who_sees": '{{ who_sees(["x"]) }}',
    "whole_form": '{{ whole_form(form, "/x", "y") }}',
    "why": '{{ why("x") }}',
}


def macros() -> dict[str, Any]:
    """Return all components by name."""
    module = environment().get_template("ui/components.html").module
    return {name: value for name, value in vars(module).items() if not name.startswith("_")}


@pytest.fixture
def draw(make_request: MakeRequest) -> Any:
    """Return a function that renders a snippet in which all components are at hand."""
    request = make_request()

    def render(snippet: str, **values: Any) -> str:
        template = environment().from_string(
            f'{{% from "ui/components.html" import {", ".join(sorted(macros()))} with context %}}{snippet}'
        )
        page = Paginator(range(9), 3).get_page(2)
        context = {"form": sample_form(), "wrong": sample_form({}), "page": page, "request": request, **values}
        with answering(request):
            return re.sub(r"[ \n]+", " ", template.render(context)).strip()

    return render


def test_every_component_has_an_example() -> None:
    assert set(macros()) == set(ONE_OF_EACH)


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("language", ["de", "de-formal", "en"])
def test_component_renders(name: str, language: str, draw: Any) -> None:
    with translation.override(language):
        html = draw(ONE_OF_EACH[name])

    assert html
    assert "style=" not in html
    assert "None" not in html


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_misspelt_argument_is_an_error(name: str, draw: Any) -> None:
    with pytest.raises(TypeError, match="lable"):
        draw(f'{{{{ {name}(lable="x") }}}}')


def test_attributes_are_passed_on_and_escaped(draw: Any) -> None:
    html = draw("""{{ button('A & "B"', attrs={"hx-post": "/x?a=1&b=2"}) }}""")

    assert html == (
        '<button class="button primary" type="submit" hx-post="/x?a=1&amp;b=2">'
        "<span>A &amp; &#34;B&#34;</span></button>"
    )


def test_refusing_verdict_is_said_and_the_button_does_nothing(draw: Any) -> None:
    refused = draw("{{ button('Sign', verdict=verdict) }}", verdict=refuse("Only once both have signed."))
    allowed = draw("{{ button('Sign', verdict=verdict) }}", verdict=ALLOWED)

    assert 'type="button" aria-disabled="true" data-refused' in refused
    assert refused.count("Only once both have signed.") == 2
    assert allowed == '<button class="button primary" type="submit"><span>Sign</span></button>'


def test_forms_carry_the_token_and_on_request_a_key(draw: Any) -> None:
    html = draw('{% call post_form("/x", once=true) %}{% endcall %}')

    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert re.search(r'name="idempotency_key" value="\w{14}"', html)


def test_forms_outside_a_request_are_an_error() -> None:
    template = environment().from_string(
        '{% from "ui/components.html" import post_button %}{{ post_button("x", "/x") }}'
    )

    with pytest.raises(LookupError, match="needs a request"):
        template.render()


@pytest.mark.parametrize(
    "arguments,text",
    [
        ("2, target=4, label='SQL'", "SQL: Stufe 2 von 5, Ziel\u00a04"),
        ("2.4, label='SQL'", "SQL: Stufe 2,4 von 5"),
        ("none, target=3, label='SQL'", "SQL: Stufe unbekannt, Ziel\u00a03"),
        ("3, label='SQL', state='unsecured'", "SQL: Stufe 3 von 5, ungesichert"),
    ],
)
def test_rings_say_what_they_show(arguments: str, text: str, draw: Any) -> None:
    html = draw(f"{{{{ rings({arguments}) }}}}")

    assert f'role="img" aria-label="{text}"' in html


def test_unknown_level_has_a_question_mark_and_no_core(draw: Any) -> None:
    html = draw("{{ rings(none) }}")

    assert ">?</text>" in html
    assert 'class="core"' not in html


def test_ring_says_in_words_when_the_target_is_reached(draw: Any) -> None:
    notes = [draw(f'{{{{ ring("SQL", {level}, target=3) }}}}') for level in ("3", "2", "none")]

    assert "Ziel erreicht" in notes[0]
    assert "Stufe 2, Ziel\u00a03" in notes[1]
    assert "Noch nicht eingeschätzt, Ziel\u00a03" in notes[2]


def test_gauge_is_readable_without_the_drawing(draw: Any) -> None:
    html = draw('{{ gauge(150, 240, planned=30, label="Lernzeit") }}')

    assert '<p class="number">2:30 <small>von 4:00\u00a0Std.</small></p>' in html
    assert "weitere 30\u00a0Min. geplant" in html


def test_progress_has_its_value(draw: Any) -> None:
    html = draw('{{ progress(3, 8, label="Pakete", text="3 von 8") }}')

    assert 'role="progressbar" aria-label="Pakete" aria-valuenow="3" aria-valuemin="0" aria-valuemax="8"' in html
    assert '<rect class="fill" width="37.5%"' in html


@pytest.mark.parametrize("age,delay", [(3, "1s"), (15, "5s")])
def test_job_asks_less_often_as_it_grows_old(age: int, delay: str, draw: Any) -> None:
    html = draw(f'{{{{ job("x", 1, 4, "running", status_url="/jobs/1", age_seconds={age}, remaining_seconds=190) }}}}')

    assert f'hx-get="/jobs/1" hx-trigger="load delay:{delay}"' in html
    assert "1 von 4 · noch etwa 3\u00a0Min." in html
    assert '<noscript><a class="button plain small" href="/jobs/1">' in html


def test_finished_job_asks_no_more(draw: Any) -> None:
    html = draw('{{ job("x", 4, 4, "done", status_url="/jobs/1", result_href="/result") }}')

    assert "hx-get" not in html
    assert '<a href="/result">Ergebnis zeigen</a>' in html


def test_failed_job_says_why_and_offers_another_try(draw: Any) -> None:
    html = draw('{{ job("x", 1, 4, "failed", status_url="/j", error="Zeile 12 fehlt.", retry_url="/retry") }}')

    assert '<p class="job-error">Zeile 12 fehlt.</p>' in html
    assert 'action="/retry"' in html


def test_table_says_how_it_is_sorted_and_offers_the_other_way(draw: Any) -> None:
    html = draw(
        '{% call(row) data_table([{"label": "Name", "sort": "name"}, {"label": "Zeit", "sort": "time"}], [1],'
        ' caption="x", sort="name", request=request) %}{{ cell("Name", row, primary=true) }}{% endcall %}'
    )

    assert '<th scope="col" aria-sort="ascending"><a class="sort" href="?sort=-name">Name' in html
    assert '<th scope="col"><a class="sort" href="?sort=time">Zeit' in html
    assert '<th scope="row" data-label="Name"><div class="cell">1</div></th>' in html


def test_empty_table_offers_the_next_step(draw: Any) -> None:
    html = draw(
        '{% call(row) data_table([{"label": "x"}], [], caption="x", empty_title="Noch keine Annonce",'
        ' empty_text="Eine Minute genügt.", empty_label="Schreiben", empty_href="/new") %}{% endcall %}'
    )

    assert "<table" not in html
    assert '<a class="button primary" href="/new"><span>Schreiben</span></a>' in html


def test_pagination_keeps_the_filters(draw: Any, make_request: MakeRequest) -> None:
    html = draw("{{ pagination(page, request) }}", request=make_request("/x?q=sql&page=2"))

    assert 'rel="prev" href="?q=sql&amp;page=1"' in html
    assert 'rel="next" href="?q=sql&amp;page=3"' in html
    assert "Seite 2 von 3" in html


def test_menu_posts_what_changes_something(draw: Any) -> None:
    items = [{"label": "Löschen", "action": "/delete", "fields": {"id": "7"}, "danger": True}]

    html = draw('{{ menu("Mehr", items, id="m") }}', items=items)

    assert '<form method="post" action="/delete" class="inline-form">' in html
    assert '<input type="hidden" name="id" value="7"><button class="menu-item danger" type="submit">' in html


def test_week_bars_are_said_in_words(draw: Any) -> None:
    html = draw('{{ week_bars([(2, 600, 690)], "Frei", both=[(2, 600, 630)]) }}')

    assert 'Frei<span class="visually-hidden">: Di 10:00–11:30; beide: Di 10:00–10:30</span>' in html


def test_thread_section_explains_itself(draw: Any) -> None:
    html = draw('{% call faden_section("Titel", id="s", state="due", number=3, reason="Darum.") %}x{% endcall %}')

    assert '<section class="faden-section" id="s" aria-labelledby="s-title">' in html
    assert '<span class="visually-hidden"> (fällig, 3)</span>' in html
    assert '<div class="why-panel"><p>Darum.</p></div>' in html


class Ad(forms.Form):
    """A form whose errors are looked at."""

    topic = forms.CharField(label="Thema", help_text="Ein Wort.")
    day = forms.ChoiceField(label="Tag", choices=[("mo", "Mo"), ("di", "Di")], widget=forms.RadioSelect)
    note = forms.CharField(label="Notiz", required=False)


def test_field_ties_label_help_and_error_together(draw: Any) -> None:
    html = draw('{{ field(form["topic"], autocomplete="off") }}', form=Ad({"topic": ""}))

    assert '<label class="label" for="id_topic">Thema</label>' in html
    assert '<p class="help" id="id_topic-help">Ein Wort.</p>' in html
    assert '<p class="error" id="id_topic-error">' in html
    assert 'aria-describedby="id_topic-help id_topic-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="off"' in html


def test_optional_field_says_so(draw: Any) -> None:
    html = draw('{{ field(form["note"]) }}{{ field(form["note"], optional=false) }}', form=Ad())

    assert html.count("(freiwillig)") == 1


def test_group_is_a_fieldset_the_summary_leads_to(draw: Any) -> None:
    html = draw('{{ form_errors(form) }}{{ field(form["day"]) }}', form=Ad({"topic": "SQL"}))

    assert 'role="alert" tabindex="-1" data-focus' in html
    assert "Eine Angabe fehlt oder stimmt noch nicht" in html
    assert '<a href="#id_day-group">Tag</a>: Hier fehlt noch eine Angabe.' in html
    assert '<fieldset class="field field-radio has-error" id="id_day-group" aria-describedby="id_day-error">' in html
    assert '<input type="radio" name="day" value="di" id="id_day_1" required aria-invalid="true">' in html


def test_form_without_errors_has_no_summary(draw: Any) -> None:
    assert draw("{{ form_errors(form) }}", form=Ad()) == ""


def test_summary_counts_the_rows_of_a_formset(draw: Any) -> None:
    rows = forms.formset_factory(Ad, extra=0)({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"})

    html = draw("{{ form_errors(form, formsets=[rows]) }}", form=Ad({"topic": "SQL", "day": "mo"}), rows=rows)

    assert "4 Angaben fehlen oder stimmen noch nicht" in html


def test_levels_are_cards_with_rings_and_anchors(draw: Any) -> None:
    html = draw('{{ field(form["level"]) }}')

    assert html.count('class="rings rings-40"') == 5
    assert '<span class="choice-label">Stufe 2</span><span>Löse übliche Aufgaben mit Anleitung.</span>' in html


def test_chosen_values_are_kept(draw: Any) -> None:
    form = sample_form({"level": "3", "days": ["di", "fr"], "on": "irgendwann", "digest": "on"})

    html = draw('{{ field(form["level"]) }}{{ field(form["days"]) }}{{ field(form["on"]) }}', form=form)

    assert re.findall(r'value="(\w+)" id="\w+" checked', html) == ["3", "di", "fr"]
    assert 'value="irgendwann"' in html


def test_initial_day_is_written_in_the_language(draw: Any) -> None:
    form = sample_form()
    form.initial = {"on": date(2026, 11, 24), "minutes": 90}

    html = draw('{{ field(form["on"]) }}{{ field(form["minutes"]) }}', form=form)

    assert ('value="24.11.2026"' in html, 'value="1:30"' in html) == (True, True)


def test_hidden_field_has_no_label(draw: Any) -> None:
    form = forms.Form(initial={"secret": "7"})
    form.fields["secret"] = forms.CharField(widget=forms.HiddenInput)

    html = draw('{{ field(form["secret"]) }}', form=form)

    assert html == '<input type="hidden" name="secret" value="7" id="id_secret">'


def test_undefined_name_is_an_error(make_request: MakeRequest) -> None:
    request: HttpRequest = make_request()

    with answering(request), pytest.raises(Exception, match="'nothing' is undefined"):
        environment().from_string("{{ nothing }}").render()
