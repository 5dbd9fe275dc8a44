"""The demo's call: sample minutes with today's date, in a directory of their own."""

from __future__ import annotations

from datetime import date, datetime, time
from importlib import resources
from pathlib import Path

from facilitator.store import call
from facilitator.store.call import Call


def prepare(directory: Path, today: date) -> Call:
    """Put the sample agenda and minutes into ``directory`` and return the call they are of."""
    samples = resources.files("facilitator.samples")
    agenda = directory / "council.yaml"
    agenda.write_bytes(samples.joinpath("council.yaml").read_bytes())
    opened = call.of_agenda(agenda, today, datetime.combine(today, time()), output=directory)
    text = samples.joinpath("council.md").read_text(encoding="utf-8")
    opened.path.write_text(text.replace("{date}", today.isoformat(), 1), encoding="utf-8")
    return opened
