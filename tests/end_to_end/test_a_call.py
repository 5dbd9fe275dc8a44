"""A whole call in a real terminal, from its first key to its last."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.chairing import MINUTES
from tests.end_to_end.conftest import Start
from tests.terminal import SeenTerminal

Entry = tuple[bytes, str]
"""The key that opens the capture line, and what is typed."""

ENTRIES: Mapping[str, Sequence[Entry]] = {
    "Announcements": [(b"i", "Release week starts on Monday")],
    "[AB] No 32-bit builds? [x]": [(b"d", "no 32-bit builds after 4.0")],
    "Summer of code": [(b"i", "ask in [/ipfs/x] first"), (b"i", "[AB] we were late last year")],
    "Beacon": [(b"i", "the flag stays off [link](url)")],
    "Foghorn": [(b"i", "leaves incubation"), (b"a", "publish the figures")],
    "Lantern": [(b"i", "# of users went up"), (b"a", "ingrid to write the guide due 2024-06-10")],
}
"""By the beginning of the item's title."""

WRITTEN = {
    "## Announcements\n\n": "- Release week starts on Monday\n",
    "No 32-bit builds? [x]\n": "  - **Decision:** no 32-bit builds after 4.0\n",
    "[/ipfs/x]\n": "  - ask in [/ipfs/x] first\n  - [AB] we were late last year\n",
    "  - upgrade before release week\n": "- the flag stays off \\[link](url)\n",
    "### Lantern - Ingrid Solheim\n\n": "- \\# of users went up\n"
    "- [ ] **Action:** Ingrid Solheim: write the guide (due 2024-06-10)\n",
    "- First three outside contributors\n": "- leaves incubation\n"
    "- [ ] **Action:** publish the figures (due 2024-06-18)\n",
}
"""What the entries become, by what they stand behind."""


class Keys:
    """Counts the keys that are pressed, beyond the characters of the entries themselves."""

    def __init__(self, terminal: SeenTerminal) -> None:
        self.terminal = terminal
        self.count = 0

    def press(self, *keys: bytes) -> None:
        self.count += len(keys)
        self.terminal.send(b"".join(keys))

    def write(self, key: bytes, text: str) -> None:
        self.press(key)
        self.terminal.send(text.encode())
        self.press(b"\r", b"\x1b")


def chair(terminal: SeenTerminal, entries: Mapping[str, Sequence[Entry]]) -> int:
    """Start, step through every item, write the entries and adjourn; return how many keys that took."""
    keys, left = Keys(terminal), dict(entries)
    terminal.sees("not started")
    keys.press(b" ")
    terminal.sees("pause")
    while True:
        title = _current(terminal)
        for key, typed in left.pop(next((one for one in left if title.startswith(one)), ""), ()):
            keys.write(key, typed)
            terminal.sees("in this call", _heart(typed))
        keys.press(b"n")
        terminal.wait_until(partial(_moved, terminal, title))
        if _current(terminal) == title:
            break
    for quiet, written in left.items():  # those that the roll call would pass in a breath
        keys.press(b"/", *(letter.encode() for letter in quiet.lower()), b"\r")
        terminal.sees(f"│ {quiet}")
        for key, typed in written:
            keys.write(key, typed)
            terminal.sees("in this call", _heart(typed))
    keys.press(b"w")
    terminal.sees("planned  granted   actual", "adjourn")
    keys.press(b"\r")
    assert terminal.ends() == 0
    return keys.count


def _current(terminal: SeenTerminal) -> str:
    """Return the title of the item in view, as far as it is shown."""
    return terminal.screen().splitlines()[2].partition("│ ")[2].split("  ")[0].rstrip("…")


def _moved(terminal: SeenTerminal, title: str) -> bool:
    return _current(terminal) != title or "This is the last item" in terminal.screen()


def _heart(typed: str) -> str:
    """Return what of an entry shows as it was typed, whoever owns it and whenever it is due."""
    return typed.split(" to ", 1)[-1].partition(" due ")[0]


def test_a_call_is_chaired_from_start_to_adjournment(start: Start, minutes: Path) -> None:
    terminal = start()
    terminal.sees("▌Announcements", "[AB] No 32-bit builds? [x]", "Summer of code? [/ipfs/x]")
    keys = chair(terminal, ENTRIES)
    expected = MINUTES
    for before, added in WRITTEN.items():
        expected = expected.replace(before, before + added, 1)
    assert minutes.read_text() == expected
    assert keys <= 60
    assert not terminal.modes() - {7, 25}, "every mode but line wrap and the cursor is off again"
    assert terminal.echoes()
    said = terminal.output.decode().rpartition("\x1b[?1049l")[2]
    assert minutes.name in said
    assert "no 32-bit builds after 4.0" in said


def test_a_real_call_is_chaired_with_few_keys(start: Start, directory: Path, corpus: Path) -> None:
    place = directory / "2018" / "2018-09-04-runtime.md"
    place.parent.mkdir()
    shutil.copyfile(corpus / "files" / "seed" / place.name, place)
    before = place.read_bytes().decode()
    entries: dict[str, list[Entry]] = {
        "Announcements": [(b"i", "CF Summit is next month")],
        "[EM] Runtime PMC roadm": [
            (b"i", "[EM] published by Friday"),
            (b"d", "the roadmap goes to the list first"),
        ],
        "Diego": [(b"i", "# of locks went down"), (b"a", "eric to publish the TLS findings due 2018-09-18")],
        "Release Integration": [(b"i", "cf-deployment 4.0 comes with cflinuxfs3")],
        "CLI": [(b"i", "v6.39 is out")],
        "Bits": [(b"i", "nothing new"), (b"a", "peter to ask about the blobstore due next call")],
    }
    agenda = Path(__file__).parents[2] / "agendas" / "runtime-pmc.yaml"
    terminal = start(str(agenda), "--date", "2018-09-04")
    keys = chair(terminal, entries)
    after = place.read_bytes().decode()
    *inserted, (_, timing) = _inserted(before, after)
    assert timing.startswith("<!-- facilitator timing: ")
    assert after.rstrip().endswith(timing)
    assert inserted == [
        ("## Announcements", "- CF Summit is next month"),
        ("## Discussion", "  - [EM] published by Friday"),
        ("## Discussion", "  - **Decision:** the roadmap goes to the list first"),
        ("### CLI - Abby Chau", "- v6.39 is out"),
        ("### Diego - Eric Malm", "- \\# of locks went down"),
        (
            "### Diego - Eric Malm",
            "- [ ] **Action:** Eric Malm: publish the TLS findings (due 2018-09-18)",
        ),
        ("### Release Integration - Josh Collins", "- cf-deployment 4.0 comes with cflinuxfs3"),
        ("### Bits-Service (incubating) - Peter Goetz (Out of the office until 09/13)", "- nothing new"),
        (
            "### Bits-Service (incubating) - Peter Goetz (Out of the office until 09/13)",
            "- [ ] **Action:** Peter Goetz: ask about the blobstore (due 2018-09-18)",
        ),
    ]
    assert keys <= 60


def _inserted(before: str, after: str) -> list[tuple[str, str]]:
    """Return each inserted line, blank ones aside, with the heading above it; nothing else may differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    added = []
    for tag, _, _, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        assert tag in ("equal", "insert")
        if tag == "insert":
            heading = next(line for line in reversed(new[:first]) if line.startswith("#"))
            added += [(heading.rstrip(), line.rstrip()) for line in new[first:last] if line.strip()]
    return added


def test_from_its_first_frame_on_the_call_tells_the_chair_s_own_keys(start: Start, settings: Path) -> None:
    settings.write_text("keys: {item.next: f8, write.note: f4}\n", encoding="utf-8")
    terminal = start()
    terminal.sees("space start   f8 next   f4 note", "f4 writes a note")
    terminal.send(b"q")
    assert terminal.ends() == 0
    told = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", terminal.output.decode())
    assert "f8 next" in told
    assert " n next" not in told
    assert "i writes a note" not in told
