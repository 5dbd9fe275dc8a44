import stat
from pathlib import Path

import pytest

from facilitator.system.editor import Draft, EditorError, argv, draft, find


def place(directory: Path, *names: str) -> dict[str, str]:
    """Give an environment whose PATH holds just these programs."""
    for name in names:
        path = directory / name
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    return {"PATH": str(directory)}


def test_visual_comes_before_editor_before_what_is_there(tmp_path: Path) -> None:
    here = place(tmp_path, "emacs", "vim", "nano", "vi")
    assert find({**here, "VISUAL": "emacs -nw", "EDITOR": "vim"}) == ("emacs", "-nw")
    assert find({**here, "VISUAL": " ", "EDITOR": "vim"}) == ("vim",)
    assert find(here) == ("nano",)


def test_quotes_are_read_and_nothing_else_of_a_shell(tmp_path: Path) -> None:
    here = place(tmp_path, "my editor")
    assert find({**here, "EDITOR": "'my editor' --wait; $(rm) *"}) == ("my editor", "--wait;", "$(rm)", "*")


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({}, "no editor found: set VISUAL or EDITOR to one"),
        ({"EDITOR": "vim 'x"}, "$EDITOR is not a command (No closing quotation): vim 'x"),
        ({"VISUAL": "gone -w"}, "$VISUAL names no program that is here: gone -w"),
        ({"VISUAL": "''"}, "$VISUAL names no program that is here: ''"),
    ],
)
def test_no_editor_is_one_clear_line(tmp_path: Path, variables: dict[str, str], message: str) -> None:
    with pytest.raises(EditorError) as error:
        find({"PATH": str(tmp_path), **variables})
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        (("vi",), ["vi", "+7"]),
        (("/opt/vim.basic", "-n"), ["/opt/vim.basic", "-n", "+7"]),
        (("emacs29-nox",), ["emacs29-nox", "+7"]),
        (("code", "--wait"), ["code", "--wait"]),
    ],
)
def test_it_opens_at_a_line_where_it_can(editor: tuple[str, ...], words: list[str]) -> None:
    assert argv(editor, Path("/d/item.md"), 7) == [*words, "/d/item.md"]
    assert argv(editor, Path("/d/item.md")) == [*editor, "/d/item.md"]


def test_a_link_to_an_editor_goes_by_its_target(tmp_path: Path) -> None:
    place(tmp_path, "nano")
    (tmp_path / "editor").symlink_to(tmp_path / "nano")
    assert argv((str(tmp_path / "editor"),), Path("/d/item.md"), 2)[1] == "+2"


def test_a_path_is_never_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert argv(("code",), Path("-x.md"))[-1] == str(tmp_path / "-x.md")


def test_a_draft_is_private_exact_and_gone_afterwards() -> None:
    text = b"- a\r\n\xff\0 no final line end"
    with draft(text) as kept:
        assert kept.path.suffix == ".md"
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
        assert kept.read() == text
        kept.path.with_name(".item.md.swp").write_text("left by an editor")
        kept.path.write_bytes(b"edited")
        assert kept.read() == b"edited"
    assert not kept.path.parent.exists()


def test_a_draft_goes_when_the_block_fails() -> None:
    seen: list[Draft] = []

    def fail() -> None:
        with draft(b"") as kept:
            seen.append(kept)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not seen[0].path.parent.exists()


def test_a_draft_that_an_editor_removed_reads_as_none() -> None:
    with draft(b"text") as kept:
        kept.path.unlink()
        assert kept.read() is None
