"""The keys and choices of an agenda.

``agenda.schema.json`` beside this file says the same for editors; a test holds the two together.
"""

from __future__ import annotations

from typing import get_args

from facilitator.core.agenda import Adapting, Weigh
from facilitator.store.schedule_values import SCHEDULE_KEYS

KEYS = {
    "agenda": (
        *("title", "minutes", "output", "schedule", "duration", "chair"),
        *("people", "quorum", "objections", "agenda", "adapt", "record", "sync"),
    ),
    "schedule": SCHEDULE_KEYS,
    "person": ("name", "initials", "handle"),
    "section": ("time", "topics", "motions", "total", "each", "weigh", "pinned", "projects"),
    "project": ("lead", "status", "parts", "pinned"),
    "record": ("attendance", "timing", "carry"),
    "sync": ("git", "every"),
}
"""The keys of every mapping of an agenda."""
REQUIRED = {
    "title": "title: Team Meeting {date}",
    "minutes": 'minutes: "{date}-team.md"',
    "agenda": "agenda:",
}
"""Keys without which there is no agenda, each with a line that a chair could write."""
WEIGH: tuple[str, ...] = get_args(Weigh)
"""How a group's time can be shared."""
ADAPT: tuple[str, ...] = get_args(Adapting)
"""How budgets can follow the clock."""
TIMING = ("off", "comment", "table")
"""How the times of the items can be kept."""
GIT = ("auto", "off")
"""Whether landings can be fetched."""

NO_EFFECT_YET = frozenset(
    {
        "record.carry",
        "sync.git",
        "sync.every",
    }
)
"""What is read and checked, and changes nothing so far; a check says so."""
