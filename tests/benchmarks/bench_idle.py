"""What the screen costs while nothing happens but time, against a bare textual app with one clock, in the same run.

Run by hand: ``python tests/benchmarks/bench_idle.py [MINUTES.md] [--seconds N]``. Both run at the same time, so that
what else the machine does meets both. What counts are the ratios, and the share of one core.
"""

from __future__ import annotations

import select
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.bench_screen import FACILITATOR, Bench, which_call
from tests.terminal import Terminal

LABEL = """
from textual.app import App
from textual.widgets import Static
class Label(App):
    def compose(self):
        yield Static("0000000000", id="clock")
    def on_mount(self):
        self.seconds = 0
        self.set_interval(1, self.tick)
    def tick(self):
        self.seconds += 1
        self.query_one("#clock").update(f"{self.seconds:010}", layout=False)
Label().run()
"""

SETTLING_SECONDS = 4


def main() -> None:
    """Measure and print."""
    parser = which_call(__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(Path(directory), arguments)
        bare = bench.python(LABEL)
        chaired = bench.python(FACILITATOR, *bench.command)
        chaired.read_until(b"Announcements")
        chaired.drain(0.5)
        chaired.send(b" ")
        both = (bare, chaired)
        _read(both, SETTLING_SECONDS)
        before = [(len(one.output), _cpu(one)) for one in both]
        _read(both, arguments.seconds)
        after = [(len(one.output), _cpu(one)) for one in both]
        for one in both:
            one.close()
    written, cpu = (
        [(end[field] - begin[field]) / arguments.seconds for begin, end in zip(before, after, strict=True)]
        for field in (0, 1)
    )
    print(
        f"bytes a second: {written[0]:.0f}; {written[1]:.0f}; {written[1] / written[0]:.2f}x   (bare app; call)"
    )
    print(f"share of a core: {cpu[0]:.2%}; {cpu[1]:.2%}; {cpu[1] / cpu[0]:.2f}x")


def _read(terminals: tuple[Terminal, ...], seconds: float) -> None:
    """Read what programs write for so many seconds, as a terminal would."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for one in terminals:
            if select.select([one.fd], [], [], min(left, 0.05))[0]:
                one.drain(0)


def _cpu(terminal: Terminal) -> float:
    """Return the seconds of a core that a program's threads have had."""
    tasks = Path(f"/proc/{terminal.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


if __name__ == "__main__":
    main()
