import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.layout import lay_out
from facilitator.core.links import openable
from facilitator.core.render import LIMIT, as_written, html, render
from facilitator.core.runs import Line, Link, Page, Run, Table

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def rows(page: Page) -> list[str]:
    """Give each line as it would stand on a wide page; a table's cells are parted by bars."""
    out: list[str] = []
    for line in page.lines:
        lead = "".join(run.text for run in line.lead)
        if isinstance(line, Table):
            out += [lead + "|".join("".join(run.text for run in cell) for cell in row) for row in line.rows]
        else:
            out.append(lead + "".join(run.text for run in line.runs))
    return out


def runs(markdown: str) -> tuple[Run, ...]:
    """Give the runs of the only line."""
    (line,) = render(markdown).lines
    assert isinstance(line, Line)
    return line.runs


def test_an_update_reads_as_its_lead_meant_it() -> None:
    page = render("""\
#### `router`
- shipped **2.0**
  - with *care*
    - and tests
1. first
2. second

Thanks to all.
""")
    assert rows(page) == [
        "router",
        "• shipped 2.0",
        "  ◦ with care",
        "    ▪ and tests",
        "1. first",
        "2. second",
        "",
        "Thanks to all.",
    ]


def test_each_style_has_its_name() -> None:
    assert runs("a **b** *c* ~~d~~ `e`") == (
        Run("a "),
        Run("b", ("strong",)),
        Run(" "),
        Run("c", ("emphasis",)),
        Run(" "),
        Run("d", ("strike",)),
        Run(" "),
        Run("e", ("code",)),
    )


def test_styles_nest_from_the_outside_in() -> None:
    assert runs("**a `b`**") == (Run("a ", ("strong",)), Run("b", ("strong", "code")))
    assert runs("# a *b*") == (Run("a ", ("heading",)), Run("b", ("heading", "emphasis")))


@pytest.mark.parametrize(
    "text", ["[EM]", "[x]", "[/ipfs/x]", "[link](url)", "[EM]: yes", "[a][b]", "1 < 2 & 3"]
)
def test_brackets_are_shown_as_written(text: str) -> None:
    assert rows(render(text)) == [text]
    assert rows(render(f"- {text}")) == [f"• {text}"]


def test_a_definition_is_shown_and_still_defines() -> None:
    page = render("see [the notes][n], [EM] agrees\n\n[n]: https://example.org/n\n[EM]: yes\n")
    assert rows(page) == ["see the notes, [EM] agrees", "", "[n]: https://example.org/n", "[EM]: yes"]
    assert page.links == (Link("the notes", "https://example.org/n"),)


def test_a_definition_inside_a_paragraph_is_part_of_it() -> None:
    assert rows(render("some text\n[n]: https://example.org\n")) == ["some text [n]: https://example.org"]


def test_links_can_be_reached_each_once() -> None:
    page = render(
        "[a](https://a.example/x) <https://b.example> c@d.example https://a.example/x. <c@d.example>"
    )
    assert page.links == (
        Link("a", "https://a.example/x"),
        Link("https://b.example", "https://b.example"),
        Link("c@d.example", "mailto:c@d.example"),
    )
    assert rows(page) == ["a https://b.example c@d.example https://a.example/x. c@d.example"]


def test_a_link_that_poses_as_another_shows_its_host() -> None:
    assert rows(render("[https://bank.example](https://evil.example/x)")) == [
        "https://bank.example (evil.example)"
    ]
    assert rows(render("[www.bank.example](https://bank.example/x)")) == ["www.bank.example"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://",
        "https:///path",
        "https://bank.example@evil.example",
        "https://bank.example\\@evil.example",
        "https://a.example/ x",
        "https://a.example/\x1b",
        "https://a.example/\u202e",
        "mailto:nobody",
        "mailto:a@b.example?attach=/etc/passwd",
        "docs/readme.md",
        "//a.example",
    ],
)
def test_what_must_not_be_opened_is_no_link(url: str) -> None:
    assert not openable(url)
    assert render(f"[x](<{url}>)").links == () or openable(render(f"[x](<{url}>)").links[0].url)
    assert f'href="{url}' not in html(f"[x]({url}) <{url}>")


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example:8443/p?q#f", "mailto:a@b.example"])
def test_what_may_be_opened(url: str) -> None:
    assert openable(url)
    assert render(f"[x]({url})").links == (Link("x", url),)


def test_boxes() -> None:
    page = render("- [ ] open\n- [x] done\n- [X] done too\n1. [ ] first\n- [x]\n- [y] no box\n")
    assert rows(page) == ["☐ open", "☑ done", "☑ done too", "1. ☐ first", "• [x]", "• [y] no box"]
    assert page.lines[0].lead[-1].style == ("task",)
    assert page.lines[1].lead[-1].style == ("done",)


def test_code_is_verbatim() -> None:
    page = render("text:\n```\n# New  Features\n\n  - [x] & <b>\n```\n")
    assert rows(page) == ["text:", "  # New  Features", "  ", "    - [x] & <b>"]
    assert all(isinstance(line, Line) and line.verbatim for line in page.lines[1:])


def test_words_after_a_fence_are_kept_and_the_name_of_a_language_is_not() -> None:
    assert rows(render("```python\nx = 1\n```")) == ["  x = 1"]
    assert rows(render("``` as Lee said\nx\n```")) == ["as Lee said", "  x"]


def test_html_is_shown_as_written() -> None:
    page = render("<!-- for\nlater -->\n\nan <b>inline</b> one")
    assert rows(page) == ["<!-- for", "later -->", "", "an <b>inline</b> one"]
    assert page.lines[0] == Line((Run("<!-- for", ("html",)),), verbatim=True)


def test_quotes_keep_their_bar_on_every_row() -> None:
    page = render("> said\n>\n> - a\n")
    assert rows(page) == ["│ said", "│ ", "│ • a"]
    assert [run.text for run in page.lines[0].hang] == ["│ "]
    assert [run.text for run in page.lines[2].hang] == ["│ ", "  "]


def test_tables_keep_their_cells() -> None:
    (table,) = render("| who | `when` |\n|:-:|--:|\n| Lee | *now* |\n").lines
    assert isinstance(table, Table)
    assert table.align == ("center", "right")
    assert table.rows[1] == ((Run("Lee"),), (Run("now", ("emphasis",)),))
    assert rows(render("- list\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n")) == [
        "• list",
        "  ",
        "  a|b",
        "  1|2",
    ]


def test_breaks_rules_images_and_references() -> None:
    assert rows(render("soft\nbreak  \nhard\\\nbreak")) == ["soft break", "hard", "break"]
    assert rows(render("---")) == ["────────"]
    page = render("![a *b*](https://i.example/x.png) ![](x.png)")
    assert rows(page) == ["[image: a b] [image](x.png)"]
    assert page.links == (Link("a b", "https://i.example/x.png"),)
    assert rows(render("R&amp;D &#65; \\&amp; `&amp;` &copy &bogus;")) == ["R&D A &amp; &amp; &copy &bogus;"]


def test_a_topic_is_rendered_from_its_marker_on() -> None:
    topic = "    - [EM] Roadmap?\n      more of it\n      - agreed\n\tnot deeper\n"
    assert rows(render(topic, topic=True)) == ["• [EM] Roadmap? more of it", "  ◦ agreed not deeper"]


def test_line_ends_and_marks_of_byte_order_make_no_difference() -> None:
    assert render(b"\xef\xbb\xbf- a\r\n- b\rtext") == render("- a\n- b\ntext\n")
    assert rows(render(b"not utf-8: \xff")) == ["not utf-8: \ufffd"]
    assert rows(render("undecodable: \udcff <https://a.example/\udcff>")) == [
        "undecodable: \ufffd https://a.example/\ufffd"
    ]


def test_blank_lines_part_what_the_source_parts() -> None:
    assert rows(render("a\n\n\n\nb\n# h\n\nc\n- d\n\n- e\n\nf")) == [
        "a",
        "",
        "b",
        "",
        "h",
        "c",
        "• d",
        "• e",
        "",
        "f",
    ]
    assert render("") == render("\n \n\n") == Page()


def test_what_is_too_large_is_shown_as_written() -> None:
    text = "- *a*\n" * (LIMIT // 6 + 1)
    assert render(text) == as_written(text)
    assert rows(as_written("- *a*\n\n\tb\n")) == ["- *a*", "", "\tb"]
    assert as_written("") == Page()


@pytest.mark.parametrize(
    "text",
    [
        "> " * 10_000 + "a",
        "- " * 10_000 + "a",
        "[" * 20_000,
        "![" * 10_000 + "](a)" * 10_000,
        "> a\n- b\n" * 2_000,
        "".join(" " * depth + "- a\n" for depth in range(300)),
        "# a" + " " * 50_000 + "b",
        "*a_ " * 10_000,
        "`" * 300 + "a " * 10_000,
        "<a " * 10_000,
        "a" * 49_000,
        "| a " * 5_000 + "|\n" + "|-" * 5_000 + "|\n",
        "[a]: b\n" * 5_000,
        "- [a]: b\n\n[c]: d\n\n" * 3_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_shapes_that_hang_or_overflow_parsers_are_rendered(text: str) -> None:
    assert render(text).lines
    assert html(text)


PIECES = [
    *("a", "word", "é", "日本", "\n", "\n\n", " ", "    ", "\t", "\r", "\r\n", "\u2028", "\x0b", "\x0c"),
    *("- ", "* ", "1. ", "> ", "# ", "```", "~~~", "---", "===", "|", "|-|", "[x] ", "[a]: ", "\\"),
    *("`", "*", "**", "_", "~~", "[", "![", "]", "(", ")", "<", ">", "<!--", "-->", "</b>", "<div>"),
    *("&amp;", "&#27;", "&#10;", "&#8238;", "https://a.example/", "\x1b", "\u202e", "\udcff", "\0"),
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(MARKDOWN, st.booleans())
def test_any_text_has_a_rendering_in_runs_without_line_ends(text: str, topic: bool) -> None:
    page = render(text, topic=topic)
    for line in page.lines:
        assert sum(len(run.text) for run in line.lead) == sum(len(run.text) for run in line.hang)
        cells = [line.runs] if isinstance(line, Line) else [cell for row in line.rows for cell in row]
        assert all(run.text and "\n" not in run.text for cell in cells for run in cell)
    assert all(openable(link.url) for link in page.links)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN)
def test_html_has_no_tag_but_ours_and_nothing_that_acts(text: str) -> None:
    rendered = html(text)
    assert "<div" not in rendered
    assert "<!--" not in rendered
    assert not {"\x1b", "\u202e", "\0", "\udcff"} & set(rendered)


def test_html_says_what_the_page_says() -> None:
    assert html("- [ ] a\n- [x] **b**") == "<ul>\n<li>☐ a</li>\n<li>☑ <strong>b</strong></li>\n</ul>\n"
    assert html("[a](https://a.example/?b&c)") == '<p><a href="https://a.example/?b&amp;c">a</a></p>\n'
    assert html("[a](javascript:b) <i> <tel:1>") == "<p>[a](javascript:b) &lt;i&gt; tel:1</p>\n"
    assert html("[EM] ![x](y.png)\n\n[EM]: yes") == "<p>[EM] [image: x](y.png)</p>\n<p>[EM]: yes</p>\n"
    assert "(evil.example)" in html("[https://bank.example](https://evil.example)")
    assert html("```` a b\n<\n````") == "<pre><code>&lt;\n</code></pre>\n"
    assert html("[EM]: yes") == "<p>[EM]: yes</p>\n"
    assert html('![<"x">](https://a.example)') == (
        '<p><a href="https://a.example">[image: &lt;&quot;x&quot;&gt;]</a></p>\n'
    )


def test_no_tokens_make_an_empty_page() -> None:
    assert lay_out([]) == Page()


@pytest.mark.skipif(not CORPUS.exists(), reason="needs real minutes")
def test_every_word_of_real_minutes_is_on_the_page() -> None:
    for path in sorted((CORPUS / "files").rglob("*.md")):
        source = path.read_bytes()
        page = render(source)
        shown = "\n".join([*rows(page), *(unquote(link.url) for link in page.links)])
        written = unquote(source.decode("utf-8", "replace"))
        written = re.sub(r"(?m)^ *```\w+$", "", re.sub(r' "[^"]*"\)', "", written))  # links' titles
        missing = {word for word in re.findall(r"\w+", written) if word.strip("_") not in shown}
        assert not missing, path
