import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content
from textual.theme import Theme
from textual.widgets import Static

from facilitator.core.render import as_written, render
from facilitator.core.runs import Line, Run, Style, Table
from facilitator.tui import text, theme

TUI = Path(text.__file__).parent
NASTY = "ab \t日⚠️👩‍💻\x1b\u202e\u0301[]"
ANY = st.text(
    st.one_of(st.characters(exclude_categories=[], exclude_characters="\n"), st.sampled_from(NASTY))
)


def plain(rows: list[Content]) -> list[str]:
    return [row.plain for row in rows]


@pytest.mark.parametrize(
    "written", ["[EM]", "[/]", "[x]", "[link](url)", "[@click=app.quit]x[/]", "[b]x", "$text", "\\["]
)
def test_people_write_no_markup(written: str) -> None:
    assert text.literal(written).plain == written
    assert text.literal(written).spans == []
    assert text.editable(written).plain == written
    assert plain(text.content([Line((Run(written),))], 40)) == [written]


def test_an_escape_sequence_becomes_marks() -> None:
    sequence = "\x1b]52;c;cm0gLXJm\x07"
    for shown in (text.literal(sequence).plain, text.clip(sequence, 40), text.editable(sequence).plain):
        assert shown == "␛]52;c;cm0gLXJm␇"
    assert plain(text.content(render(sequence).lines, 40)) == ["␛]52;c;cm0gLXJm␇"]
    assert plain(text.content(render("&#8238;txt").lines, 40)) == ["·txt"]


def test_an_editor_has_a_character_for_each_of_the_line() -> None:
    assert text.editable("a\x1b\u200b\udcff⚠️").plain == "a␛·�⚠️"


@pytest.mark.parametrize(
    ("written", "width", "shown"),
    [
        ("Release Integration", 19, "Release Integration"),
        ("Release Integration", 18, "Release Integrati…"),
        ("Release Integration", 9, "Release…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("two\nlines", 20, "two lines"),
        ("a", 0, ""),
        ("ab", 1, "…"),
        ("", 3, ""),
    ],
)
def test_clip(written: str, width: int, shown: str) -> None:
    assert text.clip(written, width) == shown


def test_pad() -> None:
    assert text.pad("日本", 6) == "日本  "
    assert text.pad("1:40", 6, "right") == "  1:40"
    assert text.pad("日本語", 4) == "日… "


@settings(max_examples=300, deadline=None)
@given(ANY, st.integers(0, 12))
def test_what_is_padded_is_as_wide_as_asked(written: str, width: int) -> None:
    assert cell_len(text.clip(written, width)) <= width
    assert cell_len(text.pad(written, width)) == width
    assert text.literal(text.clip(written, width)).plain == text.clip(written, width)


def test_rows_hang_below_their_bullet() -> None:
    page = render("- one two three\n  - four five six\n\n> seven eight nine\n")
    assert plain(text.content(page.lines, 14)) == [
        "• one two",
        "  three",
        "  ◦ four five",
        "    six",
        "",
        "│ seven eight",
        "│ nine",
    ]


def test_code_goes_on_below_its_indent_and_keeps_its_spaces() -> None:
    page = render("```\n\tif x:  return  1234\n```\n")
    assert plain(text.content(page.lines, 20)) == ["      if x:  return", "      1234"]


def test_a_source_is_parted_between_words_and_inside_one_only_where_it_is_wider_than_all() -> None:
    source = as_written(
        "- upgrade before release week\n  - see https://example.org/812\n- 日本語 日本語 日本語\n"
    )
    assert plain(text.content(source.lines, 16)) == [
        "- upgrade before",
        "release week",
        "  - see",
        "  https://exampl",
        "  e.org/812",
        "- 日本語 日本語",
        "日本語",
    ]


def test_an_indent_too_deep_for_a_word_gives_way() -> None:
    source = as_written(" " * 12 + "one two three-four\n")
    assert plain(text.content(source.lines, 14)) == ["    one two", "    three-four"]
    assert plain(text.content(as_written(" a日").lines, 2)) == ["a", "日"]


def test_marks_that_join_a_letter_cut_nothing_off() -> None:
    words = " ".join(["cafe\u0301"] * 6)
    rows = plain(text.content(as_written(words).lines, 10))
    assert " ".join(rows) == words


def test_deep_lists_leave_half_of_the_row_to_the_text() -> None:
    page = render("".join("  " * depth + "- a b c d e f\n" for depth in range(12)))
    rows = plain(text.content(page.lines, 20))
    assert rows[-2:] == [" " * 10 + "a b c d e", " " * 10 + "f"]


def test_a_table_is_aligned() -> None:
    page = render("| who | time |\n|---|--:|\n| Lee | 1:05 |\n| 日本語 | 10:00 |\n")
    assert plain(text.content(page.lines, 40)) == ["who      time", "Lee      1:05", "日本語  10:00"]


def test_a_table_too_wide_wraps_its_widest_column() -> None:
    page = render("| who | what |\n|---|---|\n| Lee | a long story of a release |\n")
    assert plain(text.content(page.lines, 20)) == [
        "who  what",
        "Lee  a long story of",
        "     a release",
    ]


def test_a_table_of_too_many_columns_becomes_text() -> None:
    page = render("|abcd|efgh|ijkl|mnop|\n|-|-|-|-|\n|1|2|3|4|\n")
    assert plain(text.content(page.lines, 12)) == ["abcd  efgh", "ijkl  mnop", "1  2  3  4"]


STYLES = st.lists(st.sampled_from(get_args(Style)), max_size=2).map(tuple)
RUNS = st.lists(st.builds(Run, ANY, STYLES), max_size=3).map(tuple)
LEADS = st.lists(st.builds(Run, st.text(" •│日1."), STYLES), max_size=3).map(tuple)
ROWS = st.lists(st.tuples(RUNS, RUNS), min_size=1, max_size=3).map(tuple)
LINES = st.lists(
    st.one_of(
        st.builds(Line, RUNS, LEADS, LEADS, st.booleans()),
        st.builds(Table, ROWS, st.just(("left", "right")), LEADS, LEADS),
    ),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.integers(2, 30))
def test_no_row_is_wider_than_asked_and_none_holds_a_line_end(lines: list[Line | Table], width: int) -> None:
    rows = text.content(lines, width)
    assert len(rows) >= len(lines)
    for row in rows:
        assert row.cell_length <= width
        assert cell_len(row.plain) <= width
        assert not {"\n", "\t", "\x1b"} & set(row.plain)


@settings(max_examples=200, deadline=None)
@given(st.text("ab 日", max_size=60), st.integers(2, 12), st.booleans())
def test_wrapping_loses_nothing_but_spaces(written: str, width: int, verbatim: bool) -> None:
    rows = plain(text.content([Line((Run(written),), verbatim=verbatim)], width))
    assert "".join(rows).replace(" ", "") == written.replace(" ", "")


def test_every_style_has_a_look() -> None:
    assert set(text.STYLES) == set(get_args(Style))


class Screen(App[None]):
    """Draws a line in every style."""

    def compose(self) -> ComposeResult:
        lines = [Line((Run(name, (name,)),)) for name in text.STYLES]
        yield Static(Content("\n").join(text.content(lines, 20)))


@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT], ids=lambda colours: colours.name)
async def test_every_look_is_one_that_textual_draws(colours: Theme) -> None:
    app = Screen()
    app.register_theme(colours)
    app.theme = colours.name
    async with app.run_test(size=(20, 20)):
        styles = {name: app.stylesheet.parse_style(look) for name, look in text.STYLES.items()}
        frame = app.export_screenshot(simplify=True)
    assert all(styles.values())
    assert not any(style.foreground and style.foreground.auto for style in styles.values())
    assert all(name in frame for name in text.STYLES)


FORBIDDEN = re.compile(
    r"from_markup|from_rich_text|from_text|to_content|visualize\(|append_markup"
    r"|markup\s*=\s*True|textual\.markup|rich\.markup|import markup"
)


def sources() -> list[Path]:
    return [path for path in sorted(TUI.rglob("*.py")) if path != Path(text.__file__)]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(TUI)))
def test_nothing_else_reads_markup(path: Path) -> None:
    source = path.read_text()
    assert FORBIDDEN.findall(source) == []
    for call in re.finditer(r"\bnotify\(", source):
        depth, end = 1, call.end()
        while depth and end < len(source):
            depth += {"(": 1, ")": -1}.get(source[end], 0)
            end += 1
        assert "markup=False" in source[call.start() : end], source[call.start() : end]


@pytest.mark.parametrize(
    "way",
    [
        "Content.from_markup(x)",
        "Text.from_markup(x)",
        "Static(x, markup=True)",
        "from textual.markup import x",
    ],
)
def test_the_forbidden_ways_are_seen(way: str) -> None:
    assert FORBIDDEN.search(way)


def test_importing_it_imports_no_app_and_no_parser() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, facilitator.tui.text; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=TUI.parents[1],
    ).stdout.split()
    assert "textual.content" in loaded
    assert not {"textual.app", "textual.widget", "textual.widgets", "mistune", "yaml"} & set(loaded)
