"""Print what recording costs: ``python tests/benchmarks/bench_record.py``.

A script of 1,000 lines into minutes of 200 kB, in seconds (the aim: at most 2); and what the capture line works out
for one key, with a roster of 200 people and those minutes, in milliseconds.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from facilitator.cli import main
from facilitator.core import capture, directing
from facilitator.core.agenda import Agenda, Person, Section
from facilitator.core.meeting import opened

LINES = (
    "a note about {n}",
    "ACTION: Ann Lee1 to publish {n} by 2024-07-01",
    "RESOLVED: keep {n}",
    "#info {n}",
)
EVERYTHING = (
    *LINES,
    "Topic: Item {topic}",
    *("PROPOSED: Ann Lee1 moves to keep {n}", "#vote Ann Lee1 +1", "/object Ann Lee2: too soon", "/approve"),
    *("Topic: Item {topic}", "s/keep/publish/", "present+ Ann Lee{topic}", "q+ Ann Lee3", "q-"),
    *("gone", "#undo", "Topic: Item {topic}", "PROPOSED: more {n}", "/defer"),
)
"""Whatever a line may ask for."""
TYPED = "ACTION: first17 last17 and first18 to publish the findings on locks by next tuesday"


def minutes(items: int) -> str:
    """Return minutes of 200 kB with so many items."""
    line = "- what was done and what comes next, in a line of the usual length, twice over\n"
    body = line * (200_000 // items // len(line))
    return "# Council 2024-06-04\n" + "".join(f"\n## Item {n} - Ann Lee{n}\n\n{body}" for n in range(items))


def script(items: int, per_topic: int) -> str:
    """Return 1,000 lines that go to another item after so many entries; 0 stays in the first, -1 does everything."""
    made: list[str] = []
    while len(made) < 1_000:
        if per_topic < 0:
            kind = EVERYTHING[len(made) % len(EVERYTHING)]
            made.append(kind.format(n=len(made), topic=len(made) * 7 % items))
            continue
        if per_topic and len(made) % (per_topic + 1) == 0:
            made.append(f"Topic: Item {len(made) // (per_topic + 1) % items}")
        else:
            made.append(LINES[len(made) % len(LINES)].format(n=len(made)))
    return "\n".join(made)


SHAPES = {
    "1,000 people marked present": ("present+ Guest Number{n}",),
    "every fourth line makes again": ("Topic: Item {topic}", "a note about {n}", "#undo", "/redo"),
    "every fourth line finds nothing to redo": ("Topic: Item {topic}", *LINES[1:3], "/redo"),
}
"""What else a script may ask for over and over."""


def shaped(lines: Sequence[str], items: int) -> str:
    """Return 1,000 lines, these over and over."""
    return "\n".join(lines[n % len(lines)].format(n=n, topic=n // len(lines) % items) for n in range(1_000))


def take(items: int, lines: str, done: int = 0) -> float:
    """Return the seconds that ``facilitator take`` needs; ``done`` is the exit code it ends with."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        os.environ["FACILITATOR_STATE_DIR"] = str(directory / "state")
        file, typed = directory / "2024-06-04-council.md", directory / "script.txt"
        file.write_text(minutes(items))
        typed.write_text(lines)
        start = time.perf_counter()
        with contextlib.redirect_stderr(io.StringIO()) as said:
            assert main(["take", str(file), str(typed)]) == done, said.getvalue()
        return time.perf_counter() - start


def keys() -> list[float]:
    """Return the milliseconds that each key of a line costs: what it is read against, and its reading."""
    people = tuple(Person(f"First{n} Last{n}", f"F{chr(65 + n % 26)}", f"h{n}") for n in range(200))
    agenda = Agenda("Council", "x.md", (Section("Item 0"),), people=people)
    meeting = opened(minutes(18).encode(), agenda, date(2024, 6, 4), 1800)
    known = directing.people(meeting)
    times = []
    for end in range(1, len(TYPED) + 1):
        start = time.perf_counter()
        capture.read(TYPED[:end], directing.context(meeting, known, meeting.current))
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    for items in (1, 18, 100):
        for per_topic in (0, 100, 10, 3, 1):
            print(
                f"{items:4} items, {per_topic:3} entries a topic: {take(items, script(items, per_topic)):5.2f} s"
            )
        print(f"{items:4} items, whatever a line can ask: {take(items, script(items, -1)):5.2f} s")
        for shape, lines in SHAPES.items():
            spent = take(items, shaped(lines, items), done=1 if "nothing" in shape else 0)
            print(f"{items:4} items, {shape}: {spent:5.2f} s")
    per_key = keys()
    print(
        f"a key: median {statistics.median(per_key):.3f} ms, p95 {statistics.quantiles(per_key, n=20)[-1]:.3f} ms"
    )
