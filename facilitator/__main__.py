"""``python -m facilitator``."""

from facilitator.cli import entry

entry()
