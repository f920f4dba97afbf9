"""Markdown that people wrote, as HTML that is safe to show."""

from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FIRST_HEADING: Final = 3
LAST_HEADING: Final = 6
TAGS: Final = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SCHEMES: Final = {"http", "https", "mailto"}

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable("image")


def _below_page_headings(tokens: list[Token]) -> list[Token]:
    """Move headings under those of the page: ``#`` becomes h3."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1]) + FIRST_HEADING - 1
            token.tag = f"h{min(level, LAST_HEADING)}"
    return tokens


def _clean(html: str) -> Markup:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned one line above


def markdown(text: str | None) -> Markup:
    """Return ``text`` as HTML: no raw HTML, no images, links only to http, https and mailto."""
    tokens = _below_page_headings(_parser.parse(text or ""))
    return _clean(_parser.renderer.render(tokens, _parser.options, {}))


def markdown_inline(text: str | None) -> Markup:
    """Return one line of ``text`` as HTML without paragraphs, for titles and chips."""
    return _clean(_parser.renderInline((text or "").replace("\n", " ")))
