"""Hostile text stays text."""

from __future__ import annotations

import html
import string
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from equity.vocabulary.plain_cells import spreadsheet_cell
from equity.words import escaping

HOSTILE = (
    "**bold** _it_ `code` ~~gone~~",
    "[click](https://evil.example) ![x](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a>",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "$x^2$ :red[danger] :material/lock: :smile:",
    "a | b\n--- | ---",
    '=HYPERLINK("https://evil.example")',
    "&lt;b&gt; &amp; \\*",
    "https://evil.example www.evil.example a@evil.example",
)


def read(markdown: str) -> str:
    """What a reader sees: the text of the rendered Markdown, if it holds nothing but one paragraph of text."""
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    assert rendered.startswith("<p>")
    assert rendered.count("<") == 2, rendered
    return html.unescape(rendered.removeprefix("<p>").removesuffix("</p>\n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_reads_as_it_was_typed(text: str) -> None:
    assert read(escaping.markdown(text)).replace("\u2060", "") == escaping.one_line(text)


@given(st.text(alphabet=string.printable, min_size=1).filter(lambda t: t.strip()))
def test_no_markdown_comes_alive(text: str) -> None:
    assert read(escaping.markdown(text)).replace("\u2060", "") == escaping.one_line(text, 10_000)


@pytest.mark.parametrize("opening", ["https://x.example", "www.x.example", ":smile:", ":red[x]", "me@x.example"])
def test_addresses_and_icons_are_parted_from_their_openings(opening: str) -> None:
    unescaped = escaping.markdown(opening).replace("\\", "")
    assert opening not in unescaped
    assert unescaped.replace("\u2060", "") == opening


def test_html_and_chart_labels_hold_no_tags() -> None:
    assert escaping.html('<b a="1">\'x') == "&lt;b a=&quot;1&quot;&gt;&#x27;x"
    assert escaping.chart("<b>$x$</b> & more") == "&lt;b&gt;&#36;x&#36;&lt;/b&gt; &amp; more"


def test_lines_have_no_control_or_direction_marks_and_an_end() -> None:
    assert escaping.one_line("a\u202eb\x00\n\tc\u200b") == "ab c"
    assert escaping.one_line("می\u200cخواهم") == "می\u200cخواهم"
    assert len(escaping.one_line("x" * 500)) == 120
    assert escaping.one_line("x" * 500).endswith("…")


def test_text_that_is_passed_on_at_a_glance_holds_nothing_to_take_out() -> None:
    looked_at = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs")
    printable = (chr(point) for point in range(sys.maxunicode + 1) if chr(point).isprintable())
    assert {c for c in printable if unicodedata.category(c) in looked_at} == {" "}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_spreadsheets_do_not_take_text_for_formulas(text: str) -> None:
    assert spreadsheet_cell(text) == "'" + text.replace("\r", "\n")
    assert spreadsheet_cell("White") == "White"
