"""Commands without a screen, a room each: ``parser`` reads their arguments, ``run`` returns the exit code.

Here is what they share with the command line itself.
"""

from __future__ import annotations

import sys
from datetime import date

DONE, REFUSED, WRONG_USE = 0, 1, 2
"""Exit codes: done; findings or refused; wrong use."""


def wrong(message: str) -> int:
    """Say what is wrong with the arguments, and return the exit code for it."""
    print(message, file=sys.stderr)
    return WRONG_USE


def day(text: str) -> date:
    """Read a date argument. Raises argparse.ArgumentTypeError."""
    import argparse  # a call is started without it

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date, write it as in 2018-09-04") from None


def show(text: str) -> None:
    """Print data; what the language here cannot write becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))
