"""The commands around the record, as a chair runs them: take, digest, actions, check."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from facilitator.cli import main
from facilitator.commands import DONE, REFUSED, WRONG_USE
from facilitator.core import blocks
from facilitator.core.block import Block
from tests.chairing import AGENDA, MINUTES

NAME = "2024-06-04-council.md"


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "calls"
    directory.mkdir()
    (directory / "council.yaml").write_text(AGENDA)
    (directory / NAME).write_text(MINUTES)
    (directory / "script.txt").write_text("Welcome\nTopic: Beacon\nACTION: AB to call\n")
    monkeypatch.chdir(directory)
    return directory


class TestTake:
    def test_a_script_is_recorded(self, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["take", NAME, "script.txt", "--agenda", "council.yaml"]) == DONE
        text = (directory / NAME).read_text()
        assert "\n- Welcome\n" in text
        assert "\n- [ ] **Action:** Ada Brandt: call (due 2024-06-18)\n" in text
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err == f"2 recorded in {NAME}\n"

    def test_a_doubt_about_a_line_is_a_note(
        self, directory: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (directory / "script.txt").write_text("ACTION: Zed to call\n")
        assert main(["take", NAME, "script.txt"]) == DONE
        assert capsys.readouterr().err == (
            f"script.txt:1: note: not in the roster: Zed\n1 recorded in {NAME}\n"
        )

    @pytest.mark.parametrize("script", [[], ["-"]])
    def test_standard_input_is_a_script(
        self, directory: Path, monkeypatch: pytest.MonkeyPatch, script: list[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\ufeffcafé\r\n".encode())))
        assert main(["take", NAME, *script]) == DONE
        assert "\n- café\n" in (directory / NAME).read_text()

    def test_each_line_that_could_not_be_placed_is_named(
        self, directory: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (directory / "script.txt").write_text(
            "Topic: Nowhere\x1b[2J\nnote\n/approve\nTopic: Beacon\n/approve\n"
        )
        assert main(["take", NAME, "script.txt"]) == REFUSED
        *lines, last = capsys.readouterr().err.splitlines()
        assert last == f"0 recorded in {NAME}"
        assert [line.split(" ")[0] for line in lines] == [f"script.txt:{number}:" for number in (1, 2, 3, 5)]
        assert not any("\x1b" in line for line in lines)
        assert (directory / NAME).read_text() == MINUTES

    @pytest.mark.parametrize(
        "arguments", [["nowhere.md", "script.txt"], [NAME, "no.txt"], [NAME, "x", "y"], []]
    )
    def test_wrong_use_is_one_line(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["take", *arguments]) == WRONG_USE
        assert capsys.readouterr().err.rstrip().splitlines()[-1]

    def test_minutes_that_cannot_be_opened_are_refused(self, directory: Path) -> None:
        (directory / "large.md").write_bytes(b"x\n" * 3_000_000)
        assert main(["take", "large.md", "script.txt"]) == REFUSED
        assert main(["take", ".", "script.txt"]) == REFUSED

    def test_a_thousand_lines_need_no_thousand_looks_at_the_minutes(
        self, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looks = Counter[str]()
        run = blocks.blocks

        def counted(source: bytes, *, top: bool) -> list[Block]:
            looks["at the minutes"] += 1
            return run(source, top=top)

        monkeypatch.setattr(blocks, "blocks", counted)
        (directory / "script.txt").write_text("".join(f"note {number}\n" for number in range(1_000)))
        assert main(["take", NAME, "script.txt"]) == DONE
        assert (directory / NAME).read_text().count("- note ") == 1_000
        assert 0 < looks.total() < 50


def test_a_digest_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    main(["take", NAME, "script.txt"])
    capsys.readouterr()
    assert main(["digest", NAME, "--format", "text"]) == DONE
    assert capsys.readouterr().out == ("Harbor Council 2024-06-04\n\nAction items\n  ☐ AB: call — Beacon\n")
    assert main(["digest", NAME, "--format", "json"]) == DONE
    assert json.loads(capsys.readouterr().out)["date"] == "2024-06-04"
    assert main(["digest", "nowhere.md"]) == WRONG_USE
    assert main(["digest", NAME, "--format", "pdf"]) == WRONG_USE


def test_a_language_that_cannot_write_a_box_gets_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    main(["take", NAME, "script.txt"])
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii", write_through=True))
    assert main(["digest", NAME]) == DONE
    assert b"- ? AB: call" in written.getvalue()


class TestActions:
    def test_they_are_found_below_the_current_directory(
        self, directory: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (directory / "2023").mkdir()
        (directory / "2023" / "2023-12-05-council.md").write_text(
            "- [ ] **Action:** Tomas Rey: oil (due 2024-01-02)\n"
        )
        (directory / "README.md").write_text("- TODO: write this\n")
        (directory / ".git").mkdir()
        (directory / ".git" / "2023-01-01.md").write_text("- TODO: hidden\n")
        (directory / NAME).write_text("- [x] **Action:** Ada Brandt: call\n- AI: Ada Brandt: write\n")
        assert main(["actions"]) == DONE
        assert capsys.readouterr().out == (
            "2023/2023-12-05-council.md:1: ☐ Tomas Rey: oil (due 2024-01-02)\n"
            f"{NAME}:2: ☐ Ada Brandt: write\n"
        )
        assert main(["actions", NAME, "--owner", "ada", "--all", "--json"]) == DONE
        rows = json.loads(capsys.readouterr().out)
        assert [(row["line"], row["done"], row["date"]) for row in rows] == [
            (1, True, "2024-06-04"),
            (2, False, "2024-06-04"),
        ]

    def test_what_cannot_be_read_is_told_and_the_rest_is_shown(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["take", NAME, "script.txt"])
        capsys.readouterr()
        assert main(["actions", "nowhere.md", NAME]) == REFUSED
        told = capsys.readouterr()
        assert told.out.count("\n") == 1
        assert told.err.startswith("nowhere.md: ")


class TestCheck:
    def test_minutes_and_agendas_are_checked_together(
        self, directory: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (directory / NAME).write_text(
            MINUTES + "\n## Attendees\n\n- Tomas Rey\n\n## Rest\n\n- AI: Ada Brandt: call (due 2024-06-18)\n"
        )
        assert main(["check", NAME, "council.yaml"]) == DONE
        assert main(["check", NAME]) == REFUSED
        assert (
            capsys.readouterr().out
            == f"{NAME}:32: nobody here is called Ada Brandt, write the name in full\n"
        )

    @pytest.mark.parametrize(
        ("agenda", "told"),
        [
            ("", False),
            ("record: {attendance: false}\n", False),
            ("record: {attendance: true}\n", True),
            (None, True),
        ],
    )
    @pytest.mark.parametrize("beside", [(), ("council.yaml",)])
    def test_who_was_there_is_asked_for_where_the_agenda_does_and_where_there_is_none(
        self,
        directory: Path,
        capsys: pytest.CaptureFixture[str],
        agenda: str | None,
        told: bool,
        beside: tuple[str, ...],
    ) -> None:
        for place in ("council.yaml", "agendas/council.yaml") if agenda is not None else ():
            (directory / place).parent.mkdir(exist_ok=True)
            (directory / place).write_text(AGENDA + (agenda or ""))
        (directory / NAME).write_text(MINUTES + "\n- **Decision:** go\n")
        assert main(["check", NAME, *(beside if agenda is not None else ())]) == (REFUSED if told else DONE)
        assert ("nobody is listed as present" in capsys.readouterr().out) is told

    def test_minutes_that_are_not_there_are_a_finding(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "nowhere.md"]) == REFUSED
        assert capsys.readouterr().out.startswith("nowhere.md: there is no such file")

    @pytest.mark.parametrize("command", ["check", "digest", "actions", "clobbers"])
    def test_a_name_that_was_mistyped_is_told_with_the_one_that_is_near(
        self, command: str, directory: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([command, "2024-06-04-concil.md"]) != DONE
        said = "".join(capsys.readouterr()).strip()
        meant = f"did you mean {NAME}?"
        assert said == f"2024-06-04-concil.md: there is no such file, {meant}"
        assert main([command, "x.md"]) != DONE
        said = "".join(capsys.readouterr()).strip()
        assert said == "x.md: there is no such file, name minutes (.md) that are there"
