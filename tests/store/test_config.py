"""Settings: what the program has by itself < the file < the environment < the command line."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.cli import main
from facilitator.commands import DONE, REFUSED, WRONG_USE
from facilitator.store import config, config_values, strict_yaml
from facilitator.store.config import DEFAULTS, Settings, load
from facilitator.store.key_names import types
from facilitator.tui.commands import _TITLES, COMMANDS, remapped


@pytest.fixture(name="file")
def _file(settings: Path) -> Path:
    return settings


def told(file: Path, text: str) -> tuple[Settings, list[str]]:
    """Return the settings of a file with this text, and what is said of it."""
    file.write_text(text)
    found, findings = load(COMMANDS)
    return found, [str(finding).removeprefix(f"{file}:") for finding in findings]


def test_without_a_file_nothing_is_set_and_nothing_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from facilitator.store import config; from facilitator.tui.commands import COMMANDS; "
        "loaded = config.load(COMMANDS); assert loaded == (config.DEFAULTS, ()), loaded; "
        "sys.exit('yaml' in sys.modules)"
    )
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=Path(__file__).parents[2], check=False
    )
    assert ran.returncode == 0


def test_the_file_is_where_settings_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITATOR_CONFIG", str(tmp_path / "mine.yaml"))
    assert config.path() == tmp_path / "mine.yaml"
    monkeypatch.delenv("FACILITATOR_CONFIG")
    assert config.path().parts[-2:] == ("facilitator", "config.yaml")


def test_a_file_that_is_named_and_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITATOR_CONFIG", str(tmp_path / "mine.yaml"))
    found, findings = load(COMMANDS)
    assert found == DEFAULTS
    assert [str(one) for one in findings] == [
        f"{tmp_path}/mine.yaml: cannot be read: No such file or directory"
    ]


def test_everything_can_be_set(file: Path) -> None:
    (file.parent / "ding.wav").touch()
    found, said = told(
        file,
        "alerts: [bell, desktop, sound]\nsound: ding.wav\ntitle: false\n"
        'keys:\n  item.next: [f8, "]"]\n  boundary.later: ctrl+x\n  write.record: Ctrl+R\n',
    )
    assert said == []
    keys = {
        "item.next": ("f8", "right_square_bracket"),
        "boundary.later": ("ctrl+x",),
        "write.record": ("ctrl+r",),
    }
    assert found == Settings(("bell", "desktop", "sound"), str(file.parent / "ding.wav"), False, keys)


def test_an_empty_file_sets_nothing(file: Path) -> None:
    assert told(file, "") == (DEFAULTS, [])
    assert told(file, "# nothing yet\n") == (DEFAULTS, [])


def test_later_ones_count_more(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("alerts: bell\ntitle: false\n")
    monkeypatch.setenv("FACILITATOR_ALERTS", "desktop")
    assert load(COMMANDS)[0] == Settings(alerts=("desktop",), title=False)
    assert load(COMMANDS, {"alerts": (), "title": True})[0] == Settings()
    monkeypatch.setenv("FACILITATOR_TITLE", "true")
    monkeypatch.setenv("FACILITATOR_ALERTS", "none")
    assert load(COMMANDS)[0] == Settings()


def test_what_is_wrong_is_told_all_at_once_and_the_rest_counts(file: Path) -> None:
    found, said = told(
        file,
        "alert: bell\n"
        "alerts: [bell, dekstop]\n"
        "title: on\n"
        "sound: nowhere.wav\n"
        "keys:\n"
        "  item.nxt: f8\n"
        "  zzz: f8\n"
        "  item.previous: spacebar\n"
        "  call.leave: ctrl+i\n"
        "  clock.big: []\n"
        "  write.saved: k\n"
        "  change.undo: f9\n",
    )
    assert found == Settings(keys={"change.undo": ("f9",)})
    assert [line.partition(": ")[0] for line in said] == ["1", "2", "3", "4", *"678", "9", "10", "11"]
    assert "'alert' is not known in the settings; did you mean 'alerts'?" in said[0]
    assert "'dekstop' is no alert; did you mean 'desktop'?" in said[1]
    assert "title: it must be true or false, not 'on'" in said[2]
    assert "sound: 'nowhere.wav' is no file" in said[3]
    assert "'item.nxt' is no command; did you mean 'item.next'?" in said[4]
    assert "'zzz' is no command; facilitator keys --ids names them" in said[5]
    assert "item.previous: 'spacebar' is no key" in said[6]
    assert "call.leave: 'ctrl+i' never comes: terminals send tab for it" in said[7]
    assert "clock.big has no key" in said[8]
    assert "write.saved: 'k' is text where this is pressed; choose such as ctrl+x or f8" in said[9]


@pytest.mark.parametrize(
    "text", ["- bell\n", "keys: [n]\n", "alerts: {bell: true}\n", "keys: {a: 1\n", "\xff"]
)
def test_what_is_no_settings_sets_nothing_and_is_one_line(file: Path, text: str) -> None:
    found, said = told(file, text)
    assert found == DEFAULTS
    assert len(said) == 1


def test_a_sound_without_a_file_is_told(file: Path) -> None:
    assert told(file, "alerts: sound\n")[1] == [
        " alerts ask for a sound; add the file to play, as sound: FILE"
    ]


def test_a_wrong_variable_is_told_by_its_name(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITATOR_ALERTS", "bell,bel")
    monkeypatch.setenv("FACILITATOR_TITLE", "no")
    assert told(file, "alerts: desktop\n") == (
        Settings(alerts=("desktop",)),
        [
            "FACILITATOR_ALERTS: 'bel' is no alert; did you mean 'bell'?",
            "FACILITATOR_TITLE: it must be true or false, not 'no'",
        ],
    )


class TestKeys:
    def test_a_key_of_another_command_is_refused(self, file: Path) -> None:
        found, said = told(file, "keys:\n  item.next: [f8, p]\n")
        assert found == DEFAULTS
        assert said == ["2: item.next: 'p' is the key of item.previous; give that one another key, too"]

    def test_two_commands_can_change_places(self, file: Path) -> None:
        found, said = told(file, "keys:\n  item.next: p\n  item.previous: n\n")
        assert said == []
        assert found.keys == {"item.next": ("p",), "item.previous": ("n",)}

    def test_the_same_key_twice_goes_to_the_first(self, file: Path) -> None:
        found, said = told(file, "keys:\n  item.next: f8\n  item.previous: f8\n")
        assert found.keys == {"item.next": ("f8",)}
        assert said == ["3: item.previous: 'f8' is the key of item.next"]

    def test_what_is_refused_takes_its_old_key_back_from_others(self, file: Path) -> None:
        found, said = told(file, "keys:\n  item.previous: n\n  item.next: q\n")
        assert found == DEFAULTS
        assert [line[:2] for line in said] == ["2:", "3:"]

    def test_the_same_key_in_two_places_is_none_of_this(self, file: Path) -> None:
        assert told(file, "keys:\n  item.next: f8\n  follow.down: f8\n")[1] == []

    @given(
        st.dictionaries(
            st.sampled_from([command.id for command in COMMANDS]),
            st.lists(
                st.sampled_from([*"npqtckvu+-", "enter", "escape", "f8", "ctrl+s", "up"]),
                min_size=1,
                max_size=3,
            ),
            max_size=12,
        )
    )
    @settings(max_examples=150, deadline=None)
    def test_whatever_is_wished_a_key_means_one_thing_in_a_place(self, wished: dict[str, list[str]]) -> None:
        text = "keys:\n" + "".join(f"  {name}: {keys}\n" for name, keys in wished.items())
        tree, _ = strict_yaml.read(text.encode())
        assert tree is not None
        found, problems = config_values.read_settings(tree, COMMANDS, Path())
        assert len(found.keys) + len(problems) == len(wished) or not wished
        pressed = Counter((one.place, key) for one in remapped(found.keys) for key in one.keys)
        assert max(pressed.values()) == 1


class TestCommandLine:
    def test_keys_are_printed_as_they_are_set(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file.write_text("keys:\n  item.next: [f8, ctrl+shift+page down]\n  item.nxt: x\n")
        assert main(["keys", "--ids"]) == DONE
        shown = capsys.readouterr()
        assert "item.next        f8, ctrl+shift+pagedown next item\n" in shown.out
        assert shown.err == f"{file}:3: 'item.nxt' is no command; did you mean 'item.next'?\n"

    def test_a_check_tells_all(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file.write_text("title: on\nalerts: bel\n")
        assert main(["check", str(file)]) == REFUSED
        assert len(capsys.readouterr().out.splitlines()) == 2
        file.write_text("title: false\n")
        assert main(["check", str(file)]) == DONE

    def test_a_wrong_flag_is_wrong_use(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["council.yaml", "--alerts", "bell,dekstop"]) == WRONG_USE
        assert "'dekstop' is no alert; did you mean 'desktop'?" in capsys.readouterr().err


def test_where_one_types_no_command_has_a_character() -> None:
    typed = {place for place, title in _TITLES.items() if "typing" in title}
    assert typed <= config_values.TYPED
    for command in COMMANDS:
        assert command.place not in config_values.TYPED or not any(map(types, command.keys)), command.id
