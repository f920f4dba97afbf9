"""Markdown that people wrote is shown without danger."""

import pytest

from wurzelwerk.ui.markdown import markdown, markdown_inline


def test_markdown_becomes_html_below_the_headings_of_the_page() -> None:
    html = markdown("# Frage\n\nIch habe **gefragt**.\n\n- eins\n- zwei\n\n##### tief")

    assert html == (
        "<h3>Frage</h3>\n<p>Ich habe <strong>gefragt</strong>.</p>\n"
        "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n<h6>tief</h6>\n"
    )


@pytest.mark.parametrize(
    "text,expected",
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://example.org/x)", '<p>!<a href="https://example.org/x" rel="noopener noreferrer">x</a></p>\n'),
        ("[x](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">x</a></p>\n'),
        ('<b onclick="x">fett</b>', '<p>&lt;b onclick="x"&gt;fett&lt;/b&gt;</p>\n'),
    ],
)  # fmt: skip
def test_markdown_lets_nothing_dangerous_through(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_markdown_of_nothing_is_empty() -> None:
    assert (markdown(None), markdown_inline("")) == ("", "")


def test_inline_markdown_has_no_paragraph() -> None:
    assert markdown_inline("**eins**\nzwei") == "<strong>eins</strong> zwei"
