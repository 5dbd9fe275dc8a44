"""What a checkout knows of its minutes."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from facilitator.store import git
from facilitator.store.git import GitError
from tests.calls import MINUTES, Checkout

LATER = MINUTES + b"- Release on Friday\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout.make(tmp_path / "checkout")
    made.commit("Ada Brandt", MINUTES)
    made.commit("Priya Nair", LATER)
    return made


def test_the_history_is_told_newest_first(checkout: Checkout) -> None:
    newest, oldest = git.history(checkout.path, 10)
    assert [(one.author, one.content) for one in (newest, oldest)] == [
        ("Priya Nair", LATER),
        ("Ada Brandt", MINUTES),
    ]
    assert newest.parents == (oldest.id,)
    assert oldest.parents == ()
    assert newest.subject == "Update the minutes"
    assert git.history(checkout.path, 1) == (newest,)


def test_only_commits_of_these_minutes_are_told(checkout: Checkout) -> None:
    other = Checkout(checkout.path.with_name("other.md"))
    other.commit("Ingrid Solheim", b"# Other\n")
    assert [one.author for one in git.history(checkout.path, 10)] == ["Priya Nair", "Ada Brandt"]


def test_a_commit_that_removed_the_minutes_has_none(checkout: Checkout) -> None:
    checkout.git("rm", "-q", checkout.path.name)
    checkout.git("commit", "-q", "-m", "Away", author="Tomas Rey")
    assert git.history(checkout.path, 1)[0].content is None


@pytest.mark.parametrize("name", ["--output=x.md", ":(glob)*.md", "*.md", "a b\t\\n.md", "é.md"])
def test_a_name_is_a_name_whatever_it_looks_like(tmp_path: Path, name: str) -> None:
    checkout = Checkout.make(tmp_path / "checkout")
    (checkout.path.parent / "plain.md").write_bytes(b"plain\n")
    (checkout.path.parent / name).write_bytes(MINUTES)
    checkout.git("add", "-A")
    checkout.git("commit", "-q", "-m", "All")
    (checkout.path.parent / "plain.md").write_bytes(b"plainer\n")
    checkout.git("commit", "-q", "-a", "-m", "Plain")
    assert [one.content for one in git.history(checkout.path.parent / name, 10)] == [MINUTES]
    assert not (checkout.path.parent / "x.md").exists()


def test_a_name_with_a_line_feed_is_refused(tmp_path: Path) -> None:
    checkout = Checkout.make(tmp_path / "checkout")
    made = Checkout(checkout.path.with_name("a\nHEAD.md"))
    made.path.write_bytes(MINUTES)
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "All")
    with pytest.raises(GitError, match="line feed"):
        git.history(made.path, 10)


def test_minutes_in_a_directory_of_the_checkout_and_behind_a_link_are_found(checkout: Checkout) -> None:
    directory = checkout.path.parent / "2024"
    directory.mkdir()
    path = directory / "minutes.md"
    path.write_bytes(MINUTES)
    checkout.git("add", "-A")
    checkout.git("commit", "-q", "-m", "Move")
    link = checkout.path.parent.parent / "link.md"
    link.symlink_to(path)
    for one in (path, link):
        assert [commit.content for commit in git.history(one, 10)] == [MINUTES]
        assert git.head(one) == b"ref: refs/heads/main"


def test_where_there_is_no_checkout_there_is_no_history(tmp_path: Path) -> None:
    assert git.history(tmp_path / "minutes.md", 10) == ()
    assert git.head(tmp_path / "minutes.md") == b""


def test_a_checkout_without_commits_has_no_history(tmp_path: Path) -> None:
    checkout = Checkout.make(tmp_path / "checkout")
    checkout.path.write_bytes(MINUTES)
    assert git.history(checkout.path, 10) == ()


def test_what_is_checked_out_is_a_branch_or_a_commit(checkout: Checkout, tmp_path: Path) -> None:
    assert git.head(checkout.path) == b"ref: refs/heads/main"
    made = checkout.git("rev-parse", "HEAD")
    checkout.git("worktree", "add", "-q", "--detach", str(tmp_path / "another"))
    assert git.head(tmp_path / "another" / checkout.path.name).decode() == made


def test_nothing_that_the_repository_says_is_run(checkout: Checkout, tmp_path: Path) -> None:
    """Not its monitor, not its hooks, not a program that is to check signatures or convert a text."""
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "post-checkout", "reference-transaction"):
        (hooks / hook).symlink_to(program)
    for name, value in {
        "core.fsmonitor": str(program),
        "core.hooksPath": str(hooks),
        "core.pager": str(program),
        "log.showSignature": "true",
        "gpg.program": str(program),
        "diff.odd.textconv": str(program),
        "diff.external": str(program),
        "filter.odd.smudge": str(program),
    }.items():
        checkout.git("config", name, value)
    (checkout.path.parent / ".gitattributes").write_text("*.md diff=odd filter=odd\n")
    assert len(git.history(checkout.path, 10)) == 2
    assert git.merge_base(checkout.path, ["HEAD", "HEAD~1"]) == git.history(checkout.path, 2)[1].id
    assert not ran.exists()


def test_the_environment_names_no_other_repository(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert len(git.history(checkout.path, 10)) == 2


def test_a_git_that_never_answers_is_given_up(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def never(command: tuple[str, ...], **options: Any) -> Any:
        asked.append(options)
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(GitError, match="took longer than 2 seconds"):
        git.contents(checkout.path, ["HEAD"], 2)
    assert asked[0]["timeout"] == 2
    assert asked[0]["env"]["GIT_TERMINAL_PROMPT"] == "0"
    assert asked[0]["env"]["GIT_OPTIONAL_LOCKS"] == "0"


def test_where_there_is_no_git_that_is_said(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(GitError, match="git cannot be run: "):
        git.contents(checkout.path, ["HEAD"])


def test_what_git_says_is_passed_on_in_a_line(checkout: Checkout) -> None:
    (checkout.path.parent / ".git" / "config").write_bytes(b"[broken\n")
    with pytest.raises(GitError, match="bad config"):
        git.history(checkout.path, 10)


def test_lines_of_history_that_have_nothing_in_common_have_no_base(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "--orphan", "apart")
    checkout.commit("Tomas Rey", b"# Apart\n")
    assert git.merge_base(checkout.path, ["main", "apart"]) == ""
