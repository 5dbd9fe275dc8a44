"""A second terminal on the same minutes looks on; it never writes."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.end_to_end.conftest import Start


def test_a_second_facilitator_looks_on_and_writes_nothing(
    start: Start, minutes: Path, directory: Path
) -> None:
    chair = start()
    chair.sees("not started")
    chair.send(b" nnnifor all to see\rand a dra")
    chair.sees("• for all to see", "› and a dra")

    second = start()
    second.sees(f"facilitator {chair.pid} chairs this call", "▌  Beacon", "• for all to see", "leave")
    named = start("follow", minutes.name)
    only = start("follow")
    for terminal in (named, only):
        terminal.sees(
            "Harbor Council 2024-06-04",
            f"facilitator {chair.pid} chairs this call",
            "▌  Beacon",
            "• for all to see",
        )

    chair.send(b"ft\r\x1bn")
    second.sees("▌  Foghorn")
    second.send(b"k")
    second.sees("• and a draft", "only looking")
    before = minutes.read_text()
    second.send(b"iadnUw \x1b[200~pasted\nlines\x1b[201~\r")
    second.send(b"j")
    second.sees("▌  Foghorn", "First three outside")
    assert minutes.read_text() == before

    chair.signal(signal.SIGKILL)
    assert chair.ends() == 128 + signal.SIGKILL
    second.sees("nobody chairs this call now")
    second.send(b"q")
    assert second.ends() == 0
    assert second.modes() <= {7, 25}
    start().sees("Resumed: 2 entries")
    named.sees("chairs this call")
    assert minutes.read_text() == before


def test_there_is_nothing_to_follow_where_nobody_chairs(start: Start, minutes: Path) -> None:
    for arguments, said in [(("follow", minutes.name), "nobody has it open"), (("follow",), "no calls are")]:
        terminal = start(*arguments)
        assert terminal.ends() == 2
        assert said in terminal.output.decode()
        assert b"\x1b[?1049h" not in terminal.output
