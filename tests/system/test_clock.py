"""The clock: no step moves it, sleep counts, and a restart goes on from what the journal holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.system.clock import Clock, ManualClock, SystemClock

seconds = st.floats(0, 1e7, allow_nan=False)


def near(one: float, other: float) -> bool:
    return abs(one - other) < 1e-3


def test_the_call_goes_on_by_the_seconds_that_pass() -> None:
    clock = ManualClock(wall=1000.0)
    clock.advance(90.0)
    assert clock.now() == 1090.0


def test_a_step_of_the_wall_clock_moves_nothing() -> None:
    clock = ManualClock(wall=1000.0)
    clock.step_wall(-3600.0)
    clock.advance(10.0)
    assert clock.now() == 1010.0
    assert clock.wall() == -2590.0
    assert clock.stepped() == -3600.0


def test_twenty_minutes_with_the_lid_closed_count() -> None:
    clock = ManualClock(wall=1000.0)
    clock.suspend(1200.0)
    assert clock.now() == 2200.0
    assert clock.suspended() == 1200.0


def test_a_restart_in_the_same_boot_believes_the_seconds_since_boot() -> None:
    clock = ManualClock(wall=90_000.0, boot=700.0, boot_id="monday")
    assert clock.resume(5000.0, 600.0, "monday") == "boottime"
    assert clock.now() == 5100.0
    assert clock.belief == "boottime"


def test_a_restart_after_a_reboot_believes_the_wall_clock() -> None:
    clock = ManualClock(wall=9000.0, boot=20.0, boot_id="tuesday")
    assert clock.resume(5000.0, 600.0, "monday") == "wall"
    assert clock.now() == 9000.0


def test_a_wall_clock_that_stands_before_the_journal_is_not_believed() -> None:
    clock = ManualClock(wall=100.0, boot=20.0, boot_id="tuesday")
    assert clock.resume(5000.0, 600.0, "monday") == "journal"
    clock.advance(5.0)
    assert clock.now() == 5005.0


def test_a_machine_that_names_no_boot_can_only_believe_the_wall_clock() -> None:
    clock = ManualClock(wall=9000.0, boot=700.0, boot_id="")
    assert clock.resume(5000.0, 600.0, "") == "wall"


def test_seconds_since_boot_that_ran_backwards_are_not_believed() -> None:
    clock = ManualClock(wall=9000.0, boot=20.0, boot_id="monday")
    assert clock.resume(5000.0, 600.0, "monday") == "wall"


def test_after_a_reboot_the_clock_is_anchored_again() -> None:
    clock = ManualClock(wall=1000.0, boot=700.0)
    before = clock.now(), clock.boot(), clock.boot_id()
    clock.advance(60.0)
    clock.reboot("boot-2")
    assert clock.resume(*before) == "wall"
    assert clock.now() == 1060.0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["advance", "step", "suspend"]), seconds), max_size=20))
def test_only_time_that_passes_is_counted(moves: list[tuple[str, float]]) -> None:
    clock = ManualClock(wall=0.0)
    passed = 0.0
    for what, length in moves:
        if what == "step":
            clock.step_wall(-length)
        else:
            getattr(clock, what)(length)
            passed += length
    assert near(clock.now(), passed)


@settings(max_examples=100, deadline=None)
@given(seconds, seconds, seconds, st.sampled_from(["monday", "tuesday", ""]))
def test_a_resumed_clock_never_stands_before_the_journal(
    wall: float, boot: float, stored: float, name: str
) -> None:
    clock = ManualClock(wall=wall, boot=boot, boot_id=name)
    clock.resume(stored, 500.0, "monday")
    assert clock.now() >= stored - 1e-3


def test_the_machines_clocks_agree_with_themselves() -> None:
    clock: Clock = SystemClock()
    first = clock.now()
    assert clock.now() >= first
    assert clock.suspended() >= 0
    assert clock.boot() > 0
    assert clock.boot_id() == SystemClock().boot_id()


def test_a_second_process_of_the_same_boot_reads_the_same_time() -> None:
    first = SystemClock()
    moment = first.now(), first.boot(), first.boot_id()
    second = SystemClock()
    if second.resume(*moment) == "boottime":
        assert abs((second.now() - second.boot()) - (first.now() - first.boot())) < 1e-3
