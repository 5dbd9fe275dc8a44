"""A call on the chair's terminal, from its first frame to the line that says where it is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..store.disk import shown
from .commands import COMMANDS, remapped
from .first_frame import first_frame
from .panes.frame import View
from .terminal import Terminal

if TYPE_CHECKING:
    from ..core.meeting import Meeting
    from ..store.config import Settings
    from ..store.findings import Finding
    from ..store.following import Followed
    from ..store.opening import Opened
    from ..store.session import Session


def chair(opened: Opened, asked: Mapping[str, Any]) -> bool:
    """Chair a call until the chair leaves or adjourns; return whether all is well and on the disk.

    ``asked`` are settings that the command line names.
    """
    view = View(title=opened.title, troubles=opened.refusals)
    with Terminal() as terminal:
        if opened.left is not None:
            terminal.save = lambda: "The call goes on as it was left; the same command resumes it."
        settings, findings = _shown(terminal, opened.meeting, view, opened.clock.now(), asked)
        from ..store import recovering
        from ..store.session import Session
        from .app import FacilitatorApp

        session = Session(opened)
        terminal.busy = lambda interrupted: recovering.is_busy(session, interrupted)
        terminal.save = lambda: recovering.save_at_once(session)
        recovering.take_up(session, opened)
        app = FacilitatorApp(session, terminal=terminal, settings=settings)
        app.remark = _remark(findings)
        ended = app.run()
        terminal.drawn = False
        gc.enable()
        if app.fault is not None:
            recovering.set_down(session)
        kept = session.close()
    _say(session, ended, app.fault)
    for finding in findings:
        print(finding, file=sys.stderr)
    return kept and app.fault is None


def follow(followed: Followed) -> bool:
    """Show a call that somebody else chairs, until whoever looks on leaves; return whether all was well."""
    view = View(title=followed.title, place="follow", chip=followed.standing)
    with Terminal() as terminal:
        asked = {"alerts": ()}  # the chair's are enough
        settings, findings = _shown(terminal, followed.meeting, view, followed.clock.now(), asked)
        from .follower import FollowerApp

        app = FollowerApp(followed, terminal, settings)
        app.run()
        terminal.drawn = False
    print(f"{_fault(app.fault)}You looked on: {shown(followed.path)}", file=sys.stderr)
    for finding in findings:
        print(finding, file=sys.stderr)
    return app.fault is None


def _shown(
    terminal: Terminal, meeting: Meeting, view: View, now: float, asked: Mapping[str, Any]
) -> tuple[Settings, Sequence[Finding]]:
    """Show the first frame and load the settings; its keys are told when they are known, its words before."""
    view.commands = ()
    rows = first_frame(terminal, meeting, view, now, None)
    from ..store import config

    settings, findings = config.load(COMMANDS, asked)
    view.commands = remapped(settings.keys)
    first_frame(terminal, meeting, view, now, None, rows)
    return settings, findings


def _say(session: Session, ended: str | None, fault: Exception | None) -> None:
    """Print where the call is: the path where it is over, else how it goes on."""
    from ..core.summary import text
    from ..store.recovering import how_it_stands

    if ended == "adjourned":
        print(session.path)
        print(text(session.meeting, session.clock.now()), file=sys.stderr)
    else:
        print(_fault(fault) + how_it_stands(session), file=sys.stderr)
    for trouble in session.troubles:
        print(trouble, file=sys.stderr)


def _remark(findings: Sequence[Finding]) -> str:
    """Say in a few words that settings are wrong; all about it is printed at the end."""
    if not findings:
        return ""
    first = findings[0]
    where = f"{first.path.name}:{first.line}" if first.line else first.path.name
    many = f"{len(findings)} settings are wrong, the first: " if findings[1:] else ""
    return f"{many}{where}: {first.text}"


def _fault(error: Exception | None) -> str:
    """Say in a few words what went wrong in the program, and where."""
    if error is None:
        return ""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})" if trace is not None else ""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"facilitator has a fault, please report it: {said}{where}. "
